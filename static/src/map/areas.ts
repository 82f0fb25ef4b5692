// Areas: hatched, never filled, since an event somewhere in a region is not an
// event everywhere in it; a dashed border where the place is disputed. A
// country is hatched more lightly, on the basemap's own shape.

import * as L from 'leaflet';
import { className } from '../eventtypes';
import type { DrawnPlace } from '../places';
import type { Country } from './basemap';
import type { Drawn, OnPick } from './drawn';
import { hatch } from './hatches';
import { middle } from './middle';

const DASH = 8; // pixels

/** The dashes of the i-th of n event types, which take turns along the border. */
export function borderDashes(i: number, n: number, disputed: boolean): Dashes {
  if (n === 1) return { dashArray: disputed ? '7 6' : '', dashOffset: '0' };
  const dash = disputed ? DASH - 3 : DASH;
  return { dashArray: `${dash} ${DASH * n - dash}`, dashOffset: `${-DASH * i}` };
}

interface Dashes {
  dashArray: string;
  dashOffset: string;
}

export function drawArea(place: DrawnPlace, pick: OnPick): Drawn {
  const geometry = place.geometry!;
  const shape = (style: L.PathOptions, interactive = true) =>
    L.geoJSON(geometry, { pane: 'areas', interactive, style, bubblingMouseEvents: false } as L.GeoJSONOptions);
  const halo = shape({ className: 'mark-halo', weight: 6, fill: false }, false);
  const fills = place.marks.map(({ type }, i) =>
    shape({
      className: `mark-area ${className(type)}`,
      weight: 2,
      ...borderDashes(i, place.marks.length, place.disputed),
      // One hatch is enough to read; the other types show in the border and the label.
      fill: i === 0,
      fillColor: hatch(type),
      fillOpacity: 1,
    }),
  );
  const layer = L.featureGroup([halo, ...fills]);
  layer.on('click', () => pick(null));
  return {
    layer,
    bounds: layer.getBounds(),
    label: { at: middle(geometry), offset: 0 },
    select(selected) {
      halo.eachLayer((l) => (l as L.Path).getElement()?.classList.toggle('is-selected', selected));
    },
  };
}

/** Hatches the country of an event that is known no better; a country that the basemap lacks is only listed. */
export function drawCountry(place: DrawnPlace, country: Country | undefined): Drawn {
  const type = place.marks[0]!.type;
  const style = { className: `mark-country ${className(type)}`, stroke: false, fillColor: hatch(type) };
  const layer = L.geoJSON(country, { pane: 'countries', interactive: false, style } as L.GeoJSONOptions);
  const point = place.geometry?.type === 'Point' ? place.geometry.coordinates : null;
  return {
    layer,
    // Where the label would be: a country's outline can reach around the world.
    bounds: point ? L.latLng(point[1]!, point[0]!).toBounds(1) : layer.getBounds(),
    label: null,
    select(selected) {
      layer.eachLayer((l) => (l as L.Path).getElement()?.classList.toggle('is-selected', selected));
    },
  };
}
