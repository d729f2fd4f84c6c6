// One piece on its way to the stage, on it, or leaving. Its presence runs to 1 while it is the wanted one and to 0
// otherwise, so a hasty visitor never sees a wrong or an empty stage.
import { EASINGS } from './easing.js';
import { Pose } from './pose.js';

/** @import { AnyStage, Effect, Item, Settings } from '../types.js' */

const TAKE_OVER = 0.3; // how far a splat has arrived when it replaces its poster
const HASTE = 1.5; // leaving takes two thirds of the time that coming does: the stage is never crowded

export class Piece {
  /** 0 away, 1 there. */
  presence = 0;

  /** Why it did not arrive, in words; empty while it may. */
  failure = '';

  #wanted = false;
  #fromPoster = false;
  #stage;
  #reflection;
  #ease;

  /**
   * Starts loading at once.
   *
   * @param {number} position in the gallery.
   * @param {Item} item
   * @param {Settings} settings
   * @param {AnyStage} stage
   * @param {(piece: Piece) => void} changed it got further, arrived or failed.
   */
  constructor(position, item, settings, stage, changed) {
    this.position = position;
    this.framing = { ...item.framing, elevation: item.framing.elevation + settings.elevation };
    this.pose = new Pose(this.framing, settings.auto_rotate);
    this.#stage = stage;
    this.#reflection = settings.reflection;
    this.#ease = EASINGS[settings.easing];
    this.progress = 0;
    this.model = stage.load(item, this.framing, {
      progress: (part) => {
        this.progress = part;
        changed(this);
      },
      change: () => {
        stage.ask();
        changed(this);
      },
      failed: (words) => {
        this.failure = words;
        changed(this);
      },
    });
    if (this.model.ready) this.progress = 1;
    this.model.appear(0, 'fade');
    stage.add(this);
  }

  /** The visitor wants this one. */
  come() {
    this.#wanted = true;
    this.#fromPoster = !this.model.ready;
    if (this.presence === 0) this.pose.reset();
  }

  /** Another is wanted. */
  leave() {
    this.#wanted = false;
  }

  /** Whether the next frame is the first to show it. */
  get begins() {
    return this.presence === 0 && this.#goal === 1;
  }

  get #goal() {
    return this.#wanted && this.model.ready ? 1 : 0;
  }

  /**
   * Comes or goes a little further; gives whether it moved.
   *
   * @param {number} pace the part of the whole way that coming takes now.
   * @param {{reveal: Effect, transition: Effect}} effects how it comes and how it goes.
   */
  move(pace, { reveal, transition }) {
    const goal = this.#goal;
    if (this.presence === goal) {
      this.model.appear(goal, 'fade');
      return false;
    }
    // where its poster stood until now, the splat takes over in the middle of arriving, so that nothing goes dark
    if (this.begins && this.#fromPoster) this.presence = TAKE_OVER;
    this.presence = goal ? Math.min(1, this.presence + pace) : Math.max(0, this.presence - pace * HASTE);
    const seen = this.#ease(this.presence);
    this.model.appear(seen, goal ? reveal : transition);
    this.model.setReflection(this.#reflection > 0 ? Math.max(0, seen * 4 - 3) : 0);
    return true;
  }

  /** Turns by itself or by its momentum, once it is to be seen; gives whether it moved.
   * @param {number} seconds @param {boolean} mayTurn by itself. */
  turn(seconds, mayTurn) {
    return this.presence > 0 && this.pose.advance(seconds, mayTurn && this.presence === 1);
  }

  /** Gives back its memory. */
  dispose() {
    this.#stage.remove(this);
    this.model.dispose();
  }
}
