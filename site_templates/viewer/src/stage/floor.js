// The polished floor: dims the reflections, which are drawn whole first, so that nothing shines through them.
import {
  AddEquation,
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  GLSL3,
  Mesh,
  RawShaderMaterial,
  SrcAlphaFactor,
  ZeroFactor,
} from 'three';

const vertexShader = /* glsl */ `
in vec3 position;
void main() {
  gl_Position = vec4(position, 1.0);
}
`;

const fragmentShader = /* glsl */ `
precision mediump float;
uniform float strength;
out vec4 pixel;
void main() {
  pixel = vec4(0.0, 0.0, 0.0, strength);
}
`;

/** Drawn between the reflections and the pieces, behind whatever has a depth: leaves `strength` of what is there.
 * @param {number} strength */
export function makeFloor(strength) {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 1, 3, -1, 1, -1, 3, 1]), 3));
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms: { strength: { value: strength } },
    transparent: true,
    depthWrite: false,
    blending: CustomBlending,
    blendEquation: AddEquation,
    blendSrc: ZeroFactor,
    blendDst: SrcAlphaFactor,
  });
  const floor = new Mesh(geometry, material);
  floor.frustumCulled = false;
  floor.renderOrder = 1;
  return floor;
}
