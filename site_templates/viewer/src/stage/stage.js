// The stage: one canvas over the whole window, one camera, frames only when something asks for one.
import { ACESFilmicToneMapping, Fog, MathUtils, PerspectiveCamera, Scene, Vector2, WebGLRenderer } from 'three';
import { loadMesh } from '../meshes/mesh.js';
import { loadSplat } from '../splats/splat.js';
import { makeFloor } from './floor.js';
import { Frames } from './frames.js';
import { makeLights } from './lights.js';
import { finest, Pixels } from './pixels.js';
import { ContactShadow } from './shadow.js';

/** @import { Framing, Item, Light, Model, ModelEvents, Placed } from '../types.js' */

/**
 * @typedef {object} StageOptions
 * @property {number} fov degrees, over the height of the frame that the subject may use.
 * @property {number} [zoom] 1 shows the whole subject.
 * @property {number} [fog] how far the back of a piece sinks into the background, 0 to 1.
 * @property {string} [background] the colour that it sinks into, #rrggbb.
 * @property {number} [reflection] how clearly the floor mirrors, 0 to 1.
 * @property {number} [shadow] how dark the shadow on the floor under a piece is, 0 to 1.
 * @property {Light} [light] on the pieces.
 * @property {() => Box | undefined} [frameOf] the part of the window that the subject may use, in pixels.
 * @property {(seconds: number, passed: number) => boolean} [advance] called before each frame: seconds of motion (a
 *   tenth at most), and seconds on the clock; says whether anything moves.
 */

/** @typedef {Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>} Box */
/** @typedef {[left: number, top: number, width: number, height: number]} Sides */

/** @type {Light} pieces look as they were made. */
const PLAIN = { gain: [1, 1, 1], offset: 0 };

export class Stage {
  #frames = new Frames((passed) => this.#draw(passed));
  #pixels = new Pixels();
  /** @type {Map<Placed, ContactShadow | null>} with the shadow of each, where there are any. */
  #pieces = new Map();
  #distance = 1;
  /** @type {Sides} where the box is, */
  #box;
  /** @type {Sides} and where it belongs. */
  #goal;

  /**
   * Throws where there is no WebGL 2.
   *
   * @param {HTMLCanvasElement} canvas
   * @param {StageOptions} options
   */
  constructor(canvas, options) {
    const { fov, zoom = 1, fog = 0, background = '#000000', reflection = 0, shadow = 0 } = options;
    const { light, frameOf, advance } = options;
    this.renderer = new WebGLRenderer({ canvas, alpha: true, antialias: false, powerPreference: 'high-performance' });
    this.renderer.setClearAlpha(0);
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.camera = new PerspectiveCamera(fov, 1, 0.05, 60);
    this.scene = new Scene();
    this.scene.add(makeLights());
    if (reflection > 0) this.scene.add(makeFloor(reflection));
    this.fog = fog > 0 ? { depth: 0.7 + 4 * (1 - fog), air: new Fog(background) } : null;
    if (this.fog) this.scene.fog = this.fog.air;
    this.shadow = shadow;
    this.light = light ?? PLAIN;
    this.zoom = zoom;
    this.frameOf = frameOf ?? (() => undefined);
    this.advance = advance ?? (() => false);
    this.width = innerWidth;
    this.height = innerHeight;
    this.#goal = this.#box = [0, 0, this.width, this.height];
    this.resize();
    new ResizeObserver(() => this.resize()).observe(document.body);
    addEventListener('resize', () => this.resize());
  }

  /** Whether this machine is too slow for motion that nobody asked for. */
  get weak() {
    return this.#pixels.weak;
  }

  /** The model of a piece, on its way. @param {Item} item @param {Framing} framing @param {ModelEvents} events
   * @returns {Model} */
  load(item, framing, events) {
    const load = item.kind === 'mesh' ? loadMesh : loadSplat;
    return load(item.model, framing, events, this.light);
  }

  /** @param {Placed} piece */
  add(piece) {
    const shadow = this.shadow > 0 ? new ContactShadow(this.shadow) : null;
    if (shadow) piece.model.object.add(shadow.object);
    this.#pieces.set(piece, shadow);
    this.scene.add(piece.model.object);
    this.ask();
  }

  /** @param {Placed} piece */
  remove(piece) {
    this.#pieces.get(piece)?.dispose();
    this.#pieces.delete(piece);
    piece.model.object.removeFromParent();
    this.ask();
  }

  /** Another piece is wanted: it has a frame of its own, and may be quicker to draw. */
  turnOver() {
    this.#pixels.weak = false;
    this.reframe();
  }

  /** Asks for a frame. */
  ask() {
    this.#frames.ask();
  }

  resize() {
    this.width = innerWidth;
    this.height = innerHeight;
    this.#setPixels(this.#pixels.ratio);
    this.reframe();
    this.#box = this.#goal;
    this.#fit();
  }

  /** The part of the window that the subject may use has changed: the camera follows gently. */
  reframe() {
    const box = this.frameOf();
    const large = box && box.width > 48 && box.height > 48;
    this.#goal = large ? [box.left, box.top, box.width, box.height] : [0, 0, this.width, this.height];
    this.#fit();
    this.ask();
  }

  /** A sphere of radius 1 touches the edges of the box. */
  #fit() {
    const [left, top, width, height] = this.#box;
    this.camera.aspect = width / height;
    this.camera.setViewOffset(width, height, -left, -top, this.width, this.height);
    const upright = MathUtils.degToRad(this.camera.fov / 2);
    const half = Math.min(upright, Math.atan(Math.tan(upright) * this.camera.aspect));
    this.#distance = 1 / Math.sin(half) / this.zoom;
  }

  /** Gives whether the box is still on its way to where it belongs. @param {number} seconds */
  #follow(seconds) {
    const gap = Math.max(...this.#goal.map((value, side) => Math.abs(value - this.#box[side])));
    if (gap === 0) return false;
    const part = gap < 0.5 ? 1 : 1 - Math.exp(-5 * seconds);
    this.#box = /** @type {Sides} */ (this.#box.map((value, side) => value + (this.#goal[side] - value) * part));
    this.#fit();
    return true;
  }

  /** @param {number} passed */
  #draw(passed) {
    const following = this.#follow(passed);
    const moving = this.advance(Math.min(passed, 0.1), passed) || following;
    // what stands still is drawn once more, as sharp as the screen
    this.#setPixels(moving ? this.#pixels.ratio : finest());
    this.#place();
    this.renderer.render(this.scene, this.camera);
    if (moving) this.#pixels.adapt(passed);
    else this.#pixels.rest();
    return moving;
  }

  /** @param {number} ratio */
  #setPixels(ratio) {
    const { x, y } = this.renderer.getSize(new Vector2());
    if (this.renderer.getPixelRatio() === ratio && x === this.width && y === this.height) return;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(this.width, this.height, false);
  }

  #place() {
    this.camera.position.set(0, 0, this.#distance);
    this.camera.updateMatrixWorld();
    for (const [{ model, pose, framing, presence }, shadow] of this.#pieces) {
      if (!model.object.visible) continue;
      shadow?.show(model.footprint, presence);
      // the camera stays and the piece turns: a visitor who walks to the right sees it turn to the left
      const { object } = model;
      object.rotation.set(MathUtils.degToRad(pose.elevation), -MathUtils.degToRad(pose.azimuth), 0, 'XYZ');
      const scale = 1 / framing.radius;
      object.scale.setScalar(scale);
      object.position
        .set(...framing.center)
        .multiplyScalar(-scale)
        .applyEuler(object.rotation);
      object.position.z += this.#distance - this.#distance / pose.zoom;
      object.updateMatrixWorld(true);
      this.#dim(model, this.#distance / pose.zoom);
      model.update(this.camera, this.renderer.domElement.width, this.renderer.domElement.height);
    }
  }

  /** The back of a piece sinks into the background: it takes the background's colour.
   * @param {Model} model @param {number} distance */
  #dim(model, distance) {
    if (!this.fog) return;
    const { air, depth } = this.fog;
    air.near = distance - 0.8;
    air.far = distance + depth;
    model.setFog(air.near, air.far, air.color);
  }
}
