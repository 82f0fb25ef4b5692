// A stand-in for the server: the built page and fixture layers, under the same
// Content-Security-Policy. `node static/test/mock.mjs` serves it for work on the
// page.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layer } from './fixture.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Sends a value as JSON. */
export function sendJSON(res, status, type, value) {
  res.writeHead(status, { 'Content-Type': type });
  res.end(JSON.stringify(value));
}

async function sendFile(res, path) {
  try {
    const content = await readFile(join(DIST, normalize(path)));
    res.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
    res.end(content);
  } catch {
    sendJSON(res, 404, 'application/problem+json', { title: 'Not Found', status: 404, detail: `nothing is at ${path}` });
  }
}

/**
 * Starts the stand-in on a free port.
 * @param {(collection: string, query: URLSearchParams, res: import('node:http').ServerResponse) => object | null} answer
 *   gives a layer's answer, or null where it has written one itself
 */
export async function startMock(answer = (collection, query) => layer(collection, query), port = 0) {
  const server = createServer((req, res) => {
    const url = new URL(req.url, 'http://127.0.0.1');
    res.setHeader('Content-Security-Policy', CSP);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    const collection = /^\/layers\/(\w+)\.geojson$/.exec(url.pathname)?.[1];
    if (!collection) return sendFile(res, url.pathname === '/' ? '/index.html' : url.pathname);
    const value = answer(collection, url.searchParams, res);
    if (value) sendJSON(res, 200, 'application/geo+json', value);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startMock(undefined, Number(process.env.PORT ?? 8090));
  console.log(url);
}
