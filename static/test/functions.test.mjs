import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './source.mjs';

const days = await source('days');
const text = await source('text');
const url = await source('state');
const drawn = await source('drawing');
const words = await source('words');

const point = (lon, lat) => ({ type: 'Point', coordinates: [lon, lat] });
const made = (properties, geometry) => ({
  id: 'x', geometry, properties: { place: 'P', kind: 'settlement', where_prec: 1, uncertainty_m: null, date_prec: 1, ...properties },
});

test('intervals are read as the API reads them', () => {
  for (const [given, want] of [
    ['', { from: '', to: '' }],
    ['2020-09-27', { from: '2020-09-27', to: '2020-09-27' }],
    ['2020-09-27/2020-09-28', { from: '2020-09-27', to: '2020-09-28' }],
    ['2020-09-27/..', { from: '2020-09-27', to: '' }],
    ['../2020-09-28', { from: '', to: '2020-09-28' }],
    ['2020-09-28/2020-09-27', null],
    ['2020-02-30', null],
    ['2020-13-01', null],
    ['20200927', null],
    ['2020-09-27/2020-09-28/2020-09-29', null],
    ['yesterday', null],
  ]) {
    assert.deepEqual(days.parseInterval(given), want, given);
  }
});

test('days are civil days, whatever the zone', () => {
  assert.equal(days.addDays('2020-02-28', 1), '2020-02-29');
  assert.equal(days.addDays('2020-03-29', 1), '2020-03-30');
  assert.equal(days.addDays('2020-01-01', -1), '2019-12-31');
  assert.deepEqual(days.shift({ from: '2020-09-27', to: '' }, 1), { from: '2020-09-28', to: '' });
});

test('spans are told in words', () => {
  for (const [from, to, want] of [
    ['', '', 'all days'],
    ['2020-09-27', '2020-09-27', '27 September 2020'],
    ['2020-09-26', '2020-09-28', '26 to 28 September 2020'],
    ['2020-09-27', '2020-10-02', '27 September to 2 October 2020'],
    ['2019-12-31', '2020-01-01', '31 December 2019 to 1 January 2020'],
    ['2020-07-01', '2020-07-31', 'July 2020'],
    ['2020-01-01', '2020-02-29', 'January to February 2020'],
    ['2019-12-01', '2020-01-31', 'December 2019 to January 2020'],
    ['1988-01-01', '1994-12-31', '1988 to 1994'],
    ['1991-01-01', '1991-12-31', '1991'],
    ['2020-09-27', '', 'since 27 September 2020'],
    ['', '2020-09-27', 'until 27 September 2020'],
  ]) {
    assert.equal(days.spanInWords({ from, to }), want);
  }
});

test('the name is found by code points', () => {
  const sentence = '💥💥 in 𝕊hushi and Şuşa';
  const points = Array.from(sentence);
  const start = points.indexOf('Ş');
  assert.deepEqual(text.splitAtName(sentence, start, start + 4), { before: '💥💥 in 𝕊hushi and ', name: 'Şuşa', after: '' });
});

test('a wrong position marks nothing', () => {
  for (const [start, end] of [[null, null], [-1, 3], [3, 3], [4, 2], [0, 99]]) {
    assert.deepEqual(text.splitAtName('In Baku.', start, end), { before: 'In Baku.', name: '', after: '' });
  }
});

test('an endless sentence is cut around the name', () => {
  const { before, name, after } = text.splitAtName('a'.repeat(5000) + 'Baku' + 'b'.repeat(5000), 5000, 5004);
  assert.equal(name, 'Baku');
  assert.ok(before.startsWith('… a') && after.endsWith('b …') && before.length + after.length < 1000);
});

test('only web addresses become links', () => {
  assert.equal(text.safeLink('https://example.org/a?b=c'), 'https://example.org/a?b=c');
  for (const bad of [null, '', 'javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', '//example.org', '/x', 'http://']) {
    assert.equal(text.safeLink(bad), '', String(bad));
  }
});

test('the URL keeps the state and the API’s names', () => {
  for (const search of [
    '',
    '?datetime=2020-09-27/2020-09-28&q=war+dead&event=battle,explosion&map=7/40.1000/46.5000&event_id=a:b',
    '?published=2020-09-27/..&asof=2020-09-28&min_confidence=0.5&bbox=40,35,50,45',
    '?role=actor,site&country=AZ,AM&place=cm:x&source=Test+Wire&claim=claimed,denied',
    '?article=a1:345&sort=importance&hollow=0.4&actors=1&embed=1',
  ]) {
    assert.equal(url.writeState(url.readState(search)), search);
  }
  assert.equal(url.writeState(url.readState('?unknown=1&sort=day&hollow=0&actors=0&embed=no')), '');
  const state = url.readState('?event=battle&event=explosion,battle&map=7/40/46&event_id=x&sort=importance');
  assert.equal(String(url.apiQuery(state.filters)), 'event=battle%2Cexplosion', 'the page’s own parameters are not the API’s');
});

test('a wrong filter stays as it was written', () => {
  assert.equal(url.writeState(url.readState('?datetime=2020-02-30&min_confidence=much')), '?datetime=2020-02-30&min_confidence=much');
});

test('a source may hold commas', () => {
  const one = url.readState('?source=Gazette,+Morning+Edition&source=Gazette,+Morning+Edition');
  assert.deepEqual(one.filters.source, ['Gazette, Morning Edition']);
  assert.deepEqual(url.readState(url.writeState(one)).filters.source, one.filters.source);
  assert.deepEqual(url.readState('?source=A,B').filters.source, ['A', 'B']);
});

test('shares beyond 0 to 1 are none', () => {
  for (const [given, want] of [['0.5', 0.5], ['1', 1], ['0', 0], ['-1', 0], ['1.01', 0], ['x', 0], ['', 0]]) {
    assert.equal(url.readState(`?hollow=${given}`).hollow, want, given);
  }
});

test('the role makes a page of events or of mentions', () => {
  for (const [role, want] of [['', 'events'], ['site', 'events'], ['actor', 'mentions'], ['site,setting', 'mentions']]) {
    assert.equal(url.collectionOf(url.readState(`?role=${role}`).filters), want, role);
  }
});

test('a wrong view in the URL is passed over', () => {
  for (const map of ['', '7', '7/40', '7/91/46', '7/x/46', '7//46', '-1/40/46', '7/40/46/1', 'NaN/NaN/NaN', '7/40/1e9']) {
    assert.equal(url.readState(`?map=${map}`).view, null, map);
  }
});

test('a point stands only for what is a point', () => {
  const area = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] };
  for (const [properties, geometry, want] of [
    [{ kind: 'settlement', where_prec: 1 }, point(1, 2), 'exact'],
    [{ kind: 'base', where_prec: 1 }, point(1, 2), 'exact'],
    [{ kind: 'settlement', where_prec: 2 }, point(1, 2), 'near'],
    [{ kind: 'settlement', where_prec: null }, point(1, 2), 'near'],
    [{ kind: 'settlement', where_prec: 4 }, point(1, 2), 'unplaced'],
    [{ kind: 'region', where_prec: 1 }, point(1, 2), 'unplaced'],
    [{ kind: 'river', where_prec: 1 }, point(1, 2), 'unplaced'],
    [{ kind: null, where_prec: 1 }, point(1, 2), 'unplaced'],
    [{ kind: 'country', where_prec: 6 }, point(1, 2), 'country'],
    [{ kind: 'country', where_prec: 6 }, area, 'country'],
    [{ kind: 'region', where_prec: 5 }, area, 'area'],
    [{ kind: 'line', where_prec: 5 }, { type: 'LineString', coordinates: [[0, 0], [1, 1]] }, 'line'],
    [{ kind: 'settlement', where_prec: 1 }, null, 'unplaced'],
  ]) {
    assert.equal(drawn.drawing(made(properties, geometry)), want, JSON.stringify(properties));
  }
});

test('precision and claims are told in words', () => {
  const line = { type: 'LineString', coordinates: [[0, 0], [1, 1]] };
  assert.equal(words.placeKnown(made({ kind: 'line', where_prec: 5, uncertainty_m: 5000 }, line)), 'somewhere along this line (± 5 km)');
  assert.equal(words.placeKnown(made({ kind: 'country', where_prec: 6 }, point(0, 0))), 'known only to the country');
  assert.equal(words.placeKnown(made({ kind: 'region', where_prec: 5 }, point(0, 0))), 'known only to the region');
  assert.equal(words.dayKnown({ date_prec: 4 }), 'day known to the month');
  assert.equal(words.claimInWords({ claim: 'claimed', claimed_by: 'Baku' }), 'Claimed by Baku');
  assert.equal(words.claimInWords({ claim: 'denied', claimed_by: 'The ministry' }), 'Denied; claimed by the ministry');
  assert.equal(words.claimInWords({ claim: 'reported', claimed_by: null }), 'Reported');
});

test('the dead and the injured are told as stated', () => {
  const told = (p) => words.casualties(p).map((c) => `${c.what} ${c.range}: ${c.words.join('; ')}`);
  assert.deepEqual(told({}), []);
  assert.deepEqual(told({ deaths_low: null, deaths_high: null, deaths_words: null }), []);
  assert.deepEqual(told({ deaths_low: 16, deaths_high: 20, deaths_words: ['at least 16 killed', '20 dead'], injuries_low: 1200, injuries_high: null, injuries_words: ['over 1,200 hurt'] }), [
    'Deaths 16–20: at least 16 killed; 20 dead',
    'Injuries 1,200 or more: over 1,200 hurt',
  ]);
  assert.deepEqual(told({ deaths_low: 0, deaths_high: 0, deaths_words: ['no casualties'] }), ['Deaths none: no casualties']);
  assert.deepEqual(told({ deaths_low: 2, deaths_high: 2, deaths_words: ['two killed'] }), ['Deaths 2: two killed']);
});
