// The page in a frame of another origin: shown with embed=1, refused without it,
// and as the operator says.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from '../browser.mjs';
import { skip, startServer } from './server.mjs';

let browser;
let news;
before(async () => {
  if (skip) return;
  browser = await launch();
  news = await newsroom();
});
after(async () => {
  await browser?.close();
  news?.close();
});

/** A server on an origin of its own whose pages frame the address in their query. */
async function newsroom() {
  const server = createServer((req, res) => {
    const address = new URL(req.url, 'http://127.0.0.1').searchParams.get('frame');
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    res.end(`<!doctype html><title>News</title><iframe width="600" height="400" src="${address}"></iframe>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, close: () => server.close() };
}

/** Whether the newsroom's page shows the map's page at the address. */
async function framed(address, options) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(`${news.origin}/?frame=${encodeURIComponent(address)}`, { waitUntil: 'load' });
    return (await page.frames()[1].locator('main').count()) === 1;
  } finally {
    await context.close();
  }
}

test('another origin shows the page with embed=1 and not without', { skip }, async () => {
  const server = await startServer({ articles: null });
  try {
    assert.equal(await framed(`${server.url}?embed=1`), true);
    assert.equal(await framed(server.url), false);
    assert.equal(await framed(`${server.url}?embed=1`, { javaScriptEnabled: false }), true, 'without a script, too');
  } finally {
    await server.close();
  }
});

test('the operator says whose pages show the map', { skip }, async () => {
  for (const [flags, shown] of [
    [['--embed-on', news.origin], true],
    [['--embed-on', 'https://news.example'], false],
    [['--embed-on', 'none'], false],
  ]) {
    const server = await startServer({ articles: null, flags });
    try {
      assert.equal(await framed(`${server.url}?embed=1`), shown, flags.join(' '));
    } finally {
      await server.close();
    }
  }
});
