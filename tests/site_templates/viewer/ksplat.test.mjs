import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHalf, KsplatStream, toHalf } from '../../../site_templates/viewer/src/splats/ksplat.js';

const COEFFICIENTS = [0, 9, 24];
const BUCKET = 4; // Gaussians

/** @typedef {{at: number[], shape: number[], color: number[], sh: number[]}} Gaussian */

/** @param {number} count @param {number} degree @returns {Gaussian[]} */
function gaussians(count, degree) {
  return Array.from({ length: count }, (_, index) => ({
    at: [index / 8 - 1, 0.5 - index / 16, (index % 3) / 4],
    shape: [0.5, 0.25, 0.125, 1, 0, 0, 0],
    color: [index, 255 - index, 7, 200],
    sh: Array.from({ length: COEFFICIENTS[degree] }, (_, part) => (part % 5) / 8 - 0.25),
  }));
}

/** A .ksplat of one section, as the format is described in tools/splats/formats/ksplat_format.py.
 * @param {Gaussian[]} all @param {number} level @param {number} degree */
function written(all, level, degree) {
  const widths = level === 0 ? [12, 12, 16, 4] : [6, 6, 8, level === 1 ? 2 : 1];
  const full = level === 0 ? 0 : Math.floor(all.length / BUCKET);
  const partial = level > 0 && all.length % BUCKET ? 1 : 0;
  const buckets = full + partial;
  const stride = widths[0] + widths[1] + widths[2] + 4 + COEFFICIENTS[degree] * widths[3];
  const base = 4096 + 1024;
  const centers = base + partial * 4;
  const rows = centers + buckets * 12;
  const view = new DataView(new ArrayBuffer(rows + stride * all.length));
  view.setUint8(1, 1);
  view.setUint32(4, 1, true);
  view.setUint32(16, all.length, true);
  view.setUint16(20, level, true);
  view.setFloat32(36, -1, true);
  view.setFloat32(40, 1, true);
  view.setUint32(4096, all.length, true);
  view.setUint32(4100, all.length, true);
  view.setUint32(4104, BUCKET, true);
  view.setUint32(4108, buckets, true);
  view.setFloat32(4112, 4, true); // a bucket's side
  view.setUint16(4116, 12, true);
  view.setUint32(4120, 32767, true);
  view.setUint32(4128, full, true);
  view.setUint32(4132, partial, true);
  view.setUint16(4136, degree, true);
  if (partial) view.setUint32(base, all.length % BUCKET, true);
  const middle = (/** @type {number} */ bucket) => [bucket / 4, 0.25, -bucket / 8];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    middle(bucket).forEach((value, axis) => {
      view.setFloat32(centers + bucket * 12 + axis * 4, value, true);
    });
  }
  all.forEach(({ at, shape, color, sh }, index) => {
    let place = rows + index * stride;
    const float = (/** @type {number} */ value) => {
      view.setFloat32(place, value, true);
      place += 4;
    };
    const half = (/** @type {number} */ value) => {
      view.setUint16(place, toHalf(value), true);
      place += 2;
    };
    if (level === 0) at.forEach(float);
    else {
      at.forEach((value, axis) => {
        const offset = value - middle(Math.floor(index / BUCKET))[axis];
        view.setUint16(place, Math.round((offset / 2) * 32767) + 32767, true);
        place += 2;
      });
    }
    shape.forEach(level === 0 ? float : half);
    for (const byte of color) view.setUint8(place++, byte);
    for (const value of sh) {
      if (level === 2) view.setUint8(place++, Math.round(((value + 1) / 2) * 255));
      else if (level === 1) half(value);
      else float(value);
    }
  });
  return new Uint8Array(view.buffer);
}

/** @param {number} count @param {number} degree */
function target(count, degree) {
  const shWords = degree * 4;
  return {
    a: new Uint32Array(count * 4),
    b: new Uint32Array(count * 4),
    sh: degree ? new Uint32Array(count * shWords) : null,
    shWords,
    shLimit: 2,
    centers: new Float32Array(count * 3),
  };
}

for (const level of [0, 1, 2]) {
  for (const degree of [0, 1, 2]) {
    test(`level ${level} with harmonics of degree ${degree} is decoded, whatever pieces it comes in`, () => {
      const all = gaussians(11, degree);
      const file = written(all, level, degree);
      for (const size of [file.length, 4096, 61]) {
        const stream = new KsplatStream();
        const into = target(all.length, degree);
        let decoded = 0;
        for (let at = 0; at < file.length; at += size) {
          stream.push(file.subarray(at, at + size));
          const now = stream.decode(into);
          assert.ok(now >= decoded, 'only ever more');
          decoded = now;
        }
        assert.equal(stream.count, 11);
        assert.equal(stream.degree, degree);
        assert.equal(decoded, 11);
        check(all, into, level);
      }
    });
  }
}

/** @param {Gaussian[]} all @param {ReturnType<typeof target>} into @param {number} level */
function check(all, into, level) {
  const floats = new Float32Array(into.a.buffer);
  const colors = new Uint8Array(into.a.buffer);
  const halves = new Uint16Array(into.b.buffer);
  all.forEach(({ at, shape, color, sh }, index) => {
    at.forEach((value, axis) => {
      assert.ok(Math.abs(floats[index * 4 + axis] - value) < 1e-4);
      assert.equal(into.centers[index * 3 + axis], floats[index * 4 + axis]);
    });
    assert.deepEqual([...colors.subarray(index * 16 + 12, index * 16 + 16)], color);
    assert.deepEqual([...halves.subarray(index * 8, index * 8 + 7)].map(fromHalf), shape);
    const bytes = new Uint8Array(into.sh?.buffer ?? new ArrayBuffer(0), index * into.shWords * 4);
    sh.forEach((value, part) => {
      const seen = ((bytes[part] - 128) / 127) * into.shLimit;
      assert.ok(Math.abs(seen - value) < (level === 2 ? 0.013 : 0.009), `${seen} for ${value}`);
    });
  });
}

test('Gaussians are decoded as far as they have arrived', () => {
  const file = written(gaussians(8, 0), 0, 0);
  const stream = new KsplatStream();
  const into = target(8, 0);
  stream.push(file.subarray(0, file.length - 3 * 44 - 1));
  assert.equal(stream.decode(into), 4);
  stream.push(file.subarray(file.length - 3 * 44 - 1));
  assert.equal(stream.decode(into), 8);
});

test('what is not a .ksplat is refused in words', () => {
  const file = written(gaussians(4, 0), 1, 0);
  /** @param {(view: DataView) => void} spoil */
  const refused = (spoil) => {
    const copy = file.slice();
    spoil(new DataView(copy.buffer));
    return () => new KsplatStream().push(copy);
  };
  assert.throws(
    refused((view) => view.setUint8(1, 3)),
    /not a .ksplat/,
  );
  assert.throws(
    refused((view) => view.setUint16(20, 9, true)),
    /not a .ksplat/,
  );
  assert.throws(
    refused((view) => view.setUint32(16, 2 ** 31, true)),
    /not a .ksplat/,
  );
  assert.throws(
    refused((view) => view.setUint32(16, 5, true)),
    /do not add up/,
  );
  assert.throws(
    refused((view) => view.setUint16(4136, 3, true)),
    /SH degree 3/,
  );
});

test('half floats go both ways: exactly where they can, to the nearest where not', () => {
  for (const value of [0, 1, -1, 0.5, 65504, 2 ** -14, 2 ** -24, -0.333251953125])
    assert.equal(fromHalf(toHalf(value)), value);
  for (const value of [0.1, -Math.PI, 1234.5, 1e-6]) {
    assert.ok(Math.abs(fromHalf(toHalf(value)) - value) <= Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
  }
  for (const value of [1e9, 65530]) assert.equal(fromHalf(toHalf(value)), 65504, 'too large is the largest');
});
