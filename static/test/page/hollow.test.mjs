// Groups below the confidence that is set: they never say other than what they
// gather, which is seen when the map comes closer.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { source } from '../source.mjs';
import { skip } from './server.mjs';
import { stage } from './steps.mjs';

const { decode, NO_MARKS } = await source('map/decode');

const LIMITS = [0.3, 0.5, 0.7, 0.9, 0.94, 0.96];
const CLOSER = 3; // zooms: a group stands for an eighth of a tile's width and height
const CLOSEST = 10;

/** What a mark or a shape is hollow by. */
const sure = (m) => (m.type === 'single' ? m.feature.confidence : m.surest);

/** Whether the tile has the whole shape. */
const whole = ({ paths }) => paths.every((path) => path.every((v) => v >= 0 && v < 1));

describe('hollow groups', { skip }, () => {
  const on = stage();

  async function tileOf(collection, z, x, y) {
    const response = await fetch(`${on.server.url}tiles/${collection}/${z}/${x}/${y}.mvt`);
    assert.ok(response.ok, response.url);
    return response.status === 204 ? NO_MARKS : decode(await response.arrayBuffer());
  }

  /** All tiles that have something, from the whole world on. */
  async function* tiles(collection, z = 0, x = 0, y = 0) {
    const tile = await tileOf(collection, z, x, y);
    if (tile.marks.length + tile.shapes.length === 0) return;
    yield { z, x, y, tile };
    if (z === CLOSEST) return;
    for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]]) yield* tiles(collection, z + 1, 2 * x + dx, 2 * y + dy);
  }

  for (const collection of ['events', 'mentions']) {
    test(`are of hollow ${collection} only, and full ones are not`, async () => {
      let groups = 0;
      const hollow = new Set();
      for await (const { z, x, y, tile } of tiles(collection)) {
        const drawn = new Set(tile.shapes.map((s) => s.key));
        for (const group of tile.marks.filter((m) => m.type === 'group' && m.features.length === 0)) {
          const n = 2 ** CLOSER;
          const close = await tileOf(collection, z + CLOSER, x * n + Math.floor(group.x * n), y * n + Math.floor(group.y * n));
          const shapes = close.shapes.filter((s) => !drawn.has(s.key));
          const inside = [...close.marks, ...shapes.filter(whole)];
          for (const limit of LIMITS) {
            const is = group.surest < limit;
            if (is) hollow.add(limit);
            const where = `${group.label} in ${z}/${x}/${y} below ${limit}`;
            assert.ok(!is || inside.every((m) => sure(m) < limit), `${where} is hollow, but not all in it`);
            assert.ok(is || !shapes.every(whole) || inside.some((m) => sure(m) >= limit), `${where} is full, but all in it is hollow`);
          }
          groups++;
        }
      }
      assert.ok(groups > 20, `${groups} groups`);
      assert.ok(hollow.size > 0, 'some are hollow');
    });
  }

  test('go by the confidence that the list has', async () => {
    const known = new Map((await on.server.layer('events')).map((f) => [String(f.id), f.properties.confidence]));
    const seen = new Set();
    for await (const { tile } of tiles('events')) {
      const features = [...tile.marks.flatMap((m) => (m.type === 'single' ? [m.feature] : m.features)), ...tile.shapes.flatMap((s) => s.feature ?? [])];
      for (const { id, confidence } of features) {
        assert.equal(confidence, known.get(id), id);
        seen.add(id);
      }
    }
    assert.ok(seen.size > 40, `${seen.size} events`);
  });
});
