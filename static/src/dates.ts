// The date range control in the page's header.

import { ALL_DAYS, shift, type Interval } from './days';
import { byId } from './dom';

export class DateControl {
  /** Called with the interval that the user chose. */
  onChange: (interval: Interval) => void = () => {};
  /** The last day that has events: where the buttons start from when all days are shown. */
  lastDay = '';

  private readonly from = byId<HTMLInputElement>('date-from');
  private readonly to = byId<HTMLInputElement>('date-to');
  private interval: Interval = ALL_DAYS;

  constructor() {
    this.from.addEventListener('change', () => this.typed(this.from));
    this.to.addEventListener('change', () => this.typed(this.to));
    byId('day-back').addEventListener('click', () => this.step(-1));
    byId('day-forward').addEventListener('click', () => this.step(1));
    byId('all-days').addEventListener('click', () => this.onChange(ALL_DAYS));
    byId('dates').addEventListener('submit', (e) => e.preventDefault());
  }

  show(interval: Interval): void {
    this.interval = interval;
    // Setting a value moves the caret, so only what differs is set.
    if (this.from.value !== interval.from) this.from.value = interval.from;
    if (this.to.value !== interval.to) this.to.value = interval.to;
    byId('all-days').setAttribute('aria-pressed', String(!interval.from && !interval.to));
  }

  /** Takes over what was typed; a date that is not complete yet is waited for. */
  private typed(input: HTMLInputElement): void {
    if (!this.from.validity.valid || !this.to.validity.valid) return;
    let [from, to] = [this.from.value, this.to.value];
    // The end that was typed holds; the other one follows it.
    if (from && to && from > to) [from, to] = input === this.from ? [from, from] : [to, to];
    if (from !== this.interval.from || to !== this.interval.to) this.onChange({ from, to });
  }

  private step(days: number): void {
    const { from, to } = this.interval;
    if (from || to) this.onChange(shift(this.interval, days));
    else if (this.lastDay) this.onChange({ from: this.lastDay, to: this.lastDay });
  }
}
