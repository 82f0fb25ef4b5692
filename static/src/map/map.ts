// The Leaflet map: options, controls, panes and the view as the URL carries it.
// What is drawn on it is the business of its neighbours; this part tells them
// what to show and the page what the user did.

import * as L from 'leaflet';
import { byId, el } from '../dom';
import { Legend } from '../legend';
import type { Page, Part, Why } from '../part';
import { apiQuery, countFilters, sameFilters, type PageState, type View } from '../state';
import type { Box, ConflictEvent } from '../types';
import { ActorLines } from './actors';
import { Basemap } from './basemap';
import { Countries } from './countries';
import { Marks, type Pick } from './marks';

/** Panes from bottom to top; css/map.css gives each its z-index. */
export const PANES = ['basemap', 'raster', 'countries', 'actors', 'marks'] as const;

const MIN_ZOOM = 1;
const WIDE = 700; // pixels from which the whole world is small on the map at zoom 1
const MAX_ZOOM = 12; // the basemap shows nothing more beyond
const REST_MS = 80; // after a movement; a wheel or a key often brings the next one
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

/** The lowest zoom of a map of this size. */
function leastZoom({ clientWidth }: HTMLElement): number {
  return clientWidth > WIDE ? MIN_ZOOM + 1 : MIN_ZOOM;
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
  private telling = 0;
  private resized = 0;
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(private readonly page: Page) {
    const container = byId('map');
    this.leaflet = L.map(container, {
      attributionControl: false, // the page has a line of its own
      zoomControl: false,
      minZoom: leastZoom(container),
      maxZoom: page.config.raster ? Math.max(MAX_ZOOM, Math.min(page.config.raster.maxZoom, 18)) : MAX_ZOOM,
      maxBounds: [[-86, -200], [86, 200]],
      trackResize: false, // see watchSize
      zoomAnimation: !this.still,
      fadeAnimation: !this.still,
      markerZoomAnimation: !this.still,
      inertia: !this.still,
      inertiaMaxSpeed: 1500, // pixels a second: a flick doesn't throw what was looked at out of sight
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
    this.marks = new Marks(this.leaflet, page, [this.basemap, this.countries]);
    this.legend = new Legend(byId<HTMLDetailsElement>('legend'), page);
    this.basemap.onOutlines = () => {
      this.countries.repaint();
      this.marks.redraw();
    };
    this.countries.onCounts = (counts) => {
      this.legend.showUnplaced(counts);
      this.marks.redraw();
    };
    this.actors.onRelations = (relations) => {
      this.legend.showRelations(relations);
      this.basemap.leaveOut(this.actors.labelled());
    };
    this.legend.onRelation = (relation) => this.actors.highlight(relation);
    this.marks.onPick = (pick) => this.picked(pick);
    this.leaflet.on('moveend', () => {
      if (!this.quiet) this.tellView();
    });
    this.watchSize(container);
  }

  private addControls(): void {
    L.control.zoom({ position: 'topright' }).addTo(this.leaflet);
    const fit = el('button', { type: 'button', class: 'fit-button' }, 'Fit');
    fit.title = 'Show all events that the filters select';
    fit.addEventListener('click', () => {
      this.page.update({ view: null });
      this.fit(true);
    });
    control('topright', fit).addTo(this.leaflet);
    L.control.scale({ position: 'bottomright', imperial: false }).addTo(this.leaflet);
  }

  private watchSize(container: HTMLElement): void {
    new ResizeObserver(() => {
      this.quietly(() => {
        this.leaflet.invalidateSize({ animate: false });
        const least = leastZoom(container);
        if (this.leaflet.getZoom() < least) this.leaflet.setZoom(least, { animate: false });
        this.leaflet.setMinZoom(least);
      });
      if (!this.page.state.view) this.fit(false);
      else this.tellSize();
    }).observe(container);
  }

  show(state: PageState, before: PageState | null, why: Why): void {
    // The view of the state may lag behind a map that is being moved.
    const viewGiven = state.view && (!before?.view || !sameView(state.view, before.view));
    if (viewGiven || !state.view) clearTimeout(this.telling);
    if (viewGiven && !sameView(state.view!, this.view())) this.setView(state.view!);
    const filtersChanged = before === null || why !== 'state' || !sameFilters(state.filters, before.filters);
    // Without filters the first view is that of all events, if the server told it.
    const unknown = before === null && !state.view && !(this.page.config.bbox && countFilters(state.filters) === 0);
    if (before === null) this.quietly(() => this.leaflet.invalidateSize({ animate: false })); // the header has taken its room
    if (unknown) this.marks.hold();
    else if (before === null && !state.view) this.fitAll();
    if (filtersChanged) this.marks.show(state, why);
    if (!state.view) this.follow(before, why, filtersChanged, unknown);
    if (before === null || state.hollow !== before.hollow) this.marks.setHollow(state.hollow);
    if (filtersChanged) this.countries.show(apiQuery(state.filters));
    if (filtersChanged || state.actors !== before?.actors) this.actors.show(state, why !== 'state');
    this.legend.show(state);
  }

  /** The first view, now that legend and sheet are where they are. */
  private fitAll(): void {
    const bounds = boundsOf(this.page.config.bbox!);
    this.quietly(() => this.leaflet.fitBounds(bounds, { animate: false, maxZoom: FIT_ZOOM, ...this.padding() }));
  }

  /** Without a view of its own the map follows what is selected. */
  private follow(before: PageState | null, why: Why, filtersChanged: boolean, unknown: boolean): void {
    if (before === null ? unknown : before.view) this.fit(true);
    else if (before !== null && filtersChanged && why !== 'data') this.fit(false);
  }

  /**
   * Shows all that the filters select, once the marks know what that covers. Unless
   * exactly, a map that shows it already, and not from far away, stays as it is:
   * while dates are played it would jump with each step.
   */
  private fit(exactly: boolean): void {
    this.marks.extent().then(
      (bounds) => {
        if (this.page.state.view) return; // the user was quicker
        if (bounds && !exactly && this.suits(bounds)) return;
        this.quietly(() => {
          if (bounds) this.leaflet.fitBounds(bounds, { animate: false, maxZoom: FIT_ZOOM, ...this.padding() });
          else if (exactly) this.leaflet.fitBounds(WORLD, { animate: false, ...this.padding() });
        });
      },
      () => {}, // the tiles say that the server doesn't answer; the map stays where it is
    ).finally(() => this.marks.release());
  }

  /** Whether the bounds are in view, and at most two zooms closer would be better. */
  private suits(bounds: L.LatLngBounds): boolean {
    if (!this.leaflet.getBounds().contains(bounds)) return false;
    return Math.min(FIT_ZOOM, this.leaflet.getBoundsZoom(bounds)) - this.leaflet.getZoom() <= 2;
  }

  private picked(pick: Pick): void {
    if (pick.kind === 'event') this.page.update({ event: pick.id, article: '' });
    else if (pick.kind === 'mention') this.page.update({ article: pick.id, event: '' });
    else if (pick.kind === 'place') this.page.filter({ place: pick.places });
    else if (this.leaflet.getZoom() < this.leaflet.getMaxZoom()) this.goTo({ box: pick.box });
    else this.page.filter({ bbox: widened(pick.box).map((n) => n.toFixed(5)).join(',') }); // they don't part any more
  }

  /** Tells the page the view, once the map has come to rest: the list follows it. */
  private tellView(): void {
    clearTimeout(this.telling);
    this.telling = window.setTimeout(() => this.page.update({ view: this.view() }, 'replace'), REST_MS);
  }

  /** Shows the same state again, once the map keeps its size: the list follows what is in view now. */
  private tellSize(): void {
    clearTimeout(this.resized);
    this.resized = window.setTimeout(() => this.page.update({}, 'replace'), REST_MS);
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

  /** Room around what is to be seen; less on small maps, more where legend or sheet lie on the map. */
  private padding(): { paddingTopLeft: [number, number]; paddingBottomRight: [number, number] } {
    const { x, y } = this.leaflet.getSize();
    const room = Math.min(40, Math.round(Math.min(x, y) / 12));
    const left = this.legend.width();
    const below = this.sheet();
    return { paddingTopLeft: [left < x / 2 ? left + room : room, room], paddingBottomRight: [room, below < 0.7 * y ? below + room : room] };
  }

  /** How much of the map the panel covers from below; pixels. */
  private sheet(): number {
    const map = this.leaflet.getContainer().getBoundingClientRect();
    const panel = byId('panel').getBoundingClientRect();
    const above = panel.left < map.right && panel.right > map.left;
    return above ? Math.max(0, Math.min(map.bottom, panel.bottom) - Math.max(map.top, panel.top)) : 0;
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
    const bounds = this.marks.select(event);
    if (bounds) this.bringIntoView(bounds);
  }

  /** Moves the map only as far as it takes to see the bounds. */
  private bringIntoView(bounds: L.LatLngBounds): void {
    const map = this.leaflet;
    const animate = !this.still;
    if (bounds.getNorthWest().equals(bounds.getSouthEast())) {
      if (!this.sees(bounds.getCenter())) map.panInside(bounds.getCenter(), { animate, ...this.padding() });
    } else if (!map.getBounds().pad(-0.1).intersects(bounds)) {
      map.fitBounds(bounds, { animate, maxZoom: map.getZoom(), ...this.padding() });
    }
  }

  /** Whether the point is to be seen: not at the very edge, nor below legend or sheet. */
  private sees(point: L.LatLng): boolean {
    const { x, y } = this.leaflet.latLngToContainerPoint(point);
    const size = this.leaflet.getSize();
    const edge = 16;
    if (x < edge || y < edge || x > size.x - edge || y > size.y - edge - this.sheet()) return false;
    const map = this.leaflet.getContainer().getBoundingClientRect();
    const legend = byId('legend').getBoundingClientRect();
    return x + map.left > legend.right || y + map.top < legend.top;
  }

  hover(event: ConflictEvent | null): void {
    this.marks.hover(event);
  }
}

/** A box a little larger, so that what lies on its edge is within. */
function widened([west, south, east, north]: Box): Box {
  const by = 1e-4;
  return [west - by, south - by, east + by, north + by];
}

/** Whether two views are the same as far as the URL tells. */
function sameView(a: View, b: View): boolean {
  return a.zoom === b.zoom && Math.abs(a.lat - b.lat) < 1e-4 && Math.abs(a.lon - b.lon) < 1e-4;
}
