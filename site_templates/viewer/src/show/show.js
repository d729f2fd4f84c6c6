// Which piece is shown, and how one gives way to the next.
import { Pieces } from './pieces.js';

/** @import { Page } from '../page/page.js' */
/** @import { AnyStage, Gallery } from '../types.js' */
/** @import { Piece } from './piece.js' */

const STEADY = 250; // ms without a change before neighbours are fetched
const CALM = 0.4; // seconds that a transition takes for a visitor who prefers reduced motion

export class Show {
  #wanted = -1;
  /** @type {Piece | undefined} */
  #piece;
  #calm = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /**
   * @param {Gallery} gallery
   * @param {AnyStage} stage
   * @param {Page} page
   */
  constructor(gallery, stage, page) {
    this.gallery = gallery;
    this.stage = stage;
    this.page = page;
    this.pieces = new Pieces(gallery, stage, (piece) => this.#changed(piece));
    this.#calm.addEventListener('change', () => stage.ask());
  }

  /** How the shown piece is turned, for a hand to change. */
  get pose() {
    return this.#piece?.pose;
  }

  /** @param {number} by pieces; after the last comes the first. */
  step(by) {
    const count = this.gallery.items.length;
    this.go((this.#wanted + by + count) % count);
  }

  /** @param {number} position */
  go(position) {
    if (position === this.#wanted) return;
    this.#wanted = position;
    this.#piece?.leave();
    const piece = this.pieces.get(position);
    this.#piece = piece;
    piece.come();
    this.page.want(position, piece.model.ready);
    this.stage.turnOver();
    this.pieces.trim(position);
    this.#changed(piece);
  }

  /** Fetches the shown piece again. */
  retry() {
    this.#piece = this.pieces.retry(this.#wanted);
    this.#piece.come();
    this.#changed(this.#piece);
  }

  /** One frame's worth of time; gives whether anything is still moving.
   * @param {number} seconds of motion. @param {number} passed on the clock, however long the frame took. */
  advance(seconds, passed) {
    const { transition_seconds: lasting, reveal, transition } = this.gallery.settings;
    const calm = this.#calm.matches;
    // a slow machine still ends a transition on time: presence goes by the clock, motion by the frame
    const pace = Math.min(passed, 0.5) / Math.max(calm ? CALM : lasting, 0.001);
    let moving = false;
    for (const piece of this.pieces.all()) {
      if (piece.begins) this.page.reveal(piece.position);
      moving = piece.move(pace, calm ? { reveal: 'fade', transition: 'fade' } : { reveal, transition }) || moving;
      moving = piece.turn(seconds, !calm && !this.stage.weak) || moving;
    }
    if (this.#piece?.presence === 1) {
      this.page.settle(this.#piece.position);
      this.#prefetchLater();
    }
    return moving;
  }

  /** @param {Piece} piece */
  #changed(piece) {
    if (piece !== this.#piece) return;
    this.page.progress(piece.failure ? 1 : piece.progress, piece.failure !== '');
    this.stage.ask();
  }

  #prefetchLater() {
    clearTimeout(this.#later);
    const idle = window.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 1));
    this.#later = setTimeout(() => idle(() => this.pieces.prefetch(this.#wanted)), STEADY);
  }
}
