// Rings around the event that the panel shows whole and around the one that the
// pointer is on in the list, where it happened: also if its mark is part of a
// larger one elsewhere, then with the event's symbol. Lines and areas are traced.

import * as L from 'leaflet';
import type { Geometry } from 'geojson';
import { drawing } from '../drawing';
import { badge, eventType } from '../eventtypes';
import type { ConflictEvent } from '../types';
import { pointRadius } from './symbols';

const ROOM = 5; // pixels between a symbol and its ring
const BADGE = 18; // pixels of a symbol with the space around it

/** The longitudes that are nearest to what the map shows. */
function offsetFor(map: L.Map, geometry: Geometry): number {
  const bounds = L.geoJSON(geometry).getBounds();
  return bounds.isValid() ? 360 * Math.round((map.getCenter().lng - bounds.getCenter().lng) / 360) : 0;
}

/** Whether the event has a place that the map draws. */
function isDrawn(event: ConflictEvent): boolean {
  return ['exact', 'near', 'line', 'area'].includes(drawing(event));
}

export class Ring {
  private readonly renderer: L.Renderer;
  private layer: L.GeoJSON | null = null;
  private symbol: L.Marker | null = null; // for where no mark stands

  constructor(
    private readonly map: L.Map,
    private readonly className: string,
    private readonly pane: string,
  ) {
    this.renderer = L.svg({ pane });
  }

  /** Rings the event; null, or an event without a place, removes the ring. */
  show(event: ConflictEvent | null): void {
    this.layer?.remove();
    this.symbol?.remove();
    this.layer = this.symbol = null;
    if (!event?.geometry || !isDrawn(event)) return;
    const offset = offsetFor(this.map, event.geometry);
    const draw = (className: string) => ({ className: `${this.className} ${className}`, renderer: this.renderer, interactive: false, fill: false });
    const radius = pointRadius(event.properties.mentions ?? 1) + ROOM;
    const at = ([lon, lat]: number[]) => L.latLng(lat!, lon! + offset);
    this.layer = L.geoJSON(undefined, { coordsToLatLng: at, interactive: false });
    // A pale line below the strong one: it must be seen on any ground.
    for (const className of ['ring-casing', 'ring-line']) {
      const options = draw(className);
      this.layer.options.style = options;
      this.layer.options.pointToLayer = (_, latlng) => L.circleMarker(latlng, { ...options, radius });
      this.layer.addData(event.geometry as never);
    }
    this.layer.addTo(this.map);
    if (event.geometry.type === 'Point') this.symbol = this.symbolOf(event, at(event.geometry.coordinates));
  }

  private symbolOf(event: ConflictEvent, at: L.LatLng): L.Marker {
    const html = badge(eventType(event.properties.event), { size: BADGE }) as unknown as HTMLElement;
    const icon = L.divIcon({ html, className: 'ring-symbol', iconSize: [BADGE, BADGE] });
    return L.marker(at, { icon, pane: this.pane, interactive: false, keyboard: false });
  }

  /** Where the ring is around a point; null for none. */
  point(): L.LatLng | null {
    return this.symbol?.getLatLng() ?? null;
  }

  /** Says whether no mark stands in the ring, which has the event's symbol then. */
  standAlone(alone: boolean): void {
    if (alone) this.symbol?.addTo(this.map);
    else this.symbol?.remove();
  }

  /** What the ring encloses, null for none. */
  bounds(): L.LatLngBounds | null {
    const bounds = this.layer?.getBounds();
    return bounds?.isValid() ? bounds : null;
  }
}
