// Points: a disc for an exact place, a dashed ring for "near". Each event type
// at the place adds a ring of its own around the one with most reports; nothing
// is moved aside, so every mark stays where the place is.

import * as L from 'leaflet';
import type { Point } from 'geojson';
import { svg } from '../dom';
import { className, EVENT_TYPES } from '../eventtypes';
import type { DrawnPlace, Mark } from '../places';
import type { Drawn, Pick } from './drawn';

const SMALLEST = 8; // pixels of radius for one mention
const LARGEST = 18;
const RING = 6;
const NEAR_METRES = 25_000; // what "near" means in UCDP's where_prec
const TARGET = 24; // pixels, the least that a finger hits

type SymbolMark = Omit<Mark, 'events'>;

/** Radius by the logarithm of the number of mentions. */
export function radius(mentions: number): number {
  return Math.min(LARGEST, SMALLEST + 2.2 * Math.log2(Math.max(1, mentions)));
}

/** A point's symbol, centred in a square. Marks come with most mentions first. */
export function pointSymbol(marks: SymbolMark[], near: boolean): { element: SVGSVGElement; radius: number } {
  const inner = radius(marks[0]?.mentions ?? 1);
  const outer = inner + RING * (marks.length - 1);
  const half = Math.max(outer + 5, TARGET / 2);
  const root = svg('svg', {
    class: near ? 'symbol is-near' : 'symbol',
    viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`,
    width: `${2 * half}`,
    height: `${2 * half}`,
    'aria-hidden': 'true',
  });
  root.append(svg('circle', { class: 'symbol-target', r: `${half}` }));
  root.append(svg('circle', { class: 'symbol-halo', r: `${outer + 3}` }));
  for (let i = marks.length - 1; i >= 0; i--) {
    const { type } = marks[i]!;
    root.append(svg('circle', { class: `symbol-disc ${className(type)}`, 'data-type': type.type, r: `${inner + RING * i}` }));
  }
  const first = marks[0]?.type;
  if (first) {
    const letter = svg('text', { class: `symbol-letter ${className(first)}`, 'data-type': first.type, dy: '0.35em' });
    letter.textContent = first.letter;
    root.append(letter);
  }
  return { element: root, radius: outer };
}

export function drawPoint(place: DrawnPlace, pick: Pick): Drawn {
  const [lon, lat] = (place.geometry as Point).coordinates as [number, number];
  const near = place.drawing === 'near';
  const at = L.latLng(lat, lon);
  const { element, radius: outer } = pointSymbol(place.marks, near);
  const size = Number(element.getAttribute('width'));
  // divIcon takes a node as it is; text of the data never passes as HTML.
  const icon = L.divIcon({ className: 'mark-point', html: element as unknown as HTMLElement, iconSize: [size, size] });
  const marker = L.marker(at, {
    icon,
    pane: 'points',
    keyboard: false, // the list is the way for the keyboard
    title: place.name,
    zIndexOffset: -Math.round(outer) * 10,
  });
  marker.on('click', (e) => {
    const hit = (e.originalEvent.target as Element).closest('[data-type]')?.getAttribute('data-type');
    pick(EVENT_TYPES.find((t) => t.type === hit) ?? null);
  });
  const layer = L.layerGroup([marker]);
  const metres = place.uncertainty || (near ? NEAR_METRES : 0);
  if (metres > 0) {
    const type = place.marks[0]!.type;
    const options = { radius: metres, pane: 'areas', interactive: false, weight: 1, dashArray: '3 5', className: `mark-reach ${className(type)}` };
    layer.addLayer(L.circle(at, options));
  }
  return {
    layer,
    bounds: L.latLngBounds(at, at),
    label: { at, offset: outer + 3 },
    select(selected) {
      marker.getElement()?.classList.toggle('is-selected', selected);
      marker.setZIndexOffset(selected ? 10_000 : -Math.round(outer) * 10);
    },
  };
}
