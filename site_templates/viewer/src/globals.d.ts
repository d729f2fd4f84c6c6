/** The name of the bundled worker: build.mjs writes it in. */
declare const SPLAT_WORKER: string;
