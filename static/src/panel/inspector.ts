// What is known of the mention that is looked at in an article, and where to go from it.

import { el } from '../dom';
import type { Page } from '../part';
import type { Mention } from '../types';
import { claimInWords, eventInWords, placeKnown } from '../words';
import { placeName, roleTag } from './card';
import { dated } from './facts';
import { textButton } from './message';
import { name } from './quote';
import { clip } from '../text';

const CLOSE_UP = 9; // the map's zoom at a place

/** The middle of what a mention's geometry covers; null where it has none. */
function middle(mention: Mention): { lon: number; lat: number } | null {
  const { geometry } = mention;
  if (!geometry || geometry.type === 'GeometryCollection') return null;
  const numbers = (geometry.coordinates as unknown[]).flat(Infinity) as number[];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    west = Math.min(west, numbers[i]!);
    east = Math.max(east, numbers[i]!);
    south = Math.min(south, numbers[i + 1]!);
    north = Math.max(north, numbers[i + 1]!);
  }
  return Number.isFinite(west + south) ? { lon: (west + east) / 2, lat: (south + north) / 2 } : null;
}

export class Inspector {
  readonly element = el('section', { class: 'inspector', 'aria-label': 'The chosen mention', hidden: true });
  private request = new AbortController();

  constructor(
    private readonly page: Page,
    /** Opens the mention's event; false where there is none. */
    private readonly openEvent: (mention: Mention, signal: AbortSignal) => Promise<boolean>,
  ) {}

  show(mention: Mention | null): void {
    this.request.abort();
    this.request = new AbortController();
    this.element.hidden = mention === null;
    if (!mention) {
      this.element.replaceChildren();
      return;
    }
    const p = mention.properties;
    const when = dated(p);
    const share = typeof p.confidence === 'number' ? `${Math.round(p.confidence * 100)}% sure` : '';
    const known = p.role === 'site' ? placeKnown(mention) : '';
    const claim = p.claim && p.claim !== 'reported' ? clip(claimInWords(p), 120).replace(/^[CD]/, (c) => c.toLowerCase()) : '';
    this.element.replaceChildren(
      el('p', { class: 'inspector-place' }, roleTag(p.role), ' ', name(placeName(p))),
      el('p', { class: 'inspector-what' }, p.event ? eventInWords(p) : '', p.event && when.length ? ' · ' : '', ...when),
      el('p', { class: 'reference' }, [known, claim, share].filter(Boolean).join('; ')),
      this.actions(mention),
    );
  }

  private actions(mention: Mention): HTMLElement {
    const box = el('p', { class: 'actions' });
    const at = middle(mention);
    if (mention.properties.role === 'site' && mention.properties.event) {
      const open = textButton('Open the event', () => void this.follow(mention, open));
      box.append(open);
    }
    if (at) box.append(textButton('Show on the map', () => this.page.goTo({ ...at, zoom: CLOSE_UP })));
    return box;
  }

  private async follow(mention: Mention, button: HTMLButtonElement): Promise<void> {
    const { signal } = this.request;
    try {
      if (!(await this.openEvent(mention, signal))) button.textContent = 'No event is known of it';
    } catch (error) {
      if (!signal.aborted) button.textContent = `${(error as Error).message} Try again`;
    }
  }

  focus(): void {
    (this.element.querySelector<HTMLElement>('button') ?? this.element).focus({ preventScroll: true });
  }
}
