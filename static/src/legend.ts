// The legend on the map: drawn with the symbols that it explains.

import { el, svg } from './dom';
import { className, EVENT_TYPES } from './eventtypes';
import { pointSymbol } from './map/points';
import { badge } from './panel/card';

function sample(...children: SVGElement[]): SVGSVGElement {
  return svg('svg', { class: 'sample', viewBox: '0 0 34 22', width: '34', height: '22', 'aria-hidden': 'true' }, ...children);
}

function rows(entries: [symbol: Element, text: string][]): HTMLElement {
  return el('ul', {}, ...entries.map(([symbol, text]) => el('li', {}, symbol as HTMLElement, el('span', {}, text))));
}

function precisionSamples(): [Element, string][] {
  const point = (near: boolean) => pointSymbol([{ type: EVENT_TYPES[0]!, near, mentions: 1 }]).element;
  const kind = className(EVENT_TYPES[0]!);
  const box = { x: '2', y: '2', width: '30', height: '18' };
  return [
    [point(false), 'Exact place; larger: more reports'],
    [point(true), 'Near a place, within about 25 km'],
    [
      sample(
        svg('path', { class: `mark-band ${kind}`, d: 'M0 11H34', 'stroke-width': '18' }),
        svg('path', { class: `mark-line ${kind}`, d: 'M0 11H34', 'stroke-width': '4' }),
      ),
      'Along a line; band: how uncertain it is',
    ],
    [sample(svg('rect', { ...box, class: `mark-area ${kind}`, 'stroke-width': '2', fill: 'url(#hatch-explosion)' })), 'Somewhere in an area'],
    [
      sample(svg('rect', { ...box, class: `mark-area ${kind}`, 'stroke-width': '2', 'stroke-dasharray': '5 4', fill: 'url(#hatch-explosion)' })),
      'Dashed border: disputed',
    ],
    [sample(svg('rect', { ...box, class: `mark-country ${kind}`, fill: 'url(#hatch-explosion)' })), 'Known only to the country'],
  ];
}

/** Fills the legend; it starts open where there is room for it. */
export function showLegend(root: HTMLDetailsElement): void {
  root.append(
    rows(EVENT_TYPES.map((type) => [badge(type), type.label])),
    rows(precisionSamples()),
  );
  root.open = matchMedia('(min-width: 1100px) and (min-height: 760px)').matches;
}
