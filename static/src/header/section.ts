// One list of values to choose from, with how many there are of each. What the
// user is working in keeps its order and its elements, and so the focus.

import { el, foreign } from '../dom';
import { badge, eventType } from '../eventtypes';
import type { ListName } from '../state';
import type { Facet } from '../types';
import { clip } from './chipnames';
import { rowsOf, type Row } from './facetrows';

const FEW = 8;
export const MANY = 200; // as many as the server lists
const LONGEST = 120; // code points of a label
const BAR_REM = 5; // length of the longest bar

export interface SectionOptions {
  name: ListName;
  title: string;
  /** The values, where there are only these. */
  fixed?: readonly { value: string; label: string; hint: string }[];
  /** What there is no room for here, and where it is. */
  beyond?: string;
  label(value: string): string;
  change(value: string, on: boolean): void;
  /** The user wants all values, or few again. */
  expand(): void;
}

interface RowElements {
  root: HTMLElement;
  box: HTMLInputElement;
  count: HTMLElement;
  unseen: HTMLElement;
  bar: HTMLElement;
  label: string;
}

export class Section {
  readonly root: HTMLElement;
  expanded = false;
  private readonly list = el('ul', { class: 'facet-list' });
  private readonly none = el('p', { class: 'hint', hidden: true });
  private readonly chosenCount = el('span', { class: 'facet-chosen' });
  private readonly more = el('button', { type: 'button', class: 'facet-more', 'aria-expanded': 'false', hidden: true });
  private readonly words: HTMLInputElement;
  private readonly beyond: HTMLElement;
  private readonly rows = new Map<string, RowElements>();
  private found: readonly Facet[] = [];
  private cut = false;
  private counted = false;
  private chosen: readonly string[] = [];

  constructor(private readonly options: SectionOptions) {
    const { name, title } = options;
    const id = `facet-${name}`;
    this.words = el('input', { type: 'text', class: 'facet-words', 'aria-label': `Only those that hold (${title.toLowerCase()})`, placeholder: 'Type to narrow the list', spellcheck: 'false', autocomplete: 'off', hidden: true });
    this.beyond = el('p', { class: 'hint', hidden: true }, options.beyond ?? '');
    this.root = el(
      'details',
      { class: 'facet', open: true, 'data-facet': name },
      el('summary', {}, el('h3', { id }, title), this.chosenCount),
      el('div', { role: 'group', 'aria-labelledby': id }, this.words, this.list, this.none, this.beyond, this.more),
    );
    this.words.addEventListener('input', () => this.draw());
    this.more.addEventListener('click', () => {
      this.expanded = !this.expanded;
      this.words.value = '';
      this.draw();
      options.expand();
    });
  }

  /** Shows what is chosen, before the counts for it are known. */
  choose(chosen: readonly string[]): void {
    this.chosen = chosen;
    this.draw();
  }

  /** Shows counts; cut says that the server had more values than it listed. */
  count(found: readonly Facet[], cut: boolean): void {
    this.found = found;
    this.cut = cut;
    this.counted = true;
    this.draw();
  }

  private draw(): void {
    const { fixed = [], title, label } = this.options;
    const busy = this.root.contains(document.activeElement);
    const { rows, more } = rowsOf({
      found: this.found, cut: this.cut || !this.counted, chosen: this.chosen, fixed: fixed.map((f) => f.value), settled: busy ? [...this.rows.keys()] : [], held: this.held(),
      most: this.expanded ? MANY : Math.max(FEW, fixed.length), holding: this.words.value, label,
    });
    this.chosenCount.textContent = this.chosen.length > 0 ? `${this.chosen.length} chosen` : '';
    this.words.hidden = !this.expanded;
    this.beyond.hidden = !this.expanded || !this.cut || !this.options.beyond;
    this.more.hidden = !this.expanded && more === 0;
    this.more.setAttribute('aria-expanded', String(this.expanded));
    this.more.textContent = this.expanded ? `Fewer (${title.toLowerCase()})` : `More (${title.toLowerCase()})`;
    this.list.classList.toggle('is-long', this.expanded);
    this.none.hidden = rows.length > 0 || !this.counted;
    this.none.textContent = this.words.value ? 'None has a name like that.' : 'None.';
    this.drawRows(rows);
  }

  /** The value whose box has the focus, "" for none. */
  private held(): string {
    for (const [value, { box }] of this.rows) if (box === document.activeElement) return value;
    return '';
  }

  private drawRows(rows: Row[]): void {
    const wanted = new Set(rows.map((r) => r.value));
    for (const [value, { root }] of [...this.rows]) {
      if (wanted.has(value)) continue;
      root.remove();
      this.rows.delete(value);
    }
    const top = Math.max(1, ...rows.map((r) => r.count ?? 0));
    let next = this.list.firstElementChild;
    const kept = rows.map((row) => {
      const elements = this.rowFor(row);
      this.fill(elements, row, top);
      // Moving an element takes its focus, so those in place are left alone.
      if (elements.root === next) next = next.nextElementSibling;
      else this.list.insertBefore(elements.root, next);
      return [row.value, elements] as const;
    });
    this.rows.clear();
    for (const [value, elements] of kept) this.rows.set(value, elements);
  }

  private rowFor(row: Row): RowElements {
    const old = this.rows.get(row.value);
    if (old && old.label === row.label) return old;
    const made = this.makeRow(row);
    if (old) {
      const focused = old.root.contains(document.activeElement);
      old.root.replaceWith(made.root);
      if (focused) made.box.focus();
    }
    return made;
  }

  private makeRow({ value, label }: Row): RowElements {
    const { name, fixed = [], change } = this.options;
    const box = el('input', { type: 'checkbox', 'data-value': clip(value, LONGEST) });
    const count = el('span', { class: 'facet-count', 'aria-hidden': 'true' });
    const unseen = el('span', { class: 'visually-hidden' });
    const bar = el('span', { class: 'facet-bar', 'aria-hidden': 'true' });
    const hint = fixed.find((f) => f.value === value)?.hint;
    const text = el('span', { class: 'facet-label' }, foreign(clip(label, LONGEST)));
    const symbol = name === 'event' ? badge(eventType(value)) : null;
    const root = el('li', {}, el('label', {}, box, symbol, text, unseen, count, bar), hint ? el('span', { class: 'hint' }, hint) : null);
    if (hint) {
      root.lastElementChild!.id = `hint-${name}-${value}`;
      box.setAttribute('aria-describedby', `hint-${name}-${value}`);
    }
    box.addEventListener('change', () => change(value, box.checked));
    return { root, box, count, unseen, bar, label };
  }

  private fill({ root, box, count, unseen, bar }: RowElements, row: Row, top: number): void {
    box.checked = this.chosen.includes(row.value);
    const known = this.counted && row.count !== null;
    count.textContent = known ? row.count!.toLocaleString('en') : '–';
    unseen.textContent = known ? `, ${row.count!.toLocaleString('en')}` : ', not counted';
    bar.style.inlineSize = known ? `${((BAR_REM * row.count!) / top).toFixed(2)}rem` : '0';
    root.classList.toggle('is-zero', known && row.count === 0);
  }
}
