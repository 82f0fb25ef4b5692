// Names beside the drawn places. Where two would overlap, the one with fewer
// reports is left out; the selected one always shows.

import * as L from 'leaflet';
import { el, foreign } from '../dom';
import type { DrawnPlace } from '../places';
import type { Drawn } from './drawn';

interface Label {
  marker: L.Marker;
  weight: number;
  placeId: string;
}

export class Labels {
  private readonly group: L.LayerGroup;
  private labels: Label[] = [];
  private selected = '';

  constructor(map: L.Map) {
    this.group = L.layerGroup().addTo(map);
    map.on('zoomend resize', () => this.declutter());
  }

  show(drawn: [DrawnPlace, Drawn][]): void {
    this.group.clearLayers();
    this.labels = [];
    for (const [place, { label }] of drawn) {
      if (!label || !place.name) continue;
      const text = el('span', { class: 'label-text' }, foreign(place.name));
      if (place.marks.length > 1) text.append(el('span', { class: 'label-types' }, place.marks.map((m) => m.type.letter).join(' ')));
      const icon = L.divIcon({
        className: `label label-${place.drawing}`,
        html: text,
        iconSize: [0, 0],
        iconAnchor: place.drawing === 'area' ? [0, 0] : [-label.offset, 0],
      });
      const marker = L.marker(label.at, { icon, pane: 'labels', interactive: false, keyboard: false });
      this.group.addLayer(marker);
      const weight = place.marks.reduce((sum, m) => sum + m.mentions, 0);
      this.labels.push({ marker, weight, placeId: place.id });
    }
    this.declutter();
  }

  select(placeId: string): void {
    this.selected = placeId;
    this.declutter();
  }

  private declutter(): void {
    const rank = (l: Label) => (l.placeId === this.selected ? Infinity : l.weight);
    const shown: DOMRect[] = [];
    const byRank = [...this.labels].sort((a, b) => rank(b) - rank(a));
    // All are measured before any is hidden, so the browser lays out once.
    const boxes = byRank.map((l) => l.marker.getElement()?.firstElementChild?.getBoundingClientRect());
    byRank.forEach((label, i) => {
      const box = boxes[i];
      const free = box !== undefined && shown.every((s) => !overlap(s, box));
      if (free) shown.push(box);
      label.marker.getElement()?.classList.toggle('is-hidden', !free);
    });
  }
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
