// The events on the map: draws the places, marks the selected one and says
// which event a click means.

import * as L from 'leaflet';
import { drawnPlaces, eventsOf, type DrawnPlace, type Mark } from '../places';
import type { ConflictEvent } from '../types';
import { drawArea, drawCountry } from './areas';
import type { Country } from './basemap';
import type { Drawn, OnPick } from './drawn';
import { drawLine } from './lines';
import { addHatches } from './hatches';
import { Labels } from './labels';
import { drawPoint } from './points';

export class EventLayer {
  /** Called with the event that a click on the map means. */
  onPick: (event: ConflictEvent) => void = () => {};

  private readonly group: L.LayerGroup;
  private readonly labels: Labels;
  private drawn: [DrawnPlace, Drawn][] = [];
  private events: ConflictEvent[] = [];
  private selected: ConflictEvent | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly country: (code: string) => Country | undefined,
  ) {
    addHatches();
    this.group = L.layerGroup().addTo(map);
    this.labels = new Labels(map);
    map.on('zoomend', () => this.zoomed());
  }

  show(events: ConflictEvent[]): void {
    this.events = events;
    this.redraw();
  }

  /** Draws again what is shown, as when the countries' shapes have come. */
  redraw(): void {
    this.group.clearLayers();
    this.drawn = drawnPlaces(this.events).map((place) => [place, this.draw(place)]);
    // Large ones first, so that a small area within a large one can be hit.
    const size = ([, d]: [DrawnPlace, Drawn]) => extent(d.bounds);
    for (const [, d] of [...this.drawn].sort((a, b) => size(b) - size(a))) this.group.addLayer(d.layer);
    this.zoomed();
    this.labels.show(this.drawn);
    this.select(this.selected);
  }

  private draw(place: DrawnPlace): Drawn {
    const pick: OnPick = (mark) => this.pick(place, mark);
    switch (place.shape) {
      case 'line':
        return drawLine(place, pick);
      case 'area':
        return drawArea(place, pick);
      case 'country':
        return drawCountry(place, this.country(place.country));
      case 'point':
        return drawPoint(place, pick);
    }
  }

  /** Selects the first event of what was hit, or the next one if it holds the selected event already. */
  private pick(place: DrawnPlace, mark: Mark | null): void {
    const events = mark?.events ?? eventsOf(place);
    const at = events.findIndex((e) => e.id === this.selected?.id);
    const next = events[(at + 1) % events.length];
    if (next) this.onPick(next);
  }

  private zoomed(): void {
    const zoom = this.map.getZoom();
    for (const [, d] of this.drawn) d.zoomed?.(zoom);
  }

  select(event: ConflictEvent | null): void {
    this.selected = event;
    let placeId = '';
    for (const [place, d] of this.drawn) {
      const holds = event !== null && eventsOf(place).some((e) => e.id === event.id);
      if (holds) placeId = place.id;
      d.select(holds);
    }
    this.labels.select(placeId);
  }

  /** What an event covers on the map; not valid for one that is only listed. */
  boundsOf(event: ConflictEvent): L.LatLngBounds {
    const found = this.drawn.find(([place]) => eventsOf(place).some((e) => e.id === event.id));
    return found ? found[1].bounds : L.latLngBounds([]);
  }

  /** What all events cover, those known only to a country left out. */
  bounds(): L.LatLngBounds {
    const all = L.latLngBounds([]);
    for (const [place, d] of this.drawn) if (place.shape !== 'country') all.extend(d.bounds);
    return all;
  }
}

function extent(b: L.LatLngBounds): number {
  return b.isValid() ? (b.getEast() - b.getWest()) * (b.getNorth() - b.getSouth()) : 0;
}
