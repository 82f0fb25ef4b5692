// A menu button (ARIA's pattern): for narrow headers, where there is no room
// for a button each.

import { el } from '../dom';
import { icon, type IconName } from './icons';

export interface MenuItem {
  icon: IconName;
  text: string;
  /** opener gets the focus back when what was opened is closed. */
  run(opener: HTMLElement): void;
}

export class Menu {
  readonly root: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly menu: HTMLElement;
  private readonly items: HTMLElement[];

  constructor(name: string, items: readonly MenuItem[]) {
    this.button = el('button', { type: 'button', class: 'tool tool-more', 'aria-label': name, title: name, 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, icon('more'));
    this.items = items.map(({ icon: symbol, text, run }) => {
      const item = el('li', { role: 'menuitem', tabindex: '-1' }, icon(symbol), text);
      item.addEventListener('click', () => {
        this.close();
        run(this.button);
      });
      return item;
    });
    this.menu = el('ul', { role: 'menu', class: 'menu', 'aria-label': name, hidden: true }, ...this.items);
    this.root = el('div', { class: 'menu-root' }, this.button, this.menu);
    this.button.addEventListener('click', () => (this.menu.hidden ? this.open(0) : this.close()));
    this.button.addEventListener('keydown', (e) => {
      if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
      e.preventDefault();
      this.open(e.key === 'ArrowDown' ? 0 : this.items.length - 1);
    });
    this.menu.addEventListener('keydown', (e) => this.key(e));
    this.root.addEventListener('focusout', (e) => {
      if (!this.root.contains(e.relatedTarget as Node | null)) this.close(false);
    });
  }

  private open(i: number): void {
    this.menu.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.items[i]?.focus();
  }

  private close(withFocus = true): void {
    if (this.menu.hidden) return;
    this.menu.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    if (withFocus) this.button.focus();
  }

  private key(e: KeyboardEvent): void {
    const { length } = this.items;
    const at = this.items.indexOf(document.activeElement as HTMLElement);
    const run: Record<string, () => void> = {
      ArrowDown: () => this.items[(at + 1) % length]?.focus(),
      ArrowUp: () => this.items[(at + length - 1) % length]?.focus(),
      Home: () => this.items[0]?.focus(),
      End: () => this.items[length - 1]?.focus(),
      Enter: () => this.items[at]?.click(),
      ' ': () => this.items[at]?.click(),
      Escape: () => this.close(),
    };
    const action = run[e.key];
    if (!action) return;
    e.preventDefault();
    action();
  }
}
