// The further sentences of an event, fetched when somebody asks for them.

import { el } from '../dom';
import type { ConflictEvent, Quote } from '../types';
import { claim, reference, sentence } from './quote';

export type LoadQuotes = (event: ConflictEvent, signal: AbortSignal) => Promise<Quote[]>;

/** Whether q is the sentence that the card shows already. */
function isShown(q: Quote, shown: Quote): boolean {
  return q.article_id === shown.article_id && q.sentence === shown.sentence && q.name_start === shown.name_start;
}

function item(quote: Quote): HTMLElement {
  return el('li', {}, sentence(quote), claim(quote), reference(quote));
}

/**
 * A button that unfolds the event's other sentences, and the place for them;
 * null where the card shows the only one.
 */
export function otherSentences(event: ConflictEvent, load: LoadQuotes): HTMLElement | null {
  const others = (event.properties.mentions ?? 1) - 1;
  if (others < 1) return null;
  const label = others === 1 ? '1 other sentence' : `${others} other sentences`;
  const button = el('button', { type: 'button', class: 'more', 'aria-expanded': 'false' }, label);
  const content = el('div', { class: 'others', hidden: true });
  let request: AbortController | null = null;

  const fill = async () => {
    request = new AbortController();
    content.replaceChildren(el('p', { role: 'status' }, 'Loading sentences …'));
    try {
      const quotes = await load(event, request.signal);
      const rest = quotes.filter((q) => !isShown(q, event.properties));
      content.replaceChildren(rest.length ? el('ol', {}, ...rest.map(item)) : el('p', {}, 'There is no other sentence.'));
    } catch (error) {
      if (request.signal.aborted) return;
      request = null;
      const retry = el('button', { type: 'button' }, 'Try again');
      retry.addEventListener('click', () => {
        button.focus();
        void fill();
      });
      content.replaceChildren(el('p', { role: 'alert' }, (error as Error).message), retry);
    }
  };

  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
    content.hidden = !open;
    if (open && !request) void fill();
  });
  return el('div', { class: 'more-sentences' }, button, content);
}
