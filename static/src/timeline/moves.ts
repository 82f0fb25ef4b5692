// How the brush moves: by pointer, by keys, step by step and when playing.

import { addBars, barEnd, barStart, countBars, lengthOf, pushInto, sameSpan, shiftBars, snap, type Span, type Step } from './span';

export type End = 'from' | 'to';

/** A new brush between two days, in whole bars. */
export function drawn(a: number, b: number, step: Step): Span {
  return snap({ from: Math.min(a, b), to: Math.max(a, b) }, step);
}

/** What of the span lies in the limits; its nearest bit where nothing does. */
export function clip({ from, to }: Span, limits: Span): Span {
  const inside = (n: number) => Math.max(limits.from, Math.min(limits.to, n));
  return { from: inside(from), to: inside(to) };
}

/** The brush moved by days, which are rounded to whole bars; the limits stop it. */
export function moved(brush: Span, days: number, step: Step, limits: Span): Span {
  const home = barStart(brush.from, step);
  const before = barStart(home + days, step);
  const after = addBars(home + days, step, 1);
  const start = home + days - before < after - home - days ? before : after;
  const bars = countBars({ from: Math.min(home, start), to: Math.max(home, start) }, step) - 1;
  const shifted = shiftBars(brush, step, start < home ? -bars : bars);
  return lengthOf(shifted) > lengthOf(limits) ? brush : pushInto(shifted, limits);
}

/** The brush with one end at the bar of a day, which is kept in the limits; it stops at the other end. */
export function resized(brush: Span, end: End, day: number, step: Step, limits: Span): Span {
  const at = Math.max(limits.from, Math.min(limits.to, day));
  if (end === 'from') return { from: Math.max(limits.from, Math.min(barStart(at, step), Math.max(brush.from, barStart(brush.to, step)))), to: brush.to };
  return { from: brush.from, to: Math.min(limits.to, Math.max(barEnd(at, step), Math.min(brush.to, barEnd(brush.from, step)))) };
}

/** The day to which k bars take an end: first to the edge of its own bar, where it is within one. */
export function endAfter(brush: Span, end: End, step: Step, k: number): number {
  if (k === 0) return brush[end];
  if (end === 'from') return k > 0 ? addBars(brush.from, step, k) : addBars(brush.from - 1, step, k + 1);
  return k < 0 ? addBars(brush.to, step, k + 1) - 1 : barEnd(addBars(brush.to + 1, step, k - 1), step);
}

/** The days before or after the brush, as many as it has. */
export function stepped(brush: Span, step: Step, n: number): Span {
  const whole = sameSpan(brush, snap(brush, step));
  const bars = whole ? countBars(brush, step) : 0;
  if (whole) return shiftBars(brush, step, n * bars);
  return { from: brush.from + n * lengthOf(brush), to: brush.to + n * lengthOf(brush) };
}

/** What is played where there is no brush: a week or a twentieth of the days, in whole bars, from the window's start. */
export function firstPlayed(window: Span, step: Step): Span {
  const days = Math.max(7, Math.round(lengthOf(window) / 20));
  return drawn(window.from, window.from + days - 1, step);
}

/** The brush a bar later; null where the days end. */
export function played(brush: Span, step: Step, whole: Span): Span | null {
  if (brush.to >= whole.to) return null;
  return shiftBars(brush, step, 1);
}
