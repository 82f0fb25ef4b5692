// Which days the timeline shows: all, the part where nearly all events are, or
// the surroundings of the brush.

import { addBars, barEnd, barStart, lengthOf, pushInto, within, type Span, type Step } from './span';

/** Closer than this the timeline doesn't go, in days. */
export const LEAST_WINDOW = 10;

const TAIL = 0.01; // share of the events that may be beyond either end of the first window
const WORTH = 0.5; // the first window is all days, unless it can be shorter than this share of them

export interface Counted extends Span {
  total: number;
}

/** The day until which the share of all has come; bars in either direction of time. */
function tail(bars: readonly Counted[], all: number): Counted {
  let seen = 0;
  for (const bar of bars) {
    seen += bar.total;
    if (seen > all * TAIL) return bar;
  }
  return bars[bars.length - 1]!;
}

/** The first window: all days, or where nearly all is, if a few old days would press it into a corner. */
export function firstWindow(bars: readonly Counted[], whole: Span): Span {
  if (bars.length === 0) return atLeast(whole, whole);
  const all = bars.reduce((sum, bar) => sum + bar.total, 0);
  const mass = { from: tail(bars, all).from, to: tail([...bars].reverse(), all).to };
  const room = Math.max(3, Math.round(lengthOf(mass) / 12));
  const wide = { from: Math.max(whole.from, mass.from - room), to: Math.min(whole.to, mass.to + room) };
  return atLeast(lengthOf(wide) < WORTH * lengthOf(whole) ? wide : whole, whole);
}

/** The window widened to the least that is shown, within the whole as far as that goes. */
function atLeast(window: Span, whole: Span): Span {
  const missing = LEAST_WINDOW - lengthOf(window);
  if (missing <= 0) return window;
  const from = window.from - Math.ceil(missing / 2);
  return pushInto({ from, to: from + LEAST_WINDOW - 1 }, whole);
}

/** A window with the brush in its middle and enough days around it to see what it stands out from. */
export function windowAround(brush: Span, whole: Span): Span {
  const days = Math.max(28, lengthOf(brush) * 5);
  if (days >= lengthOf(whole)) return atLeast(whole, whole);
  const from = brush.from - Math.floor((days - lengthOf(brush)) / 2);
  return pushInto({ from, to: from + days - 1 }, whole);
}

/** Whether the brush can be seen and held: most of it is in the window, or all of the window in it, and not too narrow. */
export function canBeSeen(brush: Span, window: Span, pixels: number): boolean {
  const seen = Math.min(brush.to, window.to) - Math.max(brush.from, window.from) + 1;
  const wide = (seen / lengthOf(window)) * pixels >= 8;
  return wide && (seen >= lengthOf(brush) / 2 || seen === lengthOf(window));
}

/** The window with 1/factor of the days, the given one in the place where it was. */
export function zoomed(window: Span, factor: number, around: number, whole: Span): Span {
  const most = Math.max(lengthOf(whole), LEAST_WINDOW);
  const days = Math.min(most, Math.max(LEAST_WINDOW, Math.round(lengthOf(window) / factor)));
  const share = (around - window.from + 0.5) / lengthOf(window);
  const from = Math.round(around + 0.5 - share * days);
  return pushInto({ from, to: from + days - 1 }, whole);
}

/** The window moved by days, to the ends of the whole at most. */
export function panned(window: Span, days: number, whole: Span): Span {
  return pushInto({ from: window.from + days, to: window.to + days }, whole);
}

/** The window moved as far as the brush needs to be in it, with room before it in the direction of its way. */
export function following(window: Span, brush: Span, whole: Span): Span {
  if (within(brush, window) || lengthOf(brush) >= lengthOf(window)) return window;
  const room = Math.floor((lengthOf(window) - lengthOf(brush)) * 0.15);
  const from = brush.from < window.from ? brush.to + room - lengthOf(window) + 1 : brush.from - room;
  return pushInto({ from, to: from + lengthOf(window) - 1 }, whole);
}

/** What to fetch for a window: as much again on either side, in whole bars, so that a little panning needs nothing new. */
export function padded(window: Span, step: Step, whole: Span): Span {
  const days = lengthOf(window);
  return {
    from: barStart(Math.max(whole.from, window.from - days), step),
    to: barEnd(Math.max(addBars(window.from, step, 0), Math.min(whole.to, window.to + days)), step),
  };
}
