// Fetches and keeps tiles: few at a time, the most wanted first, and what is no
// longer wanted is cut off.

import { fetchBytes, RequestError } from '../request';
import { decode, NO_MARKS, type TileMarks } from './decode';

const AT_ONCE = 8; // more than a browser's connections to a server: none waits for this script
const MAX_TILES = 150;
const MAX_BYTES = 3_000_000; // as encoded; decoded it is some times that

/** What tiles are of: the data's version only tells old tiles from new ones. */
export interface Query {
  readonly collection: string;
  readonly filters: URLSearchParams;
  readonly version: string;
}

export function keyOf({ collection, filters, version }: Query): string {
  return `${collection}?${filters}#${version}`;
}

interface Wanted {
  key: string;
  address: string;
  query: Query;
}

export class Tiles {
  /** Called when a tile has come or failed. */
  onTile: () => void = () => {};

  private readonly kept = new Map<string, TileMarks>(); // the last used last
  private bytes = 0;
  private readonly failed = new Map<string, RequestError>();
  private readonly running = new Map<string, AbortController>();
  private waiting: Wanted[] = [];

  constructor(private readonly fetched: typeof fetchBytes = fetchBytes) {}

  /** The tile if it is there. */
  get(query: string, address: string): TileMarks | undefined {
    const key = `${query} ${address}`;
    const tile = this.kept.get(key);
    if (!tile) return undefined;
    this.kept.delete(key);
    this.kept.set(key, tile);
    return tile;
  }

  /** Why the tile could not be had. */
  failure(query: string, address: string): RequestError | undefined {
    return this.failed.get(`${query} ${address}`);
  }

  /** Lets tiles be asked for again that could not be had. */
  forgive(): void {
    this.failed.clear();
  }

  /** Fetches these tiles, in this order, and no others. */
  want(query: Query, addresses: readonly string[]): void {
    const of = keyOf(query);
    for (const key of this.failed.keys()) if (!key.startsWith(`${of} `)) this.failed.delete(key);
    const wanted = addresses.map((address) => ({ key: `${of} ${address}`, address, query }));
    const keys = new Set(wanted.map((w) => w.key));
    for (const [key, abort] of this.running) {
      if (keys.has(key)) continue;
      abort.abort();
      this.running.delete(key);
    }
    this.waiting = wanted.filter(({ key }) => !this.kept.has(key) && !this.failed.has(key) && !this.running.has(key));
    this.fill();
  }

  private fill(): void {
    while (this.running.size < AT_ONCE) {
      const next = this.waiting.shift();
      if (!next) return;
      void this.fetch(next);
    }
  }

  private async fetch({ key, address, query }: Wanted): Promise<void> {
    const abort = new AbortController();
    this.running.set(key, abort);
    try {
      const bytes = await this.fetched(`tiles/${query.collection}/${address}.mvt`, query.filters, abort.signal);
      if (abort.signal.aborted) return;
      this.keep(key, bytes ? decode(bytes) : NO_MARKS);
    } catch (error) {
      if (abort.signal.aborted) return;
      this.fail(key, error instanceof RequestError ? error : new RequestError('The answer of the server cannot be read.'));
    }
    this.running.delete(key);
    this.fill();
    this.onTile();
  }

  /** Notes the failure; a query that the server refuses fails as a whole. */
  private fail(key: string, error: RequestError): void {
    this.failed.set(key, error);
    if (error.status < 400 || error.status >= 500 || error.status === 429) return;
    for (const other of this.waiting) this.failed.set(other.key, error);
    this.waiting = [];
  }

  private keep(key: string, tile: TileMarks): void {
    this.kept.set(key, tile);
    this.bytes += tile.size;
    for (const [oldest, old] of this.kept) {
      if (this.kept.size <= MAX_TILES && this.bytes <= MAX_BYTES) break;
      if (oldest === key) break;
      this.kept.delete(oldest);
      this.bytes -= old.size;
    }
  }
}
