// The header: one search for places and words, export of what is on the screen,
// share, help.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { quiet, ready, screenshot } from '../browser.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { ids, idsOf, listShows, param, SIZES, stage, tool, wantedEvents } from './steps.mjs';

async function search(page, words) {
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  await page.waitForSelector('#search [role="option"]');
}

describe('search', { skip }, () => {
  const on = stage();

  for (const size of SIZES) {
    test(`finds a place with events and filters by it, at ${size.width} px`, async () => {
      const { page, done } = await on.open('', size);
      await search(page, 'Gyum');
      const option = page.locator('#search [role="option"]').filter({ hasText: 'Gyumri' }).first();
      await option.waitFor();
      assert.match(await option.textContent(), /Armenia/);
      assert.match(await option.textContent(), /1 event/);
      await assertFits(page);
      await screenshot(page, `search-${size.width}`);
      await option.click();
      await page.waitForFunction(() => new URLSearchParams(location.search).has('place'));
      await quiet(page);
      await listShows(page, idsOf(await wantedEvents(on.server, `place=${encodeURIComponent(param(page, 'place'))}`)));
      assert.match(await page.textContent('#chips'), /Gyumri/);
      await done();
    });
  }

  test('goes to a place without events, and says so', async () => {
    const { page, done } = await on.open();
    await search(page, 'Reykjav');
    await page.locator('#search [role="option"]').filter({ hasText: 'Iceland' }).first().click();
    await page.waitForFunction(() => new URLSearchParams(location.search).has('map'));
    const [, lat, lon] = param(page, 'map').split('/').map(Number);
    assert.ok(Math.abs(lat - 64.1) < 2 && Math.abs(lon + 21.9) < 4, `the map is at ${lat}, ${lon}`);
    assert.equal(param(page, 'place'), null);
    await page.getByText(/no event/i).first().waitFor();
    await screenshot(page, 'search-without-events');
    await done();
  });

  test('takes words with Enter', async () => {
    const { page, done } = await on.open();
    await search(page, 'rockets');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === 'rockets');
    const wanted = idsOf(await wantedEvents(on.server, 'q=rockets'));
    assert.ok(wanted.length > 2);
    await listShows(page, wanted);
    await done();
  });

  test('says that nothing is called so, and what failed', async () => {
    const { page, done } = await on.open('', { expected: [/status of 500/] });
    await search(page, 'xqzxqzxq');
    await page.locator('#search').getByText(/no place/i).waitFor();
    await page.route(/\/api\/gazetteer/, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"detail":"no gazetteer today"}' }));
    await page.keyboard.type('y');
    await page.locator('#search').getByText(/no gazetteer today/).waitFor();
    await screenshot(page, 'search-failed');
    await page.keyboard.press('Escape');
    assert.equal(await page.getAttribute('#search [role="combobox"]', 'aria-expanded'), 'false');
    await done();
  });
});

describe('export', { skip }, () => {
  const on = stage();

  /** Downloads what a link of the dialog gives. */
  async function take(page, name) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#export').getByRole('link', { name }).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  const csvIds = (text) => {
    const [head, ...lines] = text.trim().split(/\r?\n(?=[0-9a-f]{16},)/);
    const column = head.split(',').indexOf('id');
    assert.equal(column, 0, `the first column is the id: ${head.slice(0, 50)}`);
    return lines.map((l) => l.slice(0, 16));
  };

  for (const size of SIZES) {
    test(`gives what the list shows, at ${size.width} px`, async () => {
      // Events of two theatres; the map shows one.
      const { page, done } = await on.open('?event=explosion,battle&map=7/40.1000/46.8000', size);
      const shown = [...(await ids(page))].sort();
      const all = await wantedEvents(on.server, 'event=explosion,battle');
      assert.ok(shown.length > 5 && shown.length < all.length);
      const more = page.locator('#panel').getByRole('button', { name: /show .*more/i });
      while (await more.first().isVisible().catch(() => false)) {
        await more.first().click({ timeout: 2000 }).catch(() => {}); // the last one goes
        await quiet(page);
      }
      const list = [...(await ids(page))].sort();
      await tool(page, /export/i);
      await page.waitForSelector('#export[open]');
      await page.waitForFunction(() => /\d+ events/.test(document.getElementById('export').textContent));
      assert.match(await page.textContent('#export'), new RegExp(`${list.length} events`));
      await assertFits(page);
      await screenshot(page, `export-${size.width}`);

      const geojson = await take(page, /^GeoJSON/);
      assert.match(geojson.name, /\.geojson$/);
      assert.deepEqual(JSON.parse(geojson.bytes.toString()).features.map((f) => String(f.id)).sort(), list);
      const csv = await take(page, /^CSV/);
      assert.match(csv.name, /\.csv$/);
      assert.deepEqual(csvIds(csv.bytes.toString().replace(/^\ufeff/, '')).sort(), list);
      const gpkg = await take(page, /^GeoPackage/);
      assert.match(gpkg.name, /\.gpkg$/);
      assert.equal(gpkg.bytes.subarray(0, 15).toString(), 'SQLite format 3');
      for (const id of list) assert.ok(gpkg.bytes.includes(id), `${id} is in the GeoPackage`);
      const project = await take(page, /project/i);
      assert.match(project.bytes.toString(), /<qgis/);
      await done();
    });
  }

  test('of sentences gives sentences', async () => {
    const { page, done } = await on.open('?role=actor&q=Barda');
    await tool(page, /export/i);
    await page.waitForSelector('#export[open]');
    const { bytes } = await take(page, /^GeoJSON/);
    const got = JSON.parse(bytes.toString()).features;
    assert.deepEqual(got.map((f) => f.id).sort(), (await on.server.layer('mentions', 'role=actor&q=Barda')).map((f) => f.id).sort());
    await done();
  });
});

describe('share and help', { skip }, () => {
  const on = stage();

  test('share copies the address', async () => {
    for (const size of [SIZES[0], SIZES[2]]) {
      const { page, done } = await on.open('?event=battle&map=7/40.1000/46.8000', { ...size, permissions: ['clipboard-read', 'clipboard-write'] });
      await tool(page, /share/i);
      await page.getByText(/copied/i).first().waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
      const code = await page.locator('dialog[open] textarea, dialog[open] input').evaluateAll((fields) => fields.map((f) => f.value).join('\n'));
      assert.match(code, /<iframe [^>]*src="[^"]*embed=1[^"]*"/);
      await assertFits(page);
      await screenshot(page, `share-${size.width}`);
      await done();
    }
  });

  test('share works where the clipboard is refused', async () => {
    const { page, done } = await on.open('', { prepare: (page) => page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } });
    }) });
    await tool(page, /share/i);
    await page.waitForFunction(() => String(getSelection()) === location.href || document.activeElement.value?.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd) === location.href);
    await done();
  });

  test('help tells the keys', async () => {
    for (const size of SIZES) {
      const { page, done } = await on.open('', size);
      await tool(page, /help/i);
      await page.waitForSelector('dialog[open]');
      const words = await page.textContent('dialog[open]');
      for (const key of [/\//, /j/, /Enter/, /Esc/, /\[/, /\]/, /space/i, /\?/]) assert.match(words, key);
      await assertFits(page);
      await screenshot(page, `help-${size.width}`);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('dialog[open]'));
      await done();
    }
  });

  test('the page without any parameter has none in its address', async () => {
    const { page, done } = await on.open();
    assert.equal(new URL(page.url()).search, '');
    await page.reload();
    await ready(page);
    assert.equal(new URL(page.url()).search, '');
    await done();
  });
});
