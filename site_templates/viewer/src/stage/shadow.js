// The soft shadow on the floor under a piece, darkest where the piece touches it.
import {
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  DataTexture,
  GLSL3,
  LinearFilter,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  RedFormat,
} from 'three';
import { SIDE } from '../footprint.js';

/** @import { Footprint } from '../footprint.js' */

const DARKEST = 0.85; // of the floor's light that a whole shadow takes

const vertexShader = /* glsl */ `
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
in vec3 position;
out vec2 place;
void main() {
  place = position.xz * 0.5 + 0.5;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`;

const fragmentShader = /* glsl */ `
precision mediump float;
uniform sampler2D dark;
uniform float strength;
in vec2 place;
out vec4 pixel;
void main() {
  pixel = vec4(0.0, 0.0, 0.0, strength * texture(dark, place).r);
}
`;

export class ContactShadow {
  #strength;
  /** @type {Footprint | null} */
  #footprint = null;

  /** @param {number} strength 0 to 1. */
  constructor(strength) {
    this.#strength = strength * DARKEST;
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: { dark: { value: null }, strength: { value: 0 } },
      transparent: true,
      depthWrite: false,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
    });
    /** In the model's own frame; not to be seen from below. */
    this.object = new Mesh(square(), material);
    this.object.visible = false;
    this.object.renderOrder = 1.5; // over the polished floor and the reflections in it, under the pieces
  }

  /** @param {Footprint | null} footprint of the piece, once it is known. @param {number} presence of the piece. */
  show(footprint, presence) {
    if (!footprint) return;
    if (footprint !== this.#footprint) this.#lie(footprint);
    this.object.material.uniforms.strength.value = this.#strength * presence * presence;
    this.object.visible = presence > 0;
  }

  dispose() {
    this.object.removeFromParent();
    this.object.geometry.dispose();
    this.object.material.uniforms.dark.value?.dispose();
    this.object.material.dispose();
  }

  /** @param {Footprint} footprint */
  #lie(footprint) {
    this.#footprint = footprint;
    const { ground, middle, half, dark } = footprint;
    this.object.position.set(middle[0], ground, middle[1]);
    this.object.scale.setScalar(half);
    const texture = new DataTexture(dark, SIDE, SIDE, RedFormat);
    texture.magFilter = texture.minFilter = LinearFilter;
    texture.needsUpdate = true;
    this.object.material.uniforms.dark.value = texture;
  }
}

/** Two wide, on the floor, facing up. */
function square() {
  const geometry = new BufferGeometry();
  const corners = new Float32Array([-1, 0, -1, -1, 0, 1, 1, 0, 1, 1, 0, -1]);
  geometry.setAttribute('position', new BufferAttribute(corners, 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  return geometry;
}
