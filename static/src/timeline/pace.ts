// The map's pace: changes that follow a pointer or a clock wait until the map
// has drawn the one before, so that requests don't pile up.

import type { Milestone } from '../milestone';

/** The mark that the map sets after each complete drawing. */
const MARK: Milestone = 'conflictmap:map';

/** Not more often than this, in ms: what the server and the list can follow. */
const LEAST_MS = 100;

/** A map that says nothing is waited for so long, in ms. */
const MOST_MS = 150;

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Notices when the map has been drawn. */
export class MapClock {
  private waiting: (() => void)[] = [];
  private seen = false;

  constructor() {
    new PerformanceObserver((list) => {
      if (list.getEntriesByName(MARK).length === 0) return;
      this.seen = true;
      const done = this.waiting;
      this.waiting = [];
      for (const run of done) run();
    }).observe({ entryTypes: ['mark'] });
  }

  /** Resolves when the map is drawn next, or after so many ms; at once where the map has never said so. */
  async drawn(ms: number): Promise<void> {
    if (this.seen) await Promise.race([new Promise<void>((done) => this.waiting.push(done)), sleep(ms)]);
  }
}

/** Runs changes one after the other; of those that come meanwhile only the last. */
export class Pace {
  private next: (() => void) | null = null;
  private busy = false;

  constructor(private readonly clock: MapClock) {}

  run(change: () => void): void {
    if (this.busy) {
      this.next = change;
      return;
    }
    this.busy = true;
    change();
    void Promise.all([this.clock.drawn(MOST_MS), sleep(LEAST_MS)]).then(() => {
      this.busy = false;
      this.flush();
    });
  }

  /** Runs the change that waits, if there is one, now. */
  flush(): void {
    const change = this.next;
    this.next = null;
    if (!change) return;
    this.busy = false;
    this.run(change);
  }

  /** Forgets the change that waits. */
  drop(): void {
    this.next = null;
  }
}
