// Painting the atlas: outlines become paths when they are first seen, and are
// kept. Only what a piece of the map shows is painted.

import { overlap, type Atlas, type Country, type Line } from './atlas';
import type { Piece } from './painted';

/** The paths of an atlas. */
export class Outlines {
  private readonly paths = new WeakMap<object, Path2D>();

  constructor(readonly atlas: Atlas) {}

  private path(key: object, lines: readonly Line[], closed: boolean): Path2D {
    let path = this.paths.get(key);
    if (!path) {
      path = new Path2D();
      for (const { points } of lines) {
        path.moveTo(points[0]!, points[1]!);
        for (let i = 2; i < points.length; i += 2) path.lineTo(points[i]!, points[i + 1]!);
        if (closed) path.closePath();
      }
      this.paths.set(key, path);
    }
    return path;
  }

  /** Fills countries with the context's fill style; true where there was something to fill. */
  fill({ ctx, box }: Piece, countries: readonly Country[] = this.atlas.countries): boolean {
    let any = false;
    for (const { polygons } of countries) {
      for (const polygon of polygons) {
        if (!overlap(polygon.box, box)) continue;
        ctx.fill(this.path(polygon, polygon.rings, true), 'evenodd');
        any = true;
      }
    }
    return any;
  }

  /** Lets the context draw within these countries only; false where the piece has nothing of them. */
  clip({ ctx, box }: Piece, countries: readonly Country[]): boolean {
    const area = new Path2D();
    let any = false;
    for (const polygon of countries.flatMap(({ polygons }) => polygons)) {
      if (!overlap(polygon.box, box)) continue;
      area.addPath(this.path(polygon, polygon.rings, true));
      any = true;
    }
    if (any) ctx.clip(area, 'evenodd');
    return any;
  }

  /** Strokes lines with the context's stroke style and dash. */
  stroke({ ctx, box }: Piece, lines: readonly Line[]): void {
    for (const line of lines) {
      if (overlap(line.box, box)) ctx.stroke(this.path(line, [line], false));
    }
  }
}
