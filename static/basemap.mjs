// The basemap: Natural Earth's countries at 1:50 million, from the package
// world-atlas, as TopoJSON. world-atlas keeps shapes that cross the antimeridian
// or hold a pole in one piece, which a flat map draws as streaks across the
// world; here they are cut at ±180°. Coordinates are rounded to about 0.01°,
// half a pixel at zoom 7. Each country's id is its ISO 3166-1 alpha-2 code where it
// has one.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { geoEquirectangular } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import { feature } from 'topojson-client';
import { topology } from 'topojson-server';

const STEPS = 36000; // of longitude, around the world

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

/** Builds the basemap's topology with the one object `countries`. */
export async function buildBasemap() {
  const { resolve } = createRequire(import.meta.url);
  const atlas = JSON.parse(await readFile(resolve('world-atlas/countries-50m.json'), 'utf8'));
  const codes = await countryCodes(resolve);
  const features = feature(atlas, atlas.objects.countries).features.map((country) => ({
    type: 'Feature',
    id: codes.get(country.id ?? country.properties.name),
    properties: undefined,
    geometry: cutAtAntimeridian(country.geometry),
  }));
  return topology({ countries: { type: 'FeatureCollection', features } }, STEPS);
}
