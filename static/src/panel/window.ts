// The part of a long list that is on the page: some pages of it in a row, and
// groups of what they hold.

import { dayInWords } from '../days';
import type { Sort } from '../state';
import type { Item, Located } from '../types';

/** One fetched page; cursor is where it begins ("" for the first), next where it goes on ("" at the end). */
export interface Loaded<P> {
  items: Item<P>[];
  cursor: string;
  next: string;
}

/** Pages in a row, and the cursors of those before them that were let go. */
export interface Window<P> {
  pages: Loaded<P>[];
  before: string[];
}

/** A page goes on at the end; beyond so many, the first ones leave. */
export function append<P>({ pages, before }: Window<P>, page: Loaded<P>, most: number): Window<P> {
  const all = [...pages, page];
  const gone = all.splice(0, Math.max(0, all.length - most));
  return { pages: all, before: [...before, ...gone.map((p) => p.cursor)] };
}

/** A page that was let go comes back at the front; beyond so many, the last ones leave. */
export function prepend<P>({ pages, before }: Window<P>, page: Loaded<P>, most: number): Window<P> {
  return { pages: [page, ...pages].slice(0, most), before: before.slice(0, -1) };
}

/** Everything in the window; what two pages hold, since data came between them, once. */
export function itemsIn<P>({ pages }: Window<P>): Item<P>[] {
  const seen = new Set<string>();
  return pages.flatMap((p) => p.items).filter(({ id }) => !seen.has(id) && seen.add(id));
}

export interface Group<P> {
  title: string;
  items: Item<P>[];
}

/** Groups under the day on which things began; in the order of importance there is one group. */
export function groups<P extends Pick<Located, 'from'>>(items: readonly Item<P>[], sort: Sort): Group<P>[] {
  const found: Group<P>[] = [];
  for (const item of items) {
    const { from } = item.properties;
    const title = sort === 'importance' ? 'Most independent accounts first' : from ? dayInWords(from) : 'Without a day';
    const last = found.at(-1);
    if (last?.title === title) last.items.push(item);
    else found.push({ title, items: [item] });
  }
  return found;
}
