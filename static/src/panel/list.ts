// The list of events: groups of cards, newest day first, with one selected.
// Only the first cards are built at once; the rest on demand, so that a list of
// thousands stays quick.

import { dayInWords } from '../days';
import { el } from '../dom';
import { drawing } from '../places';
import type { ConflictEvent } from '../types';
import { buildCard, type Card } from './card';
import type { LoadQuotes } from './sentences';

const PAGE = 100; // cards built at once

/** Newest first; within a day by number of mentions, then by name and id so that the order is always the same. */
export function byDay(a: ConflictEvent, b: ConflictEvent): number {
  const p = a.properties;
  const q = b.properties;
  return (
    (q.from ?? '').localeCompare(p.from ?? '') ||
    (q.mentions ?? 0) - (p.mentions ?? 0) ||
    (p.place ?? '').localeCompare(q.place ?? '') ||
    a.id.localeCompare(b.id)
  );
}

/** The heading that an event goes under. */
function heading(event: ConflictEvent): string {
  switch (drawing(event)) {
    case 'country':
      return 'Known only to the country';
    case 'unplaced':
      return 'Not on the map';
  }
  const { from } = event.properties;
  return from ? dayInWords(from) : 'Day unknown';
}

/** The order of the list: by day, and last what is known too roughly to draw. */
export function listed(events: ConflictEvent[]): ConflictEvent[] {
  const rank = (e: ConflictEvent) => ({ country: 1, unplaced: 2 })[drawing(e) as string] ?? 0;
  return [...events].sort((a, b) => rank(a) - rank(b) || byDay(a, b));
}

export class EventList {
  /** Called when an event is chosen, and with null when the choice is taken back. */
  onSelect: (event: ConflictEvent | null) => void = () => {};

  private events: ConflictEvent[] = [];
  private cards: Card[] = [];
  private selected = '';

  constructor(
    private readonly root: HTMLElement,
    private readonly load: LoadQuotes,
  ) {
    root.addEventListener('keydown', (e) => this.key(e));
  }

  show(events: ConflictEvent[]): void {
    this.replace(listed(events));
    this.extend(PAGE);
  }

  /** Shows something else in place of the list. */
  showMessage(box: HTMLElement): void {
    this.replace([], box);
  }

  private replace(events: ConflictEvent[], ...content: HTMLElement[]): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.events = events;
    this.cards = [];
    this.root.replaceChildren(...content);
    this.root.scrollTop = 0;
    // What had the focus is gone; the next key must not start at the page's top.
    if (hadFocus) this.root.focus({ preventScroll: true });
  }

  /** Builds cards until there are n of them. */
  private extend(n: number): void {
    this.root.querySelector('.show-more')?.remove();
    for (const event of this.events.slice(this.cards.length, n)) {
      const card = buildCard(event, () => this.onSelect(event), this.load);
      this.groupFor(heading(event)).append(card.element);
      this.cards.push(card);
    }
    const rest = this.events.length - this.cards.length;
    if (rest > 0) {
      const more = el('button', { type: 'button', class: 'show-more' }, `Show ${Math.min(rest, PAGE)} more of ${rest}`);
      more.addEventListener('click', () => {
        const next = this.cards.length;
        this.extend(next + PAGE);
        this.cards[next]?.button.focus();
      });
      this.root.append(more);
    }
    this.mark();
  }

  private groupFor(title: string): HTMLElement {
    const last = this.root.lastElementChild;
    if (last instanceof HTMLElement && last.dataset.group === title) return last.lastElementChild as HTMLElement;
    const list = el('ol', { class: 'cards' });
    this.root.append(el('section', { class: 'group', 'data-group': title }, el('h3', {}, title), list));
    return list;
  }

  /** Marks an event as selected and scrolls to it, with the focus if asked to. */
  select(event: ConflictEvent | null, reveal: 'focus' | 'scroll'): void {
    this.selected = event?.id ?? '';
    const at = this.events.findIndex((e) => e.id === this.selected);
    if (at >= this.cards.length) this.extend(Math.ceil((at + 1) / PAGE) * PAGE);
    this.mark();
    const card = this.cards[at];
    if (!card) return;
    if (reveal === 'focus') card.button.focus({ preventScroll: true });
    card.element.scrollIntoView({ block: 'nearest' });
  }

  private mark(): void {
    const selected = this.cards.find((c) => c.event.id === this.selected);
    for (const card of this.cards) {
      card.element.classList.toggle('is-selected', card === selected);
      card.element.classList.toggle('is-same-place', card !== selected && card.placeKey === selected?.placeKey);
      if (card === selected) card.button.setAttribute('aria-current', 'true');
      else card.button.removeAttribute('aria-current');
    }
  }

  /** Arrow keys, j and k, Home and End move between the cards; Escape takes the choice back. */
  private key(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Escape') {
      this.onSelect(null);
      return;
    }
    const here = this.cards.findIndex((c) => c.element.contains(document.activeElement));
    const to = this.target(e.key, here);
    const card = this.cards[to];
    if (!card) return;
    e.preventDefault();
    card.button.focus({ preventScroll: true });
    card.element.scrollIntoView({ block: 'nearest' });
  }

  private target(key: string, here: number): number {
    const last = this.cards.length - 1;
    switch (key) {
      case 'ArrowDown':
      case 'j':
        return Math.min(here + 1, last);
      case 'ArrowUp':
      case 'k':
        return Math.max(here - 1, 0);
      case 'Home':
        return 0;
      case 'End':
        return last;
    }
    return -1;
  }
}
