// The list of what the map shows. It follows the state, keeps its place while
// the user reads, and says when there is something new instead of moving.

import { el, still } from '../dom';
import { reached } from '../milestone';
import type { Page, Why } from '../part';
import { collectionOf, sameFilters, type PageState } from '../state';
import type { ConflictEvent, Item } from '../types';
import { count } from '../words';
import { buildCard, type Card } from './card';
import { ListData, PAGE, queryOf, sameQuery, type Listed, type Query, type Totals } from './listdata';
import { ListHead } from './listhead';
import { message, textButton } from './message';
import { statusInWords } from './status';
import { emptyMessage, errorMessage } from './waysout';
import { groups } from './window';

/** The map's tiles go first, and the list waits until the map has come to rest. */
const PAUSE_MS = 120;

/** What a first page showed, to know whether the data made it another one. */
function signature(matched: number | null, items: Item<Listed>[]): string {
  return JSON.stringify([matched, items.map(({ id, properties: p }) => [id, p.from, p.confidence, 'mentions' in p && [p.mentions, p.origins]])]);
}

export class ItemList {
  readonly element = el('div', { id: 'events', class: 'events', role: 'region', 'aria-label': 'List', tabindex: '-1' });
  readonly head: ListHead;
  private readonly data = new ListData();
  private readonly cards = new Map<string, Card>();
  private wanted: Query | null = null;
  private unplaced = false;
  private visible = false;
  private failed = false;
  private pending = false; // something to fetch once the list is to be seen
  private shown = ''; // signature of the first page
  private news = 0; // articles stored since the list was fetched
  private totals: Totals = { selected: null, unplaced: null };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private request = new AbortController();
  /** The event or mention whose card had the focus or was opened last. */
  private anchor = '';

  constructor(
    private readonly page: Page,
    private readonly open: (item: Item<Listed>) => void,
    /** The list holds other entries than before. */
    private readonly changed: () => void,
  ) {
    this.head = new ListHead(page, () => {
      this.element.focus({ preventScroll: true }); // the button that was pressed goes away
      this.anchor = '';
      this.reload(0);
    });
    this.element.addEventListener('keydown', (e) => this.key(e));
    this.element.addEventListener('focusin', () => (this.anchor = this.focused() || this.anchor));
  }

  show(state: PageState, before: PageState | null, why: Why): void {
    const mode = collectionOf(state.filters);
    this.head.show(state, mode === 'events' && !this.unplaced);
    if (before && state.hollow !== before.hollow) {
      this.cards.clear();
      this.draw();
    }
    if (before && !sameFilters(state.filters, before.filters)) this.unplaced = false;
    const query = queryOf(state, this.page.box(), this.unplaced);
    const changed = !sameQuery(this.wanted, query);
    this.wanted = query;
    if (changed || (why === 'retry' && this.failed)) this.reload(why === 'start' ? 0 : PAUSE_MS);
    else if (why === 'data') this.look();
    else if (this.pending && !this.data.query) this.reload(PAUSE_MS); // an event may want its neighbours now
  }

  /** Articles were stored; show() with 'data' follows. */
  stored(articles: number): void {
    this.news += articles;
  }

  /** The list fetches nothing while it isn't to be seen. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible && this.pending) this.reload(0);
  }

  private reload(pause: number): void {
    clearTimeout(this.timer);
    this.request.abort();
    // Out of sight it is fetched once, for the steps from event to event.
    const { event, article, embed } = this.page.state;
    const stepping = event !== '' && article === '' && !embed;
    this.pending = !this.visible && (this.data.query !== null || !stepping);
    if (this.pending) return;
    this.element.setAttribute('aria-busy', 'true');
    if (!this.data.query && !this.failed) this.element.replaceChildren(message('loading', 'Loading the list …'));
    this.timer = setTimeout(() => void this.load(), pause);
  }

  private async load(): Promise<void> {
    const query = this.wanted;
    if (!query) return;
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const first = await this.data.first(query, signal);
      this.replace(query, first);
      await this.count(query, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.fail(error as Error);
    } finally {
      if (!signal.aborted) this.element.removeAttribute('aria-busy');
    }
  }

  private replace(query: Query, first: Awaited<ReturnType<ListData['first']>>): void {
    const sameList = this.data.query !== null && sameQuery({ ...query, box: null }, { ...this.data.query, box: null });
    this.failed = false;
    this.data.replace(query, first);
    this.shown = signature(first.matched, first.page.items);
    this.news = 0;
    this.head.setNews(null);
    this.cards.clear();
    this.draw();
    const card = this.cards.get(this.anchor);
    if (sameList && card) card.element.scrollIntoView({ block: 'nearest' });
    else this.element.scrollTop = 0;
    this.element.removeAttribute('aria-busy');
    this.changed();
    reached('conflictmap:list');
  }

  /** The counts beside the list's own come after it; the status line waits for them, so that it speaks once. */
  private async count(query: Query, signal: AbortSignal): Promise<void> {
    try {
      this.totals = await this.data.countAll(query.filters, this.page.version, signal);
    } catch {
      if (signal.aborted) return;
      this.totals = { selected: null, unplaced: null };
    }
    this.announce(query, this.data.matched);
    this.foot();
  }

  private announce(query: Query, listed: number | null): void {
    const { selected } = this.totals;
    const words = statusInWords(query.collection, { listed, selected, inView: query.box !== null, unplaced: query.unplaced }, query.filters);
    if (this.visible) this.page.announce(words);
  }

  private fail(error: Error): void {
    this.failed = true;
    this.data.clear();
    this.cards.clear();
    this.setContent(errorMessage(this.page, error));
    this.page.announce('The list could not be loaded.');
  }

  /** The data changed: shows the new list where nobody reads the old one, else offers it. */
  private look(): void {
    const query = this.data.query;
    if (!this.visible || !query || this.element.hasAttribute('aria-busy')) {
      if (!this.visible) this.pending = true;
      else this.reload(PAUSE_MS);
      return;
    }
    const { signal } = this.request;
    void (async () => {
      try {
        const first = await this.data.first(query, signal);
        if (signal.aborted || this.data.query !== query) return;
        if (signature(first.matched, first.page.items) === this.shown) this.news = 0;
        else if (this.idle()) this.replace(query, first);
        else still(this.element, () => this.head.setNews(this.news));
        await this.count(query, signal);
        this.announce(query, first.matched);
      } catch {
        // What is shown stays; the connection's own line says what is wrong.
      }
    })();
  }

  /** Whether nobody is reading: the list stands at its top, without focus or pointer. */
  private idle(): boolean {
    const { element } = this;
    return element.scrollTop < 8 && !element.contains(document.activeElement) && !element.matches(':hover');
  }

  /** Builds the list from what is known; cards that are there already stay the same. */
  private draw(): void {
    const { query } = this.data;
    if (!query) return;
    const { items } = this.data;
    const options = {
      sort: query.sort,
      hollow: this.page.state.hollow,
      open: (item: Item<Listed>) => {
        this.anchor = item.id;
        this.open(item);
      },
      hover: (item: Item<Listed> | null) => this.page.hovered(query.collection === 'events' ? (item as ConflictEvent | null) : null),
    };
    const built = items.map((item) => [item.id, this.cards.get(item.id) ?? buildCard(query.collection, item, options)] as const);
    this.cards.clear();
    for (const [id, card] of built) this.cards.set(id, card);
    const sections = groups(items, query.sort).map(({ title, items: group }) =>
      el(
        'section',
        { class: 'group' },
        el('h3', { class: query.sort === 'importance' ? 'visually-hidden' : false }, title),
        el('ol', { class: 'cards', start: String(this.data.skipped + 1) }, ...group.map(({ id }) => this.cards.get(id)!.element)),
      ),
    );
    const before = this.data.skipped > 0 ? textButton(`Show the ${PAGE} before`, () => void this.extend(-1), { class: 'show-more' }) : null;
    const back = query.unplaced ? this.unplacedHead() : null;
    this.setContent(...[back, before, ...sections].filter((e) => e !== null));
    this.foot();
  }

  private unplacedHead(): HTMLElement {
    return el(
      'div',
      { class: 'unplaced' },
      el('p', {}, 'Not on the map: known only to the country, or to no place.'),
      textButton('Back to what the map shows', () => this.setUnplaced(false)),
    );
  }

  private setUnplaced(unplaced: boolean): void {
    this.unplaced = unplaced;
    this.wanted = queryOf(this.page.state, this.page.box(), unplaced);
    this.head.show(this.page.state, !unplaced && this.wanted.collection === 'events');
    this.element.focus({ preventScroll: true });
    this.reload(0);
  }

  /** What stands at the list's end: more of it, and what isn't on the map. */
  private foot(): void {
    const { query, matched, items, skipped } = this.data;
    if (!query) return;
    for (const old of this.element.querySelectorAll('.list-foot, .message-empty')) old.remove();
    const showUnplaced = query.unplaced ? undefined : () => this.setUnplaced(true);
    if (items.length === 0) {
      this.element.append(emptyMessage(this.page, this.totals, showUnplaced));
      return;
    }
    const foot = el('div', { class: 'list-foot' });
    if (this.data.hasMore) {
      const rest = matched === null ? PAGE : Math.max(1, matched - skipped - items.length);
      const of = rest > PAGE ? ` of ${rest.toLocaleString('en')}` : '';
      foot.append(textButton(`Show ${Math.min(PAGE, rest)} more${of}`, () => void this.extend(1), { class: 'show-more' }));
    }
    const { unplaced } = this.totals;
    if (showUnplaced && unplaced) {
      const words = `${count(unplaced, 'more is', 'more are')} not on the map: known only to the country, or to no place. `;
      foot.append(el('p', { class: 'unplaced-note' }, words, textButton(unplaced === 1 ? 'List it' : 'List them', showUnplaced)));
    }
    if (foot.childElementCount) this.element.append(foot);
  }

  /** Fetches the next or the former page; the cards that stay keep their place under the user's eyes. */
  private async extend(by: 1 | -1): Promise<void> {
    const { signal } = this.request;
    const before = this.data.items;
    const still = this.cards.get((by > 0 ? before.at(-1) : before[0])?.id ?? '');
    const top = still?.element.getBoundingClientRect().top ?? 0;
    this.element.setAttribute('aria-busy', 'true');
    try {
      await this.data.extend(by, signal);
    } catch (error) {
      if (!signal.aborted) this.element.append(errorMessage(this.page, error as Error));
      return;
    } finally {
      if (!signal.aborted) this.element.removeAttribute('aria-busy');
    }
    this.draw();
    if (still) this.element.scrollTop += still.element.getBoundingClientRect().top - top;
    const known = new Set(before.map((i) => i.id));
    const fresh = this.data.items.filter((i) => !known.has(i.id));
    this.focusCard((by > 0 ? fresh[0] : fresh.at(-1))?.id ?? '');
  }

  private setContent(...content: HTMLElement[]): void {
    const had = this.element.contains(document.activeElement);
    const focus = this.focused();
    this.element.replaceChildren(...content);
    // What had the focus may be gone; the next key must not start at the page's top.
    if (had) (this.cards.get(focus)?.button ?? this.element).focus({ preventScroll: true });
  }

  /** The id of the card that has the focus, "" for none. */
  private focused(): string {
    const card = document.activeElement?.closest<HTMLElement>('.card');
    return (card && this.element.contains(card) && (card.dataset.eventId ?? card.dataset.mentionId)) || '';
  }

  /** Gives a card the focus; without that card the list has it. */
  focusCard(id: string = this.anchor): void {
    const card = this.cards.get(id);
    (card?.button ?? this.element).focus({ preventScroll: true });
    card?.element.scrollIntoView({ block: 'nearest' });
  }

  /** Moves the focus by n cards; beyond the last one to the button for more. */
  move(n: number): void {
    const ids = [...this.cards.keys()];
    const here = ids.indexOf(this.focused());
    const to = here < 0 ? (n > 0 ? Math.max(0, ids.indexOf(this.anchor)) : 0) : here + n;
    if (to >= ids.length) this.element.querySelector<HTMLElement>('.list-foot button')?.focus();
    else if (ids.length) this.focusCard(ids[Math.max(0, to)]);
  }

  private key(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey || this.focused() === '') return;
    const ids = [...this.cards.keys()];
    const run = { ArrowDown: () => this.move(1), ArrowUp: () => this.move(-1), Home: () => this.focusCard(ids[0]), End: () => this.focusCard(ids.at(-1)) }[e.key];
    if (!run) return;
    e.preventDefault();
    run();
  }

  /** Whether there is an entry before (-1) or after (1) the one with this id. */
  hasNeighbour(id: string, n: 1 | -1): boolean {
    const { items } = this.data;
    const at = items.findIndex((i) => i.id === id);
    return at >= 0 && (items[at + n] !== undefined || (n > 0 ? this.data.hasMore : this.data.skipped > 0));
  }

  /** The entry n after the one with this id, fetched if need be; null where there is none. */
  async neighbour(id: string, n: 1 | -1): Promise<Item<Listed> | null> {
    const at = () => this.data.items.findIndex((i) => i.id === id);
    if (at() < 0) return null;
    if (!this.data.items[at() + n] && (n > 0 ? this.data.hasMore : this.data.skipped > 0)) {
      await this.data.extend(n, this.request.signal).catch(() => undefined);
      this.draw();
    }
    return at() < 0 ? null : (this.data.items[at() + n] ?? null);
  }

  /** The entry with this id, if the list has it. */
  find(id: string): Item<Listed> | null {
    return this.data.items.find((i) => i.id === id) ?? null;
  }

  /** Where the list goes back to: the card of what was opened last. */
  setAnchor(id: string): void {
    this.anchor = id;
  }
}
