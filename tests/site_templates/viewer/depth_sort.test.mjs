import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderByDepth } from '../../../site_templates/viewer/src/splats/depth_sort.js';

/** @param {number[]} depths along -z */
const row = (depths) => Float32Array.from(depths.flatMap((depth) => [0, 0, -depth]));

test('the farthest comes first, along whichever way the camera looks', () => {
  const centers = row([3, 1, 2, 5, 4]);
  assert.deepEqual([...orderByDepth(centers, 5, [0, 0, -1], 5)], [3, 4, 0, 2, 1]);
  assert.deepEqual([...orderByDepth(centers, 5, [0, 0, 1], 5)], [1, 2, 0, 4, 3]);
  assert.deepEqual([...orderByDepth(Float32Array.of(0, 1, 0, 7, 0, 0), 2, [1, 0, 0], 2)], [1, 0]);
});

test('the length of the direction does not matter', () => {
  const centers = row([0.3, 0.1, 0.2]);
  assert.deepEqual(orderByDepth(centers, 3, [0, 0, -1e-4], 3), orderByDepth(centers, 3, [0, 0, -1e4], 3));
});

test('what is equally far keeps its order, in one plane too', () => {
  assert.deepEqual([...orderByDepth(row([2, 2, 2]), 3, [0, 0, -1], 3)], [0, 1, 2]);
});

test('Gaussians that have not arrived are left out and the rest of the room is zero', () => {
  assert.deepEqual([...orderByDepth(row([1, 2, 9]), 2, [0, 0, -1], 5)], [1, 0, 0, 0, 0]);
});

test('every Gaussian is drawn once, and none before one that lies clearly behind it', () => {
  const count = 5000;
  const centers = new Float32Array(count * 3);
  for (let index = 0; index < centers.length; index += 1) centers[index] = Math.sin(index * 12.9898) * 43.7;
  const forward = [0.36, -0.48, 0.8];
  const order = orderByDepth(centers, count, forward, count);
  assert.equal(new Set(order).size, count);
  const depths = [...order].map((at) => forward.reduce((sum, part, axis) => sum + part * centers[at * 3 + axis], 0));
  const bin = (Math.max(...depths) - Math.min(...depths)) / 65535;
  for (let place = 1; place < count; place += 1) assert.ok(depths[place] <= depths[place - 1] + 1.01 * bin);
});
