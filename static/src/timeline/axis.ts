// Labels below the bars: days, months or years, as many as there is room for.

import { isDay } from '../days';
import { addBars, barStart, dayNumber, dayString, lengthOf, type Span } from './span';

export interface Tick {
  day: number;
  label: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DAYS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

function label(day: number, unit: 'day' | 'month', first: boolean): string {
  const [y, m, d] = dayString(day).split('-').map(Number) as [number, number, number];
  const name = MONTHS[m - 1]!;
  if (unit === 'month') return m === 1 ? `${y}` : first ? `${name} ${y}` : name;
  const year = first || (m === 1 && d === 1) ? ` ${y}` : '';
  return `${d} ${name}${year}`;
}

/** A day in few letters; what is no day stays as it is. */
export function dayInShort(day: string): string {
  return isDay(day) ? label(dayNumber(day), 'day', true) : day.slice(0, 20);
}

function daysOf(window: Span, each: number): number[] {
  const days: number[] = [];
  // Steps of weeks fall on Mondays.
  const start = each >= 7 ? barStart(window.from + 6, 'week') : window.from;
  for (let d = start; d <= window.to; d += each) days.push(d);
  return days;
}

/** Every so many months, counted from the year 0. */
function monthsOf(window: Span, each: number): number[] {
  const [y, m] = dayString(window.from).split('-').map(Number) as [number, number];
  const days: number[] = [];
  let d = addBars(window.from, 'month', -((y * 12 + m - 1) % each));
  for (; d <= window.to; d = addBars(d, 'month', each)) {
    if (d >= window.from) days.push(d);
  }
  return days;
}

/** The ticks of a window that is so many pixels wide, each with room pixels for itself. */
export function ticks(window: Span, pixels: number, room: number): Tick[] {
  const fits = (days: number) => (pixels / lengthOf(window)) * days >= room;
  const eachDay = DAYS.find(fits);
  if (eachDay) return daysOf(window, eachDay).map((day, i) => ({ day, label: label(day, 'day', i === 0) }));
  const eachMonth = MONTH_STEPS.find((months) => fits(months * 30.4)) ?? MONTH_STEPS.at(-1)!;
  return monthsOf(window, eachMonth).map((day, i) => ({ day, label: label(day, 'month', i === 0) }));
}
