// The line that says what the list and the map hold.

import { dayInWords, isDay, parseInterval, spanInWords } from '../days';
import { DRAWN_ROLES, type Filters } from '../state';
import { count } from '../words';

export interface Counts {
  /** How many there are in what the list shows; null where the server didn't count. */
  listed: number | null;
  /** How many the filters select anywhere, with or without a place; null while unknown. */
  selected: number | null;
  /** Whether the list is of a part of the map. */
  inView: boolean;
  /** Whether the list is of what has no position. */
  unplaced: boolean;
}

function days({ datetime, asof }: Filters): string {
  const interval = parseInterval(datetime);
  const span = interval ? spanInWords(interval) : datetime;
  return isDay(asof) ? `${span}, as known on ${dayInWords(asof)}` : span;
}

/** "1,234 events in view, of 9,876 selected; 26 to 28 September 2020". */
export function statusInWords(collection: 'events' | 'mentions', { listed, selected, inView, unplaced }: Counts, filters: Filters): string {
  const one = collection === 'events' ? 'event' : 'mention';
  const where = unplaced ? ' not on the map' : inView ? ' in view' : '';
  const what = listed === null ? `Some ${one}s${where}` : count(listed, one) + where;
  // Only events and settings are drawn: of others the list can only say that they have a place.
  const drawn = filters.role.length === 0 || filters.role.some((r) => DRAWN_ROLES.includes(r)) ? ' on the map' : ' with a place';
  const of = selected !== null && selected !== listed ? `${where === '' ? drawn : ''}, of ${selected.toLocaleString('en')} selected` : '';
  return `${what}${of}; ${days(filters)}`;
}
