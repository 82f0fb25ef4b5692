// A sentence with the marked toponym, and where it stands.

import { dayInWords } from '../days';
import { el, foreign } from '../dom';
import { clip, safeLink, splitAtName } from '../text';
import type { Quote } from '../types';
import { claimant, claimInWords } from '../words';

/** Longest name of a person, an article or a source in code points; what is longer breaks no layout, but bores. */
const NAME = 200;

/** A name from outside, not longer than can be read. */
export function name(text: string): HTMLElement {
  return foreign(clip(text, NAME));
}

/** The sentence, with the name that stands for the place in a <mark>; before is how much of it goes before, in code points. */
export function sentence(quote: Quote, before?: number): HTMLElement {
  const parts = splitAtName(quote.sentence ?? '', quote.name_start, quote.name_end, before);
  return el('blockquote', { dir: 'auto' }, parts.before, parts.name ? el('mark', {}, parts.name) : null, parts.after);
}

/** The article's title, linked where the article has a web address. */
export function articleName(quote: Pick<Quote, 'title' | 'url'>): HTMLElement {
  const title = name(quote.title || 'Untitled article');
  const href = safeLink(quote.url);
  return href ? el('a', { href, rel: 'noreferrer nofollow external' }, title) : title;
}

/** Source and day of publication, as far as they are known. */
export function origin(quote: Pick<Quote, 'source' | 'published'>): (Node | string)[] {
  const parts: (Node | string)[] = [];
  if (quote.source) parts.push(name(quote.source));
  if (quote.published) {
    parts.push(parts.length ? ', published ' : 'Published ', el('time', { datetime: quote.published }, dayInWords(quote.published)));
  }
  return parts;
}

/** Title, source and day of publication in a line. */
export function reference(quote: Quote): HTMLElement {
  const rest = origin(quote);
  return el('p', { class: 'reference' }, articleName(quote), rest.length ? ', ' : null, ...rest);
}

/** In whose voice the sentence tells the event; null where it doesn't say. */
export function claim(quote: Quote): HTMLElement | null {
  const words = claimInWords(quote);
  if (!words) return null;
  const line = el('p', { class: `claim claim-${quote.claim}` });
  const by = claimant(quote);
  if (by && words.endsWith(by)) line.append(words.slice(0, -by.length), name(by));
  else line.append(words);
  return line;
}
