// A field for a day that can be typed.

import { isDay } from '../days';
import { el } from '../dom';

/**
 * An input for a date. commit gets the day, "" for none, or null for what is no
 * day, once it has been typed whole.
 */
export function dayField(label: string, commit: (day: string | null) => void): HTMLInputElement {
  const input = el('input', { type: 'date', class: 'day-field', 'aria-label': label, title: label, min: '0001-01-01', max: '9999-12-31' });
  let pending = false;
  const tell = () => {
    pending = false;
    commit(input.validity.badInput || (input.value !== '' && !isDay(input.value)) ? null : input.value);
  };
  input.addEventListener('change', () => {
    // The first digits of a year make years of their own: 2 of 2020 is the year 2.
    pending = true;
    if (document.activeElement !== input || Number(input.value.slice(0, 4)) >= 1000) tell();
  });
  input.addEventListener('blur', () => {
    if (pending || input.validity.badInput) tell();
  });
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Enter') tell();
  });
  return input;
}

/** Shows a day in the field, unless somebody is typing just that. */
export function setDay(input: HTMLInputElement, day: string): void {
  input.removeAttribute('aria-invalid');
  if (input.value !== day) input.value = day;
}
