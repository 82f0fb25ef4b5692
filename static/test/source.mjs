// Loads a TypeScript module of the page into Node, for tests of its functions.

import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

/** @param {string} name a module below static/src, without .ts */
export async function source(name) {
  const result = await esbuild.build({
    entryPoints: [`${SRC}${name}.ts`],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`);
}
