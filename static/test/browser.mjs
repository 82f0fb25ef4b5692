// Chromium for the tests, with no way out of this machine. Whatever a page asks
// of another origin, writes to the console as an error or throws makes its test
// fail.

import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const EXECUTABLE = CANDIDATES.find((path) => path && runs(path));
const SCREENSHOTS = fileURLToPath(new URL('screenshots/', import.meta.url));

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Says why a test can't run here, or false; with CONFLICTMAP_REQUIRE_ALL=1 it must run. */
export function skipUnless(met, reason) {
  if (met) return false;
  if (process.env.CONFLICTMAP_REQUIRE_ALL === '1') throw new Error(`CONFLICTMAP_REQUIRE_ALL is set, but ${reason}`);
  console.error(`SKIPPED: ${reason}`);
  return reason;
}

export const skip =
  skipUnless(EXECUTABLE, 'there is no chromium (apt-get install chromium)') ||
  skipUnless(existsSync(new URL('../dist/index.html', import.meta.url)), 'the page is not built (npm run build)');

export function launch() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** A browser window that notes everything that must not happen. */
export async function openPage(browser, { width = 1280, height = 800, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1') faults.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return {
    page,
    faults,
    /** Closes the window and fails on what was noted. */
    async done() {
      await context.close();
      assert.deepEqual(faults, []);
    },
  };
}

/** Waits until the list has been filled and nothing is loading. */
export async function ready(page) {
  await page.waitForSelector('.card, .message-empty, .message-error');
  await page.waitForSelector('#events:not([aria-busy])');
}

export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
}
