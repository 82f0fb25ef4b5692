// One event or mention in the list: a button with what and where, and enough of
// the sentence to know whether to open it.

import { spanInWords } from '../days';
import { el } from '../dom';
import { drawing } from '../drawing';
import { badge, className, eventType } from '../eventtypes';
import type { Sort } from '../state';
import type { ConflictEvent, EventProperties, Item, Located, Mention, MentionProperties } from '../types';
import { count, eventInWords, ROLES } from '../words';
import { claim, name, reference, sentence } from './quote';

/** Code points of the sentence before the toponym, so that two lines show it. */
const LEAD = 40;

export interface CardOptions {
  sort: Sort;
  /** Symbols below this confidence are hollow. */
  hollow: number;
  open(item: Item<EventProperties | MentionProperties>): void;
  hover(item: Item<EventProperties | MentionProperties> | null): void;
}

export interface Card {
  element: HTMLLIElement;
  button: HTMLButtonElement;
}

/** The name to show for a place. */
export function placeName(p: Located & { name?: string | null }): string {
  return p.label ?? p.place ?? p.name ?? 'Unknown place';
}

/** What happened and when, in a few words. */
export function whatAndWhen(p: Located): string {
  const days = p.from || p.to ? spanInWords({ from: p.from ?? '', to: p.to ?? '' }) : '';
  return [p.event ? eventInWords(p) : '', days].filter(Boolean).join(' · ');
}

function build(item: Item<EventProperties | MentionProperties>, attributes: Record<string, string>, symbol: Node, what: Node, rest: (Node | null)[], options: CardOptions): Card {
  const p = item.properties;
  const button = el(
    'button',
    { type: 'button', class: 'event-button' },
    symbol,
    el('span', { class: 'event-place' }, name(placeName(p))),
    el('span', { class: 'event-what' }, what),
  );
  button.addEventListener('click', () => options.open(item));
  const element = el('li', { class: `card ${className(eventType(p.event))}`, ...attributes }, el('h4', {}, button), sentence(p, LEAD), ...rest);
  element.addEventListener('pointerenter', (e) => e.pointerType === 'mouse' && options.hover(item));
  element.addEventListener('pointerleave', () => options.hover(null));
  button.addEventListener('focus', () => options.hover(item));
  button.addEventListener('blur', () => options.hover(null));
  return { element, button };
}

/** How many accounts tell it, and whether the place is disputed. */
function tally(p: EventProperties, sort: Sort): HTMLElement | null {
  const parts: (HTMLElement | string)[] = [];
  const accounts = p.origins ?? 1;
  if (sort === 'day' && accounts > 1) parts.push(count(accounts, 'independent account'));
  if ((p.denied ?? 0) > 0 && p.claim !== 'denied') parts.push(`${count(p.denied!, 'report')} of a denial`);
  if (p.disputed) parts.push('disputed place');
  return parts.length ? el('p', { class: 'counts' }, parts.join(' · ')) : null;
}

function eventCard(event: ConflictEvent, options: CardOptions): Card {
  const p = event.properties;
  const type = eventType(p.event);
  const attributes = { 'data-event-id': event.id, 'data-drawing': drawing(event) };
  const hollow = (p.confidence ?? 1) < options.hollow;
  const what = el('span', {}, whatAndWhen(p));
  if (hollow) what.append(el('span', { class: 'visually-hidden' }, ', low confidence'));
  const voice = p.claim === 'reported' ? null : claim(p);
  const card = build(event, attributes, badge(type, { hollow }), what, [voice, tally(p, options.sort)], options);
  if (options.sort === 'importance') {
    const accounts = p.origins ?? 1;
    card.button.prepend(el('span', { class: 'rank' }, accounts.toLocaleString('en'), el('span', { class: 'visually-hidden' }, accounts === 1 ? ' account: ' : ' accounts: ')));
    card.element.classList.add('is-ranked');
  }
  return card;
}

/** The tag of a mention's role. */
export function roleTag(role: MentionProperties['role']): HTMLElement | null {
  return role ? el('span', { class: `role role-${role}`, title: ROLES[role]?.meaning ?? '' }, ROLES[role]?.label ?? role) : null;
}

function mentionCard(mention: Mention, options: CardOptions): Card {
  const p = mention.properties;
  const hollow = (p.confidence ?? 1) < options.hollow;
  const what = el('span', {}, roleTag(p.role), whatAndWhen(p) && ` ${whatAndWhen(p)}`);
  const voice = p.claim === 'reported' ? null : claim(p);
  const line = reference({ ...p, url: null });
  const symbol = p.event ? badge(eventType(p.event), { hollow }) : el('span', { class: `dot role-${p.role ?? 'setting'}` });
  return build(mention, { 'data-mention-id': mention.id }, symbol, what, [voice, line], options);
}

export function buildCard(collection: 'events' | 'mentions', item: Item<EventProperties | MentionProperties>, options: CardOptions): Card {
  return collection === 'events' ? eventCard(item as ConflictEvent, options) : mentionCard(item as Mention, options);
}
