// The panel: the list of what the map shows, one event whole, or one article
// with all its mentions.

import type { Page, Part, Why } from '../part';
import type { PageState } from '../state';

export class Panel implements Part {
  constructor(
    private readonly root: HTMLElement,
    private readonly page: Page,
  ) {}

  show(state: PageState, before: PageState | null, why: Why): void {
    void [this.root, this.page, state, before, why];
  }

  /** The data changed: says so above the list, and leaves what is being read in place. */
  stored(articles: number): void {
    void articles;
  }

  /** Moves the focus in the list by n entries (j and k). */
  move(n: number): void {
    void n;
  }

  /** Goes one level up: article to event, event to list; false at the top. */
  up(): boolean {
    return false;
  }
}
