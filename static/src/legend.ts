// The legend on the map, drawn with the symbols that it explains. It has the two
// choices of what is drawn: the confidence below which marks are hollow, and who
// talks about whom, whose lines it also lists in words.

import { el, foreign } from './dom';
import { badge, EVENT_TYPES, OTHER } from './eventtypes';
import * as symbols from './legendsymbols';
import type { Relations } from './map/actors';
import { weightInWords, type Relation } from './map/relations';
import type { Page } from './part';
import type { PageState } from './state';
import type { Facet } from './types';
import { count } from './words';

const ROOM = '(min-width: 1100px) and (min-height: 760px)'; // for it to be open from the start
const LISTED = 8; // lines that are in words until more are asked for

type Row = [symbol: SVGElement, words: string];

function rows(...list: Row[]): HTMLElement {
  return el('ul', {}, ...list.map(([symbol, words]) => row(symbol, words)));
}

function row(symbol: SVGElement, ...words: (Node | string)[]): HTMLElement {
  return el('li', {}, symbol, el('span', {}, ...words));
}

export class Legend {
  /** Told which line the pointer or focus is on in the list; null for none. */
  onRelation: (relation: Relation | null) => void = () => {};

  private readonly slider = el('input', { type: 'range', id: 'hollow', min: '0', max: '95', step: '5' });
  private readonly below = el('output', { for: 'hollow' });
  private readonly actors = el('input', { type: 'checkbox', id: 'actors' });
  private readonly lines = el('div', { class: 'legend-lines', hidden: true });
  private readonly unplaced = el('span', {});
  private readonly setting = row(symbols.setting(), 'Setting: named, nothing happened there');
  private all = false;
  private asked = false; // the user has just turned the lines on

  constructor(
    private readonly root: HTMLDetailsElement,
    private readonly page: Page,
  ) {
    const heading = (text: string) => el('h3', {}, text);
    root.append(
      el(
        'div',
        { class: 'legend-body' },
        heading('What happened'),
        el('ul', { class: 'legend-types' }, ...[...EVENT_TYPES, OTHER].map((type) => row(badge(type), type.label)), this.setting),
        heading('How well the place is known'),
        rows(
          [symbols.exact(), 'A spot; larger: more reports'],
          [symbols.near(), 'Somewhere within the ring'],
          [symbols.area(), 'Somewhere in the area'],
          [symbols.band(), 'Somewhere along the line'],
        ),
        el('ul', {}, row(symbols.country(), 'Known only to the country', this.unplaced)),
        rows([symbols.cluster(), 'Several; rim: their types'], [symbols.disputed(), 'Disputed border']),
        heading('Confidence'),
        this.hollowControl(),
        heading('Statements'),
        this.actorsControl(),
        this.lines,
      ),
    );
    root.open = !page.state.embed && matchMedia(ROOM).matches;
    root.addEventListener('keydown', (e) => this.closeOnEscape(e));
  }

  private hollowControl(): HTMLElement {
    this.slider.addEventListener('input', () => this.page.update({ hollow: Number(this.slider.value) / 100 }, 'replace'));
    return el(
      'div',
      { class: 'legend-hollow' },
      symbols.hollow(),
      el('label', { for: 'hollow' }, 'Hollow below: ', this.below),
      this.slider,
    );
  }

  private actorsControl(): HTMLElement {
    this.actors.addEventListener('change', () => {
      this.asked = this.actors.checked;
      this.page.update({ actors: this.actors.checked });
    });
    return el('div', { class: 'legend-actors' }, symbols.actor(), el('label', {}, this.actors, ' Who talks about whom'));
  }

  /** Escape closes the legend, as far as it covers the map of a small window. */
  private closeOnEscape(e: KeyboardEvent): void {
    if (e.key !== 'Escape' || !this.root.open || matchMedia(ROOM).matches) return;
    e.preventDefault();
    this.root.open = false;
    this.root.querySelector('summary')?.focus();
  }

  show(state: PageState): void {
    const percent = Math.round(state.hollow * 100);
    if (Number(this.slider.value) !== percent) this.slider.value = String(percent);
    const words = percent === 0 ? 'off' : `${percent} %`;
    this.below.textContent = words;
    this.slider.setAttribute('aria-valuetext', percent === 0 ? 'off, no mark is hollow' : `marks below ${words} are hollow`);
    this.actors.checked = state.actors;
    this.setting.hidden = !state.filters.role.includes('setting');
  }

  /** Says how many features are known only to the country; null where nobody knows. */
  showUnplaced(counts: readonly Facet[] | null): void {
    const total = (counts ?? []).reduce((sum, c) => sum + c.count, 0);
    this.unplaced.textContent = total === 0 ? '' : `: ${total.toLocaleString('en')} in ${count(counts!.length, 'country', 'countries')}`;
  }

  /** Lists who talks about whom, which the map has as lines. */
  showRelations(relations: Relations): void {
    this.lines.hidden = relations.state === 'off';
    this.lines.toggleAttribute('aria-busy', relations.state === 'loading');
    if (relations.state === 'loading') this.lines.setAttribute('aria-busy', 'true');
    if (relations.state === 'off') this.all = false;
    if (relations.state === 'loading' && this.lines.childElementCount > 0) return; // the old list stays until the new has come
    this.onRelation(null);
    if (relations.state === 'ready') this.list(relations.list);
    else if (relations.state === 'error') this.lines.replaceChildren(this.failed());
    else this.lines.replaceChildren(...(relations.state === 'loading' ? [el('p', {}, 'Loading …')] : []));
    if (this.asked && relations.state !== 'loading') {
      this.asked = false;
      this.lines.scrollIntoView({ block: 'nearest' });
    }
  }

  private failed(): HTMLElement {
    const again = el('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => this.page.refresh());
    return el('p', {}, 'Who talks about whom could not be loaded. ', again);
  }

  private list(list: readonly Relation[]): void {
    if (list.length === 0) {
      this.lines.replaceChildren(el('p', {}, 'No sentence of these articles has one country speak of another.'));
      return;
    }
    const shown = this.all ? list : list.slice(0, LISTED);
    const items = shown.map((relation) => el('li', {}, this.line(relation)));
    const more = el('button', { type: 'button' }, `Show ${list.length - shown.length} more`);
    more.addEventListener('click', () => {
      this.all = true;
      this.list(list);
      this.lines.querySelectorAll('button')[shown.length]?.focus();
    });
    this.lines.replaceChildren(
      el('p', {}, 'Lines run from who is named first, thick, to whom it is about, thin.'),
      el('ol', { 'aria-label': 'Who talks about whom, by number of sentences' }, ...items),
      ...(shown.length < list.length ? [more] : []),
    );
  }

  private line(relation: Relation): HTMLElement {
    const words = [foreign(relation.fromLabel), ' on ', foreign(relation.toLabel), ': '];
    const button = el('button', { type: 'button', title: 'Read the newest of the sentences' }, ...words, weightInWords(relation));
    button.disabled = relation.example === '';
    button.addEventListener('click', () => this.page.update({ article: relation.example, event: '' }));
    for (const type of ['pointerenter', 'focus']) button.addEventListener(type, () => this.onRelation(relation));
    for (const type of ['pointerleave', 'blur']) button.addEventListener(type, () => this.onRelation(null));
    return button;
  }

  /** Pixels at the map's left edge that the legend covers. */
  width(): number {
    return this.root.open ? this.root.offsetWidth : 0;
  }
}
