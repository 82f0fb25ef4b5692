// The addresses under which the server has exactly what is on the screen.

import { formatBox, intersection, parseBox } from '../box';
import { parseInterval, spanInWords } from '../days';
import { apiQuery, collectionOf, legible, writeState, type Filters, type PageState } from '../state';
import type { Box } from '../types';

/** What is on the screen, as a query of one collection. */
export interface Selection {
  collection: 'events' | 'mentions';
  query: URLSearchParams;
}

/**
 * What the filters select in the box that the map shows (null: anywhere). Null
 * where the filter's own box lies outside that one, so that nothing is shown.
 */
export function selectionOf(filters: Filters, shown: Box | null): Selection | null {
  const query = apiQuery(filters);
  const asked = parseBox(filters.bbox);
  // A box that can't be read stays, so that the server says what is wrong with it.
  if (shown && (asked || filters.bbox === '')) {
    const box = asked ? intersection(asked, shown) : shown;
    if (!box) return null;
    query.set('bbox', formatBox(box));
  }
  return { collection: collectionOf(filters), query };
}

export interface Addresses {
  geojson: string;
  csv: string;
  gpkg: string;
  /** QGIS files know events only; null for mentions. */
  qgs: string | null;
  qlr: string | null;
  /** The landing page of the OGC API. */
  api: string;
}

/** Absolute addresses of the selection; base is the page's own. */
export function addressesOf({ collection, query }: Selection, base: string): Addresses {
  const ending = query.size > 0 ? '?' + legible(query) : '';
  const at = (path: string): string => new URL(path, base).href;
  const file = (extension: string): string => at(`layers/${collection}.${extension}`) + ending;
  const kit = (extension: string): string | null => (collection === 'events' ? at(`qgis/conflictmap.${extension}`) + ending : null);
  return { geojson: file('geojson'), csv: file('csv'), gpkg: file('gpkg'), qgs: kit('qgs'), qlr: kit('qlr'), api: at('api') };
}

/** The days that are exported, in words; known are those of all the data. */
export function daysInWords(datetime: string, known: { from: string; to: string } | null): string {
  const span = parseInterval(datetime);
  if (!span) return datetime;
  if (span.from || span.to) return spanInWords(span);
  return known ? `all days (${spanInWords(known)})` : 'all days';
}

/** The page's address with or without the frame for newsrooms. */
export function pageAddress(href: string, embed: boolean): string {
  const url = new URL(href);
  url.hash = '';
  url.searchParams.delete('embed');
  if (embed) url.searchParams.set('embed', '1');
  url.search = legible(url.searchParams);
  return url.href;
}

const escaped = (s: string): string => s.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** The address of the page in this state; the browser's own may be written a little later. */
export function addressOf(state: PageState): string {
  return location.origin + location.pathname + writeState(state);
}

/** The element that shows the page in another one. */
export function embedCode(href: string): string {
  return `<iframe src="${escaped(pageAddress(href, true))}" title="Map of conflict events" width="800" height="600" loading="lazy"></iframe>`;
}

/** Whether an address leads to this computer only. */
export function isLocal(href: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(href).hostname);
}
