// The basemap and the lines between capitals, as far as they are plain functions.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { source } from './source.mjs';

const { readAtlas, worldX, worldY, overlap } = await source('map/atlas');
const { byWeight, apart, measureIn } = await source('map/labelling');
const { placeNames, wrap } = await source('map/names');
const { curve, distance, tapered, widthOf, boxOf } = await source('map/curves');
const { readRelations, weightInWords } = await source('map/relations');

/** Two squares side by side and a third above; the border of the first two is disputed, and a line far off. */
const TOPOLOGY = {
  type: 'Topology',
  transform: { scale: [1, 1], translate: [0, 0] },
  arcs: [
    [[10, 0], [0, 10]], // between A and B
    [[10, 10], [-10, 0]], // between A and C
    [[0, 10], [0, -10], [10, 0]], // the rest of A
    [[10, 0], [10, 0], [0, 10], [-10, 0]], // the rest of B
    [[0, 10], [0, 10], [10, 0], [0, -10]], // the rest of C
    [[50, 50], [5, 0]],
  ],
  objects: {
    countries: {
      geometries: [
        { type: 'Polygon', id: 'AA', properties: { name: 'Ay', at: [5, 5] }, arcs: [[0, 1, 2]] },
        { type: 'Polygon', id: 'BB', properties: { at: [15, 5] }, arcs: [[3, ~0]] },
        { type: 'MultiPolygon', properties: { at: [5, 15] }, arcs: [[[4, 1]]] },
      ],
    },
    disputed: { geometries: [{ type: 'MultiLineString', arcs: [[~0], [5]] }] },
  },
};

describe('the atlas', () => {
  test('has borders solid or disputed, and no coast among them', () => {
    const atlas = readAtlas(TOPOLOGY);
    assert.equal(atlas.borders.length, 1);
    assert.deepEqual([...atlas.borders[0].points].map(Math.fround), [worldX(10), worldY(10), worldX(0), worldY(10)].map(Math.fround));
    assert.deepEqual(atlas.disputed.map(({ points }) => points[0]), [worldX(10), worldX(50)].map(Math.fround));
  });

  test('joins arcs to rings, backwards too', () => {
    const { countries } = readAtlas(TOPOLOGY);
    assert.deepEqual(countries.map(({ id, name }) => [id, name]), [['AA', 'Ay'], ['BB', ''], ['', '']]);
    const [{ points, box }] = countries[1].polygons[0].rings;
    assert.equal(points.length, 2 * 5);
    assert.deepEqual([points[0], points[1]], [points.at(-2), points.at(-1)]);
    assert.deepEqual(box, [worldX(10), worldY(10), worldX(20), worldY(0)].map(Math.fround));
  });

  test('refuses what is none', () => {
    for (const body of [null, {}, { arcs: [] }, 'text']) assert.throws(() => readAtlas(body));
  });

  test('has the world in 256 units, the poles at its edges', () => {
    assert.deepEqual([worldX(-180), worldX(180), worldY(0)], [0, 256, 128]);
    assert.ok(Math.abs(worldY(90)) < 1e-6 && Math.abs(worldY(-90) - 256) < 1e-6);
    assert.ok(overlap([0, 0, 2, 2], [2, 1, 3, 3]) && !overlap([0, 0, 1, 1], [2, 0, 3, 1]));
  });
});

describe('names and labels', () => {
  const measure = (text, size) => text.length * size * 0.5;
  const country = (id, name, x, y, side) => {
    const box = [x - side, y - side, x + side, y + side];
    return { id, name, at: [x, y], polygons: [{ rings: [], box }] };
  };

  test('long names take two lines of about the same length', () => {
    assert.deepEqual(wrap('Iran'), ['Iran']);
    assert.deepEqual(wrap('Central African Rep.'), ['Central', 'African Rep.']);
    assert.deepEqual(wrap('Liechtensteinien'), ['Liechtensteinien']);
  });

  test('only names with room are shown, and none over another', () => {
    const countries = [
      country('AA', 'Large', 100, 100, 20), country('BB', 'Near', 100.5, 100, 10), country('CC', 'Tiny', 200, 200, 0.2), country('', '', 150, 150, 30),
    ];
    assert.deepEqual(placeNames(countries, 3, measure).map(({ key }) => key), ['AA']);
    assert.deepEqual(placeNames(countries, 7, measure).map(({ key }) => key), ['AA', 'BB', 'CC']);
  });

  test('of labels the weightier finds room, the other goes above', () => {
    const ctx = { font: '', measureText: (text) => ({ width: text.length * 6 }) };
    const label = (key, weight, x) => ({ key, lines: ['a label'], x, y: 10, size: 12, weight, below: 12 });
    const placed = byWeight([label('light', 1, 10), label('heavy', 5, 10), label('none', 0.5, 10), label('far', 1, 200)], 1, measureIn(ctx));
    assert.deepEqual(placed.map(({ key }) => key), ['heavy', 'light', 'far']);
    assert.ok(placed[0].y > 20 && placed[1].y < 20);
    assert.ok(apart(placed[0], placed[1]));
  });
});

describe('lines between capitals', () => {
  const yerevan = [44.5, 40.2];
  const baku = [49.9, 40.4];

  test('there and back are two curves', () => {
    const there = curve(yerevan, baku);
    const back = curve(baku, yerevan);
    const near = (a, b) => assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-9);
    near(there[0], back.at(-1));
    near(there.at(-1), back[0]);
    const middle = there[12];
    assert.ok(distance(middle, back) > 0.5 * distance(middle, [there[0], there.at(-1)]));
  });

  test('the way goes around the shorter side of the world', () => {
    const points = curve([-77, 39], [140, 36]);
    assert.ok(Math.abs(points.at(-1)[0] - points[0][0]) < 128);
    assert.ok(boxOf(points)[0] < 0);
  });

  test('the outline is wide at the beginning and thin at the end', () => {
    const outline = tapered([[0, 0], [10, 0], [20, 0]], 4, 1);
    assert.deepEqual(outline, [[0, 2], [10, 1.25], [20, 0.5], [20, -0.5], [10, -1.25], [0, -2]]);
  });

  test('the width grows with the logarithm of the sentences, within bounds', () => {
    assert.ok(widthOf(1) > 2 && widthOf(1) < widthOf(10) && widthOf(10) < widthOf(100));
    assert.equal(widthOf(1e9), 11);
    assert.ok(widthOf(-5) >= 2);
  });
});

describe('who talks about whom', () => {
  const relation = (properties, coordinates = [[44.5, 40.2], [49.9, 40.4]]) => ({
    geometry: coordinates && { type: 'LineString', coordinates },
    properties: { from_country: 'AM', to_country: 'AZ', from_label: 'Armenia', to_label: 'Azerbaijan', sentences: 12, articles: 7, example: 'a:1', ...properties },
  });

  test('is read from the answer', () => {
    const [read] = readRelations({ features: [relation({})] });
    assert.deepEqual([read.from, read.to, read.fromLabel, read.example], ['AM', 'AZ', 'Armenia', 'a:1']);
    assert.deepEqual(read.ends, [[44.5, 40.2], [49.9, 40.4]]);
    assert.equal(weightInWords(read), '12 sentences in 7 articles');
  });

  test('a pair without a line is in the list only; nonsense is left out', () => {
    const read = readRelations({
      features: [relation({}, null), relation({ from_country: 5 }), relation({ sentences: 'many' }), { geometry: null, properties: null }, relation({}, [['x', 'y']])],
    });
    assert.deepEqual(read.map(({ ends }) => ends), [null, null]);
    assert.throws(() => readRelations({}), /feature collection/);
  });
});
