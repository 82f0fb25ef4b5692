// The page's state in its URL. Filters have the names that the API gives them;
// `map` is zoom/lat/lon and `event_id` the selected event.

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

export interface PageState {
  /** As in the URL, so that a wrong one gets the server's explanation. */
  datetime: string;
  /** Filters that the page passes on to the API, in the API's words. */
  filters: [name: string, value: string][];
  view: View | null;
  selected: string;
}

const FILTERS = [
  'bbox', 'published', 'asof', 'event', 'country', 'place', 'source', 'claim', 'min_confidence', 'q',
] as const;

function parseView(s: string): View | null {
  const numbers = s.split('/').map((n) => (n.trim() === '' ? NaN : Number(n)));
  const [zoom, lat, lon] = numbers;
  if (numbers.length !== 3 || numbers.some((n) => !Number.isFinite(n))) return null;
  if (zoom! < 0 || Math.abs(lat!) > 90 || Math.abs(lon!) > 360) return null;
  return { zoom: zoom!, lat: lat!, lon: lon! };
}

export function readState(search: string): PageState {
  const params = new URLSearchParams(search);
  return {
    datetime: params.get('datetime') ?? '',
    filters: FILTERS.flatMap((name) => {
      const value = params.get(name);
      return value ? [[name, value] as [string, string]] : [];
    }),
    view: parseView(params.get('map') ?? ''),
    selected: params.get('event_id') ?? '',
  };
}

/** What to ask the API for. */
export function apiQuery(state: PageState): URLSearchParams {
  const query = new URLSearchParams();
  if (state.datetime) query.set('datetime', state.datetime);
  for (const [name, value] of state.filters) query.set(name, value);
  return query;
}

/** The state as a query string with its "?", or "" for the page's first state. */
export function writeState(state: PageState): string {
  const params = apiQuery(state);
  if (state.view) {
    const { zoom, lat, lon } = state.view;
    params.set('map', [zoom, lat.toFixed(4), lon.toFixed(4)].join('/'));
  }
  if (state.selected) params.set('event_id', state.selected);
  // Slash, comma and colon may stand in a query as they are, and read better.
  const query = params.toString().replace(/%2F/g, '/').replace(/%2C/g, ',').replace(/%3A/g, ':');
  return query && '?' + query;
}
