// The stage: one canvas over the whole window, one camera, frames only when something asks for one.
import { MathUtils, PerspectiveCamera, Scene, WebGLRenderer } from 'three';

const FOV = 35; // degrees, over the height of the frame that the subject may use
const SLOW = 1 / 50; // seconds a frame may take before the pixels get coarser
const QUICK = 1 / 90;

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
    this.pixels = Math.min(devicePixelRatio || 1, 2);
    this.pace = { seconds: 0, frames: 0 };
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
    this.renderer.setPixelRatio(this.pixels);
    this.renderer.setSize(this.width, this.height, false);
    this.frame();
    this.ask();
  }

  /** Fits the camera to the part of the window that the subject may use: a sphere of radius 1 touches its edges. */
  frame() {
    const box = this.frameOf();
    if (!box || box.width < 1 || box.height < 1) return;
    this.camera.aspect = box.width / box.height;
    this.camera.setViewOffset(box.width, box.height, -box.left, -box.top, this.width, this.height);
    const upright = MathUtils.degToRad(FOV / 2);
    const half = Math.min(upright, Math.atan(Math.tan(upright) * this.camera.aspect));
    this.distance = 1 / Math.sin(half) / this.zoom;
  }

  #frame(now) {
    this.asked = false;
    const passed = this.before ? (now - this.before) / 1000 : 0;
    this.before = now;
    const moving = this.advance(Math.min(passed, 0.1), passed);
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
      model.update(this.camera, this.renderer.domElement.width, this.renderer.domElement.height);
    }
  }

  /** Coarser pixels on a slow GPU, finer ones again when there is time: judged over 20 frames. */
  #adapt(seconds) {
    if (seconds <= 0 || seconds > 1) return;
    this.pace.seconds += seconds;
    this.pace.frames += 1;
    if (this.pace.frames < 20) return;
    const each = this.pace.seconds / this.pace.frames;
    this.pace = { seconds: 0, frames: 0 };
    const finest = Math.min(devicePixelRatio || 1, 2);
    const wanted = each > SLOW ? this.pixels * 0.8 : each < QUICK ? this.pixels * 1.15 : this.pixels;
    const pixels = Math.min(finest, Math.max(Math.min(1, finest) * 0.6, wanted));
    if (Math.abs(pixels - this.pixels) < 0.02) return;
    this.pixels = pixels;
    this.resize();
  }
}
