// The server's live stream: what was stored, and whether the server is there.

export interface LiveHandlers {
  /** The state of the data, at each connection and with each change. */
  version(version: string): void;
  /** Articles were stored since the last call; 0 where it isn't known how many. Comes before their version. */
  stored(articles: number): void;
  /** The connection was lost, or is back. */
  connected(is: boolean): void;
}

const THROTTLE_MS = 3_000; // between two refreshes of the page
const GRACE_MS = 3_500; // a stream that is back by then wasn't lost; the server asks to wait 2 s
const HIDDEN_MS = 60_000; // a page out of sight gives its connection back: browsers have six for each server
const RETRY_MS = [5_000, 10_000, 30_000]; // where the browser itself gives up

/** The events of the stream that the page reads; data is JSON. */
interface Message {
  version?: unknown;
  articles?: unknown;
}

function parse(event: Event): Message {
  try {
    return (JSON.parse((event as MessageEvent<string>).data) as Message | null) ?? {};
  } catch {
    return {};
  }
}

/** Follows the stream for as long as the page is there. */
export class Live {
  private source: EventSource | null = null;
  private lastId = '';
  private attempts = 0;
  private lost = false;
  private articles: number | null = null; // stored and not told yet; null for none
  private version = '';
  private toldAt = 0;
  private tellTimer: ReturnType<typeof setTimeout> | undefined;
  private lostTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly handlers: LiveHandlers) {}

  start(): void {
    document.addEventListener('visibilitychange', () => this.visibility());
    // A page in the browser's memory must hold no connection, or it isn't kept there.
    addEventListener('pagehide', () => this.close());
    addEventListener('pageshow', () => this.open());
    this.open();
  }

  private open(): void {
    if (this.source || document.hidden) return;
    clearTimeout(this.retryTimer);
    const query = this.lastId ? `?${new URLSearchParams({ last_event_id: this.lastId })}` : '';
    const source = new EventSource(`api/live${query}`);
    this.source = source;
    source.addEventListener('open', () => this.opened());
    source.addEventListener('error', () => this.failed(source));
    source.addEventListener('version', (e) => this.heard(e, null));
    source.addEventListener('stored', (e) => this.heard(e, Number(parse(e).articles) || 0));
    source.addEventListener('reset', (e) => this.heard(e, 0));
  }

  private close(): void {
    this.source?.close();
    this.source = null;
    clearTimeout(this.lostTimer);
    this.lostTimer = undefined;
    clearTimeout(this.retryTimer);
  }

  private visibility(): void {
    clearTimeout(this.hiddenTimer);
    if (document.hidden) {
      this.hiddenTimer = setTimeout(() => this.close(), HIDDEN_MS);
    } else {
      this.open();
      this.tell();
    }
  }

  private opened(): void {
    clearTimeout(this.lostTimer);
    this.lostTimer = undefined;
    this.attempts = 0;
    if (!this.lost) return;
    this.lost = false;
    this.handlers.connected(true);
  }

  private failed(source: EventSource): void {
    if (source !== this.source) return;
    if (!this.lost) {
      this.lostTimer ??= setTimeout(() => {
        this.lost = true;
        this.handlers.connected(false);
      }, GRACE_MS);
    }
    if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself
    this.source = null;
    const wait = RETRY_MS[Math.min(this.attempts++, RETRY_MS.length - 1)]!;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.open(), wait);
  }

  private heard(event: Event, articles: number | null): void {
    this.lastId = (event as MessageEvent).lastEventId || this.lastId;
    const { version } = parse(event);
    if (typeof version === 'string') this.version = version;
    if (articles !== null) this.articles = (this.articles ?? 0) + articles;
    this.tell();
  }

  /** Tells what came, not too often and not while nobody sees the page. */
  private tell(): void {
    clearTimeout(this.tellTimer);
    if (document.hidden || this.version === '') return;
    const wait = this.toldAt + THROTTLE_MS - performance.now();
    if (this.toldAt > 0 && wait > 0) {
      this.tellTimer = setTimeout(() => this.tell(), wait);
      return;
    }
    if (this.articles !== null) {
      this.toldAt = performance.now();
      this.handlers.stored(this.articles);
      this.articles = null;
    }
    this.handlers.version(this.version);
  }
}

export function follow(handlers: LiveHandlers): void {
  new Live(handlers).start();
}
