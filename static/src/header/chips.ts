// The chips below the header: each filter that is set, with a button that
// removes it.

import { el, foreign } from '../dom';
import type { Page } from '../part';
import type { Filters } from '../state';
import { chipsOf, clip, without, withoutAll, type Chip } from './chipnames';
import { icon } from './icons';
import type { Labels } from './labels';

const LONGEST = 80; // code points of a chip
const LONG = 20; // code points from which on CSS may cut it shorter

export class Chips {
  private drawn = '';

  constructor(
    private readonly root: HTMLElement,
    private readonly page: Page,
    private readonly labels: Labels,
    /** Gets the focus when the last chip is gone. */
    private readonly elsewhere: () => HTMLElement,
  ) {}

  show(filters: Filters): void {
    const chips = chipsOf(filters).map((chip) => this.labelled(chip));
    const drawn = JSON.stringify(chips);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const buttons = this.buttons();
    const focused = buttons.findIndex((b) => b === document.activeElement);
    this.draw(chips);
    // What was removed, or got its name, may have had the focus.
    if (focused >= 0) (this.buttons()[Math.min(focused, chips.length - 1)] ?? this.elsewhere()).focus();
  }

  private buttons(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('button')];
  }

  private labelled(chip: Chip): Chip {
    if (chip.name !== 'place' && chip.name !== 'country') return chip;
    return { ...chip, text: this.labels.of(chip.name, chip.value) ?? chip.text };
  }

  private draw(chips: Chip[]): void {
    this.root.replaceChildren();
    if (chips.length === 0) return;
    const list = el('ul', { 'aria-label': 'Filters that are set' }, ...chips.map((chip) => el('li', {}, this.button(chip))));
    this.root.append(list);
    if (chips.length < 2) return;
    const all = el('button', { type: 'button', class: 'chip-all' }, 'Clear all');
    all.addEventListener('click', () => this.page.filter(withoutAll(this.page.state.filters)));
    list.append(el('li', {}, all));
  }

  private button(chip: Chip): HTMLButtonElement {
    const text = clip(chip.text, LONGEST);
    const button = el(
      'button',
      { type: 'button', class: 'chip', 'data-filter': chip.name, 'aria-label': `Remove the filter ${chip.title}: ${text}`, title: `${chip.title}: ${text}` },
      el('span', { class: 'chip-title' }, `${chip.title.charAt(0).toUpperCase()}${chip.title.slice(1)}:`),
      el('span', { class: Array.from(text).length > LONG ? 'chip-text is-long' : 'chip-text' }, foreign(text)),
      icon('close'),
    );
    button.addEventListener('click', () => this.page.filter(without(this.page.state.filters, chip)));
    return button;
  }
}
