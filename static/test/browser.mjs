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

/**
 * A browser window that notes everything that must not happen.
 * @param {object} options of playwright's contexts, and
 * @param {RegExp[]} [options.expected] faults that the test brings about itself
 */
export async function openPage(browser, { width = 1280, height = 800, expected = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', acceptDownloads: true, ...options });
  // The tests' own fetches are not the page's, so this watches from inside.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`policy ${e.violatedDirective}: ${e.blockedURI}`));
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults = { list: [], push(fault) { this.list.push(fault.slice(0, 400)); } }; // addresses may be endless
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1') faults.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.stack ?? error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return {
    page,
    /** Closes the window and fails on what was noted. */
    async done() {
      await context.close();
      assert.deepEqual(faults.list.filter((fault) => !expected.some((e) => e.test(fault))), []);
    },
  };
}

/** What the console says of requests that a test lets fail. */
export const FAILED_REQUEST = /Failed to load resource|net::ERR/;

/** Waits until map, list and timeline show the page's state and nothing is loading. */
export async function ready(page) {
  await page.waitForFunction(() => {
    const told = (name) => performance.getEntriesByName(`conflictmap:${name}`).length > 0;
    const reading = !document.querySelector('.is-embedded, #panel[data-view="event"], #panel[data-view="article"]');
    return told('map') && (!reading || told('list') || document.querySelector('.message-empty, .message-error'));
  });
  await quiet(page);
}

/**
 * Waits until no part of the page is busy, and none has become so by what it showed.
 * The predicate must not be async: waitForFunction takes any promise for a yes.
 */
export async function quiet(page) {
  const since = { at: 0 };
  const idle = await page.evaluateHandle((since) => since, since);
  await page.waitForFunction((since) => {
    const now = performance.now();
    if (document.querySelector('[aria-busy="true"]')) since.at = 0;
    else since.at ||= now;
    return since.at > 0 && now - since.at >= 200; // parts put their requests off a little
  }, idle);
  await idle.dispose();
}

/** Saves what is to be seen for people to look at; tests don't compare it. */
export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
}
