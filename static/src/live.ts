// The server's live stream: what was stored, and whether the server is there.

export interface LiveHandlers {
  /** The state of the data, at each connection and with each change. */
  version(version: string): void;
  /** Articles were stored since the last call. */
  stored(articles: number): void;
  /** The connection was lost, or is back. */
  connected(is: boolean): void;
}

export function follow(handlers: LiveHandlers): void {
  void handlers;
}
