// Civil days as the API writes them, YYYY-MM-DD, without time or zone, and
// intervals of them, both ends inclusive. An empty end is open.

export interface Interval {
  from: string;
  to: string;
}

export const ALL_DAYS: Interval = { from: '', to: '' };

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

const DAY_MS = 86_400_000;

/** Milliseconds UTC of a day, or NaN where the calendar has no such day. */
function millis(day: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return NaN;
  const ms = Date.parse(day + 'T00:00:00Z');
  return new Date(ms).toJSON()?.startsWith(day) ? ms : NaN;
}

export function isDay(s: string): boolean {
  return !Number.isNaN(millis(s));
}

/** The day n days later; earlier for a negative n. */
export function addDays(day: string, n: number): string {
  return new Date(millis(day) + n * DAY_MS).toISOString().slice(0, 10);
}

/** Reads `a/b`, `a/..`, `../b` or a single day; null where it is none of them. */
export function parseInterval(s: string): Interval | null {
  if (s === '') return ALL_DAYS;
  const ends = s.split('/').map((end) => (end === '..' ? '' : end));
  const [from = '', to = from] = ends;
  if (ends.length > 2 || [from, to].some((end) => end !== '' && !isDay(end))) return null;
  if (from && to && from > to) return null;
  return { from, to };
}

/** Writes an interval as the API reads it; all days are the empty string. */
export function formatInterval({ from, to }: Interval): string {
  return from || to ? `${from || '..'}/${to || '..'}` : '';
}

/** Moves the ends that are known by n days. */
export function shift({ from, to }: Interval, n: number): Interval {
  return { from: from && addDays(from, n), to: to && addDays(to, n) };
}

function parts(day: string): [year: number, month: string, day: number] {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return [y, MONTHS[m - 1] ?? '', d];
}

export function dayInWords(day: string): string {
  if (!isDay(day)) return day;
  const [y, m, d] = parts(day);
  return `${d} ${m} ${y}`;
}

/** Names whole months and years as such: "July 2020", "1988 to 1994", "26 to 28 September 2020". */
export function spanInWords({ from, to }: Interval): string {
  if (!from && !to) return 'all days';
  if (!from) return `until ${dayInWords(to)}`;
  if (!to) return `since ${dayInWords(from)}`;
  if (from === to || !isDay(from) || !isDay(to)) return dayInWords(from);
  const [y1, m1, d1] = parts(from);
  const [y2, m2] = parts(to);
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) return y1 === y2 ? `${y1}` : `${y1} to ${y2}`;
  if (d1 === 1 && addDays(to, 1).endsWith('-01')) {
    if (y1 !== y2) return `${m1} ${y1} to ${m2} ${y2}`;
    return m1 === m2 ? `${m1} ${y1}` : `${m1} to ${m2} ${y2}`;
  }
  if (y1 !== y2) return `${dayInWords(from)} to ${dayInWords(to)}`;
  return m1 === m2 ? `${d1} to ${dayInWords(to)}` : `${d1} ${m1} to ${dayInWords(to)}`;
}
