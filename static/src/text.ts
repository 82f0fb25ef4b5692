// Text from articles. Positions are Unicode code points, as everywhere in
// conflictmap; JavaScript's strings count UTF-16 units.

export interface Marked {
  before: string;
  name: string;
  after: string;
}

const CONTEXT = 300; // code points kept after the name, and before it unless told otherwise

/**
 * Splits a sentence around the name at start..end; a very long sentence is
 * shortened, to so many code points before the name. Without a valid position
 * all of it is before.
 */
export function splitAtName(sentence: string, start: number | null, end: number | null, before = CONTEXT): Marked {
  const points = Array.from(sentence);
  if (start === null || end === null || start < 0 || end <= start || end > points.length) {
    const cut = points.length > 2 * CONTEXT;
    return { before: cut ? points.slice(0, 2 * CONTEXT).join('') + ' …' : sentence, name: '', after: '' };
  }
  const first = wordStart(points, Math.max(0, start - before), start);
  const last = Math.min(points.length, end + CONTEXT);
  return {
    before: (first > 0 ? '… ' : '') + points.slice(first, start).join(''),
    name: points.slice(start, Math.min(end, start + CONTEXT)).join('') + (end > start + CONTEXT ? '…' : ''),
    after: points.slice(end, last).join('') + (last < points.length ? ' …' : ''),
  };
}

/** The first word that begins at from or soon after it: a text is not cut within a word where that can be. */
function wordStart(points: string[], from: number, to: number): number {
  if (from === 0) return 0;
  const space = points.indexOf(' ', from - 1);
  return space >= 0 && space + 1 < to && space - from < 20 ? space + 1 : from;
}

/** The URL if a link may lead there, else "": articles come from anywhere. */
export function safeLink(url: string | null): string {
  if (!url || !URL.canParse(url)) return '';
  return /^https?:$/.test(new URL(url).protocol) ? url : '';
}

/** At most so many code points of a text, with … for what was left out. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const points = Array.from(text.slice(0, 2 * length + 2));
  return points.length <= length ? text : points.slice(0, length).join('').trimEnd() + '…';
}
