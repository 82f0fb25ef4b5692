// The timeline's row of controls: play, presets, window, dates.

import type { Interval } from '../days';
import { el, svg } from '../dom';
import { DayField } from './dayfield';
import { SPEEDS } from './player';
import { Popup } from './popup';
import { PRESETS } from './presets';

export interface ControlHooks {
  play(): void;
  speed(speed: number): void;
  /** The last n days; 0 for all. */
  preset(days: number): void;
  zoom(factor: number): void;
  /** Earlier (-1) or later (1) days. */
  pan(direction: number): void;
  dates(interval: Interval): void;
}

/** What the controls tell. */
export interface Told {
  interval: Interval;
  /** The preset that the days are: 0 for all, null for none. */
  preset: number | null;
  /** What the last day is that presets count from, in words. */
  last: string;
  playing: boolean;
  /** The days in words, "" for all; for the button that stands for the fields on phones. */
  days: string;
  can: { earlier: boolean; later: boolean; closer: boolean; farther: boolean };
}

const PLAY = 'M4 2L14 8L4 14Z';
const PAUSE = 'M3 2H6.5V14H3ZM9.5 2H13V14H9.5Z';

function button(label: string, text: string, run: () => void, name = ''): HTMLButtonElement {
  const made = el('button', { type: 'button', class: name, 'aria-label': label, title: label }, text);
  made.addEventListener('click', () => {
    if (made.getAttribute('aria-disabled') !== 'true') run();
  });
  return made;
}

/** Disabled for the eye and the reader, but not out of the way of the focus. */
function enable(made: HTMLButtonElement, can: boolean): void {
  if (can) made.removeAttribute('aria-disabled');
  else made.setAttribute('aria-disabled', 'true');
}

export class Controls {
  readonly root: HTMLElement;
  private readonly path = svg('path', { d: PLAY });
  private readonly play: HTMLButtonElement;
  private readonly presets: HTMLButtonElement[];
  private readonly choice: HTMLSelectElement;
  private readonly earlier: HTMLButtonElement;
  private readonly farther: HTMLButtonElement;
  private readonly closer: HTMLButtonElement;
  private readonly later: HTMLButtonElement;
  private readonly from = new DayField('First day', (day) => this.typed('from', day));
  private readonly to = new DayField('Last day', (day) => this.typed('to', day));
  private readonly note = el('p', { class: 'dates-note', role: 'alert' });
  private readonly dates = el('button', { type: 'button', class: 'dates-button' }, 'Dates');
  private interval: Interval = { from: '', to: '' };
  private shown = '';

  /** others come at the end, beside the dates. */
  constructor(
    private readonly hooks: ControlHooks,
    ...others: HTMLElement[]
  ) {
    this.play = button('Play', '', () => hooks.play(), 'icon-button play-button');
    this.play.append(svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, this.path));
    const all = [...PRESETS, { label: 'All', name: 'All days', days: 0 }];
    this.presets = all.map(({ label, name, days }) => button(days === 0 ? name : `${label}: ${name.toLowerCase()}`, label, () => hooks.preset(days), 'preset'));
    this.choice = el('select', { class: 'preset-choice', 'aria-label': 'Days' }, ...all.map(({ label, days }) => el('option', { value: `${days}` }, label)), el('option', { value: '', hidden: true }, 'Days'));
    this.choice.addEventListener('change', () => hooks.preset(Number(this.choice.value)));
    this.earlier = button('Earlier days', '‹', () => hooks.pan(-1), 'icon-button');
    this.farther = button('More days in view', '−', () => hooks.zoom(0.5), 'icon-button');
    this.closer = button('Fewer days in view', '+', () => hooks.zoom(2), 'icon-button');
    this.later = button('Later days', '›', () => hooks.pan(1), 'icon-button');
    const fields = el('div', { class: 'timeline-popup timeline-fields', id: 'timeline-fields', role: 'group', 'aria-label': 'Dates' }, this.from.input, el('span', { 'aria-hidden': 'true' }, '–'), this.to.input, ...others, this.note);
    new Popup(this.dates, fields);
    this.root = el(
      'div',
      { class: 'timeline-controls' },
      el('div', { class: 'timeline-group', role: 'group', 'aria-label': 'Play' }, this.play, this.speed()),
      el('div', { class: 'timeline-group presets', role: 'group', 'aria-label': 'Days' }, ...this.presets, this.choice),
      el('div', { class: 'timeline-group', role: 'group', 'aria-label': 'Days in view' }, this.earlier, this.farther, this.closer, this.later),
      this.dates,
      fields,
    );
  }

  private speed(): HTMLSelectElement {
    const select = el('select', { class: 'speed', 'aria-label': 'Speed', title: 'Speed' }, ...SPEEDS.map((n) => el('option', { value: `${n}` }, `${n}×`)));
    select.addEventListener('change', () => this.hooks.speed(Number(select.value)));
    return select;
  }

  private typed(end: 'from' | 'to', day: string | null): void {
    const field = this[end];
    const next = { ...this.interval, [end]: day ?? '' };
    const wrong = next.from !== '' && next.to !== '' && next.from > next.to;
    field.mark(day === null || wrong);
    this.note.textContent = '';
    if (day === null || wrong) {
      const turned = end === 'from' ? 'The first day would be after the last.' : 'The last day would be before the first.';
      this.note.textContent = `${day === null ? 'Give a whole date, with four digits for the year.' : turned} The days stay as they were.`;
      return;
    }
    if (day !== this.interval[end]) this.hooks.dates(next);
  }

  /** Cheap where nothing is new: it is called with each move of the pointer. */
  show(told: Told): void {
    const { interval, preset, last, playing, days, can } = told;
    const news = JSON.stringify({ ...told, interval: null });
    this.interval = interval;
    this.from.set(interval.from);
    this.to.set(interval.to);
    if (!this.from.busy && !this.to.busy) this.note.textContent = '';
    if (news === this.shown) return;
    this.shown = news;
    this.showPresets(preset, last);
    this.dates.setAttribute('aria-label', days === '' ? 'Dates' : `Dates: ${days}`);
    this.path.setAttribute('d', playing ? PAUSE : PLAY);
    const label = playing ? 'Pause' : 'Play';
    this.play.setAttribute('aria-label', label);
    this.play.title = `${label} (space)`;
    enable(this.earlier, can.earlier);
    enable(this.later, can.later);
    enable(this.closer, can.closer);
    enable(this.farther, can.farther);
  }

  private showPresets(preset: number | null, last: string): void {
    this.choice.value = preset === null ? '' : `${preset}`;
    this.presets.forEach((made, i) => {
      const { name, days } = PRESETS[i] ?? { name: 'All days', days: 0 };
      made.setAttribute('aria-pressed', String(days === preset));
      made.title = days === 0 ? name : `${name}, up to ${last}`;
    });
  }
}
