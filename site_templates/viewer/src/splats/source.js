// A splat on its way from the server, before anything draws it: started by boot.js while three still loads.

/**
 * What the worker tells. Parts of it come at different times.
 *
 * @typedef {object} SplatMessage
 * @property {{count: number, width: number, height: number, degree: number, shLimit: number}} [header]
 * @property {number} [progress] how much has come, 0 to 1.
 * @property {{a: Uint32Array<ArrayBuffer>, b: Uint32Array<ArrayBuffer>, sh: Uint32Array<ArrayBuffer> | null}} [texels]
 * @property {boolean} [last] these texels are the whole splat.
 * @property {import('../footprint.js').Footprint} [footprint] where it stands, with the last texels.
 * @property {Uint32Array<ArrayBuffer>} [order] which Gaussian is drawn at each place,
 * @property {number} [count] in how many places,
 * @property {number} [sequence] as asked for by this number.
 * @property {string} [failed] why it will not come, in words.
 */

/** @typedef {(message: SplatMessage) => void} Listener */

const PATIENCE = 60_000;

/** Fetches and decodes one splat in a worker of its own; ends with `close`. Listeners get the worker's messages. */
export class SplatSource {
  /** @type {SplatMessage[]} */
  #waiting = [];
  /** @type {Listener | null} */
  #listener = null;
  #worker;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} url relative to the page. */
  constructor(url) {
    this.#worker = new Worker(new URL(SPLAT_WORKER, import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }) => this.#deliver(data));
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#deliver({ failed: 'the decoder did not start' });
    });
    this.#watch();
    this.#worker.postMessage({ load: new URL(url, document.baseURI).href });
  }

  /** Sends every message, those that came before too, to `listener`. @param {Listener} listener */
  listen(listener) {
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener(message);
  }

  /** Asks for the order as seen along `forward`, a direction in the splat's own frame.
   * @param {number[]} forward @param {number} sequence */
  sort(forward, sequence) {
    this.#worker.postMessage({ forward, sequence });
  }

  /** Ends the worker; nothing more is told. */
  close() {
    clearTimeout(this.#timer);
    this.#worker.terminate();
    this.#listener = () => {};
  }

  /** @param {SplatMessage} message */
  #deliver(message) {
    if (message.last || message.failed) clearTimeout(this.#timer);
    else if (message.progress !== undefined) this.#watch();
    if (this.#listener) this.#listener(message);
    else this.#waiting.push(message);
  }

  /** A download that stands still for a minute has failed. */
  #watch() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#deliver({ failed: 'nothing came for a minute' }), PATIENCE);
  }
}

/** @type {Map<string, SplatSource>} */
const early = new Map();

/** Starts a download that `sourceOf` will hand over. @param {string} url */
export function startEarly(url) {
  if (!early.has(url)) early.set(url, new SplatSource(url));
}

/** The source of a splat: the one that was started early, or a new one. @param {string} url */
export function sourceOf(url) {
  const source = early.get(url) ?? new SplatSource(url);
  early.delete(url);
  return source;
}
