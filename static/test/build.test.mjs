import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { feature, mesh } from 'topojson-client';
import { build } from '../build.mjs';
import { cutAtAntimeridian, labelPoint } from '../basemap.mjs';
import { DISPUTED, dividedByBox, neighboursOn, partsInBox, partsNot } from '../disputed.mjs';
import { simplifyLine } from '../simplify.mjs';

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conflictmap-page-'));
  await build(join(folder, 'a'));
});

after(() => rm(folder, { recursive: true }));

const names = async (dir) => (await readdir(join(folder, dir), { recursive: true })).sort();
const index = () => readFile(join(folder, 'a/index.html'), 'utf8');

/** The text of the basemap's file with this beginning of its name. */
async function file(prefix) {
  const name = (await names('a')).find((n) => n.startsWith(`assets/${prefix}-`));
  return readFile(join(folder, 'a', name), 'utf8');
}

const FILES = ['world', 'countries']; // coarse and fine
const basemap = async (prefix) => JSON.parse(await file(prefix));

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
  for (const [prefix, most] of [['world', 45_000], ['countries', 200_000]]) {
    const size = gzipSync(await file(prefix), { level: 9 }).length;
    assert.ok(size <= most, `${prefix}: ${size} bytes gzipped`);
  }
  const html = await index();
  const [, coarse, fine] = /id="basemap" href="(assets\/world-[^"]+)" data-fine="(assets\/countries-[^"]+)"/.exec(html);
  for (const name of [coarse, fine]) assert.ok((await names('a')).includes(name), name);
});

const rings = ({ type, coordinates }) => (type === 'Polygon' ? coordinates : coordinates.flat());

/** The widest step in degrees of longitude from one position to the next. */
const widest = (line) => line.reduce((most, p, i) => (i ? Math.max(most, Math.abs(p[0] - line[i - 1][0])) : 0), 0);

test('no shape of the basemap runs across the map', async () => {
  for (const prefix of FILES) {
    const atlas = await basemap(prefix);
    const countries = feature(atlas, atlas.objects.countries).features;
    assert.ok(countries.length > 200, `${countries.length} countries`);
    for (const { id, geometry } of countries) {
      for (const ring of rings(geometry)) {
        assert.ok(ring.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90), `${id} leaves the world`);
        // What is coarse has long straight coasts near the pole.
        assert.ok(ring.every((p, i) => i === 0 || Math.abs(p[1]) > 80 || Math.abs(p[0] - ring[i - 1][0]) < 30), `${id} has a line over ${widest(ring)}°`);
      }
    }
    const has = (id, test) => rings(countries.find((c) => c.id === id).geometry).flat().some(test);
    for (const id of ['RU', 'AQ', ...(prefix === 'countries' ? ['FJ'] : [])]) {
      assert.ok(has(id, ([lon]) => lon > 179.9) && has(id, ([lon]) => lon < -179.9), `${prefix}: ${id} doesn't reach ±180° from both sides`);
    }
    assert.ok(has('AQ', ([, lat]) => lat < -89.9), 'Antarctica does not reach the pole');
  }
});

test('no border runs across the map or along ±180°', async () => {
  for (const prefix of FILES) {
    const atlas = await basemap(prefix);
    for (const line of mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates) {
      assert.ok(widest(line) < 35, `${widest(line)}°`); // the 49th parallel, between the USA and Canada
      assert.ok(line.every(([lon]) => Math.abs(lon) < 179.9));
    }
  }
});

test('coarse and fine have the same countries, each with a place for its label', async () => {
  const [coarse, fine] = await Promise.all(FILES.map(async (prefix) => (await basemap(prefix)).objects.countries.geometries));
  const told = (list) => list.map(({ id, properties }) => [id, properties.name, properties.at]);
  assert.deepEqual(told(coarse), told(fine));
  assert.equal(new Set(fine.map(({ id }) => id).filter(Boolean)).size, fine.filter(({ id }) => id).length, 'a code stands once');
  for (const { type, properties } of [...coarse, ...fine]) {
    assert.match(type, /Polygon/);
    assert.ok(properties.at.every(Number.isFinite));
  }
  const named = fine.filter(({ properties }) => properties.name).map(({ id }) => id);
  for (const id of ['AM', 'AZ', 'PS', 'EH', 'TW']) assert.ok(named.includes(id), `${id} has a name`);
  for (const { id, properties } of fine) if (!id || id === 'XK') assert.equal(properties.name, undefined);
});

test('each border that is listed as disputed is a line of its own', async () => {
  for (const prefix of FILES) {
    const { objects } = await basemap(prefix);
    const arcsOf = ({ arcs }) => arcs.flat(2).map((n) => (n < 0 ? ~n : n));
    const lines = objects.disputed.geometries;
    // The list's borders, then the areas of the gazetteer.
    assert.ok(lines.length > DISPUTED.length, `${lines.length} lines`);
    lines.forEach((line, i) => assert.ok(arcsOf(line).length > 0, `${prefix}: ${DISPUTED[i]?.what ?? 'an area'} has no line`));
    const disputed = new Set(lines.flatMap(arcsOf));
    const users = (arc) => objects.countries.geometries.filter((c) => arcsOf(c).includes(arc)).map((c) => c.id);
    DISPUTED.forEach(({ pair, what }, i) => {
      for (const arc of arcsOf(lines[i])) {
        const [one, other] = users(arc);
        assert.deepEqual([one, other].map((id) => id ?? 'none').sort(), pair.map((id) => (/^[A-Z]{2}$/.test(id) ? id : 'none')).sort(), `${prefix}: ${what}`);
      }
    });
    // Nothing that is dashed lies under a solid line: no other arc takes the same steps.
    const drawn = new Map();
    const { arcs } = await basemap(prefix);
    arcs.forEach((arc, n) => arc.slice(1).forEach((_, k) => drawn.set(step(arc, k), [...(drawn.get(step(arc, k)) ?? []), n])));
    for (const n of disputed) arcs[n].slice(1).forEach((_, k) => assert.deepEqual(drawn.get(step(arcs[n], k)), [n]));
  }
});

test('a disputed area has a line where it has no coast and no border', async () => {
  // Near the middle of each line, in the order of the shapes' files; null for an outline that is closed.
  const areas = [[41.92, 42.75], null, [44.0, 42.05], [29.2, 47.15]];
  for (const prefix of FILES) {
    const atlas = await basemap(prefix);
    const lines = feature(atlas, atlas.objects.disputed).features.slice(DISPUTED.length).map(({ geometry }) => geometry);
    assert.equal(lines.length, areas.length);
    const outlines = feature(atlas, atlas.objects.countries).features.flatMap(({ geometry }) => rings(geometry));
    const corners = new Set(outlines.flat().map(String));
    const taken = neighboursOn(outlines);
    lines.forEach(({ coordinates }, i) => {
      assert.equal(coordinates.length, 1, `${prefix}: area ${i} is in ${coordinates.length} parts`);
      const [line] = coordinates;
      assert.deepEqual(partsNot(line, taken), [line], `${prefix}: area ${i} has a coast or a border`);
      if (!areas[i]) return assert.deepEqual(line[0], line.at(-1));
      assert.ok(corners.has(String(line[0])) && corners.has(String(line.at(-1))), `${prefix}: area ${i} ends off the outlines`);
      const off = Math.min(...line.map(([x, y]) => Math.hypot(x - areas[i][0], y - areas[i][1])));
      assert.ok(off < 0.5, `${prefix}: area ${i} is ${off}° off`);
    });
  }
});

test('Crimea is nobody\'s on the basemap: its own feature, without a code', async () => {
  for (const prefix of FILES) {
    const atlas = await basemap(prefix);
    const holders = feature(atlas, atlas.objects.countries).features.filter(({ geometry }) => rings(geometry).some((ring) => ring.some(([x, y]) => x > 33 && x < 36 && y > 44 && y < 45.2)));
    assert.deepEqual(holders.map(({ id, properties }) => [id, properties.name]), [[undefined, undefined]], prefix);
  }
});

/** The k-th step of an arc by both its ends, whichever comes first. */
function step(arc, k) {
  let [x, y] = [0, 0];
  const points = arc.slice(0, k + 2).map(([dx, dy]) => `${(x += dx)},${(y += dy)}`);
  return points.slice(k).sort().join(' ');
}

test('a box takes the parts of a line that lie in it', () => {
  const line = [[0, 0], [1, 0], [2, 0], [3, 0], [2, 1], [1, 1], [0, 5]];
  assert.deepEqual(partsInBox(line, [0.5, -1, 2.5, 2]), [[[1, 0], [2, 0]], [[2, 1], [1, 1]]]);
  assert.deepEqual(partsInBox(line, [10, 10, 11, 11]), []);
});

test('of a line what other lines have is left out', () => {
  const taken = neighboursOn([[[1, 0], [2, 0], [3, 0]], [[9, 9], [5, 0.00004]]]);
  assert.deepEqual(partsNot([[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 0], [9, 9]], taken), [[[0, 0], [1, 0]], [[3, 0], [4, 0], [5, 0]]]);
  assert.deepEqual(partsNot([[3, 0], [2, 0]], taken), []);
});

test('a box takes the polygons that lie in it whole', () => {
  const square = (x, side) => [[[x, 0], [x + side, 0], [x + side, side], [x, side], [x, 0]]];
  assert.deepEqual(dividedByBox([square(0, 1), square(2, 1), square(0, 5)], [-1, -1, 1.5, 1.5]), [[square(2, 1), square(0, 5)], [square(0, 1)]]);
});

test('a simpler line keeps its ends and what matters', () => {
  const line = [[0, 0], [1, 0.001], [2, 0], [3, 2], [4, 0], [5, 0.001], [6, 0]];
  assert.deepEqual(simplifyLine(line, 0.01), [[0, 0], [2, 0], [3, 2], [4, 0], [6, 0]]);
  assert.deepEqual(simplifyLine(line, 100), [[0, 0], [6, 0]]);
  assert.equal(simplifyLine(line, 100, 4).length, 4);
  assert.deepEqual(simplifyLine(line, 0), line);
});

test('a label stands inside, where there is most room', () => {
  const [lon, lat] = labelPoint({ type: 'MultiPolygon', coordinates: [[[[20, 0], [21, 0], [21, 1], [20, 0]]], [[[0, 0], [0, 10], [2, 10], [2, 3], [8, 3], [8, 0], [0, 0]]]] });
  assert.ok(lon > 0.5 && lon < 7 && lat > 0.5 && lat < 9, `${lon}, ${lat}`);
});

test('a shape across the antimeridian is cut there', () => {
  // Clockwise, as d3 has spherical polygons.
  const square = { type: 'Polygon', coordinates: [[[170, -10], [170, 10], [-170, 10], [-170, -10], [170, -10]]] };
  const cut = cutAtAntimeridian(square);
  assert.equal(cut.type, 'MultiPolygon');
  const spans = cut.coordinates.map(([ring]) => ring.map(([lon]) => Math.round(lon)).sort((a, b) => a - b)).map((l) => [l[0], l.at(-1)]);
  assert.deepEqual(spans.sort((a, b) => a[0] - b[0]), [[-180, -170], [170, 180]]);
});
