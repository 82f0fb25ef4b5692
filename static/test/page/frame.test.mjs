// The page in other clothes: embedded, printed, without script; and what every
// answer says of what a page may do.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage, quiet, screenshot } from '../browser.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { openEvent, SIZES, stage, wantedEvents } from './steps.mjs';

describe('policy', { skip }, () => {
  const on = stage();

  test('nothing inline and nobody else', async () => {
    for (const path of ['', '?embed=1', 'api/collections/events/items?f=html']) {
      const response = await fetch(on.server.url + path, { headers: { Accept: 'text/html' } });
      const policy = response.headers.get('content-security-policy');
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe|https?:|\*(?!$|;)/, `${path}: ${policy}`);
      assert.match(policy, path === '?embed=1' ? /frame-ancestors \*/ : /frame-ancestors 'none'/);
      assert.doesNotMatch(await response.text(), /\sstyle="|<style|\son[a-z]+="/);
    }
  });
});

describe('embedded', { skip }, () => {
  const on = stage();

  for (const size of SIZES) {
    test(`it has map, timeline and the way to the whole page, at ${size.width} px`, async () => {
      const { page, done } = await on.open('?embed=1&datetime=2020-10-04/2020-10-05&event=explosion', size);
      const link = page.locator('header h1 a');
      assert.equal(await link.getAttribute('target'), '_blank');
      const href = new URL(await link.getAttribute('href'), page.url());
      assert.equal(href.searchParams.get('embed'), null);
      assert.equal(href.searchParams.get('datetime'), '2020-10-04/2020-10-05');
      assert.equal(href.searchParams.get('event'), 'explosion');
      assert.ok(await page.locator('#map').isVisible());
      assert.ok(await page.locator('#timeline').isVisible());
      await assertFits(page);
      await screenshot(page, `embed-${size.width}`);
      await done();
    });
  }
});

describe('without script', { skip }, () => {
  const on = stage();

  for (const size of SIZES) {
    test(`there is a table of events with a form for the days, at ${size.width} px`, async () => {
      const { page, done } = await openPage(on.browser, { ...size, javaScriptEnabled: false });
      await page.goto(`${on.server.url}?country=AZ&datetime=2020-10-04/2020-10-05`);
      await page.waitForURL(/api\/collections\/events\/items/);
      const wanted = await wantedEvents(on.server, 'country=AZ&datetime=2020-10-04/2020-10-05');
      const words = await page.locator('main').textContent();
      for (const f of wanted) assert.ok(words.includes(f.properties.sentence.slice(0, 60)), `the sentence “${f.properties.sentence}”`);
      await screenshot(page, `no-script-${size.width}`);
      const days = page.locator('input[type="date"]');
      assert.equal(await days.count(), 2);
      await days.nth(0).fill('2020-10-05');
      await days.nth(1).fill('2020-10-05');
      await page.locator('form').filter({ has: days.nth(0) }).locator('button, input[type="submit"]').first().click();
      await page.waitForLoadState();
      const fewer = await wantedEvents(on.server, 'country=AZ&datetime=2020-10-05/2020-10-05');
      assert.ok(fewer.length < wanted.length);
      const later = await page.locator('main').textContent();
      for (const f of fewer) assert.ok(later.includes(f.properties.sentence.slice(0, 60)));
      await done();
    });
  }
});

describe('on paper', { skip }, () => {
  const on = stage();

  test('there is what is read, without controls', async () => {
    for (const view of ['list', 'event']) {
      const { page, done } = await on.open('?datetime=2020-10-04/2020-10-05');
      if (view === 'event') await openEvent(page);
      await page.emulateMedia({ media: 'print' });
      await quiet(page);
      const words = await page.evaluate(() => document.body.innerText);
      assert.match(words, /October 2020/);
      const controls = await page.evaluate(() => [...document.querySelectorAll('#search, #tools, .leaflet-control-zoom, #timeline button')].filter((e) => e.checkVisibility()).map((e) => e.id || e.className));
      assert.deepEqual(controls, []);
      const pdf = await page.pdf({ format: 'A4' });
      assert.ok(pdf.length > 10_000);
      await page.setViewportSize({ width: 794, height: 1123 });
      await screenshot(page, `print-${view}`);
      await done();
    }
  });
});
