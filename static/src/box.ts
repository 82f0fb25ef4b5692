// Boxes as the API writes them: west, south, east, north in degrees; west is
// greater than east across the antimeridian.

import type { Box } from './types';

/** Reads `w,s,e,n` (or six numbers with heights); null where it is no box. */
export function parseBox(s: string): Box | null {
  const n = s.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if ((n.length !== 4 && n.length !== 6) || n.some((x) => !Number.isFinite(x))) return null;
  const [west, south, east, north] = n.length === 4 ? n : [n[0], n[1], n[3], n[4]];
  if (south! > north! || south! < -90 || north! > 90 || Math.abs(west!) > 180 || Math.abs(east!) > 180) return null;
  return [west!, south!, east!, north!];
}

/** Writes a box to about a metre. */
export function formatBox(box: Box): string {
  return box.map((n) => Number(n.toFixed(5))).join(',');
}

type Span = [west: number, east: number];

function spans([west, , east]: Box): Span[] {
  return west <= east ? [[west, east]] : [[west, 180], [-180, east]];
}

const width = ([west, , east]: Box): number => (west <= east ? east - west : east - west + 360);

/**
 * What two boxes have in common, null for nothing. Two boxes can share two
 * stretches on opposite sides of the world, which no box can name: then it is
 * the narrower one of the two, at the latitudes of both.
 */
export function intersection(a: Box, b: Box): Box | null {
  const south = Math.max(a[1], b[1]);
  const north = Math.min(a[3], b[3]);
  if (south > north) return null;
  const shared = spans(a).flatMap(([w1, e1]) =>
    spans(b).flatMap(([w2, e2]): Span[] => {
      const span: Span = [Math.max(w1, w2), Math.min(e1, e2)];
      return span[0] <= span[1] ? [span] : [];
    }),
  );
  const [first, second] = shared.sort((s, t) => t[0] - s[0]);
  if (!first) return null;
  if (!second) return [first[0], south, first[1], north];
  if (shared.length === 2 && first[1] === 180 && second[0] === -180) return [first[0], south, second[1], north];
  const [west, , east] = width(a) <= width(b) ? a : b;
  return [west, south, east, north];
}

const degrees = (n: number, plus: string, minus: string): string =>
  `${Number(Math.abs(n).toFixed(2))}°${n === 0 ? '' : n > 0 ? ` ${plus}` : ` ${minus}`}`;

/** "35° N to 45° N, 40° E to 50° E" */
export function boxInWords([west, south, east, north]: Box): string {
  return `${degrees(south, 'N', 'S')} to ${degrees(north, 'N', 'S')}, ${degrees(west, 'E', 'W')} to ${degrees(east, 'E', 'W')}`;
}
