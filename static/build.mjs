// Builds the map page into static/dist: index.html, and assets whose names carry
// a hash of their content. The same sources and packages give the same bytes.

import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import { buildBasemap } from './basemap.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));

/** Writes content under a name with its hash and returns the name. */
async function writeHashed(assets, name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
  const ext = extname(name);
  const hashed = `${basename(name, ext)}-${hash}${ext}`;
  await writeFile(join(assets, hashed), content);
  return hashed;
}

/** Bundles script and style; returns their file names by entry. */
async function bundle(outdir) {
  const result = await esbuild.build({
    absWorkingDir: HERE,
    entryPoints: { page: 'src/main.ts', style: 'src/style.css' },
    outdir,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    // The ES module build leaves no global L behind.
    alias: { leaflet: 'leaflet/dist/leaflet-src.esm.js' },
    loader: { '.png': 'file' },
    metafile: true,
    logLevel: 'warning',
  });
  const names = {};
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (output.entryPoint) names[basename(output.entryPoint)] = basename(path);
  }
  return names;
}

// What the built page contains of others' work, beside the basemap's data.
const BUNDLED = ['leaflet', '@mapbox/vector-tile', '@mapbox/point-geometry', 'pbf', 'world-atlas'];

/** The licences that must go with the page. */
async function licences() {
  const texts = await Promise.all(
    BUNDLED.map(async (name) => {
      // Not by resolve: not every package lets its package.json be asked for.
      const folder = join(HERE, '../node_modules', name);
      const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      const file = (await readdir(folder)).find((f) => /^licen[cs]e/i.test(f));
      if (!file) throw new Error(`${name} comes without its licence`);
      return `${name} ${version}\n\n${await readFile(join(folder, file), 'utf8')}`;
    }),
  );
  return ['The basemap is made with Natural Earth (naturalearthdata.com), which is in the public domain.\n', ...texts].join('\n\n');
}

/** Empties dist but for .gitkeep, which lets a clone without a built page compile. */
async function clean(dist) {
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist)) {
    if (name !== '.gitkeep') await rm(join(dist, name), { recursive: true });
  }
}

/**
 * Builds the page.
 * @param {string} dist folder to build into; what it holds is removed
 */
export async function build(dist = join(HERE, 'dist')) {
  await clean(dist);
  const assets = join(dist, 'assets');
  await mkdir(assets);
  const names = await bundle(assets);
  const { coarse, fine } = await buildBasemap();
  const files = {
    script: names['main.ts'],
    style: names['style.css'],
    icon: await writeHashed(assets, 'icon.svg', await readFile(join(HERE, 'src/icon.svg'))),
    licences: await writeHashed(assets, 'licences.txt', await licences()),
    basemap: await writeHashed(assets, 'world.json', JSON.stringify(coarse)),
    fine: await writeHashed(assets, 'countries.json', JSON.stringify(fine)),
  };
  const template = await readFile(join(HERE, 'src/index.html'), 'utf8');
  const page = template.replace(/{{(\w+)}}/g, (slot, key) => {
    if (!files[key]) throw new Error(`index.html asks for ${slot}, which is not built`);
    return `assets/${files[key]}`;
  });
  await writeFile(join(dist, 'index.html'), page);
}

/** Tells what was built and how large it is on the wire. */
async function report(dist) {
  for (const name of (await readdir(dist, { recursive: true })).sort()) {
    if (!/\.(html|js|css|json|svg|png|txt)$/.test(name)) continue;
    const content = await readFile(join(dist, name));
    const gzipped = gzipSync(content, { level: 9 }).length;
    console.log(`${name.padEnd(36)} ${(content.length / 1000).toFixed(1).padStart(7)} kB, ${(gzipped / 1000).toFixed(1)} kB gzipped`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build();
  await report(join(HERE, 'dist'));
}
