// The map in the page: what is drawn where, what a click does, the view in the
// address, the layer of who talks about whom, hollow marks.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quiet, ready, screenshot } from '../browser.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { ids, openEvent, param, SIZES, stage, wantedEvents } from './steps.mjs';

/** Pixels of all canvases of the map, together, as numbers to compare. */
const picture = (page) => page.evaluate(() =>
  [...document.querySelectorAll('#map canvas')].map((c) => (c.width * c.height > 0 ? c.toDataURL() : '')).join('|'));

/** Where a position is on the screen, in a view zoom/lat/lon. */
async function pixel(page, [lon, lat]) {
  const [zoom, lat0, lon0] = param(page, 'map').split('/').map(Number);
  const box = await page.locator('#map').boundingBox();
  const size = 256 * 2 ** zoom;
  const x = (l) => ((l + 180) / 360) * size;
  const y = (l) => (0.5 - Math.log(Math.tan(Math.PI / 4 + (l * Math.PI) / 360)) / (2 * Math.PI)) * size;
  return { x: box.x + box.width / 2 + x(lon) - x(lon0), y: box.y + box.height / 2 + y(lat) - y(lat0) };
}

describe('the map', { skip }, () => {
  const on = stage();

  for (const size of SIZES) {
    test(`shows all events first, at ${size.width} px`, async () => {
      const { page, done } = await on.open('', size);
      await screenshot(page, `map-${size.width}`);
      const marks = await picture(page);
      await page.goto(`${on.server.url}?q=zzzzzz`);
      await page.waitForSelector('.message-empty');
      await quiet(page);
      assert.notEqual(await picture(page), marks, 'without events the picture is another');
      await done();
    });

    test(`shows points, a ring for “near”, a band for the line and a hatched area close by, at ${size.width} px`, async () => {
      const { page, done } = await on.open('?map=8/39.9000/46.9000', size);
      await assertFits(page);
      await screenshot(page, `map-close-${size.width}`);
      await done();
    });
  }

  test('keeps its view in the address, and goes back', async () => {
    // Events in the middle of the view, so that the list has some after a step closer.
    const { page, done } = await on.open('?country=AZ');
    assert.equal(param(page, 'map'), null);
    await page.locator('#map').getByRole('button', { name: /zoom in/i }).click();
    await page.waitForFunction(() => new URLSearchParams(location.search).has('map'));
    await quiet(page);
    const view = param(page, 'map');
    const listed = await ids(page);
    assert.ok(listed.length > 0, 'events are in view');
    await page.reload();
    await quiet(page);
    await page.waitForSelector('#events .card, .message-empty');
    assert.equal(param(page, 'map'), view);
    assert.deepEqual(await ids(page), listed);
    await page.locator('.map-section').getByRole('button', { name: 'Fit' }).click();
    await page.waitForFunction((v) => new URLSearchParams(location.search).get('map') !== v, view);
    await quiet(page);
    await page.goBack();
    await page.waitForFunction((v) => new URLSearchParams(location.search).get('map') === v, view);
    await done();
  });

  test('lists what is in view also after the window has changed', async () => {
    const { page, done } = await on.open('?map=8/39.9000/46.9000');
    const before = parseInt(await page.locator('#status').textContent(), 10);
    assert.ok(before > 0);
    await page.setViewportSize({ width: 1280, height: 420 });
    await page.waitForFunction((n) => parseInt(document.getElementById('status').textContent, 10) < n, before);
    await quiet(page);
    const after = await page.locator('#status').textContent();
    await page.reload();
    await ready(page);
    assert.equal(await page.locator('#status').textContent(), after, 'the same as if it had begun so');
    await done();
  });

  for (const query of ['', '?embed=1', '?country=AZ', '?embed=1&country=AZ']) {
    test(`has all events in the middle at first, with “${query}”`, async () => {
      const { page, done } = await on.open(query);
      const off = await page.evaluate(() => {
        const canvas = document.querySelector('.marks-canvas');
        const map = document.getElementById('map').getBoundingClientRect();
        const at = canvas.getBoundingClientRect();
        const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let [top, bottom] = [Infinity, -Infinity];
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            if (data[4 * (y * width + x) + 3] === 0) continue;
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
          }
        }
        const scale = at.height / height;
        return Math.abs(at.top + ((top + bottom) / 2) * scale - (map.top + map.bottom) / 2) / map.height;
      });
      assert.ok(off < 0.15, `the middle of the marks is ${Math.round(100 * off)} % of the map's height off its middle`);
      await done();
    });
  }

  test('opens a place with several events, and one with one', async () => {
    const { page, done } = await on.open('?map=10/40.3740/47.1270&datetime=2020-10-28');
    const barda = (await wantedEvents(on.server, 'datetime=2020-10-28')).filter((f) => f.properties.place === 'Barda');
    assert.ok(barda.length > 1);
    const at = await pixel(page, barda[0].geometry.coordinates);
    await page.mouse.move(at.x, at.y);
    await page.waitForFunction(() => getComputedStyle(document.getElementById('map')).cursor === 'pointer' || [...document.querySelectorAll('#map, #map *')].some((e) => getComputedStyle(e).cursor === 'pointer' && e.tagName === 'CANVAS') || /Barda/.test(document.querySelector('.map-section').textContent));
    await screenshot(page, 'map-tip');
    await page.mouse.click(at.x, at.y);
    await page.waitForFunction(() => new URLSearchParams(location.search).has('place') || new URLSearchParams(location.search).has('event_id'));
    await quiet(page);
    assert.ok((await ids(page)).every((id) => barda.some((f) => String(f.id) === id)));
    await done();
  });

  test('brings an event of the list into view and marks it', async () => {
    const { page, done } = await on.open('?map=8/39.9000/46.9000');
    const before = await picture(page);
    await openEvent(page);
    assert.notEqual(await picture(page), before, 'the mark is ringed');
    await screenshot(page, 'map-selected');
    await done();
  });

  test('shows a chosen event where it happened, also while its mark is part of another', async () => {
    const points = (await wantedEvents(on.server, 'country=AZ&datetime=2020-09-27/2020-10-10')).filter((f) => f.geometry.type === 'Point');
    const event = points.find((f) => f.properties.place === 'Jabrayil'); // groups stand at places with more
    assert.ok(event);
    const [lon, lat] = event.geometry.coordinates;
    for (const [zoom, symbols] of [[3, 1], [12, 0]]) {
      const { page, done } = await on.open(`?map=${zoom}/${lat.toFixed(4)}/${lon.toFixed(4)}&event_id=${event.id}`);
      await page.waitForSelector('.ring-selected');
      await quiet(page);
      assert.equal(await page.locator('.ring-symbol').count(), symbols, `at zoom ${zoom}`);
      await done();
    }
  });

  test('has lines for who talks about whom, only where asked for', async () => {
    const asked = [];
    for (const size of SIZES) {
      const { page, done } = await on.open('', { ...size, prepare: (page) => page.on('request', (r) => /api\/relations/.test(r.url()) && asked.push(r.url())) });
      assert.deepEqual(asked, [], 'nothing is asked while the switch is off');
      const before = await picture(page);
      const box = page.getByRole('checkbox', { name: /who talks about whom/i }).or(page.getByRole('switch', { name: /who talks about whom/i }));
      if (!(await box.first().isVisible())) await page.locator('#legend summary').click();
      await box.first().click();
      await page.waitForFunction(() => new URLSearchParams(location.search).get('actors') === '1');
      await quiet(page);
      await page.waitForFunction(() => /on |about/.test(document.getElementById('legend').textContent));
      assert.ok(asked.length > 0);
      assert.notEqual(await picture(page), before);
      await assertFits(page);
      await screenshot(page, `actors-${size.width}`);
      const { features } = await on.server.json('api/relations');
      assert.ok(features.length > 0);
      // The lines are told as text, too.
      const [first] = features;
      const words = await page.textContent('#legend');
      for (const country of [first.properties.from_label, first.properties.to_label]) assert.ok(words.includes(country), `${country} in ${words.slice(0, 500)}`);
      await page.goBack();
      await page.waitForFunction(() => !new URLSearchParams(location.search).has('actors'));
      asked.length = 0;
      await done();
    }
  });

  test('is hollow below the confidence that is set', async () => {
    const { page, done } = await on.open('?map=8/39.9000/46.9000');
    const before = await picture(page);
    const slider = page.locator('#legend input[type="range"]');
    if (!(await slider.isVisible())) await page.locator('#legend summary').click();
    await slider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('PageUp');
    await page.waitForFunction(() => new URLSearchParams(location.search).has('hollow'));
    await page.keyboard.press('End');
    await page.waitForFunction(() => Number(new URLSearchParams(location.search).get('hollow')) > 0.9);
    await quiet(page);
    assert.notEqual(await picture(page), before);
    assert.ok((await page.locator('#events .badge.is-hollow').count()) > 0);
    assert.match(await slider.getAttribute('aria-valuetext') ?? '', /%|cent/);
    await screenshot(page, 'hollow');
    await done();
  });

  for (const [name, view] of [['group', '5/40.0/46.8'], ['group at one place', '10/39.8150/46.7500']]) {
    test(`has a hollow ${name}, and says why`, async () => {
      const pictures = new Set();
      for (const [hollow, words] of [['', null], ['0.05', /^confidence up to \d+ %$/], ['1', /^confidence up to \d+ % \(low\)$/]]) {
        const { page, done } = await on.open(`?datetime=2020-09-27/2020-10-10&map=${view}${hollow && `&hollow=${hollow}`}`);
        pictures.add(await picture(page));
        const at = await pixel(page, [46.7515, 39.8152]);
        await page.mouse.move(at.x, at.y);
        const tip = page.locator('.map-tip');
        await tip.waitFor();
        const lines = await tip.locator('p').allTextContents();
        assert.deepEqual(lines.filter((l) => /confidence/.test(l)).map((l) => words?.test(l)), words ? [true] : [], lines.join('; '));
        const symbols = await tip.locator('.badge').count();
        assert.ok(symbols > 0);
        assert.equal(await tip.locator('.badge.is-hollow').count(), hollow === '1' ? symbols : 0);
        if (hollow === '1') await screenshot(page, `hollow-${name.replaceAll(' ', '-')}`);
        await done();
      }
      assert.equal(pictures.size, 2, 'only below the confidence it is drawn hollow');
    });
  }

  test('speaks of what it shows', async () => {
    const { page, done } = await on.open('?map=8/39.9000/46.9000');
    const described = await page.evaluate(() => {
      const id = document.getElementById('map').getAttribute('aria-describedby');
      return id?.split(' ').map((i) => document.getElementById(i)?.textContent ?? '').join(' ') ?? '';
    });
    assert.match(described, /\d+/);
    await done();
  });

  test('does without animation where that is asked for', async () => {
    const { page, done } = await on.open();
    const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
    assert.equal(moving, 0);
    await done();
  });
});
