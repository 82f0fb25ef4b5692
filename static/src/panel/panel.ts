// The panel: the list of what the map shows, one event whole, or one article
// with all its mentions.

import { byId, el, still } from '../dom';
import type { Page, Part, Why } from '../part';
import type { PageState } from '../state';
import type { ConflictEvent, Item } from '../types';
import { collectionOf } from '../state';
import { ArticleView } from './articleview';
import { EventView } from './eventview';
import { ItemList } from './list';
import type { Listed } from './listdata';
import { textButton } from './message';
import { Sheet } from './sheet';

export type View = 'list' | 'event' | 'article';

export function viewOf({ event, article }: PageState): View {
  return article ? 'article' : event ? 'event' : 'list';
}

export class Panel implements Part {
  private readonly status = byId('status');
  private readonly list: ItemList;
  private readonly event: EventView;
  private readonly article: ArticleView;
  private readonly sheet: Sheet;
  private readonly banner = el('p', { class: 'banner', role: 'status' });
  private readonly detail = el('div', { class: 'detail-scroll', tabindex: '-1' });
  private readonly back = textButton('Back', () => void this.up(), { class: 'back' });
  private readonly steps = [
    textButton('Previous', () => this.step(-1), { 'aria-keyshortcuts': 'k' }),
    textButton('Next', () => this.step(1), { 'aria-keyshortcuts': 'j' }),
  ];
  private readonly bar = el('div', { class: 'detail-bar' }, this.back, el('span', { class: 'steps' }, ...this.steps));
  private view: View = 'list';
  private lost = false;
  /** The mention whose article was opened from the event view. */
  private readFrom = '';

  constructor(
    private readonly root: HTMLElement,
    private readonly page: Page,
  ) {
    root.dataset.view = viewOf(page.state); // how much of the map it covers depends on it
    this.sheet = new Sheet(root);
    this.list = new ItemList(page, (item) => this.open(item), () => this.showSteps());
    this.event = new EventView(page, (mention) => {
      this.readFrom = mention.id;
      page.update({ article: mention.id });
    });
    this.article = new ArticleView(page);
    const head = el('div', { class: 'panel-head' }, el('h2', { class: 'visually-hidden' }, 'Events'), this.status, this.list.head.element);
    root.append(this.sheet.handle, this.banner, head, this.bar, this.list.head.news, this.event.news, this.list.element, this.detail, this.article.footer);
    this.detail.append(this.event.element, this.article.element);
  }

  show(state: PageState, before: PageState | null, why: Why): void {
    const view = viewOf(state);
    const was = this.view;
    const hadFocus = this.root.contains(document.activeElement) || document.activeElement === document.body;
    const other = view !== was || before === null || (view === 'event' && state.event !== before.event);
    this.view = view;
    this.root.dataset.view = view;
    this.list.setVisible(view === 'list' && !state.embed);
    this.list.show(state, before, why);
    if (view === 'event') this.showEvent(state, why);
    if (view === 'article') this.article.show(state, why);
    else if (was === 'article') this.article.leave();
    if (!state.event && this.event.event) {
      this.event.leave();
      this.page.selected(null);
    }
    this.back.textContent = view === 'article' && state.event ? 'Back to the event' : 'Back to the list';
    if (!other) return;
    if (view !== 'list') this.sheet.raise();
    if (view !== 'list' && (view !== 'event' || was !== 'article')) this.detail.scrollTop = 0;
    const stepping = view === was && this.bar.contains(document.activeElement);
    if (why !== 'start' && hadFocus && !stepping) this.moveFocus(was);
    this.showSteps();
  }

  private showEvent(state: PageState, why: Why): void {
    const known = collectionOf(state.filters) === 'events' ? (this.list.find(state.event) as ConflictEvent | null) : null;
    if (known) this.list.setAnchor(state.event);
    this.event.show(state, why, known);
  }

  private open(item: Item<Listed>): void {
    if (collectionOf(this.page.state.filters) === 'events') this.page.update({ event: item.id, article: '' });
    else this.page.update({ article: item.id, event: '' });
  }

  /** The focus follows the view: to the heading of what was opened, or back to where it was opened. */
  private moveFocus(was: View): void {
    if (this.view === 'list') this.list.focusCard();
    else if (this.view === 'event' && was === 'article') this.event.focus(this.readFrom);
    else {
      // What is shown may still be loading; its heading comes where the focus was.
      const shown = this.view === 'event' ? this.event : this.article;
      shown.focus();
      // What had the focus may be hidden already and still be named.
      if (!shown.element.contains(document.activeElement)) this.detail.focus({ preventScroll: true });
    }
  }

  /** The steps to the neighbours are there where the list knows them. */
  private showSteps(): void {
    if (this.view !== 'event') return;
    const { event } = this.page.state;
    this.steps.forEach((step, i) => step.setAttribute('aria-disabled', String(!this.list.hasNeighbour(event, i === 0 ? -1 : 1))));
  }

  private async step(n: 1 | -1): Promise<void> {
    const next = await this.list.neighbour(this.page.state.event, n);
    if (next && this.view === 'event') this.page.update({ event: next.id }, 'replace');
  }

  /** The data changed: says so above the list, and leaves what is being read in place. */
  stored(articles: number): void {
    this.list.stored(articles);
  }

  /** The connection to the server was lost, or is back. */
  connected(is: boolean): void {
    if (is && !this.lost) return;
    this.lost = !is;
    this.banner.classList.toggle('is-good', is);
    this.say(is ? 'The server is back.' : 'The connection to the server is lost. What you see may be out of date. Trying again …');
    if (is) setTimeout(() => this.lost || this.say(''), 5000);
  }

  /** Writes the banner, which pushes nothing that is being read. */
  private say(text: string): void {
    still(this.view === 'list' ? this.list.element : this.detail, () => (this.banner.textContent = text));
  }

  /** Moves by n entries (j and k): in the list the focus, else from event to event or mention to mention. */
  move(n: number): void {
    if (this.view === 'list') this.list.move(n);
    else if (this.view === 'event') void this.step(n < 0 ? -1 : 1);
    else this.article.move(n);
  }

  /** Goes one level up: article to event, event to list; false at the top. */
  up(): boolean {
    if (this.view === 'list') return false;
    this.page.update(this.view === 'article' ? { article: '' } : { event: '' });
    return true;
  }
}
