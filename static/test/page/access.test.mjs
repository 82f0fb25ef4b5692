// axe-core on the page's main states, light and dark, wide and narrow; and the
// size of targets.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FAILED_REQUEST, quiet, screenshot } from '../browser.mjs';
import { assertAccessible } from './axe.mjs';
import { assertFits, smallTargets } from './layout.mjs';
import { skip } from './server.mjs';
import { intercept, openEvent, openFilters, problem, SIZES, stage, tool, wantedEvents } from './steps.mjs';

/** How each state is reached. */
const STATES = {
  list: {},
  importance: { query: '?sort=importance' },
  event: { act: (page) => openEvent(page) },
  conflicting: {
    async act(page, on) {
      const barda = (await wantedEvents(on.server, 'q=Barda&event=explosion&datetime=2020-10-28')).find((f) => f.properties.denied > 0);
      await page.goto(`${on.server.url}?event_id=${barda.id}`);
      await page.waitForSelector('#panel[data-view="event"]');
    },
  },
  article: { query: '?article=barda-denied', wait: (page) => page.waitForSelector('#panel[data-view="article"]') },
  sentences: { query: '?role=actor' },
  filters: {
    query: '?event=battle,explosion&country=AZ&q=said',
    act: openFilters,
  },
  search: {
    async act(page) {
      await page.keyboard.press('/');
      await page.keyboard.type('Bar');
      await page.waitForSelector('#search [role="option"]');
    },
  },
  export: { act: async (page) => { await tool(page, /export/i); await page.waitForSelector('#export[open]'); } },
  share: { act: async (page) => { await tool(page, /share/i); await page.waitForSelector('dialog[open]'); } },
  help: { act: async (page) => { await page.keyboard.press('?'); await page.waitForSelector('dialog[open]'); } },
  empty: { query: '?q=zzzzzz', wait: (page) => page.waitForSelector('#panel .message-empty') },
  error: {
    prepare: (page) => intercept(page, /\/(api\/(collections|histogram|facets)|tiles)/, (route) => problem(route, 500, 'the disk is full')),
    wait: (page) => page.waitForSelector('#panel .message-error'),
  },
  actors: { query: '?actors=1' },
  hollow: { query: '?hollow=0.9' },
  legend: { act: (page) => page.evaluate(() => document.getElementById('legend').setAttribute('open', '')) },
  'known on': { query: '?asof=2020-09-28&datetime=2020-09-27/2020-09-28' },
  embed: { query: '?embed=1' },
};

describe('the main states', { skip }, () => {
  const on = stage();

  for (const { width, height, ...touch } of SIZES) {
    for (const colorScheme of width === 768 ? ['light'] : ['light', 'dark']) {
      test(`have nothing that axe finds, at ${width} px, ${colorScheme}`, async (t) => {
        for (const [name, { query = '', wait, prepare, act }] of Object.entries(STATES)) {
          await t.test(name, async () => {
            const { page, done } = await on.open(query, {
              width, height, ...touch, colorScheme, bypassCSP: true, expected: [FAILED_REQUEST], prepare, ...(wait && { wait }),
            });
            try {
              await act?.(page, on);
              await quiet(page);
              await screenshot(page, `state-${name.replace(' ', '-')}-${width}-${colorScheme}`);
              await assertFits(page);
              await assertAccessible(page, `${name} at ${width} px, ${colorScheme}`);
              if (colorScheme === 'light') assert.deepEqual(await smallTargets(page), [], 'targets of at least 24 px');
            } finally {
              await done();
            }
          });
        }
      });
    }
  }

  test('the page’s colours follow the scheme', async () => {
    const paper = async (colorScheme) => {
      const { page, done } = await on.open('', { colorScheme });
      const rgb = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
      await done();
      return rgb.slice(0, 3).reduce((a, b) => a + b) / 3;
    };
    assert.ok((await paper('light')) > 200 && (await paper('dark')) < 60);
  });
});
