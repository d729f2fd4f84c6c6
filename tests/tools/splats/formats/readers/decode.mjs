// Decode .ksplat files with three readers made by others and write what each found as float32 columns.
//
//     node decode.mjs FILE.ksplat ...
//
// Beside each file, FILE.ksplat.<reader>.json tells the columns' names and lengths, and FILE.ksplat.<reader>.bin holds them.
import { readFileSync, writeFileSync } from 'node:fs';
import { SplatBuffer } from '@mkkellogg/gaussian-splats-3d';
import { MemoryReadFileSystem, readFile } from '@playcanvas/splat-transform';
import { KSPLATLoader } from 'three/addons/loaders/KSPLATLoader.js';

function gaussianSplats3d(buffer) {
  const splats = new SplatBuffer(buffer);
  const count = splats.getSplatCount();
  const degree = splats.getMinSphericalHarmonicsDegree();
  const centers = new Float32Array(count * 3);
  const scales = new Float32Array(count * 3);
  const rotations = new Float32Array(count * 4);
  const rgba = new Uint8Array(count * 4);
  const sh = new Float32Array(count * [0, 9, 24][degree]);
  splats.fillSplatCenterArray(centers);
  splats.fillSplatScaleRotationArray(scales, rotations, undefined, undefined, undefined, undefined, 0);
  splats.fillSplatColorArray(rgba, 0);
  if (degree) splats.fillSphericalHarmonicsArray(sh, degree, undefined, undefined, undefined, undefined, 0);
  if (splats.compressionLevel === 2) {
    const { minSphericalHarmonicsCoeff: low, maxSphericalHarmonicsCoeff: high } = splats;
    for (let i = 0; i < sh.length; i++) sh[i] = low + (sh[i] / 255) * (high - low); // it hands bytes out as they are
  }
  return { centers, scales, rotations, rgba, sh };
}

function three(buffer) {
  const geometry = new KSPLATLoader().parse(buffer);
  const columns = {
    centers: geometry.getAttribute('position').array,
    covariances: geometry.getAttribute('covariance').array,
    rgba: geometry.getAttribute('color').array,
  };
  for (const degree of [1, 2]) {
    const packed = geometry.getAttribute(`sphericalHarmonics${degree}`);
    if (packed) columns[`sh${degree}`] = new Uint8Array(packed.array.buffer);
  }
  return columns;
}

async function splatTransform(buffer) {
  const fileSystem = new MemoryReadFileSystem();
  fileSystem.set('a.ksplat', new Uint8Array(buffer));
  const [table] = await readFile({ filename: 'a.ksplat', inputFormat: 'ksplat', options: {}, params: [], fileSystem });
  return Object.fromEntries(table.columns.map((column) => [column.name, column.data]));
}

for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  for (const [name, read] of Object.entries({ gaussianSplats3d, three, splatTransform })) {
    const columns = await read(buffer);
    const lengths = Object.entries(columns).map(([column, values]) => [column, values.length]);
    writeFileSync(`${path}.${name}.json`, JSON.stringify(Object.fromEntries(lengths)));
    writeFileSync(
      `${path}.${name}.bin`,
      Buffer.concat(Object.values(columns).map((v) => Buffer.from(Float32Array.from(v).buffer))),
    );
  }
}
