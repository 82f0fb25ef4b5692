// Help: the keys, and how to read the map.

import { el } from '../dom';
import { makeDialog, type Dialog } from './dialog';

const KEYS: readonly [keys: string[], does: string][] = [
  [['/'], 'search places and sentences'],
  [['j', 'k'], 'next and previous event of the list'],
  [['Enter'], 'open what has the focus'],
  [['Esc'], 'close, or go back to the list'],
  [['[', ']'], 'a step back and forward in time'],
  [['Space'], 'play and stop'],
  [['?'], 'this help'],
];

const READING: readonly string[] = [
  'Colour and shape tell the kind of event, size how many reports there are: it grows with their logarithm, so a mark twice as large stands for many times as many.',
  'A solid mark stands at a settlement; a dashed ring says “near”, with the stated radius; a hatched area or a band along a line says that it happened somewhere in there, and nothing more is known.',
  'A hollow mark is one that the program is less sure of than you asked for; a group, an area or a line is hollow where that is so of all in it.',
  'Events are what articles say, read by a program: it misses some, misplaces some, and cannot tell who is right; where accounts differ, the event shows them side by side.',
  'What is known only to a country, or to no place at all, has no mark: a faint hatch and the list tell how much that is; and an empty part of the map means that no article here tells of it, not that nothing happened.',
];

function keyTable(): HTMLElement {
  const rows = KEYS.map(([keys, does]) =>
    el('tr', {}, el('th', { scope: 'row' }, ...keys.flatMap((k, i) => (i > 0 ? [' ', el('kbd', {}, k)] : [el('kbd', {}, k)]))), el('td', {}, does)),
  );
  return el('table', { class: 'keys' }, el('tbody', {}, ...rows));
}

export class Help {
  private dialog: Dialog | null = null;

  open(opener?: HTMLElement): void {
    if (!this.dialog) {
      this.dialog = makeDialog('help', 'Help');
      this.dialog.body.append(
        el('h3', {}, 'How to read the map'),
        ...READING.map((sentence) => el('p', {}, sentence)),
        el('h3', {}, 'Keys'),
        keyTable(),
        el('p', { class: 'hint' }, 'On the map, arrow keys pan, plus and minus zoom. The keys rest while you type.'),
      );
    }
    this.dialog.open(opener);
  }
}
