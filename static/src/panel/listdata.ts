// What the list shows, fetched page by page: at most so many pages are kept.

import { fetchItems } from '../api';
import { collectionOf, sameFilters, type Filters, type PageState, type Sort } from '../state';
import type { Box, EventProperties, Item, MentionProperties } from '../types';
import { append, itemsIn, prepend, type Loaded, type Window } from './window';

export type Listed = EventProperties | MentionProperties;

export const PAGE = 30;
const PAGES = 10; // kept at once

/** What to list. */
export interface Query {
  collection: 'events' | 'mentions';
  filters: Filters;
  box: Box | null;
  sort: Sort;
  /** Only what has no position, instead of what the map shows. */
  unplaced: boolean;
}

export function queryOf({ filters, sort }: PageState, box: Box | null, unplaced: boolean): Query {
  const collection = collectionOf(filters);
  return { collection, filters, box: unplaced ? null : box, sort: collection === 'events' ? sort : 'day', unplaced };
}

export function sameQuery(a: Query | null, b: Query): boolean {
  return a !== null && a.sort === b.sort && a.unplaced === b.unplaced && String(a.box) === String(b.box) && sameFilters(a.filters, b.filters);
}

/** How many the filters select, wherever they are, and how many of them have no position. */
export interface Totals {
  selected: number | null;
  unplaced: number | null;
}

export class ListData {
  query: Query | null = null;
  matched: number | null = null;
  private window: Window<Listed> = { pages: [], before: [] };
  private totals: { of: Filters; version: string; value: Totals } | null = null;

  get items(): Item<Listed>[] {
    return itemsIn(this.window);
  }

  /** How many of the list are before the first that is kept. */
  get skipped(): number {
    return this.window.before.length * PAGE;
  }

  get hasMore(): boolean {
    return (this.window.pages.at(-1)?.next ?? '') !== '';
  }

  /** The first page, without keeping it. */
  async first(query: Query, signal: AbortSignal): Promise<{ page: Loaded<Listed>; matched: number | null }> {
    return this.fetch(query, '', signal);
  }

  /** Shows another first page in place of all that was kept. */
  replace(query: Query, { page, matched }: { page: Loaded<Listed>; matched: number | null }): void {
    this.query = query;
    this.matched = matched;
    this.window = { pages: [page], before: [] };
  }

  clear(): void {
    this.query = null;
    this.matched = null;
    this.window = { pages: [], before: [] };
  }

  /** The next page (1) or the one before the first that is kept (-1). */
  async extend(by: 1 | -1, signal: AbortSignal): Promise<void> {
    const { query, window } = this;
    const cursor = by > 0 ? window.pages.at(-1)?.next : window.before.at(-1);
    if (!query || cursor === undefined || (by > 0 && cursor === '')) return;
    const { page } = await this.fetch(query, cursor, signal);
    if (this.window !== window) return;
    this.window = by > 0 ? append(window, page, PAGES) : prepend(window, page, PAGES);
  }

  private async fetch({ collection, filters, box, sort, unplaced }: Query, cursor: string, signal: AbortSignal) {
    const options = {
      box, cursor, limit: PAGE,
      placed: unplaced ? ('no' as const) : ('yes' as const),
      sortby: sort === 'importance' ? '-origins' : '-from',
    };
    const { items, matched, cursor: next } = await fetchItems<Listed>(collection, filters, options, signal);
    return { page: { items, cursor, next }, matched };
  }

  /** Counts beside the list's own; asked once for each choice of filters. */
  async countAll(filters: Filters, version: string, signal: AbortSignal): Promise<Totals> {
    const known = this.totals;
    if (known && known.version === version && sameFilters(known.of, filters)) return known.value;
    const count = (placed?: 'no') => fetchItems(collectionOf(filters), filters, { limit: 1, placed }, signal).then((r) => r.matched);
    const [selected, unplaced] = await Promise.all([count(), count('no')]);
    this.totals = { of: filters, version, value: { selected, unplaced } };
    return this.totals.value;
  }
}
