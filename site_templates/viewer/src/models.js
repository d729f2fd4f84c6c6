// Which models are in memory: at most three, the shown one and those a step away.
import { loadMesh } from './mesh_renderer.js';
import { Pose } from './pose.js';
import { loadSplat } from './splat_renderer.js';

const MOST = 3;

export class Models {
  /** `changed(piece)` is called when a piece gets further, arrives or fails. */
  constructor(gallery, stage, changed) {
    this.gallery = gallery;
    this.stage = stage;
    this.changed = changed;
    this.held = new Map();
  }

  /** The piece at a position, on its way from now on if it was not. */
  get(position) {
    if (!this.held.has(position)) this.#load(position);
    return this.held.get(position);
  }

  /** Frees whatever is farthest from `position` until three are left; pieces still on the stage go last. */
  trim(position) {
    const order = [...this.held.values()].sort((one, two) => this.#distance(two, position) - this.#distance(one, position));
    for (const piece of order.slice(0, Math.max(0, order.length - MOST))) this.#free(piece);
  }

  /** Fetches a neighbour while there is nothing else to do and the line is not a slow one. */
  prefetch(position) {
    const { connection } = navigator;
    if (connection?.saveData || /(^|-)[23]g$/.test(connection?.effectiveType ?? '')) return;
    const count = this.gallery.items.length;
    const near = [(position + 1) % count, (position + count - 1) % count];
    const next = near.find((other) => other !== position && !this.held.has(other));
    if (next === undefined || this.held.size >= MOST) return;
    this.get(next);
  }

  retry(position) {
    const piece = this.held.get(position);
    if (piece) this.#free(piece);
    return this.get(position);
  }

  #distance(piece, position) {
    const count = this.gallery.items.length;
    const apart = Math.abs(piece.position - position);
    return Math.min(apart, count - apart);
  }

  #free(piece) {
    this.held.delete(piece.position);
    this.stage.remove(piece);
    piece.freed = true;
    piece.model.dispose();
  }

  #load(position) {
    const item = this.gallery.items[position];
    const { settings } = this.gallery;
    const framing = { ...item.framing, elevation: item.framing.elevation + settings.elevation };
    const piece = { position, item, framing, pose: new Pose(framing, settings.auto_rotate), presence: 0, target: 0, progress: 0 };
    const events = {
      progress: (part) => {
        piece.progress = part;
        this.changed(piece);
      },
      change: () => {
        this.stage.ask();
        this.changed(piece);
      },
      failed: (words) => {
        piece.failed = words;
        this.changed(piece);
      },
    };
    const load = item.kind === 'mesh' ? loadMesh : loadSplat;
    piece.model = load(item.model, framing, events, this.stage);
    piece.model.stage(0, 'fade');
    this.held.set(position, piece);
    this.stage.add(piece);
  }
}
