// The shaders of a splat: projects each Gaussian to an ellipse on the screen (Zwicker et al., "EWA splatting", 2002, as
// in 3D Gaussian Splatting), and moves it in and out of the stage.

/** How a splat arrives and leaves; the numbers are those of `effect` in the shader. */
export const EFFECTS = { fade: 0, dissolve: 1, settle: 2, rise: 3, scatter: 4 };

export const vertexShader = /* glsl */ `
precision highp float;
precision highp int;
precision highp usampler2D;

uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform usampler2D texelsA;
uniform usampler2D texelsB;
uniform usampler2D order;   // which Gaussian is drawn at each place, the farthest first
uniform int count;
uniform vec2 viewport;      // pixels
uniform vec2 focal;         // pixels per unit at distance 1
uniform vec3 center;        // of the subject, in the splat's own frame
uniform float radius;       // of the subject, likewise
uniform float presence;     // 0 away, 1 there
uniform int effect;
uniform float fade;         // over all, 0 to 1
uniform vec2 fog;           // depth where it begins and where it has swallowed everything
uniform vec3 fogColor;
uniform vec3 gain;          // the light on it
uniform float offset;
uniform float ground;       // height of the floor, in the splat's own frame
uniform bool mirrored;      // draw the reflection in the floor

in vec3 position;           // corner of the quad, -1 to 1; z is the quad's place in its batch

out vec2 corner;
out vec4 color;

#ifdef SH_DEGREE
uniform usampler2D harmonics;
uniform float shLimit;
uniform vec3 eye;           // the camera, in the splat's own frame

uint shWord(int index, int word) {
  int texel = index * SH_DEGREE + word / 4;
  uvec4 words = texelFetch(harmonics, ivec2(texel % (1024 * SH_DEGREE), texel / (1024 * SH_DEGREE)), 0);
  return words[word % 4];
}

float sh(int index, int byteAt) {
  uint bits = (shWord(index, byteAt / 4) >> uint(8 * (byteAt % 4))) & 255u;
  return (float(bits) - 128.0) / 127.0 * shLimit;
}

vec3 shColor(int index, vec3 d) {
  vec3 sum = vec3(0.0);
  for (int channel = 0; channel < 3; channel++) {
    int at = channel * 3;
    sum[channel] = 0.4886025119029199 * (-d.y * sh(index, at) + d.z * sh(index, at + 1) - d.x * sh(index, at + 2));
#if SH_DEGREE > 1
    at = 9 + channel * 5;
    sum[channel] += 1.0925484305920792 * d.x * d.y * sh(index, at) - 1.0925484305920792 * d.y * d.z * sh(index, at + 1)
      + 0.31539156525252005 * (2.0 * d.z * d.z - d.x * d.x - d.y * d.y) * sh(index, at + 2)
      - 1.0925484305920792 * d.x * d.z * sh(index, at + 3)
      + 0.5462742152960396 * (d.x * d.x - d.y * d.y) * sh(index, at + 4);
#endif
  }
  return sum;
}
#endif

vec3 hash(uint seed) {
  uvec3 v = uvec3(seed, seed * 1664525u + 1013904223u, seed ^ 0x9e3779b9u);
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return vec3(v >> 8u) / 16777216.0;
}

mat3 rotation(vec4 q) {     // w, x, y, z
  float w = q.x, x = q.y, y = q.z, z = q.w;
  return mat3(
    1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y + w * z), 2.0 * (x * z - w * y),
    2.0 * (x * y - w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z + w * x),
    2.0 * (x * z + w * y), 2.0 * (y * z - w * x), 1.0 - 2.0 * (x * x + y * y));
}

// What the effect does to a Gaussian: moves it by xyz (in radii), keeps a part w of its size and opacity.
vec4 staged(vec3 at, vec3 chance) {
  if (presence >= 1.0) return vec4(0.0, 0.0, 0.0, 1.0);
  float height = clamp(at.y * 0.5 + 0.5, 0.0, 1.0);
  if (effect == 1) return vec4(vec3(0.0), smoothstep(chance.x * 0.7, chance.x * 0.7 + 0.3, presence));
  if (effect == 2) {
    float t = clamp(presence * 1.9 - 0.5 * height - 0.4 * chance.x, 0.0, 1.0);
    float rest = pow(1.0 - t, 3.0);
    vec3 drift = vec3(chance.y - 0.5, 0.55 + 0.6 * chance.x, chance.z - 0.5) * vec3(0.5, 0.55, 0.5);
    float swirl = rest * 1.4;
    vec3 turned = vec3(at.x * cos(swirl) - at.z * sin(swirl), at.y, at.x * sin(swirl) + at.z * cos(swirl));
    return vec4(drift * rest + (turned - at) * 0.35, smoothstep(0.0, 0.9, t));
  }
  if (effect == 3) {
    float t = smoothstep(0.0, 0.22, presence * 1.25 - height - 0.04 * chance.x);
    return vec4(0.0, -0.06 * (1.0 - t), 0.0, t);
  }
  if (effect == 4) {
    float t = clamp(presence * 1.6 - 0.6 * chance.x, 0.0, 1.0);
    float rest = (1.0 - t) * (1.0 - t);
    return vec4((normalize(at + 0.001) * 0.5 + (chance - 0.5) * 0.8 + vec3(0.0, 0.3, 0.0)) * rest, t);
  }
  return vec4(0.0, 0.0, 0.0, presence);
}

void main() {
  gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
  int place = gl_InstanceID * BATCH + int(position.z);
  if (place >= count) return;
  uint splat = texelFetch(order, ivec2(place & 1023, place >> 10), 0).r;
  int index = int(splat);
  ivec2 texel = ivec2(index & 1023, index >> 10);
  uvec4 a = texelFetch(texelsA, texel, 0);
  vec3 at = uintBitsToFloat(a.xyz);
  vec4 effected = staged((at - center) / radius, hash(splat));
  float alpha = float(a.w >> 24u) / 255.0 * fade * effected.w;
  if (alpha < 1.0 / 255.0) return;
  vec3 moved = at + effected.xyz * radius;
  if (mirrored) {
    float below = (moved.y - ground) / radius;
    moved.y = 2.0 * ground - moved.y;
    alpha *= smoothstep(0.55, 0.0, below);
    if (alpha < 1.0 / 255.0) return;
  }
  vec3 view = (modelViewMatrix * vec4(moved, 1.0)).xyz;
  if (view.z > -0.01) return;
  vec4 clip = projectionMatrix * vec4(view, 1.0);
  if (any(greaterThan(abs(clip.xy), vec2(clip.w * 1.3)))) return;

  uvec4 b = texelFetch(texelsB, texel, 0);
  vec2 s01 = unpackHalf2x16(b.x);
  vec2 s2q = unpackHalf2x16(b.y);
  vec2 q12 = unpackHalf2x16(b.z);
  vec4 q = normalize(vec4(s2q.y, q12, unpackHalf2x16(b.w).x));
  mat3 axes = mat3(modelViewMatrix);
  if (mirrored) axes[1] = -axes[1];
  mat3 m = axes * rotation(q);
  float size = mix(0.3, 1.0, effected.w);
  m[0] *= s01.x * size; m[1] *= s01.y * size; m[2] *= s2q.x * size;

  float iz = 1.0 / view.z;
  vec2 lean = clamp(view.xy * iz, -1.3, 1.3);
  vec3 jx = vec3(-focal.x * iz, 0.0, focal.x * lean.x * iz);
  vec3 jy = vec3(0.0, -focal.y * iz, focal.y * lean.y * iz);
  vec3 u = jx * m;
  vec3 v = jy * m;
  float xx = dot(u, u) + 0.3;
  float yy = dot(v, v) + 0.3;
  float xy = dot(u, v);
  float middle = 0.5 * (xx + yy);
  float spread = length(vec2(0.5 * (xx - yy), xy));
  float large = middle + spread;
  float small = max(middle - spread, 0.1);
  vec2 axis = abs(xy) < 1e-6 ? (xx >= yy ? vec2(1.0, 0.0) : vec2(0.0, 1.0)) : normalize(vec2(xy, large - xx));

  float reach = min(sqrt(2.0 * log(alpha * 255.0)), 2.83);
  vec2 major = min(sqrt(large) * reach, 1024.0) * axis;
  vec2 minor = min(sqrt(small) * reach, 1024.0) * vec2(-axis.y, axis.x);
  corner = position.xy * reach;
  vec2 pixels = major * position.x + minor * position.y;
  gl_Position = vec4(clip.xy / clip.w + pixels * 2.0 / viewport, clip.z / clip.w, 1.0);

  vec3 rgb = vec3(a.w & 255u, (a.w >> 8u) & 255u, (a.w >> 16u) & 255u) / 255.0;
#ifdef SH_DEGREE
  rgb = max(rgb + shColor(index, normalize(at - eye)), 0.0);
#endif
  rgb = max(rgb * gain + offset, 0.0);
  rgb = mix(rgb, fogColor, smoothstep(fog.x, fog.y, -view.z));
  color = vec4(rgb, alpha);
}
`;

export const fragmentShader = /* glsl */ `
precision highp float;
in vec2 corner;
in vec4 color;
out vec4 pixel;

void main() {
  float alpha = color.a * exp(-0.5 * dot(corner, corner));
  if (alpha < 1.0 / 255.0) discard;
  pixel = vec4(color.rgb * alpha, alpha);
}
`;
