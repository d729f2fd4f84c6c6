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
import { EFFECTS, fragmentShader, vertexShader } from './shader.js';
import { sourceOf } from './source.js';

/** @import { PerspectiveCamera, PixelFormat } from 'three' */
/** @import { Footprint } from '../footprint.js' */
/** @import { Effect, Framing, Light, Model, ModelEvents } from '../types.js' */
/** @import { SplatMessage } from './source.js' */

// Gaussians drawn by one instance: an instance of a single quad keeps most of a GPU idle, and costs most in software.
const BATCH = 256;

// A new order is asked for when the view has turned by more than this (a degree and a half).
const TURN = Math.cos((1.5 * Math.PI) / 180);

/**
 * A splat on its way.
 *
 * @param {string} url of a .ksplat or its planes, gzipped or not.
 * @param {Framing} framing
 * @param {ModelEvents} events
 * @param {Light} light
 * @returns {Model & {sorted: boolean}}
 */
export function loadSplat(url, framing, events, light) {
  return new SplatModel(url, framing, events, light);
}

class SplatModel {
  ready = false;
  /** @type {Footprint | null} */
  footprint = null;
  object = new Group();
  #uniforms;
  #source;
  /** @type {Drawn | undefined} what is on the GPU, once the header has come. */
  #drawn;
  #sequence = 0;
  #answered = 0;
  #sortedAlong = new Vector3();

  /** @param {string} url @param {Framing} framing @param {ModelEvents} events @param {Light} light */
  constructor(url, framing, events, light) {
    this.events = events;
    this.#uniforms = {
      count: { value: 0 },
      viewport: { value: new Vector2(1, 1) },
      focal: { value: new Vector2(1, 1) },
      center: { value: new Vector3(...framing.center) },
      radius: { value: framing.radius },
      presence: { value: 0 },
      effect: { value: EFFECTS.dissolve },
      fog: { value: new Vector2(1e6, 2e6) },
      fogColor: { value: new Color(0) },
      gain: { value: new Vector3(...light.gain) },
      offset: { value: light.offset },
      ground: { value: framing.center[1] - framing.radius },
      eye: { value: new Vector3() },
    };
    this.#source = sourceOf(url);
    this.#source.listen((message) => this.#take(message));
  }

  /** Whether its Gaussians are in the order of the view in which they were last drawn. */
  get sorted() {
    return this.#sequence > 0 && this.#sequence === this.#answered;
  }

  /** @param {number} presence @param {Effect} effect */
  appear(presence, effect) {
    this.#uniforms.presence.value = presence;
    this.#uniforms.effect.value = EFFECTS[effect];
    this.object.visible = presence > 0;
  }

  /** @param {number} near @param {number} far @param {Color} color */
  setFog(near, far, color) {
    this.#uniforms.fog.value.set(near, far);
    // the shader works on the screen's own values, not on linear light
    color.getRGB(this.#uniforms.fogColor.value, SRGBColorSpace);
  }

  /** @param {number} strength */
  setReflection(strength) {
    if (!this.#drawn) return;
    const { mirror } = this.#drawn;
    mirror.visible = strength > 0;
    mirror.material.uniforms.fade.value = strength;
  }

  /** @param {PerspectiveCamera} camera @param {number} width @param {number} height */
  update(camera, width, height) {
    if (!this.#drawn) return;
    const { elements } = camera.projectionMatrix;
    this.#uniforms.viewport.value.set(width, height);
    this.#uniforms.focal.value.set((elements[0] * width) / 2, (elements[5] * height) / 2);
    const toModel = new Matrix4().multiplyMatrices(camera.matrixWorldInverse, this.#drawn.mesh.matrixWorld).invert();
    const forward = new Vector3(0, 0, -1).transformDirection(toModel);
    this.#uniforms.eye.value.setFromMatrixPosition(toModel);
    const filled = this.#uniforms.count.value > 0;
    if (filled && this.#sequence === this.#answered && forward.dot(this.#sortedAlong) < TURN) {
      this.#sortedAlong.copy(forward);
      this.#sequence += 1;
      this.#source.sort(forward.toArray(), this.#sequence);
    }
  }

  dispose() {
    this.#source.close();
    this.object.removeFromParent();
    if (!this.#drawn) return;
    const { textures, mesh, mirror } = this.#drawn;
    for (const texture of Object.values(textures)) texture?.dispose();
    mesh.geometry.dispose();
    mesh.material.dispose();
    mirror.material.dispose();
  }

  /** @param {SplatMessage} message */
  #take(message) {
    if (message.failed) this.events.failed(message.failed);
    else if (message.header) this.#prepare(message.header);
    else if (message.progress !== undefined) this.events.progress(message.progress);
    if (this.#drawn && message.texels) this.#fill(this.#drawn, message.texels, message.footprint);
    if (this.#drawn && message.order) this.#reorder(this.#drawn, message.order, message);
  }

  /** @param {NonNullable<SplatMessage['header']>} header */
  #prepare({ width, height, degree, shLimit }) {
    const textures = {
      a: texture(width, height, RGBAIntegerFormat),
      b: texture(width, height, RGBAIntegerFormat),
      sh: degree > 0 ? texture(width * degree, height, RGBAIntegerFormat) : null,
      order: texture(width, height, RedIntegerFormat),
    };
    const uniforms = {
      ...this.#uniforms,
      texelsA: { value: textures.a },
      texelsB: { value: textures.b },
      order: { value: textures.order },
      ...(textures.sh && { harmonics: { value: textures.sh }, shLimit: { value: shLimit } }),
    };
    const geometry = batchOfQuads();
    const mirror = makeMesh(geometry, uniforms, degree, true);
    const mesh = makeMesh(geometry, uniforms, degree, false);
    this.object.add(mirror, mesh);
    this.#drawn = { textures, mesh, mirror };
  }

  /** @param {Drawn} drawn @param {NonNullable<SplatMessage['texels']>} texels
   * @param {Footprint} [footprint] with the last texels. */
  #fill({ textures }, texels, footprint) {
    put(textures.a, texels.a);
    put(textures.b, texels.b);
    if (textures.sh && texels.sh) put(textures.sh, texels.sh);
    if (!footprint) return;
    this.footprint = footprint;
    this.#uniforms.ground.value = footprint.ground;
    this.ready = true;
    this.events.progress(1);
  }

  /** @param {Drawn} drawn @param {Uint32Array<ArrayBuffer>} order @param {SplatMessage} message */
  #reorder({ textures, mesh }, order, { count = 0, sequence }) {
    if (sequence !== undefined) this.#answered = sequence;
    put(textures.order, order);
    this.#uniforms.count.value = count;
    mesh.geometry.instanceCount = Math.ceil(count / BATCH);
    this.events.change();
  }
}

/**
 * @typedef {object} Drawn
 * @property {{a: DataTexture, b: DataTexture, sh: DataTexture | null, order: DataTexture}} textures
 * @property {ReturnType<typeof makeMesh>} mesh
 * @property {ReturnType<typeof makeMesh>} mirror its reflection in the floor.
 */

/** @param {number} width @param {number} height @param {PixelFormat} format */
function texture(width, height, format) {
  const made = new DataTexture(null, width, height, format, UnsignedIntType);
  made.internalFormat = format === RedIntegerFormat ? 'R32UI' : 'RGBA32UI';
  return made;
}

/** @param {DataTexture} texture @param {Uint32Array<ArrayBuffer>} data */
function put(texture, data) {
  texture.image.data = data;
  texture.needsUpdate = true;
}

/**
 * @param {InstancedBufferGeometry} geometry
 * @param {Record<string, {value: unknown}>} uniforms
 * @param {number} degree of spherical harmonics.
 * @param {boolean} mirrored
 */
function makeMesh(geometry, uniforms, degree, mirrored) {
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    defines: { BATCH, ...(degree > 0 && { SH_DEGREE: degree }) },
    uniforms: { ...uniforms, mirrored: { value: mirrored }, fade: { value: mirrored ? 0 : 1 } },
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

function batchOfQuads() {
  const corners = new Float32Array(BATCH * 12);
  const index = new Uint16Array(BATCH * 6);
  for (let quad = 0; quad < BATCH; quad += 1) {
    corners.set([-1, -1, quad, 1, -1, quad, 1, 1, quad, -1, 1, quad], quad * 12);
    index.set(
      [0, 1, 2, 0, 2, 3].map((corner) => quad * 4 + corner),
      quad * 6,
    );
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(corners, 3));
  geometry.setIndex(new BufferAttribute(index, 1));
  geometry.instanceCount = 0;
  return geometry;
}
