// Codes and counts in words.

import { eventType } from './eventtypes';
import { drawing } from './drawing';
import type { Item, Located, Quote, Role } from './types';

export function count(n: number, one: string, many = one + 's'): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** The event's label, with the server's own word for a type that the page doesn't know. */
export function eventInWords({ event }: Pick<Located, 'event'>): string {
  const type = eventType(event);
  return type.type === 'other' && event ? event : type.label;
}

function metres(m: number): string {
  return m < 1000 ? `${Math.round(m)} m` : `${Number((m / 1000).toPrecision(2))} km`;
}

// UCDP's where_prec and date_prec.
const WHERE: Record<number, string> = {
  1: 'exact place',
  2: 'near here, within about 25 km',
  3: 'known only to the district',
  4: 'known only to the province',
  6: 'known only to the country',
  7: 'at sea or in the air',
};

const WHEN: Record<number, string> = {
  2: 'day known to within 6 days',
  3: 'day known to the week',
  4: 'day known to the month',
  5: 'day known to the year or less',
};

function whereInWords(item: Item<Located>): string {
  const { kind, where_prec } = item.properties;
  switch (drawing(item)) {
    case 'country':
      return WHERE[6]!;
    case 'line':
      return 'somewhere along this line';
    case 'area':
      return 'somewhere in this area';
    case 'unplaced':
      if (where_prec !== null && where_prec >= 3 && WHERE[where_prec]) return WHERE[where_prec]!;
      return kind && kind !== 'settlement' ? `known only to the ${kind}` : 'place not known well enough to draw';
  }
  return WHERE[where_prec ?? 0] ?? 'place known roughly';
}

/** How well the place is known. */
export function placeKnown(item: Item<Located>): string {
  const { uncertainty_m } = item.properties;
  return whereInWords(item) + (uncertainty_m ? ` (± ${metres(uncertainty_m)})` : '');
}

/** How well the day is known; "" where it is known. */
export function dayKnown({ date_prec }: Pick<Located, 'date_prec'>): string {
  return WHEN[date_prec ?? 0] ?? '';
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** A country by its ISO 3166-1 alpha-2 code; the code itself where it is none. */
export function countryInWords(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code;
}

/** What a place does in a sentence. */
export const ROLES: Record<Role, { label: string; meaning: string }> = {
  site: { label: 'Site', meaning: 'where an event happened' },
  setting: { label: 'Setting', meaning: 'where something is, no event' },
  actor: { label: 'Actor', meaning: 'a government or people that acts' },
  affiliation: { label: 'Affiliation', meaning: 'whom somebody belongs to' },
};

/** The claimant within a sentence of ours: "The ministry" began one of the article's. */
export function claimant({ claimed_by }: Quote): string {
  return claimed_by?.replace(/^The /, 'the ') ?? '';
}

/** In whose voice a sentence tells the event. */
export function claimInWords(quote: Quote): string {
  const { claim } = quote;
  const by = claimant(quote);
  switch (claim) {
    case 'claimed':
      return by ? `Claimed by ${by}` : 'Claimed';
    case 'denied':
      return by ? `Denied; claimed by ${by}` : 'Denied';
    case 'reported':
      return 'Reported';
  }
  return '';
}

/** People killed or hurt: what is counted, the range, and the article's words for it. */
export interface Casualties {
  what: string;
  range: string;
  words: string[];
}

function rangeInWords(low: number, high: number | null): string {
  if (high === null) return `${low.toLocaleString('en')} or more`;
  if (low === high) return low === 0 ? 'none' : low.toLocaleString('en');
  return `${low.toLocaleString('en')}–${high.toLocaleString('en')}`;
}

/** What the articles state of the dead and the injured; nothing where they don't. */
export function casualties(p: Located): Casualties[] {
  const kinds: [string, number | null | undefined, number | null | undefined, string[] | null | undefined][] = [
    ['Deaths', p.deaths_low, p.deaths_high, p.deaths_words],
    ['Injuries', p.injuries_low, p.injuries_high, p.injuries_words],
  ];
  return kinds.flatMap(([what, low, high, words]) =>
    typeof low === 'number' ? [{ what, range: rangeInWords(low, high ?? null), words: words ?? [] }] : [],
  );
}
