// The server's counts over time as bars, and the requests for them.

import { fetchHistogram } from '../api';
import { EVENT_TYPES } from '../eventtypes';
import type { Histogram } from '../types';
import { barEnd, dayNumber, dayString, type Span, type Step } from './span';

/** A bar: its days and what is counted in them. */
export interface Bar extends Span {
  total: number;
  /** By event type, in the order of EVENT_TYPES; types that the page doesn't know come last, together. */
  parts: readonly number[];
}

export interface Series {
  step: Step;
  /** By day; empty ones are left out. */
  bars: readonly Bar[];
  coarse: number;
  /** All that the filters select, with what is in no bar. */
  matched: number;
}

export function seriesOf({ interval, bins, coarse, numberMatched }: Histogram): Series {
  const bars = bins.flatMap((bin) => {
    const from = dayNumber(bin.date);
    if (Number.isNaN(from)) return [];
    const known = EVENT_TYPES.map(({ type }) => Number(bin[type] ?? 0));
    const other = Math.max(0, bin.total - known.reduce((sum, n) => sum + n, 0));
    return [{ from, to: barEnd(from, interval), total: bin.total, parts: [...known, other] }];
  });
  return { step: interval, bars, coarse, matched: numberMatched };
}

const KEPT = 12; // answers, the newest; the largest is some 200 kB

/** Asks for counts, and remembers the newest answers until the data changes. */
export class Counts {
  private readonly answers = new Map<string, Promise<Series>>();
  private version = '';

  /** Forgets what was counted in another state of the data. */
  setVersion(version: string): void {
    if (version !== this.version) this.answers.clear();
    this.version = version;
  }

  /** Counts of what the query selects: over all days in steps that suit them, or over a span. */
  async fetch(query: URLSearchParams, within: { span: Span; step: Step } | null, signal: AbortSignal): Promise<Series> {
    const asked = new URLSearchParams(query);
    if (within) {
      asked.set('datetime', `${dayString(within.span.from)}/${dayString(within.span.to)}`);
      asked.set('interval', within.step);
    }
    const key = asked.toString();
    const series = this.answers.get(key) ?? fetchHistogram(asked, signal).then(seriesOf);
    this.answers.delete(key);
    this.answers.set(key, series);
    if (this.answers.size > KEPT) this.answers.delete(this.answers.keys().next().value!);
    try {
      return await series;
    } catch (error) {
      if (this.answers.get(key) === series) this.answers.delete(key);
      // Who asked first gave up; we didn't.
      if (!signal.aborted && error instanceof DOMException && error.name === 'AbortError') return this.fetch(query, within, signal);
      throw error;
    }
  }

  /** First and last day of all events that are known to the week or better; null for none. */
  async extent(signal: AbortSignal): Promise<Span | null> {
    const query = new URLSearchParams({ collection: 'events' });
    const { bars, step } = await this.fetch(query, null, signal);
    const [first, last] = [bars[0], bars.at(-1)];
    if (!first || !last) return null;
    if (step === 'day') return { from: first.from, to: last.to };
    const [starts, ends] = await Promise.all([first, last].map((span) => this.fetch(query, { span, step: 'day' }, signal)));
    return { from: starts!.bars[0]?.from ?? first.from, to: ends!.bars.at(-1)?.to ?? last.to };
  }
}
