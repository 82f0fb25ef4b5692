// The picture of the timeline: bars, the brush over them with its handles, the
// day of "as known on", and what is said of the bar under pointer or focus.

import { el } from '../dom';
import { BarsCanvas, MARGIN, Scale } from './bars';
import { Drag } from './drag';
import { endAfter, resized, type End } from './moves';
import type { Bar, Series } from './series';
import { addBars, barStart, snap, union, type Span, type Step } from './span';
import { barInWords, brushInWords, endInWords, summary, type Counting } from './words';

export interface PlotHooks {
  /** The brush while it is dragged, or after a key; dropped when the pointer lets go. */
  brush(brush: Span, how: 'drag' | 'drop' | 'key'): void;
  /** The drag was given up. */
  cancel(): void;
  clear(): void;
  zoom(factor: number, around: number): void;
  pan(days: number): void;
  /** Asks for a window that has the day. */
  reveal(day: number): void;
}

/** What is to be seen. */
export interface Picture {
  window: Span;
  whole: Span;
  brush: Span | null;
  /** The bars; null before they have come. */
  series: Series | null;
  step: Step;
  /** The day of "as known on"; null for none. */
  known: number | null;
  counting: Counting;
}

/** How many bars a key goes, Infinity for all; null where it is no such key. */
function barsOf(e: KeyboardEvent): number | null {
  if (e.ctrlKey || e.metaKey || e.altKey) return null;
  const by = e.shiftKey ? 10 : 1;
  switch (e.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return -by;
    case 'ArrowRight':
    case 'ArrowUp':
      return by;
    case 'PageDown':
      return -10;
    case 'PageUp':
      return 10;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
  }
  return null;
}

function place(element: HTMLElement, left: number, right: number): void {
  element.style.left = `${left}px`;
  element.style.width = `${Math.max(0, right - left)}px`;
}

export class Plot {
  readonly root = el('div', { class: 'timeline-plot is-blank' });
  private readonly bars: BarsCanvas;
  private readonly surface = el('div', { class: 'timeline-surface', role: 'spinbutton', tabindex: '0', 'aria-label': 'Bars over time; Enter chooses the days of a bar', 'aria-describedby': 'timeline-summary' });
  private readonly cursor = el('div', { class: 'timeline-cursor', hidden: true });
  private readonly shades = [el('div', { class: 'timeline-shade' }), el('div', { class: 'timeline-shade' })] as const;
  private readonly box = el('div', { class: 'timeline-brush' });
  private readonly handles: Readonly<Record<End, HTMLElement>> = { from: this.handle('from', 'First day'), to: this.handle('to', 'Last day') };
  private readonly unknown = el('div', { class: 'timeline-unknown', hidden: true });
  private readonly tip = el('div', { class: 'timeline-tip', hidden: true });
  private readonly summary = el('p', { class: 'visually-hidden', id: 'timeline-summary' });
  private readonly drag: Drag;
  private picture: Picture | null = null;
  private scale = new Scale({ from: 0, to: 0 }, 0);
  private height = 0;
  /** The bar that the keys are at; null where they were not yet. */
  private at: number | null = null;

  constructor(private readonly hooks: PlotHooks) {
    this.bars = new BarsCanvas(this.root, () => this.draw());
    this.root.append(this.bars.canvas, ...this.shades, this.unknown, this.surface, this.cursor, this.box, this.handles.from, this.handles.to, this.tip, this.summary);
    this.drag = new Drag(this.root, {
      ground: () => {
        const { picture } = this;
        return picture?.series ? { scale: this.scale, step: picture.step, brush: picture.brush, ends: this.ends() } : null;
      },
      drag: (brush) => {
        this.hooks.brush(brush, 'drag');
        this.showTip(brushInWords(brush), (this.scale.x(brush.from) + this.scale.x(brush.to + 1)) / 2);
      },
      drop: (brush) => {
        this.hideTip();
        this.hooks.brush(brush, 'drop');
      },
      cancel: () => {
        this.hideTip();
        this.hooks.cancel();
      },
    });
    this.listen();
  }

  /** Pixels that the bars have for all their days. */
  get pixels(): number {
    return this.scale.pixels;
  }

  get dragging(): boolean {
    return this.drag.active;
  }

  private handle(end: End, label: string): HTMLElement {
    const handle = el('div', { class: `timeline-handle timeline-handle-${end}`, role: 'slider', tabindex: '0', 'aria-label': label, 'data-end': end });
    handle.addEventListener('keydown', (e) => this.handleKey(e, end));
    return handle;
  }

  private listen(): void {
    const { surface, root } = this;
    surface.addEventListener('keydown', (e) => this.surfaceKey(e));
    surface.addEventListener('focus', () => this.showBar(this.keyed(), surface.matches(':focus-visible')));
    surface.addEventListener('blur', () => this.hideTip());
    root.addEventListener('pointermove', (e) => this.hover(e));
    root.addEventListener('pointerleave', () => {
      if (!this.dragging) this.hideTip();
    });
    root.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
    root.addEventListener('dblclick', () => this.hooks.clear());
  }

  private hover(e: PointerEvent): void {
    if (!this.picture || this.dragging || e.pointerType === 'touch' || e.buttons > 0) return;
    const x = e.clientX - this.root.getBoundingClientRect().left;
    if (x < MARGIN || x > this.scale.width - MARGIN) this.hideTip();
    else this.showBar(this.scale.day(x), true);
  }

  private wheel(e: WheelEvent): void {
    if (!this.picture || e.ctrlKey) return; // that is the browser's zoom
    e.preventDefault();
    const sideways = e.shiftKey ? e.deltaY || e.deltaX : Math.abs(e.deltaX) > Math.abs(e.deltaY) ? e.deltaX : 0;
    const x = e.clientX - this.root.getBoundingClientRect().left;
    this.hideTip();
    if (sideways) this.hooks.pan(Math.sign(sideways) * Math.max(1, Math.abs(this.scale.days(sideways))));
    else if (e.deltaY) this.hooks.zoom(2 ** (-Math.max(-100, Math.min(100, e.deltaY)) / 200), this.scale.day(x));
  }

  /** The brush, or all days where there is none. */
  private ends(): Span {
    return this.picture?.brush ?? this.picture?.whole ?? { from: 0, to: 0 };
  }

  private handleKey(e: KeyboardEvent, end: End): void {
    if (!this.picture) return;
    if (e.key === 'Escape') return this.escape(e);
    const by = barsOf(e);
    if (by === null) return;
    e.preventDefault();
    const { step, whole, brush } = this.picture;
    const limits = brush ? union(whole, brush) : whole;
    const day = by === -Infinity ? limits.from : by === Infinity ? limits.to : endAfter(this.ends(), end, step, by);
    this.hooks.brush(resized(this.ends(), end, day, step, limits), 'key');
    this.hooks.reveal(this.ends()[end]);
  }

  private surfaceKey(e: KeyboardEvent): void {
    if (!this.picture) return;
    const { step, whole } = this.picture;
    const by = barsOf(e);
    if (by !== null) {
      const day = by === -Infinity ? whole.from : by === Infinity ? whole.to : addBars(this.keyed(), step, by);
      this.at = Math.max(barStart(whole.from, step), Math.min(whole.to, day));
      this.hooks.reveal(this.at);
      this.showBar(this.at, true);
    } else if (e.key === 'Enter' || e.key === ' ') {
      this.hooks.brush(snap({ from: this.keyed(), to: this.keyed() }, step), 'key');
    } else if (e.key === '+' || e.key === '=' || e.key === '-') {
      this.hooks.zoom(e.key === '-' ? 0.5 : 2, this.keyed());
    } else if (e.key === 'Escape') {
      this.escape(e);
      return;
    } else {
      return;
    }
    e.preventDefault();
  }

  /** Gives up first what is being said, then a drag, then the brush. */
  private escape(e: KeyboardEvent): void {
    if (this.dragging) this.drag.cancel();
    else if (!this.tip.hidden) this.hideTip();
    else if (this.picture?.brush) this.hooks.clear();
    else return;
    e.preventDefault();
  }

  /** The day that the keys are at. */
  private keyed(): number {
    const { window, brush } = this.picture ?? { window: { from: 0, to: 0 }, brush: null };
    return this.at ?? brush?.from ?? window.from;
  }

  private barAt(day: number): Bar {
    const step = this.picture?.step ?? 'day';
    const from = barStart(day, step);
    return this.picture?.series?.bars.find((bar) => bar.from === from) ?? { ...snap({ from: day, to: day }, step), total: 0, parts: [] };
  }

  private showBar(day: number, visibly: boolean): void {
    if (!this.picture?.series) return;
    const bar = this.barAt(day);
    const words = barInWords(bar, this.picture.counting);
    this.surface.setAttribute('aria-valuetext', words);
    this.surface.setAttribute('aria-valuenow', `${bar.from}`);
    if (!visibly) return;
    const [left, right] = [this.scale.x(bar.from), this.scale.x(bar.to + 1)];
    this.showTip(words, (left + right) / 2);
    this.cursor.hidden = false;
    place(this.cursor, Math.max(MARGIN, left), Math.min(this.scale.width - MARGIN, right));
  }

  private showTip(words: string, x: number): void {
    this.cursor.hidden = true;
    this.tip.textContent = words;
    this.tip.hidden = false;
    // As far beside x as keeps it between the edges; no need to measure it.
    const share = Math.max(0, Math.min(1, x / Math.max(1, this.scale.width)));
    this.tip.style.left = `${share * 100}%`;
    this.tip.style.transform = `translateX(${-share * 100}%)`;
  }

  private hideTip(): void {
    this.tip.hidden = true;
    this.cursor.hidden = true;
  }

  /** Null where nothing is known to show. */
  show(picture: Picture | null): void {
    const bars = picture?.series !== this.picture?.series || picture?.window !== this.picture?.window;
    this.picture = picture;
    this.root.classList.toggle('is-blank', picture === null);
    if (bars) this.draw();
    else this.overlay();
  }

  /** Measures anew and draws. */
  resize(): void {
    this.draw();
  }

  private draw(): void {
    const { picture } = this;
    if (!picture) return;
    this.scale = new Scale(picture.window, this.root.clientWidth);
    this.height = this.root.clientHeight;
    if (this.scale.width === 0) return; // not to be seen
    this.bars.draw(picture.series, this.scale, this.height);
    if (!this.dragging) this.hideTip();
    if (picture.series) this.summary.textContent = summary(picture.series, picture.window, picture.counting);
    this.surface.setAttribute('aria-valuemin', `${picture.whole.from}`);
    this.surface.setAttribute('aria-valuemax', `${picture.whole.to}`);
    if (document.activeElement === this.surface) this.showBar(this.keyed(), this.surface.matches(':focus-visible'));
    else this.showBar(this.keyed(), false);
    this.overlay();
  }

  private overlay(): void {
    const { picture, scale } = this;
    if (!picture) return;
    const { window, brush, known, whole } = picture;
    const edge = (day: number) => scale.x(Math.max(window.from, Math.min(window.to + 1, day)));
    const [left, right] = [edge(this.ends().from), edge(this.ends().to + 1)];
    const [start, end] = [scale.x(window.from), scale.x(window.to + 1)];
    this.root.classList.toggle('has-brush', brush !== null);
    place(this.shades[0], start, brush ? left : start);
    place(this.shades[1], brush ? right : end, end);
    place(this.box, left, right);
    this.handles.from.style.left = `${(brush ? left : start) - 24}px`;
    this.handles.to.style.left = `${brush ? right : end}px`;
    this.unknown.hidden = known === null || known >= window.to;
    if (known !== null) place(this.unknown, edge(known + 1), end);
    for (const which of ['from', 'to'] as const) {
      const handle = this.handles[which];
      handle.setAttribute('aria-valuemin', `${Math.min(whole.from, this.ends().from)}`);
      handle.setAttribute('aria-valuemax', `${Math.max(whole.to, this.ends().to)}`);
      handle.setAttribute('aria-valuenow', `${this.ends()[which]}`);
      handle.setAttribute('aria-valuetext', endInWords(which, this.ends()[which], brush !== null));
    }
  }
}

