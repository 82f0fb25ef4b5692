// What the server's layers hold: GeoJSON features whose properties are null
// where they are unknown. Only what the page reads is listed.

import type { Feature, Geometry } from 'geojson';

export type Claim = 'reported' | 'claimed' | 'denied';

/** A sentence that names a place, and the article that it stands in. */
export interface Quote {
  name: string | null; // as written
  sentence: string | null;
  name_start: number | null; // code points within the sentence
  name_end: number | null;
  article_id: string | null;
  title: string | null;
  source: string | null;
  url: string | null;
  published: string | null;
  claim: Claim | null;
  claimed_by: string | null;
}

/** What happened at one place on a span of days. */
export interface EventProperties extends Quote {
  place_id: string | null;
  place: string | null;
  /** the name to show, by the operator's policy for disputed places */
  label?: string | null;
  country: string | null; // ISO 3166-1 alpha-2
  kind: string | null;
  disputed: boolean | null;
  event: string | null;
  from: string | null;
  to: string | null;
  date_prec: number | null;
  where_prec: number | null;
  uncertainty_m: number | null;
  mentions: number | null;
  articles: number | null;
  origins: number | null;
  reported: number | null;
  claimed: number | null;
  denied: number | null;
  claimants: string[] | null;
  /** lowest and highest figure stated, and the words; the highest is null where there may be more ("at least 16") */
  deaths_low?: number | null;
  deaths_high?: number | null;
  deaths_words?: string[] | null;
  injuries_low?: number | null;
  injuries_high?: number | null;
  injuries_words?: string[] | null;
}

/** An event as the page works with it. */
export interface ConflictEvent {
  id: string;
  geometry: Geometry | null;
  properties: EventProperties;
}

/** A collection as the server sends it. */
export interface Layer<P> {
  features: Feature<Geometry | null, P>[];
  attribution: string;
}
