// The legend on the map: drawn with the symbols that it explains.

import { el } from './dom';
import { badge, EVENT_TYPES } from './eventtypes';
import type { Page } from './part';
import type { PageState } from './state';

export class Legend {
  constructor(
    private readonly root: HTMLDetailsElement,
    private readonly page: Page,
  ) {
    root.append(el('ul', {}, ...EVENT_TYPES.map((type) => el('li', {}, badge(type) as unknown as HTMLElement, el('span', {}, type.label)))));
    root.open = matchMedia('(min-width: 1100px) and (min-height: 760px)').matches;
  }

  show(state: PageState): void {
    void [this.page, state];
  }

  /** Pixels at the map's left edge that the legend covers. */
  width(): number {
    return this.root.open ? this.root.offsetWidth : 0;
  }
}
