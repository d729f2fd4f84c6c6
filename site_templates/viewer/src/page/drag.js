// Makes turns and steps of one finger's way over the screen, or of the mouse's.

const SWIPE = 48; // pixels that make a swipe
const SLOP = 8; // pixels before it is known what a finger means
const DEGREES = 0.32; // turned for a pixel of drag

/** @typedef {Pick<PointerEvent, 'clientX' | 'clientY' | 'timeStamp' | 'pointerType'>} Touch a place at a time. */
/** @typedef {[azimuth: number, elevation: number]} Turn in degrees, or in degrees a second. */

export class Drag {
  /** Whether it turns the piece; not known until it has gone a little way. @type {boolean | undefined} */
  turns;

  #start;
  #before;
  #touch;
  /** @type {Turn} */
  #speed = [0, 0];
  #moved = 0;

  /** @param {Touch} start */
  constructor(start) {
    this.#start = start;
    this.#before = start;
    this.#touch = start.pointerType !== 'mouse';
  }

  /** Goes on to a place; gives the turn that it makes, if it makes one. @param {Touch} to @returns {Turn | undefined} */
  move(to) {
    const before = this.#before;
    this.#before = to;
    const far = [to.clientX - this.#start.clientX, to.clientY - this.#start.clientY];
    if (this.turns === undefined && Math.hypot(...far) > SLOP) {
      this.turns = !this.#touch || Math.abs(far[0]) >= Math.abs(far[1]);
    }
    if (!this.turns) return undefined;
    const across = -(to.clientX - before.clientX) * DEGREES;
    const up = this.#touch ? 0 : (to.clientY - before.clientY) * DEGREES;
    const seconds = Math.max(0.001, (to.timeStamp - before.timeStamp) / 1000);
    const [around, over] = this.#speed;
    this.#speed = [around * 0.4 + (across / seconds) * 0.6, over * 0.4 + (up / seconds) * 0.6];
    this.#moved = to.timeStamp;
    return [across, up];
  }

  /**
   * Lets go: the speed at which the piece turns on, and the step that a swipe makes.
   *
   * @param {Touch} at
   * @returns {{speed: Turn, step: number}}
   */
  end(at) {
    const dx = at.clientX - this.#start.clientX;
    const dy = at.clientY - this.#start.clientY;
    const quick = at.timeStamp - this.#start.timeStamp < 350;
    const sideways = this.#touch && quick && Math.abs(dx) > SWIPE * 1.5 && Math.abs(dx) > 2 * Math.abs(dy);
    const upright = this.#touch && Math.abs(dy) > SWIPE && Math.abs(dy) > 1.5 * Math.abs(dx) && !this.turns;
    const thrown = at.timeStamp - this.#moved < 60 && !sideways;
    const way = sideways ? dx : upright ? dy : 0;
    return { speed: thrown ? this.#speed : [0, 0], step: way === 0 ? 0 : -Math.sign(way) };
  }
}
