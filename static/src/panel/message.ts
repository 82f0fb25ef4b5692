// What the panel says when there is nothing to show: loading, nothing found, an error.

import { el } from '../dom';

export interface Action {
  label: string;
  run: () => void;
}

/** A button with words on it. */
export function textButton(label: string, run: () => void, attributes: Record<string, string | boolean> = {}): HTMLButtonElement {
  const button = el('button', { type: 'button', ...attributes }, label);
  button.addEventListener('click', run);
  return button;
}

/** A message with buttons for what to do next. */
export function message(kind: 'loading' | 'empty' | 'error', text: string, actions: Action[] = []): HTMLElement {
  const box = el('div', { class: `message message-${kind}`, role: kind === 'error' ? 'alert' : false }, el('p', {}, text));
  for (const { label, run } of actions) box.append(textButton(label, run));
  return box;
}
