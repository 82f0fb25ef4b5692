// What is under the pointer. Marks come before lines and lines before areas; of
// two marks the one drawn above, or the nearer one where it is beside both.

import type { Rect } from './grid';
import type { DrawnMark, DrawnShape, Layout } from './layout';
import { bandWidth } from './shapes';

const REACH = 12; // pixels: no mark is harder to hit than a disc of this radius
const LINE_REACH = 8;

export type Hit = DrawnMark | DrawnShape;

function hitMark(marks: readonly DrawnMark[], x: number, y: number): DrawnMark | null {
  let nearest: DrawnMark | null = null;
  let least = Infinity;
  for (let i = marks.length - 1; i >= 0; i--) {
    const m = marks[i]!;
    const far = Math.hypot(m.x - x, m.y - y);
    if (far <= m.r) return m;
    if (far <= REACH && far < least) [nearest, least] = [m, far];
  }
  return nearest;
}

/** The distance from the path, a line of x and y in turn. */
export function distance(path: Float32Array, x: number, y: number): number {
  let least = Infinity;
  for (let i = 2; i < path.length; i += 2) {
    const [ax, ay] = [path[i - 2]!, path[i - 1]!];
    const [dx, dy] = [path[i]! - ax, path[i + 1]! - ay];
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
    least = Math.min(least, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return least;
}

/** Where the rings cross a level: the x of each edge, from left to right. */
export function crossings(rings: readonly Float32Array[], y: number): number[] {
  const at: number[] = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!];
      if (ay > y !== by > y) at.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    }
  }
  return at.sort((a, b) => a - b);
}

function inRect({ left, top, right, bottom }: Rect, x: number, y: number): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

/** Whether the point is in the area. */
export function inArea({ parts }: DrawnShape, x: number, y: number): boolean {
  return parts.some(({ rect, paths }) => inRect(rect, x, y) && crossings(paths, y).filter((at) => at > x).length % 2 === 1);
}

/** Whether the area fills the view: then it is the ground, and a click on it would mean anything. */
function fills(area: DrawnShape, view: Rect): boolean {
  const [right, bottom] = [view.right - 1, view.bottom - 1];
  return [[view.left, view.top], [right, view.top], [view.left, bottom], [right, bottom]].every(([x, y]) => inArea(area, x!, y!));
}

function hitShape(layout: Layout, x: number, y: number, view: Rect): DrawnShape | null {
  let line: DrawnShape | null = null;
  let least = Infinity;
  for (const drawn of layout.shapes) {
    if (drawn.shape.type !== 'line') continue;
    const far = Math.min(...drawn.parts.flatMap((p) => p.paths.map((path) => distance(path, x, y))));
    if (far <= Math.max(LINE_REACH, Math.min(20, bandWidth(drawn, layout) / 2)) && far < least) [line, least] = [drawn, far];
  }
  if (line) return line;
  const areas = layout.shapes.filter((s) => s.shape.type === 'area');
  // The smallest come last.
  return areas.reverse().find((area) => inArea(area, x, y) && !fills(area, view)) ?? null;
}

/** What is at a point of the canvas; view is what is to be seen of it. */
export function hit(layout: Layout, x: number, y: number, view: Rect): Hit | null {
  return hitMark(layout.marks, x, y) ?? hitShape(layout, x, y, view);
}
