// How fine the canvas is: as sharp as the screen where there is time, coarser where a frame takes too long.

const SLOW = 1 / 50; // seconds a frame may take before the pixels get coarser
const QUICK = 1 / 90;
const HOPELESS = 1 / 3; // and below this nothing turns by itself: a still is better than a stutter

export class Pixels {
  /** Pixels of the canvas for one of the page, while something moves. */
  ratio = finest();

  /** Whether this machine is too slow for motion that nobody asked for. */
  weak = false;

  #seconds = 0;
  #frames = 0;

  /** Forgets the frames of the present second. */
  rest() {
    this.#seconds = 0;
    this.#frames = 0;
  }

  /** Takes the seconds of one frame into account: judged over 20 frames or a second. @param {number} seconds */
  adapt(seconds) {
    if (seconds <= 0) return;
    this.#seconds += seconds;
    this.#frames += 1;
    if (this.#frames < 20 && (this.#seconds < 1 || this.#frames < 3)) return;
    const each = this.#seconds / this.#frames;
    this.rest();
    this.weak = each > HOPELESS;
    const coarsest = Math.min(1, finest()) * 0.6;
    const wanted = each > SLOW ? this.ratio * 0.8 : each < QUICK ? this.ratio * 1.15 : this.ratio;
    this.ratio = Math.min(finest(), Math.max(coarsest, wanted));
  }
}

/** Pixels of the canvas for one of the page, at most. */
export function finest() {
  return Math.min(devicePixelRatio || 1, 2);
}
