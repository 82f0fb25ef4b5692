// The basemap: Natural Earth's countries at 1:50 million, from the package
// world-atlas, as TopoJSON in two sizes: a coarse one for the first look and low
// zooms, a fine one for the others. world-atlas keeps shapes that cross the
// antimeridian or hold a pole in one piece, which a flat map draws as streaks
// across the world; here they are cut at ±180°. Both files have the objects
//
//   countries  polygons; id is the ISO 3166-1 alpha-2 code where there is one,
//              `at` where a label stands (lon, lat), `name` in English of those
//              that ISO 3166 has a code for
//   disputed   lines to be drawn dashed (see disputed.mjs): arcs of borders, and
//              outlines of disputed areas that the gazetteer has a shape of, where
//              they are no country's outline
//
// so that a border is an arc of two countries that is not an arc of `disputed`.

import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { geoEquirectangular } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import { feature, mesh } from 'topojson-client';
import { topology } from 'topojson-server';
import { APART, DISPUTED, dividedByBox, neighboursOn, partsInBox, partsNot } from './disputed.mjs';
import { largest, polygonsOf, simplified } from './simplify.mjs';

const SHAPES = new URL('../gazetteer/data/', import.meta.url);

// Steps of longitude around the world. 0.01° is half a pixel at zoom 7, 0.05° at zoom 4.
const FINE_STEPS = 36000;
const COARSE_STEPS = 7200;

// What the coarse file leaves out, in square degrees: about what makes no
// difference of a pixel at zoom 3.
const COARSE = { tolerance: 0.034, smallest: 0.05 };

/** Country codes by what world-atlas calls a country: its numeric code, or its name where it has none. */
async function countryCodes(resolve) {
  const countries = JSON.parse(await readFile(resolve('world-countries/countries.json'), 'utf8'));
  const codes = new Map(countries.filter((c) => c.ccn3).map((c) => [c.ccn3, c.cca2]));
  codes.set('Kosovo', 'XK'); // world-atlas gives it no number
  return codes;
}

/**
 * Cuts a GeoJSON object at the antimeridian.
 * @param {object} object GeoJSON with spherical polygons (clockwise shells)
 */
export function cutAtAntimeridian(object) {
  const plane = geoEquirectangular().reflectY(true).scale(180 / Math.PI).translate([0, 0]).precision(0);
  return geoProject(object, plane);
}

/** Borders between two countries' features, by what DISPUTED calls them. */
function borders(atlas, called) {
  return (one, other) =>
    mesh(atlas, atlas.objects.countries, (a, b) => {
      const [x, y] = [called(a), called(b)];
      return a !== b && ((x === one && y === other) || (x === other && y === one));
    }).coordinates;
}

/** The lines of DISPUTED in a topology; a pair that yields none is an error of the list. */
function disputedBorders(atlas) {
  const between = borders(atlas, ({ id, properties }) => id ?? properties.name);
  return DISPUTED.map(({ pair, box, what }) => {
    const lines = between(...pair).flatMap((line) => (box ? partsInBox(line, box) : [line]));
    if (lines.length === 0) throw new Error(`${pair.join(' and ')} share no border${box ? ` in ${box}` : ''} for ${what}`);
    return { type: 'Feature', properties: { what }, geometry: { type: 'MultiLineString', coordinates: lines } };
  });
}

/** Ids of the gazetteer's places that more than one authority claims. */
async function disputedPlaces() {
  const tables = (await readdir(SHAPES)).filter((name) => name.endsWith('.tsv'));
  const ids = new Set();
  for (const table of tables) {
    const rows = (await readFile(new URL(table, SHAPES), 'utf8')).split('\n').filter((row) => row && !row.startsWith('#'));
    const columns = rows[0].split('\t');
    const [id, disputed] = [columns.indexOf('id'), columns.indexOf('disputed')];
    if (disputed < 0) continue;
    for (const row of rows.slice(1)) {
      const cells = row.split('\t');
      if (cells[disputed] === 'Y') ids.add(cells[id]);
    }
  }
  return ids;
}

/**
 * The outlines of disputed areas, but for their coasts and what is a border
 * already. Lines of control are events' places, not borders, and stay out.
 */
async function disputedAreas(countries) {
  const onOutline = neighboursOn(countries.flatMap(({ geometry }) => polygonsOf(geometry).flat()));
  const disputed = await disputedPlaces();
  const folder = new URL('shapes/', SHAPES);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.geojson')).sort();
  const shapes = await Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8'))));
  return shapes
    .filter(({ id, geometry }) => disputed.has(id) && geometry.type.endsWith('Polygon'))
    .map(({ properties, geometry }) => ({
      type: 'Feature',
      properties: { what: properties.name },
      geometry: { type: 'MultiLineString', coordinates: polygonsOf(geometry).flat().flatMap((ring) => partsNot(ring, onOutline)) },
    }))
    .filter(({ geometry }) => geometry.coordinates.length > 0); // Crimea's is the basemap's already
}

/** Distance in degrees from a point to the nearest of a polygon's edges, negative outside. */
function depth([x, y], polygon) {
  let nearest = Infinity;
  let within = false;
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[x1, y1], [x2, y2]] = [ring[j], ring[i]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
      const [dx, dy] = [x2 - x1, y2 - y1];
      const t = dx || dy ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy))) : 0;
      nearest = Math.min(nearest, Math.hypot(x - x1 - t * dx, y - y1 - t * dy));
    }
  }
  return within ? nearest : -nearest;
}

/** Where a country's label stands: about the point of its largest part that is farthest from its borders. */
export function labelPoint(geometry) {
  const polygon = largest(polygonsOf(geometry));
  // Names are wide: what is narrow from west to east counts as narrower.
  const squeeze = 0.6 * Math.cos((polygon[0][0][1] * Math.PI) / 180);
  const plane = polygon.map((ring) => ring.map(([x, y]) => [x * squeeze, y]));
  const xs = plane[0].map(([x]) => x);
  const ys = plane[0].map(([, y]) => y);
  let [w, s, e, n] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  let best = { at: [(w + e) / 2, (s + n) / 2], depth: -Infinity };
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i <= 12; i++) {
      for (let k = 0; k <= 12; k++) {
        const at = [w + ((e - w) * i) / 12, s + ((n - s) * k) / 12];
        const d = depth(at, plane);
        if (d > best.depth) best = { at, depth: d };
      }
    }
    const [dx, dy] = [(e - w) / 6, (n - s) / 6];
    [w, s, e, n] = [best.at[0] - dx, best.at[1] - dy, best.at[0] + dx, best.at[1] + dy];
  }
  return [best.at[0] / squeeze, best.at[1]].map((v) => Number(v.toFixed(1)));
}

async function countries() {
  const { resolve } = createRequire(import.meta.url);
  const atlas = JSON.parse(await readFile(resolve('world-atlas/countries-50m.json'), 'utf8'));
  const codes = await countryCodes(resolve);
  const taken = new Set(); // Australia's reefs bear its number, too
  const idOf = ({ id, properties }) => {
    const code = codes.get(id ?? properties.name);
    if (taken.has(code)) return undefined;
    taken.add(code);
    return code;
  };
  const features = feature(atlas, atlas.objects.countries).features.map((country) => ({
    type: 'Feature',
    id: idOf(country),
    properties: { name: country.properties.name, numbered: country.id !== undefined },
    geometry: cutAtAntimeridian(country.geometry),
  }));
  return [...features, ...APART.map((part) => takenApart(features, part))];
}

/** Takes the polygons in a box away from their country; returns them as a feature of their own. */
function takenApart(countries, { of, box, name }) {
  const country = countries.find(({ id }) => id === of);
  const [rest, within] = dividedByBox(polygonsOf(country.geometry), box);
  if (within.length === 0) throw new Error(`${of} has no polygon in ${box} for ${name}`);
  country.geometry = { type: 'MultiPolygon', coordinates: rest };
  return { type: 'Feature', properties: { name, numbered: false }, geometry: { type: 'MultiPolygon', coordinates: within } };
}

/** Sets the properties that the page reads. */
function describe(topology, points) {
  topology.objects.countries.geometries.forEach((country, i) => {
    const { name, numbered } = country.properties;
    country.properties = { at: points[i], ...(numbered && country.id ? { name } : {}) };
  });
  for (const line of topology.objects.disputed.geometries) delete line.properties;
  return topology;
}

/** Builds the basemap's two topologies. */
export async function buildBasemap() {
  // Once for the shared borders at their final precision, then with the disputed
  // among them as lines of their own, at whose ends the arcs are cut.
  const shapes = await countries();
  const areas = await disputedAreas(shapes);
  const first = topology({ countries: { type: 'FeatureCollection', features: shapes } }, FINE_STEPS);
  const disputed = { type: 'FeatureCollection', features: [...disputedBorders(first), ...areas] };
  const land = feature(first, first.objects.countries);
  const fine = topology({ countries: land, disputed }, FINE_STEPS);
  const coarse = topology(simplified(fine, COARSE), COARSE_STEPS);
  const points = feature(coarse, coarse.objects.countries).features.map(({ geometry }) => labelPoint(geometry));
  return { fine: describe(fine, points), coarse: describe(coarse, points) };
}
