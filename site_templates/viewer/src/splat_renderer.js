// Draws one splat: the only module that knows how. `loadSplat` is all that the rest of the viewer calls.
import {
  BufferAttribute,
  CustomBlending,
  DataTexture,
  GLSL3,
  Group,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Matrix4,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  RGBAIntegerFormat,
  UnsignedIntType,
  Vector2,
  Vector3,
} from 'three';
import { sourceOf } from './splat_source.js';
import { EFFECTS, fragmentShader, vertexShader } from './splat_shader.js';

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
      viewport: { value: new Vector2(1, 1) },
      focal: { value: new Vector2(1, 1) },
      center: { value: new Vector3(...framing.center) },
      radius: { value: framing.radius },
      presence: { value: 0 },
      effect: { value: EFFECTS.dissolve },
      fade: { value: 1 },
      fog: { value: new Vector2(1e6, 2e6) },
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

  /** Fog begins and ends at these distances from the camera. */
  setFog(near, far) {
    this.uniforms.fog.value.set(near, far);
  }

  /** Strength of the reflection in the floor, 0 to 1. */
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
    const drawn = this.mesh.geometry.instanceCount > 0;
    if (drawn && this.sequence === this.answered && forward.dot(this.sortedAlong) < TURN) {
      this.sortedAlong.copy(forward);
      this.sequence += 1;
      this.source.sort(forward.toArray(), this.sequence);
    }
  }

  dispose() {
    this.source.close();
    this.object.removeFromParent();
    for (const texture of this.textures ?? []) texture.dispose();
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

  #prepare({ count, width, height, degree, shLimit }) {
    const texture = (columns) => {
      const made = new DataTexture(null, columns, height, RGBAIntegerFormat, UnsignedIntType);
      made.internalFormat = 'RGBA32UI';
      return made;
    };
    this.textures = [texture(width), texture(width)];
    [this.uniforms.texelsA.value, this.uniforms.texelsB.value] = this.textures;
    if (degree > 0) {
      this.textures.push(texture(width * degree));
      this.uniforms.harmonics = { value: this.textures[2] };
      this.uniforms.shLimit = { value: shLimit };
      this.uniforms.eye = { value: new Vector3() };
    }
    const geometry = new InstancedBufferGeometry();
    const corners = new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]);
    geometry.setAttribute('position', new BufferAttribute(corners, 3));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    geometry.setAttribute('splat', new InstancedBufferAttribute(new Uint32Array(count), 1));
    geometry.instanceCount = 0;
    this.mirror = this.#mesh(geometry, degree, true);
    this.mesh = this.#mesh(geometry, degree, false);
    this.object.add(this.mirror, this.mesh);
  }

  #mesh(geometry, degree, mirrored) {
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      defines: degree > 0 ? { SH_DEGREE: degree } : {},
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
    mesh.renderOrder = mirrored ? 0 : 1;
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

  #reorder({ order, sequence }) {
    if (sequence !== undefined) this.answered = sequence;
    const attribute = this.mesh.geometry.getAttribute('splat');
    attribute.array.set(order);
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, order.length);
    attribute.needsUpdate = true;
    this.mesh.geometry.instanceCount = order.length;
    this.events.change();
  }
}
