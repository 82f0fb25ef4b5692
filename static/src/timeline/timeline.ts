// The timeline: bars over time, a brush, play and step, and "as known on".

import type { Page, Part, Why } from '../part';
import type { PageState } from '../state';

export class Timeline implements Part {
  constructor(
    private readonly root: HTMLElement,
    private readonly page: Page,
  ) {}

  show(state: PageState, before: PageState | null, why: Why): void {
    void [this.root, this.page, state, before, why];
  }

  /** Moves the days that are shown by n steps: those of the brush, else a bar's. */
  step(n: number): void {
    void n;
  }

  /** Starts or stops playing. */
  togglePlay(): void {}
}
