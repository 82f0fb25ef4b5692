// The built binary as the tests' server: on a database of its own with the sample
// dispatches and the articles of this folder. It can be stopped and started again
// at the same address, and fed while it runs.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARTICLES, asLines } from './articles.mjs';
import { skip as noBrowser, skipUnless } from '../browser.mjs';

const BINARY = process.env.CONFLICTMAP_BINARY || fileURLToPath(new URL('../../../bin/conflictmap', import.meta.url));
const SEEDS = fileURLToPath(new URL('../../../seeds', import.meta.url));
/** How long a start may take; a large database takes a while to read. */
const START_MS = 120_000;

/** Why tests with browser and server can't run here, or false. */
export const skip = noBrowser || skipUnless(existsSync(BINARY), 'bin/conflictmap is not built (make build)');

/** Runs a command of the binary to its end, with input on standard input. */
async function run(args, input = '') {
  const child = spawn(BINARY, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdin.end(input);
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (status !== 0) throw new Error(`conflictmap ${args[0]} ended with ${status} and said: ${said}`);
  return said;
}

/** A port that nobody listens on just now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Resolves with what `serve` runs as, once it has printed its URL. */
async function serve(db, port, flags) {
  const child = spawn(BINARY, ['serve', '--db', db, '--addr', `127.0.0.1:${port}`, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise((resolve) => child.on('close', resolve));
  await new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`serve printed no URL within ${START_MS / 1000} s: ${said}`));
    }, START_MS);
    const settle = (then, value) => {
      clearTimeout(late);
      then(value);
    };
    const listen = (chunk) => {
      said += chunk;
      if (/http:\/\/127\.0\.0\.1:\d+/.test(said)) settle(resolve);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => settle(reject, error));
    void gone.then(() => settle(reject, new Error(`serve ended and said: ${said}`)));
  });
  return {
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/**
 * Starts a server.
 * @param {object} options
 * @param {object[]} [options.articles] beside the sample dispatches; null for an empty database
 * @param {string} [options.db] an existing database to serve as it is, which is kept
 * @param {string[]} [options.flags] of serve
 */
export async function startServer({ articles = ARTICLES, db, flags = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'conflictmap-page-'));
  const file = db ?? join(folder, 'page.db');
  const ingest = (list) => run(['ingest', '--db', file, '--jsonl', '-'], asLines(list));
  if (!db && articles) {
    await run(['ingest', '--db', file, SEEDS]);
    await ingest(articles);
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  let running = await serve(file, port, flags);

  /** The server's answer as JSON; fails unless it is 200. */
  const json = async (path, query = '') => {
    const address = `${url}${path}${query && '?' + new URLSearchParams(query)}`;
    const response = await fetch(address);
    if (response.status !== 200) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    url,
    ingest,
    json,
    /** All features of a layer under filters. */
    layer: async (collection, query) => (await json(`layers/${collection}.geojson`, query)).features,
    /** Ends the server, as a crash or an update would; resume brings it back. */
    pause: () => running.stop(),
    resume: async () => {
      running = await serve(file, port, flags);
    },
    async close() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
