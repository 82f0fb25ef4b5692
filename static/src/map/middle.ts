// Where the label of a line or an area goes.

import * as L from 'leaflet';
import type { Geometry, Position } from 'geojson';

function longest(parts: Position[][]): Position[] {
  return parts.reduce((a, b) => (b.length > a.length ? b : a), []);
}

/** The middle vertex of a line, the mean of an area's outer vertices; of the part with most vertices. */
export function middle(geometry: Geometry): L.LatLng {
  switch (geometry.type) {
    case 'LineString':
    case 'MultiLineString': {
      const line = geometry.type === 'LineString' ? geometry.coordinates : longest(geometry.coordinates);
      const [lon = 0, lat = 0] = line[Math.floor(line.length / 2)] ?? [];
      return L.latLng(lat, lon);
    }
    case 'Polygon':
    case 'MultiPolygon': {
      const shells = geometry.type === 'Polygon' ? geometry.coordinates.slice(0, 1) : geometry.coordinates.map((p) => p[0]!);
      const shell = longest(shells).slice(1); // a ring ends where it starts
      const mean = (axis: 0 | 1) => shell.reduce((sum, p) => sum + p[axis]!, 0) / shell.length;
      return L.latLng(mean(1), mean(0));
    }
  }
  throw new Error(`a ${geometry.type} has no middle`);
}
