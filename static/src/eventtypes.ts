// The event types as users see them. The colours are in css/colours.css, by the
// class that className gives; the shape is the cue for whoever cannot tell them
// apart. Each type has the same symbol on the map, in lists and in the timeline.

import { svg } from './dom';

export interface EventType {
  type: string;
  label: string;
  /** SVG path of the symbol around 0,0; all have about the area of a disc of radius 1. */
  path: string;
}

const round = (n: number): number => Math.round(n * 1000) / 1000;

/** A polygon with corners at the angles (degrees, clockwise from the top) and radii given in turn. */
function polygon(corners: number, ...radii: number[]): string {
  const points = Array.from({ length: corners * radii.length }, (_, i) => {
    const angle = (Math.PI * 2 * i) / (corners * radii.length) - Math.PI / 2;
    const r = radii[i % radii.length]!;
    return `${round(r * Math.cos(angle))} ${round(r * Math.sin(angle))}`;
  });
  return `M${points.join('L')}Z`;
}

const CIRCLE = 'M0 -1A1 1 0 1 1 0 1A1 1 0 1 1 0 -1Z';
const SQUARE = 'M-.89 -.89H.89V.89H-.89Z';
const CROSS = 'M-.42 -1.12H.42V-.42H1.12V.42H.42V1.12H-.42V.42H-1.12V-.42H-.42Z';
const TRIANGLE_DOWN = 'M0 1.3L-1.2 -.78H1.2Z';
const TRIANGLE = 'M0 -1.3L1.2 .78H-1.2Z';

export const EVENT_TYPES: readonly EventType[] = [
  { type: 'explosion', label: 'Explosion', path: polygon(8, 1.3, 0.82) },
  { type: 'battle', label: 'Battle', path: polygon(4, 1.25) },
  { type: 'civilians', label: 'Violence against civilians', path: CIRCLE },
  { type: 'protest', label: 'Protest', path: TRIANGLE },
  { type: 'riot', label: 'Riot', path: TRIANGLE_DOWN },
  { type: 'strategic', label: 'Strategic development', path: SQUARE },
  { type: 'casualties', label: 'Casualties', path: CROSS },
];

export const OTHER: EventType = { type: 'other', label: 'Other event', path: polygon(6, 1.08) };

export function eventType(type: string | null | undefined): EventType {
  return EVENT_TYPES.find((t) => t.type === type) ?? OTHER;
}

/** The CSS class that sets the colours of a type. */
export function className(type: EventType): string {
  return `type-${type.type}`;
}

/** The symbol of an event type, for lists; hollow where the confidence is low. */
export function badge(type: EventType, { size = 18, hollow = false } = {}): SVGSVGElement {
  return svg(
    'svg',
    { class: `badge ${className(type)}${hollow ? ' is-hollow' : ''}`, viewBox: '-1.5 -1.5 3 3', width: `${size}`, height: `${size}`, 'aria-hidden': 'true' },
    svg('path', { class: 'badge-shape', d: type.path }),
  );
}
