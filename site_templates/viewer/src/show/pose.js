// How one piece is turned towards the visitor: by hand with inertia, by itself when left alone.

const IDLE_AFTER = 2.2; // seconds without a hand before it turns by itself
const SPIN_UP = 2.5; // seconds until it turns at full speed
const FRICTION = 3.2; // a second
const STEEPEST = 70;
const LOWEST = -4;
const FARTHEST = 0.6; // zoom
const NEAREST = 3;

export class Pose {
  azimuth = 0;
  elevation = 0;
  zoom = 1;

  #home;
  #speed;
  /** Degrees a second, about the upright axis and over the top. */
  #velocity = [0, 0];
  #idle = IDLE_AFTER;
  #held = false;
  #returning = false;

  /**
   * @param {{azimuth: number, elevation: number}} framing in degrees.
   * @param {number} speed of the idle turning, in degrees a second.
   */
  constructor({ azimuth, elevation }, speed) {
    this.#home = { azimuth, elevation, zoom: 1 };
    this.#speed = speed;
    this.reset();
  }

  /** Stands as framed, as if never touched. */
  reset() {
    Object.assign(this, this.#home);
    this.#velocity = [0, 0];
    this.#idle = IDLE_AFTER;
    this.#held = false;
    this.#returning = false;
  }

  /** Degrees turned by a hand. @param {number} azimuth @param {number} elevation */
  turn(azimuth, elevation) {
    this.#touched();
    this.azimuth += azimuth;
    this.elevation = clamp(this.elevation + elevation, LOWEST, STEEPEST);
  }

  /** @param {number} factor above 1 comes closer. */
  scale(factor) {
    this.#touched();
    this.zoom = clamp(this.zoom * factor, FARTHEST, NEAREST);
  }

  /** A hand is on it: it stays where it is. */
  hold() {
    this.#touched();
    this.#held = true;
    this.#velocity = [0, 0];
  }

  /** Lets go at a speed in degrees a second. @param {[azimuth: number, elevation: number]} velocity */
  release(velocity) {
    this.#touched();
    this.#held = false;
    this.#velocity = velocity;
  }

  /** Goes back to the framing, the shorter way round. */
  goHome() {
    this.#returning = true;
    this.#velocity = [0, 0];
    const turns = Math.round((this.azimuth - this.#home.azimuth) / 360);
    this.azimuth -= turns * 360;
    this.#idle = 0;
  }

  /** Moves on; gives whether anything moves. @param {number} seconds @param {boolean} mayTurn by itself. */
  advance(seconds, mayTurn) {
    if (this.#held) return false;
    this.#idle += seconds;
    if (this.#returning) return this.#comeHome(seconds);
    let moving = false;
    if (Math.hypot(...this.#velocity) > 0.5) {
      this.azimuth += this.#velocity[0] * seconds;
      this.elevation = clamp(this.elevation + this.#velocity[1] * seconds, LOWEST, STEEPEST);
      const left = Math.exp(-FRICTION * seconds);
      this.#velocity = this.#velocity.map((value) => value * left);
      this.#idle = 0;
      moving = true;
    }
    if (mayTurn && this.#speed !== 0) {
      const eagerness = clamp((this.#idle - IDLE_AFTER) / SPIN_UP, 0, 1);
      this.azimuth += this.#speed * eagerness * eagerness * seconds;
      moving = true;
    }
    return moving;
  }

  /** @param {number} seconds */
  #comeHome(seconds) {
    const part = 1 - Math.exp(-6 * seconds);
    let rest = 0;
    for (const name of /** @type {const} */ (['azimuth', 'elevation', 'zoom'])) {
      const gap = this.#home[name] - this[name];
      this[name] += gap * part;
      rest = Math.max(rest, Math.abs(gap) * (name === 'zoom' ? 90 : 1));
    }
    if (rest < 0.05) {
      this.#returning = false;
      Object.assign(this, this.#home);
    }
    this.#idle = 0;
    return true;
  }

  #touched() {
    this.#idle = 0;
    this.#returning = false;
  }
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
