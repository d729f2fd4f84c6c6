// Puts back what tools/splats/formats/planes.py took apart: the rows of a .ksplat, sent as columns of bytes because those pack
// better. The layout is described there. Knows neither the DOM nor three.

const PREFIX = 12;

/** Whether these are the first bytes of such a file; those of a .ksplat are zero and one.
 * @param {Uint8Array} chunk */
export function startsPlanes(chunk) {
  return chunk[0] === 0x50; // P of PLN1
}

/** The .ksplat behind the chunks of a whole file. Throws an Error in words where they are not what they must be.
 * @param {Uint8Array[]} chunks */
export function fromPlanes(chunks) {
  const content = joined(chunks);
  if (content.length < PREFIX) throw new Error('the file ends too early');
  const view = new DataView(content.buffer);
  const start = view.getUint32(4, true);
  const stride = view.getUint32(8, true);
  const body = PREFIX + start;
  if (stride === 0 || stride > 1024 || body > content.length) throw new Error('the packed splat is damaged');
  const rows = Math.floor((content.length - body) / stride);
  const whole = new Uint8Array(content.length - PREFIX);
  whole.set(content.subarray(PREFIX, body));
  for (let column = 0, at = body; column < stride; column += 1) {
    for (let row = 0, to = start + column; row < rows; row += 1, at += 1, to += stride) whole[to] = content[at];
  }
  whole.set(content.subarray(body + rows * stride), start + rows * stride);
  return whole;
}

/** @param {Uint8Array[]} chunks */
function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
