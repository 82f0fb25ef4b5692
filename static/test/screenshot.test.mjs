import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const read = (path) => readFile(new URL(path, import.meta.url));

/** Width and height of a WebP of the extended form (RFC 9649, 2.7), as Chromium writes them. */
function sizeOf(image) {
  assert.equal(image.toString('latin1', 0, 4) + image.toString('latin1', 8, 16), 'RIFFWEBPVP8X');
  return [image.readUIntLE(24, 3) + 1, image.readUIntLE(27, 3) + 1];
}

test('the README opens with a picture of the page that is small enough', async () => {
  const image = await read('../screenshot.webp');
  assert.ok(image.length <= 200_000, `${image.length} bytes`);
  assert.deepEqual(sizeOf(image), [1280, 800]);
  const readme = (await read('../../README.md')).toString();
  assert.match(readme.slice(0, 1000), /!\[[^\]]+\]\(static\/screenshot\.webp\)/);
});
