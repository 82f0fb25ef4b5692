// Events that are known only to the country: the country is hatched lightly on
// the basemap's own shape, with how many they are. A pin in its middle would say
// more than anybody knows.

import * as L from 'leaflet';
import { fetchFacets } from '../api';
import { onScheme } from '../dom';
import type { Page } from '../part';
import { collectionOf, DRAWN_ROLES } from '../state';
import type { Facet } from '../types';
import type { Basemap } from './basemap';
import { Uncovered, type Lettering } from './covered';
import { byWeight, writeLabels, type Label, type PlacedLabel } from './labelling';
import { Painted, type Piece } from './painted';

const DEBOUNCE_MS = 400; // after a change of filters: the marks come first
const MOST = 200; // countries, as many as the server names at once
const COUNTS_FROM = 4; // the zoom from which there is room for figures
const STEP = 8; // pixels between hatches, a part of the pieces' side

export class Countries implements Lettering {
  /** Told how many features are known only to the country, by country; null while nobody knows. */
  onCounts: (counts: readonly Facet[] | null) => void = () => {};

  private counts: readonly Facet[] = [];
  private wanted = new AbortController();
  private readonly uncovered = new Uncovered();
  private readonly layer: Painted;
  private readonly labels = new Map<number, PlacedLabel[]>(); // by zoom

  constructor(
    private readonly map: L.Map,
    private readonly basemap: Basemap,
    private readonly page: Page,
  ) {
    this.layer = new Painted('countries', (piece) => this.paint(piece));
    onScheme(() => this.layer.repaint());
  }

  /** Shows what the filters select; the query is theirs. */
  show(query: URLSearchParams): void {
    this.wanted.abort();
    this.wanted = new AbortController();
    const { signal } = this.wanted;
    setTimeout(() => {
      if (!signal.aborted) void this.load(new URLSearchParams(query), signal);
    }, DEBOUNCE_MS);
  }

  private async load(query: URLSearchParams, signal: AbortSignal): Promise<void> {
    const { filters } = this.page.state;
    const collection = collectionOf(filters);
    const roles = filters.role.filter((role) => DRAWN_ROLES.includes(role));
    if (collection === 'mentions' && roles.length === 0) return this.set([]); // actors are lines
    query.set('collection', collection);
    query.set('filter', "kind='country'");
    query.set('limit', String(MOST));
    if (collection === 'mentions') query.set('role', roles.join(','));
    else query.delete('role');
    try {
      const { facets } = await fetchFacets(query, signal);
      // The server counts by country as if none were asked for.
      this.set(facets.country.filter(({ value }) => filters.country.length === 0 || filters.country.includes(value)));
    } catch {
      if (!signal.aborted) this.set(null); // what is there would be of other filters
    }
  }

  private set(counts: readonly Facet[] | null): void {
    this.onCounts(counts);
    this.counts = counts ?? [];
    if (this.counts.length > 0) this.layer.addTo(this.map);
    else this.layer.remove();
    this.repaint();
  }

  /** Draws the same counts once more. */
  repaint(): void {
    this.labels.clear();
    this.layer.repaint();
  }

  private paint(piece: Piece): void {
    const outlines = this.basemap.outlines(piece.zoom);
    if (!outlines) return;
    const { ctx } = piece;
    const css = getComputedStyle(document.documentElement);
    const most = Math.max(...this.counts.map(({ count }) => count));
    ctx.strokeStyle = css.getPropertyValue('--country-hatch').trim();
    ctx.lineWidth = 1;
    for (const { value, count } of this.counts) {
      const country = this.basemap.country(value, piece.zoom);
      if (!country) continue;
      ctx.save();
      piece.toWorld();
      const any = outlines.clip(piece, [country]);
      piece.toPixels();
      ctx.globalAlpha = strength(count, most);
      if (any) hatch(piece);
      ctx.restore();
    }
    piece.toPixels();
    const labels = this.uncovered.of(this.placed(piece.zoom));
    writeLabels(piece, labels, css.getPropertyValue('--country-name').trim(), css.getPropertyValue('--label-halo').trim());
  }

  cover(keys: ReadonlySet<string>): void {
    if (this.uncovered.change(keys)) this.layer.repaint();
  }

  placed(zoom: number): readonly PlacedLabel[] {
    if (zoom < COUNTS_FROM) return [];
    let placed = this.labels.get(zoom);
    if (!placed) {
      placed = this.place(zoom);
      this.labels.set(zoom, placed);
    }
    return placed;
  }

  private place(zoom: number): PlacedLabel[] {
    const names = this.basemap.placed(zoom);
    const labels = this.counts.flatMap(({ value, count }): Label[] => {
      const country = this.basemap.country(value, zoom);
      if (!country) return [];
      const [x, y] = country.at;
      const name = names.find(({ key }) => key === value);
      const below = name ? name.height / 2 + 10 : 0;
      return [{ key: value, lines: [`${count.toLocaleString('en')} not placed`], x, y, size: 11, weight: count, below }];
    });
    return byWeight(labels, zoom, this.basemap.measure, names);
  }
}

/** How strongly a country is hatched, 0.2 to 0.5, by the logarithm of its count. */
export function strength(count: number, most: number): number {
  return most <= 1 ? 0.5 : 0.2 + (0.3 * Math.log1p(count)) / Math.log1p(most);
}

/** Hatches a piece, from lower left to upper right, such that it goes on in the next. */
function hatch({ ctx, side }: Piece): void {
  ctx.beginPath();
  for (let x = STEP / 2; x < 2 * side; x += STEP) {
    ctx.moveTo(x, 0);
    ctx.lineTo(x - side, side);
  }
  ctx.stroke();
}
