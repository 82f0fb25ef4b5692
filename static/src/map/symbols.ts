// How large marks are, in which order the event types come, and how counts are
// written on them. Sizes are in CSS pixels.

import { EVENT_TYPES, OTHER, type EventType } from '../eventtypes';

/** The event types in the order of shares; what has none, or one that the page doesn't know, comes last. */
export const KINDS: readonly EventType[] = [...EVENT_TYPES, OTHER];

/** The number of an event type in KINDS. */
export function kindOf(event: string): number {
  const i = EVENT_TYPES.findIndex((t) => t.type === event);
  return i < 0 ? EVENT_TYPES.length : i;
}

const MIN_POINT = 6;
const MAX_POINT = 12;

/** The radius of a single event, by the logarithm of its reports. */
export function pointRadius(reports: number): number {
  return Math.min(MAX_POINT, MIN_POINT + 1.5 * Math.log2(Math.max(1, reports)));
}

/** The radius of the ring that stands for a mention of where something is set. */
export const SETTING_RADIUS = 4.5;

/** The radius of several events as one symbol, by the logarithm of their number. */
export function groupRadius(count: number): number {
  return Math.min(30, 10.5 + 4 * Math.log10(Math.max(1, count)));
}

/** A count in at most four characters: 999, 1.2k, 35k, 1.2M; never more than there are. */
export function abbreviate(n: number): string {
  const units: [number, string][] = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
  for (const [size, letter] of units) {
    if (n < size) continue;
    const parts = n / size;
    return (parts < 10 ? Math.floor(parts * 10) / 10 : Math.floor(parts)) + letter;
  }
  return String(n);
}

/** The kind with the largest share; of equal ones the first. */
export function largest(shares: readonly number[]): number {
  return shares.reduce((best, n, i) => (n > shares[best]! ? i : best), 0);
}

const EQUATOR_M = 40_075_016.686;

/** Pixels of a distance at a latitude: worldPixels is how wide the world is drawn. */
export function pixels(metres: number, y: number, worldPixels: number): number {
  // y is 0 to 1 from north to south in Mercator; the scale grows by cosh.
  return (metres / EQUATOR_M) * worldPixels * Math.cosh((0.5 - y) * 2 * Math.PI);
}
