// The words, the posters and the controls around the stage: everything that is not drawn by WebGL.

const DOTS = 9;
const OPENING = 2200; // ms that the title stands at least
const LONGEST_OPENING = 6000;

export class Page {
  constructor(gallery) {
    this.gallery = gallery;
    this.root = document.documentElement;
    this.pieces = [...document.querySelectorAll('.piece')];
    this.thumbs = [...document.querySelectorAll('.strip a')];
    this.dots = [...document.querySelectorAll('.dots a')];
    this.line = document.querySelector('.progress');
    this.failure = document.querySelector('.failure');
    this.counter = document.querySelector('.counter b');
    this.announcer = document.querySelector('.announcer');
    this.current = -1;
    setTimeout(() => this.open(), LONGEST_OPENING);
  }

  /** The opening title gives way to the first piece's name. */
  open() {
    this.root.classList.add('opened');
  }

  /** No WebGL: the posters stay, and a sentence says why. */
  standStill() {
    this.root.classList.add('still');
    document.querySelector('.flat').hidden = false;
  }

  /** The part of the window that the subject may use, in pixels: an open panel takes its part away. */
  frame() {
    const box = this.pieces[Math.max(0, this.current)]?.querySelector('.frame').getBoundingClientRect();
    const panel = document.querySelector('details[open] .panel')?.getBoundingClientRect();
    if (!box || !panel || panel.width > innerWidth / 2) return box;
    const right = Math.min(box.right, innerWidth - panel.width);
    const left = Math.min(box.left, right - box.height * 0.6);
    return { left, top: box.top, width: right - left, height: box.height };
  }

  /** Brings the words of a piece, and its poster unless its model is there already. */
  want(position, ready) {
    const { slug, title } = this.gallery.items[position];
    const first = this.current < 0;
    const before = this.pieces[this.current];
    this.current = position;
    if (!first) this.open();
    this.pieces.forEach((piece, index) => {
      const here = index === position;
      piece.classList.toggle('here', here);
      piece.inert = !here;
      if (here) piece.classList.toggle('drawn', ready);
      const near = here || piece === before;
      piece.hidden = !near;
    });
    this.closePanels();
    this.#mark(this.thumbs, position);
    this.#mark(this.dots, position);
    this.#windowDots(position);
    this.thumbs[position]?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: first ? 'instant' : 'smooth' });
    if (this.counter) this.counter.textContent = String(position + 1);
    this.announcer.textContent = `${title}, ${position + 1} / ${this.gallery.items.length}`;
    document.title = `${title} · ${this.gallery.title}`;
    if (!first || location.hash) history.replaceState(null, '', `#${slug}`);
    this.root.dataset.wanted = slug;
    this.root.dataset.state = 'loading';
    delete this.root.dataset.shown;
  }

  /** The model begins to appear: the poster gives way. */
  reveal(position) {
    if (position !== this.current) return;
    setTimeout(() => this.open(), Math.max(0, OPENING - performance.now()));
    this.pieces[position].classList.add('drawn');
    this.root.dataset.state = 'revealing';
  }

  /** The piece is fully there. */
  settle(position) {
    const { slug } = this.gallery.items[position];
    if (this.root.dataset.shown === slug) return;
    this.root.dataset.shown = slug;
    this.root.dataset.state = 'ready';
  }

  progress(part, failed) {
    this.line.style.transform = `scaleX(${part})`;
    this.line.classList.toggle('idle', part >= 1);
    this.failure.hidden = !failed;
    if (!failed) return;
    this.root.dataset.state = 'failed';
    this.open();
  }

  #mark(links, position) {
    links.forEach((link, index) => {
      if (index === position) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  }

  /** A gallery of sixty shows the dots around the current one. */
  #windowDots(position) {
    const first = Math.max(0, Math.min(position - Math.floor(DOTS / 2), this.dots.length - DOTS));
    this.dots.forEach((dot, index) => {
      dot.parentElement.hidden = index < first || index >= first + DOTS;
    });
  }

  /** Closes whatever is open; gives whether anything was, and puts the focus back on what opened it. */
  closePanels() {
    const open = [...document.querySelectorAll('details[open]')];
    for (const panel of open) {
      const inside = panel.contains(document.activeElement);
      panel.open = false;
      if (inside) panel.querySelector('summary').focus();
    }
    return open.length > 0;
  }
}
