// Events and mentions on the map, from the server's vector tiles.

import * as L from 'leaflet';
import { byId, el } from '../dom';
import { reached } from '../milestone';
import type { Page, Why } from '../part';
import { fetchJSON } from '../request';
import { apiQuery, collectionOf, DRAWN_ROLES, type PageState } from '../state';
import type { Box, ConflictEvent } from '../types';
import type { Lettering } from './covered';
import type { Feature } from './decode';
import { addressOf, tilesIn, tileZoom, type TileAt } from './grid';
import type { Hit } from './hits';
import type { Placed } from './layout';
import { Picture } from './picture';
import { ReachRing } from './reach';
import { Ring } from './rings';
import { keyOf, Tiles, type Query } from './tiles';
import { summary, Tip, type Noun } from './tip';

/** What a click on a mark means. */
export type Pick =
  | { kind: 'event'; id: string }
  | { kind: 'mention'; id: string }
  /** several features at one place of the gazetteer, or at places on one spot */
  | { kind: 'place'; places: readonly string[] }
  /** several places, within the box */
  | { kind: 'cluster'; box: Box };

const PANE = 'marks';
const RENEW_MS = 500; // between two states of the data
const AT_MARK = 3; // pixels: so near a mark is that of the place

/** The filters of the tiles; null where nothing of it can be drawn. */
function tileQuery(state: PageState): Selection | null {
  const collection = collectionOf(state.filters);
  const filters = apiQuery(state.filters);
  if (collection === 'events') return { collection, filters };
  const roles = state.filters.role.filter((r) => DRAWN_ROLES.includes(r));
  if (roles.length === 0) return null;
  filters.set('role', roles.join(','));
  return { collection, filters };
}

type Selection = Omit<Query, 'version'>;

export class Marks {
  onPick: (pick: Pick) => void = () => {};

  private readonly tiles = new Tiles();
  private readonly picture: Picture;
  private readonly tip: Tip;
  private readonly reach: ReachRing;
  private readonly selected: Ring;
  private readonly hovered: Ring;
  private readonly summary: HTMLElement;
  private readonly notice: HTMLElement;
  private readonly noticeText = el('span');

  /** What is to be shown; null for no marks at all. */
  private wanted: Query | null = null;
  /** What is drawn, and its key; "" for nothing yet. */
  private drawn: { key: string; query: Query | null } = { key: '', query: null };
  private asked = false; // whether show() was called
  private held = false;
  private outdated = false;
  private renewing = 0;
  private hollow = 0;
  private zooming = false;
  private moving = false;
  private frame = 0;
  /** Whether the present view has not been drawn whole. */
  private unfinished = true;
  private covering: { key: string; bounds: Promise<L.LatLngBounds | null> } | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly page: Page,
    below: readonly Lettering[],
  ) {
    const container = map.getContainer();
    this.picture = new Picture(map, PANE, () => this.redraw(), below);
    this.reach = new ReachRing(map, PANE);
    this.hovered = new Ring(map, 'ring ring-hovered', PANE);
    this.selected = new Ring(map, 'ring ring-selected', PANE);
    this.tip = new Tip(container);
    this.summary = byId('map-summary');
    this.notice = this.addNotice(container);
    this.tiles.onTile = () => this.redraw();
    map.on('zoomstart', () => (this.zooming = true));
    map.on('zoomend', () => (this.zooming = false));
    map.on('movestart', () => (this.moving = true));
    map.on('moveend resize', () => {
      this.moving = false;
      this.request();
    });
    map.on('move', () => {
      // A long way at one go: the canvas follows before the hand lets go.
      if (!this.zooming && !this.picture.surface.covers()) this.request();
    });
    this.listen();
  }

  private addNotice(container: HTMLElement): HTMLElement {
    const again = el('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => this.page.refresh());
    const notice = el('div', { class: 'map-notice', role: 'alert', hidden: true }, this.noticeText, again);
    L.DomEvent.disableClickPropagation(notice);
    container.append(notice);
    return notice;
  }

  private listen(): void {
    let pending = 0;
    this.map.on('mousemove', ({ containerPoint }: L.LeafletMouseEvent) => {
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(() => {
        const hit = this.moving ? null : this.picture.at(containerPoint);
        this.point(hit, containerPoint);
      });
    });
    const leave = () => {
      cancelAnimationFrame(pending);
      this.point(null, L.point(0, 0));
    };
    this.map.on('mouseout movestart', leave);
    this.map.on('click', ({ containerPoint }: L.LeafletMouseEvent) => {
      const hit = this.picture.at(containerPoint);
      const pick = hit && this.pickOf(hit);
      if (pick) this.onPick(pick);
    });
  }

  /** Tells of the mark that the pointer is on, null for none. */
  private point(hit: Hit | null, { x, y }: L.Point): void {
    this.map.getContainer().classList.toggle('is-on-mark', hit !== null);
    this.tip.show(hit, x, y, this.noun(), this.hollow);
    const at = hit && 'mark' in hit ? this.picture.surface.toContainer(hit.x, hit.y) : L.point(0, 0);
    this.reach.show(hit, this.map.containerPointToLatLng(at));
  }

  private noun(): Noun {
    return this.drawn.query?.collection === 'mentions' ? 'mention' : 'event';
  }

  private pickOf(hit: Hit): Pick | null {
    const one = (f: Feature): Pick => ({ kind: this.noun(), id: f.id });
    if ('shape' in hit) {
      if (hit.shape.feature) return one(hit.shape.feature);
      return hit.shape.placeId ? { kind: 'place', places: [hit.shape.placeId] } : null;
    }
    const { mark } = hit;
    if (mark.type === 'single') return one(mark.feature);
    if (mark.placeIds.length > 0) return { kind: 'place', places: mark.placeIds };
    return mark.box && { kind: 'cluster', box: mark.box };
  }

  /** Shows what the state's filters select; what was shown stays until the new has come. */
  show(state: PageState, why: Why): void {
    if (why === 'retry') this.tiles.forgive();
    const query = tileQuery(state);
    const { wanted } = this;
    if (why === 'data' && query && wanted && keyOf({ ...query, version: '' }) === keyOf({ ...wanted, version: '' })) {
      this.outdated = true;
      this.renewSoon();
      return;
    }
    this.outdated = false;
    this.wanted = query && { ...query, version: this.page.version };
    this.asked = true;
    this.request();
  }

  /**
   * Asks for newer data when what is asked for is there, and not too often: while
   * articles stream in, each would else cut off the tiles of the one before.
   */
  private renewSoon(): void {
    if (this.renewing || !this.outdated || this.unfinished) return;
    this.renewing = window.setTimeout(() => {
      this.renewing = 0;
      if (!this.outdated || this.unfinished || !this.wanted) return; // the end of the drawing comes back to it
      this.outdated = false;
      this.wanted = { ...this.wanted, version: this.page.version };
      this.request();
    }, RENEW_MS);
  }

  /** Waits with the first tiles until it is known what is to be seen. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    this.request();
  }

  private key(): string {
    return this.wanted ? keyOf(this.wanted) : 'nothing';
  }

  /** The tiles that must be there before the view is whole. */
  private seen(): TileAt[] {
    return tilesIn(this.picture.surface.view(), tileZoom(this.map.getZoom()));
  }

  /** Asks for the tiles of the present view, then for those around it. */
  private request(): void {
    if (!this.asked || this.held || this.zooming) return;
    this.unfinished = true;
    if (this.wanted) {
      const seen = this.seen().map(addressOf);
      const near = tilesIn(this.picture.surface.target(), tileZoom(this.map.getZoom())).map(addressOf);
      this.tiles.want(this.wanted, [...new Set([...seen, ...near])]);
    }
    this.redraw();
  }

  /** Draws the same marks once more. */
  redraw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** Draws the new view if all of it is there, else what there is of the old one. */
  private draw(): void {
    if (!this.asked || this.held || this.zooming) return;
    const key = this.key();
    const { wanted } = this;
    const missing = wanted ? this.seen().map(addressOf).filter((a) => !this.tiles.get(key, a) && !this.tiles.failure(key, a)) : [];
    const whole = missing.length === 0;
    const container = this.map.getContainer();
    if (whole) {
      this.drawn = { key, query: wanted };
      container.removeAttribute('aria-busy');
    } else {
      container.setAttribute('aria-busy', 'true');
    }
    // Another query's or another zoom's picture stays until the new one is whole.
    const same = this.drawn.key === key && this.picture.surface.zoom === this.map.getZoom();
    const gone = this.picture.surface.zoom === this.map.getZoom() && !this.picture.surface.covers();
    if (whole || same || gone) this.paint();
    if (whole && this.unfinished) this.finish();
  }

  private paint(): void {
    const placed: Placed[] = [];
    const zoom = this.map.getZoom();
    const { surface } = this.picture;
    for (const at of tilesIn(surface.covers() ? surface.area() : surface.target(), tileZoom(zoom))) {
      const tile = this.tiles.get(this.drawn.key, addressOf(at));
      if (tile) placed.push({ at, tile });
    }
    this.picture.draw(placed, { hollow: this.hollow, neutral: this.drawn.query?.filters.get('role') === 'setting' });
    this.fillRings();
  }

  /** Rings where no mark stands, since it is part of one elsewhere, have a symbol. */
  private fillRings(): void {
    const shown = this.picture.shown();
    const { surface } = this.picture;
    if (!shown || surface.zoom !== this.map.getZoom()) return;
    for (const ring of [this.selected, this.hovered]) {
      const at = ring.point();
      if (!at) continue;
      const { x, y } = surface.fromContainer(this.map.latLngToContainerPoint(at));
      ring.standAlone(!shown.layout.marks.some((mark) => Math.hypot(mark.x - x, mark.y - y) < AT_MARK));
    }
  }

  /** Says what is to be seen, and what is not. */
  private finish(): void {
    this.unfinished = false;
    const shown = this.picture.shown();
    const seen = this.wanted ? this.seen().map((at) => this.tiles.failure(this.key(), addressOf(at))) : [];
    const failure = seen.find((f) => f);
    this.notice.hidden = !failure;
    if (failure) this.noticeText.textContent = `${seen.every((f) => f) ? 'The map has no marks' : 'Marks are missing'}: they could not be loaded. ${failure.message}`;
    if (shown) {
      const text = this.wanted ? summary(shown.layout, shown.view, this.noun()) : 'The map has no marks: who acted or spoke is not where something happened.';
      if (this.summary.textContent !== text) this.summary.textContent = text;
    }
    reached('conflictmap:map');
    this.renewSoon();
  }

  /** What all that is selected covers, null for nothing. Throws a RequestError. */
  extent(): Promise<L.LatLngBounds | null> {
    const { wanted } = this;
    if (!wanted) return Promise.resolve(null);
    const key = keyOf(wanted);
    if (this.covering?.key !== key) {
      const bounds = fetchJSON(`tiles/${wanted.collection}.json`, wanted.filters, new AbortController().signal).then(({ bounds }) => {
        const [west, south, east, north] = Array.isArray(bounds) ? (bounds as number[]) : [];
        return north === undefined ? null : L.latLngBounds([south!, west!], [north, east!]);
      });
      const covering = { key, bounds };
      this.covering = covering;
      bounds.catch(() => {
        if (this.covering === covering) this.covering = null; // the next may ask again
      });
    }
    return this.covering.bounds;
  }

  /** Draws marks below this confidence hollow. */
  setHollow(confidence: number): void {
    if (this.hollow === confidence) return;
    this.hollow = confidence;
    this.redraw();
  }

  /** Rings the event that the panel shows whole; gives what must be in view, null for nothing. */
  select(event: ConflictEvent | null): L.LatLngBounds | null {
    this.selected.show(event);
    this.fillRings();
    return this.selected.bounds();
  }

  /** Rings the event that the pointer or the focus is on in the list. */
  hover(event: ConflictEvent | null): void {
    this.hovered.show(event);
    this.fillRings();
  }
}
