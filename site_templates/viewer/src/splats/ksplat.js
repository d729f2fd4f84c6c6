// Reads .ksplat (GaussianSplats3D's format, version 0.1) while it arrives, into the two texels a Gaussian that the
// shader reads. Knows neither the DOM nor three.

const MAIN_HEADER = 4096;
const SECTION_HEADER = 1024;
const SH_COEFFICIENTS = [0, 9, 24];

// Bytes of [centre, scale, rotation, one SH coefficient] at each compression level; colour always takes 4.
const LAYOUTS = [
  [12, 12, 16, 4],
  [6, 6, 8, 2],
  [6, 6, 8, 1],
];

/**
 * Where decoded Gaussians go: arrays with room for all of them.
 *
 * @typedef {object} Target
 * @property {Uint32Array<ArrayBuffer>} a 4 words a Gaussian: the bits of x, y, z, then rgba.
 * @property {Uint32Array<ArrayBuffer>} b halves: scale x y z, rotation w x y z, one unused.
 * @property {Uint32Array<ArrayBuffer> | null} sh `shWords` words of bytes, 128 + 127 c / `shLimit`; null without spherical harmonics.
 * @property {number} shWords
 * @property {number} shLimit
 * @property {Float32Array} centers x y z.
 */

/** @typedef {ReturnType<typeof readSection> & {first: number}} Section one part of the file, with rows of one shape. */

/** A .ksplat of which bytes keep arriving. */
export class KsplatStream {
  /** How many Gaussians it holds, once its headers have come. */
  count = 0;

  /** Their degree of spherical harmonics. */
  degree = 0;

  /** @type {Section[] | null} null until the headers have come. */
  sections = null;

  #bytes = new Uint8Array(MAIN_HEADER);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #total = 0;
  #decoded = 0;

  /** Takes the next bytes. Throws an Error in words when this is not a .ksplat. @param {Uint8Array} chunk */
  push(chunk) {
    this.#reserve(this.#length + chunk.length);
    this.#bytes.set(chunk, this.#length);
    this.#length += chunk.length;
    if (this.sections === null) this.#readHeaders();
  }

  /** Decodes every Gaussian that has fully arrived; gives the new number of decoded Gaussians. @param {Target} target */
  decode(target) {
    if (this.sections === null) return 0;
    for (const section of this.sections) {
      const arrived = Math.min(section.count, Math.floor((this.#length - section.rows) / section.stride));
      const done = this.#decoded - section.first;
      if (arrived > done) {
        decodeRows(this.#view, section, done, arrived, target);
        this.#decoded = section.first + arrived;
      }
      if (arrived < section.count) break;
    }
    return this.#decoded;
  }

  /** @param {number} size */
  #reserve(size) {
    if (size <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(size, this.#total || this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  #readHeaders() {
    if (this.#length < MAIN_HEADER) return;
    const view = this.#view;
    const sections = view.getUint32(4, true);
    const count = view.getUint32(16, true);
    const level = view.getUint16(20, true);
    if (view.getUint8(0) !== 0 || view.getUint8(1) !== 1 || level > 2 || sections > 64 || count > 2 ** 24) {
      throw new Error('not a .ksplat of version 0.1');
    }
    const headers = MAIN_HEADER + sections * SECTION_HEADER;
    if (this.#length < headers) return;
    const range = [view.getFloat32(36, true) || -1.5, view.getFloat32(40, true) || 1.5];
    const parsed = [];
    let base = headers;
    let first = 0;
    for (let index = 0; index < sections; index += 1) {
      const section = readSection(view, MAIN_HEADER + index * SECTION_HEADER, base, level, range);
      parsed.push({ ...section, first });
      first += section.count;
      base = section.end;
    }
    if (first !== count) throw new Error('the sections of the .ksplat do not add up');
    this.#total = base;
    this.count = count;
    this.degree = parsed.reduce((degree, section) => Math.max(degree, section.degree), 0);
    this.sections = parsed;
    this.#reserve(base);
  }
}

/**
 * @param {DataView} view
 * @param {number} at where its header is.
 * @param {number} base where its data begins.
 * @param {number} level of compression.
 * @param {number[]} shRange
 */
function readSection(view, at, base, level, shRange) {
  const [center, scale, rotation, sh] = LAYOUTS[level];
  const degree = view.getUint16(at + 40, true);
  if (degree >= SH_COEFFICIENTS.length) throw new Error(`a .ksplat of SH degree ${degree} cannot be read`);
  const partial = view.getUint32(at + 36, true);
  const bucketBytes = view.getUint16(at + 20, true);
  const buckets = view.getUint32(at + 12, true);
  const rows = base + partial * 4 + buckets * bucketBytes;
  const stride = center + scale + rotation + 4 + SH_COEFFICIENTS[degree] * sh;
  const range = view.getUint32(at + 24, true) || 32767;
  return {
    level,
    degree,
    shRange,
    count: view.getUint32(at, true),
    bucketSize: view.getUint32(at + 8, true),
    fullBuckets: view.getUint32(at + 32, true),
    buckets,
    bucketBytes,
    lengths: base,
    centers: base + partial * 4,
    range,
    step: view.getFloat32(at + 16, true) / 2 / range,
    rows,
    stride,
    end: rows + stride * view.getUint32(at + 4, true),
  };
}

/**
 * @param {DataView} view
 * @param {Section} section
 * @param {number} from the first row
 * @param {number} to and the one after the last.
 * @param {Target} target
 */
function decodeRows(view, section, from, to, target) {
  const { level, stride, rows, step, range } = section;
  const [centerBytes, scaleBytes, rotationBytes] = LAYOUTS[level];
  const floats = new Float32Array(target.a.buffer);
  const halves = new Uint16Array(target.b.buffer);
  const bytes = target.sh && new Uint8Array(target.sh.buffer);
  const bucketOf = bucketFinder(view, section, from);
  for (let row = from; row < to; row += 1) {
    const at = rows + row * stride;
    const index = section.first + row;
    let x;
    let y;
    let z;
    if (level === 0) {
      x = view.getFloat32(at, true);
      y = view.getFloat32(at + 4, true);
      z = view.getFloat32(at + 8, true);
    } else {
      const bucket = section.centers + bucketOf(row) * section.bucketBytes;
      x = (view.getUint16(at, true) - range) * step + view.getFloat32(bucket, true);
      y = (view.getUint16(at + 2, true) - range) * step + view.getFloat32(bucket + 4, true);
      z = (view.getUint16(at + 4, true) - range) * step + view.getFloat32(bucket + 8, true);
    }
    floats[index * 4] = x;
    floats[index * 4 + 1] = y;
    floats[index * 4 + 2] = z;
    target.centers[index * 3] = x;
    target.centers[index * 3 + 1] = y;
    target.centers[index * 3 + 2] = z;
    const shape = at + centerBytes;
    for (let part = 0; part < 7; part += 1) {
      halves[index * 8 + part] =
        level === 0 ? toHalf(view.getFloat32(shape + part * 4, true)) : view.getUint16(shape + part * 2, true);
    }
    const color = shape + scaleBytes + rotationBytes;
    target.a[index * 4 + 3] = view.getUint32(color, true);
    if (bytes) decodeHarmonics(view, section, color + 4, bytes.subarray(index * target.shWords * 4), target.shLimit);
  }
}

/**
 * Byte of each coefficient: band by band, channel by channel, as the file has them.
 *
 * @param {DataView} view
 * @param {Section} section
 * @param {number} at
 * @param {Uint8Array} bytes
 * @param {number} limit the coefficient that the largest byte stands for.
 */
function decodeHarmonics(view, section, at, bytes, limit) {
  const [low, high] = section.shRange;
  for (let part = 0; part < SH_COEFFICIENTS[section.degree]; part += 1) {
    let value;
    if (section.level === 0) value = view.getFloat32(at + part * 4, true);
    else if (section.level === 1) value = fromHalf(view.getUint16(at + part * 2, true));
    else value = low + (view.getUint8(at + part) / 255) * (high - low);
    bytes[part] = Math.max(0, Math.min(255, Math.round(128 + (127 * value) / limit)));
  }
}

/** The bucket of each row, asked for in rising order: full buckets first, then those whose length is in the file.
 * @param {DataView} view @param {Section} section @param {number} from the first row that is asked for. */
function bucketFinder(view, section, from) {
  const full = section.fullBuckets * section.bucketSize;
  let bucket = section.fullBuckets;
  let end = full;
  const advance = (/** @type {number} */ row) => {
    while (row >= end && bucket < section.buckets) {
      end += view.getUint32(section.lengths + (bucket - section.fullBuckets) * 4, true);
      bucket += 1;
    }
    return bucket - 1;
  };
  if (from >= full) advance(from);
  return (/** @type {number} */ row) => (row < full ? Math.floor(row / section.bucketSize) : advance(row));
}

const LARGEST_HALF = 0x7bff;
const scratch = new DataView(new ArrayBuffer(4));

/** The 16-bit float nearest to a number, as bits. @param {number} value */
export function toHalf(value) {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  if (exponent >= 31) return sign | LARGEST_HALF;
  if (exponent < -10) return sign;
  const fraction = bits & 0x7fffff;
  const rest = exponent > 0 ? 13 : 14 - exponent; // bits that there is no room for
  const whole = exponent > 0 ? (exponent << 23) | fraction : fraction | 0x800000;
  return sign | Math.min((whole + (1 << (rest - 1))) >>> rest, LARGEST_HALF);
}

/** The number that 16-bit float bits stand for. @param {number} bits */
export function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
