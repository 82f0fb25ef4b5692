// What comes in while the page is open, and a server that goes and comes back.
// Each test has articles of its own, since those stay in the database.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FAILED_REQUEST, quiet, screenshot } from '../browser.mjs';
import { LATE } from './articles.mjs';
import { skip } from './server.mjs';
import { ids, idsOf, listShows, openEvent, SIZES, stage, wantedEvents } from './steps.mjs';

const expected = [FAILED_REQUEST];
const late = (n) => ({ ...LATE, id: `late-${n}`, text: LATE.text.replace('four', String(40 + n)).replace('Sunday, 1 November', `${n} October`) });

/** Waits until the page has the server's newest version. */
const connected = (page) => page.waitForFunction(() => !document.documentElement.classList.contains('is-offline'));

describe('live', { skip }, () => {
  const on = stage();

  for (const [n, size] of SIZES.entries()) {
    test(`an article that comes in does not move what is read, at ${size.width} px`, async () => {
      const { page, done } = await on.open('', size);
      await connected(page);
      const before = await ids(page);
      // Somebody reads in the middle of the list.
      const card = page.locator('#events .card').nth(8);
      await card.scrollIntoViewIfNeeded();
      await card.locator('.event-button').focus();
      const top = (await card.boundingBox()).y;
      await on.server.ingest([late(n + 1)]);
      const update = page.locator('#panel').getByRole('button', { name: /update/i });
      await update.waitFor();
      assert.match(await page.textContent('#panel'), /1 new article/);
      await quiet(page);
      assert.deepEqual(await ids(page), before);
      assert.ok(Math.abs((await card.boundingBox()).y - top) < 1.5, 'the card is where it was');
      assert.ok(await card.locator('.event-button').evaluate((b) => b === document.activeElement), 'the focus is where it was');
      await screenshot(page, `live-${size.width}`);
      await update.click();
      await listShows(page, idsOf(await wantedEvents(on.server)));
      await update.waitFor({ state: 'hidden' });
      assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
      await done();
    });
  }

  test('an event that is open stays while articles come in', async () => {
    const { page, done } = await on.open('');
    const id = await openEvent(page);
    const words = await page.textContent('#panel');
    await on.server.ingest([late(5)]);
    await page.waitForTimeout(1500); // for what must not happen
    assert.ok(words.length > 50);
    assert.equal(new URL(page.url()).searchParams.get('event_id'), id);
    assert.equal(await page.getAttribute('#panel', 'data-view'), 'event');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#panel[data-view="list"]');
    await done();
  });

  test('the timeline follows by itself', async () => {
    const { page, done } = await on.open('');
    await connected(page);
    const marks = () => page.evaluate(() => performance.getEntriesByName('conflictmap:timeline').at(-1)?.startTime ?? 0);
    const before = await marks();
    await on.server.ingest([late(6)]);
    await page.waitForFunction((t) => (performance.getEntriesByName('conflictmap:timeline').at(-1)?.startTime ?? 0) > t, before);
    await done();
  });
});

describe('a server that goes', { skip }, () => {
  const on = stage();

  for (const size of [SIZES[0], SIZES[2]]) {
    test(`and comes back is told, at ${size.width} px`, async () => {
      const { page, done } = await on.open('', { ...size, expected });
      await connected(page);
      const before = await ids(page);
      await on.server.pause();
      await page.waitForSelector('html.is-offline');
      await page.getByText(/connection to the server is lost/i).first().waitFor();
      assert.deepEqual(await ids(page), before, 'what is there can still be read');
      await screenshot(page, `offline-${size.width}`);
      await on.server.ingest([late(10 + size.width % 10)]);
      await on.server.resume();
      await page.waitForFunction(() => !document.documentElement.classList.contains('is-offline'), null, { timeout: 60_000 });
      await page.getByText(/connection to the server is lost/i).first().waitFor({ state: 'hidden' });
      await screenshot(page, `online-again-${size.width}`);
      // What came meanwhile is offered or shown.
      const { length } = await wantedEvents(on.server);
      await page.waitForFunction(
        (n) => /Update the list/.test(document.getElementById('panel').textContent) || document.getElementById('status').textContent.startsWith(`${n} events`),
        length,
      );
      await done();
    });
  }

  test('before the page is asked something says so, and works again after', async () => {
    const { page, done } = await on.open('', { expected });
    await on.server.pause();
    await page.evaluate(() => {
      history.pushState(null, '', '?datetime=2020-10-04/2020-10-04');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await page.waitForSelector('#panel .message-error');
    await screenshot(page, 'gone');
    await on.server.resume();
    await page.locator('#panel .message-error').getByRole('button', { name: /again/i }).click();
    await listShows(page, idsOf(await wantedEvents(on.server, 'datetime=2020-10-04/2020-10-04')));
    await done();
  });
});
