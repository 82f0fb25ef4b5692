// The timeline: bars over time, a brush, play and step, and "as known on".

import { dayInWords, formatInterval, parseInterval } from '../days';
import { el } from '../dom';
import type { Page, Part, Why } from '../part';
import type { PageState } from '../state';
import { AsKnownOn } from './asof';
import { Controls } from './controls';
import { countsDiffer, Loader } from './loader';
import { Mover } from './mover';
import { Plot } from './plot';
import { lastDay, presetSpan, PRESETS } from './presets';
import { dayNumber, dayString, lengthOf, sameSpan, stepFor, union, type Span, type Step } from './span';
import { brushInWords, coarseInWords, highest, inWords, maximum } from './words';
import { canBeSeen, firstWindow, following, LEAST_WINDOW, panned, windowAround, zoomed } from './window';

const LEAST_BAR = 4; // pixels, with the gap beside it
const ROOMY = 0.6; // a brush that takes more of the view gets a wider one
const CALM_MS = 80; // the wheel turns by many small steps

export class Timeline implements Part {
  private readonly plot: Plot;
  private readonly controls: Controls;
  private readonly asof: AsKnownOn;
  private readonly words = el('p', { class: 'timeline-words' });
  private readonly loader: Loader;
  private readonly mover: Mover;
  /** The days in view; null before the first counts. */
  private view: Span | null = null;
  private calm: ReturnType<typeof setTimeout> | undefined;

  constructor(
    root: HTMLElement,
    private readonly page: Page,
  ) {
    this.loader = new Loader(root, page, (what) => this.counted(what));
    this.mover = new Mover(page, this.ground());
    this.plot = new Plot({
      brush: (brush, how) => this.mover.to(brush, how),
      cancel: () => this.mover.cancel(),
      clear: () => this.mover.choose(''),
      zoom: (factor, around) => this.zoom(factor, around),
      pan: (days) => this.pan(days),
      reveal: (day) => this.follow({ from: day, to: day }),
    });
    this.asof = new AsKnownOn((day) => page.filter({ asof: day }));
    this.controls = new Controls(
      {
        play: () => this.togglePlay(),
        speed: (speed) => (this.mover.speed = speed),
        preset: (days) => (days > 0 ? this.mover.last(days) : this.all()),
        zoom: (factor) => this.zoom(factor, this.middle()),
        pan: (direction) => this.pan(direction * Math.round(lengthOf(this.window) / 2)),
        dates: (interval) => this.mover.choose(formatInterval(interval)),
      },
      this.asof.button,
      this.asof.box,
    );
    this.plot.root.append(this.words, this.loader.message);
    root.append(this.controls.root, this.plot.root);
    new ResizeObserver(() => this.resized()).observe(this.plot.root);
  }

  private ground() {
    const here = this;
    return {
      get whole() {
        return here.loader.whole;
      },
      get window() {
        return here.window;
      },
      get step() {
        return here.barStep;
      },
      changed: () => this.render(),
      follow: (brush: Span) => this.follow(brush),
    };
  }

  show(state: PageState, before: PageState | null, why: Why): void {
    const dates = before !== null && state.filters.datetime !== before.filters.datetime;
    if (dates && !this.mover.isOwn(state.filters.datetime)) {
      // A preset, a link, the browser's way back, another part.
      this.mover.giveUp();
      this.view = this.viewFor();
      this.refine();
    }
    if (before === null || why !== 'state' || countsDiffer(state, before)) void this.loader.load(state, why === 'data');
    if (before === null || dates || state.filters.asof !== before.filters.asof) this.render();
  }

  /** Moves the days that are shown by n steps: those of the brush, else a bar's. */
  step(n: number): void {
    this.mover.step(n);
  }

  /** Starts or stops playing. */
  togglePlay(): void {
    this.mover.togglePlay();
  }

  /** New counts are here: over all days, or of those in view. */
  private counted(what: 'all' | 'part'): void {
    const bars = this.loader.overview?.bars ?? [];
    const inView = ({ from, to }: Span) => this.view !== null && to >= this.view.from && from <= this.view.to;
    // The days in view stay, unless what the filters select now is elsewhere.
    if (what === 'all' && (!this.view || (bars.length > 0 && !bars.some(inView)))) this.view = this.viewFor();
    this.render();
    if (what === 'all') this.refine();
  }

  private resized(): void {
    this.plot.resize();
    this.refine();
    this.render();
  }

  private get window(): Span {
    return this.view ?? this.loader.whole ?? { from: 0, to: 29 };
  }

  /** How far the view can go: all days, and those of a brush beside them. */
  private get reach(): Span {
    const { brush } = this.mover;
    const whole = this.loader.whole ?? this.window;
    const beside = brush && (brush.to < whole.from || brush.from > whole.to);
    const { from, to } = beside ? union(whole, brush) : whole;
    const missing = Math.max(0, LEAST_WINDOW - (to - from + 1));
    return { from: from - Math.ceil(missing / 2), to: to + Math.floor(missing / 2) };
  }

  private get wanted(): Step {
    return stepFor(lengthOf(this.window), this.plot.pixels, LEAST_BAR);
  }

  /** What the bars are that can be seen. */
  private get barStep(): Step {
    return this.loader.series(this.window, this.wanted)?.step ?? this.wanted;
  }

  /** The days to show the brush among: those in view, if it can be seen there. */
  private viewFor(): Span | null {
    const { whole, overview } = this.loader;
    if (!whole) return null;
    const { brush } = this.mover;
    const { pixels } = this.plot;
    const first = firstWindow(overview?.bars ?? [], this.reach);
    if (!brush) return this.view ?? first;
    const good = (view: Span) => canBeSeen(brush, view, pixels) && (view === first || lengthOf(brush) <= ROOMY * lengthOf(view));
    return [this.view, first].find((view) => view && good(view)) ?? windowAround(brush, this.reach);
  }

  private look(window: Span): void {
    if (!this.loader.whole || sameSpan(window, this.view)) return;
    this.view = window;
    this.render();
    clearTimeout(this.calm);
    this.calm = setTimeout(() => this.refine(), CALM_MS);
  }

  private zoom(factor: number, around: number): void {
    this.look(zoomed(this.window, factor, around, this.reach));
  }

  private pan(days: number): void {
    this.look(panned(this.window, days, this.reach));
  }

  private follow(brush: Span): void {
    this.look(following(this.window, brush, union(this.reach, brush)));
  }

  /** No brush, and the view of the start; pressed again, all days. */
  private all(): void {
    const again = this.page.state.filters.datetime === '';
    this.mover.choose('');
    const first = firstWindow(this.loader.overview?.bars ?? [], this.reach);
    this.look(again && sameSpan(first, this.view) ? this.reach : first);
  }

  /** The day around which the buttons zoom: the brush's middle where it can be seen. */
  private middle(): number {
    const { brush } = this.mover;
    const { from, to } = brush && canBeSeen(brush, this.window, Infinity) ? brush : this.window;
    return Math.floor((from + to) / 2);
  }

  private refine(): void {
    if (this.view && this.plot.pixels > 1) void this.loader.need(this.view, this.wanted);
  }

  private render(): void {
    const { asof, datetime } = this.page.state.filters;
    const { brush } = this.mover;
    const { window, reach, loader } = this;
    const whole = loader.whole ?? window;
    const last = lastDay(whole, asof);
    const preset = PRESETS.find((p) => sameSpan(brush, presetSpan(p, last)))?.days ?? (datetime === '' && !brush ? 0 : null);
    this.controls.show({
      interval: brush ? this.mover.interval : { from: '', to: '' },
      preset,
      last: dayInWords(dayString(last)),
      playing: this.mover.playing,
      days: brush ? inWords(brush) : '',
      can: {
        earlier: window.from > reach.from,
        later: window.to < reach.to,
        closer: lengthOf(window) > LEAST_WINDOW,
        farther: lengthOf(window) < lengthOf(reach),
      },
    });
    this.asof.show(asof, dayString(last));
    const known = dayNumber(asof);
    const series = loader.series(window, this.wanted);
    const picture = { window, whole, brush, series, step: this.barStep, known: Number.isNaN(known) ? null : known, counting: loader.counting };
    this.plot.show(loader.whole ? picture : null);
    this.showWords(brush);
  }

  private showWords(brush: Span | null): void {
    const { datetime } = this.page.state.filters;
    const series = this.loader.series(this.window, this.wanted);
    const most = series && highest(series.bars, this.window);
    const height = el('span', { class: 'timeline-height' }, most ? maximum(most, series.step) : '');
    height.title = 'Heights grow with the square root of the number, so that quiet days can be seen beside the worst one';
    this.words.classList.toggle('has-days', brush !== null);
    const unread = parseInterval(datetime) === null;
    const days = unread ? `“${datetime.slice(0, 40)}” is no span of days` : brushInWords(brush);
    this.words.replaceChildren(
      el('span', { class: unread ? 'timeline-days is-unread' : 'timeline-days' }, days),
      height,
      el('span', { class: 'timeline-coarse' }, coarseInWords(this.loader.overview?.coarse ?? 0)),
    );
  }
}
