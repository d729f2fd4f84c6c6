// A splat on its way from the server, before anything draws it: started by boot.js while three still loads.

const PATIENCE = 60_000;

/** Fetches and decodes one splat in a worker of its own; ends with `close`. Listeners get the worker's messages. */
export class SplatSource {
  constructor(url) {
    this.url = new URL(url, document.baseURI).href;
    this.waiting = [];
    this.listener = null;
    this.worker = new Worker(new URL(SPLAT_WORKER, import.meta.url), { type: 'module' });
    this.worker.addEventListener('message', ({ data }) => this.#deliver(data));
    this.worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#deliver({ failed: 'the decoder did not start' });
    });
    this.#watch();
    this.worker.postMessage({ load: this.url });
  }

  /** Sends every message, those that came before too, to `listener`. */
  listen(listener) {
    this.listener = listener;
    for (const message of this.waiting.splice(0)) listener(message);
  }

  /** Asks for the order as seen along `forward`, a direction in the splat's own frame. */
  sort(forward, sequence) {
    this.worker.postMessage({ forward, sequence });
  }

  close() {
    clearTimeout(this.timer);
    this.worker.terminate();
    this.listener = () => {};
  }

  #deliver(message) {
    if (message.last || message.failed) clearTimeout(this.timer);
    else if (message.progress !== undefined) this.#watch();
    if (this.listener) this.listener(message);
    else this.waiting.push(message);
  }

  /** A download that stands still for a minute has failed. */
  #watch() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#deliver({ failed: 'nothing came for a minute' }), PATIENCE);
  }
}

const early = new Map();

/** Starts a download that `sourceOf` will hand over. */
export function startEarly(url) {
  if (!early.has(url)) early.set(url, new SplatSource(url));
}

/** The source of a splat: the one that was started early, or a new one. */
export function sourceOf(url) {
  const source = early.get(url) ?? new SplatSource(url);
  early.delete(url);
  return source;
}
