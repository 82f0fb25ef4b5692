// The panel as a sheet over the lower part of a phone's map: how high it stands.

import { el } from '../dom';

export type Height = 'low' | 'half' | 'full';
const HEIGHTS: Height[] = ['low', 'half', 'full'];
const DRAG = 30; // pixels from which on a pull is meant

const NEXT: Record<Height, string> = {
  low: 'Raise the panel over half of the map',
  half: 'Raise the panel over the whole map',
  full: 'Lower the panel and show the map',
};

export class Sheet {
  readonly handle = el('button', { type: 'button', class: 'sheet-handle', 'aria-controls': 'panel' }, el('span', { class: 'sheet-grip' }));
  private height: Height = 'half';

  constructor(private readonly root: HTMLElement) {
    this.drag();
    this.handle.addEventListener('click', () => this.set(HEIGHTS[(HEIGHTS.indexOf(this.height) + 1) % 3]!));
    this.set('half');
  }

  set(height: Height): void {
    this.height = height;
    this.root.dataset.sheet = height;
    this.handle.setAttribute('aria-expanded', String(height !== 'low'));
    this.handle.setAttribute('aria-label', NEXT[height]);
    this.handle.title = NEXT[height];
  }

  /** Raises the sheet where nothing of it could be read. */
  raise(): void {
    if (this.height === 'low') this.set('half');
  }

  /** A pull up or down goes one step; the handle is a button for all others. */
  private drag(): void {
    let from: number | null = null;
    this.handle.addEventListener('pointerdown', (e) => {
      from = e.clientY;
      this.handle.setPointerCapture(e.pointerId);
    });
    this.handle.addEventListener('pointercancel', () => (from = null));
    this.handle.addEventListener('pointerup', (e) => {
      const by = from === null ? 0 : e.clientY - from;
      from = null;
      if (Math.abs(by) < DRAG) return;
      const at = HEIGHTS.indexOf(this.height) + (by < 0 ? 1 : -1);
      this.set(HEIGHTS[Math.min(2, Math.max(0, at))]!);
      // The click that ends a pull is none.
      this.handle.addEventListener('click', (click) => click.stopImmediatePropagation(), { once: true, capture: true });
    });
  }
}
