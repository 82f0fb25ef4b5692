// What the page shows when there is nothing, when something fails, and when
// articles mean harm: against the stand-in.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { launch, openPage, ready, screenshot, skip } from './browser.mjs';
import { HOSTILE, layer } from './fixture.mjs';
import { sendJSON, startMock } from './mock.mjs';

describe('states of the page', { skip }, () => {
  let browser;
  let mock;

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  afterEach(() => mock?.close());

  /** Opens the page on a stand-in that answers so. */
  async function open(answer, query = '', options = {}) {
    mock = await startMock(answer);
    const window = await openPage(browser, options);
    await window.page.goto(mock.url + query);
    return window;
  }

  const problem = (res, status, detail) => {
    sendJSON(res, status, 'application/problem+json', { type: 'about:blank', title: 'Bad Request', status, detail });
    return null;
  };

  test('no events on these days', async () => {
    const { page, done } = await open(undefined, '?datetime=1999-01-01/1999-01-02');
    await ready(page);
    assert.match(await page.textContent('.message-empty'), /^No events on these days/);
    assert.equal(await page.textContent('#status'), 'No events, 1 to 2 January 1999');
    await screenshot(page, 'empty');
    await page.click('text=Show all days');
    await page.waitForSelector('.card');
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'events');
    await done();
  });

  test('no events at all', async () => {
    const { page, done } = await open((collection, query) => layer(collection, query, []));
    await ready(page);
    assert.match(await page.textContent('.message-empty'), /There are no events yet/);
    await done();
  });

  test('a filter of the URL is shown and can be removed', async () => {
    const { page, done } = await open(undefined, '?event=casualties&q=wounded');
    await ready(page);
    assert.equal(await page.locator('.card').count(), 1);
    assert.equal(await page.locator('.filter').count(), 2);
    await page.click('[aria-label="Remove the filter event"]');
    await page.waitForFunction(() => document.querySelectorAll('.card').length > 1);
    assert.equal(new URL(page.url()).search, '?q=wounded');
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll('.card').length === 1);
    await done();
  });

  test('loading is said, and a late answer does not win', async () => {
    const waiting = [];
    const { page, faults } = await open((collection, query, res) => {
      if (query.get('datetime')) return layer(collection, query);
      waiting.push(res);
      return null;
    });
    await page.waitForSelector('.message-loading');
    assert.equal(await page.getAttribute('#events', 'aria-busy'), 'true');
    await page.fill('#date-from', '2020-10-04');
    await page.waitForSelector('.card');
    assert.equal(await page.locator('.card').count(), 1);
    for (const res of waiting) sendJSON(res, 200, 'application/geo+json', layer('events', new URLSearchParams()));
    await ready(page);
    assert.equal(await page.locator('.card').count(), 1);
    assert.deepEqual(faults, []);
    await page.context().close();
  });

  test('the server’s explanation of an error, and another try', async () => {
    let broken = true;
    const { page, faults } = await open((collection, query, res) =>
      broken ? problem(res, 400, 'datetime: "2020-02-30" is not a date') : layer(collection, query),
      '?datetime=2020-02-30');
    await ready(page);
    assert.match(await page.textContent('.message-error'), /"2020-02-30" is not a date/);
    await screenshot(page, 'error');
    broken = false;
    await page.click('text=Try again');
    await page.waitForSelector('.card, .message-empty');
    // Chromium writes every answer of 400 to the console.
    assert.deepEqual(faults.filter((f) => !f.includes('status of 400')), []);
    await page.context().close();
  });

  for (const [name, send] of [
    ['no JSON', (res) => res.end('<html>not what was asked')],
    ['no collection', (res) => sendJSON(res, 200, 'application/json', { features: 'none' })],
    ['null', (res) => sendJSON(res, 200, 'application/json', null)],
    ['an answer that is cut short', (res) => {
      res.writeHead(200, { 'Content-Length': '9999' });
      res.write('{"type":"FeatureCollection","features":[');
      setTimeout(() => res.destroy(), 50);
    }],
    ['no answer', (res) => res.destroy()],
  ]) {
    test(`an error is told after ${name}`, async () => {
      const { page, faults } = await open((collection, query, res) => {
        send(res);
        return null;
      });
      await page.waitForSelector('.message-error');
      assert.ok((await page.textContent('.message-error p')).length > 10);
      assert.deepEqual(faults.filter((f) => !f.includes('net::ERR')), []);
      await page.context().close();
    });
  }

  test('hostile articles are shown as text', async () => {
    const { page, done } = await open((collection, query) => layer(collection, query, HOSTILE));
    await ready(page);
    const card = page.locator('.card[data-event-id="h1"]');
    assert.match(await card.locator('blockquote').textContent(), /^Shells fell on <script>alert\(2\)<\/script> & on/);
    assert.equal(await card.locator('mark').textContent(), '<script>alert(2)</script>');
    assert.equal(await card.locator('.casualties').textContent(), 'Deaths 1–2: “<b>one</b> or two dead”');
    assert.match(await card.textContent(), /<script>document\.title = "owned"<\/script>.*<i>Gazette<\/i>/);
    assert.equal(await card.locator('a, img, script, b, i').count(), 0);
    assert.equal(await page.locator('script:not([src]), #map img, #map script').count(), 0);
    assert.equal(await page.title(), 'conflictmap');
    await screenshot(page, 'hostile');
    await done();
  });

  test('names and sentences of both directions keep to themselves', async () => {
    const { page, done } = await open((collection, query) => layer(collection, query, HOSTILE));
    await ready(page);
    const card = page.locator('.card[data-event-id="h2"]');
    assert.equal(await card.locator('mark').textContent(), 'تبریز');
    assert.equal(await card.locator('.event-place bdi').evaluate((b) => getComputedStyle(b).direction), 'rtl');
    assert.equal(await card.locator('a').getAttribute('href'), 'https://example.org/fa');
    await done();
  });

  test('an endless word does not widen the page', async () => {
    const { page, done } = await open((collection, query) => layer(collection, query, HOSTILE), '', { width: 375, height: 667 });
    await ready(page);
    assert.ok((await page.evaluate(() => document.scrollingElement.scrollWidth)) <= 375);
    assert.ok(await page.locator('#events').evaluate((e) => e.scrollWidth <= e.clientWidth));
    await done();
  });

  test('an event without a place on the map can be selected', async () => {
    const { page, done } = await open((collection, query) => layer(collection, query, HOSTILE));
    await ready(page);
    await page.click('.card[data-event-id="h4"] .event-button');
    await page.waitForSelector('.card.is-selected[data-event-id="h4"]');
    assert.equal(await page.locator('#map .is-selected').count(), 0);
    await done();
  });

  test('further sentences that cannot be had', async () => {
    let broken = true;
    const { page, faults } = await open((collection, query, res) =>
      broken && collection === 'mentions' ? problem(res, 503, 'The database is busy.') : layer(collection, query));
    await ready(page);
    const card = page.locator('.card[data-event-id="e1"]');
    await card.locator('.more').click();
    await card.locator('text=The database is busy.').waitFor();
    broken = false;
    await card.locator('text=Try again').click();
    await card.locator('.others li').first().waitFor();
    assert.equal(await card.locator('.others li').count(), 2);
    assert.deepEqual(faults.filter((f) => !f.includes('status of 503')), []);
    await page.context().close();
  });

  test('every event at a place can be reached by clicks on the map', async () => {
    const { page, done } = await open();
    await ready(page);
    const seen = new Set();
    const mark = page.locator('.mark-point[title="Stepanakert"] .symbol-disc');
    const box = await mark.first().boundingBox();
    const centre = [box.x + box.width / 2, box.y + box.height / 2];
    for (const [x, y] of [centre, [box.x + 3, centre[1]]]) {
      await page.mouse.click(x, y);
      await page.waitForSelector('.card.is-selected');
      seen.add(new URL(page.url()).searchParams.get('event_id'));
    }
    assert.deepEqual([...seen].sort(), ['e1', 'e2']);
    assert.equal(await page.locator('.card.is-same-place').count(), 1);
    await done();
  });

  test('a list of thousands is built piece by piece, and each event can be selected', async () => {
    const many = Array.from({ length: 2500 }, (_, i) => {
      const [of] = HOSTILE.slice(3);
      return { ...of, id: `m${i}`, properties: { ...of.properties, place: `Place ${String(i).padStart(4, '0')}`, place_id: `p${i}` } };
    });
    const { page, done } = await open((collection, query) => layer(collection, query, many), '?event_id=m2300');
    await page.waitForSelector('.card.is-selected[data-event-id="m2300"]');
    assert.ok((await page.locator('.card').count()) < 2500);
    await page.click('.show-more');
    await page.waitForFunction(() => document.querySelectorAll('.card').length === 2500);
    await done();
  });
});
