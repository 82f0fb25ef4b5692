// One event whole: what is known, how sure that is, who says so.

import { fetchEvent, fetchEventUnder, fetchMentionsOf } from '../api';
import { el, still } from '../dom';
import { badge, eventType } from '../eventtypes';
import type { Page, Why } from '../part';
import { countFilters, NO_FILTERS, sameFilters, type Filters, type PageState } from '../state';
import type { ConflictEvent, Mention, MentionProperties, ItemPage } from '../types';
import { count } from '../words';
import { placeName, whatAndWhen } from './card';
import { bestMention, facts, runnersUp, sureness } from './facts';
import { message, textButton } from './message';
import { name } from './quote';
import { accountsSection, sidesSection } from './telling';
import { errorMessage } from './waysout';

/** What an event is made of depends on these filters alone; the others choose among whole events. */
function narrowing(filters: Filters): Filters {
  const { asof, published, source, claim, min_confidence, q } = filters;
  return { ...NO_FILTERS, asof, published, source, claim, min_confidence, q };
}

interface Loaded {
  event: ConflictEvent;
  mentions: ItemPage<MentionProperties>;
  /** The filters that the event was made under; none where they leave nothing of it. */
  under: Filters;
}

export class EventView {
  readonly element = el('article', { class: 'detail event-view', 'aria-labelledby': 'event-title' });
  event: ConflictEvent | null = null;
  private id = '';
  private filters: Filters = NO_FILTERS;
  private whole = false; // the user asked for all reports, whatever the filters
  private shown = '';
  private failed = false;
  private request = new AbortController();
  /** Spoken when it fills: the event changed. Stands above the view, outside of what scrolls. */
  readonly news = el('div', { class: 'list-news event-news', role: 'status' });

  constructor(
    private readonly page: Page,
    private readonly read: (mention: Mention) => void,
  ) {}

  /** Shows the state's event; known is what the list knows of it already. */
  show(state: PageState, why: Why, known: ConflictEvent | null): void {
    const filters = narrowing(state.filters);
    const same = state.event === this.id && sameFilters(filters, this.filters);
    if (!same) {
      this.whole = false;
      this.id = state.event;
      this.filters = filters;
      this.open(known);
    } else if (why === 'retry' && this.failed) this.open(null);
    else if (why === 'data' && !this.failed) void this.look();
  }

  /** The view is left: nothing more is fetched for it. */
  leave(): void {
    this.request.abort();
    this.news.replaceChildren();
    this.id = '';
    this.event = null;
    this.shown = '';
    this.element.replaceChildren();
  }

  private open(known: ConflictEvent | null): void {
    this.news.replaceChildren();
    this.event = known;
    this.element.replaceChildren(...(known ? [this.heading(known), facts(known, [])] : []), message('loading', 'Loading the sentences …'));
    this.element.setAttribute('aria-busy', 'true');
    void this.load();
  }

  private async load(): Promise<void> {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const loaded = await this.fetch(signal);
      this.failed = false;
      this.draw(loaded);
    } catch (error) {
      if (signal.aborted) return;
      this.failed = true;
      this.page.selected(null);
      const gone = (error as { status?: number }).status === 404;
      const shown = gone ? new Error('This event is not known, or no longer: corrections may have changed it.') : (error as Error);
      this.element.replaceChildren(errorMessage(this.page, shown));
    } finally {
      if (!signal.aborted) this.element.removeAttribute('aria-busy');
    }
  }

  private async fetch(signal: AbortSignal): Promise<Loaded> {
    const narrowed = this.whole || countFilters(this.filters) === 0 ? null : await fetchEventUnder(this.id, this.filters, signal);
    const under = narrowed ? this.filters : NO_FILTERS;
    const event = narrowed ?? (await fetchEvent(this.id, signal));
    return { event, under, mentions: await fetchMentionsOf(event, under, signal) };
  }

  private heading({ properties: p }: ConflictEvent): HTMLElement {
    return el(
      'header',
      { class: 'detail-head' },
      badge(eventType(p.event), { size: 24, hollow: (p.confidence ?? 1) < this.page.state.hollow }) as unknown as HTMLElement,
      el('h2', { id: 'event-title', tabindex: '-1' }, name(placeName(p))),
      el('p', { class: 'event-what' }, whatAndWhen(p)),
    );
  }

  private draw({ event, under, mentions }: Loaded): void {
    this.event = event;
    this.shown = JSON.stringify([event.properties, mentions.items.map((m) => m.id)]);
    this.page.selected(event);
    const quotes = mentions.items;
    const best = bestMention(event, quotes)?.properties;
    const read = { read: (m: Mention) => this.read(m) };
    const focused = this.element.parentElement?.contains(document.activeElement);
    this.news.replaceChildren();
    this.element.replaceChildren(
      this.heading(event),
      ...[
        this.filterNote(under),
        facts(event, quotes),
        sidesSection(quotes),
        accountsSection(quotes, mentions.matched, read),
        this.sure(event, best),
      ].filter((part) => part !== null),
    );
    if (focused) this.focus();
    const { mentions: reports } = event.properties;
    this.page.announce(`${placeName(event.properties)}, ${whatAndWhen(event.properties)}, ${count(reports ?? 1, 'report')}`);
  }

  /** The confidence with its reasons, and what else could be meant. */
  private sure({ properties }: ConflictEvent, best: MentionProperties | undefined): HTMLElement | null {
    const section = sureness(properties.confidence, best?.reasons ?? []);
    section?.append(runnersUp(best?.runners_up ?? [], this.request.signal));
    return section;
  }

  /** Says where the filters hide part of the event, or all of it, and how to see it whole. */
  private filterNote(under: Filters): HTMLElement | null {
    if (countFilters(this.filters) === 0) return null;
    if (countFilters(under) > 0) {
      return el('p', { class: 'note' }, 'Only the reports that the filters select. ', textButton('Show all reports', () => this.setWhole(true)));
    }
    if (!this.whole) return el('p', { class: 'note' }, 'The filters select no report of this event; these are all of them.');
    return el('p', { class: 'note' }, 'All reports, whatever the filters. ', textButton('Only what the filters select', () => this.setWhole(false)));
  }

  private setWhole(whole: boolean): void {
    this.whole = whole;
    this.focus();
    this.open(this.event);
  }

  /** The data changed: says so where it changed this event. */
  private async look(): Promise<void> {
    const { signal } = this.request;
    try {
      const loaded = await this.fetch(signal);
      if (signal.aborted || JSON.stringify([loaded.event.properties, loaded.mentions.items.map((m) => m.id)]) === this.shown) return;
      const renew = textButton('There are new reports of this event. Show them', () => {
        this.focus();
        this.draw(loaded);
      });
      still(this.element.parentElement!, () => this.news.replaceChildren(renew));
    } catch {
      // What is shown stays.
    }
  }

  /** Gives the focus to the heading, or to the button that opened this mention's article. */
  focus(mention = ''): void {
    const button = mention && this.element.querySelector<HTMLElement>(`[data-read="${CSS.escape(mention)}"]`);
    const target = button || this.element.querySelector<HTMLElement>('h2, button');
    target?.focus({ preventScroll: !button });
  }
}
