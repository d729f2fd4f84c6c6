// The gallery plays itself: when a piece has stood for a while the next one comes, until a visitor takes over.

/** @import { Show } from '../show/show.js' */

const TOUCHES = ['pointerdown', 'wheel', 'keydown', 'touchstart'];

export class Tour {
  #root = document.documentElement;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * Begins by itself, unless the visitor prefers reduced motion.
   *
   * @param {number} dwell seconds that a piece stands.
   * @param {Show} show
   */
  constructor(dwell, show) {
    this.dwell = dwell;
    this.show = show;
    new MutationObserver(() => this.#wait()).observe(this.#root, { attributeFilter: ['data-shown'] });
    document.querySelector('.tour')?.addEventListener('click', () => (this.playing ? this.pause() : this.play()));
    for (const touch of TOUCHES) addEventListener(touch, (event) => this.#touched(event), { passive: true });
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.pause();
    else this.play();
  }

  get playing() {
    return this.#root.dataset.tour === 'playing';
  }

  play() {
    this.#root.dataset.tour = 'playing';
    this.#wait();
  }

  pause() {
    this.#root.dataset.tour = 'paused';
    clearTimeout(this.#timer);
  }

  /** Waits from the moment a piece stands there whole. */
  #wait() {
    clearTimeout(this.#timer);
    if (this.playing && this.#root.dataset.shown) this.#timer = setTimeout(() => this.#goOn(), this.dwell * 1000);
  }

  #goOn() {
    if (document.hidden) this.#wait();
    else this.show.step(1);
  }

  /** @param {Event} event */
  #touched({ target }) {
    if (!(target instanceof Element && target.closest('.tour'))) this.pause();
  }
}
