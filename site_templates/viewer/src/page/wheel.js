// Makes steps of a wheel's or a trackpad's events: one push is one step, however long its momentum.

const REST = 220; // ms without an event that end a push
const STEP = 30; // pixels of wheel that make a step

export class Wheel {
  #sum = 0;
  #stepped = false;
  #last = 0;
  #strength = 0;

  /**
   * Takes one event; gives the step that it makes: 1, -1, or 0 for none.
   *
   * @param {number} pixels
   * @param {number} at ms.
   */
  push(pixels, at) {
    const pause = at - this.#last;
    this.#last = at;
    // a new push within the momentum of the old one is harder than what came just before
    const pushed = this.#stepped && pause > 40 && Math.abs(pixels) > this.#strength * 2.5 + 20;
    if (pause > REST || pushed || Math.sign(pixels) !== Math.sign(this.#sum || pixels)) {
      this.#sum = 0;
      this.#stepped = false;
    }
    this.#strength = Math.abs(pixels);
    this.#sum += pixels;
    if (this.#stepped || Math.abs(this.#sum) < STEP) return 0;
    this.#stepped = true;
    return Math.sign(this.#sum);
  }
}
