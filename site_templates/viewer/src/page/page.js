// The words, the posters and the controls around the stage: everything that is not drawn by WebGL.
import { keepWordsWhole } from './titles.js';

/** @import { Gallery } from '../types.js' */
/** @import { Parts } from './parts.js' */

const DOTS = 9;
const OPENING = 2200; // ms that the title stands at least
const LONGEST_OPENING = 6000;

export class Page {
  #root = document.documentElement;
  #current = -1;
  #still = false;

  /**
   * @param {Gallery} gallery
   * @param {Parts} parts
   */
  constructor(gallery, parts) {
    this.gallery = gallery;
    this.parts = parts;
    this.#root.classList.add('live');
    setTimeout(() => this.open(), LONGEST_OPENING);
    addEventListener('resize', () => this.#fitTitles());
    document.fonts.ready.then(() => this.#fitTitles());
  }

  /** The opening title gives way to the first piece's name. */
  open() {
    this.#root.classList.add('opened');
  }

  /** No WebGL: the posters stay, and a sentence says why. */
  standStill() {
    this.#still = true;
    this.#root.classList.add('still');
    this.parts.flat.hidden = false;
  }

  /** The part of the window that the subject may use, in pixels: an open panel takes its part away. */
  frame() {
    const box = this.parts.pieces[Math.max(0, this.#current)].frame.getBoundingClientRect();
    const panel = document.querySelector('details[open] .panel')?.getBoundingClientRect();
    if (!panel || panel.width > innerWidth / 2) return box;
    const right = Math.min(box.right, innerWidth - panel.width);
    const left = Math.min(box.left, right - box.height * 0.6);
    return { left, top: box.top, width: right - left, height: box.height };
  }

  /** Brings the words of a piece, and its poster unless its model is there already.
   * @param {number} position @param {boolean} ready */
  want(position, ready) {
    const { slug, title } = this.gallery.items[position];
    const first = this.#current < 0;
    const before = this.#current;
    this.#current = position;
    if (!first) this.open();
    this.parts.pieces.forEach(({ element }, index) => {
      const here = index === position;
      element.classList.toggle('here', here);
      element.inert = !here;
      if (here) element.classList.toggle('drawn', ready && !this.#still);
      element.hidden = !here && index !== before;
    });
    this.#fitTitles();
    this.closePanels();
    this.#mark(this.parts.thumbs, position);
    this.#mark(this.parts.dots, position);
    this.#windowDots(position);
    const behavior = first ? 'instant' : 'smooth';
    this.parts.thumbs[position]?.scrollIntoView({ block: 'nearest', inline: 'center', behavior });
    this.parts.announcer.textContent = `${title}, ${position + 1} / ${this.gallery.items.length}`;
    document.title = `${title} · ${this.gallery.title}`;
    if (!first || location.hash) history.replaceState(null, '', `#${slug}`);
    this.#root.dataset.wanted = slug;
    this.#root.dataset.state = 'loading';
    delete this.#root.dataset.shown;
  }

  /** The model begins to appear: the poster gives way. @param {number} position */
  reveal(position) {
    if (position !== this.#current) return;
    setTimeout(() => this.open(), Math.max(0, OPENING - performance.now()));
    if (!this.#still) this.parts.pieces[position].element.classList.add('drawn');
    this.#root.dataset.state = 'revealing';
  }

  /** The piece is fully there. @param {number} position */
  settle(position) {
    const { slug } = this.gallery.items[position];
    if (this.#root.dataset.shown === slug) return;
    this.#root.dataset.shown = slug;
    this.#root.dataset.state = 'ready';
  }

  /** @param {number} part of the piece that has arrived, 0 to 1. @param {boolean} failed */
  progress(part, failed) {
    const { progress, failure } = this.parts;
    progress.style.transform = `scaleX(${part})`;
    progress.classList.toggle('idle', part >= 1);
    failure.hidden = !failed;
    if (!failed) return;
    this.#root.dataset.state = 'failed';
    this.open();
  }

  /** Closes whatever is open, and puts the focus back on what opened it. */
  closePanels() {
    for (const panel of document.querySelectorAll('details')) {
      const inside = panel.open && panel.contains(document.activeElement);
      panel.open = false;
      if (inside) panel.querySelector('summary')?.focus();
    }
  }

  /** The gallery's title and the shown piece's, in whatever room they have now. */
  #fitTitles() {
    keepWordsWhole(document.querySelector('.opening .brand'));
    keepWordsWhole(document.querySelector('.opening .name'));
    keepWordsWhole(this.parts.pieces[this.#current]?.element.querySelector('h2') ?? null);
  }

  /** @param {HTMLElement[]} links @param {number} position */
  #mark(links, position) {
    links.forEach((link, index) => {
      if (index === position) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  }

  /** A gallery of sixty shows the dots around the current one. @param {number} position */
  #windowDots(position) {
    const { dots } = this.parts;
    const first = Math.max(0, Math.min(position - Math.floor(DOTS / 2), dots.length - DOTS));
    dots.forEach((dot, index) => {
      const place = dot.parentElement ?? dot;
      place.hidden = index < first || index >= first + DOTS;
    });
  }
}
