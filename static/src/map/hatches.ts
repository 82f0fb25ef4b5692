// Hatch patterns, one for each event type, each with an angle of its own so
// that two types in one area can be told apart without colour.

import { svg } from '../dom';
import { className, EVENT_TYPES, type EventType } from '../eventtypes';

const SPACING = 9; // pixels between the lines
const ANGLES: Record<string, number> = {
  explosion: 45,
  battle: 135,
  civilians: 90,
  protest: 0,
  riot: 20,
  strategic: 160,
  casualties: 70,
};

/** A fill that refers to the type's pattern. */
export function hatch(type: EventType): string {
  return `url(#hatch-${type.type})`;
}

/** Adds the patterns to the document; Leaflet's paths refer to them. */
export function addHatches(): void {
  const patterns = [...EVENT_TYPES, { type: 'other', label: '', letter: '' }].map((type) =>
    svg(
      'pattern',
      {
        id: `hatch-${type.type}`,
        class: className(type),
        width: `${SPACING}`,
        height: `${SPACING}`,
        patternUnits: 'userSpaceOnUse',
        patternTransform: `rotate(${ANGLES[type.type] ?? 110})`,
      },
      svg('rect', { class: 'hatch-ground', width: `${SPACING}`, height: `${SPACING}` }),
      svg('path', { class: 'hatch-line', d: `M0 0V${SPACING}` }),
    ),
  );
  document.body.append(svg('svg', { class: 'hatches', width: '0', height: '0', 'aria-hidden': 'true' }, svg('defs', {}, ...patterns)));
}
