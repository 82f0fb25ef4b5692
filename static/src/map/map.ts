// The Leaflet map itself: options, controls, panes and the view as the URL
// carries it. What is drawn on it is the business of its neighbours.

import * as L from 'leaflet';
import { el } from '../dom';
import type { View } from '../url';

/** Panes from bottom to top; style.css gives each its z-index. */
export const PANES = ['basemap', 'countries', 'areas', 'lines', 'points', 'labels'] as const;
export type Pane = (typeof PANES)[number];

const MIN_ZOOM = 1;
const MAX_ZOOM = 12; // the basemap shows nothing more beyond
const FIT_ZOOM = 8; // nor does a first view go closer than this
const WORLD = L.latLngBounds([-60, -130], [72, 150]);

function control(position: L.ControlPosition, ...children: HTMLElement[]): L.Control {
  const c = new L.Control({ position });
  c.onAdd = () => {
    const bar = el('div', { class: 'leaflet-bar' }, ...children);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  return c;
}

export class ConflictMap {
  readonly leaflet: L.Map;
  /** Called when the user has moved the map. */
  onView: (view: View) => void = () => {};
  /** Called by the button that shows all events, and when the map's size changed. */
  onFit: () => void = () => {};
  onResize: () => void = () => {};

  /** Pixels at the left edge that something on the map covers. */
  insetLeft: () => number = () => 0;

  private quiet = false;
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(container: HTMLElement) {
    this.leaflet = L.map(container, {
      attributionControl: false, // the page has a line of its own
      zoomControl: false,
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      maxBounds: [[-86, -200], [86, 200]],
      trackResize: false, // see below
      zoomAnimation: !this.still,
      fadeAnimation: !this.still,
      markerZoomAnimation: !this.still,
      inertia: !this.still,
    });
    for (const pane of PANES) this.leaflet.createPane(pane);
    this.addControls();
    this.quietly(() => this.leaflet.fitBounds(WORLD, { animate: false }));
    this.leaflet.on('moveend', () => {
      if (!this.quiet) this.onView(this.view());
    });
    new ResizeObserver(() => {
      this.quietly(() => this.leaflet.invalidateSize({ animate: false }));
      this.onResize();
    }).observe(container);
  }

  private addControls(): void {
    L.control.zoom({ position: 'topright' }).addTo(this.leaflet);
    const fit = el('button', { type: 'button', class: 'fit-button' }, 'Fit');
    fit.title = 'Show all events of the list';
    fit.addEventListener('click', () => this.onFit());
    control('topright', fit).addTo(this.leaflet);
    L.control.scale({ position: 'bottomright', imperial: false }).addTo(this.leaflet);
  }

  /** Moves the map without telling onView. */
  private quietly(move: () => void): void {
    this.quiet = true;
    try {
      move();
    } finally {
      this.quiet = false;
    }
  }

  /** Room around what is to be seen; less on small maps. */
  private padding(): L.FitBoundsOptions {
    const { x, y } = this.leaflet.getSize();
    const room = Math.min(40, Math.round(Math.min(x, y) / 12));
    const left = this.insetLeft();
    return { paddingTopLeft: [left < x / 2 ? left + room : room, room], paddingBottomRight: [room, room] };
  }

  view(): View {
    const { lat, lng } = this.leaflet.getCenter();
    return { zoom: this.leaflet.getZoom(), lat, lon: lng };
  }

  setView(view: View): void {
    this.quietly(() => this.leaflet.setView([view.lat, view.lon], view.zoom, { animate: false }));
  }

  /** Shows the bounds whole, without a word to onView; the world for bounds that hold nothing. */
  fit(bounds: L.LatLngBounds): void {
    this.quietly(() => {
      if (bounds.isValid()) this.leaflet.fitBounds(bounds, { animate: false, maxZoom: FIT_ZOOM, ...this.padding() });
      else this.leaflet.fitBounds(WORLD, { animate: false });
    });
  }

  /** Moves the map only as far as it takes to see the bounds. */
  bringIntoView(bounds: L.LatLngBounds): void {
    const map = this.leaflet;
    if (!bounds.isValid() || map.getBounds().pad(-0.08).contains(bounds)) return;
    const animate = !this.still;
    const fits = map.getBoundsZoom(bounds.pad(0.1)) >= map.getZoom();
    if (fits) map.panTo(bounds.getCenter(), { animate });
    else map.fitBounds(bounds, { animate, maxZoom: map.getZoom(), ...this.padding() });
  }
}
