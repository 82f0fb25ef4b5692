// Puts the marks of the tiles in a view at their places on the canvas.

import type { Mark, Shape, TileMarks } from './decode';
import { TILE_SIZE, type Rect, type TileAt } from './grid';
import { merged } from './merge';
import { groupRadius, pointRadius, SETTING_RADIUS } from './symbols';

/** A tile that is there, and where. */
export interface Placed {
  at: TileAt;
  tile: TileMarks;
}

/** A mark on the canvas; pixels. */
export interface DrawnMark {
  mark: Mark;
  x: number;
  y: number;
  r: number;
}

/** A line or an area, put together from its tiles. */
export interface DrawnShape {
  shape: Shape;
  /** What each tile shows of it, with the tile's rectangle. */
  parts: { rect: Rect; paths: Float32Array[] }[];
  /** Around all of it that may be seen. */
  bounds: Rect;
}

export interface Layout {
  /** The largest first: smaller ones are drawn over larger ones. */
  marks: DrawnMark[];
  shapes: DrawnShape[];
  /** How wide the world is drawn; pixels. */
  world: number;
  /** World pixels of the canvas's corner. */
  left: number;
  top: number;
}

/** The radius on the map. */
export function radiusOf(mark: Mark): number {
  if (mark.type === 'group') return groupRadius(mark.count);
  return mark.feature.role === 'setting' ? SETTING_RADIUS : pointRadius(mark.feature.mentions);
}

/** The part of a path within a rectangle, as the pieces that are left; each is x and y in turn. */
export function clipLine(path: Float32Array, rect: Rect): Float32Array[] {
  const pieces: number[][] = [];
  let piece: number[] = [];
  for (let i = 2; i < path.length; i += 2) {
    const [x, y, x2, y2] = [path[i - 2]!, path[i - 1]!, path[i]!, path[i + 1]!];
    const span = within(x, y, x2 - x, y2 - y, rect);
    if (!span) continue;
    const [from, to] = span;
    const [ax, ay] = [x + (x2 - x) * from, y + (y2 - y) * from];
    if (from > 0 || piece.length === 0) {
      piece = [ax, ay];
      pieces.push(piece);
    }
    piece.push(x + (x2 - x) * to, y + (y2 - y) * to);
    if (to < 1) piece = [];
  }
  return pieces.map((p) => Float32Array.from(p));
}

/** From and to where (0 to 1) the way from x,y by dx,dy is in the rectangle; null for nowhere. */
function within(x: number, y: number, dx: number, dy: number, rect: Rect): [number, number] | null {
  let [from, to] = [0, 1];
  for (const [d, room] of [[-dx, x - rect.left], [dx, rect.right - x], [-dy, y - rect.top], [dy, rect.bottom - y]] as const) {
    if (d === 0) {
      if (room < 0) return null;
      continue;
    }
    const t = room / d;
    if (d < 0) from = Math.max(from, t);
    else to = Math.min(to, t);
  }
  return from < to ? [from, to] : null;
}

function moved(path: Float32Array, left: number, top: number): Float32Array {
  return path.map((v, i) => v * TILE_SIZE + (i % 2 === 0 ? left : top));
}

function boundsOf(paths: readonly Float32Array[], within: Rect): Rect {
  const b = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      b.left = Math.min(b.left, path[i]!);
      b.right = Math.max(b.right, path[i]!);
      b.top = Math.min(b.top, path[i + 1]!);
      b.bottom = Math.max(b.bottom, path[i + 1]!);
    }
  }
  return {
    left: Math.max(b.left, within.left), top: Math.max(b.top, within.top),
    right: Math.min(b.right, within.right), bottom: Math.min(b.bottom, within.bottom),
  };
}

function union(a: Rect, b: Rect): Rect {
  return {
    left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom),
  };
}

const sizeOf = ({ bounds: b }: DrawnShape): number => (b.right - b.left) * (b.bottom - b.top);

/** Lays out tiles on a canvas whose corner has these world pixels. */
export function layOut(placed: readonly Placed[], area: Rect): Layout {
  const marks: DrawnMark[] = [];
  const shapes = new Map<string, DrawnShape>();
  for (const { at, tile } of placed) {
    const left = at.x * TILE_SIZE - area.left;
    const top = at.y * TILE_SIZE - area.top;
    for (const mark of tile.marks) marks.push({ mark, x: left + mark.x * TILE_SIZE, y: top + mark.y * TILE_SIZE, r: radiusOf(mark) });
    const rect: Rect = { left, top, right: left + TILE_SIZE, bottom: top + TILE_SIZE };
    const copy = Math.floor(at.x / 2 ** at.z);
    for (const shape of tile.shapes) {
      const whole = shape.paths.map((p) => moved(p, left, top));
      const paths = shape.type === 'line' ? whole.flatMap((p) => clipLine(p, rect)) : whole;
      if (paths.length === 0) continue;
      const bounds = boundsOf(paths, rect);
      if (bounds.left > bounds.right || bounds.top > bounds.bottom) continue; // all of it is in the buffer
      const key = `${shape.key} ${copy}`;
      const known = shapes.get(key);
      if (known) {
        known.parts.push({ rect, paths });
        known.bounds = union(known.bounds, bounds);
      } else {
        shapes.set(key, { shape, parts: [{ rect, paths }], bounds });
      }
    }
  }
  const world = placed[0] ? TILE_SIZE * 2 ** placed[0].at.z : TILE_SIZE;
  const frame = { left: area.left, top: area.top, world };
  return {
    ...frame,
    marks: merged(marks, frame).sort((a, b) => b.r - a.r || a.y - b.y || a.x - b.x),
    shapes: [...shapes.values()].sort((a, b) => sizeOf(b) - sizeOf(a)),
  };
}
