// A canvas over the map and some way around it. It moves with the map while that
// is dragged, is scaled while it zooms, and keeps its picture until it is reset.

import * as L from 'leaflet';
import { el } from '../dom';
import type { Rect } from './grid';

const PADDING = 0.25; // of the map's size, on each side

export class Surface {
  readonly context: CanvasRenderingContext2D;
  private readonly canvas: HTMLCanvasElement;
  /** The zoom that the picture was drawn for. */
  zoom = NaN;
  private origin = L.point(0, 0); // of the canvas: world pixels at zoom
  private size = L.point(0, 0);

  constructor(
    private readonly map: L.Map,
    pane: string,
  ) {
    this.canvas = el('canvas', { class: 'marks-canvas leaflet-zoom-animated', 'aria-hidden': 'true' });
    this.context = this.canvas.getContext('2d')!;
    map.getPane(pane)!.append(this.canvas);
    map.on('zoom viewreset', () => this.place(this.map.getZoom(), this.map.getPixelOrigin()));
    map.on('zoomanim', ({ center, zoom }) => {
      const half = map.getSize().divideBy(2);
      const pane = L.DomUtil.getPosition(map.getPane('mapPane')!);
      this.place(zoom, map.project(center, zoom).subtract(half).add(pane).round());
    });
  }

  /** Puts the canvas where its picture belongs, in pixels that are counted from pixelOrigin. */
  private place(zoom: number, pixelOrigin: L.Point): void {
    if (Number.isNaN(this.zoom)) return;
    const scale = this.map.getZoomScale(zoom, this.zoom);
    L.DomUtil.setTransform(this.canvas, this.origin.multiplyBy(scale).subtract(pixelOrigin), scale);
  }

  /** What is to be seen of the world, in pixels of the map's zoom. */
  view(): Rect {
    const { min, max } = this.map.getPixelBounds();
    return { left: min!.x, top: min!.y, right: max!.x, bottom: max!.y };
  }

  /** The part of the world that the canvas covers, in pixels of its zoom. */
  area(): Rect {
    return { left: this.origin.x, top: this.origin.y, right: this.origin.x + this.size.x, bottom: this.origin.y + this.size.y };
  }

  /** The part of the world that the canvas covers when it is reset; pixels of the map's zoom. */
  target(): Rect {
    const size = this.map.getSize();
    const { x, y } = this.map.getPixelBounds().min!.subtract(size.multiplyBy(PADDING)).floor();
    const { x: width, y: height } = size.multiplyBy(1 + 2 * PADDING).ceil();
    return { left: x, top: y, right: x + width, bottom: y + height };
  }

  /** Whether the picture is for the map's zoom and covers what is to be seen. */
  covers(): boolean {
    if (this.zoom !== this.map.getZoom()) return false;
    const view = this.view();
    const area = this.area();
    return view.left >= area.left && view.top >= area.top && view.right <= area.right && view.bottom <= area.bottom;
  }

  /** Empties the canvas; where the map has gone beyond it, it follows first. */
  clear(): void {
    const ratio = Math.min(3, devicePixelRatio || 1);
    const { left, top, right, bottom } = this.target();
    const size = L.point(right - left, bottom - top);
    if (!this.covers() || !size.equals(this.size)) {
      this.zoom = this.map.getZoom();
      this.origin = L.point(left, top);
      this.size = size;
      this.place(this.zoom, this.map.getPixelOrigin());
    }
    const { canvas, context } = this;
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(width / size.x, 0, 0, height / size.y, 0, 0);
  }

  /** Where on the canvas a point of the map's container is. */
  fromContainer(point: L.Point): L.Point {
    return this.map.getPixelBounds().min!.add(point).subtract(this.origin);
  }

  /** Where in the map's container a point of the canvas is. */
  toContainer(x: number, y: number): L.Point {
    return L.point(x, y).add(this.origin).subtract(this.map.getPixelBounds().min!);
  }
}
