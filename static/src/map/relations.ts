// Who talks about whom: pairs of countries that sentences name together, the one
// who speaks first. The server counts them; see /api/relations.

import { fetchJSON, RequestError } from '../request';
import { apiQuery, type Filters } from '../state';
import { count } from '../words';

export interface Relation {
  /** Codes of the countries, ISO 3166-1 alpha-2. */
  from: string;
  to: string;
  fromLabel: string;
  toLabel: string;
  sentences: number;
  articles: number;
  /** Id of the newest mention that is counted. */
  example: string;
  /** Lon and lat of the capitals; null where one has no position. */
  ends: [[number, number], [number, number]] | null;
}

/** How many pairs are drawn: those with the most sentences. */
const LIMIT = 60;

interface Answer {
  features?: {
    geometry?: { type?: string; coordinates?: unknown } | null;
    properties?: Record<string, unknown> | null;
  }[];
}

const isPosition = (p: unknown): p is [number, number] => Array.isArray(p) && Number.isFinite(p[0]) && Number.isFinite(p[1]);

/** Reads the server's answer; what makes no sense in it is left out. */
export function readRelations(body: Record<string, unknown>): Relation[] {
  const { features } = body as Answer;
  if (!Array.isArray(features)) throw new RequestError('The answer of the server is not a feature collection.');
  return features.flatMap(({ geometry, properties: p }) => {
    const { from_country: from, to_country: to, sentences } = p ?? {};
    if (typeof from !== 'string' || typeof to !== 'string' || typeof sentences !== 'number') return [];
    const line = geometry?.type === 'LineString' && Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
    const [a, b] = [line[0], line.at(-1)] as unknown[];
    return [
      {
        from, to, sentences,
        fromLabel: String(p?.from_label ?? from),
        toLabel: String(p?.to_label ?? to),
        articles: typeof p?.articles === 'number' ? p.articles : sentences,
        example: typeof p?.example === 'string' ? p.example : '',
        ends: isPosition(a) && isPosition(b) ? [a, b] : null,
      },
    ];
  });
}

/** The pairs in what the filters select. The role is not asked: it is always that of the one who speaks. */
export async function fetchRelations(filters: Filters, signal: AbortSignal): Promise<Relation[]> {
  const query = apiQuery(filters, 'role');
  query.set('limit', String(LIMIT));
  return readRelations(await fetchJSON('api/relations', query, signal));
}

/** "12 sentences in 7 articles" */
export function weightInWords({ sentences, articles }: Relation): string {
  return `${count(sentences, 'sentence')} in ${count(articles, 'article')}`;
}
