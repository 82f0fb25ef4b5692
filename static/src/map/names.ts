// Names of countries on the basemap: quiet, for orientation, where they fit.

import type { Country, WorldBox } from './atlas';
import { apart, sized, type Measure, type PlacedLabel } from './labelling';

/** The zooms that have names. Before them there is no room, beyond them no need. */
export const NAMES_FROM = 3;
export const NAMES_TO = 7;

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

/** The box of a country's largest part, which its label stands in. */
function extent({ polygons }: Country): WorldBox {
  let largest: WorldBox = [0, 0, 0, 0];
  const area = ([w, n, e, s]: WorldBox) => (e - w) * (s - n);
  for (const { box } of polygons) if (area(box) > area(largest)) largest = box;
  return largest;
}

/** The names that find room at a zoom, those of larger countries first. */
export function placeNames(countries: readonly Country[], zoom: number, measure: Measure): PlacedLabel[] {
  const scale = 2 ** zoom;
  const candidates = countries
    .filter(({ name }) => name !== '')
    .map((country) => {
      const [w, n, e, s] = extent(country);
      return { country, wide: (e - w) * scale, high: (s - n) * scale };
    })
    .sort((a, b) => b.wide * b.high - a.wide * a.high);
  const placed: PlacedLabel[] = [];
  for (const { country, wide, high } of candidates) {
    const size = Math.round(Math.max(11, Math.min(15, 9 + Math.sqrt(wide * high) / 60)));
    const [x, y] = country.at;
    const name = sized({ key: country.id, lines: wrap(country.name), x, y, size, weight: 0 }, zoom, measure);
    // A name may be a little wider than its country, over water and neighbours.
    if (name.width > wide * 1.25 || name.height > high * 1.1) continue;
    if (placed.every((other) => apart(name, other))) placed.push(name);
  }
  return placed;
}
