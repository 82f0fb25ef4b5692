// Fetches what the timeline shows: counts over all days of what the filters
// select, and finer or coarser ones of the days in view.

import { RequestError } from '../api';
import { el } from '../dom';
import { reached } from '../milestone';
import type { Page } from '../part';
import { apiQuery, collectionOf, type PageState } from '../state';
import { Counts, type Series } from './series';
import { within, type Span, type Step } from './span';
import { padded } from './window';
import type { Counting } from './words';

/** What the timeline counts: all filters but that on days, which the brush shows. */
function queryOf({ filters }: PageState): URLSearchParams {
  const query = apiQuery(filters, 'datetime');
  query.set('collection', collectionOf(filters));
  return query;
}

/** Whether two states have different bars. */
export function countsDiffer(a: PageState, b: PageState): boolean {
  return queryOf(a).toString() !== queryOf(b).toString();
}

export class Loader {
  /** Says why there are no bars. */
  readonly message = el('div', { class: 'timeline-message', hidden: true });
  /** First and last day of all events; null where there are none. */
  whole: Span | null = null;
  overview: Series | null = null;
  counting: Counting = 'event';

  private readonly counts = new Counts();
  private query = new URLSearchParams();
  private part: { span: Span; series: Series } | null = null;
  private all = new AbortController();
  private some = new AbortController();
  private asked = ''; // the part that is on its way

  constructor(
    private readonly root: HTMLElement,
    private readonly page: Page,
    /** New counts over all days have come, or a part of them. */
    private readonly came: (what: 'all' | 'part') => void,
  ) {}

  /** Counts anew; what is shown stays until then. Quietly where only the data changed. */
  async load(state: PageState, quiet: boolean): Promise<void> {
    this.all.abort();
    this.some.abort();
    this.asked = '';
    const { signal } = (this.all = new AbortController());
    if (!quiet) this.root.setAttribute('aria-busy', 'true');
    this.counts.setVersion(this.page.version);
    const query = queryOf(state);
    try {
      const [extent, overview] = await Promise.all([this.counts.extent(signal), this.counts.fetch(query, null, signal)]);
      this.query = query;
      this.counting = collectionOf(state.filters) === 'mentions' ? 'mention' : 'event';
      this.whole = extent;
      this.overview = overview;
      this.part = null;
      this.say(this.nothing(overview));
      this.came('all');
      if (!this.asked) this.done();
    } catch (error) {
      this.failed(error, signal);
    }
  }

  /** The best counts that there are of the days in view. */
  series(window: Span, step: Step): Series | null {
    const { part, overview } = this;
    if (overview?.step === step) return overview;
    return part && within(window, part.span) ? part.series : (overview ?? null);
  }

  /** Fetches the days in view by step, if they are not here. */
  async need(window: Span, step: Step): Promise<void> {
    const { overview, part, whole } = this;
    if (!overview || !whole || overview.bars.length === 0) return;
    if (window.to < whole.from || window.from > whole.to) return; // nothing is there
    if (overview.step === step || (part?.series.step === step && within(window, part.span))) return;
    const span = padded(window, step, whole);
    const key = `${step} ${span.from} ${span.to}`;
    if (key === this.asked) return;
    this.some.abort();
    this.asked = key;
    const { signal } = (this.some = new AbortController());
    this.root.setAttribute('aria-busy', 'true');
    try {
      const series = await this.counts.fetch(this.query, { span, step }, signal);
      this.asked = '';
      this.part = { span, series };
      this.came('part');
      this.done();
    } catch (error) {
      this.failed(error, signal);
    }
  }

  private done(): void {
    this.root.removeAttribute('aria-busy');
    reached('conflictmap:timeline');
  }

  private nothing({ bars, coarse, matched }: Series): string {
    if (bars.length > 0) return '';
    if (matched === 0) return this.whole ? `No ${this.counting}s under these filters` : 'No events yet';
    if (coarse >= matched) return `All ${matched.toLocaleString('en')} are known only to the month or worse`;
    return 'No bars: only events have days';
  }

  private failed(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.asked = '';
    this.root.removeAttribute('aria-busy');
    const again = el('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => this.page.refresh());
    this.say(error instanceof RequestError ? `The days could not be counted. ${error.message}` : 'The days could not be counted.', again);
    if (!(error instanceof RequestError)) throw error;
  }

  private say(text: string, ...more: HTMLElement[]): void {
    this.message.hidden = text === '';
    this.message.replaceChildren(el('span', {}, text), ...more);
  }
}
