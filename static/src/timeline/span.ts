// Days as numbers and spans of them, and the bars of days, weeks or months that
// the timeline is made of. Nothing here knows of the page.

import { isDay, parseInterval, type Interval } from '../days';
import type { Histogram } from '../types';

/** First and last day, both inclusive, as days since 1970-01-01. */
export interface Span {
  from: number;
  to: number;
}

export type Step = Histogram['interval'];

/** From the finest to the coarsest. */
export const STEPS: readonly Step[] = ['day', 'week', 'month'];

/** About how many days a bar has. */
export const DAYS_OF: Readonly<Record<Step, number>> = { day: 1, week: 7, month: 30.4 };

const DAY_MS = 86_400_000;

/** A day as a number; NaN where the calendar has no such day. */
export function dayNumber(day: string): number {
  return isDay(day) ? Date.parse(day + 'T00:00:00Z') / DAY_MS : NaN;
}

export function dayString(n: number): string {
  return new Date(n * DAY_MS).toISOString().slice(0, 10);
}

export function lengthOf({ from, to }: Span): number {
  return to - from + 1;
}

export function within(a: Span, b: Span): boolean {
  return a.from >= b.from && a.to <= b.to;
}

export function union(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

export function sameSpan(a: Span | null, b: Span | null): boolean {
  return a === b || (a !== null && b !== null && a.from === b.from && a.to === b.to);
}

function month(n: number): [year: number, month: number] {
  const d = new Date(n * DAY_MS);
  return [d.getUTCFullYear(), d.getUTCMonth()];
}

function firstOfMonth(year: number, m: number): number {
  // Not Date.UTC, which takes the years below 100 for those of the last century.
  return new Date(0).setUTCFullYear(year, m, 1) / DAY_MS;
}

/** First day of the bar that has the day. Weeks begin on Monday. */
export function barStart(n: number, step: Step): number {
  if (step === 'week') return n - ((((n + 3) % 7) + 7) % 7); // 1970-01-01 was a Thursday
  return step === 'month' ? firstOfMonth(...month(n)) : n;
}

/** First day of the bar that is k bars after the one that has the day. */
export function addBars(n: number, step: Step, k: number): number {
  if (step !== 'month') return barStart(n, step) + k * DAYS_OF[step];
  const [year, m] = month(n);
  return firstOfMonth(year, m + k);
}

/** Last day of the bar that has the day. */
export function barEnd(n: number, step: Step): number {
  return addBars(n, step, 1) - 1;
}

/** How many bars the span touches. */
export function countBars({ from, to }: Span, step: Step): number {
  if (step !== 'month') return (barStart(to, step) - barStart(from, step)) / DAYS_OF[step] + 1;
  const [y1, m1] = month(from);
  const [y2, m2] = month(to);
  return (y2 - y1) * 12 + m2 - m1 + 1;
}

/** The span widened to whole bars. */
export function snap({ from, to }: Span, step: Step): Span {
  return { from: barStart(from, step), to: barEnd(to, step) };
}

/** The finest step whose bars are at least so many pixels wide; months where none is. */
export function stepFor(days: number, pixels: number, least: number): Step {
  return STEPS.find((step) => (pixels / days) * DAYS_OF[step] >= least) ?? 'month';
}

/**
 * The span k bars on. One of whole bars has as many bars afterwards, so that
 * June becomes July; any other keeps its number of days.
 */
export function shiftBars(span: Span, step: Step, k: number): Span {
  const from = addBars(span.from, step, k);
  if (sameSpan(span, snap(span, step))) return { from, to: addBars(from, step, countBars(span, step)) - 1 };
  const by = from - barStart(span.from, step);
  return { from: span.from + by, to: span.to + by };
}

/** The span moved, not cut, so that it lies in the limits; their beginning where it is too long for them. */
export function pushInto(span: Span, limits: Span): Span {
  const by = Math.max(limits.from - span.from, Math.min(0, limits.to - span.to));
  return { from: span.from + by, to: span.to + by };
}

/** The days of a filter within the whole; null for all days, or where they can't be read. */
export function brushOf(datetime: string, whole: Span): Span | null {
  const interval = parseInterval(datetime);
  if (!interval || (!interval.from && !interval.to)) return null;
  const from = interval.from ? dayNumber(interval.from) : Math.min(whole.from, dayNumber(interval.to));
  const to = interval.to ? dayNumber(interval.to) : Math.max(whole.to, from);
  return { from, to };
}

/** The span as a filter's days. An end that was open stays open where it is still that of the whole. */
export function intervalOf(span: Span, whole: Span, was: Interval): Interval {
  return {
    from: was.from === '' && span.from <= whole.from ? '' : dayString(span.from),
    to: was.to === '' && span.to >= whole.to ? '' : dayString(span.to),
  };
}
