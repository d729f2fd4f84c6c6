// One splat's worker: fetches, unpacks, decodes and sorts it, away from the thread that draws.
// in:  {load: url} then {forward: [x, y, z], sequence}
// out: a SplatMessage
import { footprintOf } from '../footprint.js';
import { orderByDepth } from './depth_sort.js';
import { KsplatStream } from './ksplat.js';
import { fromPlanes, startsPlanes } from './planes.js';

/** @import { Target } from './ksplat.js' */
/** @import { SplatMessage } from './source.js' */

const TEXELS_A_ROW = 1024;
const SH_LIMIT = 2;
const STEPS = 5;

let centers = new Float32Array(0);
let arrived = 0;
let room = 0;
let forward = [0, 0, -1];

/** @param {SplatMessage} message @param {Transferable[]} [transfer] */
const tell = (message, transfer) => postMessage(message, { transfer });

addEventListener('message', async ({ data }) => {
  if (data.load) {
    try {
      await load(data.load);
    } catch (error) {
      tell({ failed: error instanceof Error ? error.message : String(error) });
    }
  }
  if (data.forward) {
    forward = data.forward;
    if (arrived > 0) sendOrder(data.sequence);
  }
});

/** @param {number} sequence */
function sendOrder(sequence) {
  const order = orderByDepth(centers, arrived, forward, room);
  tell({ order, count: arrived, sequence }, [order.buffer]);
}

/** @param {string} url */
async function load(url) {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
  const size = Number(response.headers.get('content-length')) || 0;
  const stream = new KsplatStream();
  /** @type {Target | null} */
  let target = null;
  let shown = 0;
  let received = 0;
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const counter = new TransformStream({
    transform(chunk, controller) {
      received += chunk.length;
      tell({ progress: size ? Math.min(1, received / size) : 0 });
      controller.enqueue(chunk);
    },
  });
  const take = (/** @type {Uint8Array} */ bytes) => {
    stream.push(bytes);
    if (target === null && stream.sections !== null) target = prepare(stream);
    if (target === null) return;
    arrived = stream.decode(target);
    if (arrived < stream.count && arrived - shown >= Math.max(20000, stream.count / STEPS)) {
      shown = arrived;
      send(target, false);
    }
  };
  const reader = (await unpacked(response.body.pipeThrough(counter))).getReader();
  /** @type {Uint8Array[] | null} */
  let planes = null;
  for (let first = true; ; first = false) {
    const { done, value } = await reader.read();
    if (done) break;
    if (first && startsPlanes(value)) planes = [];
    if (planes === null) take(value);
    else planes.push(value);
  }
  if (planes !== null) take(fromPlanes(planes));
  if (target === null || arrived < stream.count) throw new Error('the file ends too early');
  send(target, true);
}

/** The bytes behind a gzip stream; a server may have unpacked it on the way, and its first bytes tell.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>} */
async function unpacked(body) {
  const reader = body.getReader();
  const { value: first, done } = await reader.read();
  if (done) throw new Error('the file is empty');
  /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */
  const whole = new ReadableStream({
    start: (controller) => controller.enqueue(first),
    async pull(controller) {
      const next = await reader.read();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return first[0] === 0x1f && first[1] === 0x8b ? whole.pipeThrough(new DecompressionStream('gzip')) : whole;
}

/** @param {KsplatStream} stream @returns {Target} */
function prepare(stream) {
  const rows = Math.ceil(stream.count / TEXELS_A_ROW);
  room = rows * TEXELS_A_ROW;
  const words = room * 4;
  const shWords = stream.degree === 0 ? 0 : stream.degree * 4;
  centers = new Float32Array(stream.count * 3);
  tell({
    header: { count: stream.count, width: TEXELS_A_ROW, height: rows, degree: stream.degree, shLimit: SH_LIMIT },
  });
  return {
    a: new Uint32Array(words),
    b: new Uint32Array(words),
    sh: shWords ? new Uint32Array(room * shWords) : null,
    shWords,
    shLimit: SH_LIMIT,
    centers,
  };
}

/** The texels and the order of what has arrived; the arrays themselves once nothing more comes.
 * @param {Target} target @param {boolean} last */
function send(target, last) {
  const pass = (/** @type {Uint32Array<ArrayBuffer>} */ array) => (last ? array : array.slice());
  const texels = { a: pass(target.a), b: pass(target.b), sh: target.sh && pass(target.sh) };
  const order = orderByDepth(centers, arrived, forward, room);
  const owned = [order, texels.a, texels.b, ...(texels.sh ? [texels.sh] : [])].map((array) => array.buffer);
  tell({ texels, last, order, count: arrived, ...(last && { footprint: footprintOf(centers, arrived) }) }, owned);
}
