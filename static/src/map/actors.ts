// Who talks about whom: quiet lines between capitals.

import * as L from 'leaflet';
import type { Page } from '../part';
import type { PageState } from '../state';

export class ActorLines {
  constructor(
    private readonly map: L.Map,
    private readonly page: Page,
  ) {}

  show(state: PageState): void {
    void [this.map, this.page, state];
  }
}
