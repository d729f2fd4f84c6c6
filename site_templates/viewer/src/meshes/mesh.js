// Draws one .glb on the same stage, by the same calls as a splat. The loader itself comes only when it is needed.
import { Group, Mesh, Texture, Vector3 } from 'three';

import { footprintOf } from '../footprint.js';

/** @import { Material, Object3D } from 'three' */
/** @import { Footprint } from '../footprint.js' */
/** @import { Effect, Framing, Light, Model, ModelEvents } from '../types.js' */

/**
 * A mesh on its way.
 *
 * @param {string} url of a .glb.
 * @param {Framing} framing
 * @param {ModelEvents} events
 * @param {Light} light
 * @returns {Model}
 */
export function loadMesh(url, framing, events, light) {
  return new MeshModel(url, framing, events, light);
}

class MeshModel {
  ready = false;
  /** @type {Footprint | null} */
  footprint = null;
  object = new Group();
  #inner = new Group();
  /** @type {Map<Material, number>} with the opacity of each when it is all there. */
  #materials = new Map();
  #closed = false;

  /** @param {string} url @param {Framing} framing @param {ModelEvents} events @param {Light} light */
  constructor(url, framing, events, light) {
    this.events = events;
    this.light = light;
    this.#inner.position.set(...framing.center);
    this.object.add(this.#inner);
    this.#load(url).catch((error) => this.#closed || events.failed(error.message || String(error)));
  }

  /** @param {number} presence @param {Effect} effect */
  appear(presence, effect) {
    this.object.visible = presence > 0;
    this.#inner.scale.setScalar(effect === 'fade' ? 1 : 0.96 + 0.04 * presence);
    for (const [material, whole] of this.#materials) {
      const fading = presence < 1 || whole < 1;
      if (material.transparent !== fading) material.needsUpdate = true;
      material.transparent = fading;
      material.opacity = whole * presence;
    }
  }

  /** Three's own fog, which the stage sets, is what a mesh sinks into. */
  setFog() {}

  setReflection() {}

  update() {}

  dispose() {
    this.#closed = true;
    this.object.removeFromParent();
    this.object.traverse((node) => {
      if (node instanceof Mesh) node.geometry.dispose();
    });
    for (const material of this.#materials.keys()) {
      for (const value of Object.values(material)) if (value instanceof Texture) value.dispose();
      material.dispose();
    }
  }

  /** @param {string} url */
  async #load(url) {
    const { GLTFLoader } = await import('three/addons/loaders/GLTFLoader.js');
    const { MeshSurfaceSampler } = await import('three/addons/math/MeshSurfaceSampler.js');
    const { scene } = await new GLTFLoader().loadAsync(url, ({ loaded, total }) => {
      if (total && !this.#closed) this.events.progress(Math.min(0.99, loaded / total));
    });
    if (this.#closed) return;
    const points = pointsOn(scene, MeshSurfaceSampler);
    this.footprint = footprintOf(points, points.length / 3);
    this.#fill(scene);
  }

  /** @param {Object3D} scene */
  #fill(scene) {
    scene.traverse((node) => {
      if (!(node instanceof Mesh)) return;
      for (const material of [node.material].flat()) {
        if (this.#materials.has(material)) continue;
        this.#materials.set(material, material.opacity);
        shine(material, this.light);
      }
    });
    scene.position.sub(new Vector3().copy(this.#inner.position));
    this.#inner.add(scene);
    this.ready = true;
    this.events.progress(1);
    this.events.change();
  }
}

const SAMPLES = 20000;

/** Points spread evenly over the surface, in the frame that the scene stands in.
 * @param {Object3D} scene @param {typeof import('three/addons/math/MeshSurfaceSampler.js').MeshSurfaceSampler} Sampler */
function pointsOn(scene, Sampler) {
  scene.updateMatrixWorld(true);
  /** @type {{sampler: InstanceType<typeof Sampler>, area: number}[]} */
  const parts = [];
  scene.traverse((node) => {
    if (!(node instanceof Mesh)) return;
    const sampler = new Sampler(new Mesh(node.geometry.clone().applyMatrix4(node.matrixWorld))).build();
    parts.push({ sampler, area: sampler.distribution?.at(-1) ?? 0 });
  });
  const whole = parts.reduce((sum, { area }) => sum + area, 0);
  const point = new Vector3();
  const points = parts.flatMap(({ sampler, area }) =>
    Array.from({ length: Math.round((SAMPLES * area) / whole) }, () => {
      sampler.sample(point);
      return point.toArray();
    }).flat(),
  );
  return new Float32Array(points);
}

const BEFORE_FOG = '#include <colorspace_fragment>';

/** Puts the light on a material: on its colours as the screen takes them, as a splat's.
 * @param {Material} material @param {Light} light */
function shine(material, { gain, offset }) {
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, { gain: { value: new Vector3(...gain) }, offset: { value: offset } });
    shader.fragmentShader = `uniform vec3 gain;\nuniform float offset;\n${shader.fragmentShader}`.replace(
      BEFORE_FOG,
      `${BEFORE_FOG}\ngl_FragColor.rgb = max(gl_FragColor.rgb * gain + offset, 0.0);`,
    );
  };
}
