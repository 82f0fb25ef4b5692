// One event in the list.

import { spanInWords } from '../days';
import { el, foreign, svg } from '../dom';
import { className, eventType } from '../eventtypes';
import { drawing, placeKey } from '../places';
import type { ConflictEvent, EventProperties } from '../types';
import { casualties, claimsInWords, countsInWords, eventInWords, precisionInWords } from '../words';
import { claim, reference, sentence } from './quote';
import { otherSentences, type LoadQuotes } from './sentences';

/** The letter of an event type on its colour. */
export function badge(type: ReturnType<typeof eventType>): SVGSVGElement {
  const letter = svg('text', { class: `symbol-letter ${className(type)}`, dy: '0.35em' });
  letter.textContent = type.letter;
  return svg(
    'svg',
    { class: 'badge', viewBox: '-11 -11 22 22', width: '22', height: '22', 'aria-hidden': 'true' },
    svg('circle', { class: `symbol-disc ${className(type)}`, r: '9' }),
    letter,
  );
}

/** The dead and the injured, with the words that state them; null where nothing is stated. */
function toll(p: EventProperties): HTMLElement | null {
  const stated = casualties(p);
  if (!stated.length) return null;
  const lines = stated.map(({ what, range, words }) => {
    const line = el('li', {}, `${what} ${range}`);
    words.forEach((w, i) => line.append(i ? '; “' : ': “', foreign(w), '”'));
    return line;
  });
  return el('ul', { class: 'casualties', 'aria-label': 'Casualties as stated' }, ...lines);
}

export interface Card {
  event: ConflictEvent;
  placeKey: string;
  element: HTMLLIElement;
  button: HTMLButtonElement;
}

/** Builds the card; select is called when it is chosen. */
export function buildCard(event: ConflictEvent, select: () => void, load: LoadQuotes): Card {
  const p = event.properties;
  const type = eventType(p.event);
  const name = p.label ?? p.place ?? p.name ?? 'Unknown place';
  const button = el(
    'button',
    { type: 'button', class: 'event-button' },
    badge(type),
    el('span', { class: 'event-place' }, foreign(name)),
    el('span', { class: 'event-what' }, eventInWords(p), ' · ', spanInWords({ from: p.from ?? '', to: p.to ?? '' })),
  );
  button.addEventListener('click', select);

  const facts = el('p', { class: 'facts' }, precisionInWords(event));
  if (p.disputed) facts.append('; ', el('span', { class: 'disputed' }, 'disputed'));
  if (p.name && p.name.toLowerCase() !== name.toLowerCase()) facts.append('; named ', foreign(p.name));

  const counts = el('p', { class: 'counts' }, countsInWords(p));
  const claims = claimsInWords(p);
  if (claims) counts.append(`: ${claims}`);

  const element = el(
    'li',
    { class: `card ${className(type)}`, 'data-event-id': event.id, 'data-drawing': drawing(event) },
    el('h4', {}, button),
    facts,
    sentence(p),
    claim(p),
    toll(p),
    reference(p),
    counts,
    otherSentences(event, load),
  );
  return { event, placeKey: placeKey(p), element, button };
}
