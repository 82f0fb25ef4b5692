// The timeline in the page: brush, presets, dates, steps, play, "as known on".

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quiet, screenshot } from '../browser.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { idsOf, listShows, param, SIZES, stage, wantedEvents } from './steps.mjs';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LAST = '2023-04-16'; // of the test's articles

/** What the days of the address select, as a list. */
const shows = async (page, server) => listShows(page, idsOf(await wantedEvents(server, new URLSearchParams(param(page, 'datetime') ? { datetime: param(page, 'datetime') } : {}))));

const handles = (page) => page.locator('#timeline [role="slider"][data-end]');

describe('the timeline', { skip }, () => {
  const on = stage();

  for (const size of SIZES) {
    test(`has bars, a brush and presets at ${size.width} px`, async () => {
      const { page, done } = await on.open('', size);
      const box = await page.locator('#timeline').boundingBox();
      assert.ok(box.height >= 60 && box.height <= 130, `${box.height} px high`);
      assert.ok(Math.abs(box.y + box.height - size.height) < 80, 'at the foot of the page');
      await assertFits(page);
      await screenshot(page, `timeline-${size.width}`);

      const select = page.locator('#timeline select').filter({ hasText: /7 d/ });
      const last7 = page.locator('#timeline').getByRole('button', { name: /7 d/i }).first();
      if (await last7.isVisible()) await last7.click();
      else await select.selectOption({ label: '7 d' });
      await page.waitForFunction(() => new URLSearchParams(location.search).has('datetime'));
      assert.equal(param(page, 'datetime'), '2023-04-10/2023-04-16', 'seven days up to the last day of the data');
      await quiet(page);
      await shows(page, on.server);
      await screenshot(page, `timeline-7-days-${size.width}`);
      await page.goBack();
      await shows(page, on.server);
      await done();
    });

    test(`takes typed dates, and explains wrong ones, at ${size.width} px`, async () => {
      const { page, done } = await on.open('?datetime=2020-10-04/2020-10-05', size);
      const from = page.getByLabel('First day').first();
      if (!(await from.isVisible())) await page.locator('#timeline .dates-button').click();
      assert.equal(await from.inputValue(), '2020-10-04');
      await from.fill('2020-10-01');
      await page.keyboard.press('Tab');
      await page.waitForFunction(() => location.search.includes('datetime=2020-10-01/2020-10-05'));
      await quiet(page);
      await shows(page, on.server);
      await from.fill('2021-10-01');
      await page.keyboard.press('Tab');
      await page.locator('#timeline [role="alert"]').filter({ hasText: /after/ }).first().waitFor();
      assert.equal(param(page, 'datetime'), '2020-10-01/2020-10-05');
      await assertFits(page);
      await screenshot(page, `timeline-wrong-date-${size.width}`);
      await done();
    });
  }

  test('is brushed with the pointer: made, moved, resized, cleared', async () => {
    const { page, done } = await on.open('?published=../2020-12-31');
    const canvas = await page.locator('#timeline canvas').first().boundingBox();
    const y = canvas.y + canvas.height / 2;
    const drag = async (from, to) => {
      await page.mouse.move(from, y);
      await page.mouse.down();
      await page.mouse.move((from + to) / 2, y, { steps: 5 });
      await page.mouse.move(to, y, { steps: 5 });
      await page.mouse.up();
      await quiet(page);
      // While something is dragged the address is written at intervals.
      await page.waitForFunction(() => new Promise((resolve) => {
        const { href } = location;
        setTimeout(() => resolve(location.href === href), 500);
      }));
    };
    const entries = () => page.evaluate(() => history.length);
    const before = await entries();
    await drag(canvas.x + canvas.width * 0.4, canvas.x + canvas.width * 0.6);
    const made = param(page, 'datetime').split('/');
    assert.ok(made.length === 2 && made.every((d) => DAY.test(d)) && made[0] < made[1], made.join('/'));
    assert.equal(await entries(), before + 1, 'a drag is one entry in the history');
    await listShows(page, idsOf(await wantedEvents(on.server, new URL(page.url()).search)));
    await screenshot(page, 'timeline-brush');

    await drag(canvas.x + canvas.width * 0.5, canvas.x + canvas.width * 0.3);
    const moved = param(page, 'datetime').split('/');
    assert.ok(moved[0] < made[0] && moved[1] < made[1], `moved back: ${moved.join('/')}`);

    const handle = await handles(page).nth(1).boundingBox();
    await drag(handle.x + handle.width / 2, canvas.x + canvas.width * 0.9);
    const resized = param(page, 'datetime').split('/');
    assert.ok(resized[0] === moved[0] && resized[1] > moved[1], `longer: ${resized.join('/')}`);
    await listShows(page, idsOf(await wantedEvents(on.server, new URL(page.url()).search)));

    await handles(page).first().focus();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !new URLSearchParams(location.search).has('datetime'));
    await page.goBack();
    await page.waitForFunction((d) => new URLSearchParams(location.search).get('datetime') === d, resized.join('/'));
    await done();
  });

  test('has sliders with dates in words', async () => {
    const { page, done } = await on.open('?datetime=2020-10-04/2020-10-08');
    assert.equal(await handles(page).count(), 2);
    const texts = await handles(page).evaluateAll((list) => list.map((h) => [h.getAttribute('aria-label'), h.getAttribute('aria-valuetext'), h.getAttribute('aria-valuenow'), h.getAttribute('aria-valuemin'), h.getAttribute('aria-valuemax')]));
    assert.match(texts[0][1], /4 October 2020/);
    assert.match(texts[1][1], /8 October 2020/);
    for (const [label, , now, min, max] of texts) {
      assert.ok(label);
      assert.ok(Number(min) <= Number(now) && Number(now) <= Number(max), `${min} ${now} ${max}`);
    }
    await done();
  });

  test('steps with [ and ], by what the brush is wide', async () => {
    const { page, done } = await on.open('?datetime=2020-10-04/2020-10-05');
    const to = async (key, wanted) => {
      await page.keyboard.press(key);
      await page.waitForFunction((d) => new URLSearchParams(location.search).get('datetime') === d, wanted);
    };
    await to(']', '2020-10-06/2020-10-07');
    await to('[', '2020-10-04/2020-10-05');
    await to('[', '2020-10-02/2020-10-03');
    await quiet(page);
    await shows(page, on.server);
    await done();
  });

  test('plays and pauses with the space bar', async () => {
    const { page, done } = await on.open('?datetime=2020-09-27/2020-09-28');
    await page.keyboard.press(' ');
    await page.locator('#timeline').getByRole('button', { name: /pause/i }).waitFor();
    await page.waitForFunction(() => !/2020-09-27\//.test(location.search));
    await page.waitForFunction(() => /datetime=2020-(09-30|10-\d\d)\//.test(location.search), null, { timeout: 30_000 });
    const span = param(page, 'datetime').split('/').map((d) => Date.parse(d));
    assert.equal((span[1] - span[0]) / 86_400_000, 1, 'the brush keeps its width');
    await page.keyboard.press(' ');
    await page.locator('#timeline').getByRole('button', { name: /^play/i }).waitFor();
    const at = param(page, 'datetime');
    await page.waitForTimeout(1500); // for what must not go on
    assert.equal(param(page, 'datetime'), at);
    await quiet(page);
    await shows(page, on.server);
    await done();
  });

  test('shows what was known on a day', async () => {
    for (const size of SIZES) {
      const { page, done } = await on.open('', size);
      const button = page.locator('#timeline').getByRole('button', { name: /known on/i });
      if (!(await button.isVisible())) await page.locator('#timeline .dates-button').click();
      await button.click();
      const field = page.locator('#timeline').getByLabel('As known on', { exact: true }).and(page.locator('input'));
      await field.fill('2020-09-28');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => new URLSearchParams(location.search).get('asof') === '2020-09-28');
      await quiet(page);
      const wanted = await wantedEvents(on.server, 'asof=2020-09-28');
      assert.ok(wanted.every((f) => f.properties.published <= '2020-09-28'));
      await listShows(page, idsOf(wanted));
      assert.match(await page.textContent('#chips'), /28 September 2020/);
      await assertFits(page);
      await screenshot(page, `asof-${size.width}`);
      await done();
    }
  });

  test('has the whole in its context: bars stay when the brush moves', async () => {
    const { page, done } = await on.open('?datetime=2020-10-04/2020-10-05');
    const asked = [];
    page.on('request', (r) => /api\/histogram/.test(r.url()) && asked.push(new URL(r.url())));
    await page.keyboard.press(']');
    await quiet(page);
    assert.ok(asked.length <= 1, `${asked.length} histograms for a step of the brush`);
    await done();
  });
});

test('the test’s articles end on the day that the presets count from', { skip }, async () => {
  const { ARTICLES } = await import('./articles.mjs');
  assert.ok(ARTICLES.every((a) => a.published <= LAST));
});
