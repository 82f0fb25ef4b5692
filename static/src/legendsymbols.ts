// Symbols of the legend beside those of the event types: drawn like what is on
// the map, 28 by 20 pixels. Colours and strokes are in css/legend.css.

import { svg } from './dom';

type Shape = SVGElement;

function symbol(...shapes: Shape[]): SVGSVGElement {
  return svg('svg', { class: 'legend-symbol', viewBox: '0 0 28 20', width: '28', height: '20', 'aria-hidden': 'true' }, ...shapes);
}

const path = (name: string, d: string): Shape => svg('path', { class: name, d });
const disc = (name: string, r: number, cx = 14): Shape => svg('circle', { class: name, cx: `${cx}`, cy: '10', r: `${r}` });

/** Hatches that stay within a shape of 22 by 14 pixels with its corners cut. */
const HATCHES = 'M6 12l6-7M6.5 16L16 5M12 16.5l10-11M18 16l6-7';
const PATCH = 'M6 5.5L15 3l9 3-1 10-10 1.5-8-4z';

export const cluster = () =>
  symbol(disc('sym-cluster', 8.5), path('sym-share', 'M14 1.5a8.5 8.5 0 0 1 7.4 12.7'), svg('text', { class: 'sym-count', x: '14', y: '13.5' }, document.createTextNode('12')));
export const exact = () => symbol(disc('sym-dot', 4.5));
export const hollow = () => symbol(disc('sym-hollow', 4.5));
export const near = () => symbol(disc('sym-ring', 8.5), disc('sym-dot', 3.5));
export const area = () => symbol(path('sym-area', PATCH), path('sym-hatch', HATCHES));
export const band = () => symbol(path('sym-band', 'M2 15C9 3 17 16 26 5'), path('sym-line', 'M2 15C9 3 17 16 26 5'));
export const country = () => symbol(path('sym-country', PATCH), path('sym-country-hatch', HATCHES));
export const disputed = () => symbol(path('sym-land', 'M0 0H28V20H0Z'), path('sym-disputed', 'M1 13C9 6 19 15 27 7'));
export const setting = () => symbol(disc('sym-setting', 4));
export const actor = () => symbol(path('sym-actor', 'M2 11C4 7 13 2 27 9.5C15 5 6 9.5 5 14A3 3 0 0 1 2 11Z'));
