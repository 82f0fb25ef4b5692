// The contract between the page's controller and its parts: map, panel,
// timeline, header. Parts change nothing but through the page, and show what
// the state says; each fetches what it shows, so that none waits for another.

import type { Config } from './config';
import type { Filters, PageState } from './state';
import type { Box, ConflictEvent } from './types';

/** Why a part is shown: the page begins, the state changed, the data did, or the user asks to try again. */
export type Why = 'start' | 'state' | 'data' | 'retry';

/** What the controller offers to the parts. */
export interface Page {
  readonly state: PageState;
  readonly config: Config;
  /** The newest known state of the data, for caches; "" before the first answer that names one. */
  readonly version: string;
  /**
   * Changes the state and shows it. 'push' (the default) makes an entry in the browser's
   * history; 'replace' is for what follows a pointer or a clock.
   */
  update(change: Partial<PageState>, how?: 'push' | 'replace'): void;
  /** Changes some of the filters. */
  filter(change: Partial<Filters>, how?: 'push' | 'replace'): void;
  /** The box that the map shows; null where the list is of all that the filters select. */
  box(): Box | null;
  /** Shows the map at a place, without a change of filters. */
  goTo(target: { lon: number; lat: number; zoom: number } | { box: Box }): void;
  /** Tells the map which event the panel shows whole, and which one the pointer or focus is on. */
  selected(event: ConflictEvent | null): void;
  hovered(event: ConflictEvent | null): void;
  /** Writes the status line, which screen readers announce. */
  announce(text: string): void;
  /** Asks all parts to fetch anew, after an error. */
  refresh(): void;
}

export interface Part {
  /**
   * Shows the page's state; before is the last state that was shown, null at the
   * start. Called for every change, so a part first looks whether it is concerned.
   */
  show(state: PageState, before: PageState | null, why: Why): void;
}
