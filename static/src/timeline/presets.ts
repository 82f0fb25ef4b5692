// Spans of days that count back from the last day of the data.

import { dayNumber, type Span } from './span';

export interface Preset {
  label: string;
  /** What the label means, for titles and screen readers. */
  name: string;
  days: number;
}

export const PRESETS: readonly Preset[] = [
  { label: '24 h', name: 'Last day', days: 1 },
  { label: '7 d', name: 'Last 7 days', days: 7 },
  { label: '30 d', name: 'Last 30 days', days: 30 },
];

/** The last of the data's days that could be known: not after the day of "as known on". */
export function lastDay(whole: Span, asof: string): number {
  const known = dayNumber(asof);
  return Number.isNaN(known) ? whole.to : Math.min(whole.to, known);
}

export function presetSpan({ days }: Preset, last: number): Span {
  return { from: last - days + 1, to: last };
}
