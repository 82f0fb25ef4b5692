// The sentences of one event put in order: by independent account, with copies
// behind the original, and by who says it where accounts differ.

import type { Mention } from '../types';

/** What one article says of an event. */
export interface Telling {
  quotes: Mention[]; // at least one
  /** whether it says nothing but what the account's first article says */
  copy: boolean;
}

/** An independent account: the article that had it first, and those that repeat it. */
export interface Account {
  first: Telling;
  others: Telling[];
}

/** A sentence without what copies change: case, spaces, marks. */
function essence(quote: Mention): string {
  return (quote.properties.sentence ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function groupBy<K>(mentions: readonly Mention[], key: (m: Mention) => K): Mention[][] {
  const groups = new Map<K, Mention[]>();
  for (const m of mentions) {
    const group = groups.get(key(m));
    if (group) group.push(m);
    else groups.set(key(m), [m]);
  }
  return [...groups.values()];
}

const published = (quotes: Mention[]): string => quotes[0]!.properties.published ?? '9999';
const confidence = (m: Mention): number => m.properties.confidence ?? 0;

/** The accounts, those with the surest sentence first; within one the earliest article is the original. */
export function accounts(mentions: readonly Mention[]): Account[] {
  const best = (a: Account) => Math.max(...[a.first, ...a.others].flatMap((t) => t.quotes).map(confidence));
  return groupBy(mentions, (m) => m.properties.origin || m.properties.article_id || m.id)
    .map((group) => {
      const articles = groupBy(group, (m) => m.properties.article_id ?? m.id).sort((a, b) => published(a).localeCompare(published(b)));
      const [first, ...others] = articles as [Mention[], ...Mention[][]];
      const told = new Set(first.map(essence));
      return {
        first: { quotes: first, copy: false },
        others: others.map((quotes) => ({ quotes, copy: quotes.every((q) => told.has(essence(q))) })),
      };
    })
    .sort((a, b) => best(b) - best(a) || published(a.first.quotes).localeCompare(published(b.first.quotes)));
}

/** Lowest and highest figure stated; the highest is null where there may be more. */
export interface Figures {
  low: number;
  high: number | null;
}

/** Who says it: the articles in their own voice, somebody whom they quote, or whoever denies it. */
export interface Side {
  voice: 'own' | 'claimant' | 'denial';
  /** the claimant as written; whom a denial is about; "" for the articles' own voice */
  who: string;
  /** without those that repeat another one */
  quotes: Mention[];
  /** how many of the sentences tell of a denial, too */
  denied: number;
  deaths: Figures | null;
  injuries: Figures | null;
}

/** One claimant, however the articles write the name. */
function claimantKey(name: string): string {
  return name.toLowerCase().replace(/defense/g, 'defence').replace(/[^\p{L}\p{N}]+/gu, ' ').trim().replace(/^(the|a|an) /, '');
}

function figures(quotes: Mention[], kind: 'deaths' | 'injuries'): Figures | null {
  const stated = quotes.map((q) => q.properties).filter((p) => typeof p[`${kind}_low`] === 'number');
  if (stated.length === 0) return null;
  const highs = stated.map((p) => p[`${kind}_high`] ?? null);
  return {
    low: Math.min(...stated.map((p) => p[`${kind}_low`]!)),
    high: highs.some((h) => h === null) ? null : Math.max(...(highs as number[])),
  };
}

/**
 * In whose voice a sentence is. Who denies is not in the data, but a sentence of a
 * denied claim that doesn't name the claimant is the one that tells of the denial.
 */
function voice({ properties: { claim, claimed_by, sentence } }: Mention): Side['voice'] {
  const by = claimed_by ?? '';
  if (!by && (claim ?? 'reported') === 'reported') return 'own';
  return claim === 'denied' && by && !claimantKey(sentence ?? '').includes(claimantKey(by)) ? 'denial' : 'claimant';
}

const ORDER: Side['voice'][] = ['own', 'claimant', 'denial'];

/** The sides: the articles' own voice, then whoever is quoted most, then denials. A claim without a claimant is one of its own. */
export function sides(mentions: readonly Mention[]): Side[] {
  return groupBy(mentions, (m) => `${voice(m)} ${claimantKey(m.properties.claimed_by ?? '')}`)
    .map((all) => {
      const quotes = groupBy(all, essence).map((same) => same[0]!);
      const of = voice(all[0]!);
      return {
        voice: of,
        who: of === 'own' ? '' : (all[0]!.properties.claimed_by ?? 'somebody not named'),
        quotes,
        denied: quotes.filter((q) => q.properties.claim === 'denied').length,
        deaths: figures(all, 'deaths'),
        injuries: figures(all, 'injuries'),
      };
    })
    .sort((a, b) => ORDER.indexOf(a.voice) - ORDER.indexOf(b.voice) || b.quotes.length - a.quotes.length);
}

/** Whether two ranges cannot both be right. */
export function apart(a: Figures | null, b: Figures | null): boolean {
  if (!a || !b) return false;
  return (a.high !== null && a.high < b.low) || (b.high !== null && b.high < a.low);
}

/**
 * How the sides differ: one denies, their figures exclude each other, or it is
 * only that several are quoted; "" where there is one side.
 */
export function difference(all: readonly Side[]): '' | 'denied' | 'figures' | 'claimants' {
  if (all.length < 2) return '';
  if (all.some((s) => s.denied > 0)) return 'denied';
  const differ = all.some((a, i) => all.slice(i + 1).some((b) => apart(a.deaths, b.deaths) || apart(a.injuries, b.injuries)));
  return differ ? 'figures' : 'claimants';
}
