// Playing: a clock that takes a step each second, but not before the map has
// drawn the last one, and not where nobody looks.

import type { MapClock } from './pace';

/** Steps a second. */
export const SPEEDS = [1, 2, 4] as const;

/** A map that doesn't come is waited for so long, in ms. */
const PATIENCE_MS = 8000;

export class Player {
  speed = 1;
  /** Which of the runs goes on; null for none. */
  private run: object | null = null;

  constructor(
    private readonly clock: MapClock,
    /** Takes a step; false where there is none left. */
    private readonly step: () => boolean,
    /** Playing began or ended; ended is true where it came to the end of the days. */
    private readonly changed: (ended: boolean) => void,
  ) {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.stop();
    });
  }

  get playing(): boolean {
    return this.run !== null;
  }

  start(): void {
    if (this.run) return;
    const run = (this.run = {});
    this.changed(false);
    void this.play(run);
  }

  stop(): void {
    this.end(false);
  }

  private end(ended: boolean): void {
    if (!this.run) return;
    this.run = null;
    this.changed(ended);
  }

  private async play(run: object): Promise<void> {
    await this.rest();
    while (this.run === run) {
      const drawn = this.clock.drawn(PATIENCE_MS);
      if (!this.step()) {
        this.end(true);
        return;
      }
      await Promise.all([drawn, this.rest()]);
    }
  }

  private rest(): Promise<void> {
    return new Promise((done) => setTimeout(done, 1000 / this.speed));
  }
}
