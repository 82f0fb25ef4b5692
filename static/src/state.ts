// The page's state in its URL. Filters have the names that the API gives them
// and stay as they were written, so that a wrong one gets the server's
// explanation. The page's own parameters: `map` is zoom/lat/lon, `event_id` and
// `article` are what the panel shows, `sort` the order of its list, `hollow` the
// confidence below which marks are hollow, `actors` the layer of who talks about
// whom, `embed` the page without its frame.

/** The filters that can have several values, which are alternatives. */
export const LISTS = ['event', 'role', 'country', 'place', 'source', 'claim'] as const;
export type ListName = (typeof LISTS)[number];

/** The filters that have one value; bbox is a box beside the map's view. */
export const SINGLES = ['datetime', 'published', 'asof', 'min_confidence', 'q', 'bbox'] as const;
export type SingleName = (typeof SINGLES)[number];

export type Filters = Readonly<Record<ListName, readonly string[]> & Record<SingleName, string>>;

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

/** The roles whose mentions the map draws: who acted or spoke is not where something happened. */
export const DRAWN_ROLES: readonly string[] = ['site', 'setting'];

/** How the list is ordered: newest day first, or most independent accounts first. */
export type Sort = 'day' | 'importance';

export interface PageState {
  readonly filters: Filters;
  /** Null: the map shows all that the filters select. */
  readonly view: View | null;
  /** The event that the panel shows whole, "" for none. */
  readonly event: string;
  /** The article that the panel shows whole, with the mention it came from behind a colon ("a1:345"); "" for none. */
  readonly article: string;
  readonly sort: Sort;
  /** Marks below this confidence are hollow, 0 to 1; 0 for none. */
  readonly hollow: number;
  readonly actors: boolean;
  readonly embed: boolean;
}

export const NO_FILTERS: Filters = {
  event: [], role: [], country: [], place: [], source: [], claim: [],
  datetime: '', published: '', asof: '', min_confidence: '', q: '', bbox: '',
};

function parseView(s: string): View | null {
  const numbers = s.split('/').map((n) => (n.trim() === '' ? NaN : Number(n)));
  const [zoom, lat, lon] = numbers;
  if (numbers.length !== 3 || numbers.some((n) => !Number.isFinite(n))) return null;
  if (zoom! < 0 || Math.abs(lat!) > 90 || Math.abs(lon!) > 360) return null;
  return { zoom: zoom!, lat: lat!, lon: lon! };
}

function share(s: string | null): number {
  const n = Number(s ?? '');
  return n > 0 && n <= 1 ? n : 0;
}

/** Values of a list: parted at commas, but sources, which may hold commas, only where the parameter is not repeated. */
function listOf(params: URLSearchParams, name: ListName): string[] {
  const given = params.getAll(name);
  const whole = name === 'source' && given.length > 1;
  const values = whole ? given : given.flatMap((v) => v.split(','));
  return [...new Set(values.map((v) => v.trim()).filter((v) => v !== ''))];
}

export function readState(search: string): PageState {
  const params = new URLSearchParams(search);
  const filters: Record<string, string | string[]> = {};
  for (const name of LISTS) filters[name] = listOf(params, name);
  for (const name of SINGLES) filters[name] = params.get(name) ?? '';
  return {
    filters: filters as unknown as Filters,
    view: parseView(params.get('map') ?? ''),
    event: params.get('event_id') ?? '',
    article: params.get('article') ?? '',
    sort: params.get('sort') === 'importance' ? 'importance' : 'day',
    hollow: share(params.get('hollow')),
    actors: params.get('actors') === '1',
    embed: params.get('embed') === '1',
  };
}

/** The filters as the API reads them, without those named in leaveOut. */
export function apiQuery(filters: Filters, ...leaveOut: (ListName | SingleName)[]): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of SINGLES) {
    if (filters[name] && !leaveOut.includes(name)) query.set(name, filters[name]);
  }
  for (const name of LISTS) {
    const values = filters[name];
    if (values.length === 0 || leaveOut.includes(name)) continue;
    if (name === 'source' && values.some((v) => v.includes(','))) {
      // A lone name with a comma is written twice, so that it is taken whole.
      for (const v of values.length === 1 ? [values[0]!, values[0]!] : values) query.append(name, v);
    } else {
      query.set(name, values.join(','));
    }
  }
  return query;
}

/** The query legible: slash, comma and colon may stand in it as they are. */
export function legible(query: URLSearchParams): string {
  return query.toString().replace(/%2F/g, '/').replace(/%2C/g, ',').replace(/%3A/g, ':');
}

/** The state as a query string with its "?", or "" for the page's first state. */
export function writeState(state: PageState): string {
  const params = apiQuery(state.filters);
  if (state.view) {
    const { zoom, lat, lon } = state.view;
    params.set('map', [zoom, lat.toFixed(4), lon.toFixed(4)].join('/'));
  }
  if (state.event) params.set('event_id', state.event);
  if (state.article) params.set('article', state.article);
  if (state.sort !== 'day') params.set('sort', state.sort);
  if (state.hollow) params.set('hollow', String(state.hollow));
  if (state.actors) params.set('actors', '1');
  if (state.embed) params.set('embed', '1');
  const query = legible(params);
  return query && '?' + query;
}

/** Whether two states select the same of the data. */
export function sameFilters(a: Filters, b: Filters): boolean {
  return apiQuery(a).toString() === apiQuery(b).toString();
}

/** How many filters are set; dates count as one of them only where asked for. */
export function countFilters(filters: Filters, ...leaveOut: (ListName | SingleName)[]): number {
  return new Set(apiQuery(filters, ...leaveOut).keys()).size;
}

/** What the filter on roles makes of the page: events, or mentions of chosen roles. */
export function collectionOf(filters: Filters): 'events' | 'mentions' {
  return filters.role.every((r) => r === 'site') ? 'events' : 'mentions';
}
