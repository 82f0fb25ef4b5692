// Which events are drawn, and how: pure functions from events to what the map
// shows. A point stands only for what is a point: a region or a country known
// by its label's position is listed and never gets a pin.

import type { Geometry } from 'geojson';
import { eventType, type EventType } from './eventtypes';
import type { ConflictEvent, EventProperties } from './types';

/** exact and near are points; country is hatched on the basemap; unplaced is only listed. */
export type Drawing = 'exact' | 'near' | 'line' | 'area' | 'country' | 'unplaced';

/** Kinds of place that a point can stand for. */
const POINT_KINDS = new Set(['settlement', 'facility', 'base', 'crossing', 'pass', 'cape', 'reef']);

const NEAR = 2; // UCDP where_prec: within about 25 km of a known point

export function drawing({ geometry, properties }: ConflictEvent): Drawing {
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

/** The events of one type at a place, those "near" it apart from those at it. */
export interface Mark {
  type: EventType;
  near: boolean;
  events: ConflictEvent[];
  mentions: number;
}

/** A place that the map draws once for all its events. */
export interface DrawnPlace {
  id: string;
  name: string;
  shape: 'point' | 'line' | 'area' | 'country';
  geometry: Geometry | null;
  country: string;
  disputed: boolean;
  uncertainty: number; // metres, 0 where not stated
  /** What is at the place before what is near it, then most mentions first. */
  marks: Mark[];
}

/** Tells which events are of one place: the gazetteer's id, or the name where it has none. */
export function placeKey(p: EventProperties): string {
  return p.place_id ?? `name:${p.place ?? p.name ?? ''}`;
}

function addToMarks(marks: Mark[], event: ConflictEvent, near: boolean): void {
  const type = eventType(event.properties.event);
  let mark = marks.find((m) => m.type === type && m.near === near);
  if (!mark) marks.push((mark = { type, near, events: [], mentions: 0 }));
  mark.events.push(event);
  mark.mentions += event.properties.mentions ?? 1;
}

/** Gathers events by place; leaves out what is only listed. */
export function drawnPlaces(events: ConflictEvent[]): DrawnPlace[] {
  const places = new Map<string, DrawnPlace>();
  for (const event of events) {
    const how = drawing(event);
    if (how === 'unplaced') continue;
    const p = event.properties;
    const shape = how === 'exact' || how === 'near' ? 'point' : how;
    const id = `${shape} ${placeKey(p)}`;
    let place = places.get(id);
    if (!place) {
      place = {
        id,
        name: p.label ?? p.place ?? p.name ?? '',
        shape,
        geometry: event.geometry,
        country: p.country ?? '',
        disputed: p.disputed ?? false,
        uncertainty: p.uncertainty_m ?? 0,
        marks: [],
      };
      places.set(id, place);
    }
    addToMarks(place.marks, event, how === 'near');
  }
  for (const place of places.values()) {
    place.marks.sort((a, b) => Number(a.near) - Number(b.near) || b.mentions - a.mentions);
  }
  return [...places.values()];
}

/** The place's events, in the order of its marks. */
export function eventsOf(place: DrawnPlace): ConflictEvent[] {
  return place.marks.flatMap((mark) => mark.events);
}
