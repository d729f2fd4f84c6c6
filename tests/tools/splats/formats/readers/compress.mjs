// splat-transform's way from .ply to PlayCanvas's compressed .ply. Prints the seconds it took, as JSON.
//
//     node compress.mjs IN.ply OUT.compressed.ply
import { readFileSync, writeFileSync } from 'node:fs';
import { MemoryFileSystem, MemoryReadFileSystem, readFile, writeCompressedPly } from '@playcanvas/splat-transform';

const [input, output] = process.argv.slice(2);
const start = performance.now();
const source = new MemoryReadFileSystem();
source.set('in.ply', new Uint8Array(readFileSync(input)));
const [dataTable] = await readFile({
  filename: 'in.ply',
  inputFormat: 'ply',
  options: {},
  params: [],
  fileSystem: source,
});
const target = new MemoryFileSystem();
await writeCompressedPly({ filename: 'out.compressed.ply', dataTable }, target);
writeFileSync(output, target.results.get('out.compressed.ply'));
console.log(JSON.stringify({ total: (performance.now() - start) / 1000 }));
