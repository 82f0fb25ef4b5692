// What stands above the list: its order, and word of what is new.

import { el } from '../dom';
import type { Page } from '../part';
import type { PageState, Sort } from '../state';
import { count } from '../words';
import { textButton } from './message';

const ORDERS: [Sort, string][] = [
  ['day', 'Newest first'],
  ['importance', 'Most accounts'],
];

export class ListHead {
  readonly element = el('div', { class: 'list-head', role: 'group', 'aria-label': 'Order of the list' });
  /** Spoken when it fills; empty while the list is up to date. */
  readonly news = el('div', { class: 'list-news', role: 'status' });
  private readonly buttons: [Sort, HTMLButtonElement][];

  constructor(
    page: Page,
    private readonly renew: () => void,
  ) {
    this.buttons = ORDERS.map(([sort, label]) => [sort, textButton(label, () => page.update({ sort }))]);
    this.element.append(...this.buttons.map(([, button]) => button));
  }

  show(state: PageState, sortable: boolean): void {
    this.element.hidden = !sortable;
    for (const [sort, button] of this.buttons) button.setAttribute('aria-pressed', String(sort === state.sort));
  }

  /** Offers the new list after so many articles, 0 for an unknown number; null takes the offer back. */
  setNews(articles: number | null): void {
    if (articles === null) {
      this.news.replaceChildren();
      return;
    }
    const what = articles > 0 ? count(articles, 'new article') : 'New data';
    this.news.replaceChildren(textButton(`${what}. Update the list`, this.renew));
  }
}
