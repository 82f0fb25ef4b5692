// Each filter, from the address and by hand, at each width: the list is what the
// API says, the filter can be seen and taken away, back and forward work.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quiet, ready, screenshot } from '../browser.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { idsOf, listShows, openFilters, param, SIZES, stage, wantedEvents } from './steps.mjs';

const COMMA = 'Test Gazette, Morning Edition';

const checkbox = (page, name, value) => page.locator(`#filters [data-facet="${name}"] input[data-value="${value}"]`);

/** Filters of events as the address has them. */
const FILTERS = [
  ['event', 'event=battle'],
  ['events', 'event=protest,riot'],
  ['country', 'country=AM'],
  ['place', null], // the id is the gazetteer's
  ['source', 'source=Test+Wire'],
  ['source with a comma', new URLSearchParams([['source', COMMA], ['source', COMMA]]).toString()],
  ['claim', 'claim=denied'],
  ['confidence', 'min_confidence=0.95'],
  ['words', 'q=rockets'],
  ['published', 'published=2020-10-28/..'],
  ['known on', 'asof=2020-09-28'],
  ['box', 'bbox=44,38,47,41'],
  ['role', 'role=site'],
];

describe('filters', { skip }, () => {
  const on = stage();

  for (const size of SIZES) {
    test(`of the address are shown and can be removed at ${size.width} px`, async () => {
      const { page, done } = await on.open('', size);
      const all = idsOf(await wantedEvents(on.server));
      for (const [name, given] of FILTERS) {
        const query = given ?? `place=${encodeURIComponent((await wantedEvents(on.server, 'q=Barda')).find((f) => f.properties.place === 'Barda').properties.place_id)}`;
        await page.goto(`${on.server.url}?${query}`);
        await ready(page);
        const wanted = idsOf(await wantedEvents(on.server, query));
        assert.ok(wanted.length > 0 && (name === 'role' || wanted.length < all.length), `${name} selects some: ${wanted.length} of ${all.length}`);
        await listShows(page, wanted);
        await assertFits(page);
        const chips = page.locator('#chips button[aria-label*="emove"]');
        assert.ok((await chips.count()) >= 1, `${name} has a chip`);
        await screenshot(page, `filter-${name.replaceAll(' ', '-')}-${size.width}`);
        const steps = await chips.count();
        for (let n = 0; n < steps; n++) await chips.first().click();
        await listShows(page, all);
        assert.equal(new URL(page.url()).search, '', `${name} is out of the address`);
        for (let n = 0; n < steps; n++) await page.goBack();
        await listShows(page, wanted);
      }
      await done();
    });
  }

  test('on roles other than site make a list of sentences', async () => {
    for (const role of ['actor', 'setting', 'affiliation', 'actor,setting']) {
      const { page, done } = await on.open(`?role=${role}`);
      const { numberMatched } = await on.server.json('api/collections/mentions/items', `role=${role}&strict=yes&placed=yes&limit=1`);
      assert.ok(numberMatched > 0);
      const first = await on.server.json('api/collections/mentions/items', `role=${role}&strict=yes&placed=yes&sortby=-from&limit=1`);
      await page.waitForSelector('#events .card');
      const words = await page.locator('#events .card').first().textContent();
      assert.ok(words.includes(first.features[0].properties.name), `the first of ${role} is ${words}`);
      assert.match(await page.textContent('#status'), new RegExp(numberMatched.toLocaleString('en')));
      await screenshot(page, `filter-role-${role.replace(',', '-')}`);
      await done();
    }
  });

  test('that are wrong get the server’s explanation, and the way out', async () => {
    const { page, done } = await on.open('?min_confidence=much', { expected: [/status of 400/] });
    await page.waitForSelector('#panel .message-error');
    assert.match(await page.textContent('#panel .message-error'), /much/);
    await screenshot(page, 'error-filter');
    await page.locator('#chips button[aria-label*="emove"]').first().click();
    await page.waitForSelector('#events .card');
    assert.equal(param(page, 'min_confidence'), null);
    await done();
  });

  test('in the drawer have live counts, work at once, and go back and forward', async () => {
    for (const size of SIZES) {
      const { page, done } = await on.open('', size);
      await openFilters(page);
      const { facets } = await on.server.json('api/facets', 'collection=events&limit=200');
      await screenshot(page, `drawer-${size.width}`);
      await assertFits(page);

      const history = [];
      for (const [name, value] of [['event', 'battle'], ['country', 'AZ'], ['claim', 'claimed']]) {
        const box = checkbox(page, name, value);
        if (history.length === 0) {
          const { count } = facets[name].find((f) => f.value === value);
          const words = await box.evaluate((b) => b.closest('li').textContent);
          assert.ok(words.includes(String(count)), `${value}: ${words} has ${count}`);
        }
        await box.check();
        await page.waitForFunction(([n, v]) => new URLSearchParams(location.search).get(n) === v, [name, value]);
        history.push(new URL(page.url()).search);
        await quiet(page);
      }
      const last = history.at(-1);
      await listShows(page, idsOf(await wantedEvents(on.server, last)));
      await page.goBack();
      await page.waitForFunction((s) => location.search === s, history.at(-2));
      await listShows(page, idsOf(await wantedEvents(on.server, history.at(-2))));
      assert.equal(await checkbox(page, 'claim', 'claimed').isChecked(), false);
      await page.goForward();
      await listShows(page, idsOf(await wantedEvents(on.server, last)));
      assert.equal(await checkbox(page, 'claim', 'claimed').isChecked(), true);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('#filters')?.checkVisibility());
      assert.match(await page.evaluate(() => document.activeElement.textContent), /filter/i, 'the focus is back');
      await done();
    }
  });

  test('are all removed at once', async () => {
    const { page, done } = await on.open('?event=battle&country=AZ&claim=claimed&q=army');
    await page.locator('#chips').getByRole('button', { name: /clear all/i }).click();
    await listShows(page, idsOf(await wantedEvents(on.server)));
    assert.equal(new URL(page.url()).search, '');
    await done();
  });

  test('of all kinds together survive a reload', async () => {
    const query = '?datetime=2020-09-27/2020-10-28&published=2020-09-27/..&asof=2020-11-30&min_confidence=0.5&q=said&bbox=44,38,48,42&event=explosion,battle&country=AZ&claim=claimed,denied';
    const { page, done } = await on.open(query);
    const wanted = idsOf(await wantedEvents(on.server, query));
    assert.ok(wanted.length > 2);
    await listShows(page, wanted);
    await page.reload();
    await ready(page);
    await listShows(page, wanted);
    assert.equal(new URL(page.url()).search, query);
    await done();
  });
});
