// The picture of the marks: tiles in, canvas out, and what is at a point of it.

import * as L from 'leaflet';
import { onScheme } from '../dom';
import { WORLD } from './atlas';
import { coveredNames, type Lettering, type WrittenName } from './covered';
import { drawMarks, type Style } from './draw';
import type { Rect } from './grid';
import { hit, type Hit } from './hits';
import { Names, rectOf } from './labels';
import { layOut, type Layout, type Placed } from './layout';
import { readPalette, type Palette } from './palette';
import { drawShapes, Hatches } from './shapes';
import { Surface } from './surface';

export class Picture {
  readonly surface: Surface;
  private readonly names = new Names();
  private readonly hatches = new Hatches();
  private palette: Palette | null = null;
  private layout: Layout | null = null;

  constructor(
    private readonly map: L.Map,
    pane: string,
    recoloured: () => void,
    private readonly lettering: readonly Lettering[],
  ) {
    this.surface = new Surface(map, pane);
    onScheme(() => {
      this.palette = null;
      recoloured();
    });
  }

  /** What is to be seen, on the canvas. */
  private view(): Rect {
    const { x, y } = this.map.getSize();
    const min = this.surface.fromContainer(L.point(0, 0));
    return { left: min.x, top: min.y, right: min.x + x, bottom: min.y + y };
  }

  /** What legend and buttons cover, on the canvas. */
  private covered(): Rect[] {
    const map = this.map.getContainer();
    const { left, top } = map.getBoundingClientRect();
    const over = [...(map.parentElement?.querySelectorAll('.legend, .leaflet-bar') ?? [])].map((e) => e.getBoundingClientRect());
    return over.map((r) => {
      const { x, y } = this.surface.fromContainer(L.point(r.left - left, r.top - top));
      return { left: x, top: y, right: x + r.width, bottom: y + r.height };
    });
  }

  /** The names of a layer below, on the canvas. */
  private writtenBy(layer: Lettering): WrittenName[] {
    const { zoom } = this.surface;
    const { left, top } = this.surface.area();
    const world = WORLD * 2 ** zoom;
    const right = left + this.map.getSize().x;
    return layer.placed(zoom).map(({ key, x, y, width, height }) => {
      const copies = Math.round((right - x) / world) * world; // where the map shows the world again
      const [dx, dy] = [x + copies - left, y - top];
      return { key, left: dx - width / 2, top: dy - height / 2, right: dx + width / 2, bottom: dy + height / 2 };
    });
  }

  /** Draws the tiles anew. */
  draw(placed: readonly Placed[], style: Omit<Style, 'palette'>): void {
    this.palette ??= readPalette(this.map.getContainer());
    const { surface } = this;
    surface.clear();
    const layout = layOut(placed, surface.area());
    const full: Style = { ...style, palette: this.palette };
    drawShapes(surface.context, layout, full, this.hatches);
    drawMarks(surface.context, layout, full);
    const written = this.lettering.map((layer) => this.writtenBy(layer));
    this.names.draw(surface.context, layout, this.view(), this.covered(), written.flat(), full);
    const marks = layout.marks.map(rectOf);
    this.lettering.forEach((layer, i) => layer.cover(coveredNames(written[i]!, marks)));
    this.layout = layout;
  }

  /** What is at a point of the map's container; nothing while the picture is for another zoom. */
  at(point: L.Point): Hit | null {
    if (!this.layout || this.surface.zoom !== this.map.getZoom()) return null;
    const { x, y } = this.surface.fromContainer(point);
    return hit(this.layout, x, y, this.view());
  }

  /** What is drawn and what of that is to be seen. */
  shown(): { layout: Layout; view: Rect } | null {
    return this.layout && { layout: this.layout, view: this.view() };
  }
}
