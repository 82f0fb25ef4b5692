// The panel's functions: accounts and sides of an event, an article cut into
// marked pieces, the part of a long list that is kept.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { source } from './source.mjs';

const { pieces } = await source('panel/pieces');
const { accounts, apart, difference, sides } = await source('panel/accounts');
const { append, groups, itemsIn, prepend } = await source('panel/window');
const { statusInWords } = await source('panel/status');
const { parseArticle } = await source('panel/articleview');
const { clip, splitAtName } = await source('text');
const { NO_FILTERS } = await source('state');

describe('pieces of an article', () => {
  const flat = (paragraphs) => paragraphs.map((p) => p.map(({ text, key }) => (key < 0 ? text : `[${key}:${text}]`)).join(''));
  const cases = [
    ['nothing marked', 'One.\n\nTwo.', [], ['One.', 'Two.']],
    ['a mark in each paragraph', 'In Ganja.\n\nIn Barda.', [{ start: 3, end: 8 }, { start: 14, end: 19 }], ['In [0:Ganja].', 'In [1:Barda].']],
    ['code points, not UTF-16 units', '💥💥 at Ganja', [{ start: 6, end: 11 }], ['💥💥 at [0:Ganja]']],
    ['spans out of order', 'Ganja, Barda', [{ start: 7, end: 12 }, { start: 0, end: 5 }], ['[1:Ganja], [0:Barda]']],
    ['spans over each other: the later yields', 'New York City', [{ start: 0, end: 8 }, { start: 4, end: 13 }], ['[0:New York][1: City]']],
    ['a span within another is not marked again', 'New York City', [{ start: 0, end: 13 }, { start: 4, end: 8 }], ['[0:New York City]']],
    ['spans that cannot be', 'Ganja', [{ start: -1, end: 3 }, { start: 3, end: 3 }, { start: null, end: 2 }, { start: NaN, end: 9 }, { start: 90, end: 99 }], ['Ganja']],
    ['a span beyond the end is cut', 'Ganja', [{ start: 2, end: 900 }], ['Ga[0:nja]']],
    ['a span across paragraphs is marked in both', 'Ganja\n\nBarda', [{ start: 3, end: 9 }], ['Gan[0:ja]', '[0:Ba]rda']],
    ['an empty text', '', [{ start: 0, end: 1 }], []],
    ['blank lines with spaces and returns', 'One\r\n \r\n\r\nTwo\nthree', [], ['One', 'Two\nthree']],
  ];
  for (const [name, text, spans, want] of cases) {
    test(name, () => assert.deepEqual(flat(pieces(text, spans)), want));
  }

  test('a text without breaks is cut, but loses nothing', () => {
    for (const text of ['word '.repeat(20_000).trim(), '💥'.repeat(30_000), `x${'💥'.repeat(30_000)}`]) {
      const got = pieces(text, [{ start: 7_990, end: 8_010 }]);
      assert.ok(got.length > 1);
      assert.equal(got.flat().map((p) => p.text).join(''), text);
      assert.ok(got.flat().every((p) => p.text.isWellFormed()));
      assert.equal(got.flat().filter((p) => p.key === 0).map((p) => p.text).join(''), Array.from(text).slice(7_990, 8_010).join(''));
    }
  });
});

let number = 0;
const mention = (properties) => ({
  id: `m${number++}`,
  geometry: null,
  properties: { article_id: 'a', origin: null, sentence: 'Shells fell.', claim: 'reported', claimed_by: null, published: '2020-09-27', confidence: 0.5, ...properties },
});

describe('accounts', () => {
  const shape = (list) => accounts(list).map((a) => [a.first.quotes[0].properties.article_id, ...a.others.map((t) => t.quotes[0].properties.article_id + (t.copy ? ' copy' : ''))]);

  test('copies stand behind the article that had it first', () => {
    const list = [
      mention({ article_id: 'late', origin: 'o1', sentence: 'SHELLS fell', published: '2020-09-29' }),
      mention({ article_id: 'first', origin: 'o1' }),
      mention({ article_id: 'other', origin: 'o1', sentence: 'It was shelled.', published: '2020-09-30' }),
      mention({ article_id: 'alone', origin: 'o2', confidence: 0.9 }),
    ];
    assert.deepEqual(shape(list), [['alone'], ['first', 'late copy', 'other']]);
  });

  test('without origins each article is an account', () => {
    assert.deepEqual(shape([mention({ article_id: 'a' }), mention({ article_id: 'b' }), mention({ article_id: 'a', sentence: 'Again.' })]), [['a'], ['b']]);
    assert.deepEqual(accounts([]), []);
  });
});

describe('sides', () => {
  const by = (who, more = {}) => mention({ claim: 'claimed', claimed_by: who, ...more });

  test('are who is quoted, however the name is written', () => {
    const all = sides([by('The defence ministry'), mention({}), by('the Defense Ministry', { sentence: 'More shells fell.' }), by('Armenia')]);
    assert.deepEqual(all.map((s) => [s.who, s.quotes.length]), [['', 1], ['The defence ministry', 2], ['Armenia', 1]]);
    assert.equal(difference(all), 'claimants');
    assert.equal(sides([mention({}), mention({ sentence: 'SHELLS fell!' })])[0].quotes.length, 1, 'copies say it once');
  });

  const differences = [
    ['one account', [mention({}), mention({})], ''],
    ['a denial', [mention({}), by('Azerbaijan', { claim: 'denied' })], 'denied'],
    ['a denial within the only account', [by('Azerbaijan', { claim: 'denied' })], ''],
    ['figures that exclude each other', [by('A', { deaths_low: 3, deaths_high: 3 }), by('B', { deaths_low: 16, deaths_high: null })], 'figures'],
    ['figures that can both be right', [by('A', { deaths_low: 3, deaths_high: null }), by('B', { deaths_low: 16, deaths_high: 16 })], 'claimants'],
    ['injuries', [by('A', { injuries_low: 3, injuries_high: 4 }), by('B', { injuries_low: 5, injuries_high: 6 })], 'figures'],
  ];
  for (const [name, list, want] of differences) test(name, () => assert.equal(difference(sides(list)), want));

  test('a denial is a side, where the sentence does not name the claimant', () => {
    const by2 = (sentence) => by('Azerbaijan', { claim: 'denied', sentence });
    assert.deepEqual(sides([by2('Yerevan denied it.'), by2('Azerbaijan said that Ganja was hit.')]).map((s) => s.voice), ['claimant', 'denial']);
  });

  test('ranges', () => {
    assert.equal(apart({ low: 1, high: 2 }, { low: 2, high: 3 }), false);
    assert.equal(apart({ low: 1, high: 2 }, { low: 3, high: null }), true);
    assert.equal(apart(null, { low: 3, high: null }), false);
  });

  test('a side spans its figures, and ends open where one does', () => {
    const [a] = sides([by('A', { deaths_low: 3, deaths_high: 4 }), by('A', { deaths_low: 2, deaths_high: null })]);
    assert.deepEqual(a.deaths, { low: 2, high: null });
    assert.equal(a.injuries, null);
  });
});

describe('the window of a list', () => {
  const page = (n, ids = [`e${n}`]) => ({ items: ids.map((id) => ({ id, properties: {} })), cursor: n ? `c${n}` : '', next: `c${n + 1}` });
  const none = { pages: [], before: [] };

  test('lets the first pages go, and takes them back', () => {
    let w = [0, 1, 2, 3].reduce((all, n) => append(all, page(n), 3), none);
    assert.deepEqual(itemsIn(w).map((i) => i.id), ['e1', 'e2', 'e3']);
    assert.deepEqual(w.before, ['']);
    w = prepend(w, page(0), 3);
    assert.deepEqual(itemsIn(w).map((i) => i.id), ['e0', 'e1', 'e2']);
    assert.deepEqual(w.before, []);
    assert.equal(w.pages.at(-1).next, 'c3');
  });

  test('shows once what two pages hold', () => {
    const w = append(append(none, page(0, ['a', 'b']), 3), page(1, ['b', 'c']), 3);
    assert.deepEqual(itemsIn(w).map((i) => i.id), ['a', 'b', 'c']);
  });

  test('groups by day, or not', () => {
    const items = ['2020-10-02', '2020-10-02', '2020-10-01', null].map((from, i) => ({ id: String(i), properties: { from } }));
    assert.deepEqual(groups(items, 'day').map((g) => [g.title, g.items.length]), [['2 October 2020', 2], ['1 October 2020', 1], ['Without a day', 1]]);
    assert.deepEqual(groups(items, 'importance').map((g) => g.items.length), [4]);
    assert.deepEqual(groups([], 'day'), []);
  });
});

describe('the status line', () => {
  const days = { ...NO_FILTERS, datetime: '2020-09-26/2020-09-28' };
  const cases = [
    ['a part of the map', 'events', { listed: 1234, selected: 9876, inView: true }, days, '1,234 events in view, of 9,876 selected; 26 to 28 September 2020'],
    ['all of it', 'events', { listed: 51, selected: 51, inView: false }, NO_FILTERS, '51 events; all days'],
    ['some without a place', 'events', { listed: 50, selected: 51, inView: false }, NO_FILTERS, '50 events on the map, of 51 selected; all days'],
    ['one mention', 'mentions', { listed: 1, selected: null, inView: true }, NO_FILTERS, '1 mention in view; all days'],
    ['as known on a day', 'events', { listed: 2, selected: 2, inView: false }, { ...NO_FILTERS, asof: '2020-09-28' }, '2 events; all days, as known on 28 September 2020'],
    ['without places', 'events', { listed: 3, selected: 10, inView: false, unplaced: true }, NO_FILTERS, '3 events not on the map, of 10 selected; all days'],
  ];
  for (const [name, collection, counts, filters, want] of cases) {
    test(name, () => assert.equal(statusInWords(collection, { unplaced: false, ...counts }, filters), want));
  }
});

describe('texts', () => {
  test('an article with or without its mention', () => {
    assert.deepEqual(parseArticle('a1:345'), { id: 'a1', mention: 'a1:345' });
    assert.deepEqual(parseArticle('urn:x'), { id: 'urn:x', mention: '' });
  });

  test('a sentence is not cut within a word', () => {
    const { before, name } = splitAtName('A bus was hit and burnt out in the town of Vardenis', 43, 51, 40);
    assert.equal(before, '… was hit and burnt out in the town of ');
    assert.equal(name, 'Vardenis');
  });

  test('a clipped name keeps whole characters', () => {
    assert.equal(clip('Ganja', 5), 'Ganja');
    assert.equal(clip('💥'.repeat(9), 3), '💥💥💥…');
  });
});
