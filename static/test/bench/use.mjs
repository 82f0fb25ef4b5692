// What an analyst does with the page, as a script: pan, zoom, move the brush, open
// events and articles, filter, search, play. The same seed does the same things.

import { forget, seen } from './probe.mjs';

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function mapBox(page) {
  const box = await page.locator('#map').boundingBox();
  const panel = await page.locator('#panel').boundingBox();
  const width = panel && panel.x > box.x ? Math.min(box.width, panel.x - box.x) : box.width;
  return { x: box.x, y: box.y, width, height: box.height };
}

/** Drags the map a part of its width and height. */
export async function pan(page, next) {
  const { x, y, width, height } = await mapBox(page);
  const from = [x + width * (0.4 + 0.2 * next()), y + height * (0.4 + 0.2 * next())];
  const to = [from[0] + width * (next() - 0.5) * 0.7, from[1] + height * (next() - 0.5) * 0.7];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 12 });
  await page.mouse.up();
}

export async function zoom(page, next, by = next() < 0.5 ? 1 : -1) {
  const { x, y, width, height } = await mapBox(page);
  await page.mouse.move(x + width * (0.3 + 0.4 * next()), y + height * (0.3 + 0.4 * next()));
  await page.mouse.wheel(0, by > 0 ? -100 : 100);
}

async function press(page, key, times = 1) {
  for (let i = 0; i < times; i++) {
    await page.keyboard.press(key);
    await pause(120);
  }
}

/** Puts the focus where keys are nobody's own. */
async function letGo(page) {
  await page.evaluate(() => document.activeElement?.blur());
}

const DEEDS = {
  pan: (page, next) => pan(page, next),
  zoom: (page, next) => zoom(page, next),
  async days(page, next) {
    await letGo(page);
    await press(page, next() < 0.7 ? ']' : '[', 3);
  },
  async brush(page, next) {
    const box = await page.locator('#timeline .timeline-plot').boundingBox();
    const y = box.y + box.height / 2;
    const x = box.x + box.width * (0.1 + 0.6 * next());
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + box.width * 0.2 * next(), y, { steps: 10 });
    await page.mouse.up();
  },
  async event(page, next) {
    const cards = page.locator('.card .event-button');
    const n = await cards.count();
    if (n === 0) return;
    await cards.nth(Math.floor(n * next())).click();
    await page.waitForSelector('#panel[data-view="event"]');
    await pause(600);
    const article = page.locator('#panel').getByRole('button', { name: /read the article/i }).first();
    if (next() < 0.6 && (await article.count()) > 0) {
      await article.click();
      await page.waitForSelector('#panel[data-view="article"]');
      await pause(600);
    }
    await letGo(page);
    await press(page, 'Escape', 2);
  },
  async filter(page, next) {
    await page.evaluate(() => document.querySelector('#tools button[aria-controls="filters"], #tools button')?.click());
    const boxes = page.locator('#filters input[type="checkbox"]:visible');
    await boxes.first().waitFor();
    await boxes.nth(Math.floor((await boxes.count()) * next())).click();
    await pause(900);
    await boxes.and(page.locator(':checked')).first().click().catch(() => {});
    await pause(300);
    await page.keyboard.press('Escape');
  },
  async search(page, next) {
    await letGo(page);
    await page.keyboard.press('/');
    const words = ['Khar', 'Mos', 'Step', 'Alep', 'Goma'];
    await page.keyboard.type(words[Math.floor(words.length * next())], { delay: 80 });
    await pause(500);
    await press(page, 'ArrowDown');
    await press(page, 'Enter');
  },
  async play(page) {
    await letGo(page);
    await press(page, ' ');
    await pause(4000);
    await letGo(page);
    await press(page, ' ');
  },
};

/** What is done how often, of 20. */
const MIX = [
  ...Array(6).fill('pan'), ...Array(4).fill('zoom'), ...Array(2).fill('days'), ...Array(2).fill('brush'), ...Array(3).fill('event'),
  'filter', 'search', 'play',
];

/**
 * Uses the page until a time (Date.now()). Every fortieth deed begins anew with all
 * data, as filters and search lead ever further in. Says how often each deed was
 * done, what could not be, and the long tasks of each.
 */
export async function use(page, until, next, home) {
  const done = {};
  const failed = [];
  const tasks = [];
  for (let n = 1; Date.now() < until; n++) {
    const name = MIX[Math.floor(MIX.length * next())];
    try {
      await DEEDS[name](page, next);
      done[name] = (done[name] ?? 0) + 1;
    } catch (error) {
      failed.push(`${name}: ${String(error.message).split('\n')[0]}`);
    }
    await pause(250);
    tasks.push(...(await seen(page)).tasks.map(({ ms }) => ({ ms, deed: name })));
    await forget(page);
    if (n % 40 === 0) await home(page);
  }
  return { done, failed, tasks };
}
