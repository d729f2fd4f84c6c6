// One splat's worker: fetches, unpacks, decodes and sorts it, away from the thread that draws.
// in:  {load: url} then {forward: [x, y, z], sequence}
// out: {header}, {progress}, {texels, order, count, last, floor}, {order, count, sequence}, {failed}
import { orderByDepth } from './depth_sort.js';
import { KsplatStream } from './ksplat.js';
import { fromPlanes, startsPlanes } from './planes.js';

const TEXELS_A_ROW = 1024;
const SH_LIMIT = 2;
const STEPS = 5;

let centers = null;
let arrived = 0;
let room = 0;
let forward = [0, 0, -1];

addEventListener('message', async ({ data }) => {
  if (data.load) {
    try {
      await load(data.load);
    } catch (error) {
      postMessage({ failed: error instanceof Error ? error.message : String(error) });
    }
  }
  if (data.forward) {
    forward = data.forward;
    if (arrived > 0) sendOrder(data.sequence);
  }
});

function sendOrder(sequence) {
  const order = orderByDepth(centers, arrived, forward, room);
  postMessage({ order, count: arrived, sequence }, [order.buffer]);
}

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const size = Number(response.headers.get('content-length')) || 0;
  const stream = new KsplatStream();
  let target = null;
  let shown = 0;
  let received = 0;
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        received += chunk.length;
        postMessage({ progress: size ? Math.min(1, received / size) : 0 });
        controller.enqueue(chunk);
      },
    }),
  );
  const take = (bytes) => {
    stream.push(bytes);
    if (target === null && stream.sections !== null) target = prepare(stream);
    if (target === null) return;
    arrived = stream.decode(target);
    if (arrived < stream.count && arrived - shown >= Math.max(20000, stream.count / STEPS)) {
      shown = arrived;
      send(target, false);
    }
  };
  const reader = (await unpacked(counted)).getReader();
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

/** The bytes behind a gzip stream; a server may have unpacked it on the way, and its first bytes tell. */
async function unpacked(body) {
  const reader = body.getReader();
  const { value: first, done } = await reader.read();
  if (done) throw new Error('the file is empty');
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

function prepare(stream) {
  const rows = Math.ceil(stream.count / TEXELS_A_ROW);
  room = rows * TEXELS_A_ROW;
  const words = room * 4;
  const shWords = stream.degree === 0 ? 0 : stream.degree * 4;
  centers = new Float32Array(stream.count * 3);
  postMessage({ header: { count: stream.count, width: TEXELS_A_ROW, height: rows, degree: stream.degree, shLimit: SH_LIMIT } });
  return {
    a: new Uint32Array(words),
    b: new Uint32Array(words),
    sh: shWords ? new Uint32Array(room * shWords) : null,
    shWords,
    shLimit: SH_LIMIT,
    centers,
  };
}

/** The texels and the order of what has arrived; the arrays themselves once nothing more comes. */
function send(target, last) {
  const pass = (array) => (array === null || last ? array : array.slice());
  const texels = { a: pass(target.a), b: pass(target.b), sh: pass(target.sh) };
  const order = orderByDepth(centers, arrived, forward, room);
  const owned = [order, texels.a, texels.b, texels.sh].filter(Boolean).map((array) => array.buffer);
  postMessage({ texels, last, order, count: arrived, floor: last ? floorOf() : null }, owned);
}

/** The height below which one Gaussian in two hundred lies: where the object stands. */
function floorOf() {
  const heights = new Float32Array(arrived);
  for (let index = 0; index < arrived; index += 1) heights[index] = centers[index * 3 + 1];
  heights.sort();
  return heights[Math.floor(arrived / 200)];
}
