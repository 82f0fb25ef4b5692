// A user's way through the page in a real browser. It runs against the server
// that CONFLICTMAP_URL names, else against bin/conflictmap with its sample
// dispatches, and in any case against the stand-in with fixtures. What must be
// seen is asked of the same server's API.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, openPage, ready, screenshot, skip, skipUnless } from './browser.mjs';
import { startMock } from './mock.mjs';

const BINARY = fileURLToPath(new URL('../../bin/conflictmap', import.meta.url));
const POINT_KINDS = ['settlement', 'facility', 'base', 'crossing', 'pass', 'cape', 'reef'];

/** Starts the built binary on a free port, in a folder of its own. */
async function startBinary() {
  const folder = await mkdtemp(join(tmpdir(), 'conflictmap-serve-'));
  const child = spawn(BINARY, ['serve', '--demo', '--addr', '127.0.0.1:0'], { cwd: folder });
  const gone = new Promise((resolve) => child.on('close', resolve));
  const url = await new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (!found) return;
      clearTimeout(late); // on a busy machine the tests take longer than that
      resolve(found[0] + '/');
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', reject);
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`bin/conflictmap serve printed no URL within 30 s: ${said}`));
    }, 30_000);
    late.unref();
    void gone.then(() => reject(new Error(`bin/conflictmap serve ended and said: ${said}`)));
  });
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}

async function startServer() {
  const url = process.env.CONFLICTMAP_URL;
  return url ? { url, close: async () => {} } : startBinary();
}

const noServer = skip || skipUnless(process.env.CONFLICTMAP_URL || existsSync(BINARY), 'bin/conflictmap is not built (make build)');

way('stand-in', skip, () => startMock());
way('server', noServer, startServer);

function way(name, skipped, start) {
  describe(`the page on the ${name}`, { skip: skipped }, () => {
    let server;
    let browser;

    before(async () => {
      browser = await launch(); // one after the other, so that what has started is closed
      server = await start();
    });

    after(async () => {
      await browser?.close();
      await server?.close();
    });

    const open = async (query = '', options = {}) => {
      const window = await openPage(browser, options);
      await window.page.goto(server.url + query);
      await ready(window.page);
      return window;
    };

    const events = async (query = '') => {
      const response = await fetch(`${server.url}layers/events.geojson${query}`);
      assert.equal(response.status, 200);
      return (await response.json()).features;
    };

    /** A day on which something happens but not everything. */
    const busyDay = async () => {
      const all = await events();
      const days = [...new Set(all.map((f) => f.properties.from))].sort();
      const day = days.find((d) => all.some((f) => f.properties.from > d || f.properties.to < d));
      assert.ok(day, 'the data has more than one day');
      return day;
    };

    const param = (page, key) => new URL(page.url()).searchParams.get(key);
    const ids = (page) => page.locator('.card').evaluateAll((cards) => cards.map((c) => c.dataset.eventId).sort());

    test('lists every event and draws each by its precision', async () => {
      const { page, done } = await open();
      const all = await events();
      assert.ok(all.length > 3, 'there are events');
      assert.deepEqual(await ids(page), all.map((f) => f.id).sort());
      assert.match(await page.textContent('#status'), new RegExp(`^${all.length} events?, `));

      const distinct = (features, key) => new Set(features.map(key)).size;
      const ofType = (...types) => all.filter((f) => types.includes(f.geometry?.type) && f.properties.kind !== 'country');
      const byPlaceAndType = (f) => `${f.properties.place_id} ${f.properties.event}`;
      const points = ofType('Point').filter((f) => POINT_KINDS.includes(f.properties.kind) && f.properties.where_prec <= 2);
      assert.equal(await page.locator('.mark-point').count(), distinct(points, (f) => f.properties.place_id));
      const rings = distinct(points, (f) => `${byPlaceAndType(f)} ${f.properties.where_prec}`);
      assert.equal(await page.locator('.mark-point .symbol-disc').count(), rings);
      assert.equal(await page.locator('#map .mark-line').count(), distinct(ofType('LineString', 'MultiLineString'), byPlaceAndType));
      assert.equal(await page.locator('#map .mark-area').count(), distinct(ofType('Polygon', 'MultiPolygon'), byPlaceAndType));
      for (const geometry of ['.mark-point', '#map .mark-line', '#map .mark-area']) {
        assert.ok((await page.locator(geometry).count()) > 0, `${geometry} is drawn`);
      }
      await screenshot(page, `${name}-1280-light`);
      await done();
    });

    test('draws no pin for a region or a country', async () => {
      const { page, done } = await open();
      const rough = (await events()).filter((f) => !POINT_KINDS.includes(f.properties.kind));
      assert.ok(rough.length > 0, 'the data has a region or country');
      const pins = await page.locator('.mark-point').evaluateAll((marks) => marks.map((m) => m.title));
      for (const { id, properties, geometry } of rough) {
        assert.ok(!pins.includes(properties.place), `${properties.place} has a pin`);
        const how = await page.locator(`.card[data-event-id="${id}"]`).getAttribute('data-drawing');
        assert.ok(!['exact', 'near'].includes(how), `${properties.place} is drawn as ${how}`);
        if (properties.kind === 'country') assert.equal(how, 'country');
        else if (geometry?.type === 'Point') assert.equal(how, 'unplaced');
      }
      await done();
    });

    test('changes the days, and the URL and the history with them', async () => {
      const { page, done } = await open();
      const day = await busyDay();
      const before_ = await ids(page);
      await page.fill('#date-from', day);
      await page.fill('#date-to', day);
      await page.waitForFunction((d) => location.search.includes(`datetime=${d}/${d}`), day);
      const wanted = (await events(`?datetime=${day}/${day}`)).map((f) => f.id).sort();
      await page.waitForFunction((n) => document.querySelectorAll('.card').length === n, wanted.length);
      assert.deepEqual(await ids(page), wanted);

      await page.reload();
      await ready(page);
      assert.equal(await page.inputValue('#date-from'), day);
      assert.deepEqual(await ids(page), wanted);

      await page.click('#day-forward');
      await page.waitForFunction((d) => !location.search.includes(`=${d}/`), day);
      await page.goBack();
      await page.waitForFunction((d) => document.querySelector('#date-to').value === d, day);
      await page.click('#all-days');
      await page.waitForFunction((n) => document.querySelectorAll('.card').length === n, before_.length);
      assert.equal(param(page, 'datetime'), null);
      await done();
    });

    test('selects an event by keyboard and shows its sentence with the marked toponym', async () => {
      const { page, done } = await open();
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip-link');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'events');
      for (const key of ['j', 'ArrowDown', 'k', 'j']) await page.keyboard.press(key);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.card.is-selected');

      const second = await page.locator('.card').nth(1).getAttribute('data-event-id');
      assert.equal(param(page, 'event_id'), second);
      const { properties: p } = (await events()).find((f) => f.id === second);
      const card = page.locator('.card.is-selected');
      assert.equal(await card.locator('button[aria-current="true"]').count(), 1);
      assert.equal((await card.locator('blockquote').first().textContent()).trim(), p.sentence.trim());
      const toponym = Array.from(p.sentence).slice(p.name_start, p.name_end).join('');
      assert.equal(await card.locator('mark').first().textContent(), toponym);
      assert.equal(toponym, p.name);
      const words = await card.textContent();
      assert.ok(words.includes(p.title || 'Untitled'), 'the title is shown');
      if (p.source) assert.ok(words.includes(p.source), 'the source is shown');
      assert.match(words, /published \d+ \w+ \d{4}/);
      assert.match(words, /Reported|Claimed|Denied/);

      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('.card.is-selected'));
      await page.goBack();
      await page.waitForSelector('.card.is-selected');
      await done();
    });

    test('keeps the selected event in the URL', async () => {
      const { page, done } = await open();
      const first = page.locator('.event-button').first();
      await first.click();
      await page.waitForSelector('.card.is-selected');
      const id = param(page, 'event_id');
      await page.reload();
      await ready(page);
      await page.waitForSelector('.card.is-selected');
      assert.equal(await page.locator('.card.is-selected').getAttribute('data-event-id'), id);
      assert.equal(param(page, 'event_id'), id);
      await page.goBack();
      await page.waitForFunction(() => !document.querySelector('.card.is-selected'));
      assert.equal(param(page, 'event_id'), null);
      await done();
    });

    test('selects on the map and moves to the entry in the list', async () => {
      const { page, done } = await open();
      // One that no other covers: towns lie close together.
      const free = await page.evaluate(() =>
        [...document.querySelectorAll('.mark-point')].findIndex((mark) => {
          const { x, y, width, height } = [...mark.querySelectorAll('.symbol-disc')].at(-1).getBoundingClientRect();
          return mark.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }),
      );
      assert.ok(free >= 0, 'a marker lies free');
      const marker = page.locator('.mark-point').nth(free);
      const place = await marker.getAttribute('title');
      await marker.locator('.symbol-disc').last().click({ force: true });
      await page.waitForSelector('.card.is-selected');
      assert.ok((await page.locator('.card.is-selected .event-place').textContent()).includes(place));
      assert.ok(await page.evaluate(() => document.activeElement.closest('.card.is-selected') !== null), 'the entry has the focus');
      assert.equal(await page.locator('.mark-point.is-selected').count(), 1);
      await done();
    });

    test('unfolds the other sentences of an event', async () => {
      const { page, done } = await open();
      const several = (await events()).find((f) => f.properties.mentions > 1);
      assert.ok(several, 'the data has an event told twice');
      const card = page.locator(`.card[data-event-id="${several.id}"]`);
      await card.locator('.more').click();
      const items = card.locator('.others li');
      await items.first().waitFor();
      if (name === 'server') assert.equal(await items.count(), several.properties.mentions - 1);
      assert.ok((await items.first().locator('mark').count()) === 1);
      assert.equal(await card.locator('.more').getAttribute('aria-expanded'), 'true');
      await done();
    });

    test('keeps the view of the map in the URL', async () => {
      const { page, done } = await open();
      assert.equal(param(page, 'map'), null);
      await page.click('.leaflet-control-zoom-in');
      await page.waitForFunction(() => location.search.includes('map='));
      const view = param(page, 'map');
      await page.reload();
      await ready(page);
      assert.equal(param(page, 'map'), view);
      await page.focus('#map');
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((v) => new URLSearchParams(location.search).get('map') !== v, view);
      await done();
    });

    test('works on a phone', async () => {
      const day = await busyDay();
      const { page, done } = await open(`?datetime=${day}/${day}`, { width: 375, height: 667, hasTouch: true, isMobile: true });
      assert.ok((await page.evaluate(() => document.scrollingElement.scrollWidth)) <= 375, 'nothing sticks out at the side');
      for (const part of ['#map', '#events']) {
        const box = await page.locator(part).boundingBox();
        assert.ok(box.height >= 150 && box.y >= 0 && box.y + box.height <= 667, `${part} is to be seen: ${JSON.stringify(box)}`);
      }
      const small = await page.locator('button:visible, input:visible, summary:visible, .leaflet-bar a').evaluateAll((targets) =>
        targets
          .map((t) => [t.outerHTML.slice(0, 80), t.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([html]) => html),
      );
      assert.deepEqual(small, [], 'every target is at least 24 pixels wide and high');
      await screenshot(page, `${name}-375-light`);
      await page.locator('.event-button').first().tap();
      await page.waitForSelector('.card.is-selected');
      await screenshot(page, `${name}-375-selected`);
      await done();
    });

    test('keeps map and list in reach on a phone on its side and with very large text', async () => {
      for (const [width, height] of [[667, 375], [320, 256]]) {
        const { page, done } = await open('', { width, height });
        assert.ok((await page.evaluate(() => document.scrollingElement.scrollWidth)) <= width, `at ${width} × ${height}`);
        const map = await page.locator('#map').boundingBox();
        assert.ok(map.height >= 150 && map.height <= height, `the map is ${map.height} pixels high of ${height}`);
        await page.locator('.event-button').first().click();
        await page.waitForSelector('.card.is-selected');
        await screenshot(page, `${name}-${width}-light`);
        await done();
      }
    });

    test('has a dark side', async () => {
      for (const [width, height] of [[1280, 800], [375, 667]]) {
        const { page, done } = await open('', { width, height, colorScheme: 'dark' });
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(23, 28, 32)');
        await screenshot(page, `${name}-${width}-dark`);
        await done();
      }
    });
  });
}
