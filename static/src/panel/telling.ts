// The sentences of an event on the page: by account, and side by side where
// accounts differ.

import { el } from '../dom';
import type { Mention } from '../types';
import { claimant, count } from '../words';
import { accounts, difference, sides, type Account, type Figures, type Side, type Telling } from './accounts';
import { dated } from './facts';
import { textButton } from './message';
import { articleName, claim, name, origin, sentence } from './quote';

export interface TellingOptions {
  /** Opens the article at the mention. */
  read(mention: Mention): void;
}

function quote(mention: Mention): HTMLElement {
  const p = mention.properties;
  const when = dated(p);
  return el('li', { class: 'quote' }, sentence(p), claim(p), when.length ? el('p', { class: 'event-day' }, 'Event day: ', ...when) : null);
}

const OPEN = 4; // accounts, and sentences of an article, that are shown at once

/** A list whose first entries are open and the others folded; those are built when somebody looks. */
function foldedList(list: HTMLElement, build: (() => HTMLElement)[], what: string): HTMLElement[] {
  // One entry folded alone would take as much room as it saves.
  const open = build.length === OPEN + 1 ? build.length : OPEN;
  list.append(...build.slice(0, open).map((b) => b()));
  const rest = build.slice(open);
  if (rest.length === 0) return [list];
  const more = list.cloneNode() as HTMLElement;
  const folded = el('details', { class: 'folded' }, el('summary', {}, count(rest.length, `more ${what}`)));
  const fill = () => {
    more.append(...rest.map((b) => b()));
    folded.append(more);
  };
  folded.addEventListener('toggle', fill, { once: true });
  return [list, folded];
}

function telling({ quotes }: Telling, { read }: TellingOptions): HTMLElement {
  const p = quotes[0]!.properties;
  const about = origin(p);
  const button = textButton('Read the article', () => read(quotes[0]!), { class: 'read', 'data-read': quotes[0]!.id });
  return el(
    'div',
    { class: 'telling' },
    ...foldedList(el('ul', { class: 'quotes' }), quotes.map((q) => () => quote(q)), 'sentence'),
    el('p', { class: 'reference' }, articleName(p), about.length ? ', ' : null, ...about),
    button,
  );
}

/** What an account's other articles are called. */
function othersInWords({ others }: Account): string {
  if (others.every((t) => t.copy)) return others.length === 1 ? '1 copy' : `${others.length} copies`;
  return `${count(others.length, 'more article')} with this account`;
}

function account(a: Account, options: TellingOptions): HTMLElement {
  const item = el('li', { class: 'account' }, telling(a.first, options));
  if (a.others.length) {
    const folded = el('details', { class: 'folded copies' }, el('summary', {}, othersInWords(a)));
    // Built when somebody looks: a dispatch can have hundreds of copies.
    folded.addEventListener('toggle', () => folded.append(...a.others.map((t) => telling(t, options))), { once: true });
    item.append(folded);
  }
  return item;
}

/** All sentences by account; matched is how many there are on the server. */
export function accountsSection(mentions: readonly Mention[], matched: number | null, options: TellingOptions): HTMLElement {
  const all = accounts(mentions);
  const section = el('section', { class: 'accounts' }, el('h3', {}, all.length === 1 ? 'The account' : `${all.length} independent accounts`));
  if (matched !== null && matched > mentions.length) {
    section.append(el('p', { class: 'note' }, `These are the first ${mentions.length.toLocaleString('en')} of ${count(matched, 'sentence')}.`));
  }
  section.append(...foldedList(el('ol'), all.map((a) => () => account(a, options)), 'account'));
  return section;
}

function figuresInWords(label: string, f: Figures | null): HTMLElement | null {
  if (!f) return null;
  const range = f.high === null ? `${f.low.toLocaleString('en')} or more` : f.high === f.low ? f.low.toLocaleString('en') : `${f.low.toLocaleString('en')}–${f.high.toLocaleString('en')}`;
  return el('p', { class: 'figures' }, `${label}: ${range}`);
}

const SENTENCES = 2; // shown of each side; all are below

function side(s: Side): HTMLElement {
  const by = name(claimant({ ...s.quotes[0]!.properties, claimed_by: s.who }));
  const who = { own: ['The articles themselves'], claimant: [by], denial: ['A denial'] }[s.voice];
  const stance = { own: ['Reported'], claimant: [s.denied ? 'Claimed; denied by others' : 'Claimed'], denial: ['Denies what is claimed by ', by] }[s.voice];
  const kind = { own: 'reported', claimant: 'claimed', denial: 'denied' }[s.voice];
  const rest = s.quotes.length - SENTENCES;
  return el(
    'li',
    { class: 'side' },
    el('h4', {}, ...who),
    el('p', { class: `claim claim-${kind}` }, ...stance),
    figuresInWords('Deaths', s.deaths),
    figuresInWords('Injuries', s.injuries),
    ...s.quotes.slice(0, SENTENCES).map((q) => sentence(q.properties, 80)),
    rest > 0 ? el('p', { class: 'note' }, `and ${count(rest, 'more sentence')}`) : null,
  );
}

const SIDES = 6;

/** The sides next to each other; null where all say the same. */
export function sidesSection(mentions: readonly Mention[]): HTMLElement | null {
  const all = sides(mentions);
  const how = difference(all);
  if (how === '') return null;
  const title = { denied: 'Conflicting accounts', figures: 'Figures differ', claimants: 'Who says it' }[how];
  const more = all.length > SIDES ? el('p', { class: 'note' }, `${count(all.length - SIDES, 'more side')}; their sentences are below.`) : null;
  return el('section', { class: 'sides' }, el('h3', {}, title), el('ul', {}, ...all.slice(0, SIDES).map(side)), more);
}
