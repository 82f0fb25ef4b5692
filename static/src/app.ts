// The page's controller: one state, which the URL carries, and the parts that
// show it. A change by the user goes into the state, then the state is shown.

import { Address } from './address';
import { readConfig, type Config } from './config';
import { byId } from './dom';
import { Header } from './header/header';
import { listenToKeys } from './keys';
import { follow } from './live';
import { MapPart } from './map/map';
import { Panel } from './panel/panel';
import type { Page, Part, Why } from './part';
import { readState, writeState, type Filters, type PageState } from './state';
import { Timeline } from './timeline/timeline';
import type { Box, ConflictEvent } from './types';

export class App implements Page {
  state: PageState = readState(location.search);
  readonly config: Config = readConfig();
  version = this.config.dataVersion;

  private readonly map: MapPart;
  private readonly panel: Panel;
  private readonly timeline: Timeline;
  private readonly header: Header;
  private readonly parts: Part[];
  private readonly status = byId('status');
  private readonly address = new Address();

  constructor() {
    document.documentElement.classList.toggle('is-embedded', this.state.embed);
    if (this.config.attribution) byId('attribution').textContent = this.config.attribution;
    this.map = new MapPart(this);
    this.panel = new Panel(byId('panel'), this);
    this.timeline = new Timeline(byId('timeline'), this);
    this.header = new Header(this);
    // The header first: its chips take room from the map, which is measured then.
    this.parts = [this.header, this.map, this.panel, this.timeline];
  }

  start(): void {
    addEventListener('popstate', () => {
      this.address.forget();
      this.change(readState(location.search));
    });
    listenToKeys({
      search: () => this.header.focusSearch(),
      move: (n) => this.panel.move(n),
      step: (n) => this.timeline.step(n),
      play: () => this.timeline.togglePlay(),
      help: () => this.header.showHelp(),
      up: () => void (this.header.up() || this.panel.up()),
    });
    follow({
      version: (version) => this.newVersion(version),
      stored: (articles) => this.panel.stored(articles),
      connected: (is) => this.connected(is),
    });
    this.showAll(null, 'start');
  }

  update(change: Partial<PageState>, how: 'push' | 'replace' = 'push'): void {
    const next = { ...this.state, ...change };
    this.address.write(location.pathname + writeState(next), how);
    this.change(next);
  }

  filter(change: Partial<Filters>, how: 'push' | 'replace' = 'push'): void {
    this.update({ filters: { ...this.state.filters, ...change } }, how);
  }

  private change(next: PageState): void {
    const before = this.state;
    this.state = next;
    this.showAll(before, 'state');
  }

  private showAll(before: PageState | null, why: Why): void {
    for (const part of this.parts) part.show(this.state, before, why);
  }

  private newVersion(version: string): void {
    const { version: known } = this;
    this.version = version;
    // The first version named belongs to what is being fetched just now.
    if (known !== '' && known !== version) this.showAll(this.state, 'data');
  }

  private connected(is: boolean): void {
    const wasLost = document.documentElement.classList.contains('is-offline');
    document.documentElement.classList.toggle('is-offline', !is);
    this.panel.connected(is);
    if (is && wasLost) this.refresh(); // whatever failed meanwhile
  }

  refresh(): void {
    this.showAll(this.state, 'retry');
  }

  box(): Box | null {
    return this.state.view ? this.map.box() : null;
  }

  goTo(target: { lon: number; lat: number; zoom: number } | { box: Box }): void {
    this.map.goTo(target);
  }

  selected(event: ConflictEvent | null): void {
    this.map.select(event);
  }

  hovered(event: ConflictEvent | null): void {
    this.map.hover(event);
  }

  announce(text: string): void {
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}
