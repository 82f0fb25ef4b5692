// Fewer points for outlines that are only seen from afar. Works on the arcs of a
// topology, so that neighbours keep one border and lines keep their ends.

import { feature } from 'topojson-client';

/** Twice the area of a triangle, in square degrees as seen at its latitude. */
function area(a, b, c) {
  const shrink = Math.cos((b[1] * Math.PI) / 180);
  return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) * shrink;
}

/**
 * Visvalingam's simplification: takes away the point that matters least until
 * every one left spans a triangle of at least the tolerance with its neighbours.
 * @param {[number, number][]} line in degrees
 * @param {number} tolerance square degrees, of twice the triangle's area
 * @param {number} least points that are left at least
 */
export function simplifyLine(line, tolerance, least = 2) {
  const points = line.slice();
  const areas = points.map((p, i) => (i > 0 && i < points.length - 1 ? area(points[i - 1], p, points[i + 1]) : Infinity));
  while (points.length > least) {
    let i = 0;
    for (let k = 1; k < areas.length; k++) if (areas[k] < areas[i]) i = k;
    const gone = areas[i];
    if (!(gone < tolerance)) break;
    points.splice(i, 1);
    areas.splice(i, 1);
    // A neighbour never matters less than what was taken before it.
    for (const k of [i - 1, i]) {
      if (k > 0 && k < points.length - 1) areas[k] = Math.max(gone, area(points[k - 1], points[k], points[k + 1]));
    }
  }
  return points;
}

/** The area of a ring in square degrees as seen at its middle latitude. */
export function ringArea(ring) {
  let sum = 0;
  let latitude = 0;
  for (let i = 0; i < ring.length - 1; i++) {
    sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    latitude += ring[i][1] / (ring.length - 1);
  }
  return (Math.abs(sum) / 2) * Math.cos((latitude * Math.PI) / 180);
}

/** The polygons of a geometry. */
export const polygonsOf = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

/**
 * The objects of a topology with fewer points, as GeoJSON features by name.
 * Islands and lakes below the smallest area are left out, but never all of a
 * country, nor what has a neighbour: that would leave a gap.
 */
export function simplified(topology, { tolerance, smallest }) {
  const closed = (arc) => arc[0].every((n, i) => n === arc.at(-1)[i]);
  const plain = decoded(topology);
  plain.arcs = plain.arcs.map((arc) => simplifyLine(arc, tolerance, closed(arc) ? 4 : 2));
  const objects = {};
  for (const [name, object] of Object.entries(plain.objects)) objects[name] = feature(plain, object);
  const shared = sharedArcs(plain.objects.countries.geometries);
  objects.countries.features.forEach((country, i) => {
    const numbers = polygonArcs(plain.objects.countries.geometries[i]);
    const polygons = polygonsOf(country.geometry);
    const matters = (p, r) => ringArea(polygons[p][r]) >= smallest || numbers[p][r].some((n) => shared.has(arcOf(n)));
    const main = largest(polygons);
    const kept = polygons.map((rings, p) => rings.filter((_, r) => matters(p, r) || (r === 0 && rings === main)));
    // A polygon whose shell is gone has lost its holes with it.
    country.geometry = { type: 'MultiPolygon', coordinates: kept.filter((rings, p) => rings[0] === polygons[p][0]) };
  });
  return objects;
}

const arcOf = (n) => (n < 0 ? ~n : n);
const polygonArcs = ({ type, arcs }) => (type === 'Polygon' ? [arcs] : arcs);

/** The polygon with the largest shell. */
export function largest(polygons) {
  return polygons.reduce((best, polygon) => (ringArea(polygon[0]) > ringArea(best[0]) ? polygon : best));
}

/** Arcs that are part of two countries. */
function sharedArcs(countries) {
  const users = new Map();
  for (const country of countries) {
    for (const n of new Set(polygonArcs(country).flat(2).map(arcOf))) users.set(n, (users.get(n) ?? 0) + 1);
  }
  return new Set([...users].filter(([, count]) => count > 1).map(([n]) => n));
}

/** The topology without quantisation: arcs in degrees. */
function decoded(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const { transform: _, ...rest } = topology;
  return { ...rest, arcs };
}
