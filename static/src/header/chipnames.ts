// What is filtered, in words: one chip for each value.

import { boxInWords, parseBox } from '../box';
import { dayInWords, parseInterval, spanInWords } from '../days';
import { eventType } from '../eventtypes';
import { LISTS, NO_FILTERS, type Filters, type ListName, type SingleName } from '../state';

export interface Chip {
  name: ListName | SingleName;
  value: string;
  /** What is filtered: "country". */
  title: string;
  /** The value in words; codes of countries and places await their labels. */
  text: string;
}

const TITLES: Record<ListName | SingleName, string> = {
  event: 'event', role: 'role', country: 'country', place: 'place', source: 'source', claim: 'claim',
  q: 'words', min_confidence: 'confidence', published: 'published', asof: 'as known on', bbox: 'area', datetime: 'days',
};

/** The claims as the filters name them. */
export const CLAIMS: readonly { value: string; label: string; hint: string }[] = [
  { value: 'reported', label: 'Reported', hint: 'The article says it in its own voice.' },
  { value: 'claimed', label: 'Claimed', hint: 'The article leaves it to somebody: “the ministry said”.' },
  { value: 'denied', label: 'Denied', hint: 'Somebody says that it did not happen.' },
];

/** The roles of a place in its sentence. */
export const ROLES: readonly { value: string; label: string; hint: string }[] = [
  { value: 'site', label: 'Site', hint: 'It happened there. Without a choice, these are what you see.' },
  { value: 'setting', label: 'Setting', hint: 'The place itself, no event: where somebody speaks, lives or meets.' },
  { value: 'actor', label: 'Actor', hint: 'The name stands for a government or its forces: “Moscow called for …”. Listed, never a mark.' },
  { value: 'affiliation', label: 'Affiliation', hint: 'The name says whose: “Ukrainian forces”. Listed, never a mark.' },
];

const labelIn = (list: readonly { value: string; label: string }[], value: string): string => list.find((v) => v.value === value)?.label ?? value;

/** A number as the filter takes it (0 to 1) in percent, or as it was written. */
function percent(value: string): string {
  const n = Number(value);
  return Number.isFinite(n) && value.trim() !== '' ? `at least ${Math.round(n * 1000) / 10} %` : value;
}

function interval(value: string): string {
  const span = parseInterval(value);
  return span ? spanInWords(span) : value;
}

function inWords(name: ListName | SingleName, value: string): string {
  switch (name) {
    case 'event': {
      const type = eventType(value);
      return type.type === value ? type.label : value;
    }
    case 'role':
      return labelIn(ROLES, value);
    case 'claim':
      return labelIn(CLAIMS, value);
    case 'min_confidence':
      return percent(value);
    case 'q':
      return `“${value}”`;
    case 'published':
      return interval(value);
    case 'asof':
      return dayInWords(value);
    case 'bbox': {
      const box = parseBox(value);
      return box ? boxInWords(box) : value;
    }
  }
  return value;
}

// The order of the chips: what was asked, what of it, then how it is narrowed.
const ORDER: readonly (ListName | SingleName)[] = [
  'q', 'event', 'role', 'country', 'place', 'source', 'claim', 'min_confidence', 'published', 'asof', 'bbox', 'datetime',
];

/** The chips of the filters. The days are the timeline's; here they are only where it can't read them. */
export function chipsOf(filters: Filters): Chip[] {
  return ORDER.flatMap((name) => {
    const given = filters[name];
    const values = typeof given === 'string' ? (given === '' ? [] : [given]) : given;
    if (name === 'datetime' && values.every((v) => parseInterval(v))) return [];
    return values.map((value) => ({ name, value, title: TITLES[name], text: inWords(name, value) }));
  });
}

function isList(name: ListName | SingleName): name is ListName {
  return (LISTS as readonly string[]).includes(name);
}

/** The change that removes a chip. */
export function without(filters: Filters, { name, value }: Pick<Chip, 'name' | 'value'>): Partial<Filters> {
  return isList(name) ? { [name]: filters[name].filter((v) => v !== value) } : { [name]: '' };
}

/** The change that removes all chips: days that the timeline shows stay. */
export function withoutAll(filters: Filters): Filters {
  return { ...NO_FILTERS, datetime: parseInterval(filters.datetime) ? filters.datetime : '' };
}

/** At most n code points of a text, for names of buttons: those of articles can be any length. */
export function clip(text: string, n: number): string {
  const points = Array.from(text.slice(0, 2 * n + 2));
  return points.length > n ? points.slice(0, n - 1).join('') + '…' : text;
}
