// An operator's own map tiles: their origin and no other may send images.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { launch } from '../browser.mjs';
import { skip, startServer } from './server.mjs';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A server of one-pixel tiles on an origin of its own, which notes what it was asked for. */
async function tileServer() {
  const asked = [];
  const referers = new Map(); // by address
  const server = createServer((req, res) => {
    asked.push(req.url);
    referers.set(req.url, req.headers.referer ?? '');
    res.writeHead(200, { 'Content-Type': 'image/png' });
    res.end(PIXEL);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, referers, close: () => server.close() };
}

/** Whether an image loads in the page. */
const loads = (page, url) =>
  page.evaluate(
    (src) =>
      new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
        image.src = src;
      }),
    url,
  );

test("images come from the tiles' origin and from no other", { skip }, async () => {
  const [tiles, others, browser] = await Promise.all([tileServer(), tileServer(), launch()]);
  const flags = ['--raster', `${tiles.origin}/{z}/{x}/{y}.png`, '--raster-attribution', 'Tiles & <b>Co</b>', '--raster-max-zoom', '9'];
  const server = await startServer({ articles: null, flags });
  const plain = await startServer({ articles: null });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const { raster } = JSON.parse(await page.locator('#config').textContent());
    assert.deepEqual(raster, { url: `${tiles.origin}/{z}/{x}/{y}.png`, attribution: 'Tiles & <b>Co</b>', maxZoom: 9 });
    assert.equal(await loads(page, `${tiles.origin}/0/0/0.png`), true);
    assert.equal(await loads(page, `${others.origin}/0/0/0.png`), false);
    await page.goto(plain.url);
    assert.equal(await loads(page, `${tiles.origin}/1/0/0.png`), false);
    assert.deepEqual([others.asked, tiles.asked.includes('/1/0/0.png')], [[], false]);
  } finally {
    await browser.close();
    await Promise.all([server.close(), plain.close()]);
    tiles.close();
    others.close();
  }
});

test("the tiles' server is told the page's origin, and nothing of what is on the screen", { skip }, async () => {
  const [tiles, browser] = await Promise.all([tileServer(), launch()]);
  const server = await startServer({ articles: null, flags: ['--raster', `${tiles.origin}/{z}/{x}/{y}.png`, '--raster-attribution', 'Tiles'] });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}?map=5/40/46&q=secret`);
    await page.waitForFunction(() => document.querySelectorAll('#map img.leaflet-tile-loaded').length > 3);
    assert.ok(tiles.asked.length > 3);
    assert.deepEqual([...new Set(tiles.referers.values())], [server.url]);
    assert.equal(await loads(page, `${tiles.origin}/other.png`), true);
    assert.equal(tiles.referers.get('/other.png'), '', 'the rest of the page tells nobody where it is');
  } finally {
    await browser.close();
    await server.close();
    tiles.close();
  }
});
