// What the page shows while it waits, when there is nothing, and when something
// fails: the real page, whose requests are held up or spoilt on their way.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FAILED_REQUEST, quiet, ready, screenshot } from '../browser.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { ids, idsOf, intercept, listShows, param, problem, SIZES, stage, tool, wantedEvents } from './steps.mjs';

const ITEMS = /\/api\/collections\/\w+\/items\?/;
const TILES = /\.mvt/;
const HISTOGRAM = /\/api\/histogram/;
const FACETS = /\/api\/facets/;
const EVERYTHING = /\/(api\/(collections|histogram|facets)|tiles)/;
const expected = [FAILED_REQUEST];

describe('states of the page', { skip }, () => {
  const on = stage();
  const all = async () => idsOf(await wantedEvents(on.server));

  for (const size of SIZES) {
    test(`loading is said, at ${size.width} px`, async () => {
      let release;
      const held = new Promise((resolve) => (release = resolve));
      const { page, done } = await on.open('', {
        ...size,
        wait: (page) => page.waitForSelector('#events[aria-busy="true"]'),
        prepare: (page) => intercept(page, EVERYTHING, async (route) => {
          await held;
          await route.continue();
        }),
      });
      assert.equal(await page.getAttribute('#map', 'aria-busy'), 'true');
      assert.equal(await page.getAttribute('#timeline', 'aria-busy'), 'true');
      await assertFits(page);
      await screenshot(page, `loading-${size.width}`);
      release();
      await ready(page);
      await listShows(page, await all());
      await done();
    });

    test(`nothing found has a way out, at ${size.width} px`, async () => {
      const { page, done } = await on.open('?datetime=1999-01-01/1999-01-02', size);
      await page.waitForSelector('#panel .message-empty');
      await assertFits(page);
      await screenshot(page, `empty-${size.width}`);
      await page.locator('#panel .message-empty').getByRole('button', { name: /all days/i }).click();
      await listShows(page, await all());
      assert.equal(param(page, 'datetime'), null);
      assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
      await done();
    });

    test(`an error of the server is explained and can be tried again, at ${size.width} px`, async () => {
      let restore;
      const { page, done } = await on.open('', {
        ...size, expected,
        wait: (page) => page.waitForSelector('#panel .message-error'),
        prepare: async (page) => {
          restore = await intercept(page, EVERYTHING, (route) => problem(route, 500, 'the disk is full'));
        },
      });
      assert.match(await page.textContent('#panel .message-error'), /the disk is full/);
      await quiet(page);
      await assertFits(page);
      await screenshot(page, `error-${size.width}`);
      await restore();
      await page.locator('#panel .message-error').getByRole('button', { name: /try again/i }).click();
      await listShows(page, await all());
      await quiet(page);
      assert.equal(await page.locator('.message-error').count(), 0);
      assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
      await done();
    });
  }

  test('nothing in this part of the map leads to where there is something', async () => {
    const { page, done } = await on.open('?map=7/-40.0000/-120.0000');
    await page.waitForSelector('#panel .message-empty');
    await screenshot(page, 'empty-view');
    await page.locator('#panel .message-empty').getByRole('button', { name: /map|fit|show|all/i }).first().click();
    await page.waitForSelector('#events .card');
    await done();
  });

  test('filters that leave nothing can be cleared', async () => {
    const { page, done } = await on.open('?q=zzzzzz');
    await page.waitForSelector('#panel .message-empty');
    await page.locator('#panel .message-empty').getByRole('button', { name: /filter|clear/i }).first().click();
    await listShows(page, await all());
    await done();
  });

  for (const [name, answer] of [
    ['no JSON', (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '<html>not what was asked' })],
    ['no collection', (route) => route.fulfill({ status: 200, json: { features: 'none' } })],
    ['null', (route) => route.fulfill({ status: 200, json: null })],
    ['cut short', (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"type":"FeatureCollection","features":[' })],
    ['no answer', (route) => route.abort('connectionreset')],
    ['a proxy’s error', (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' })],
    ['an error without words', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '' })],
  ]) {
    test(`an answer that is wrong is told: ${name}`, async () => {
      const { page, done } = await on.open('', {
        expected,
        wait: (page) => page.waitForSelector('#panel .message-error'),
        prepare: (page) => intercept(page, ITEMS, answer),
      });
      assert.ok((await page.textContent('#panel .message-error p')).trim().length > 10);
      // The map has its own requests and goes on.
      await page.waitForFunction(() => performance.getEntriesByName('conflictmap:map').length > 0);
      await done();
    });
  }

  test('tiles that fail are told on the map, which is not taken for empty', async () => {
    let restore;
    const { page, done } = await on.open('', {
      expected,
      wait: (page) => page.waitForSelector('#events .card'),
      prepare: async (page) => {
        restore = await intercept(page, TILES, (route) => route.abort('connectionreset'));
      },
    });
    const again = page.locator('.map-section').getByRole('button', { name: /again|retry/i });
    await again.waitFor();
    await screenshot(page, 'error-tiles');
    await restore();
    await again.click();
    await again.waitFor({ state: 'hidden' });
    await page.waitForFunction(() => performance.getEntriesByName('conflictmap:map').length > 0);
    await done();
  });

  test('a timeline that fails is told in its place', async () => {
    let restore;
    const { page, done } = await on.open('', {
      expected,
      prepare: async (page) => {
        restore = await intercept(page, HISTOGRAM, (route) => problem(route, 500, 'no counts today'));
      },
    });
    const again = page.locator('#timeline').getByRole('button', { name: /again/i });
    await again.waitFor();
    await screenshot(page, 'error-timeline');
    await restore();
    await again.click();
    await again.waitFor({ state: 'hidden' });
    await done();
  });

  test('counts that fail are told among the filters', async () => {
    let restore;
    const { page, done } = await on.open('', {
      expected,
      prepare: async (page) => {
        restore = await intercept(page, FACETS, (route) => problem(route, 500, 'no counts today'));
      },
    });
    await tool(page, /filter/i);
    const again = page.locator('#filters').getByRole('button', { name: /again/i }).first();
    await again.waitFor();
    await screenshot(page, 'error-filters');
    await restore();
    await again.click();
    await page.waitForSelector('#filters input[data-value="battle"]');
    await done();
  });

  test('a late answer does not win', async () => {
    const waiting = [];
    const { page, done } = await on.open('', {
      expected,
      wait: (page) => page.waitForSelector('#events[aria-busy="true"]'),
      prepare: (page) => intercept(page, ITEMS, (route) => {
        if (route.request().url().includes('datetime')) return route.continue();
        waiting.push(route);
        return undefined;
      }),
    });
    await page.evaluate(() => {
      history.pushState(null, '', '?datetime=2020-10-04/2020-10-04');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    const wanted = idsOf(await wantedEvents(on.server, 'datetime=2020-10-04/2020-10-04'));
    await listShows(page, wanted);
    for (const route of waiting) await route.continue().catch(() => {}); // those that the page gave up are gone
    await quiet(page);
    assert.deepEqual(await ids(page), wanted.slice(0, 30));
    await done();
  });

  test('an event or an article that is not there is told, with the way back', async () => {
    for (const query of ['?event_id=nosuchevent', '?article=nosucharticle', '?article=nosucharticle:12']) {
      const { page, done } = await on.open(query, { expected, wait: (page) => page.waitForSelector('#panel .message-error, #panel .message-empty') });
      await screenshot(page, `missing-${query.startsWith('?event') ? 'event' : 'article'}`);
      await page.keyboard.press('Escape');
      await listShows(page, await all());
      await done();
    }
  });
});

describe('a database without articles', { skip }, () => {
  const on = stage({ articles: null });

  for (const size of SIZES) {
    test(`is said to be empty at ${size.width} px, until an article comes`, async () => {
      const { page, done } = await on.open('', { ...size, wait: (page) => page.waitForSelector('#panel .message-empty') });
      await quiet(page);
      await assertFits(page);
      await screenshot(page, `no-data-${size.width}`);
      await done();
    });
  }
});
