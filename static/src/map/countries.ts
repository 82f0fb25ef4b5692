// Events that are known only to the country: hatched lightly on the basemap's
// own shape.

import * as L from 'leaflet';
import type { Page } from '../part';
import type { Basemap } from './basemap';

export class Countries {
  constructor(
    private readonly map: L.Map,
    private readonly basemap: Basemap,
    private readonly page: Page,
  ) {}

  show(query: URLSearchParams): void {
    void [this.map, this.basemap, this.page, query];
  }
}
