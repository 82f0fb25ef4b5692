// How an event is drawn. A point stands only for what is a point: a region or a
// country known by its label's position is listed and never gets a pin.

import type { EventProperties, Item } from './types';

/** exact and near are points; country is hatched on the basemap; unplaced is only listed. */
export type Drawing = 'exact' | 'near' | 'line' | 'area' | 'country' | 'unplaced';

/** Kinds of place that a point can stand for. */
const POINT_KINDS = new Set(['settlement', 'facility', 'base', 'crossing', 'pass', 'cape', 'reef']);

const NEAR = 2; // UCDP where_prec: within about 25 km of a known point

export function drawing({ geometry, properties }: Item<Pick<EventProperties, 'kind' | 'where_prec'>>): Drawing {
  const { kind, where_prec } = properties;
  if (kind === 'country') return 'country';
  switch (geometry?.type) {
    case 'LineString':
    case 'MultiLineString':
      return 'line';
    case 'Polygon':
    case 'MultiPolygon':
      return 'area';
    case 'Point':
      if (!POINT_KINDS.has(kind ?? '') || (where_prec ?? 0) > NEAR) return 'unplaced';
      return where_prec === 1 ? 'exact' : 'near';
  }
  return 'unplaced';
}
