// Which pieces are in memory: at most three, the shown one and those a step away.
import { Piece } from './piece.js';

/** @import { AnyStage, Gallery } from '../types.js' */

const MOST = 3;

export class Pieces {
  /** @type {Map<number, Piece>} by position. */
  #held = new Map();

  /**
   * @param {Gallery} gallery
   * @param {AnyStage} stage
   * @param {(piece: Piece) => void} changed called when a piece gets further, arrives or fails.
   */
  constructor(gallery, stage, changed) {
    this.gallery = gallery;
    this.stage = stage;
    this.changed = changed;
  }

  /** Those in memory. */
  all() {
    return [...this.#held.values()];
  }

  /** The piece at a position, on its way from now on if it was not. @param {number} position */
  get(position) {
    const held = this.#held.get(position);
    if (held) return held;
    const piece = new Piece(position, this.gallery.items[position], this.gallery.settings, this.stage, this.changed);
    this.#held.set(position, piece);
    return piece;
  }

  /** Frees whatever is farthest from `position` until three are left. @param {number} position */
  trim(position) {
    const order = this.all().sort((one, two) => this.#distance(two, position) - this.#distance(one, position));
    for (const piece of order.slice(0, Math.max(0, order.length - MOST))) this.#free(piece);
  }

  /** Fetches a neighbour while there is nothing else to do and the line is not a slow one. @param {number} position */
  prefetch(position) {
    const { connection } = /** @type {{connection?: {saveData?: boolean, effectiveType?: string}}} */ (navigator);
    if (connection?.saveData || /(^|-)[23]g$/.test(connection?.effectiveType ?? '')) return;
    const count = this.gallery.items.length;
    const near = [(position + 1) % count, (position + count - 1) % count];
    const next = near.find((other) => other !== position && !this.#held.has(other));
    if (next === undefined || this.#held.size >= MOST) return;
    this.get(next);
  }

  /** The piece at a position, loaded afresh. @param {number} position */
  retry(position) {
    const piece = this.#held.get(position);
    if (piece) this.#free(piece);
    return this.get(position);
  }

  /** Steps between a piece and a position, the shorter way round. @param {Piece} piece @param {number} position */
  #distance(piece, position) {
    const apart = Math.abs(piece.position - position);
    return Math.min(apart, this.gallery.items.length - apart);
  }

  /** @param {Piece} piece */
  #free(piece) {
    this.#held.delete(piece.position);
    piece.dispose();
  }
}
