// The filters with their counts: over the panel's column, or over the page where
// that is narrow. The map stays in sight and follows each choice. Counts are
// fetched only while the drawer is open.

import { fetchFacets } from '../api';
import { el } from '../dom';
import { EVENT_TYPES } from '../eventtypes';
import { reached } from '../milestone';
import type { Page, Why } from '../part';
import { RequestError } from '../request';
import { apiQuery, collectionOf, sameFilters, LISTS, type Filters, type ListName, type PageState } from '../state';
import type { Facets } from '../types';
import { count } from '../words';
import { CLAIMS, ROLES, withoutAll } from './chipnames';
import { toggled } from './facetrows';
import { ConfidenceField, PublishedField, WordsField } from './fields';
import { icon } from './icons';
import type { Labels } from './labels';
import { MANY, Section } from './section';

const DELAY_MS = 250; // after the last change
const FEW = 20; // values a list, where none is expanded

const TITLES: Record<ListName, string> = { event: 'Event type', role: 'Role', country: 'Country', place: 'Place', source: 'Source', claim: 'Claim' };

export class Drawer {
  private readonly sections: Record<ListName, Section>;
  private readonly confidence: ConfidenceField;
  private readonly words: WordsField;
  private readonly published: PublishedField;
  private readonly heading = el('h2', { id: 'filters-title', tabindex: '-1' }, 'Filters');
  private readonly error = el('div', { class: 'drawer-error', hidden: true });
  private readonly result = el('button', { type: 'button', class: 'primary' }, 'Show');
  private readonly said = el('p', { class: 'visually-hidden', role: 'status' });
  private readonly reset = el('button', { type: 'button' }, 'Clear all');
  private readonly narrow = matchMedia('(max-width: 719px)');
  private timer = 0;
  private asking = new AbortController();
  private back: HTMLElement | null = null;
  /** What the counts that are shown were asked with; "" for none. */
  private counted = '';

  /** changed is told when the drawer opens or closes. */
  constructor(
    private readonly root: HTMLElement,
    private readonly page: Page,
    private readonly labels: Labels,
    private readonly changed: () => void,
  ) {
    this.sections = Object.fromEntries(LISTS.map((name) => [name, this.section(name)])) as Record<ListName, Section>;
    this.confidence = new ConfidenceField(page);
    this.words = new WordsField(page);
    this.published = new PublishedField(page);
    this.build();
    this.listen();
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  private section(name: ListName): Section {
    const fixed = { event: EVENT_TYPES.map(({ type, label }) => ({ value: type, label, hint: '' })), role: ROLES, claim: CLAIMS };
    const values = name in fixed ? fixed[name as keyof typeof fixed] : undefined;
    return new Section({
      name,
      title: TITLES[name],
      ...(values ? { fixed: values } : {}),
      ...(values ? {} : { beyond: `These are the ${MANY} most frequent.${name === 'place' ? ' The search field finds any other.' : ''}` }),
      label: (value) => values?.find((v) => v.value === value)?.label ?? (name === 'place' || name === 'country' ? this.labels.of(name, value) : null) ?? value,
      change: (value, on) => this.page.filter({ [name]: toggled(this.page.state.filters[name], value, on) }),
      expand: () => void this.fetch(),
    });
  }

  private build(): void {
    const close = el('button', { type: 'button', class: 'icon-button quiet', 'aria-label': 'Close the filters', title: 'Close (Esc)' }, icon('close'));
    close.addEventListener('click', () => this.close());
    const { event, role, country, place, source, claim } = this.sections;
    this.root.append(
      el('div', { class: 'drawer-head' }, this.heading, close),
      el(
        'div',
        { class: 'drawer-body' },
        el('p', { class: 'hint' }, 'Numbers count all places, not only those that the map shows. Several of one list are alternatives.'),
        this.error, event.root, country.root, place.root, source.root, claim.root, role.root, this.confidence.root, this.words.root, this.published.root,
      ),
      el('div', { class: 'drawer-foot' }, this.reset, this.result),
      this.said,
    );
    this.result.addEventListener('click', () => this.close());
    this.reset.addEventListener('click', () => this.page.filter(withoutAll(this.page.state.filters)));
  }

  private listen(): void {
    this.root.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || e.defaultPrevented) return;
      e.preventDefault();
      this.close();
    });
    // What the drawer covers can't be worked in: who goes there leaves the drawer.
    document.getElementById('panel')?.addEventListener('focusin', () => this.close(false));
    this.narrow.addEventListener('change', () => this.cover());
  }

  toggle(opener: HTMLElement): void {
    if (this.isOpen) this.close();
    else this.open(opener);
  }

  open(opener: HTMLElement): void {
    if (this.isOpen) return;
    this.back = opener;
    this.root.hidden = false;
    this.cover();
    this.fill(this.page.state.filters);
    this.changed();
    this.heading.focus();
    void this.fetch();
  }

  /** Closes; the focus goes back to the button unless it is wanted elsewhere. */
  close(withFocus = true): void {
    if (!this.isOpen) return;
    clearTimeout(this.timer);
    this.asking.abort();
    this.root.removeAttribute('aria-busy');
    this.root.hidden = true;
    this.cover();
    this.changed();
    if (withFocus) this.back?.focus();
  }

  /** A drawer over the whole page keeps the focus from what lies below it. */
  private cover(): void {
    const whole = this.isOpen && this.narrow.matches;
    document.documentElement.classList.toggle('is-covered', whole);
    for (const element of document.querySelectorAll<HTMLElement>('.skip-link, .page-header, .map-section, #panel, #timeline, .page-footer')) {
      element.inert = whole;
    }
  }

  show(state: PageState, before: PageState | null, why: Why): void {
    if (!this.isOpen) return;
    // The panel that the drawer covers has something new to show.
    const shows = state.event + state.article;
    if (before && shows && shows !== before.event + before.article) {
      this.close(false);
      return;
    }
    if (before && why === 'state' && sameFilters(state.filters, before.filters)) return;
    this.fill(state.filters);
    clearTimeout(this.timer);
    this.asking.abort();
    this.timer = setTimeout(() => void this.fetch(), DELAY_MS);
  }

  /** Draws the lists anew, with labels that came. */
  relabel(): void {
    if (this.isOpen) this.fill(this.page.state.filters);
  }

  private fill(filters: Filters): void {
    for (const name of LISTS) this.sections[name].choose(filters[name]);
    this.confidence.show(filters);
    this.words.show(filters);
    this.published.show(filters);
  }

  private limit(): number {
    return LISTS.some((name) => this.sections[name].expanded) ? MANY : FEW;
  }

  private async fetch(): Promise<void> {
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    const { filters } = this.page.state;
    const collection = collectionOf(filters);
    const limit = this.limit();
    const asked = `${this.page.version} ${collection} ${limit} ${apiQuery(filters)}`;
    if (asked === this.counted) {
      this.root.removeAttribute('aria-busy');
      return;
    }
    this.root.setAttribute('aria-busy', 'true');
    try {
      const [facets, roles] = await Promise.all([
        this.facetsOf(collection, limit, filters, signal),
        // Roles are of sentences: events know only their sites.
        collection === 'events' ? this.facetsOf('mentions', 4, filters, signal) : null,
      ]);
      this.counted = asked;
      this.count(facets, roles ?? facets, limit, collection);
      reached('conflictmap:facets');
    } catch (error) {
      if (signal.aborted) return;
      this.fail(error instanceof RequestError ? error.message : 'It failed.');
    }
    this.root.removeAttribute('aria-busy');
  }

  private facetsOf(collection: string, limit: number, filters: Filters, signal: AbortSignal): Promise<Facets> {
    const query = apiQuery(filters);
    query.set('collection', collection);
    query.set('limit', String(limit));
    return fetchFacets(query, signal);
  }

  private count(facets: Facets, roles: Facets, limit: number, collection: 'events' | 'mentions'): void {
    this.labels.learnAll(facets);
    this.error.hidden = true;
    this.root.classList.remove('is-stale');
    for (const name of LISTS) {
      const found = (name === 'role' ? roles : facets).facets[name] ?? [];
      this.sections[name].count(found, found.length >= limit);
    }
    const text = count(facets.numberMatched, collection === 'events' ? 'event' : 'sentence');
    this.result.textContent = `Show ${text}`;
    if (this.narrow.matches) this.said.textContent = text; // else the page's status line tells
  }

  private fail(why: string): void {
    const again = el('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => this.page.refresh());
    this.counted = '';
    this.root.classList.add('is-stale');
    this.result.textContent = 'Show';
    this.error.replaceChildren(el('p', { role: 'alert' }, `The filters could not be counted: ${why}`), again);
    this.error.hidden = false;
  }
}
