// The page's header: place and word search, filters with live counts, export,
// share and help; in a newsroom's frame only the way to the whole page.

import { byId, el } from '../dom';
import type { Page, Part, Why } from '../part';
import { countFilters, sameFilters, type PageState } from '../state';
import { count } from '../words';
import { Chips } from './chips';
import { Drawer } from './drawer';
import { Export } from './export';
import { addressOf, pageAddress } from './exporturls';
import { Help } from './help';
import { icon, type IconName } from './icons';
import { Labels } from './labels';
import { Menu } from './menu';
import { Search } from './search';
import { Share } from './share';

function tool(name: IconName, text: string): HTMLButtonElement {
  return el('button', { type: 'button', class: `tool tool-${name}`, title: text }, icon(name), el('span', { class: 'tool-text' }, text));
}

export class Header implements Part {
  private readonly help = new Help();
  private readonly share = new Share(() => addressOf(this.page.state));
  private readonly export: Export;
  private readonly search: Search | null = null;
  private readonly drawer: Drawer | null = null;
  private readonly chips: Chips | null = null;
  private readonly labels = new Labels(() => {
    this.chips?.show(this.page.state.filters);
    this.drawer?.relabel();
  });
  private readonly filterCount = el('span', { class: 'tool-count', hidden: true });
  private readonly filterButton = tool('filters', 'Filters');
  private readonly shareButton = tool('share', 'Share');
  private readonly home = document.querySelector<HTMLAnchorElement>('.page-header h1 a');

  constructor(private readonly page: Page) {
    this.export = new Export(page);
    this.shareButton.addEventListener('click', () => this.share.open(this.shareButton));
    const tools = byId('tools');
    if (page.state.embed) {
      tools.append(this.shareButton);
      this.frame();
      return;
    }
    this.search = new Search(byId('search'), page);
    this.drawer = new Drawer(byId('filters'), page, this.labels, () => this.showFilterButton(page.state));
    this.chips = new Chips(byId('chips'), page, this.labels, () => this.filterButton);
    this.addTools(tools);
  }

  private addTools(tools: HTMLElement): void {
    this.filterButton.append(this.filterCount);
    this.filterButton.setAttribute('aria-controls', 'filters');
    this.filterButton.addEventListener('click', () => this.drawer!.toggle(this.filterButton));
    // Escape closes the filters from their button, too.
    this.filterButton.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || !this.drawer!.isOpen) return;
      e.preventDefault();
      this.drawer!.close();
    });
    const exporting = tool('download', 'Export');
    exporting.addEventListener('click', () => this.export.open(exporting));
    const helping = tool('help', 'Help');
    helping.addEventListener('click', () => this.help.open(helping));
    const menu = new Menu('More', [
      { icon: 'download', text: 'Export', run: (opener) => this.export.open(opener) },
      { icon: 'share', text: 'Share', run: (opener) => this.share.open(opener) },
      { icon: 'help', text: 'Help', run: (opener) => this.help.open(opener) },
    ]);
    tools.append(this.filterButton, exporting, this.shareButton, helping, menu.root);
  }

  /** In a frame the name leads to the whole page, in a window of its own. */
  private frame(): void {
    if (!this.home) return;
    this.home.target = '_blank';
    this.home.rel = 'noopener';
    this.home.append(' ', icon('out'), el('span', { class: 'visually-hidden' }, '(the whole map, in a new window)'));
  }

  show(state: PageState, before: PageState | null, why: Why): void {
    if (state.embed && this.home) this.home.href = pageAddress(addressOf(state), false);
    this.search?.show(state.filters.q);
    this.drawer?.show(state, before, why);
    if (before && sameFilters(before.filters, state.filters)) return;
    this.chips?.show(state.filters);
    this.showFilterButton(state);
  }

  private showFilterButton({ filters }: PageState): void {
    const n = countFilters(filters, 'datetime', 'asof', 'bbox');
    this.filterCount.hidden = n === 0;
    this.filterCount.replaceChildren(`${n}`, el('span', { class: 'visually-hidden' }, ` (${count(n, 'filter')} set)`));
    this.filterButton.setAttribute('aria-expanded', String(this.drawer?.isOpen ?? false));
  }

  /** Escape, where nothing nearer took it; false where there is nothing of the header's to close. */
  up(): boolean {
    if (!this.drawer?.isOpen) return false;
    this.drawer.close();
    return true;
  }

  focusSearch(): void {
    this.search?.focus();
  }

  showHelp(): void {
    this.help.open();
  }
}
