// The event types as users see them. The colours are in style.css, by the class
// that className gives; the letter is the cue for whoever cannot tell them apart.

export interface EventType {
  type: string;
  label: string;
  letter: string;
}

export const EVENT_TYPES: readonly EventType[] = [
  { type: 'explosion', label: 'Explosion', letter: 'E' },
  { type: 'battle', label: 'Battle', letter: 'B' },
  { type: 'civilians', label: 'Violence against civilians', letter: 'V' },
  { type: 'protest', label: 'Protest', letter: 'P' },
  { type: 'riot', label: 'Riot', letter: 'R' },
  { type: 'strategic', label: 'Strategic development', letter: 'S' },
  { type: 'casualties', label: 'Casualties', letter: 'C' },
];

const OTHER: EventType = { type: 'other', label: 'Other event', letter: '?' };

export function eventType(type: string | null): EventType {
  return EVENT_TYPES.find((t) => t.type === type) ?? OTHER;
}

/** The CSS class that sets the colours of a type. */
export function className(type: EventType): string {
  return `type-${type.type}`;
}
