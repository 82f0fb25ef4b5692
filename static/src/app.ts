// The page's controller: one state, which the URL carries, and the parts that
// show it. A change by the user goes into the state, then the state is shown.

import { fetchBasemap, fetchEvents, fetchQuotes } from './api';
import { DateControl } from './dates';
import { ALL_DAYS, formatInterval, parseInterval, spanInWords, type Interval } from './days';
import { byId } from './dom';
import { showFilters } from './filters';
import { Basemap } from './map/basemap';
import { EventLayer } from './map/eventlayer';
import { ConflictMap } from './map/map';
import { EventList } from './panel/list';
import { message, type Action } from './panel/message';
import { drawing } from './places';
import type { ConflictEvent } from './types';
import { apiQuery, readState, writeState, type PageState } from './url';
import { count } from './words';

export class App {
  private state: PageState = readState(location.search);
  private events: ConflictEvent[] = [];
  private request = new AbortController();
  /** The query whose events are shown, so that going back in the history fetches only what it must. */
  private loaded = '';

  private readonly map = new ConflictMap(byId('map'));
  private readonly basemap = new Basemap(this.map.leaflet);
  private readonly layer = new EventLayer(this.map.leaflet, (code) => this.basemap.country(code));
  private readonly list = new EventList(byId('events'), (event, signal) => fetchQuotes(event, this.state.filters, signal));
  private readonly dates = new DateControl();
  private readonly status = byId('status');

  start(): void {
    const legend = byId<HTMLDetailsElement>('legend');
    this.map.insetLeft = () => (legend.open ? legend.offsetWidth : 0);
    this.map.onView = (view) => {
      this.state.view = view;
      this.store('replace');
    };
    this.map.onFit = () => this.map.fit(this.layer.bounds());
    this.map.onResize = () => {
      if (!this.state.view) this.map.fit(this.layer.bounds());
    };
    this.layer.onPick = (event) => this.choose(event, 'map');
    this.list.onSelect = (event) => this.choose(event, 'list');
    this.dates.onChange = (interval) => this.setDays(interval);
    addEventListener('popstate', () => {
      this.state = readState(location.search);
      void this.show();
    });
    void this.loadBasemap();
    void this.show();
  }

  private async loadBasemap(): Promise<void> {
    const link = byId('basemap') as unknown as HTMLLinkElement;
    try {
      this.basemap.show(await fetchBasemap(link.href));
      this.layer.redraw();
    } catch (error) {
      // The events can do without; whoever runs the server should know.
      console.warn('The basemap could not be loaded:', error);
    }
  }

  private store(how: 'push' | 'replace'): void {
    const url = location.pathname + writeState(this.state);
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  }

  private setDays(interval: Interval): void {
    this.state.datetime = formatInterval(interval);
    this.store('push');
    void this.show();
  }

  private removeFilter(name: string): void {
    this.state.filters = this.state.filters.filter(([n]) => n !== name);
    this.store('push');
    void this.show();
    byId('events').focus();
  }

  /** Shows the state: controls at once, events when they have come. */
  private async show(): Promise<void> {
    this.dates.show(parseInterval(this.state.datetime) ?? ALL_DAYS);
    showFilters(byId('filters'), this.state.filters, (name) => this.removeFilter(name));
    if (this.state.view) this.map.setView(this.state.view);
    const query = apiQuery(this.state);
    if (this.loaded !== '?' + query) {
      if (!(await this.load(query))) return;
    }
    this.showView();
    this.showSelected('url');
  }

  /** Fetches and shows the events; false where another request has overtaken this one or it failed. */
  private async load(query: URLSearchParams): Promise<boolean> {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    const root = byId('events');
    root.setAttribute('aria-busy', 'true');
    if (this.loaded === '') this.list.showMessage(message('loading', 'Loading events …'));
    try {
      const { events, attribution } = await fetchEvents(query, signal);
      if (signal.aborted) return false;
      this.loaded = '?' + query;
      if (attribution) byId('attribution').textContent = attribution;
      this.showEvents(events);
      root.removeAttribute('aria-busy');
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      root.removeAttribute('aria-busy');
      this.showError(error as Error);
      return false;
    }
  }

  private showEvents(events: ConflictEvent[]): void {
    this.events = events;
    this.layer.show(events);
    if (events.length > 0) this.list.show(events);
    else this.list.showMessage(this.nothingFound());
    this.status.textContent = this.summary();
    const days = events.map((e) => e.properties.to ?? '').sort();
    this.dates.lastDay = days.at(-1) || this.dates.lastDay;
  }

  private nothingFound(): HTMLElement {
    const { datetime, filters } = this.state;
    const clear = () => {
      this.state.filters = [];
      this.setDays(ALL_DAYS);
    };
    if (filters.length > 0) return message('empty', 'No events match these filters.', [{ label: 'Show all events', run: clear }]);
    if (datetime) return message('empty', 'No events on these days.', [{ label: 'Show all days', run: clear }]);
    return message('empty', 'There are no events yet. Articles come in with the command “conflictmap ingest”.');
  }

  private showError(error: Error): void {
    this.events = [];
    this.loaded = '';
    this.layer.show([]);
    this.status.textContent = 'The events could not be loaded.';
    const actions: Action[] = [{ label: 'Try again', run: () => void this.show() }];
    if (this.state.datetime) actions.push({ label: 'Show all days', run: () => this.setDays(ALL_DAYS) });
    this.list.showMessage(message('error', error.message, actions));
  }

  /** "7 events, 26 to 28 September 2020; 2 of them not drawn". */
  private summary(): string {
    const chosen = parseInterval(this.state.datetime) ?? ALL_DAYS;
    const days = this.events.flatMap(({ properties: { from, to } }) => [from, to]).filter((d): d is string => !!d).sort();
    const all = { from: days[0] ?? '', to: days.at(-1) ?? '' };
    const span = chosen.from || chosen.to ? chosen : all;
    const rough = this.events.filter((e) => ['country', 'unplaced'].includes(drawing(e))).length;
    const parts = `${this.events.length ? count(this.events.length, 'event') : 'No events'}, ${spanInWords(span)}`;
    return rough ? `${parts}; ${rough === this.events.length ? 'all' : rough} known too roughly for a mark` : parts;
  }

  /** Without a view in the URL, the map shows all events. */
  private showView(): void {
    if (!this.state.view) this.map.fit(this.layer.bounds());
  }

  private choose(event: ConflictEvent | null, by: 'map' | 'list'): void {
    const id = event?.id ?? '';
    if (id !== this.state.selected) {
      this.state.selected = id;
      this.store('push');
    }
    this.showSelected(by);
  }

  private showSelected(by: 'map' | 'list' | 'url'): void {
    const event = this.events.find((e) => e.id === this.state.selected) ?? null;
    if (!event && this.state.selected) {
      this.state.selected = ''; // not among these days any more
      this.store('replace');
    }
    this.layer.select(event);
    // Only a click on the map moves the focus: what comes with the URL or with
    // other days must not take it from where the user is.
    this.list.select(event, by === 'map' ? 'focus' : 'scroll');
    if (event && by !== 'map' && !(by === 'url' && this.state.view)) this.map.bringIntoView(this.layer.boundsOf(event));
  }
}
