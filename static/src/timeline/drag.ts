// The pointer on the timeline: draws a brush, moves it, pulls its ends.

import type { Scale } from './bars';
import { clip, drawn, moved, resized, type End } from './moves';
import { DAYS_OF, snap, type Span, type Step } from './span';

const CLICK = 4; // pixels; less than this is no drag

/** What is under the pointer, as it is when a drag begins. */
export interface Ground {
  scale: Scale;
  step: Step;
  /** Null where there is none to move. */
  brush: Span | null;
  /** The brush, or all days. */
  ends: Span;
}

export interface DragHooks {
  /** Null where there are no days to choose from. */
  ground(): Ground | null;
  /** The brush while it is dragged. */
  drag(brush: Span): void;
  drop(brush: Span): void;
  cancel(): void;
}

interface Held {
  pointer: number;
  x: number;
  kind: 'new' | 'move' | End;
  ground: Ground;
  brush: Span | null;
}

export class Drag {
  private held: Held | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly hooks: DragHooks,
  ) {
    root.addEventListener('pointerdown', (e) => this.down(e));
    root.addEventListener('pointermove', (e) => this.move(e));
    root.addEventListener('pointerup', (e) => this.up(e));
    root.addEventListener('pointercancel', () => this.cancel());
  }

  get active(): boolean {
    return this.held?.brush != null;
  }

  private x(e: PointerEvent): number {
    return e.clientX - this.root.getBoundingClientRect().left;
  }

  private down(e: PointerEvent): void {
    if (e.button !== 0 || this.held || (e.target instanceof Element && e.target.closest('button'))) return;
    const ground = this.hooks.ground();
    if (!ground) return;
    const x = this.x(e);
    const handle = e.target instanceof HTMLElement ? (e.target.closest<HTMLElement>('[data-end]')?.dataset.end as End | undefined) : undefined;
    const { brush, scale } = ground;
    const inside = brush !== null && x >= scale.x(brush.from) && x <= scale.x(brush.to + 1);
    this.held = { pointer: e.pointerId, x, kind: handle ?? (inside ? 'move' : 'new'), ground, brush: null };
    this.root.setPointerCapture(e.pointerId);
  }

  private move(e: PointerEvent): void {
    const { held } = this;
    if (held?.pointer !== e.pointerId) return;
    if (!held.brush && Math.abs(this.x(e) - held.x) < CLICK) return;
    held.brush = this.target(held, this.x(e));
    this.hooks.drag(held.brush);
  }

  private target({ kind, ground, x }: Held, now: number): Span {
    const { scale, step, brush, ends } = ground;
    const limits = scale.window;
    if (kind === 'new') return drawn(scale.day(x), scale.day(now), step);
    if (kind === 'move') {
      const days = scale.days(now - x);
      return brush ? moved(brush, days, step, { from: Math.min(brush.from, limits.from), to: Math.max(brush.to, limits.to) }) : ends;
    }
    // The handle lies beside its edge: what counts is how far it was pulled, to the nearest bar.
    const half = (scale.x(ends.from + DAYS_OF[step]) - scale.x(ends.from)) / 2;
    const edge = kind === 'from' ? scale.x(clip(ends, limits).from) + half : scale.x(clip(ends, limits).to + 1) - half;
    return resized(ends, kind, scale.day(edge + now - x), step, limits);
  }

  private up(e: PointerEvent): void {
    const { held } = this;
    if (held?.pointer !== e.pointerId) return;
    this.held = null;
    if (held.brush) {
      this.hooks.drop(held.brush);
    } else if (held.kind === 'new' || held.kind === 'move') {
      // A click takes the bar.
      const day = held.ground.scale.day(held.x);
      this.hooks.drop(snap({ from: day, to: day }, held.ground.step));
    }
  }

  /** Gives up the drag, as if nothing had been pulled. */
  cancel(): void {
    const { held } = this;
    this.held = null;
    if (held?.brush) this.hooks.cancel();
  }
}
