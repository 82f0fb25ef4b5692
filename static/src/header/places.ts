// Places that the search found: what is said of them, and where the map goes.

import type { Geometry, Position } from 'geojson';
import type { Box, Item, PlaceProperties } from '../types';
import { count } from '../words';

export type Place = Item<PlaceProperties>;

/** The name to show. */
export function nameOf({ properties: p }: Place): string {
  return p.label || p.name;
}

/** The name that was found, where it isn't the one that is shown; else "". */
export function alsoOf(place: Place): string {
  const { matched } = place.properties;
  return matched && matched.toLocaleLowerCase() !== nameOf(place).toLocaleLowerCase() ? matched : '';
}

/** "settlement, Sumy, Ukraine", without what is unknown or said twice. */
export function whereOf({ properties: p }: Place): string {
  const kind = p.capital ? 'capital' : p.kind;
  const name = p.label || p.name;
  const parts = [kind, p.admin, p.country_name || p.country].filter((s): s is string => !!s && s !== name);
  return [...new Set(parts)].join(', ');
}

/** How many events the data has there, whatever the filters. */
export function eventsOf({ properties: p }: Place): string {
  return p.events ? count(p.events, 'event') : 'no event';
}

function positions(g: Geometry): Position[] {
  switch (g.type) {
    case 'Point':
      return [g.coordinates];
    case 'MultiPoint':
    case 'LineString':
      return g.coordinates;
    case 'MultiLineString':
    case 'Polygon':
      return g.coordinates.flat();
    case 'MultiPolygon':
      return g.coordinates.flat(2);
    case 'GeometryCollection':
      return g.geometries.flatMap(positions);
  }
}

function range(values: number[]): [low: number, high: number] {
  return values.reduce<[number, number]>(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
}

/** The box of a geometry, across the antimeridian where that is narrower; null for an empty one. */
export function boxOf(geometry: Geometry): Box | null {
  const all = positions(geometry);
  if (all.length === 0) return null;
  const [south, north] = range(all.map((p) => p[1]!));
  const [west, east] = range(all.map((p) => p[0]!));
  const [west2, east2] = range(all.map((p) => (p[0]! < 0 ? p[0]! + 360 : p[0]!)));
  if (east - west <= east2 - west2) return [west, south, east, north];
  return [west2 > 180 ? west2 - 360 : west2, south, east2 > 180 ? east2 - 360 : east2, north];
}

// How near the map goes to a place that is known as a point only.
const ZOOMS: Record<string, number> = { country: 5, region: 7, settlement: 10, facility: 11, base: 11, crossing: 11 };

/** Where the map goes to show a place; null where the gazetteer has no position. */
export function targetOf({ geometry, properties: p }: Place): { lon: number; lat: number; zoom: number } | { box: Box } | null {
  const box = geometry && geometry.type !== 'Point' ? boxOf(geometry) : null;
  if (box) return { box };
  const [lon, lat] = geometry?.type === 'Point' ? geometry.coordinates : [p.lon, p.lat];
  if (typeof lon !== 'number' || typeof lat !== 'number') return null;
  return { lon, lat, zoom: ZOOMS[p.kind ?? ''] ?? 8 };
}
