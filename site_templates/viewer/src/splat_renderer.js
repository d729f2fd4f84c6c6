// Draws one splat: the only module that knows how. `loadSplat` is all that the rest of the viewer calls.
import {
  BufferAttribute,
  Color,
  CustomBlending,
  DataTexture,
  GLSL3,
  Group,
  InstancedBufferGeometry,
  Matrix4,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  RedIntegerFormat,
  RGBAIntegerFormat,
  SRGBColorSpace,
  UnsignedIntType,
  Vector2,
  Vector3,
} from 'three';
import { sourceOf } from './splat_source.js';
import { EFFECTS, fragmentShader, vertexShader } from './splat_shader.js';

// Gaussians drawn by one instance: an instance of a single quad keeps most of a GPU idle, and costs most in software.
const BATCH = 256;

// A new order is asked for when the view has turned by more than this (a degree and a half).
const TURN = Math.cos((1.5 * Math.PI) / 180);

/**
 * A splat in the making.
 *
 * @param {string} url of a .ksplat, gzipped or not.
 * @param {{center: number[], radius: number}} framing
 * @param {{progress(part: number): void, change(): void, failed(words: string): void}} events `change` asks for a frame.
 */
export function loadSplat(url, framing, events) {
  return new SplatModel(url, framing, events);
}

class SplatModel {
  constructor(url, framing, events) {
    this.events = events;
    this.ready = false;
    this.object = new Group();
    this.mesh = null;
    this.sequence = 0;
    this.answered = 0;
    this.sortedAlong = new Vector3();
    this.uniforms = {
      texelsA: { value: null },
      texelsB: { value: null },
      order: { value: null },
      count: { value: 0 },
      viewport: { value: new Vector2(1, 1) },
      focal: { value: new Vector2(1, 1) },
      center: { value: new Vector3(...framing.center) },
      radius: { value: framing.radius },
      presence: { value: 0 },
      effect: { value: EFFECTS.dissolve },
      fade: { value: 1 },
      fog: { value: new Vector2(1e6, 2e6) },
      fogColor: { value: new Color(0) },
      ground: { value: framing.center[1] - framing.radius },
    };
    this.source = sourceOf(url);
    this.source.listen((message) => this.#take(message));
  }

  /** How much of it is there, 0 to 1, and by which effect it comes or goes. */
  stage(presence, effect) {
    this.uniforms.presence.value = presence;
    this.uniforms.effect.value = EFFECTS[effect];
    this.object.visible = presence > 0;
  }

  /** Fog begins and ends at these distances from the camera; `color` is three's. */
  setFog(near, far, color) {
    this.uniforms.fog.value.set(near, far);
    // the shader works on the screen's own values, not on linear light
    color.getRGB(this.uniforms.fogColor.value, SRGBColorSpace);
  }

  /** How much of its reflection is there, 0 to 1; the floor dims it. */
  setReflection(strength) {
    if (this.mirror === undefined) return;
    this.mirror.visible = strength > 0;
    this.mirror.material.uniforms.fade.value = strength;
  }

  /** Called before each frame, when the object's matrices are up to date. */
  update(camera, width, height) {
    if (!this.mesh) return;
    const { elements } = camera.projectionMatrix;
    this.uniforms.viewport.value.set(width, height);
    this.uniforms.focal.value.set((elements[0] * width) / 2, (elements[5] * height) / 2);
    const toModel = new Matrix4().multiplyMatrices(camera.matrixWorldInverse, this.mesh.matrixWorld).invert();
    const forward = new Vector3(0, 0, -1).transformDirection(toModel);
    if (this.uniforms.eye) this.uniforms.eye.value.setFromMatrixPosition(toModel);
    const drawn = this.uniforms.count.value > 0;
    if (drawn && this.sequence === this.answered && forward.dot(this.sortedAlong) < TURN) {
      this.sortedAlong.copy(forward);
      this.sequence += 1;
      this.source.sort(forward.toArray(), this.sequence);
    }
  }

  dispose() {
    this.source.close();
    this.object.removeFromParent();
    for (const texture of [this.order, ...(this.textures ?? [])]) texture?.dispose();
    this.mesh?.geometry.dispose();
    this.mesh?.material.dispose();
    this.mirror?.material.dispose();
  }

  #take(message) {
    if (message.failed) this.events.failed(message.failed);
    else if (message.header) this.#prepare(message.header);
    else if (message.progress !== undefined) this.events.progress(message.progress);
    if (message.texels) this.#fill(message);
    if (message.order) this.#reorder(message);
  }

  #prepare({ width, height, degree, shLimit }) {
    const texture = (columns, format) => {
      const made = new DataTexture(null, columns, height, format, UnsignedIntType);
      made.internalFormat = format === RedIntegerFormat ? 'R32UI' : 'RGBA32UI';
      return made;
    };
    this.order = texture(width, RedIntegerFormat);
    this.textures = [texture(width, RGBAIntegerFormat), texture(width, RGBAIntegerFormat)];
    this.uniforms.order.value = this.order;
    [this.uniforms.texelsA.value, this.uniforms.texelsB.value] = this.textures;
    if (degree > 0) {
      this.textures.push(texture(width * degree, RGBAIntegerFormat));
      this.uniforms.harmonics = { value: this.textures[2] };
      this.uniforms.shLimit = { value: shLimit };
      this.uniforms.eye = { value: new Vector3() };
    }
    const geometry = batchOfQuads();
    this.mirror = this.#mesh(geometry, degree, true);
    this.mesh = this.#mesh(geometry, degree, false);
    this.object.add(this.mirror, this.mesh);
  }

  #mesh(geometry, degree, mirrored) {
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      defines: { BATCH, ...(degree > 0 && { SH_DEGREE: degree }) },
      uniforms: { ...this.uniforms, mirrored: { value: mirrored }, ...(mirrored && { fade: { value: 0 } }) },
      transparent: true,
      depthWrite: false,
      depthTest: true,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
    });
    const mesh = new Mesh(geometry, material);
    mesh.frustumCulled = false;
    mesh.visible = !mirrored;
    mesh.renderOrder = mirrored ? 0 : 2;
    return mesh;
  }

  #fill({ texels, last, floor }) {
    [texels.a, texels.b, texels.sh].forEach((data, index) => {
      const texture = this.textures[index];
      if (!texture) return;
      texture.image.data = data;
      texture.needsUpdate = true;
    });
    if (last) {
      this.uniforms.ground.value = floor;
      this.ready = true;
      this.events.progress(1);
    }
  }

  #reorder({ order, count, sequence }) {
    if (sequence !== undefined) this.answered = sequence;
    this.order.image.data = order;
    this.order.needsUpdate = true;
    this.uniforms.count.value = count;
    this.mesh.geometry.instanceCount = Math.ceil(count / BATCH);
    this.events.change();
  }
}

function batchOfQuads() {
  const corners = new Float32Array(BATCH * 12);
  const index = new Uint16Array(BATCH * 6);
  for (let quad = 0; quad < BATCH; quad += 1) {
    corners.set([-1, -1, quad, 1, -1, quad, 1, 1, quad, -1, 1, quad], quad * 12);
    index.set([0, 1, 2, 0, 2, 3].map((corner) => quad * 4 + corner), quad * 6);
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(corners, 3));
  geometry.setIndex(new BufferAttribute(index, 1));
  geometry.instanceCount = 0;
  return geometry;
}
