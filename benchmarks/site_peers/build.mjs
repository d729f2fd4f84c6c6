// Bundles the two bare pages as we bundle our own.
import { build } from 'esbuild';

await build({
  entryPoints: ['spark.js', 'three.js'],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: 'dist',
  logLevel: 'warning',
});
