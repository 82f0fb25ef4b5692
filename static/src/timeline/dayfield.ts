// A field for a day that can be typed.

import { isDay } from '../days';
import { el } from '../dom';

/**
 * Digits make days of their own while a date is being typed: this long without
 * another one, in ms, and it counts as typed whole.
 */
const TYPED_MS = 700;

export class DayField {
  readonly input: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The day that is set. */
  private day = '';

  /** commit gets the day, "" for none, or null for what is no day, once it has been typed whole. */
  constructor(
    label: string,
    private readonly commit: (day: string | null) => void,
  ) {
    this.input = el('input', { type: 'date', class: 'day-field', 'aria-label': label, title: label, min: '1000-01-01', max: '9999-12-31' });
    this.input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.typed(), TYPED_MS);
    });
    this.input.addEventListener('blur', () => {
      if (this.timer !== undefined || this.input.validity.badInput) this.typed();
    });
    this.input.addEventListener('keydown', (e) => {
      if (e.key === 'Enter') this.typed();
      if (e.key !== 'Escape' || !this.busy) return;
      e.preventDefault();
      this.reset();
      this.commit(this.day);
    });
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { value, validity } = this.input;
    const whole = value === '' || (isDay(value) && value >= '1000');
    this.commit(validity.badInput || !whole ? null : value);
  }

  /** Whether somebody is typing in it. */
  get busy(): boolean {
    return this.timer !== undefined || this.input.getAttribute('aria-invalid') === 'true';
  }

  /** Marks what was typed as wrong, or as right. */
  mark(wrong: boolean): void {
    if (wrong) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }

  /** Shows a day, once nobody types any more. */
  set(day: string): void {
    if (day === this.day && this.busy) return;
    this.day = day;
    this.reset();
  }

  private reset(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.mark(false);
    if (this.input.value !== this.day || this.input.validity.badInput) this.input.value = this.day;
  }
}
