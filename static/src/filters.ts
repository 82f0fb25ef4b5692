// The filters that came with the page's URL: shown, so that nobody takes a part
// for the whole, each with a button that removes it.

import { el, foreign } from './dom';

const NAMES: Record<string, string> = { q: 'words', asof: 'as of', min_confidence: 'least confidence', bbox: 'box' };

export function showFilters(root: HTMLElement, filters: [name: string, value: string][], remove: (name: string) => void): void {
  root.replaceChildren();
  for (const [name, value] of filters) {
    const title = NAMES[name] ?? name;
    const button = el('button', { type: 'button', 'aria-label': `Remove the filter ${title}` }, '×');
    button.addEventListener('click', () => remove(name));
    root.append(el('span', { class: 'filter' }, `${title}: `, foreign(value), button));
  }
}
