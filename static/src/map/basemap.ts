// The basemap: land, borders and quiet names of countries, no tiles, in colours
// that stay behind the events. A coarse file comes first, a fine one when the
// map is seen from near. See static/basemap.mjs for what the files hold.

import * as L from 'leaflet';
import type { Config } from '../config';
import { byId, onScheme } from '../dom';
import { readAtlas, type Country } from './atlas';
import { Uncovered, type Lettering } from './covered';
import { measureIn, writeLabels, type PlacedLabel } from './labelling';
import { NAMES_FROM, NAMES_TO, placeNames } from './names';
import { Outlines } from './outlines';
import { Painted, type Piece } from './painted';
import { addRaster } from './raster';

const FINE_FROM = 4; // the zoom from which the coarse outlines show their corners

interface Colours {
  land: string;
  border: string;
  disputed: string;
  name: string;
}

export class Basemap implements Lettering {
  /** Called when outlines of countries have come, again when finer ones have. */
  onOutlines: () => void = () => {};

  private coarse: Outlines | null = null;
  private fine: Outlines | null = null;
  private askedForFine = false;
  private readonly layer: Painted;
  private readonly lettering: Painted; // of its own: which names are written changes more often than the land
  private readonly names = new Map<number, PlacedLabel[]>(); // by zoom
  readonly measure = measureIn(document.createElement('canvas').getContext('2d')!);
  private unnamed: ReadonlySet<string> = new Set();
  private readonly uncovered = new Uncovered();
  private colours: Colours;

  constructor(
    private readonly map: L.Map,
    raster: Config['raster'],
  ) {
    this.colours = readColours();
    this.layer = new Painted('basemap', (piece) => this.paint(piece));
    this.lettering = new Painted('basemap', (piece) => this.letter(piece), { minZoom: NAMES_FROM, maxZoom: NAMES_TO });
    addRaster(map, raster);
    onScheme(() => {
      this.colours = readColours();
      this.repaint();
    });
    void this.load();
  }

  private async load(): Promise<void> {
    const link = byId<HTMLElement>('basemap') as unknown as HTMLLinkElement;
    this.coarse = await this.fetch(link.href);
    if (!this.coarse) return;
    this.layer.addTo(this.map);
    whenIdle(() => this.lettering.addTo(this.map)); // the marks come first
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
    this.repaint();
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

  /** Writes no names of these countries, which another layer writes. */
  leaveOut(codes: ReadonlySet<string>): void {
    if (codes.size === 0 && this.unnamed.size === 0) return;
    this.unnamed = codes;
    this.names.clear();
    this.lettering.repaint();
  }

  cover(keys: ReadonlySet<string>): void {
    if (this.uncovered.change(keys)) this.lettering.repaint();
  }

  private repaint(): void {
    this.layer.repaint();
    this.lettering.repaint();
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
  }

  private letter(piece: Piece): void {
    piece.toPixels();
    writeLabels(piece, this.uncovered.of(this.placed(piece.zoom)), this.colours.name, this.colours.land);
  }

  /** The names of countries that are shown at a zoom. */
  placed(zoom: number): readonly PlacedLabel[] {
    const outlines = this.outlines(zoom);
    if (!outlines || zoom < NAMES_FROM || zoom > NAMES_TO) return [];
    let names = this.names.get(zoom);
    if (!names) {
      const countries = outlines.atlas.countries.filter(({ id }) => !this.unnamed.has(id));
      names = placeNames(countries, zoom, this.measure);
      this.names.set(zoom, names);
    }
    return names;
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
