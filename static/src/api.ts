// What the page asks of the server, as typed functions. Tiles are fetched by the map.

import type { Geometry } from 'geojson';
import { formatBox, intersection, parseBox } from './box';
import { fetchJSON, RequestError } from './request';
import { apiQuery, type Filters } from './state';
import type {
  Article, Box, ConflictEvent, EventProperties, Facets, Histogram, Item, ItemPage, MentionProperties, PlaceProperties,
} from './types';

export { RequestError } from './request';

export interface ItemsOptions {
  /** Only what is drawn in this box; null for anywhere. */
  box?: Box | null;
  /** Only what has a position, or only what has none. */
  placed?: 'yes' | 'no';
  /** As `sortby` takes it: "-from", "-origins". */
  sortby?: string;
  limit?: number;
  cursor?: string;
  /** A condition in CQL2 beside the filters. */
  filter?: string;
}

function itemsOf<P>(body: Record<string, unknown>): Item<P>[] {
  const { features } = body as { features?: { id?: unknown; geometry?: Geometry | null; properties?: P | null }[] };
  if (!Array.isArray(features)) throw new RequestError('The answer of the server is not a feature collection.');
  return features
    .filter((f) => f?.properties && f.id !== undefined)
    .map((f) => ({ id: String(f.id), geometry: f.geometry ?? null, properties: f.properties! }));
}

/** Where the "next" link goes on; only its cursor is taken, since behind a proxy its address may not be ours. */
function cursorOf(body: Record<string, unknown>): string {
  const links = (body.links ?? []) as { rel?: string; href?: string }[];
  const next = Array.isArray(links) ? links.find((l) => l?.rel === 'next')?.href : undefined;
  return (next && URL.canParse(next, location.href) && new URL(next, location.href).searchParams.get('cursor')) || '';
}

/** A page of the events or mentions that the filters select, by the rules of the map: what has no day matches no datetime. */
export async function fetchItems<P>(
  collection: 'events' | 'mentions',
  filters: Filters,
  { box, placed, sortby, limit = 30, cursor, filter }: ItemsOptions,
  signal: AbortSignal,
): Promise<ItemPage<P>> {
  const query = apiQuery(filters);
  query.set('strict', 'yes');
  const asked = parseBox(filters.bbox);
  // A box that can't be read stays, so that the server says what is wrong with it.
  if (box && (asked || filters.bbox === '')) {
    const both = asked ? intersection(asked, box) : box;
    if (!both) return { items: [], matched: 0, cursor: '' };
    query.set('bbox', formatBox(both));
  }
  if (placed) query.set('placed', placed);
  if (sortby) query.set('sortby', sortby);
  query.set('limit', String(limit));
  if (cursor) query.set('cursor', cursor);
  if (filter) query.set('filter', filter);
  const body = await fetchJSON(`api/collections/${collection}/items`, query, signal);
  const matched = typeof body.numberMatched === 'number' ? body.numberMatched : null;
  return { items: itemsOf<P>(body), matched, cursor: cursorOf(body) };
}

async function fetchItem<P>(collection: string, id: string, signal: AbortSignal): Promise<Item<P>> {
  const body = await fetchJSON(`api/collections/${collection}/items/${encodeURIComponent(id)}`, new URLSearchParams(), signal);
  const [item] = itemsOf<P>({ features: [body] });
  if (!item) throw new RequestError('The answer of the server is not a feature.');
  return item;
}

export const fetchEvent = (id: string, signal: AbortSignal): Promise<ConflictEvent> => fetchItem<EventProperties>('events', id, signal);

/** The event as those of its mentions make it that the filters select; null where they select none. */
export async function fetchEventUnder(id: string, filters: Filters, signal: AbortSignal): Promise<ConflictEvent | null> {
  const filter = `id='${id.replaceAll("'", "''")}'`;
  const { items } = await fetchItems<EventProperties>('events', filters, { limit: 1, filter }, signal);
  return items[0] ?? null;
}

/** The sentences that an event rests on, under the filters that selected it: the first 200. */
export async function fetchMentionsOf(event: ConflictEvent, filters: Filters, signal: AbortSignal): Promise<ItemPage<MentionProperties>> {
  const { place_id, event: type, from, to } = event.properties;
  const of: Filters = {
    ...filters, bbox: '', place: place_id ? [place_id] : [], event: type ? [type] : [], role: ['site'],
    datetime: from || to ? `${from ?? '..'}/${to ?? '..'}` : '',
  };
  return fetchItems<MentionProperties>('mentions', of, { limit: 200 }, signal);
}

export async function fetchArticle(id: string, signal: AbortSignal): Promise<Article> {
  const body = await fetchJSON(`api/articles/${encodeURIComponent(id)}`, new URLSearchParams(), signal);
  if (typeof body.text !== 'string') throw new RequestError('The answer of the server is not an article.');
  return { ...(body as unknown as Article), mentions: itemsOf<MentionProperties>((body.mentions ?? {}) as Record<string, unknown>) };
}

/** Counts over time of what the query selects, in steps that suit its span unless one is asked for. */
export async function fetchHistogram(query: URLSearchParams, signal: AbortSignal): Promise<Histogram> {
  const body = await fetchJSON('api/histogram', query, signal);
  if (!Array.isArray(body.bins)) throw new RequestError('The answer of the server is not a histogram.');
  return body as unknown as Histogram;
}

export async function fetchFacets(query: URLSearchParams, signal: AbortSignal): Promise<Facets> {
  const body = await fetchJSON('api/facets', query, signal);
  if (typeof body.facets !== 'object' || body.facets === null) throw new RequestError('The answer of the server holds no counts.');
  return body as unknown as Facets;
}

/** Places of the gazetteer by (the beginning of) a name. */
export async function searchPlaces(name: string, limit: number, signal: AbortSignal): Promise<Item<PlaceProperties>[]> {
  return itemsOf(await fetchJSON('api/gazetteer', new URLSearchParams({ q: name, limit: String(limit) }), signal));
}

/** Places of the gazetteer by id; those that it doesn't have are left out. */
export async function fetchPlaces(ids: string[], signal: AbortSignal): Promise<Item<PlaceProperties>[]> {
  return itemsOf(await fetchJSON('api/gazetteer', new URLSearchParams({ id: ids.join(',') }), signal));
}
