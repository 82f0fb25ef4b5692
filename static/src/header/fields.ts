// The filters that are not lists: least confidence, words, days of publication.

import { parseInterval, formatInterval, isDay } from '../days';
import { el } from '../dom';
import type { Page } from '../part';
import type { Filters } from '../state';

const STEP = 5; // per cent
const SETTLE_MS = 500;
const FIRST_YEAR = 1000; // before: a year that is still being typed

function section(title: string, ...content: (HTMLElement | string)[]): HTMLElement {
  return el('section', { class: 'facet' }, el('h3', {}, title), ...content);
}

/** A slider from 0 to 100 %; 0 is no condition. */
export class ConfidenceField {
  readonly root: HTMLElement;
  private readonly slider = el('input', { type: 'range', min: '0', max: '100', step: `${STEP}`, 'aria-label': 'Least confidence' });
  private readonly value = el('output', {});
  private moved = false;

  constructor(page: Page) {
    this.root = section(
      'Confidence',
      el('div', { class: 'slider-row' }, this.slider, this.value),
      el('p', { class: 'hint' }, 'How likely it is, by the program’s own reckoning, that name, place and role are read right.'),
    );
    this.slider.addEventListener('input', () => this.tell());
    this.slider.addEventListener('change', () => {
      const n = Number(this.slider.value);
      // A row of steps on one slider is one entry in the browser's history.
      page.filter({ min_confidence: n === 0 ? '' : String(n / 100) }, this.moved ? 'replace' : 'push');
      this.moved = true;
    });
    this.slider.addEventListener('blur', () => (this.moved = false));
  }

  show(filters: Filters): void {
    const n = Number(filters.min_confidence);
    const percent = Number.isFinite(n) ? Math.round(Math.min(1, Math.max(0, n)) * 100) : 0;
    // The slider stands at the nearest step, the text says what is so.
    this.slider.value = String(percent);
    this.tell(percent);
  }

  private tell(percent = Number(this.slider.value)): void {
    const text = percent === 0 ? 'any' : `${percent} % or more`;
    this.value.textContent = text;
    this.slider.setAttribute('aria-valuetext', text);
  }
}

/** The words that a sentence must hold. */
export class WordsField {
  readonly root: HTMLElement;
  private readonly input = el('input', { type: 'text', 'aria-label': 'Words of the sentence', spellcheck: 'false', autocomplete: 'off', maxlength: '200', enterkeyhint: 'search' });

  constructor(private readonly page: Page) {
    this.root = section('Words', this.input, el('p', { class: 'hint' }, 'All of them, as whole words, in the sentence that tells it.'));
    this.input.addEventListener('change', () => this.take());
    this.input.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' && !e.isComposing) this.take();
    });
  }

  private take(): void {
    const q = this.input.value.trim();
    if (q !== this.page.state.filters.q) this.page.filter({ q });
  }

  show(filters: Filters): void {
    if (document.activeElement !== this.input || filters.q !== this.input.value.trim()) this.input.value = filters.q;
  }
}

/** First and last day of publication, either may be open. */
export class PublishedField {
  readonly root: HTMLElement;
  private readonly from = el('input', { type: 'date', min: '1800-01-01', max: '2199-12-31' });
  private readonly to = el('input', { type: 'date', min: '1800-01-01', max: '2199-12-31' });
  private readonly wrong = el('p', { id: 'published-wrong', class: 'field-error', role: 'alert' });
  private timer = 0;

  constructor(private readonly page: Page) {
    this.root = section(
      'Published',
      el('div', { class: 'date-row' }, el('label', {}, 'From ', this.from), el('label', {}, 'To ', this.to)),
      this.wrong,
      el('p', { class: 'hint' }, 'The day of the article; the days of the events are in the timeline.'),
    );
    for (const input of [this.from, this.to]) {
      input.setAttribute('aria-describedby', this.wrong.id);
      // Browsers tell each digit of a year as a day of its own.
      input.addEventListener('input', () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.take(), SETTLE_MS);
      });
      input.addEventListener('blur', () => this.take());
    }
  }

  private take(): void {
    clearTimeout(this.timer);
    const [from, to] = [this.from.value, this.to.value];
    const typing = [from, to].some((day) => isDay(day) && Number(day.slice(0, 4)) < FIRST_YEAR);
    if (typing) return;
    const wrong = from && to && from > to;
    this.wrong.textContent = wrong ? 'The first day is after the last one.' : '';
    for (const input of [this.from, this.to]) input.setAttribute('aria-invalid', String(!!wrong));
    const published = formatInterval({ from, to });
    if (!wrong && published !== this.written()) this.page.filter({ published });
  }

  /** The filter in the form that this field writes; a single day is an interval, too. */
  private written(): string {
    const { published } = this.page.state.filters;
    const span = parseInterval(published);
    return span ? formatInterval(span) : published;
  }

  show(filters: Filters): void {
    const span = parseInterval(filters.published);
    if (!span || this.wrong.textContent) return;
    if (this.from.value !== span.from) this.from.value = span.from;
    if (this.to.value !== span.to) this.to.value = span.to;
  }
}
