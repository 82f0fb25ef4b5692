// What the browser tests of the page have in common: opening it, and reading what
// it shows.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, openPage, quiet, ready } from '../browser.mjs';
import { startServer } from './server.mjs';

/** The sizes that the page is made for. */
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 375, height: 740, hasTouch: true, isMobile: true },
];

/** One browser and one server for the tests of a file. */
export function stage(options) {
  const on = {
    browser: null,
    server: null,
    /** Opens the page in a window of its own and waits until it shows the state of the query. */
    async open(query = '', { wait = ready, prepare, ...window } = {}) {
      const opened = await openPage(on.browser, window);
      await prepare?.(opened.page);
      await opened.page.goto(on.server.url + query);
      await wait(opened.page);
      return opened;
    },
  };
  before(async () => {
    on.browser = await launch(); // one after the other, so that what has started is closed
    on.server = await startServer(options);
  });
  after(async () => {
    await on.browser?.close();
    await on.server?.close();
  });
  return on;
}

export const param = (page, name) => new URL(page.url()).searchParams.get(name);

/** Ids of the events in the list, in its order. */
export const ids = (page) => page.locator('#events .card').evaluateAll((cards) => cards.map((c) => c.dataset.eventId));

/** Waits until the list has exactly these events first, in this order. */
export async function listShows(page, wanted) {
  const first = wanted.slice(0, 30);
  try {
    await page.waitForFunction(
      (first) => {
        const shown = [...document.querySelectorAll('#events .card')].map((c) => c.dataset.eventId);
        return shown.length >= first.length && first.every((id, i) => shown[i] === id) && (first.length >= 30 || shown.length === first.length);
      },
      first,
      { timeout: 10_000 },
    );
  } catch {
    assert.deepEqual(await ids(page), first, `the list at ${page.url()}`);
  }
}

/** The events that the list should have, as the API lists them: the newest day first. */
export async function wantedEvents(server, query = {}, sortby = '-from') {
  const { features } = await server.json('api/collections/events/items', new URLSearchParams([
    ...new URLSearchParams(query), ['strict', 'yes'], ['placed', 'yes'], ['sortby', sortby], ['limit', '1000'],
  ]));
  return features;
}

export const idsOf = (features) => features.map((f) => String(f.id));

/** Answers requests to paths that match with a function of the route, until the returned function is called. */
export async function intercept(page, pattern, answer) {
  await page.route(pattern, answer);
  return () => page.unroute(pattern, answer);
}

export const problem = (route, status, detail) =>
  route.fulfill({
    status, contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title: 'Refused', status, detail }),
  });

/** Chooses an event of the list and waits until the panel shows it whole. */
export async function openEvent(page, id) {
  const card = id ? page.locator(`.card[data-event-id="${id}"]`) : page.locator('#events .card').first();
  const chosen = await card.getAttribute('data-event-id');
  await card.locator('.event-button').click();
  await page.waitForSelector('#panel[data-view="event"]');
  await quiet(page);
  return chosen;
}

/** Presses a tool of the header, which stands in its menu where there is no room. */
export async function tool(page, name) {
  const direct = page.locator('#tools').getByRole('button', { name }).first();
  if (!(await direct.isVisible())) {
    await page.locator('#tools').getByRole('button', { name: /more|menu/i }).first().click();
  }
  await direct.or(page.getByRole('menuitem', { name }).first()).first().click();
}

/** Opens the filters and waits for their counts. */
export async function openFilters(page) {
  await tool(page, /filter/i);
  await page.waitForSelector('#filters input[type="checkbox"]');
  await quiet(page);
}
