// The functions of the map's marks: from tiles to what is drawn, named and hit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PbfWriter } from 'pbf';
import { source } from './source.mjs';

const { decode } = await source('map/decode');
const { abbreviate, groupRadius, kindOf, KINDS, pixels, pointRadius } = await source('map/symbols');
const { addressOf, tilesIn, tileZoom } = await source('map/grid');
const { clipLine, layOut } = await source('map/layout');
const { merged } = await source('map/merge');
const { hit } = await source('map/hits');
const { coveredNames } = await source('map/covered');
const { isRightToLeft, placeNames, plain, roomsIn } = await source('map/labels');
const { summary } = await source('map/tip');
const { keyOf, Tiles } = await source('map/tiles');

const EXTENT = 4096;
const zigzag = (n) => (n << 1) ^ (n >> 31);

/** A vector tile of layers: name to features {key, type, path, ...properties}; type is 1 point, 2 line, 3 area. */
function tileOf(layers) {
  const pbf = new PbfWriter();
  for (const [name, features] of Object.entries(layers)) {
    pbf.writeMessage(3, (layer, out) => {
      const keys = [];
      const values = [];
      const number = (list, v) => (list.includes(v) ? list.indexOf(v) : list.push(v) - 1);
      out.writeVarintField(15, 2);
      out.writeStringField(1, name);
      for (const { key, type, path, ...properties } of layer) {
        const tags = Object.entries(properties).flatMap(([k, v]) => [number(keys, k), number(values, v)]);
        out.writeMessage(2, (_, f) => {
          f.writeVarintField(1, key ?? 0);
          f.writePackedVarint(2, tags);
          f.writeVarintField(3, type);
          f.writePackedVarint(4, commands(path, type));
        });
      }
      for (const key of keys) out.writeStringField(3, key);
      for (const value of values) {
        out.writeMessage(4, (v, o) => {
          if (typeof v === 'string') o.writeStringField(1, v);
          else if (typeof v === 'boolean') o.writeBooleanField(7, v);
          else o.writeDoubleField(3, v);
        }, value);
      }
      out.writeVarintField(5, EXTENT);
    }, features);
  }
  const bytes = pbf.finish();
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function commands(path, type) {
  const out = [];
  let [x, y] = [0, 0];
  path.forEach(([px, py], i) => {
    if (i === 0) out.push((1 << 3) | 1);
    if (i === 1) out.push(((path.length - 1) << 3) | 2);
    out.push(zigzag(px - x), zigzag(py - y));
    [x, y] = [px, py];
  });
  if (type === 3) out.push((1 << 3) | 7);
  return out;
}

const point = (x, y, properties) => ({ type: 1, path: [[x, y]], ...properties });
const square = (from, to) => [[from, from], [to, from], [to, to], [from, to]];
const AREA = { left: 0, top: 0, right: 1000, bottom: 1000 };
const at = (z, x, y) => ({ z, x, y });

test('a tile gives single features, groups and shapes', () => {
  const { marks, shapes } = decode(
    tileOf({
      points: [point(1024, 2048, { id: 'e1', event: 'battle', confidence: 0.5, mentions: 3, label: 'Shusha', where_prec: 2 })],
      clusters: [point(100, 100, { count: 12, explosion: 4, riot: 7, places: 2, west: 1, south: 2, east: 3, north: 4, label: 'Agdam', max_confidence: 0.35 })],
      areas: [{ key: 7, type: 3, path: square(-100, 1000), count: 2, battle: 2, place_id: 'p1', label: 'Region', max_confidence: 0.6 }],
      lines: [{ key: 8, type: 2, path: [[0, 0], [10, 10]], id: 'e2', count: 1, event: 'riot', uncertainty_m: 500, confidence: 0.2 }],
    }),
  );
  const [single, group] = marks;
  assert.deepEqual([single.type, single.x, single.y], ['single', 0.25, 0.5]);
  assert.deepEqual([single.feature.kind, single.feature.confidence, single.feature.wherePrec], [kindOf('battle'), 0.5, 2]);
  assert.deepEqual([group.count, group.box, KINDS[group.top].type], [12, [1, 2, 3, 4], 'riot']);
  assert.equal(group.shares.reduce((a, b) => a + b), 12, 'what has no known type is among the others');
  assert.deepEqual(shapes.map((s) => [s.type, s.key, s.count]), [['area', 7, 2], ['line', 8, 1]]);
  assert.equal(shapes[1].uncertainty, 500);
  assert.deepEqual([group.surest, ...shapes.map((s) => s.surest)], [0.35, 0.6, 0.2]);
});

test('what no confidence is told of is not taken for doubtful', () => {
  const { marks, shapes } = decode(tileOf({
    clusters: [point(100, 100, { count: 3 }), point(200, 200, { count: 3, max_confidence: 0 })],
    areas: [{ key: 7, type: 3, path: square(0, 1000), count: 2 }],
  }));
  assert.deepEqual([...marks, ...shapes].map((m) => m.surest), [1, 0, 1]);
});

test('what lies in the buffer belongs to the neighbour', () => {
  const { marks } = decode(tileOf({ points: [point(-1, 5, { id: 'a' }), point(0, 5, { id: 'b' }), point(4095, 5, { id: 'c' }), point(4096, 5, { id: 'd' })] }));
  assert.deepEqual(marks.map((m) => m.feature.id), ['b', 'c']);
});

test('features at one position are one group, the most reported first', () => {
  const here = (id, mentions, event, place_id) =>
    point(5, 5, { id, mentions, event, place_id, label: `at ${place_id}`, here: 3, confidence: 1 / (1 + mentions) });
  const { marks } = decode(tileOf({ points: [here('a', 1, 'riot', 'p'), here('b', 9, 'battle', 'p'), here('c', 2, 'battle', 'q')] }));
  assert.equal(marks.length, 1);
  const [{ type, count, features, placeIds, top, label, surest }] = marks;
  assert.deepEqual([type, count, KINDS[top].type, label], ['group', 3, 'battle', 'at p']);
  assert.deepEqual(features.map((f) => f.id), ['b', 'c', 'a']);
  assert.deepEqual(placeIds, ['p', 'q']);
  assert.equal(surest, 0.5);
});

test('bytes that are no tile throw', () => {
  assert.throws(() => decode(new Uint8Array([26, 200, 1, 2, 3]).buffer));
  assert.deepEqual(decode(new ArrayBuffer(0)).marks, []);
});

test('sizes grow by the logarithm and have bounds', () => {
  assert.ok(pointRadius(1) < pointRadius(2) && pointRadius(2) < pointRadius(8));
  assert.equal(pointRadius(1e9), pointRadius(1e6));
  assert.ok(groupRadius(2) > 10 && groupRadius(1e9) <= 30);
  for (const [n, want] of [[0, '0'], [999, '999'], [1000, '1k'], [1299, '1.2k'], [9999, '9.9k'], [35_400, '35k'], [999_999, '999k'], [1_250_000, '1.2M']]) {
    assert.equal(abbreviate(n), want);
  }
});

test('a distance is drawn larger towards the poles', () => {
  const world = 1024;
  const equator = pixels(40_075_016.686 / 4, 0.5, world);
  assert.ok(Math.abs(equator - 256) < 1e-6);
  const y60 = 0.5 - Math.log(Math.tan(Math.PI / 4 + Math.PI / 6)) / (2 * Math.PI);
  assert.ok(Math.abs(pixels(40_075_016.686 / 4, y60, world) - 512) < 1e-6);
});

test('tiles cover the view, the middle first, on copies of the world, too', () => {
  assert.equal(tileZoom(1), 0);
  assert.equal(tileZoom(7), 6);
  const tiles = tilesIn({ left: -600, top: -50, right: 1100, bottom: 700 }, 1);
  assert.deepEqual(new Set(tiles.map((t) => t.x)), new Set([-2, -1, 0, 1, 2]));
  assert.deepEqual(new Set(tiles.map((t) => t.y)), new Set([0, 1]));
  assert.deepEqual(tiles[0], at(1, 0, 0));
  assert.equal(addressOf(at(1, -1, 0)), '1/1/0');
  assert.equal(addressOf(at(1, 2, 1)), '1/0/1');
});

test('lines are cut at the edges of their tile', () => {
  const rect = { left: 0, top: 0, right: 10, bottom: 10 };
  const clip = (...path) => clipLine(Float32Array.from(path), rect).map((p) => [...p]);
  assert.deepEqual(clip(-5, 5, 15, 5), [[0, 5, 10, 5]]);
  assert.deepEqual(clip(2, 2, 8, 2, 8, 20, 4, 20, 4, 5), [[2, 2, 8, 2, 8, 10], [4, 10, 4, 5]]);
  assert.deepEqual(clip(-5, -5, -1, 20), []);
});

const group = (x, y, count, more = {}) => ({
  x, y, r: groupRadius(count),
  mark: { type: 'group', count, places: 1, shares: KINDS.map((_, i) => (i === 0 ? count : 0)), top: 0, label: '', placeIds: ['p'], box: null, vague: 0, surest: 1, features: [], ...more },
});

test('groups that would hide each other become one at the larger', () => {
  const frame = { left: 0, top: 0, world: 1024 };
  const [one, ...rest] = merged([group(512, 512, 10), group(520, 512, 1000), group(700, 512, 5)], frame);
  assert.equal(rest.length, 1);
  assert.deepEqual([one.x, one.mark.count, one.mark.places, one.mark.shares[0]], [520, 1010, 2, 1010]);
  assert.deepEqual(one.mark.box.map(Math.round), [0, 0, 3, 0]);
  assert.deepEqual(one.mark.placeIds, [], 'no longer one place');
});

test('a merged group is as sure as the surest in it', () => {
  // Counts are powers of 2: that of a merged group tells which are in it.
  const sure = Array.from({ length: 20 }, (_, i) => ((i * 37) % 100) / 100);
  const spread = sure.map((surest, i) => group(500 + ((i * 53) % 130), 500 + ((i * 29) % 70), 2 ** i, { surest }));
  const left = merged(spread, { left: 0, top: 0, world: 1024 });
  assert.ok(left.length > 1 && left.length < 20, `${left.length} are left`);
  for (const { mark } of left) {
    assert.equal(mark.surest, Math.max(...sure.filter((_, i) => Math.floor(mark.count / 2 ** i) % 2 === 1)));
  }
});

test('a merged box may cross the antimeridian', () => {
  const [one] = merged([group(1020, 512, 9, { box: [178, 0, 179, 1] }), group(1030, 512, 5, { box: [-179, 0, -178, 2] })], { left: 0, top: 0, world: 1024 });
  assert.deepEqual(one.mark.box, [178, 0, -178, 2]);
});

test('features at one spot are not merged with others', () => {
  const stack = group(512, 512, 3, { features: [{}, {}, {}] });
  assert.equal(merged([stack, group(514, 512, 30)], { left: 0, top: 0, world: 1024 }).length, 2);
});

test('marks are hit above shapes, small ones above large ones, and from a little way off', () => {
  const tile = decode(tileOf({
    points: [point(800, 800, { id: 'small', mentions: 1 }), point(880, 800, { id: 'large', mentions: 50 }), point(2000, 2000, { id: 'alone' })],
    areas: [
      { key: 1, type: 3, path: square(400, 1200), count: 2, label: 'small area' },
      { key: 2, type: 3, path: square(200, 3000), count: 2, label: 'large area' },
    ],
    lines: [{ key: 3, type: 2, path: [[300, 300], [300, 2000]], count: 1 }],
  }));
  const layout = layOut([{ at: at(0, 0, 0), tile }], AREA);
  const view = { left: 0, top: 0, right: 512, bottom: 512 };
  const name = (x, y) => {
    const found = hit(layout, x, y, view);
    return found && ('mark' in found ? found.mark.feature.id : found.shape.label || found.shape.type);
  };
  assert.equal(name(100, 100), 'small');
  assert.equal(name(110, 100), 'large', 'within its symbol');
  assert.equal(name(250, 261), 'alone', '11 pixels off');
  assert.equal(name(140, 140), 'small area');
  assert.equal(name(300, 300), 'large area');
  assert.equal(name(38, 150), 'line');
  assert.equal(name(500, 500), null);
  assert.equal(hit(layout, 300, 300, { left: 290, top: 290, right: 310, bottom: 310 }), null, 'an area that fills the view is the ground');
});

test('an area is put together from its tiles', () => {
  const left = decode(tileOf({ areas: [{ key: 1, type: 3, path: [[2000, 1000], [4352, 1000], [4352, 2000], [2000, 2000]], count: 2 }] }));
  const right = decode(tileOf({ areas: [{ key: 1, type: 3, path: [[-256, 1000], [2000, 1000], [2000, 2000], [-256, 2000]], count: 2 }] }));
  const layout = layOut([{ at: at(1, 0, 0), tile: left }, { at: at(1, 1, 0), tile: right }], AREA);
  assert.equal(layout.shapes.length, 1);
  const [area] = layout.shapes;
  assert.deepEqual(area.bounds, { left: 250, top: 125, right: 762, bottom: 250 });
  const [room] = roomsIn(area, AREA);
  assert.ok(Math.abs(room.x - 506) < 1, 'its name stands in the middle of both parts');
});

test('an area in the buffer alone is not drawn', () => {
  const tile = decode(tileOf({ areas: [{ key: 1, type: 3, path: [[4100, 0], [4300, 0], [4300, 200]], count: 2 }] }));
  assert.deepEqual(layOut([{ at: at(0, 0, 0), tile }], AREA).shapes, []);
});

test('names keep from marks, from each other and from the edges; the heaviest come first', () => {
  const width = () => 60;
  const names = (...list) => list.map(([text, x, y, weight]) => ({ text, x, y, r: 8, weight, area: null }));
  const place = (list, hard = [], soft = []) => placeNames(list, { hard, soft }, AREA, width).map(({ name, left }) => [name.text, left]);
  assert.deepEqual(place(names(['a', 100, 100, 1], ['b', 104, 104, 5]))[0], ['b', 118]);
  assert.deepEqual(place(names(['a', 960, 100, 1])), [['a', 886]], 'no room at the right');
  assert.deepEqual(place(names(['a', 100, 100, 1]), [{ left: 0, top: 0, right: 300, bottom: 300 }]), []);
  const written = { left: 110, top: 90, right: 200, bottom: 110 };
  assert.deepEqual(place(names(['a', 100, 100, 1]), [], [written]), [['a', 26]], 'another side, where something is written');
  assert.deepEqual(place(names(['a', 100, 100, 1]), [], [{ left: 0, top: 0, right: 300, bottom: 300 }]), [['a', 114]], 'or above it');
  const many = Array.from({ length: 100 }, (_, i) => [`n${i}`, 50 + (i % 10) * 90, 50 + Math.floor(i / 10) * 90, i]);
  assert.equal(place(names(...many)).length, 40);
});

test('a name of the basemap gives way to marks that cover more than a little of it', () => {
  const written = [{ key: 'AZ', left: 100, top: 100, right: 160, bottom: 114 }, { key: 'AM', left: 100, top: 300, right: 160, bottom: 314 }];
  const mark = (x, y, r) => ({ left: x - r, top: y - r, right: x + r, bottom: y + r });
  assert.deepEqual([...coveredNames(written, [mark(110, 107, 15)])], ['AZ']);
  assert.deepEqual([...coveredNames(written, [mark(95, 92, 10)])], [], 'a corner of it may be');
  assert.deepEqual([...coveredNames(written, [])], []);
});

test('names are cut, and nothing in them turns the words around them', () => {
  assert.equal(plain('x'.repeat(10_000)), 'x'.repeat(29) + '…');
  assert.equal(plain('a\u202eb\u2066c\u0000\nd'), 'abc d');
  assert.equal(plain('💥'.repeat(31)), '💥'.repeat(29) + '…');
  assert.equal(isRightToLeft('«حلب»'), true);
  assert.equal(isRightToLeft('תל אביב'), true);
  assert.equal(isRightToLeft('Şuşa'), false);
  assert.equal(isRightToLeft('12'), false);
});

/** Requests that are answered by hand. */
function wire() {
  const open = [];
  const fetched = (path, _, signal) => new Promise((resolve, reject) => {
    open.push({ path, signal, resolve, reject });
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  return { open, tiles: new Tiles(fetched) };
}
const query = (version, q = '') => ({ collection: 'events', filters: new URLSearchParams(q), version });
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('tiles come a few at a time, and what is overtaken is cut off', async () => {
  const { open, tiles } = wire();
  const addresses = Array.from({ length: 9 }, (_, i) => `4/${i}/0`);
  tiles.want(query('1'), addresses);
  assert.deepEqual(open.map((o) => o.path), addresses.slice(0, 8).map((a) => `tiles/events/${a}.mvt`));
  open[0].resolve(null);
  await settled();
  assert.equal(open.length, 9);
  assert.deepEqual(tiles.get(keyOf(query('1')), '4/0/0').marks, []);
  tiles.want(query('2'), ['4/1/0']);
  assert.ok(open.slice(1, 9).every((o) => o.signal.aborted));
  assert.equal(open.length, 10);
  await settled();
  assert.equal(tiles.failure(keyOf(query('1')), '4/1/0'), undefined, 'cut off is not failed');
});

test('a tile that fails is known, and asked for again only when forgiven', async () => {
  const { open, tiles } = wire();
  tiles.want(query('1'), ['1/0/0']);
  open[0].resolve(new Uint8Array([26, 200, 1, 2, 3]).buffer);
  await settled();
  assert.ok(tiles.failure(keyOf(query('1')), '1/0/0'));
  tiles.want(query('1'), ['1/0/0']);
  assert.equal(open.length, 1);
  tiles.forgive();
  tiles.want(query('1'), ['1/0/0']);
  assert.equal(open.length, 2);
});

test('the oldest tiles go when there are too many', async () => {
  const tiles = new Tiles(() => Promise.resolve(null));
  for (let i = 0; i < 200; i++) {
    tiles.want(query('1'), [`9/${i}/0`]);
    await settled();
  }
  const key = keyOf(query('1'));
  const kept = Array.from({ length: 200 }, (_, i) => i).filter((i) => tiles.get(key, `9/${i}/0`));
  assert.equal(kept.length, 150);
  assert.equal(kept[0], 50);
});

test('what is seen on two copies of the world is told once', () => {
  const tile = decode(tileOf({
    points: [point(10, 10, { id: 'a' }), point(500, 900, { id: 'b' })],
    clusters: [point(2000, 2000, { count: 1200, battle: 1200 })],
    areas: [{ key: 1, type: 3, path: square(400, 1200), count: 2 }],
  }));
  const layout = layOut([{ at: at(0, 0, 0), tile }, { at: at(0, 1, 0), tile }], AREA);
  assert.equal(summary(layout, AREA, 'event'), 'The map shows 1 group of 1,200 events, 2 single events, 1 area.');
  assert.equal(summary(layout, { left: 900, top: 900, right: 1000, bottom: 1000 }, 'mention'), 'The map shows no mentions here.');
});
