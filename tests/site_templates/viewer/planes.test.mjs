import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromPlanes, startsPlanes } from '../../../site_templates/viewer/src/splats/planes.js';

/** As tools/splats/formats/planes.py writes it: magic, header length, row length, header, columns, and what is left.
 * @param {number[]} header @param {number} stride @param {number[]} columns @param {number[]} [left] */
function packed(header, stride, columns, left = []) {
  const prefix = new DataView(new ArrayBuffer(12));
  prefix.setUint32(0, 0x504c4e31);
  prefix.setUint32(4, header.length, true);
  prefix.setUint32(8, stride, true);
  return Uint8Array.from([...new Uint8Array(prefix.buffer), ...header, ...columns, ...left]);
}

test('columns of bytes become rows again, in however many pieces they came', () => {
  const whole = packed([7, 8], 3, [1, 4, 2, 5, 3, 6], [9]);
  const rows = [7, 8, 1, 2, 3, 4, 5, 6];
  assert.deepEqual([...fromPlanes([packed([7, 8], 3, [1, 4, 2, 5, 3, 6])])], rows);
  for (let cut = 0; cut <= whole.length; cut += 1) {
    assert.deepEqual([...fromPlanes([whole.subarray(0, cut), whole.subarray(cut)])], [...rows, 9]);
  }
});

test('such a file is told by its first byte', () => {
  assert.equal(startsPlanes(packed([], 1, [])), true);
  assert.equal(startsPlanes(Uint8Array.of(0, 1)), false, 'a .ksplat');
});

test('a file that ends too early or was damaged is refused in words', () => {
  assert.throws(() => fromPlanes([]), /ends too early/);
  assert.throws(() => fromPlanes([packed([], 1, []).subarray(0, 11)]), /ends too early/);
  assert.throws(() => fromPlanes([packed([], 0, [1, 2])]), /damaged/);
  assert.throws(() => fromPlanes([packed([], 5000, [1, 2])]), /damaged/);
  assert.throws(() => fromPlanes([packed([1, 2, 3], 1, []).subarray(0, 13)]), /damaged/);
});
