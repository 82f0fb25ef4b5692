// One field that searches places and words: a combobox with a list (ARIA 1.2).
// The words come first and stay where they are, since the places come later
// from the server. Enter without a choice takes the words.

import { searchPlaces } from '../api';
import { el, foreign } from '../dom';
import type { Page } from '../part';
import { RequestError } from '../request';
import { count } from '../words';
import { icon } from './icons';
import { alsoOf, eventsOf, nameOf, targetOf, whereOf, type Place } from './places';

const DELAY_MS = 150;
const MAX_PLACES = 8;
const MAX_LENGTH = 200; // as the server's

interface Choice {
  element: HTMLElement;
  run(): void;
}

export class Search {
  private readonly input = el('input', {
    type: 'text', role: 'combobox', class: 'search-input', 'aria-label': 'Search places and sentences', 'aria-expanded': 'false', 'aria-controls': 'search-list',
    'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'search',
    placeholder: 'Search places and words', maxlength: `${MAX_LENGTH}`,
  });
  private readonly clear = el('button', { type: 'button', class: 'icon-button quiet search-clear', 'aria-label': 'Clear the search', hidden: true }, icon('close'));
  private readonly list = el('ul', { id: 'search-list', class: 'search-list', role: 'listbox', 'aria-label': 'Places and sentences' });
  private readonly foot = el('p', { class: 'search-foot', role: 'status' });
  private readonly popup = el('div', { class: 'search-popup', hidden: true }, this.list, this.foot);
  private readonly note = el('p', { class: 'search-note', role: 'status', hidden: true });
  private choices: Choice[] = [];
  private chosen = -1;
  private timer = 0;
  private asking = new AbortController();
  private shownWords: string | null = null;

  constructor(root: HTMLElement, private readonly page: Page) {
    root.append(el('div', { class: 'search-box' }, icon('search'), this.input, this.clear), this.popup, this.note);
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', (e) => this.key(e));
    this.input.addEventListener('blur', () => this.left());
    this.clear.addEventListener('click', () => {
      this.input.value = '';
      this.takeWords();
      this.input.focus();
    });
    // The focus stays in the field when the list is clicked.
    this.popup.addEventListener('pointerdown', (e) => e.preventDefault());
    document.addEventListener('pointerdown', (e) => {
      if (!root.contains(e.target as Node)) this.note.hidden = true;
    });
  }

  /** Shows the words that are filtered by. */
  show(words: string): void {
    if (words === this.shownWords) return;
    this.shownWords = words;
    this.input.value = words;
    this.clear.hidden = words === '';
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private typed(): void {
    const text = this.input.value.trim();
    this.clear.hidden = this.input.value === '';
    this.note.hidden = true;
    this.stop();
    if (text === '') {
      this.close();
      return;
    }
    this.draw(text, []);
    this.say('');
    // One Latin letter begins too many names; a Chinese one is a word.
    if (text.length < 2 && text < '\u0100') return;
    this.timer = setTimeout(() => void this.ask(text), DELAY_MS);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.asking.abort();
  }

  private async ask(text: string): Promise<void> {
    const { signal } = (this.asking = new AbortController());
    try {
      const places = await searchPlaces(text, MAX_PLACES, signal);
      // Who looks for a place here mostly looks for what happened there.
      places.sort((a, b) => Number((b.properties.events ?? 0) > 0) - Number((a.properties.events ?? 0) > 0));
      this.draw(text, places);
      this.say(places.length > 0 ? `${count(places.length, 'place')} found` : 'No place of that name.', places.length > 0);
    } catch (error) {
      if (signal.aborted) return;
      this.say(`Places can’t be searched: ${error instanceof RequestError ? error.message : 'it failed.'}`);
    }
  }

  /** Writes below the list; only for screen readers what the others see anyway. */
  private say(text: string, unseen = false): void {
    this.foot.classList.toggle('visually-hidden', unseen);
    this.foot.textContent = text;
  }

  /** Fills the list and keeps what is chosen in it. */
  private draw(text: string, places: Place[]): void {
    this.choices = [this.wordsChoice(text), ...places.map((place) => this.placeChoice(place))];
    this.choices.forEach(({ element, run }, i) => {
      element.id = `search-option-${i}`;
      element.addEventListener('click', run);
    });
    this.list.replaceChildren(...this.choices.map((c) => c.element));
    this.popup.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.choose(this.chosen < this.choices.length ? this.chosen : -1);
  }

  private wordsChoice(text: string): Choice {
    const words = el('span', { class: 'option-name' }, 'Search the sentences for “', foreign(text), '”');
    return { element: el('li', { role: 'option', class: 'option' }, icon('search'), words), run: () => this.takeWords() };
  }

  private placeChoice(place: Place): Choice {
    const also = alsoOf(place);
    const element = el(
      'li',
      { role: 'option', class: `option${place.properties.events ? '' : ' is-without-events'}` },
      icon('place'),
      el('span', { class: 'option-name' }, foreign(nameOf(place)), also && el('span', { class: 'hint' }, ' (', foreign(also), ')')),
      el('span', { class: 'option-where' }, foreign(whereOf(place))),
      el('span', { class: 'option-count' }, eventsOf(place)),
    );
    return { element, run: () => this.takePlace(place) };
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing) return;
    const open = !this.popup.hidden;
    const { length } = this.choices;
    const run: Record<string, (() => void) | false> = {
      ArrowDown: () => (open ? this.choose((this.chosen + 2) % (length + 1) - 1) : this.typed()),
      ArrowUp: () => (open ? this.choose((this.chosen + length + 1) % (length + 1) - 1) : this.typed()),
      Enter: () => (open && this.choices[this.chosen] ? this.choices[this.chosen]!.run() : this.takeWords()),
      Escape: () => this.escape(open),
      Tab: false,
    };
    const action = run[e.key];
    if (!action) return;
    e.preventDefault();
    action();
  }

  /** First closes the list, then gives the words back that are filtered by, then leaves the field. */
  private escape(open: boolean): void {
    if (open || !this.note.hidden) this.close();
    else if (this.input.value !== this.page.state.filters.q) this.input.value = this.page.state.filters.q;
    else this.input.select();
    this.note.hidden = true;
    this.clear.hidden = this.input.value === '';
  }

  /** Without the focus the field shows what is filtered by; in another window the user may yet come back. */
  private left(): void {
    this.close();
    if (!document.hasFocus()) return;
    this.input.value = this.page.state.filters.q;
    this.clear.hidden = this.input.value === '';
  }

  private choose(i: number): void {
    this.chosen = i;
    this.choices.forEach(({ element }, k) => element.setAttribute('aria-selected', String(k === i)));
    const element = this.choices[i]?.element;
    if (element) {
      this.input.setAttribute('aria-activedescendant', element.id);
      element.scrollIntoView({ block: 'nearest' });
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  private close(): void {
    this.stop();
    this.popup.hidden = true;
    this.list.replaceChildren();
    this.choices = [];
    this.chosen = -1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  private takeWords(): void {
    this.close();
    const q = this.input.value.trim();
    this.clear.hidden = q === '';
    if (q !== this.page.state.filters.q) this.page.filter({ q });
  }

  private takePlace(place: Place): void {
    this.close();
    const { filters } = this.page.state;
    const { id, events } = place.properties;
    const target = targetOf(place);
    this.input.value = filters.q;
    this.clear.hidden = filters.q === '';
    if (events) this.page.filter({ place: [id] });
    if (target) this.page.goTo(target);
    if (events) return;
    const where = target ? 'The map shows where it is.' : 'The gazetteer doesn’t know where it is.';
    this.note.replaceChildren('No event is known at ', foreign(nameOf(place)), `. ${where}`);
    this.note.hidden = false;
  }
}
