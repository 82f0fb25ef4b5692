// What the list says when it is empty or cannot be had, with the ways out.

import type { Page } from '../part';
import { apiQuery, countFilters, NO_FILTERS, type PageState } from '../state';
import type { Totals } from './listdata';
import { message, type Action } from './message';

const NONE: Totals = { selected: null, unplaced: null };

/** Nothing is listed: why, and what would show something. */
export function emptyMessage(page: Page, totals: Totals = NONE, showUnplaced?: () => void): HTMLElement {
  const { state } = page;
  const placed = (totals.selected ?? 0) - (totals.unplaced ?? 0);
  const actions: Action[] = [];
  if (state.view && placed > 0) {
    actions.push({ label: placed === 1 ? 'Show the one elsewhere on the map' : `Show all ${placed.toLocaleString('en')} on the map`, run: () => page.update({ view: null }) });
  }
  if (showUnplaced && (totals.unplaced ?? 0) > 0) {
    const which = totals.unplaced === 1 ? 'the one that is' : `the ${totals.unplaced!.toLocaleString('en')} that are`;
    actions.push({ label: `List ${which} not on the map`, run: showUnplaced });
  }
  if (placed === 0 && state.filters.datetime) actions.push({ label: 'Show all days', run: () => page.filter({ datetime: '' }) });
  if (placed === 0) actions.push(...clearFilters(page));
  return message('empty', reason(state, totals), actions);
}

function reason(state: PageState, totals: Totals): string {
  if (totals.selected === 0 && countFilters(state.filters) === 0) return 'There are no events yet. They come with the first articles that are read in.';
  if (totals.selected === 0) return 'Nothing that is known matches the filters.';
  if ((totals.selected ?? 0) === (totals.unplaced ?? 0) && totals.selected) return 'Nothing that the filters select has a place on the map.';
  return 'Nothing that the filters select is in this part of the map.';
}

function clearFilters(page: Page): Action[] {
  if (apiQuery(page.state.filters).size === 0) return [];
  return [{ label: 'Clear the filters', run: () => page.update({ filters: NO_FILTERS }) }];
}

/** An error with the server's explanation; where it doesn't like what was asked, a way to ask less. */
export function errorMessage(page: Page, error: Error): HTMLElement {
  const status = (error as { status?: number }).status ?? 0;
  const asked = status >= 400 && status < 500 ? clearFilters(page) : [];
  return message('error', error.message, [{ label: 'Try again', run: () => page.refresh() }, ...asked]);
}
