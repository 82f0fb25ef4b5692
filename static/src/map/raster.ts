// An operator's own map tiles, above the basemap's land, with their attribution.

import * as L from 'leaflet';
import type { Config } from '../config';
import { byId, el } from '../dom';

/** Adds the tiles; an operator who configured none gets none. */
export function addRaster(map: L.Map, raster: Config['raster']): void {
  if (!raster) return;
  const tiles = L.tileLayer(raster.url, {
    pane: 'raster', maxNativeZoom: raster.maxZoom, maxZoom: map.getMaxZoom(), keepBuffer: 1,
    // The page itself tells nobody where it is, but many servers of tiles refuse
    // those who don't say whose map it is: OpenStreetMap's, for one.
    referrerPolicy: 'strict-origin',
  });
  let told = false;
  tiles.on('tileerror', () => {
    // The land below does instead. Whoever runs the server should know, once.
    if (!told) console.warn(`Map tiles could not be loaded from ${raster.url}`);
    told = true;
  });
  tiles.addTo(map);
  byId('credits').before(el('span', { id: 'raster-attribution' }, `Map tiles: ${raster.attribution}`));
}
