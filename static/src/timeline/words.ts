// What the timeline says in words.

import { dayInWords, spanInWords } from '../days';
import { EVENT_TYPES, OTHER } from '../eventtypes';
import { count } from '../words';
import type { Bar, Series } from './series';
import { dayString, lengthOf, type Span, type Step } from './span';

const PLURALS: Readonly<Record<string, [one: string, many: string]>> = {
  explosion: ['explosion', 'explosions'],
  battle: ['battle', 'battles'],
  civilians: ['case of violence against civilians', 'cases of violence against civilians'],
  protest: ['protest', 'protests'],
  riot: ['riot', 'riots'],
  strategic: ['strategic development', 'strategic developments'],
  casualties: ['report of casualties', 'reports of casualties'],
  other: ['other event', 'other events'],
};

/** What the bars count. */
export type Counting = 'event' | 'mention';

export function inWords({ from, to }: Span): string {
  return spanInWords({ from: dayString(from), to: dayString(to) });
}

/** What a bar has: its days, how many, and how many of each type, most first. */
export function barInWords(bar: Bar, counting: Counting): string {
  const parts = [...EVENT_TYPES, OTHER]
    .map((type, i) => ({ n: bar.parts[i] ?? 0, words: PLURALS[type.type]! }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n)
    .map(({ n, words }) => count(n, ...words));
  const all = bar.total === 0 ? `no ${counting}s` : count(bar.total, counting);
  return [`${inWords(bar)}: ${all}`, ...parts].join(', ');
}

/** The highest bar within the window; null where there is none. */
export function highest(bars: readonly Bar[], window: Span): Bar | null {
  let most: Bar | null = null;
  for (const bar of bars) {
    if (bar.to >= window.from && bar.from <= window.to && bar.total > (most?.total ?? 0)) most = bar;
  }
  return most;
}

/** For screen readers: what is shown, and where most is. */
export function summary(series: Series, window: Span, counting: Counting): string {
  const most = highest(series.bars, window);
  const span = `Bars by ${series.step}, ${inWords(window)}.`;
  if (!most) return `${span} No ${counting}s in these days.`;
  const of = series.matched > most.total ? ` of ${series.matched.toLocaleString('en')}` : '';
  const on = series.step === 'day' ? 'on' : series.step === 'week' ? 'in the week of' : 'in';
  return `${span} Most ${on} ${inWords(most)}: ${most.total.toLocaleString('en')}${of} ${counting}s.`;
}

/** The height of the highest bar, for the eye. */
export function maximum(most: Bar, step: Step): string {
  return `at most ${most.total.toLocaleString('en')} a ${step}`;
}

/** What is in no bar; "" for nothing. */
export function coarseInWords(coarse: number): string {
  return coarse > 0 ? `${coarse.toLocaleString('en')} more known only to the month or worse` : '';
}

/** The days that are shown, for the eye: in short words. */
export function brushInWords(brush: Span | null): string {
  if (!brush) return 'All days';
  const days = lengthOf(brush);
  return days === 1 ? inWords(brush) : `${inWords(brush)} (${count(days, 'day')})`;
}

/** An end of the brush as a slider tells it. */
export function endInWords(end: 'from' | 'to', day: number, set: boolean): string {
  const words = dayInWords(dayString(day));
  if (end === 'from') return set ? `From ${words}` : `From the first day, ${words}`;
  return set ? `Until ${words}` : `Until the last day, ${words}`;
}
