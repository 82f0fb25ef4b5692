// The page's header: place and word search, filters with live counts, export,
// share and help.

import type { Page, Part, Why } from '../part';
import type { PageState } from '../state';

export class Header implements Part {
  constructor(private readonly page: Page) {}

  show(state: PageState, before: PageState | null, why: Why): void {
    void [this.page, state, before, why];
  }

  focusSearch(): void {}

  showHelp(): void {}
}
