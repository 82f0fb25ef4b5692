// Articles that mean harm: ingested for real where the program takes them, put
// into the server's answers where it would refuse them. All of it is shown as
// text, or not at all, and nothing else happens.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FAILED_REQUEST, quiet, screenshot } from '../browser.mjs';
import { ARTICLES, HOSTILE } from './articles.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { openEvent, openFilters, SIZES, stage } from './steps.mjs';

const DAYS = '?datetime=2020-10-19/2020-10-19';

/** What articles may have made of the page: elements that it never makes itself. */
const foreignElements = (page) => page.evaluate(() => {
  const made = [...document.querySelectorAll('script:not([src]):not([type="application/json"]), iframe, object, embed, #panel img, #chips img, [onerror], [onload], [onclick], a[href^="javascript" i]')];
  return made.map((e) => e.outerHTML.slice(0, 120));
});

async function assertHarmless(page) {
  assert.deepEqual(await foreignElements(page), []);
  assert.doesNotMatch(await page.title(), /owned/);
  await assertFits(page);
}

describe('hostile articles', { skip }, () => {
  const on = stage({ articles: [...ARTICLES, ...HOSTILE] });

  for (const size of SIZES) {
    test(`do no harm to list, event and article at ${size.width} px`, async () => {
      const { page, done } = await on.open(DAYS, size);
      const events = await on.server.layer('events', DAYS);
      assert.ok(events.length >= 6, `${events.length} hostile events`);
      await assertHarmless(page);
      await screenshot(page, `hostile-list-${size.width}`);
      for (const { id, properties: p } of events) {
        await page.goto(`${on.server.url}${DAYS}&event_id=${id}`);
        await page.waitForSelector('#panel[data-view="event"]');
        await quiet(page);
        await assertHarmless(page);
        const words = await page.textContent('#panel');
        assert.ok(words.includes(p.name), `the toponym of ${p.place}`);
        if (p.article_id === 'hostile-script') assert.ok(words.includes('<script>'), 'markup is shown as it is written');
        await screenshot(page, `hostile-${p.place}-${size.width}`);
        await page.goto(`${on.server.url}${DAYS}&article=${encodeURIComponent(p.article_id)}`);
        await page.waitForSelector('#panel[data-view="article"]');
        await quiet(page);
        await assertHarmless(page);
        await screenshot(page, `hostile-article-${p.article_id}-${size.width}`);
      }
      await done();
    });
  }

  test('cannot turn the page’s own words around', async () => {
    const { page, done } = await on.open(`${DAYS}&q=mayor`);
    await openEvent(page);
    // Whatever holds a control of direction is isolated: between it and the panel is a bdi or an isolating style.
    const loose = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.getElementById('panel'), NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (!/[\u202a-\u202e\u2066-\u2069]/.test(data)) continue;
        let isolated = false;
        for (let e = parentElement; e && e.id !== 'panel'; e = e.parentElement) {
          const { unicodeBidi, display } = getComputedStyle(e);
          if (/isolate|plaintext/.test(unicodeBidi) || (e.matches('q, blockquote, p, pre, [dir]') && display !== 'inline')) isolated = true;
        }
        if (!isolated) found.push(parentElement.outerHTML.slice(0, 120));
      }
      return found;
    });
    assert.deepEqual(loose, []);
    await done();
  });

  test('with endless names do not break filters, search and share', async () => {
    for (const size of SIZES) {
      // The server may refuse what is too long; it is shown all the same.
      const { page, done } = await on.open('', { ...size, expected: [FAILED_REQUEST] });
      await openFilters(page);
      await assertHarmless(page);
      await screenshot(page, `hostile-filters-${size.width}`);
      await page.goto(`${on.server.url}?source=${'W'.repeat(1900)}&q=${encodeURIComponent('<img src=x onerror=alert(1)> \u202e txet')}`);
      await quiet(page);
      await assertHarmless(page);
      await screenshot(page, `hostile-chips-${size.width}`);
      await done();
    }
  });
});

describe('hostile answers', { skip }, () => {
  const on = stage();
  const NAME = `<img src=x onerror=alert(1)>\u202e${'Ж'.repeat(10_000)}`;

  /** Puts a name, a link and odd positions into every feature of an answer of items. */
  const poison = (body) => {
    for (const f of body.features ?? [body]) {
      if (!f.properties) continue;
      Object.assign(f.properties, {
        place: NAME, label: NAME, name: NAME, url: 'javascript:alert(2)', title: NAME, source: NAME,
        claimed_by: NAME, claim: 'claimed', claimants: [NAME, '<svg onload=alert(3)>'], name_start: -5, name_end: 1e9, start: 1e12, end: -1,
        deaths_low: 1, deaths_high: 2, deaths_words: [NAME], reasons: [NAME], runners_up: ['<b>x</b>', 'gn:0'], offset: NAME, date_basis: NAME,
      });
    }
    return body;
  };

  async function poisoned(page) {
    await page.route(/\/api\/collections\//, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: poison(await response.json()) });
    });
    await page.route(/\/api\/articles\//, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      if (body.mentions) poison(body.mentions);
      await route.fulfill({ response, json: { ...body, title: NAME, source: NAME, url: 'javascript:alert(4)', text: `${NAME}\n\n${body.text}` } });
    });
    await page.route(/\/api\/(gazetteer|facets)/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      poison(body.features ? body : { features: [] });
      for (const list of Object.values(body.facets ?? {})) for (const entry of list) entry.label = NAME;
      await route.fulfill({ response, json: body });
    });
  }

  for (const size of SIZES) {
    test(`of 10,000 characters do no harm at ${size.width} px`, async () => {
      const { page, done } = await on.open('', { ...size, prepare: poisoned });
      await assertHarmless(page);
      await screenshot(page, `poisoned-list-${size.width}`);
      await openEvent(page);
      await assertHarmless(page);
      await screenshot(page, `poisoned-event-${size.width}`);
      const { features } = await on.server.json('api/collections/mentions/items', 'role=site&limit=1');
      await page.goto(`${on.server.url}?article=${encodeURIComponent(features[0].properties.article_id)}`);
      await page.waitForSelector('#panel[data-view="article"]');
      await quiet(page);
      await assertHarmless(page);
      await screenshot(page, `poisoned-article-${size.width}`);
      await page.goto(on.server.url);
      await page.keyboard.press('/');
      await page.keyboard.type('Step');
      await page.waitForSelector('#search [role="option"]');
      await quiet(page);
      await assertHarmless(page);
      await screenshot(page, `poisoned-search-${size.width}`);
      await done();
    });
  }

  test('in tiles are drawn, not run', async () => {
    // Names of places stand in the tiles' protocol buffers; the length of the name
    // stays, so that the tile stays whole.
    const swap = Buffer.from('Stepanakert');
    const { page, done } = await on.open('', {
      prepare: (page) => page.route(/\.mvt/, async (route) => {
        const response = await route.fetch();
        const body = Buffer.from(await response.body());
        for (let at = body.indexOf(swap); at >= 0; at = body.indexOf(swap, at + 1)) body.write('<b>\u202eevil<i', at);
        await route.fulfill({ response, body });
      }),
    });
    await assertHarmless(page);
    assert.equal(await page.locator('#map b').count(), 0);
    await done();
  });
});
