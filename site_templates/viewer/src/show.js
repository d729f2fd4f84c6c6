// Which piece is shown, and how one gives way to the next. Every piece has a presence that runs to 1 while it is the
// wanted one and to 0 otherwise, so a hasty visitor never sees a wrong or an empty stage.
import { makeFloor } from './floor.js';
import { Models } from './models.js';

const TAKE_OVER = 0.3; // how far a splat has arrived when it replaces its poster
const STEADY = 0.25; // seconds without a change before neighbours are fetched

export class Show {
  /** `stage` is null where there is no WebGL: then posters stand in for good. */
  constructor(gallery, stage, page) {
    this.gallery = gallery;
    this.stage = stage;
    this.page = page;
    this.wanted = -1;
    this.calm = matchMedia('(prefers-reduced-motion: reduce)');
    if (!stage) return;
    this.models = new Models(gallery, stage, (piece) => this.#changed(piece));
    stage.zoom = gallery.settings.zoom;
    stage.fog = gallery.settings.fog;
    stage.fogColor = gallery.settings.background;
    stage.frameOf = () => page.frame();
    stage.advance = (seconds, passed) => this.#advance(seconds, passed);
    if (gallery.settings.reflection > 0) stage.scene.add(makeFloor(gallery.settings.reflection));
    this.calm.addEventListener('change', () => stage.ask());
  }

  get pose() {
    return this.piece?.pose ?? null;
  }

  step(by) {
    const count = this.gallery.items.length;
    this.go((this.wanted + by + count) % count);
  }

  go(position) {
    if (position === this.wanted) return;
    this.wanted = position;
    if (!this.stage) {
      this.page.want(position, false);
      this.page.settle(position);
      return;
    }
    if (this.piece) this.piece.target = 0;
    this.piece = this.models.get(position);
    this.piece.target = 1;
    this.piece.fromPoster = !this.piece.model.ready;
    this.page.want(position, this.piece.model.ready);
    if (this.piece.presence === 0) this.piece.pose.reset();
    this.stage.weak = false;
    this.stage.reframe(true);
    this.models.trim(position);
    this.#changed(this.piece);
    this.stage.ask();
  }

  retry() {
    this.piece = this.models.retry(this.wanted);
    this.piece.target = 1;
    this.piece.fromPoster = true;
    this.#changed(this.piece);
  }

  #changed(piece) {
    if (piece !== this.piece) return;
    this.page.progress(piece.failed ? 1 : piece.progress, Boolean(piece.failed));
    this.stage.ask();
  }

  /** One frame's worth of time; gives whether anything is still moving. */
  #advance(seconds, passed) {
    const { settings } = this.gallery;
    const calm = this.calm.matches;
    const mayTurn = !calm && !this.stage.weak;
    // a slow machine still ends a transition on time: presence goes by the clock, motion by the frame
    const pace = Math.min(passed, 0.5) / Math.max(calm ? 0.4 : settings.transition_seconds, 0.001);
    let moving = false;
    for (const piece of [...this.models.held.values()]) {
      moving = this.#animate(piece, pace, calm) || moving;
      if (piece.presence > 0) moving = piece.pose.advance(seconds, mayTurn && piece.presence === 1) || moving;
    }
    const { piece } = this;
    if (piece?.presence === 1) {
      this.page.settle(piece.position);
      this.#prefetchLater();
    }
    return moving;
  }

  #animate(piece, pace, calm) {
    const there = piece.target === 1 && piece.model.ready;
    const goal = there ? 1 : 0;
    if (piece.presence === goal) {
      piece.model.stage(piece.presence, 'fade');
      return false;
    }
    if (piece.presence === 0) {
      this.page.reveal(piece.position);
      // where its poster stood until now, the splat takes over in the middle of arriving, so that nothing goes dark
      if (piece.fromPoster) piece.presence = TAKE_OVER;
    }
    const { reveal, transition, reflection } = this.gallery.settings;
    const effect = calm ? 'fade' : there ? reveal : transition;
    // leaving takes two thirds of the time that coming does: the stage is never crowded
    const step = there ? pace : pace * 1.5;
    piece.presence = goal ? Math.min(1, piece.presence + step) : Math.max(0, piece.presence - step);
    piece.model.stage(piece.presence, effect);
    piece.model.setReflection(reflection > 0 ? Math.max(0, piece.presence * 4 - 3) : 0);
    return true;
  }

  #prefetchLater() {
    clearTimeout(this.later);
    const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1));
    this.later = setTimeout(() => idle(() => this.models.prefetch(this.wanted)), STEADY * 1000);
  }
}
