// The basemap: land, borders and quiet names of countries, no tiles, in colours
// that stay behind the events. A coarse file comes first, a fine one when the
// map is seen from near. See static/basemap.mjs for what the files hold.

import * as L from 'leaflet';
import type { Config } from '../config';
import { byId } from '../dom';
import { readAtlas, type Country } from './atlas';
import { MAX_ZOOM as NAMES_TO, MIN_ZOOM as NAMES_FROM, placeNames, type PlacedName } from './names';
import { Outlines } from './outlines';
import { Painted, type Piece } from './painted';
import { addRaster } from './raster';

const FINE_FROM = 4; // the zoom from which the coarse outlines show their corners
const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif';

interface Colours {
  land: string;
  border: string;
  disputed: string;
  name: string;
}

export class Basemap {
  /** Called when outlines of countries have come, again when finer ones have. */
  onOutlines: () => void = () => {};

  private coarse: Outlines | null = null;
  private fine: Outlines | null = null;
  private askedForFine = false;
  private readonly layer: Painted;
  private readonly names = new Map<number, PlacedName[]>();
  private colours: Colours;

  constructor(
    private readonly map: L.Map,
    raster: Config['raster'],
  ) {
    this.colours = readColours();
    this.layer = new Painted('basemap', (piece) => this.paint(piece));
    addRaster(map, raster);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.colours = readColours();
      this.layer.repaint();
    });
    void this.load();
  }

  private async load(): Promise<void> {
    const link = byId<HTMLElement>('basemap') as unknown as HTMLLinkElement;
    this.coarse = await this.fetch(link.href);
    if (!this.coarse) return;
    this.layer.addTo(this.map);
    this.onOutlines();
    const refine = () => {
      if (this.askedForFine || this.map.getZoom() < FINE_FROM || !link.dataset.fine) return;
      this.askedForFine = true;
      whenIdle(() => void this.refine(link.dataset.fine!));
    };
    this.map.on('zoomend', refine);
    refine();
  }

  private async refine(url: string): Promise<void> {
    this.fine = await this.fetch(url);
    if (!this.fine) {
      this.askedForFine = false; // the next zoom tries again
      return;
    }
    this.names.clear();
    this.layer.repaint();
    this.onOutlines();
  }

  private async fetch(url: string): Promise<Outlines | null> {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return new Outlines(readAtlas(await response.json()));
    } catch (error) {
      // The events can do without; whoever runs the server should know.
      console.warn('The basemap could not be loaded:', error);
      return null;
    }
  }

  /** The outlines for a zoom, null before there are any. */
  outlines(zoom: number): Outlines | null {
    return zoom >= FINE_FROM && this.fine ? this.fine : this.coarse;
  }

  /** The country with this ISO 3166-1 alpha-2 code in the outlines for a zoom. */
  country(code: string, zoom: number): Country | undefined {
    return this.outlines(zoom)?.atlas.countries.find(({ id }) => id === code);
  }

  private paint(piece: Piece): void {
    const outlines = this.outlines(piece.zoom);
    if (!outlines) return;
    const { ctx, scale } = piece;
    piece.toWorld();
    ctx.fillStyle = this.colours.land;
    if (!outlines.fill(piece)) return;
    ctx.lineJoin = 'round';
    ctx.lineWidth = (piece.zoom < 4 ? 0.75 : 1) / scale;
    ctx.strokeStyle = this.colours.border;
    outlines.stroke(piece, outlines.atlas.borders);
    ctx.lineWidth = (piece.zoom < 4 ? 1 : 1.5) / scale;
    ctx.strokeStyle = this.colours.disputed;
    ctx.setLineDash([4 / scale, 3 / scale]);
    outlines.stroke(piece, outlines.atlas.disputed);
    ctx.setLineDash([]);
    piece.toPixels();
    this.writeNames(piece);
  }

  private placed(zoom: number, ctx: CanvasRenderingContext2D): PlacedName[] {
    let placed = this.names.get(zoom);
    if (!placed) {
      const measure = (text: string, size: number) => {
        ctx.font = `${size}px ${FONT}`;
        return ctx.measureText(text).width;
      };
      placed = placeNames(this.outlines(zoom)?.atlas.countries ?? [], zoom, measure);
      this.names.set(zoom, placed);
    }
    return placed;
  }

  private writeNames({ ctx, zoom, scale, box }: Piece): void {
    if (zoom < NAMES_FROM || zoom > NAMES_TO) return;
    const margin = 4; // the piece's box reaches so many pixels beyond its edge
    const [left, top] = [box[0] * scale + margin, box[1] * scale + margin];
    const [right, bottom] = [box[2] * scale, box[3] * scale];
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = this.colours.name;
    ctx.strokeStyle = this.colours.land;
    ctx.lineWidth = 3;
    for (const { lines, x, y, size, width, height } of this.placed(zoom, ctx)) {
      if (x + width / 2 < left || x - width / 2 > right || y + height / 2 < top || y - height / 2 > bottom) continue;
      ctx.font = `${size}px ${FONT}`;
      lines.forEach((line, i) => {
        const at = [x - left, y - top + (i - (lines.length - 1) / 2) * size * 1.15] as const;
        ctx.strokeText(line, ...at); // parts it from borders that it crosses
        ctx.fillText(line, ...at);
      });
    }
  }
}

function readColours(): Colours {
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string) => css.getPropertyValue(name).trim();
  return { land: colour('--land'), border: colour('--border'), disputed: colour('--border-disputed'), name: colour('--country-name') };
}

/** Runs when the browser has nothing better to do; not every browser says when. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 1500 });
  else setTimeout(run, 300);
}
