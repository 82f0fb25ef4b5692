// Lines: a thick line for each event type, within a translucent band as wide as
// the line's position is uncertain.

import * as L from 'leaflet';
import { className } from '../eventtypes';
import type { DrawnPlace } from '../places';
import type { Drawn, OnPick } from './drawn';
import { middle } from './middle';

const WEIGHT = 4; // pixels
const STEP = 6; // what each further event type adds on both sides together
const LEAST_BAND = 14;
const EQUATOR = 40_075_017; // metres, WGS 84

/** Metres that a pixel covers at a latitude in Web Mercator. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (EQUATOR * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** zoom);
}

export function drawLine(place: DrawnPlace, pick: OnPick): Drawn {
  const geometry = place.geometry!;
  const line = (name: string, weight: number) =>
    L.geoJSON(geometry, { pane: 'lines', style: { className: name, weight, fill: false, opacity: 1 }, bubblingMouseEvents: false } as L.GeoJSONOptions);
  const first = place.marks[0]!.type;
  const width = WEIGHT + STEP * (place.marks.length - 1);
  // Leaflet draws the members of a group in the order in which they were made.
  const band = line(`mark-band ${className(first)}`, Math.max(LEAST_BAND, width + 10));
  const halo = line('mark-halo', width + 7);
  const casing = line('mark-casing', width + 3);
  // The type with most reports is the innermost, so it is made and drawn last.
  const cores = place.marks.map((_, i) => {
    const inner = place.marks.length - 1 - i;
    return line(`mark-line ${className(place.marks[inner]!.type)}`, WEIGHT + STEP * inner);
  });
  const layer = L.featureGroup([band, halo, casing, ...cores]);
  layer.on('click', () => pick(null));
  const bounds = layer.getBounds();
  return {
    layer,
    bounds,
    label: { at: middle(geometry), offset: width },
    select(selected) {
      halo.eachLayer((l) => (l as L.Path).getElement()?.classList.toggle('is-selected', selected));
    },
    zoomed(zoom) {
      const wide = (2 * place.uncertainty) / metresPerPixel(bounds.getCenter().lat, zoom);
      band.setStyle({ weight: Math.max(LEAST_BAND, width + 10, wide) });
    },
  };
}
