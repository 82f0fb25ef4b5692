// Text from articles. Positions are Unicode code points, as everywhere in
// conflictmap; JavaScript's strings count UTF-16 units.

export interface Marked {
  before: string;
  name: string;
  after: string;
}

const CONTEXT = 300; // code points kept on either side of the name

/**
 * Splits a sentence around the name at start..end; a very long sentence is
 * shortened. Without a valid position all of it is before.
 */
export function splitAtName(sentence: string, start: number | null, end: number | null): Marked {
  const points = Array.from(sentence);
  if (start === null || end === null || start < 0 || end <= start || end > points.length) {
    const cut = points.length > 2 * CONTEXT;
    return { before: cut ? points.slice(0, 2 * CONTEXT).join('') + ' …' : sentence, name: '', after: '' };
  }
  const first = Math.max(0, start - CONTEXT);
  const last = Math.min(points.length, end + CONTEXT);
  return {
    before: (first > 0 ? '… ' : '') + points.slice(first, start).join(''),
    name: points.slice(start, end).join(''),
    after: points.slice(end, last).join('') + (last < points.length ? ' …' : ''),
  };
}

/** The URL if a link may lead there, else "": articles come from anywhere. */
export function safeLink(url: string | null): string {
  if (!url || !URL.canParse(url)) return '';
  return /^https?:$/.test(new URL(url).protocol) ? url : '';
}
