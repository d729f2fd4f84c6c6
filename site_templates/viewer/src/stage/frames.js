// Frames on demand: one is drawn when something asks for it, and one after another while anything moves.

export class Frames {
  #asked = false;
  #before = 0;
  #draw;

  /** @param {(passed: number) => boolean} draw is told the seconds since the last frame, 0 after a rest; says whether
   *   anything still moves. */
  constructor(draw) {
    this.#draw = draw;
    document.addEventListener('visibilitychange', () => {
      this.#before = 0;
      if (!document.hidden) this.ask();
    });
  }

  /** Asks for a frame; many askings make one frame. Nothing is drawn in a hidden tab. */
  ask() {
    if (this.#asked || document.hidden) return;
    this.#asked = true;
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** @param {number} now */
  #frame(now) {
    this.#asked = false;
    const passed = this.#before ? (now - this.#before) / 1000 : 0;
    this.#before = now;
    if (this.#draw(passed)) this.ask();
    else this.#before = 0;
  }
}
