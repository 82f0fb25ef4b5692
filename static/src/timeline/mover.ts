// How the days of the page change: by presets and typed dates in one go, by
// pointer and keys at the map's pace, by steps, and when playing.

import { ALL_DAYS, formatInterval, parseInterval, type Interval } from '../days';
import type { Page } from '../part';
import { firstPlayed, played, stepped } from './moves';
import { MapClock, Pace } from './pace';
import { Player } from './player';
import { lastDay, presetSpan, PRESETS } from './presets';
import { brushOf, countBars, dayString, intervalOf, sameSpan, snap, type Span, type Step } from './span';
import { inWords } from './words';

/** What the mover must know of the timeline. */
export interface Ground {
  /** First to last day of all events; null where there are none. */
  readonly whole: Span | null;
  readonly window: Span;
  readonly step: Step;
  /** The brush is another than the page's, or playing began or ended. */
  changed(): void;
  /** Keeps the brush in view. */
  follow(brush: Span): void;
}

const ONE_GO_MS = 1500; // keys in quick succession are one entry of the browser's history

export class Mover {
  /** The brush that the page doesn't have yet: pointer or key is ahead of it. */
  private draft: Span | null = null;
  /** The days as they were last set from here, so that a change by others is known. */
  private own: string | null = null;
  /** The days before the drag that goes on; null for none. */
  private beforeDrag: string | null = null;
  /** Whether the next change makes an entry in the browser's history; what follows it replaces it. */
  private entry = false;
  private lastKey = -Infinity;
  private readonly pace: Pace;
  private readonly player: Player;

  constructor(
    private readonly page: Page,
    private readonly ground: Ground,
  ) {
    const clock = new MapClock();
    this.pace = new Pace(clock);
    this.player = new Player(clock, () => this.playStep(), (ended) => this.playChanged(ended));
  }

  get playing(): boolean {
    return this.player.playing;
  }

  set speed(speed: number) {
    this.player.speed = speed;
  }

  private get datetime(): string {
    return this.page.state.filters.datetime;
  }

  private get whole(): Span {
    return this.ground.whole ?? this.ground.window;
  }

  /** The days of the page, or those that it will have in a moment; null for all. */
  get brush(): Span | null {
    return this.draft ?? brushOf(this.datetime, this.whole);
  }

  /** The days as the fields show them, open ends empty. */
  get interval(): Interval {
    const set = parseInterval(this.datetime) ?? ALL_DAYS;
    return this.draft ? intervalOf(this.draft, this.whole, set) : set;
  }

  /** Whether these days were set here, by something that goes on. */
  isOwn(datetime: string): boolean {
    return datetime === this.own;
  }

  /** The days were changed by others: what goes on here is at an end. */
  giveUp(): void {
    this.player.stop();
    this.pace.drop();
    this.draft = null;
    this.beforeDrag = null;
  }

  /** Sets the days in one go. */
  choose(datetime: string): void {
    this.giveUp();
    this.own = null; // the view goes with them
    this.page.filter({ datetime });
  }

  /** Sets the last n days. */
  last(days: number): void {
    const preset = PRESETS.find((p) => p.days === days);
    if (!preset || !this.ground.whole) return;
    const { from, to } = presetSpan(preset, lastDay(this.whole, this.page.state.filters.asof));
    this.choose(formatInterval({ from: dayString(from), to: dayString(to) }));
  }

  /** The pointer or a key has come to these days. */
  to(brush: Span, how: 'drag' | 'drop' | 'key'): void {
    this.player.stop();
    if (how === 'key') this.key();
    else if (this.beforeDrag === null) {
      this.beforeDrag = this.datetime;
      this.entry = true;
    }
    this.draft = brush;
    this.ground.changed();
    this.pace.run(() => {
      this.set(brush);
      if (how !== 'drag') this.settle(brush);
    });
    if (how !== 'drop') return;
    this.beforeDrag = null;
    this.pace.flush();
  }

  private key(): void {
    const now = performance.now();
    if (now - this.lastKey > ONE_GO_MS) this.entry = true;
    this.lastKey = now;
  }

  private set(brush: Span): void {
    const was = parseInterval(this.datetime) ?? ALL_DAYS;
    const datetime = formatInterval(intervalOf(brush, this.whole, was));
    const how = this.entry ? 'push' : 'replace';
    this.own = datetime;
    if (datetime === this.datetime) return;
    this.entry = false;
    this.page.filter({ datetime }, how);
  }

  /** The page has the brush, unless the user is further already. */
  private settle(brush: Span): void {
    if (!sameSpan(this.draft, brush)) return;
    this.draft = null;
    this.ground.changed();
  }

  /** Gives up the drag. */
  cancel(): void {
    const before = this.beforeDrag;
    this.giveUp();
    this.own = before;
    if (before !== null && before !== this.datetime) this.page.filter({ datetime: before }, 'replace');
    this.ground.changed();
  }

  /** Moves the days by n times as many as there are; without a brush, begins with a bar at that end of the view. */
  step(n: number): void {
    if (!this.ground.whole) return;
    const { window, step } = this.ground;
    const { brush, whole } = this;
    const bar = n > 0 ? window.from : window.to;
    const next = brush ? stepped(brush, step, n) : snap({ from: bar, to: bar }, step);
    if (next.to < whole.from || next.from > whole.to) {
      this.page.announce(n > 0 ? 'These are the last days.' : 'These are the first days.');
      return;
    }
    this.ground.follow(next);
    this.to(next, 'key');
    this.page.announce(inWords(next));
  }

  togglePlay(): void {
    if (this.player.playing) this.player.stop();
    else if (this.ground.whole) this.player.start();
  }

  private playStep(): boolean {
    const { window, step } = this.ground;
    const next = this.brush ? played(this.brush, step, this.whole) : firstPlayed(window, step);
    if (!next) return false;
    this.ground.follow(next);
    this.set(next);
    return true;
  }

  private playChanged(ended: boolean): void {
    const { brush, whole } = this;
    if (this.playing) {
      this.entry = true;
      // At the end it begins anew.
      if (brush && brush.to >= whole.to) this.rewind(brush);
      const { step } = this.ground;
      const each = brush ?? firstPlayed(this.ground.window, step);
      const bars = countBars(each, step);
      this.page.announce(`Playing, ${bars === 1 ? `a ${step}` : `${bars} ${step}s`} at a time.`);
    } else {
      this.page.announce(`${ended ? 'Played to the end' : 'Paused'}: ${brush ? inWords(brush) : 'all days'}.`);
    }
    this.ground.changed();
  }

  private rewind(brush: Span): void {
    const { step } = this.ground;
    const start = Math.max(this.whole.from, this.ground.window.from);
    const length = brush.to - brush.from;
    const first = countBars(brush, step) > 0 && sameSpan(brush, snap(brush, step)) ? snap({ from: start, to: start + length }, step) : { from: start, to: start + length };
    if (first.to < this.whole.to) this.set(first);
  }
}
