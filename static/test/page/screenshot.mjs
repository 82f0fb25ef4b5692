// Makes the picture that README.md opens with, from the sample dispatches, with
// an event open: `npm run screenshot`. The tests check what is committed.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, openPage, quiet, ready } from '../browser.mjs';
import { startServer } from './server.mjs';

const FILE = fileURLToPath(new URL('../../screenshot.webp', import.meta.url));
/** WebP's quality, 0 to 1. */
const QUALITY = 0.92;

/** The PNG as WebP, by the browser's own encoder. */
function compress(page, png) {
  return page.evaluate(async ([data, quality]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', quality).split(',')[1];
  }, [png.toString('base64'), QUALITY]);
}

const server = await startServer({ articles: [] });
const browser = await launch();
try {
  const events = await server.layer('events', { event: 'battle', datetime: '2020-10-04' });
  const event = events.find((f) => f.properties.place === 'Jabrayil');
  const { page, done } = await openPage(browser);
  await page.goto(`${server.url}?event_id=${event.id}&map=8/40.0500/46.6000`);
  await ready(page);
  await page.waitForLoadState('networkidle');
  await quiet(page);
  const png = await page.screenshot();
  await page.goto('about:blank');
  const image = Buffer.from(await compress(page, png), 'base64');
  writeFileSync(FILE, image);
  console.log(`${FILE}: ${(image.length / 1000).toFixed(1)} kB (as PNG ${(png.length / 1000).toFixed(1)} kB)`);
  await done();
} finally {
  await browser.close();
  await server.close();
}
