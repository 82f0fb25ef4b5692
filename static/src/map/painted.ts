// A layer that is painted in pieces of 512 pixels, a few milliseconds at a time,
// so that the map stays at hand while it is moved. Leaflet keeps the pieces,
// moves them, and asks for those that come into view.

import * as L from 'leaflet';
import type { WorldBox } from './atlas';

const SIZE = 512;
const OVERLAP = 1; // pixels on the right and below, so that no seams show while the map zooms
const BUDGET_MS = 8; // of a frame

/** What a painter needs to know of the piece that it paints. */
export interface Piece {
  /** Draws in world units once `toWorld` was called, else in pixels of the piece. */
  readonly ctx: CanvasRenderingContext2D;
  readonly zoom: number;
  /** Pixels of the screen in a world unit. */
  readonly scale: number;
  /** What the piece shows, in world units. */
  readonly box: WorldBox;
  /** The piece's corner in pixels of the whole world at the zoom, and its side in pixels. */
  readonly left: number;
  readonly top: number;
  readonly side: number;
  toWorld(): void;
  toPixels(): void;
}

export type Painter = (piece: Piece) => void;

interface Sheet {
  canvas: HTMLCanvasElement;
  coords: L.Coords;
  /** What Leaflet waits for; null once it was told. */
  done: L.DoneCallback | null;
}

export class Painted extends L.GridLayer {
  private readonly sheets = new Map<HTMLElement, Sheet>();
  private readonly queue = new Set<Sheet>();
  private frame = 0;

  constructor(
    pane: string,
    private readonly painter: Painter,
    /** The zooms that have something to paint; without them all. */
    zooms: { minZoom?: number; maxZoom?: number } = {},
  ) {
    super({ pane, tileSize: SIZE, keepBuffer: 1, updateWhenZooming: false, ...zooms });
    this.on('tileunload', (e) => {
      const { tile } = e as L.TileEvent;
      const sheet = this.sheets.get(tile);
      if (sheet) this.queue.delete(sheet);
      this.sheets.delete(tile);
    });
  }

  override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    const sheet: Sheet = { canvas, coords, done };
    this.sheets.set(canvas, sheet);
    this.order(sheet);
    return canvas;
  }

  /** Paints all that is shown anew, in place. */
  repaint(): void {
    for (const sheet of this.sheets.values()) this.order(sheet);
  }

  private order(sheet: Sheet): void {
    this.queue.add(sheet);
    this.frame ||= requestAnimationFrame(() => this.work());
  }

  /** Paints what was ordered until the frame's share is spent; the rest comes in the next. */
  private work(): void {
    this.frame = 0;
    const end = performance.now() + BUDGET_MS;
    for (const sheet of this.queue) {
      this.queue.delete(sheet);
      this.paint(sheet);
      if (performance.now() >= end) break;
    }
    if (this.queue.size > 0) this.frame = requestAnimationFrame(() => this.work());
  }

  private paint(sheet: Sheet): void {
    const { canvas, coords } = sheet;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const side = SIZE + OVERLAP;
    canvas.width = canvas.height = Math.round(side * ratio);
    // After Leaflet, which makes its tiles as large as their distance.
    canvas.style.width = canvas.style.height = `${side}px`;
    const ctx = canvas.getContext('2d');
    if (ctx) this.painter(pieceOf(ctx, coords, ratio));
    sheet.done?.(undefined, canvas);
    sheet.done = null;
  }
}

function pieceOf(ctx: CanvasRenderingContext2D, { x, y, z }: L.Coords, ratio: number): Piece {
  const scale = 2 ** z;
  const side = SIZE / scale;
  const margin = 4 / scale; // of lines that run outside along the edge
  return {
    ctx,
    zoom: z,
    scale,
    box: [x * side - margin, y * side - margin, (x + 1) * side + margin, (y + 1) * side + margin],
    left: x * SIZE,
    top: y * SIZE,
    side: SIZE + OVERLAP,
    toWorld: () => ctx.setTransform(scale * ratio, 0, 0, scale * ratio, -x * SIZE * ratio, -y * SIZE * ratio),
    toPixels: () => ctx.setTransform(ratio, 0, 0, ratio, 0, 0),
  };
}
