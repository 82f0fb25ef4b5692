// "As known on": the page as it would have been on a day, with nothing that was
// published later.

import { addDays, isDay } from '../days';
import { el } from '../dom';
import { dayInShort } from './axis';
import { DayField } from './dayfield';
import { Popup } from './popup';

export class AsKnownOn {
  readonly button = el('button', { type: 'button', class: 'asof-button', 'aria-pressed': 'false' });
  private readonly note = el('p', { role: 'alert' });
  private readonly field = new DayField('As known on', (day) => this.typed(day));
  private readonly earlier = this.step('‹', 'A day earlier', -1);
  private readonly later = this.step('›', 'A day later', 1);
  private readonly showButton = el('button', { type: 'button' }, 'Show');
  private readonly clear = el('button', { type: 'button' }, 'Clear');
  readonly box: HTMLElement;
  private readonly popup: Popup;
  private asof: string | null = null;
  /** The day that is offered while none is set. */
  private offered = '';

  /** change gets the day, or "" for all that is known. */
  constructor(private readonly change: (day: string) => void) {
    this.box = el(
      'div',
      { class: 'timeline-popup asof-box', id: 'asof-box', role: 'group', 'aria-label': 'As known on' },
      el('p', {}, 'The map as it would have been on that day: only what had been published by then.'),
      el('div', { class: 'timeline-row' }, this.earlier, this.field.input, this.later, this.showButton, this.clear),
      this.note,
    );
    this.button.title = 'What the map would have shown on a day: only what had been published by then';
    this.showButton.addEventListener('click', () => this.typed(this.field.input.value));
    this.clear.addEventListener('click', () => {
      this.popup.close();
      this.change('');
    });
    this.popup = new Popup(this.button, this.box, () => this.field.input.focus());
  }

  private step(sign: string, label: string, days: number): HTMLButtonElement {
    const button = el('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label }, sign);
    button.addEventListener('click', () => {
      const day = this.asof && isDay(this.asof) ? this.asof : this.offered;
      if (day) this.change(addDays(day, days));
    });
    return button;
  }

  private typed(day: string | null): void {
    this.field.mark(day === null);
    this.note.textContent = day === null ? 'Give a whole date, with four digits for the year.' : '';
    if (day !== null && day !== this.asof) this.change(day);
  }

  show(asof: string, last: string): void {
    if (asof === this.asof && last === this.offered) return;
    this.asof = asof;
    this.offered = last;
    const set = asof !== '';
    this.button.textContent = set ? `As known on ${dayInShort(asof)}` : 'As known on …';
    this.button.setAttribute('aria-pressed', String(set));
    this.showButton.hidden = set;
    this.clear.hidden = !set;
    this.field.set(isDay(asof) ? asof : this.offered);
    if (!this.field.busy) this.note.textContent = set && !isDay(asof) ? `“${asof.slice(0, 40)}” is no day.` : '';
  }
}
