// What is known of one event, and how well: days, place, casualties, confidence.

import { fetchPlaces } from '../api';
import { dayInWords, spanInWords } from '../days';
import { el, foreign } from '../dom';
import { clip } from '../text';
import type { ConflictEvent, EventProperties, Item, Located, Mention, PlaceProperties } from '../types';
import { casualties, count, countryInWords, dayKnown, placeKnown } from '../words';
import { name } from './quote';

type Parts = (Node | string | null)[];

/** A term with its descriptions; null where nothing is known. */
function fact(term: string, ...parts: Parts[]): HTMLElement | null {
  const told = parts.filter((p) => p.some((x) => x !== null && x !== ''));
  return told.length ? el('div', { class: 'fact' }, el('dt', {}, term), ...told.map((p) => el('dd', {}, ...p))) : null;
}

/** Words of an article, in quotation marks of ours. */
export function quoted(words: string): Node[] {
  return [document.createTextNode('“'), foreign(clip(words, 200)), document.createTextNode('”')];
}

function daysFact(p: Located, mentions: readonly Mention[]): HTMLElement | null {
  if (!p.from && !p.to) return fact('Day', ['not known']);
  const span = spanInWords({ from: p.from ?? '', to: p.to ?? '' });
  const known = dayKnown(p);
  const bases = [...new Set(mentions.map((m) => m.properties.date_basis?.trim() ?? '').filter(Boolean))].slice(0, 3);
  const words = bases.flatMap((b, i) => [...(i ? [', '] : []), ...quoted(b)]);
  return fact(p.from === p.to ? 'Day' : 'Days', [span, known && ` (${known})`], words.length ? ['from the words ', ...words] : []);
}

function placeFact(event: ConflictEvent): HTMLElement | null {
  const p = event.properties;
  const kind = [p.kind, p.country && p.kind !== 'country' ? countryInWords(p.country) : ''].filter(Boolean).join(', ');
  const under = p.place && p.place !== (p.label ?? p.place) ? ['in the gazetteer: ', name(p.place)] : [];
  const written = p.name && p.name.toLowerCase() !== (p.label ?? p.place ?? '').toLowerCase() ? ['written as ', ...quoted(p.name)] : [];
  const where = p.offset ? ['the article says ', ...quoted(p.offset)] : [];
  return fact('Place', [kind, p.disputed ? `${kind ? '; ' : ''}more than one authority claims it` : null], [placeKnown(event)], where, written, under);
}

function tollFact(p: Located): (HTMLElement | null)[] {
  return casualties(p).map(({ what, range, words }) => fact(what, [`${range}, as stated`], words.slice(0, 5).flatMap((w, i) => [...(i ? ['; '] : []), ...quoted(w)])));
}

function countsFact(p: EventProperties): HTMLElement | null {
  const reports = `${count(p.mentions ?? 1, 'report')} in ${count(p.articles ?? 1, 'article')}`;
  return fact('Told by', [`${reports}, ${count(p.origins ?? 1, 'independent account')}`]);
}

/** Days, place, casualties and counts as a list of facts. */
export function facts(event: ConflictEvent, mentions: readonly Mention[]): HTMLElement {
  const p = event.properties;
  const all = [daysFact(p, mentions), placeFact(event), ...tollFact(p), countsFact(p)];
  return el('dl', { class: 'facts' }, ...all);
}

/** The mention whose sentence stands for the event. */
export function bestMention(event: ConflictEvent, mentions: readonly Mention[]): Mention | undefined {
  const { article_id, sentence, name_start } = event.properties;
  const same = mentions.find(({ properties: m }) => m.article_id === article_id && m.sentence === sentence && m.name_start === name_start);
  return same ?? [...mentions].sort((a, b) => (b.properties.confidence ?? 0) - (a.properties.confidence ?? 0))[0];
}

/** How sure it is, as number, bar and reasons. */
export function sureness(confidence: number | null | undefined, reasons: readonly string[]): HTMLElement | null {
  if (typeof confidence !== 'number') return null;
  const share = Math.round(Math.min(1, Math.max(0, confidence)) * 100);
  const meter = el('meter', { min: '0', max: '100', value: String(share), 'aria-label': 'Confidence' });
  const list = reasons.length ? el('ul', { class: 'reasons' }, ...reasons.slice(0, 8).map((r) => el('li', {}, name(r)))) : null;
  return el('section', { class: 'sureness' }, el('h3', {}, 'How sure'), el('p', { class: 'confidence' }, meter, ` ${share}% sure of place and role`), list);
}

function placeInWords({ properties: p }: Item<PlaceProperties>): Node {
  const where = [p.kind, p.admin, p.country_name ?? (p.country && countryInWords(p.country))].filter(Boolean).join(', ');
  return el('span', {}, name(p.label ?? p.name), where ? ` (${clip(where, 120)})` : '');
}

/** Longest list of other places that a name could mean, and longest id that is no nonsense. */
const RUNNERS = 5;
const LONGEST_ID = 100;

/** "Could also be": the other places that the name could mean, once their names have come; empty where there are none. */
export function runnersUp(ids: readonly string[], signal: AbortSignal): HTMLElement {
  const box = el('div', { class: 'runners-up' });
  if (ids.length === 0) return box;
  const more = ids.length > RUNNERS ? ` and ${ids.length - RUNNERS} more` : '';
  const wanted = ids.slice(0, RUNNERS).filter((id) => id.length <= LONGEST_ID);
  const named = wanted.length ? fetchPlaces(wanted, signal) : Promise.resolve([]);
  named.then(
    (places) => {
      const found = wanted.flatMap((id) => places.filter((p) => p.id === id || p.properties.id === id).slice(0, 1));
      if (found.length === 0) box.append(el('p', {}, `${count(ids.length, 'other place')} could be meant.`));
      else box.append(el('p', {}, 'Could also be:'), el('ul', {}, ...found.map((p) => el('li', {}, placeInWords(p))), more ? el('li', {}, more) : null));
    },
    () => {
      if (!signal.aborted) box.append(el('p', {}, `${count(ids.length, 'other place')} could be meant.`));
    },
  );
  return box;
}

/** The day of an event in a few words, with the words that gave it. */
export function dated(p: Located & { date_basis?: string | null }): Parts {
  if (!p.from && !p.to) return [];
  const span = p.from === p.to ? dayInWords(p.from!) : spanInWords({ from: p.from ?? '', to: p.to ?? '' });
  return p.date_basis ? [span, ', from ', ...quoted(p.date_basis)] : [span];
}
