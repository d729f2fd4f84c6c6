// The stage: one canvas over the whole window, one camera, frames only when something asks for one.
import { Fog, MathUtils, PerspectiveCamera, Scene, Vector2, WebGLRenderer } from 'three';

const FOV = 35; // degrees, over the height of the frame that the subject may use
const SLOW = 1 / 50; // seconds a frame may take before the pixels get coarser
const QUICK = 1 / 90;
const HOPELESS = 1 / 3; // and below this nothing turns by itself: a still is better than a stutter

export class Stage {
  /** Throws where there is no WebGL 2. */
  constructor(canvas) {
    this.canvas = canvas;
    this.renderer = new WebGLRenderer({ canvas, alpha: true, antialias: false, powerPreference: 'high-performance' });
    this.renderer.setClearAlpha(0);
    this.scene = new Scene();
    this.camera = new PerspectiveCamera(FOV, 1, 0.05, 60);
    this.pieces = new Set();
    this.frameOf = () => null;
    this.advance = () => false;
    this.zoom = 1;
    this.fog = 0;
    this.fogColor = '#000000';
    this.width = innerWidth;
    this.height = innerHeight;
    this.pixels = finest();
    this.pace = { seconds: 0, frames: 0 };
    this.weak = false;
    this.asked = false;
    this.before = 0;
    addEventListener('resize', () => this.resize());
    document.addEventListener('visibilitychange', () => {
      this.before = 0;
      if (!document.hidden) this.ask();
    });
  }

  add(piece) {
    this.pieces.add(piece);
    this.scene.add(piece.model.object);
    this.ask();
  }

  remove(piece) {
    this.pieces.delete(piece);
    piece.model.object.removeFromParent();
    this.ask();
  }

  /** Asks for a frame; many askings make one frame. Nothing is drawn in a hidden tab. */
  ask() {
    if (this.asked || document.hidden) return;
    this.asked = true;
    requestAnimationFrame((now) => this.#frame(now));
  }

  resize() {
    this.width = innerWidth;
    this.height = innerHeight;
    this.#setPixels(this.pixels);
    this.reframe(false);
  }

  /** The part of the window that the subject may use has changed: the camera follows, at once or gently. */
  reframe(gently) {
    const whole = { left: 0, top: 0, width: this.width, height: this.height };
    const box = this.frameOf();
    const { left, top, width, height } = box && box.width > 48 && box.height > 48 ? box : whole;
    this.goal = [left, top, width, height];
    if (!gently || !this.box) this.box = this.goal;
    this.#fit();
    this.ask();
  }

  /** A sphere of radius 1 touches the edges of the box. */
  #fit() {
    const [left, top, width, height] = this.box;
    this.camera.aspect = width / height;
    this.camera.setViewOffset(width, height, -left, -top, this.width, this.height);
    const upright = MathUtils.degToRad(FOV / 2);
    const half = Math.min(upright, Math.atan(Math.tan(upright) * this.camera.aspect));
    this.distance = 1 / Math.sin(half) / this.zoom;
  }

  /** Gives whether the box is still on its way to where it belongs. */
  #follow(seconds) {
    const gap = Math.max(...this.goal.map((value, side) => Math.abs(value - this.box[side])));
    if (gap === 0) return false;
    const part = gap < 0.5 ? 1 : 1 - Math.exp(-5 * seconds);
    this.box = this.box.map((value, side) => value + (this.goal[side] - value) * part);
    this.#fit();
    return true;
  }

  #frame(now) {
    this.asked = false;
    const passed = this.before ? (now - this.before) / 1000 : 0;
    this.before = now;
    const following = this.#follow(passed);
    const moving = this.advance(Math.min(passed, 0.1), passed) || following;
    // what stands still is drawn once more, as sharp as the screen
    this.#setPixels(moving ? this.pixels : finest());
    this.#place();
    this.renderer.render(this.scene, this.camera);
    if (moving) {
      this.#adapt(passed);
      this.ask();
    } else {
      this.before = 0;
      this.pace = { seconds: 0, frames: 0 };
    }
  }

  #setPixels(pixels) {
    const { x, y } = this.renderer.getSize(new Vector2());
    if (this.renderer.getPixelRatio() === pixels && x === this.width && y === this.height) return;
    this.renderer.setPixelRatio(pixels);
    this.renderer.setSize(this.width, this.height, false);
  }

  #place() {
    this.camera.position.set(0, 0, this.distance);
    this.camera.updateMatrixWorld();
    for (const { model, pose, framing } of this.pieces) {
      if (!model.object.visible) continue;
      // the camera stays and the piece turns: a visitor who walks to the right sees it turn to the left
      const { object } = model;
      object.rotation.set(MathUtils.degToRad(pose.elevation), -MathUtils.degToRad(pose.azimuth), 0, 'XYZ');
      const scale = 1 / framing.radius;
      object.scale.setScalar(scale);
      object.position.set(...framing.center).multiplyScalar(-scale).applyEuler(object.rotation);
      object.position.z += this.distance - this.distance / pose.zoom;
      object.updateMatrixWorld(true);
      if (this.fog > 0) this.#dim(model, this.distance / pose.zoom);
      model.update(this.camera, this.renderer.domElement.width, this.renderer.domElement.height);
    }
  }

  /** The back of a piece sinks into the background: it takes the background's colour. */
  #dim(model, distance) {
    const near = distance - 0.8;
    const far = distance + 0.7 + 4 * (1 - this.fog);
    this.scene.fog ??= new Fog(this.fogColor, near, far);
    Object.assign(this.scene.fog, { near, far });
    model.setFog(near, far, this.scene.fog.color);
  }

  /** Coarser pixels on a slow GPU, finer ones again when there is time: judged over 20 frames or a second. */
  #adapt(seconds) {
    if (seconds <= 0) return;
    this.pace.seconds += seconds;
    this.pace.frames += 1;
    if (this.pace.frames < 20 && (this.pace.seconds < 1 || this.pace.frames < 3)) return;
    const each = this.pace.seconds / this.pace.frames;
    this.pace = { seconds: 0, frames: 0 };
    this.weak = each > HOPELESS;
    const coarsest = Math.min(1, finest()) * 0.6;
    const wanted = each > SLOW ? this.pixels * 0.8 : each < QUICK ? this.pixels * 1.15 : this.pixels;
    this.pixels = Math.min(finest(), Math.max(coarsest, wanted));
  }
}

/** Pixels of the canvas for one of the page, at most. */
function finest() {
  return Math.min(devicePixelRatio || 1, 2);
}
