// An article's text cut into paragraphs, and these into pieces that are marked
// or not. Mentions are in code points; JavaScript's strings count UTF-16 units.
// Spans come from outside: any that lie out of the text or over each other do
// no harm.

export interface Span {
  start: number | null; // code points
  end: number | null; // exclusive
}

/** A piece of text; key is the index of the span that marks it, -1 for none. */
export interface Piece {
  text: string;
  key: number;
}

interface Range {
  from: number; // UTF-16 units
  to: number;
  key: number;
}

/** Longest paragraph in UTF-16 units; a longer one is cut, so that a text without line breaks can be laid out. */
const LONGEST = 8000;

/** Positions in code points, ascending, as positions in UTF-16 units; those beyond the text are its end. */
function units(text: string, points: number[]): number[] {
  if (!/[\ud800-\udbff]/.test(text)) return points.map((p) => Math.min(p, text.length));
  let unit = 0;
  let point = 0;
  return points.map((wanted) => {
    while (point < wanted && unit < text.length) {
      unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
      point++;
    }
    return unit;
  });
}

/** The spans that can be marked, in the order of the text, none over another: of two, the later one yields. */
function ranges(text: string, spans: readonly Span[]): Range[] {
  const valid = spans
    .map(({ start, end }, key) => ({ start: start ?? NaN, end: end ?? NaN, key }))
    .filter((s) => Number.isInteger(s.start) && Number.isInteger(s.end) && s.start >= 0 && s.end > s.start);
  const points = [...new Set(valid.flatMap((s) => [s.start, s.end]))].sort((a, b) => a - b);
  const at = units(text, points);
  const unit = new Map(points.map((p, i) => [p, at[i]!]));
  let last = 0;
  return valid
    .map((s) => ({ from: unit.get(s.start)!, to: unit.get(s.end)!, key: s.key }))
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .flatMap((r) => {
      const from = Math.max(r.from, last);
      if (from >= r.to) return [];
      last = r.to;
      return [{ ...r, from }];
    });
}

/** Where to cut a text that is too long: at the last space before the limit, never within a character. */
function cut(text: string, from: number, to: number): number {
  if (to - from <= LONGEST) return to;
  const space = text.lastIndexOf(' ', from + LONGEST);
  if (space > from + LONGEST / 2) return space + 1;
  const low = text.charCodeAt(from + LONGEST);
  return from + LONGEST - (low >= 0xdc00 && low <= 0xdfff ? 1 : 0);
}

/** Paragraphs as [from, to), parted at blank lines. */
function paragraphs(text: string): [number, number][] {
  const found: [number, number][] = [];
  const add = (from: number, to: number) => {
    for (let at = from; at < to; ) {
      const next = cut(text, at, to);
      if (text.slice(at, next).trim() !== '') found.push([at, next]);
      at = next;
    }
  };
  let from = 0;
  for (const gap of text.matchAll(/\r?\n[^\S\n]*\n\s*/g)) {
    add(from, gap.index);
    from = gap.index + gap[0].length;
  }
  add(from, text.length);
  return found;
}

/** The text as paragraphs of pieces. Each span is marked by the pieces that have its index as key. */
export function pieces(text: string, spans: readonly Span[]): Piece[][] {
  const marked = ranges(text, spans);
  let next = 0;
  return paragraphs(text).map(([from, to]) => {
    const parts: Piece[] = [];
    const add = (end: number, key: number) => {
      if (end > from) parts.push({ text: text.slice(from, end), key });
      from = Math.max(from, end);
    };
    while (next < marked.length && marked[next]!.to <= from) next++;
    for (let i = next; i < marked.length && marked[i]!.from < to; i++) {
      add(marked[i]!.from, -1);
      add(Math.min(marked[i]!.to, to), marked[i]!.key);
    }
    add(to, -1);
    return parts;
  });
}
