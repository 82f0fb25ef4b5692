import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './source.mjs';

const box = await source('box');
const state = await source('state');
const chipnames = await source('header/chipnames');
const exporturls = await source('header/exporturls');
const facetrows = await source('header/facetrows');
const places = await source('header/places');

const BASE = 'https://example.org/maps/';
const filters = (change = {}) => ({ ...state.NO_FILTERS, ...change });

test('boxes are read and written as the API has them', () => {
  for (const [given, want] of [
    ['40,35,50,45', [40, 35, 50, 45]],
    ['170,-20,-170,-10', [170, -20, -170, -10]],
    ['40,35,0,50,45,9', [40, 35, 50, 45]],
    ['40,45,50,35', null],
    ['40,35,50', null],
    ['40,35,50,', null],
    ['-200,35,50,45', null],
    ['0,-91,1,0', null],
    ['a,b,c,d', null],
    ['', null],
  ]) assert.deepEqual(box.parseBox(given), want, given);
  assert.equal(box.formatBox([40.1234567, -35, 50, 45.5]), '40.12346,-35,50,45.5');
});

test('boxes intersect, also across the antimeridian', () => {
  for (const [a, b, want] of [
    [[0, 0, 10, 10], [5, 5, 15, 15], [5, 5, 10, 10]],
    [[0, 0, 10, 10], [2, 2, 3, 3], [2, 2, 3, 3]],
    [[0, 0, 10, 10], [20, 0, 30, 10], null],
    [[0, 0, 10, 10], [0, 20, 10, 30], null],
    [[170, -10, -170, 10], [160, -5, 175, 5], [170, -5, 175, 5]],
    [[170, -10, -170, 10], [-175, -5, -160, 5], [-175, -5, -170, 5]],
    [[170, -10, -170, 10], [175, -20, -175, 20], [175, -10, -175, 10]],
    [[170, -10, -170, 10], [0, 0, 10, 10], null],
    // Two stretches far apart: the narrower of the two boxes.
    [[100, 0, -100, 10], [-120, 2, 120, 8], [100, 2, -100, 8]],
  ]) {
    assert.deepEqual(box.intersection(a, b), want, JSON.stringify([a, b]));
    assert.deepEqual(box.intersection(b, a), want, JSON.stringify([b, a]));
  }
});

test('boxes are told in words', () => {
  assert.equal(box.boxInWords([-70.125, -20, 0, 10]), '20° S to 10° N, 70.13° W to 0°');
});

test('each value that is filtered by has a chip', () => {
  const chips = chipnames.chipsOf(filters({
    q: 'shell', event: ['explosion', 'flood'], role: ['actor'], country: ['AZ'], source: ['A, B'], claim: ['denied'], min_confidence: '0.35',
    published: '2020-09-27/..', asof: '2020-10-01', bbox: '40,35,50,45', datetime: '2020-09-27',
  }));
  assert.deepEqual(chips.map((c) => `${c.title}: ${c.text}`), [
    'words: “shell”', 'event: Explosion', 'event: flood', 'role: Actor', 'country: AZ', 'source: A, B', 'claim: Denied', 'confidence: at least 35 %',
    'published: since 27 September 2020', 'as known on: 1 October 2020', 'area: 35° N to 45° N, 40° E to 50° E',
  ]);
});

test('what cannot be read has a chip as it was written', () => {
  const chips = chipnames.chipsOf(filters({ datetime: 'yesterday', min_confidence: 'high', bbox: '1,2', published: 'x', asof: 'now' }));
  assert.deepEqual(chips.map((c) => c.text), ['high', 'x', 'now', '1,2', 'yesterday']);
});

test('a chip removes its value only', () => {
  const set = filters({ event: ['battle', 'riot'], q: 'x', datetime: '2020-09-27/2020-09-28' });
  assert.deepEqual(chipnames.without(set, { name: 'event', value: 'battle' }), { event: ['riot'] });
  assert.deepEqual(chipnames.without(set, { name: 'q', value: 'x' }), { q: '' });
  assert.deepEqual(chipnames.withoutAll(set), filters({ datetime: '2020-09-27/2020-09-28' }));
  assert.deepEqual(chipnames.withoutAll(filters({ datetime: 'yesterday' })), filters());
});

test('long texts are clipped by code points', () => {
  assert.equal(chipnames.clip('💥'.repeat(10_000), 5), '💥💥💥💥…');
  assert.equal(chipnames.clip('short', 5), 'short');
});

test('the export is what is on the screen', () => {
  const asked = (f, shown) => {
    const { collection, query } = exporturls.selectionOf(filters(f), shown);
    return `${collection}?${state.legible(query)}`;
  };
  assert.equal(asked({}, null), 'events?');
  assert.equal(asked({ q: 'a b', event: ['battle'] }, [40, 35, 50, 45]), 'events?q=a+b&event=battle&bbox=40,35,50,45');
  assert.equal(asked({ bbox: '45,30,60,40' }, [40, 35, 50, 45]), 'events?bbox=45,35,50,40');
  assert.equal(asked({ bbox: '45,30,60,40' }, null), 'events?bbox=45,30,60,40');
  assert.equal(asked({ bbox: 'nowhere' }, [40, 35, 50, 45]), 'events?bbox=nowhere');
  assert.equal(asked({ role: ['actor', 'site'] }, null), 'mentions?role=actor,site');
  assert.equal(asked({ source: ['A, B'] }, null), 'events?source=A,+B&source=A,+B');
  assert.equal(exporturls.selectionOf(filters({ bbox: '0,0,1,1' }), [40, 35, 50, 45]), null);
});

test('files have addresses below the page', () => {
  const events = exporturls.addressesOf({ collection: 'events', query: new URLSearchParams({ datetime: '2020-09-27/..' }) }, BASE);
  assert.deepEqual(events, {
    geojson: `${BASE}layers/events.geojson?datetime=2020-09-27/..`,
    csv: `${BASE}layers/events.csv?datetime=2020-09-27/..`,
    gpkg: `${BASE}layers/events.gpkg?datetime=2020-09-27/..`,
    qgs: `${BASE}qgis/conflictmap.qgs?datetime=2020-09-27/..`,
    qlr: `${BASE}qgis/conflictmap.qlr?datetime=2020-09-27/..`,
    api: `${BASE}api`,
  });
  const mentions = exporturls.addressesOf({ collection: 'mentions', query: new URLSearchParams() }, BASE);
  assert.equal(mentions.csv, `${BASE}layers/mentions.csv`);
  assert.equal(mentions.qgs, null);
});

test('the days of an export are told', () => {
  const known = { from: '2020-07-01', to: '2020-10-04' };
  assert.equal(exporturls.daysInWords('', known), 'all days (1 July to 4 October 2020)');
  assert.equal(exporturls.daysInWords('', null), 'all days');
  assert.equal(exporturls.daysInWords('2020-09-27/2020-09-28', known), '27 to 28 September 2020');
  assert.equal(exporturls.daysInWords('soon', known), 'soon');
});

test('the code to embed holds no markup of the address', () => {
  const code = exporturls.embedCode(`${BASE}?q="><script>&event=battle#panel`);
  assert.equal(code.match(/</g).length, 2);
  assert.match(code, /^<iframe src="https:\/\/example\.org\/maps\/\?q=%22%3E%3Cscript%3E&amp;event=battle&amp;embed=1" title=/);
  assert.equal(exporturls.pageAddress(`${BASE}?map=4/40/45&embed=1`, false), `${BASE}?map=4/40/45`);
  assert.ok(exporturls.isLocal('http://127.0.0.1:8080/') && exporturls.isLocal('http://[::1]/') && !exporturls.isLocal(BASE));
});

test('lists show the most frequent values, and those that are chosen', () => {
  const found = ['a', 'b', 'c', 'd'].map((value, i) => ({ value, count: 40 - i * 10 }));
  const asked = { found, cut: false, chosen: [], fixed: [], settled: [], held: '', most: 2, holding: '', label: (v) => v };
  const shown = (change) => facetrows.rowsOf({ ...asked, ...change });
  const values = (change) => shown(change).rows.map((r) => `${r.value}${r.count ?? '?'}`).join(' ');
  assert.equal(values({}), 'a40 b30');
  assert.equal(shown({}).more, 2);
  assert.equal(values({ chosen: ['d'] }), 'a40 b30 d10');
  assert.equal(values({ chosen: ['x'] }), 'a40 b30 x0');
  assert.equal(values({ chosen: ['x'], cut: true }), 'a40 b30 x?');
  assert.equal(values({ fixed: ['d', 'e', 'a'], most: 9 }), 'd10 e0 a40 b30 c20');
  assert.equal(values({ settled: ['c', 'a', 'gone'], most: 9 }), 'c20 a40 b30 d10');
  assert.equal(values({ holding: 'É', label: (v) => (v === 'c' ? 'Hé' : v) }), 'c20');
  assert.equal(values({ held: 'd' }), 'a40 b30 d10');
  assert.equal(values({ holding: 'zzz', chosen: ['a'] }), 'a40');
});

test('values are chosen once', () => {
  assert.deepEqual(facetrows.toggled(['a'], 'b', true), ['a', 'b']);
  assert.deepEqual(facetrows.toggled(['a', 'b'], 'b', true), ['a', 'b']);
  assert.deepEqual(facetrows.toggled(['a', 'b'], 'a', false), ['b']);
});

const place = (geometry, properties) => ({ id: 'p', geometry, properties: { id: 'p', name: 'P', country: null, kind: null, lon: null, lat: null, ...properties } });

test('the map goes to points near, to shapes whole', () => {
  const point = { type: 'Point', coordinates: [46.75, 39.82] };
  assert.deepEqual(places.targetOf(place(point, { kind: 'settlement' })), { lon: 46.75, lat: 39.82, zoom: 10 });
  assert.deepEqual(places.targetOf(place(point, { kind: 'country' })), { lon: 46.75, lat: 39.82, zoom: 5 });
  assert.deepEqual(places.targetOf(place({ type: 'LineString', coordinates: [[46, 39], [47, 40]] }, {})), { box: [46, 39, 47, 40] });
  assert.deepEqual(places.targetOf(place({ type: 'MultiPolygon', coordinates: [[[[178, 1], [180, 2]]], [[[-180, 1], [-179, 3]]]] }, {})), { box: [178, 1, -179, 3] });
  assert.deepEqual(places.targetOf(place(null, { lon: 1, lat: 2 })), { lon: 1, lat: 2, zoom: 8 });
  assert.equal(places.targetOf(place(null, {})), null);
});

test('what is said of a place is said once', () => {
  const p = place(null, { name: 'Baku', kind: 'settlement', capital: true, admin: 'Baku', country: 'AZ', country_name: 'Azerbaijan', events: 1, matched: 'Bakı' });
  assert.equal(places.whereOf(p), 'capital, Azerbaijan');
  assert.equal(places.alsoOf(p), 'Bakı');
  assert.equal(places.alsoOf(place(null, { matched: 'p' })), '');
  assert.equal(places.eventsOf(p), '1 event');
  assert.equal(places.eventsOf(place(null, {})), 'no event');
});
