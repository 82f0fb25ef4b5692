// The panel: the list that the map shows, an event whole with its accounts, an
// article with all its mentions.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quiet, ready, screenshot } from '../browser.mjs';
import { assertFits } from './layout.mjs';
import { skip } from './server.mjs';
import { ids, idsOf, listShows, openEvent, param, SIZES, stage, wantedEvents } from './steps.mjs';

/** The text of the page without white space, since elements stand where the text has line breaks. */
const squeezed = (s) => s.replace(/\s+/g, '');

describe('the list', { skip }, () => {
  const on = stage();

  test('has the newest day first, or the most accounts', async () => {
    const { page, done } = await on.open();
    await listShows(page, idsOf(await wantedEvents(on.server)));
    await page.locator('#panel').getByRole('button', { name: /accounts/i }).or(page.locator('#panel').getByRole('radio', { name: /accounts/i })).first().click().catch(async () => {
      await page.locator('#panel select').selectOption('importance');
    });
    await page.waitForFunction(() => location.search.includes('sort=importance'));
    await listShows(page, idsOf(await wantedEvents(on.server, {}, '-origins')));
    await page.reload();
    await ready(page);
    await listShows(page, idsOf(await wantedEvents(on.server, {}, '-origins')));
    await screenshot(page, 'list-importance');
    await page.goBack();
    await listShows(page, idsOf(await wantedEvents(on.server)));
    await done();
  });

  test('says how many there are, and shows more of them', async () => {
    const { page, done } = await on.open();
    const all = idsOf(await wantedEvents(on.server));
    assert.match(await page.textContent('#status'), new RegExp(`${all.length} events`));
    const more = page.locator('#panel').getByRole('button', { name: /more/i }).first();
    await more.click();
    await page.waitForFunction((n) => document.querySelectorAll('#events .card').length >= n, Math.min(60, all.length));
    assert.deepEqual(await ids(page), all.slice(0, 60));
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
    await done();
  });

  test('is of the part that the map shows', async () => {
    for (const size of SIZES) {
      const { page, done } = await on.open('?map=10/40.3800/47.1300', size); // around Barda
      const all = await wantedEvents(on.server);
      const shown = await ids(page);
      assert.ok(shown.length > 0 && shown.length < all.length, `${shown.length} of ${all.length}`);
      const barda = all.filter((f) => f.properties.place === 'Barda').map((f) => String(f.id));
      assert.ok(barda.every((id) => shown.includes(id)), 'Barda is on the map');
      const far = all.filter((f) => ['Khartoum', 'Kharkiv', 'Yerevan'].includes(f.properties.place)).map((f) => String(f.id));
      assert.ok(far.every((id) => !shown.includes(id)), 'what lies elsewhere is not');
      assert.match(await page.textContent('#status'), /in view|on the map/i);
      await done();
    }
  });

  test('offers what has no place on the map', async () => {
    const { page, done } = await on.open();
    const { features } = await on.server.json('api/collections/events/items', 'placed=no&strict=yes&limit=100');
    assert.ok(features.length > 0);
    const note = page.locator('#panel').getByText(/not on the map/i).first();
    await note.waitFor();
    assert.match(await note.textContent(), new RegExp(`^${features.length} more`));
    await page.locator('#panel').getByRole('button', { name: /^list (it|them)/i }).click();
    await listShows(page, idsOf(features));
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
    await page.locator('#panel').getByRole('button', { name: /back/i }).click();
    await listShows(page, idsOf(await wantedEvents(on.server)));
    await done();
  });

  test('tells what a card needs to tell', async () => {
    const { page, done } = await on.open('?q=Barda&datetime=2020-10-28');
    const [first] = (await wantedEvents(on.server, 'q=Barda&datetime=2020-10-28')).filter((f) => f.properties.event === 'explosion');
    const card = page.locator(`.card[data-event-id="${first.id}"]`);
    const words = await card.textContent();
    for (const wanted of [/Barda/, /Explosion/, /28 October 2020/, /2 independent accounts/, /denial|denied/i]) assert.match(words, wanted);
    assert.equal(await card.locator('mark').first().textContent(), first.properties.name);
    assert.equal(await card.locator('svg.badge').count(), 1);
    await done();
  });
});

describe('an event', { skip }, () => {
  const on = stage();
  const barda = async () => (await wantedEvents(on.server, 'event=explosion&datetime=2020-10-28')).find((f) => f.properties.place === 'Barda');
  const mentionsOf = ({ properties: p }) => on.server.layer('mentions', { place: p.place_id, event: p.event, role: 'site', datetime: `${p.from}/${p.to}` });

  for (const size of SIZES) {
    test(`has its sentences, sources, days, accounts and doubts, at ${size.width} px`, async () => {
      const { page, done } = await on.open('', size);
      const event = await barda();
      await page.goto(`${on.server.url}?event_id=${event.id}`);
      await page.waitForSelector('#panel[data-view="event"]');
      await quiet(page);
      const words = await page.textContent('#panel');
      const mentions = await mentionsOf(event);
      assert.ok(mentions.length >= 4);
      for (const { properties: p } of mentions) assert.ok(squeezed(words).includes(squeezed(p.sentence)), `the sentence “${p.sentence}”`);
      for (const wanted of [/Barda/, /28 October 2020/, /published|29 October 2020/i, /Test Wire/, /Test Courier/, /4 reports/, /3 articles/, /2 independent accounts/, /\d+ ?%/, /27/, /the Azerbaijani defence ministry/, /the Armenian defence ministry/i]) {
        assert.match(words, wanted);
      }
      assert.match(words, /cop(y|ies)/i, 'the copy of the dispatch is called one');
      await assertFits(page);
      await screenshot(page, `event-${size.width}`);
      await done();
    });
  }

  test('has conflicting accounts side by side', async () => {
    const { page, done } = await on.open('');
    await page.goto(`${on.server.url}?event_id=${(await barda()).id}`);
    await page.waitForSelector('#panel[data-view="event"]');
    await quiet(page);
    const heading = page.locator('#panel').getByRole('heading', { name: /conflict|disagree|differ/i });
    await heading.first().waitFor();
    await screenshot(page, 'event-conflict');
    await done();
  });

  test('has reasons for its confidence and the runner-up places by name', async () => {
    const { page, done } = await on.open();
    const withRunners = (await on.server.layer('mentions', { role: 'site' })).filter((f) => f.properties.runners_up?.length && f.geometry && f.properties.from);
    assert.ok(withRunners.length > 0, 'some place has a rival');
    const { properties: p } = withRunners[0];
    const event = (await on.server.layer('events', { place: p.place_id, event: p.event, datetime: `${p.from}/${p.to}` }))[0];
    await page.goto(`${on.server.url}?event_id=${event.id}`);
    await page.waitForSelector('#panel[data-view="event"]');
    await quiet(page);
    const { features } = await on.server.json('api/gazetteer', { id: p.runners_up[0] });
    await page.waitForFunction((name) => document.getElementById('panel').textContent.includes(name), features[0].properties.name);
    await screenshot(page, 'event-runners-up');
    await done();
  });

  test('is left for the next with j, and for the list with Escape', async () => {
    const { page, done } = await on.open();
    const wanted = idsOf(await wantedEvents(on.server));
    await openEvent(page);
    assert.equal(param(page, 'event_id'), wanted[0]);
    await page.keyboard.press('j');
    await page.waitForFunction((id) => new URLSearchParams(location.search).get('event_id') === id, wanted[1]);
    await page.keyboard.press('k');
    await page.waitForFunction((id) => new URLSearchParams(location.search).get('event_id') === id, wanted[0]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#panel[data-view="list"]');
    assert.equal(param(page, 'event_id'), null);
    await page.goBack();
    await page.waitForSelector('#panel[data-view="event"]');
    await page.goForward();
    await page.waitForSelector('#panel[data-view="list"]');
    await done();
  });

  test('opens from the map', async () => {
    const { page, done } = await on.open('?map=9/13.6300/22.3500'); // El Geneina alone
    await page.waitForFunction(() => document.querySelectorAll('#events .card').length === 1);
    await quiet(page);
    const map = await page.locator('#map').boundingBox();
    const [event] = (await wantedEvents(on.server)).filter((f) => f.properties.place === 'El Geneina');
    // Web Mercator, as the map draws it, from the middle of the view.
    const x = (lon) => ((lon + 180) / 360) * 256 * 2 ** 9;
    const y = (lat) => (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * 256 * 2 ** 9;
    const [lon, lat] = event.geometry.coordinates;
    await page.mouse.click(map.x + map.width / 2 + x(lon) - x(22.35), map.y + map.height / 2 + y(lat) - y(13.63));
    await page.waitForSelector('#panel[data-view="event"]');
    assert.equal(param(page, 'event_id'), String(event.id));
    await screenshot(page, 'event-from-map');
    await done();
  });
});

describe('an article', { skip }, () => {
  const on = stage();

  for (const size of SIZES) {
    test(`is whole, with every mention marked by its role, at ${size.width} px`, async () => {
      const { page, done } = await on.open('?article=barda-denied', { ...size, wait: (page) => page.waitForSelector('#panel[data-view="article"]') });
      await quiet(page);
      const article = await on.server.json('api/articles/barda-denied');
      const words = await page.textContent('#panel');
      assert.ok(squeezed(words).includes(squeezed(article.text)), 'all of its text');
      for (const wanted of [article.title, article.source, '29 October 2020']) assert.ok(words.includes(wanted), wanted);
      const mentions = article.mentions.features;
      assert.ok(new Set(mentions.map((m) => m.properties.role)).size >= 3, 'several roles');
      const marked = await page.locator('#panel mark').evaluateAll((marks) => marks.map((m) => [m.textContent, getComputedStyle(m).backgroundColor + getComputedStyle(m).textDecoration + getComputedStyle(m).borderBottom]));
      assert.equal(marked.length, mentions.length);
      const points = Array.from(article.text);
      const styles = new Map();
      const ordered = mentions.map((m) => m.properties).sort((a, b) => a.start - b.start);
      for (const [i, p] of ordered.entries()) {
        assert.ok(marked[i][0].startsWith(points.slice(p.start, p.end).join('')), `${marked[i][0]} is ${p.name}`);
        styles.set(p.role, (styles.get(p.role) ?? new Set()).add(marked[i][1]));
      }
      assert.equal(new Set([...styles.values()].map((s) => [...s][0])).size, styles.size, 'each role looks different');
      await assertFits(page);
      await screenshot(page, `article-${size.width}`);
      await done();
    });
  }

  test('opens at the sentence of the event, and goes back to it', async () => {
    const { page, done } = await on.open('?q=Omdurman');
    const id = await openEvent(page);
    await page.locator('#panel').getByRole('button', { name: /read the article/i }).first().click();
    await page.waitForSelector('#panel[data-view="article"]');
    assert.match(param(page, 'article'), /^khartoum/);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#panel[data-view="event"]');
    assert.equal(param(page, 'event_id'), id);
    await page.goBack();
    await page.waitForSelector('#panel[data-view="article"]');
    await done();
  });

  test('of a script from right to left keeps its direction', async () => {
    const { page, done } = await on.open('?article=tabriz-rtl', { wait: (page) => page.waitForSelector('#panel[data-view="article"]') });
    await quiet(page);
    const direction = await page.evaluate(() => {
      const title = [...document.querySelectorAll('#panel bdi')].find((b) => b.textContent.includes('گزارش'));
      return title && getComputedStyle(title).direction;
    });
    assert.equal(direction, 'rtl');
    await screenshot(page, 'article-rtl');
    await done();
  });
});
