// The Leaflet map: options, controls, panes and the view as the URL carries it.
// What is drawn on it is the business of its neighbours; this part tells them
// what to show and the page what the user did.

import * as L from 'leaflet';
import { byId, el } from '../dom';
import { Legend } from '../legend';
import type { Page, Part, Why } from '../part';
import { apiQuery, sameFilters, type PageState, type View } from '../state';
import type { Box, ConflictEvent } from '../types';
import { ActorLines } from './actors';
import { Basemap } from './basemap';
import { Countries } from './countries';
import { Marks, type Pick } from './marks';

/** Panes from bottom to top; css/map.css gives each its z-index. */
export const PANES = ['basemap', 'raster', 'countries', 'actors', 'marks'] as const;

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

/** The bounds of a box; one across the antimeridian goes on beyond 180°. */
export function boundsOf([west, south, east, north]: Box): L.LatLngBounds {
  return L.latLngBounds([south, west], [north, east < west ? east + 360 : east]);
}

export class MapPart implements Part {
  readonly leaflet: L.Map;
  private readonly basemap: Basemap;
  private readonly countries: Countries;
  private readonly actors: ActorLines;
  private readonly marks: Marks;
  private readonly legend: Legend;
  private quiet = false;
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(private readonly page: Page) {
    const container = byId('map');
    this.leaflet = L.map(container, {
      attributionControl: false, // the page has a line of its own
      zoomControl: false,
      minZoom: MIN_ZOOM,
      maxZoom: page.config.raster ? Math.max(MAX_ZOOM, Math.min(page.config.raster.maxZoom, 18)) : MAX_ZOOM,
      maxBounds: [[-86, -200], [86, 200]],
      trackResize: false, // see watchSize
      zoomAnimation: !this.still,
      fadeAnimation: !this.still,
      markerZoomAnimation: !this.still,
      inertia: !this.still,
    });
    for (const pane of PANES) this.leaflet.createPane(pane);
    this.addControls();
    this.quietly(() => {
      if (page.state.view) this.leaflet.setView([page.state.view.lat, page.state.view.lon], page.state.view.zoom, { animate: false });
      else this.leaflet.fitBounds(page.config.bbox ? boundsOf(page.config.bbox) : WORLD, { animate: false, maxZoom: FIT_ZOOM });
    });
    this.basemap = new Basemap(this.leaflet, page.config.raster);
    this.countries = new Countries(this.leaflet, this.basemap, page);
    this.actors = new ActorLines(this.leaflet, page);
    this.marks = new Marks(this.leaflet, page);
    this.legend = new Legend(byId<HTMLDetailsElement>('legend'), page);
    this.countries.onCounts = (counts) => this.legend.showUnplaced(counts);
    this.actors.onRelations = (relations) => {
      this.legend.showRelations(relations);
      this.basemap.leaveOut(this.actors.labelled());
    };
    this.legend.onRelation = (relation) => this.actors.highlight(relation);
    this.marks.onPick = (pick) => this.picked(pick);
    this.leaflet.on('moveend', () => {
      if (!this.quiet) page.update({ view: this.view() }, 'replace');
    });
    this.watchSize(container);
  }

  private addControls(): void {
    L.control.zoom({ position: 'topright' }).addTo(this.leaflet);
    const fit = el('button', { type: 'button', class: 'fit-button' }, 'Fit');
    fit.title = 'Show all events that the filters select';
    fit.addEventListener('click', () => this.page.update({ view: null }));
    control('topright', fit).addTo(this.leaflet);
    L.control.scale({ position: 'bottomright', imperial: false }).addTo(this.leaflet);
  }

  private watchSize(container: HTMLElement): void {
    new ResizeObserver(() => {
      this.quietly(() => this.leaflet.invalidateSize({ animate: false }));
      if (!this.page.state.view) this.fit();
    }).observe(container);
  }

  show(state: PageState, before: PageState | null, why: Why): void {
    if (state.view && !sameView(state.view, this.view())) this.setView(state.view);
    const filtersChanged = before === null || why !== 'state' || !sameFilters(state.filters, before.filters);
    if (filtersChanged) this.marks.show(state);
    if (!state.view && (filtersChanged || before?.view)) this.fit();
    if (before === null || state.hollow !== before.hollow) this.marks.setHollow(state.hollow);
    if (filtersChanged) this.countries.show(apiQuery(state.filters));
    if (filtersChanged || state.actors !== before?.actors) this.actors.show(state, why !== 'state');
    this.legend.show(state);
  }

  /** Shows all that the filters select, once the marks know what that covers. */
  private fit(): void {
    void this.marks.extent().then((bounds) => {
      if (this.page.state.view) return; // the user was quicker
      this.quietly(() => {
        if (bounds) this.leaflet.fitBounds(bounds, { animate: false, maxZoom: FIT_ZOOM, ...this.padding() });
        else this.leaflet.fitBounds(WORLD, { animate: false });
      });
    });
  }

  private picked(pick: Pick): void {
    if (pick.kind === 'event') this.page.update({ event: pick.id, article: '' });
    else if (pick.kind === 'mention') this.page.update({ article: pick.id, event: '' });
    else if (pick.kind === 'place') this.page.filter({ place: [pick.place] });
    else this.goTo({ box: pick.box });
  }

  /** Moves the map without telling the page. */
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
    const left = this.legend.width();
    return { paddingTopLeft: [left < x / 2 ? left + room : room, room], paddingBottomRight: [room, room] };
  }

  private view(): View {
    const { lat, lng } = this.leaflet.getCenter();
    return { zoom: this.leaflet.getZoom(), lat, lon: lng };
  }

  private setView(view: View): void {
    this.quietly(() => this.leaflet.setView([view.lat, view.lon], view.zoom, { animate: false }));
  }

  /** The box that is to be seen; null where it is the whole world around. */
  box(): Box | null {
    const b = this.leaflet.getBounds();
    if (b.getEast() - b.getWest() >= 360) return null;
    const wrap = (lon: number) => (lon < -180 ? lon + 360 : lon > 180 ? lon - 360 : lon);
    return [wrap(b.getWest()), Math.max(-90, b.getSouth()), wrap(b.getEast()), Math.min(90, b.getNorth())];
  }

  goTo(target: { lon: number; lat: number; zoom: number } | { box: Box }): void {
    const animate = !this.still;
    if ('box' in target) this.leaflet.fitBounds(boundsOf(target.box), { animate, maxZoom: MAX_ZOOM, ...this.padding() });
    else this.leaflet.setView([target.lat, target.lon], target.zoom, { animate });
  }

  select(event: ConflictEvent | null): void {
    this.marks.select(event);
  }

  hover(event: ConflictEvent | null): void {
    this.marks.hover(event);
  }
}

/** Whether two views are the same as far as the URL tells. */
function sameView(a: View, b: View): boolean {
  return a.zoom === b.zoom && Math.abs(a.lat - b.lat) < 1e-4 && Math.abs(a.lon - b.lon) < 1e-4;
}
