// Which values a list of counts shows, and in which order.

import type { Facet } from '../types';

export interface Row {
  value: string;
  label: string;
  /** Null where it isn't known: the server lists only the most frequent. */
  count: number | null;
}

export interface RowsAsked {
  /** As the server counted, the most frequent first. */
  found: readonly Facet[];
  /** Whether the server had more than it listed. */
  cut: boolean;
  chosen: readonly string[];
  /** Values that are always listed, in this order; [] where the server's lists decide. */
  fixed: readonly string[];
  /** The order until now, which stays as it is while somebody works in the list; [] for none. */
  settled: readonly string[];
  /** A value that stays in sight, since it has the focus; "" for none. */
  held: string;
  /** How many to show; those that are chosen come in any case. */
  most: number;
  /** Only values that hold this; those that are chosen come in any case. */
  holding: string;
  label(value: string): string;
}

/** A text as names are compared: without case and diacritics. */
export function folded(s: string): string {
  return s.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

function inOrder(values: string[], settled: readonly string[]): string[] {
  if (settled.length === 0) return values;
  const known = new Set(values);
  const kept = settled.filter((v) => known.has(v));
  const before = new Set(kept);
  return [...kept, ...values.filter((v) => !before.has(v))];
}

export function rowsOf(asked: RowsAsked): { rows: Row[]; more: number } {
  const { found, cut, chosen, fixed, settled, held, most, holding, label } = asked;
  const counts = new Map(found.map((f) => [f.value, f.count]));
  const kept = held === '' ? chosen : [...chosen, held];
  const all = [...new Set([...fixed, ...found.map((f) => f.value), ...kept])];
  const wanted = folded(holding.trim());
  const row = (value: string): Row => ({ value, label: label(value), count: counts.get(value) ?? (cut ? null : 0) });
  const rows = inOrder(all, settled).map(row);
  const matching = wanted === '' ? rows : rows.filter((r) => folded(r.label).includes(wanted));
  const shown = new Set([...matching.slice(0, most).map((r) => r.value), ...kept]);
  return { rows: rows.filter((r) => shown.has(r.value)), more: Math.max(0, matching.length - most) };
}

/** A list with or without a value. */
export function toggled(values: readonly string[], value: string, on: boolean): string[] {
  return on ? [...values.filter((v) => v !== value), value] : values.filter((v) => v !== value);
}
