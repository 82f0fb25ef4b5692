// What the panel says when there is no list: loading, nothing found, an error.

import { el } from '../dom';

export interface Action {
  label: string;
  run: () => void;
}

/** A message with buttons for what to do next. */
export function message(kind: 'loading' | 'empty' | 'error', text: string, actions: Action[] = []): HTMLElement {
  const box = el('div', { class: `message message-${kind}`, role: kind === 'error' ? 'alert' : false }, el('p', {}, text));
  for (const { label, run } of actions) {
    const button = el('button', { type: 'button' }, label);
    button.addEventListener('click', run);
    box.append(button);
  }
  return box;
}
