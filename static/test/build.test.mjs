import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { feature, mesh } from 'topojson-client';
import { build } from '../build.mjs';
import { cutAtAntimeridian } from '../basemap.mjs';

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conflictmap-page-'));
  await build(join(folder, 'a'));
});

after(() => rm(folder, { recursive: true }));

const names = async (dir) => (await readdir(join(folder, dir), { recursive: true })).sort();
const index = () => readFile(join(folder, 'a/index.html'), 'utf8');

async function basemap() {
  const name = (await names('a')).find((n) => n.startsWith('assets/countries-'));
  return readFile(join(folder, 'a', name), 'utf8');
}

test('the build is deterministic', async () => {
  await build(join(folder, 'b'));
  const files = await names('a');
  assert.deepEqual(files, await names('b'));
  for (const name of files.filter((n) => n.includes('.'))) {
    const [a, b] = await Promise.all(['a', 'b'].map((dir) => readFile(join(folder, dir, name))));
    assert.ok(a.equals(b), `${name} differs`);
  }
});

test('index.html has nothing inline and names nobody else to load from', async () => {
  const slot = '<script type="application/json" id="config">{}</script>'; // data, which the server fills in
  assert.ok((await index()).includes(slot));
  const html = (await index()).replace(slot, '');
  assert.doesNotMatch(html, /{{|<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  for (const [, target] of html.matchAll(/<(?:link|script|img)[^>]*\s(?:href|src)="([^"]*)"/g)) {
    assert.match(target, /^assets\/[\w.-]+$/);
  }
});

test('the licences of what is bundled come with it', async () => {
  const name = (await names('a')).find((n) => n.startsWith('assets/licences-'));
  const text = await readFile(join(folder, 'a', name), 'utf8');
  for (const holder of ['Volodymyr Agafonkin', 'Michael Bostock', 'Natural Earth']) assert.ok(text.includes(holder), holder);
  assert.ok((await index()).includes(`href="${name}"`), 'index.html links to them');
});

test('the basemap is small enough', async () => {
  const size = gzipSync(await basemap(), { level: 9 }).length;
  assert.ok(size <= 250_000, `${size} bytes gzipped`);
});

const rings = ({ type, coordinates }) => (type === 'Polygon' ? coordinates : coordinates.flat());

/** The widest step in degrees of longitude from one position to the next. */
const widest = (line) => line.reduce((most, p, i) => (i ? Math.max(most, Math.abs(p[0] - line[i - 1][0])) : 0), 0);

test('no shape of the basemap runs across the map', async () => {
  const atlas = JSON.parse(await basemap());
  const countries = feature(atlas, atlas.objects.countries).features;
  assert.ok(countries.length > 200, `${countries.length} countries`);
  for (const { id, geometry } of countries) {
    for (const ring of rings(geometry)) {
      assert.ok(ring.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90), `${id} leaves the world`);
      assert.ok(widest(ring) < 20, `${id} has a line over ${widest(ring)}°`);
    }
  }
  const has = (id, test) => rings(countries.find((c) => c.id === id).geometry).flat().some(test);
  for (const id of ['RU', 'FJ', 'AQ']) {
    assert.ok(has(id, ([lon]) => lon > 179.9) && has(id, ([lon]) => lon < -179.9), `${id} doesn't reach ±180° from both sides`);
  }
  assert.ok(has('AQ', ([, lat]) => lat < -89.9), 'Antarctica does not reach the pole');
});

test('no border runs across the map or along ±180°', async () => {
  const atlas = JSON.parse(await basemap());
  for (const line of mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates) {
    assert.ok(widest(line) < 20);
    assert.ok(line.every(([lon]) => Math.abs(lon) < 179.9));
  }
});

test('a shape across the antimeridian is cut there', () => {
  // Clockwise, as d3 has spherical polygons.
  const square = { type: 'Polygon', coordinates: [[[170, -10], [170, 10], [-170, 10], [-170, -10], [170, -10]]] };
  const cut = cutAtAntimeridian(square);
  assert.equal(cut.type, 'MultiPolygon');
  const spans = cut.coordinates.map(([ring]) => ring.map(([lon]) => Math.round(lon)).sort((a, b) => a - b)).map((l) => [l[0], l.at(-1)]);
  assert.deepEqual(spans.sort((a, b) => a[0] - b[0]), [[-180, -170], [170, 180]]);
});
