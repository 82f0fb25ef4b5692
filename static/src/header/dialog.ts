// Dialogs over the page: Escape, the close button and a click beside them close
// them, and the focus goes back to where it came from.

import { el } from '../dom';
import { icon } from './icons';

export interface Dialog {
  /** Where the content goes. */
  readonly body: HTMLElement;
  readonly root: HTMLDialogElement;
  /** Shows it; the focus returns to opener, or where that is out of sight to what had it. */
  open(opener?: HTMLElement): void;
}

const visible = (element: HTMLElement): boolean => element.isConnected && element.getClientRects().length > 0;

function isBeside(dialog: HTMLElement, { clientX: x, clientY: y }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return x < left || x > right || y < top || y > bottom;
}

/** Makes a dialog; closed is told when it was closed in whatever way. */
export function makeDialog(name: string, title: string, closed: () => void = () => {}): Dialog {
  const heading = el('h2', { id: `${name}-title`, tabindex: '-1' }, title);
  const close = el('button', { type: 'button', class: 'icon-button quiet', 'aria-label': 'Close', title: 'Close' }, icon('close'));
  const body = el('div', { class: 'dialog-body' });
  const root = el('dialog', { id: name, class: 'dialog', 'aria-labelledby': `${name}-title` }, el('div', { class: 'dialog-head' }, heading, close), body);
  let back: HTMLElement | null = null;
  let pressedBeside = false;
  close.addEventListener('click', () => root.close());
  // Only a press that began beside it: not the end of a selection of text.
  root.addEventListener('pointerdown', (e) => (pressedBeside = e.target === root && isBeside(root, e)));
  root.addEventListener('click', (e) => {
    if (pressedBeside && e.target === root && isBeside(root, e)) root.close();
  });
  root.addEventListener('close', () => {
    if (back && visible(back)) back.focus();
    closed();
  });
  return {
    body,
    root,
    open(opener) {
      const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      back = opener && visible(opener) ? opener : active;
      if (!root.isConnected) document.body.append(root);
      if (!root.open) root.showModal();
      heading.focus();
    },
  };
}

/** A text to copy: a field with a button that tells whether it worked. */
export interface CopyField {
  readonly root: HTMLElement;
  set(text: string): void;
  /** Copies at once, as the button does. */
  copy(): Promise<void>;
}

export function copyField(label: string, { rows = 1 } = {}): CopyField {
  const attributes = { readonly: true, 'aria-label': label, spellcheck: 'false', class: 'copy-text' };
  const field = rows === 1 ? el('input', { ...attributes, type: 'text' }) : el('textarea', { ...attributes, rows: `${rows}` });
  const button = el('button', { type: 'button', 'aria-label': `Copy: ${label}` }, 'Copy');
  const said = el('p', { class: 'copy-said', role: 'status' });
  field.addEventListener('focus', () => field.select());
  const copy = async (): Promise<void> => {
    const text = field.value;
    try {
      await navigator.clipboard.writeText(text);
      if (field.value === text) said.textContent = 'Copied.';
    } catch {
      // No clipboard without HTTPS, or the user forbids it.
      field.focus();
      field.select();
      said.textContent = 'The browser does not let the page copy. The text is selected: press Ctrl+C (on a Mac ⌘C).';
    }
  };
  button.addEventListener('click', () => void copy());
  return {
    root: el('div', { class: 'copy' }, el('div', { class: 'copy-row' }, field, button), said),
    set(text) {
      field.value = text;
      said.textContent = '';
    },
    copy,
  };
}
