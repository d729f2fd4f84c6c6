// GaussianSplats3D's own way from .ply to .ksplat: parse, generate, write. Prints the seconds each took, as JSON.
//
//     node generate.mjs IN.ply OUT.ksplat LEVEL SH_DEGREE
import { readFileSync, writeFileSync } from 'node:fs';
import { PlyParser, SplatBufferGenerator } from '@mkkellogg/gaussian-splats-3d';

const [input, output, level, degree] = process.argv.slice(2);
const start = performance.now();
const bytes = readFileSync(input);
const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const splats = PlyParser.parseToUncompressedSplatArray(buffer, Number(degree));
const parsed = performance.now();
const generator = SplatBufferGenerator.getStandardGenerator(1, Number(level));
const generated = generator.generateFromUncompressedSplatArray(splats);
const made = performance.now();
writeFileSync(output, new Uint8Array(generated.bufferData));
const end = performance.now();
const seconds = (from, to) => (to - from) / 1000;
console.log(
  JSON.stringify({ total: seconds(start, end), parse: seconds(start, parsed), generate: seconds(parsed, made) }),
);
