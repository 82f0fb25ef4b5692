// Names of countries on the basemap. Where each stands depends on the zoom
// alone, so that none jumps while the map is moved.

import type { Country, WorldBox } from './atlas';

export const MIN_ZOOM = 3;
export const MAX_ZOOM = 7;

export interface PlacedName {
  lines: string[];
  /** The middle, in pixels of the whole world at the zoom. */
  x: number;
  y: number;
  /** CSS pixels of the type. */
  size: number;
  width: number;
  height: number;
}

/** Width in CSS pixels of a text in type of a size. */
export type Measure = (text: string, size: number) => number;

const GAP = 6; // pixels kept between names
const WRAP = 14; // characters beyond which a name of several words takes two lines

/** The name in one line or in two of about the same length. */
export function wrap(name: string): string[] {
  if (name.length <= WRAP) return [name];
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/ /g)].map((m) => m.index);
  if (spaces.length === 0) return [name];
  const at = spaces.reduce((best, i) => (Math.abs(i - middle) < Math.abs(best - middle) ? i : best));
  return [name.slice(0, at), name.slice(at + 1)];
}

/** The largest part of a country: the one that its label stands in. */
function extent({ polygons }: Country): WorldBox {
  let largest: WorldBox = [0, 0, 0, 0];
  const area = ([w, n, e, s]: WorldBox) => (e - w) * (s - n);
  for (const { box } of polygons) if (area(box) > area(largest)) largest = box;
  return largest;
}

/** The names that find room at a zoom, the larger countries' first. */
export function placeNames(countries: readonly Country[], zoom: number, measure: Measure): PlacedName[] {
  const scale = 2 ** zoom;
  const candidates = countries
    .filter(({ name }) => name !== '')
    .map((country) => {
      const [w, n, e, s] = extent(country);
      return { country, wide: (e - w) * scale, high: (s - n) * scale };
    })
    .sort((a, b) => b.wide * b.high - a.wide * a.high);
  const placed: PlacedName[] = [];
  for (const { country, wide, high } of candidates) {
    const size = Math.round(Math.max(11, Math.min(15, 9 + Math.sqrt(wide * high) / 60)));
    const lines = wrap(country.name);
    const width = Math.max(...lines.map((l) => measure(l, size)));
    const height = lines.length * size * 1.15;
    // A name may be a little wider than its country, which reaches over water and neighbours.
    if (width > wide * 1.25 || height > high * 1.1) continue;
    const name = { lines, x: country.at[0] * scale, y: country.at[1] * scale, size, width, height };
    if (placed.every((other) => apart(name, other))) placed.push(name);
  }
  return placed;
}

function apart(a: PlacedName, b: PlacedName): boolean {
  return Math.abs(a.x - b.x) > (a.width + b.width) / 2 + GAP || Math.abs(a.y - b.y) > (a.height + b.height) / 2 + GAP;
}
