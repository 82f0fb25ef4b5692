// Writes the page's address. Browsers take only so many changes of it in a time
// (Safari 100 in 30 seconds, then it throws), and a brush that is dragged or a
// timeline that plays makes many: those that only replace are written at intervals.

const INTERVAL_MS = 400;

export class Address {
  private waiting = '';
  private timer = 0;

  constructor() {
    // What was not written yet must be there when the page comes back.
    addEventListener('pagehide', () => this.flush());
  }

  write(url: string, how: 'push' | 'replace'): void {
    if (how === 'push') {
      this.flush();
      if (url !== location.pathname + location.search) history.pushState(null, '', url);
      return;
    }
    this.waiting = url;
    if (this.timer !== 0) return;
    this.replace();
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.replace();
    }, INTERVAL_MS);
  }

  /** Writes what waits. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.replace();
  }

  /** Drops what waits: the user went elsewhere in the history. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.waiting = '';
  }

  private replace(): void {
    const url = this.waiting;
    this.waiting = '';
    if (url !== '' && url !== location.pathname + location.search) history.replaceState(null, '', url);
  }
}
