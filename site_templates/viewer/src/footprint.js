// Where an object touches the floor, and nearly: a picture of it from above, for the shadow that it casts there.

/** Pixels along each side of the picture. */
export const SIDE = 64;

const MOST = 20000; // points looked at
const NEAR = 0.1; // heights above the floor, in heights of the object, up to which a part of it still darkens the floor
const MARGIN = 1.7; // the picture's width, in widths of the object
const BLUR = 3; // pixels to each side, thrice

/**
 * @typedef {object} Footprint in the model's own frame.
 * @property {number} ground height of the floor.
 * @property {[x: number, z: number]} middle of the picture,
 * @property {number} half and half its width.
 * @property {Uint8Array<ArrayBuffer>} dark (SIDE, SIDE) a row for each z: how near the object is, 255 the nearest.
 */

/**
 * The footprint of an object given by points in it; what lies far outside of the others is left out.
 *
 * @param {Float32Array} points x, y, z of each.
 * @param {number} count
 * @returns {Footprint}
 */
export function footprintOf(points, count) {
  const step = Math.max(1, Math.floor(count / MOST));
  const [xs, ys, zs] = [0, 1, 2].map((axis) => along(points, count, step, axis));
  const ground = ys.low;
  const half = (MARGIN * Math.max(xs.high - xs.low, zs.high - zs.low)) / 2 || 1;
  const [left, back] = [xs, zs].map(({ low, high }) => (low + high) / 2 - half);
  const reach = NEAR * (ys.high - ys.low) || 1;
  let sums = new Float32Array(SIDE * SIDE);
  for (let index = 0; index < count; index += step) {
    const [x, y, z] = points.subarray(index * 3, index * 3 + 3);
    const column = Math.floor(((x - left) / half / 2) * SIDE);
    const row = Math.floor(((z - back) / half / 2) * SIDE);
    if (column < 0 || column >= SIDE || row < 0 || row >= SIDE) continue;
    sums[row * SIDE + column] += Math.exp(-Math.max(0, y - ground) / reach);
  }
  for (let time = 0; time < 3; time += 1) sums = blurred(blurred(sums, 1, SIDE), SIDE, 1);
  const most = Math.max(...sums) || 1;
  // what is a third as near as the nearest is nearly as dark: a thin leg casts a shadow too
  const dark = Uint8Array.from(sums, (sum) => Math.round(255 * (1 - Math.exp((-4 * sum) / most))));
  return { ground, middle: [left + half, back + half], half, dark };
}

/** What lies between one in two hundred and all but one in two hundred.
 * @param {Float32Array} points @param {number} count @param {number} step @param {number} axis */
function along(points, count, step, axis) {
  const values = Float32Array.from({ length: Math.ceil(count / step) }, (_, at) => points[at * step * 3 + axis]).sort();
  const end = Math.floor(values.length / 200);
  return { low: values[end], high: values[values.length - 1 - end] };
}

/** The mean of `BLUR` neighbours to each side, along steps of `along`; outside is nothing.
 * @param {Float32Array} values @param {number} along @param {number} across */
function blurred(values, along, across) {
  const means = new Float32Array(values.length);
  for (let line = 0; line < SIDE; line += 1) {
    for (let place = 0; place < SIDE; place += 1) {
      let sum = 0;
      for (let at = Math.max(0, place - BLUR); at <= Math.min(SIDE - 1, place + BLUR); at += 1) {
        sum += values[line * across + at * along];
      }
      means[line * across + place * along] = sum / (2 * BLUR + 1);
    }
  }
  return means;
}
