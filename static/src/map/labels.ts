// Names beside the drawn places. Each tries a few positions around its place and
// takes the first that covers neither a symbol nor another name; one that finds
// none is left out, those with fewest reports first. The selected one always shows.

import * as L from 'leaflet';
import { el, foreign } from '../dom';
import type { DrawnPlace } from '../places';
import type { Drawn } from './drawn';

interface Label {
  placeId: string;
  text: HTMLElement;
  at: L.LatLng;
  offset: number; // pixels that the label keeps from its point
  area: boolean;
  weight: number;
  size: L.Point;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const GAP = 2; // pixels between names
const FOREIGN = 8; // pixels that a name keeps from the symbols of others
const BUTTONS = 44; // pixels at the right edge

export class Labels {
  private readonly group: L.LayerGroup;
  private labels: Label[] = [];
  private selected = '';

  constructor(private readonly map: L.Map) {
    this.group = L.layerGroup().addTo(map);
    map.on('moveend', () => this.arrange()); // after zooming, too
  }

  show(drawn: [DrawnPlace, Drawn][]): void {
    this.group.clearLayers();
    this.labels = [];
    for (const [place, { label }] of drawn) {
      if (label && place.name) this.labels.push(this.add(place, label.at, label.offset));
    }
    // All are measured before any is moved, so the browser lays out once.
    for (const l of this.labels) l.size = L.point(l.text.offsetWidth, l.text.offsetHeight);
    this.arrange();
  }

  private add(place: DrawnPlace, at: L.LatLng, offset: number): Label {
    const text = el('span', { class: `label label-${place.shape}` }, foreign(place.name));
    const letters = new Set(place.marks.map((m) => m.type.letter));
    if (letters.size > 1) text.append(el('span', { class: 'label-types' }, [...letters].join(' ')));
    const icon = L.divIcon({ className: 'label-anchor', html: text, iconSize: [0, 0] });
    this.group.addLayer(L.marker(at, { icon, pane: 'labels', interactive: false, keyboard: false }));
    const weight = place.marks.reduce((sum, m) => sum + m.mentions, 0);
    return { placeId: place.id, text, at, offset, area: place.shape === 'area', weight, size: L.point(0, 0) };
  }

  select(placeId: string): void {
    this.selected = placeId;
    this.arrange();
  }

  /** What is to be seen of the map, without the strip that the buttons cover. */
  private view(): Box {
    const { x, y } = this.map.getSize();
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    return boxAt(corner, L.point(x - BUTTONS, y));
  }

  private arrange(): void {
    const rank = (l: Label) => (l.placeId === this.selected ? Infinity : l.weight);
    const view = this.view();
    const at = new Map(this.labels.map((l) => [l, this.map.latLngToLayerPoint(l.at)]));
    const taken: Box[] = [];
    for (const label of [...this.labels].sort((a, b) => rank(b) - rank(a))) {
      const places = candidates(label).map((shift) => ({ shift, box: boxAt(at.get(label)!.add(shift), label.size) }));
      const symbols = this.labels.filter((l) => !l.area).map((l) => symbolBox(at.get(l)!, l, l === label || label.area));
      const free = places.filter(({ box }) => [...symbols, ...taken].every((t) => !overlap(t, box)));
      const chosen = free.find(({ box }) => within(box, view)) ?? free[0] ?? (label.placeId === this.selected ? places[0] : undefined);
      label.text.classList.toggle('is-hidden', !chosen);
      if (!chosen) continue;
      taken.push(chosen.box);
      L.DomUtil.setTransform(label.text, chosen.shift, 1);
    }
  }
}

/** Where the label's upper left corner may go, relative to its point; best first. */
function candidates({ size: { x: w, y: h }, offset, area }: Label): L.Point[] {
  const middle = Math.round(-w / 2);
  const raised = Math.round(-h / 2);
  if (area) {
    return [0, -1.5, 1.5, -3, 3, -4.5, 4.5].map((lines) => L.point(middle, raised + Math.round(lines * h)));
  }
  const off = Math.round(offset) + GAP;
  const above = -off - h;
  return [
    L.point(off, raised), L.point(-off - w, raised), L.point(middle, above), L.point(middle, off),
    L.point(off, above), L.point(-off - w, above), L.point(off, off), L.point(-off - w, off),
    L.point(middle, above - h), L.point(middle, off + h),
  ];
}

/** What a symbol covers; with a margin for the name of another point, so that it can't be taken for this one's. */
function symbolBox(p: L.Point, { offset }: Label, close: boolean): Box {
  const reach = close ? offset : offset + FOREIGN;
  return { left: p.x - reach, right: p.x + reach, top: p.y - reach, bottom: p.y + reach };
}

function boxAt(corner: L.Point, size: L.Point): Box {
  return { left: corner.x, top: corner.y, right: corner.x + size.x, bottom: corner.y + size.y };
}

function within(a: Box, b: Box): boolean {
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom && b.top < a.bottom;
}
