// Stands in for the stage where there is no WebGL: pieces come and go in time, and the page's posters are all there is.
import { Object3D } from 'three';
import { Frames } from './frames.js';

/** @import { Model } from '../types.js' */

/** What a `Stage` offers to the show, with nothing to draw. */
export class StillStage {
  #frames;

  /** Nothing turns by itself. */
  weak = true;

  /** @param {{advance: (seconds: number, passed: number) => boolean}} options as the stage's. */
  constructor({ advance }) {
    this.#frames = new Frames((passed) => advance(passed, passed));
  }

  /** A model that is there already and is not to be seen. @returns {Model} */
  load() {
    const nothing = () => {};
    return {
      ready: true,
      footprint: null,
      object: new Object3D(),
      appear: nothing,
      setFog: nothing,
      setReflection: nothing,
      update: nothing,
      dispose: nothing,
    };
  }

  add() {}

  remove() {}

  turnOver() {}

  reframe() {}

  ask() {
    this.#frames.ask();
  }
}
