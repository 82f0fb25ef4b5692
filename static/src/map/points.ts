// Points: a disc for what is at a place, a dashed ring for what is near it. Each
// further event type adds a ring around the first; nothing is moved aside, so
// every mark stays where the place is.

import * as L from 'leaflet';
import type { Point } from 'geojson';
import { svg } from '../dom';
import { className } from '../eventtypes';
import type { DrawnPlace, Mark } from '../places';
import type { Drawn, OnPick } from './drawn';

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

/** A point's symbol, centred in a square; its marks lie one around the other, the first innermost. */
export function pointSymbol(marks: SymbolMark[]): { element: SVGSVGElement; radius: number } {
  const inner = radius(marks[0]?.mentions ?? 1);
  const outer = inner + RING * (marks.length - 1);
  const half = Math.max(outer + 5, TARGET / 2);
  const root = svg('svg', {
    class: 'symbol',
    viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`,
    width: `${2 * half}`,
    height: `${2 * half}`,
    'aria-hidden': 'true',
  });
  root.append(svg('circle', { class: 'symbol-target', r: `${half}` }));
  root.append(svg('circle', { class: 'symbol-halo', r: `${outer + 3}` }));
  for (let i = marks.length - 1; i >= 0; i--) {
    const mark = marks[i]!;
    root.append(svg('circle', { ...attributes('symbol-disc', mark), r: `${inner + RING * i}` }));
  }
  const first = marks[0];
  if (first) {
    const letter = svg('text', { ...attributes('symbol-letter', first), dy: '0.35em' });
    letter.textContent = first.type.letter;
    root.append(letter);
  }
  return { element: root, radius: outer };
}

function attributes(name: string, { type, near }: SymbolMark): Record<string, string> {
  return { class: `${name} ${className(type)}${near ? ' is-near' : ''}`, 'data-mark': markKey({ type, near }) };
}

function markKey({ type, near }: Pick<Mark, 'type' | 'near'>): string {
  return near ? `near ${type.type}` : type.type;
}

export function drawPoint(place: DrawnPlace, pick: OnPick): Drawn {
  const [lon, lat] = (place.geometry as Point).coordinates as [number, number];
  const at = L.latLng(lat, lon);
  const { element, radius: outer } = pointSymbol(place.marks);
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
    const hit = (e.originalEvent.target as Element).closest('[data-mark]')?.getAttribute('data-mark');
    pick(place.marks.find((m) => markKey(m) === hit) ?? null);
  });
  const layer = L.layerGroup<L.Layer>([marker]);
  const near = place.marks.find((m) => m.near);
  const metres = Math.max(place.uncertainty, near ? NEAR_METRES : 0);
  const reach = L.circle(at, {
    radius: metres,
    pane: 'areas',
    interactive: false,
    weight: 1,
    dashArray: '3 5',
    className: `mark-reach ${className((near ?? place.marks[0]!).type)}`,
  });
  if (metres > 0) layer.addLayer(reach);
  return {
    layer,
    bounds: L.latLngBounds(at, at),
    label: { at, offset: outer + 3 },
    select(selected) {
      marker.getElement()?.classList.toggle('is-selected', selected);
      reach.getElement()?.classList.toggle('is-selected', selected);
      marker.setZIndexOffset(selected ? 10_000 : -Math.round(outer) * 10);
    },
  };
}
