// Events and mentions on the map, from the server's vector tiles.

import * as L from 'leaflet';
import type { Page } from '../part';
import type { PageState } from '../state';
import type { Box, ConflictEvent } from '../types';

/** What a click on a mark means. */
export type Pick =
  | { kind: 'event'; id: string }
  | { kind: 'mention'; id: string }
  /** several features at one place of the gazetteer */
  | { kind: 'place'; place: string }
  /** several places, within the box */
  | { kind: 'cluster'; box: Box };

export class Marks {
  onPick: (pick: Pick) => void = () => {};

  constructor(
    private readonly map: L.Map,
    private readonly page: Page,
  ) {}

  /** Shows what the state's filters select; what was shown stays until the new has come. */
  show(state: PageState): void {
    void [this.map, this.page, state];
  }

  /** What all that is selected covers, null for nothing. */
  async extent(): Promise<L.LatLngBounds | null> {
    return null;
  }

  /** Draws marks below this confidence hollow. */
  setHollow(confidence: number): void {
    void confidence;
  }

  /** Rings the event that the panel shows whole; brings it into view where it is not. */
  select(event: ConflictEvent | null): void {
    void event;
  }

  /** Rings the event that the pointer or the focus is on in the list. */
  hover(event: ConflictEvent | null): void {
    void event;
  }
}
