// The page without a mouse: find an event, read its sentence and its article,
// change the dates, export. At each step the focus is somewhere and seen.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { quiet, screenshot } from '../browser.mjs';
import { assertFocusSeen } from './layout.mjs';
import { skip } from './server.mjs';
import { ids, idsOf, listShows, param, stage, wantedEvents } from './steps.mjs';

/** Presses Tab until what has the focus matches a selector, at most n times. */
async function tabTo(page, selector, key = 'Tab', n = 60) {
  for (let i = 0; i < n; i++) {
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${n} times ${key} did not lead to ${selector} but to ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100))}`);
}

/** Presses Tab until what has the focus has a name. */
async function tabToName(page, name, n = 60) {
  const named = () => page.evaluate(() => {
    const e = document.activeElement;
    return e.getAttribute('aria-label') ?? (e.labels?.[0]?.textContent || e.textContent);
  });
  for (let i = 0; i < n; i++) {
    if (name.test((await named()).trim())) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${n} times Tab did not lead to ${name}`);
}

describe('by keyboard alone', { skip }, () => {
  const on = stage();

  test('an analyst finds, reads, changes the dates and exports', async () => {
    const { page, done } = await on.open();

    await page.keyboard.press('/');
    await assertFocusSeen(page, '/');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'combobox');
    await page.keyboard.type('Barda');
    await page.waitForFunction(() => document.querySelectorAll('#search [role="option"]').length > 1);
    const options = await page.locator('#search [role="option"]').allTextContents();
    const down = options.findIndex((o) => /Barda/.test(o) && !/sentences/.test(o)) + 1;
    for (let i = 0; i < down; i++) await page.keyboard.press('ArrowDown');
    const active = await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent);
    assert.match(active ?? '', /Barda/);
    await screenshot(page, 'keyboard-search');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => new URLSearchParams(location.search).has('place'));
    await quiet(page);
    await assertFocusSeen(page, 'the search');
    const wanted = idsOf(await wantedEvents(on.server, `place=${param(page, 'place')}`));
    assert.ok(wanted.length > 2);
    await listShows(page, wanted);

    // A list is reached by j from anywhere that isn't a text field.
    await page.keyboard.press('Tab');
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement.closest('.card') !== null);
    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
    await assertFocusSeen(page, 'j and k');
    const id = await page.evaluate(() => document.activeElement.closest('.card').dataset.eventId);
    assert.equal(id, wanted[1]);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#panel[data-view="event"]');
    await quiet(page);
    await assertFocusSeen(page, 'Enter on an event');
    const { properties } = await on.server.json(`api/collections/events/items/${id}`);
    const words = await page.textContent('#panel');
    assert.ok(words.includes(properties.sentence.slice(0, 60)), 'the sentence is read');
    await screenshot(page, 'keyboard-event');

    await tabToName(page, /read the article/i);
    await assertFocusSeen(page, 'Tab to the article');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#panel[data-view="article"]');
    await quiet(page);
    await assertFocusSeen(page, 'Enter on an article');
    const { text } = await on.server.json(`api/articles/${encodeURIComponent(properties.article_id)}`);
    assert.ok((await page.textContent('#panel')).includes(text.trim().slice(0, 40)), 'the article is read');
    await screenshot(page, 'keyboard-article');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#panel[data-view="event"]');
    await assertFocusSeen(page, 'Escape from an article');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#panel[data-view="list"]');
    await assertFocusSeen(page, 'Escape from an event');
    assert.equal(await page.evaluate(() => document.activeElement.closest('.card')?.dataset.eventId), id, 'the focus is back at the event');

    // The filter goes by its chip, the days by the brush's handle.
    await tabTo(page, '#chips button', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !new URLSearchParams(location.search).has('place'));
    await assertFocusSeen(page, 'removing a filter');
    await tabToName(page, /^fit$/i);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !new URLSearchParams(location.search).has('map'));
    await assertFocusSeen(page, 'fitting the map');
    await tabTo(page, '#timeline [role="slider"][data-end]', 'Tab', 400);
    await assertFocusSeen(page, 'Tab to the brush');
    const said = () => page.evaluate(() => document.activeElement.getAttribute('aria-valuetext'));
    const first = await said();
    assert.match(first, /\d{4}/);
    for (const key of ['PageUp', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    assert.notEqual(await said(), first);
    await page.waitForFunction(() => new URLSearchParams(location.search).has('datetime'));
    await quiet(page);
    await assertFocusSeen(page, 'moving the brush');
    await listShows(page, idsOf(await wantedEvents(on.server, `datetime=${param(page, 'datetime')}`)));
    await screenshot(page, 'keyboard-brush');

    // Days of their own for the export, typed into the fields: month, day, year.
    for (const [label, typed] of [['First day', '10042020'], ['Last day', '10052020']]) {
      await tabTo(page, `#timeline input[aria-label="${label}"]`, 'Tab', 400);
      await assertFocusSeen(page, 'Tab to a date');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
    }
    await page.waitForFunction(() => location.search.includes('datetime=2020-10-04/2020-10-05'));
    await tabTo(page, '#timeline button');
    await page.keyboard.press(']');
    await page.waitForFunction(() => !location.search.includes('2020-10-04/'));
    await page.keyboard.press('[');
    await page.waitForFunction(() => location.search.includes('datetime=2020-10-04/2020-10-05'));
    await quiet(page);

    await tabToName(page, /^export/i);
    await assertFocusSeen(page, 'Tab to export');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#export[open]');
    await assertFocusSeen(page, 'opening the export');
    await tabToName(page, /^GeoJSON/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    assert.match(download.suggestedFilename(), /\.geojson$/);
    const { features } = JSON.parse(await readFile(await download.path(), 'utf8'));
    const drawn = features.filter((f) => f.geometry).map((f) => String(f.id)).sort();
    assert.deepEqual(drawn, [...(await ids(page))].sort(), 'the file has what the list shows');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#export[open]'));
    await assertFocusSeen(page, 'closing the export');
    await done();
  });

  test('skip link, help and Escape keep the focus', async () => {
    const { page, done } = await on.open();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip-link');
    await assertFocusSeen(page, 'the first Tab');
    await page.keyboard.press('Enter');
    assert.ok(await page.evaluate(() => document.activeElement.closest('#panel') !== null));
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await assertFocusSeen(page, '?');
    await screenshot(page, 'help');
    assert.match(await page.textContent('dialog[open]'), /space/i);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('dialog[open]'));
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY');
    await done();
  });

  test('every stop of a whole round is seen and has a name', async () => {
    const { page, done } = await on.open('?datetime=2020-10-04/2020-10-05');
    const stops = [];
    for (let i = 0; i < 250; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const e = document.activeElement;
        const name = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent ?? '';
        return { tag: e.tagName, name: name.trim(), first: e.className === 'skip-link', html: e.outerHTML.slice(0, 120) };
      });
      if (stop.tag === 'BODY' || (stop.first && i > 0)) break;
      assert.ok(stop.name || (await page.evaluate(() => document.activeElement.matches('[aria-labelledby], input[title]'))), `a stop without a name: ${stop.html}`);
      stops.push(await assertFocusSeen(page, `Tab number ${i + 1}`));
    }
    assert.ok(stops.length > 15 && stops.length < 250, `${stops.length} stops`);
    await done();
  });

  test('the map pans and zooms', async () => {
    const { page, done } = await on.open();
    await page.locator('#map').focus();
    await assertFocusSeen(page, 'focus on the map');
    await page.keyboard.press('+');
    await page.waitForFunction(() => new URLSearchParams(location.search).has('map'));
    const view = param(page, 'map');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((v) => new URLSearchParams(location.search).get('map') !== v, view);
    await done();
  });
});
