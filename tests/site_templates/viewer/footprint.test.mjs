import assert from 'node:assert/strict';
import { test } from 'node:test';
import { footprintOf, SIDE } from '../../../site_templates/viewer/src/footprint.js';

/** A table from above: a high board and four thin legs at the corners of it. */
function table() {
  const points = [];
  for (let x = -1; x <= 1; x += 0.05) {
    for (let z = -1; z <= 1; z += 0.05) points.push(x + 5, 1, z - 2);
  }
  for (const x of [-0.9, 0.9]) {
    for (const z of [-0.9, 0.9]) {
      for (let y = 0; y < 1; y += 0.01) points.push(x + 5, y, z - 2);
    }
  }
  return new Float32Array(points);
}

const points = table();
const { ground, middle, half, dark } = footprintOf(points, points.length / 3);
/** @param {number} x @param {number} z */
const at = (x, z) => {
  const place = (/** @type {number} */ value, /** @type {number} */ center) =>
    Math.floor(((value - center) / half / 2 + 0.5) * SIDE);
  return dark[place(z, middle[1]) * SIDE + place(x, middle[0])];
};

test('a footprint lies under the object, on the height where it stands', () => {
  assert.ok(Math.abs(ground) < 0.05);
  assert.ok(Math.abs(middle[0] - 5) < 0.05);
  assert.ok(Math.abs(middle[1] + 2) < 0.05);
});

test('it is dark where the object touches the floor and light under what is high above it', () => {
  for (const x of [4.1, 5.9]) for (const z of [-2.9, -1.1]) assert.ok(at(x, z) > 200, `${x} ${z} ${at(x, z)}`);
  assert.ok(at(5, -2) < 30, String(at(5, -2)));
});

test('it has faded to nothing at its edges', () => {
  for (let place = 0; place < SIDE; place += 1) {
    assert.equal(dark[place], 0);
    assert.equal(dark[place * SIDE + SIDE - 1], 0);
  }
});
