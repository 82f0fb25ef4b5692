// The shape of a line between two capitals: a curve to the right of its way, so
// that there and back are two lines, wide where it begins and thin where it ends,
// which tells the direction without a head among many other heads.

import { WORLD, worldX, worldY, type WorldBox } from './atlas';

export type Point = [x: number, y: number];

const STEPS = 24;
const BOW = 0.16; // of the distance, how far the curve's middle lies beside the straight line

/** Points along the curve in world units; the shorter way around the world, which may go beyond its edge. */
export function curve(from: [lon: number, lat: number], to: [lon: number, lat: number]): Point[] {
  const [x1, y1] = [worldX(from[0]), worldY(from[1])];
  let [x2, y2] = [worldX(to[0]), worldY(to[1])];
  if (x2 - x1 > WORLD / 2) x2 -= WORLD;
  if (x1 - x2 > WORLD / 2) x2 += WORLD;
  // A quadratic curve's middle is half as far out as its control point.
  const cx = (x1 + x2) / 2 - (y2 - y1) * BOW * 2;
  const cy = (y1 + y2) / 2 + (x2 - x1) * BOW * 2;
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const t = i / STEPS;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * x1 + b * cx + c * x2, a * y1 + b * cy + c * y2];
  });
}

/** Width in pixels where a line begins: by the logarithm of its sentences. */
export function widthOf(sentences: number): number {
  return Math.min(11, 2 + 1.3 * Math.log2(1 + Math.max(0, sentences)));
}

/** The outline of a curve that is `start` wide at its beginning and `end` at its end, in the curve's units. */
export function tapered(points: readonly Point[], start: number, end: number): Point[] {
  const left: Point[] = [];
  const right: Point[] = [];
  points.forEach(([x, y], i) => {
    const [x1, y1] = points[Math.max(0, i - 1)]!;
    const [x2, y2] = points[Math.min(points.length - 1, i + 1)]!;
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const half = (start + ((end - start) * i) / (points.length - 1)) / 2;
    const [dx, dy] = [(-(y2 - y1) / length) * half, ((x2 - x1) / length) * half];
    left.push([x + dx, y + dy]);
    right.push([x - dx, y - dy]);
  });
  return [...left, ...right.reverse()];
}

export function boxOf(points: readonly Point[]): WorldBox {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** How far a point is from a curve, in its units. */
export function distance([x, y]: Point, points: readonly Point[]): number {
  let nearest = Infinity;
  for (let i = 1; i < points.length; i++) {
    const [x1, y1] = points[i - 1]!;
    const [x2, y2] = points[i]!;
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = dx || dy ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy))) : 0;
    nearest = Math.min(nearest, Math.hypot(x - x1 - along * dx, y - y1 - along * dy));
  }
  return nearest;
}
