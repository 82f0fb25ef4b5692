// Talks to the server that the page came from. Paths are relative, so that the
// page also works below a prefix.

import type { ConflictEvent, EventProperties, Layer, Quote } from './types';

const TIMEOUT_MS = 60_000;

/** A request that failed, with a message for people. */
export class RequestError extends Error {
  override name = 'RequestError';
}

async function problem(response: Response): Promise<RequestError> {
  const fallback = `The server answered ${response.status} ${response.statusText}`.trim() + '.';
  try {
    const { detail, title } = (await response.json()) as { detail?: unknown; title?: unknown };
    const words = [detail, title].find((s) => typeof s === 'string' && s !== '');
    return new RequestError((words as string | undefined) ?? fallback);
  } catch {
    return new RequestError(fallback);
  }
}

async function fetchLayer<P>(collection: string, query: URLSearchParams, signal: AbortSignal): Promise<Layer<P>> {
  let body: unknown;
  try {
    const response = await fetch(`layers/${collection}.geojson?${query}`, {
      headers: { Accept: 'application/geo+json, application/problem+json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) throw await problem(response);
    body = await response.json();
  } catch (error) {
    if (signal.aborted || error instanceof RequestError) throw error;
    if (error instanceof SyntaxError) throw new RequestError('The answer of the server was cut short or is not GeoJSON.');
    throw new RequestError('The server did not answer. It may have stopped, or the connection is lost.');
  }
  const { features, conflictmap } = (body ?? {}) as { features?: unknown; conflictmap?: { attribution?: unknown } };
  if (!Array.isArray(features)) throw new RequestError('The answer of the server is not a feature collection.');
  return {
    features,
    attribution: typeof conflictmap?.attribution === 'string' ? conflictmap.attribution : '',
  };
}

/** Fetches the events that the query selects, and the data's attribution. */
export async function fetchEvents(
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<{ events: ConflictEvent[]; attribution: string }> {
  const layer = await fetchLayer<EventProperties>('events', query, signal);
  const events = layer.features
    .filter((f) => f?.properties && f.id !== undefined)
    .map((f) => ({ id: String(f.id), geometry: f.geometry ?? null, properties: f.properties }));
  return { events, attribution: layer.attribution };
}

/** Fetches the sentences that an event rests on, under the filters that selected it. */
export async function fetchQuotes(
  event: ConflictEvent,
  filters: [name: string, value: string][],
  signal: AbortSignal,
): Promise<Quote[]> {
  const { place_id, event: type, from, to } = event.properties;
  const query = new URLSearchParams(filters.filter(([name]) => name !== 'bbox'));
  query.set('place', place_id ?? '');
  query.set('event', type ?? '');
  query.set('role', 'site');
  query.set('datetime', `${from ?? '..'}/${to ?? '..'}`);
  const layer = await fetchLayer<Quote>('mentions', query, signal);
  return layer.features.map((f) => f.properties);
}

/** Fetches the basemap, a TopoJSON file among the page's assets. */
export async function fetchBasemap(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw await problem(response);
  return response.json();
}
