// The order in which Gaussians are blended: a counting sort by depth, far ones first.

const BINS = 1 << 16;
const counts = new Uint32Array(BINS);
let bins = new Uint16Array(0);

/**
 * Indices of the first `count` Gaussians, the farthest first, in an array of `room` places.
 *
 * @param {Float32Array} centers x, y, z of each.
 * @param {number} count
 * @param {number[]} forward where the camera looks, in the model's own frame; any length.
 * @param {number} room
 */
export function orderByDepth(centers, count, forward, room) {
  if (bins.length < count) bins = new Uint16Array(count);
  const depths = new Float32Array(count);
  const [fx, fy, fz] = forward;
  let near = Infinity;
  let far = -Infinity;
  for (let index = 0, at = 0; index < count; index += 1, at += 3) {
    const depth = centers[at] * fx + centers[at + 1] * fy + centers[at + 2] * fz;
    depths[index] = depth;
    if (depth < near) near = depth;
    if (depth > far) far = depth;
  }
  const scale = (BINS - 1) / Math.max(far - near, 1e-20);
  counts.fill(0);
  for (let index = 0; index < count; index += 1) {
    const bin = (far - depths[index]) * scale;
    bins[index] = bin;
    counts[bins[index]] += 1;
  }
  let start = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    const size = counts[bin];
    counts[bin] = start;
    start += size;
  }
  const order = new Uint32Array(room);
  for (let index = 0; index < count; index += 1) order[counts[bins[index]]++] = index;
  return order;
}
