// What the server's collections hold: GeoJSON features whose properties are null
// where they are unknown. Only what the page reads is listed.

import type { Geometry } from 'geojson';

export type Claim = 'reported' | 'claimed' | 'denied';
export type Role = 'site' | 'setting' | 'actor' | 'affiliation';

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

/** The place of a feature, and how well day and position are known. */
export interface Located {
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
  date_prec: number | null; // UCDP: 1 day to 5 year
  where_prec: number | null; // UCDP: 1 exact to 7 sea or air
  /** words that put it elsewhere than at the place, or say how near: "15 km south of" */
  offset?: string | null;
  uncertainty_m: number | null;
  confidence?: number | null; // 0 to 1
  /** lowest and highest figure stated, and the words; the highest is null where there may be more ("at least 16") */
  deaths_low?: number | null;
  deaths_high?: number | null;
  deaths_words?: string[] | null;
  injuries_low?: number | null;
  injuries_high?: number | null;
  injuries_words?: string[] | null;
}

/** What happened at one place on a span of days, with the sentence that shows it best. */
export interface EventProperties extends Quote, Located {
  mentions: number | null;
  articles: number | null;
  origins: number | null; // independent accounts
  reported: number | null;
  claimed: number | null;
  denied: number | null;
  claimants: string[] | null;
}

/** One place name in one article. */
export interface MentionProperties extends Quote, Located {
  role: Role | null;
  start: number | null; // code points in the article's text
  end: number | null;
  demonym?: boolean | null;
  /** the words that gave the days */
  date_basis?: string | null;
  /** what the confidence rests on, strongest first */
  reasons?: string[] | null;
  /** ids of the other candidate places, best first */
  runners_up?: string[] | null;
  /** the independent account that the article belongs to: the same for copies of one text */
  origin?: string | null;
}

/** A feature as the page works with it. */
export interface Item<P> {
  id: string;
  geometry: Geometry | null;
  properties: P;
}

export type ConflictEvent = Item<EventProperties>;
export type Mention = Item<MentionProperties>;

/** One page of a collection's items. */
export interface ItemPage<P> {
  items: Item<P>[];
  /** How many there are in all; null where the server didn't count. */
  matched: number | null;
  /** Where the next page begins, "" at the end. */
  cursor: string;
}

/** An article with its mentions. */
export interface Article {
  id: string;
  source: string | null;
  url: string | null;
  title: string | null;
  published: string | null;
  text: string;
  mentions: Mention[];
}

/** Counts over time. A bin has the total and the counts by event type. */
export interface Histogram {
  interval: 'day' | 'week' | 'month';
  bins: Bin[];
  /** Features known only to the month or worse; no bin has them. */
  coarse: number;
  numberMatched: number;
  version: string;
}

export type Bin = { date: string; total: number } & Partial<Record<string, number | string>>;

export interface Facet {
  value: string;
  label?: string;
  count: number;
}

/** Counts by value; each list as if nothing were said of its own field. */
export interface Facets {
  numberMatched: number;
  facets: Record<'event' | 'role' | 'country' | 'place' | 'source' | 'claim', Facet[]>;
  version: string;
}

/** A place of the gazetteer. */
export interface PlaceProperties {
  id: string;
  name: string;
  label?: string | null;
  /** the one of its names that was found */
  matched?: string | null;
  country: string | null;
  country_name?: string | null;
  kind: string | null;
  admin?: string | null;
  population?: number | null;
  capital?: boolean | null;
  disputed?: boolean | null;
  lon: number | null;
  lat: number | null;
  /** how many the data has there */
  events?: number | null;
  mentions?: number | null;
}

/** West, south, east, north in degrees; west > east across the antimeridian. */
export type Box = [number, number, number, number];
