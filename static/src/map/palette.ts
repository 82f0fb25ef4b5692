// The page's colours for the canvas: read from the style sheet once, and again
// when the colour scheme changes.

import { el } from '../dom';
import { className } from '../eventtypes';
import { KINDS } from './symbols';

export interface Palette {
  /** By KINDS. */
  kinds: readonly string[];
  paper: string;
  text: string;
  /** For what is no event. */
  neutral: string;
  /** A thin line around symbols: pale colours need it on pale land. */
  outline: string;
  label: string;
  halo: string;
  font: string;
}

export function readPalette(root: HTMLElement): Palette {
  const probe = el('span', { hidden: true });
  root.append(probe);
  const read = (name: string): string => getComputedStyle(probe).getPropertyValue(name).trim();
  const kinds = KINDS.map((kind) => {
    probe.className = className(kind);
    return read('--event');
  });
  probe.className = '';
  const palette: Palette = {
    kinds, paper: read('--casing'), text: read('--text'), neutral: read('--text-2'), outline: read('--label'),
    label: read('--label'), halo: read('--label-halo'), font: getComputedStyle(probe).fontFamily,
  };
  probe.remove();
  return palette;
}
