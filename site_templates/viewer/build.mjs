// Bundles src/ into dist/: hashed ES modules, the fonts and the licences of everything inside, and manifest.json,
// which tells the site's renderer (tools/site/render.py) what there is.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';

/** @typedef {{metafile: import('esbuild').Metafile}} Built */

const DIST = 'dist';

// Which font file each family of the type pairings is: name, weight, style.
/** @type {Record<string, string>} */
const FACES = JSON.parse(await readFile('../fonts.json', 'utf8')).faces;

/** @satisfies {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: true,
  format: /** @type {const} */ ('esm'),
  target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
  outdir: DIST,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  metafile: /** @type {const} */ (true),
  legalComments: /** @type {const} */ ('none'),
  logLevel: /** @type {const} */ ('warning'),
};

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });

const worker = await build({ ...shared, entryPoints: ['src/splats/worker.js'] });
const workerFile = entryOf(worker, 'src/splats/worker.js');

const main = await build({
  ...shared,
  entryPoints: ['src/boot.js', 'src/main.js'],
  splitting: true,
  define: { SPLAT_WORKER: JSON.stringify(workerFile) },
});
const mainFile = entryOf(main, 'src/main.js');
const bootFile = entryOf(main, 'src/boot.js');

/** @type {Record<string, {file: string, weight: string, style: string}>} */
const fonts = {};
for (const [family, face] of Object.entries(FACES)) {
  const { name, weight, style } = partsOf(face);
  const path = `node_modules/@fontsource/${name}/files/${name}-latin-${weight}-${style}.woff2`;
  const file = `${face}-${createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 8)}.woff2`;
  await copyFile(path, `${DIST}/${file}`);
  fonts[family] = { file, weight, style };
}

const licences = [];
const families = new Set(Object.values(FACES).map((face) => `@fontsource/${partsOf(face).name}`));
for (const name of ['three', ...families]) {
  const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
  licences.push(`${name} ${version} (${license})\n\n${await readFile(`node_modules/${name}/LICENSE`, 'utf8')}`);
}
await writeFile(`${DIST}/licences.txt`, licences.join(`\n${'-'.repeat(78)}\n\n`));

await writeFile(
  `${DIST}/manifest.json`,
  JSON.stringify(
    {
      boot: bootFile,
      main: mainFile,
      preload: [mainFile, ...importsOf(main, mainFile)],
      worker: workerFile,
      scripts: [...outputsOf(main), ...outputsOf(worker)].sort(),
      fonts,
      licences: 'licences.txt',
    },
    null,
    2,
  ),
);

/** The font's name, weight and style of a face. @param {string} face */
function partsOf(face) {
  const [, name, weight, style] = face.match(/^(.*)-(\d+)-(\w+)$/) ?? [];
  return { name, weight, style };
}

/** The names of the files that a build wrote. @param {Built} result */
function outputsOf(result) {
  return Object.keys(result.metafile.outputs).map((path) => basename(path));
}

/** The name of the file that a source became. @param {Built} result @param {string} source */
function entryOf(result, source) {
  const entry = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === source);
  if (!entry) throw new Error(`${source} was not bundled`);
  return basename(entry[0]);
}

/** The names of the files that one of them imports at once. @param {Built} result @param {string} file */
function importsOf(result, file) {
  const { imports } = result.metafile.outputs[`${DIST}/${file}`];
  return imports.filter((entry) => entry.kind === 'import-statement').map((entry) => basename(entry.path));
}
