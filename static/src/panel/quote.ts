// A sentence with the marked toponym, and where it stands.

import { dayInWords } from '../days';
import { el, foreign } from '../dom';
import { safeLink, splitAtName } from '../text';
import type { Quote } from '../types';
import { claimant, claimInWords } from '../words';

/** The sentence, with the name that stands for the place in a <mark>. */
export function sentence(quote: Quote): HTMLElement {
  const { before, name, after } = splitAtName(quote.sentence ?? '', quote.name_start, quote.name_end);
  return el('blockquote', { dir: 'auto' }, before, name ? el('mark', {}, name) : null, after);
}

/** Source, title and day of publication, linked where the article has a web address. */
export function reference(quote: Quote): HTMLElement {
  const title = quote.title || 'Untitled article';
  const href = safeLink(quote.url);
  const name = href ? el('a', { href, rel: 'noreferrer nofollow external' }, foreign(title)) : foreign(title);
  const line = el('p', { class: 'reference' }, name);
  if (quote.source) line.append(', ', foreign(quote.source));
  if (quote.published) line.append(', published ', el('time', { datetime: quote.published }, dayInWords(quote.published)));
  return line;
}

/** In whose voice the sentence tells the event. */
export function claim(quote: Quote): HTMLElement | null {
  const words = claimInWords(quote);
  if (!words) return null;
  const line = el('p', { class: `claim claim-${quote.claim}` });
  const by = claimant(quote);
  if (by && words.endsWith(by)) line.append(words.slice(0, -by.length), foreign(by));
  else line.append(words);
  return line;
}
