// Labels that stand still: which are shown and where depends on the zoom alone,
// so that none jumps while the map is moved.

import { WORLD } from './atlas';
import type { Piece } from './painted';

const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif';
const GAP = 6; // pixels kept between labels
const LEADING = 1.15;

/** A label to be placed. */
export interface Label {
  /** Whose it is. */
  key?: string;
  lines: string[];
  /** The middle, in world units. */
  x: number;
  y: number;
  /** CSS pixels of the type. */
  size: number;
  /** The heavier goes first. */
  weight: number;
  /** Pixels by which the label stands below its point, or above where there is no room. */
  below?: number;
}

/** A label with its middle in pixels of the whole world at a zoom. */
export interface PlacedLabel {
  key: string;
  lines: string[];
  x: number;
  y: number;
  size: number;
  width: number;
  height: number;
}

/** Width in CSS pixels of a text in type of a size. */
export type Measure = (text: string, size: number) => number;

export function measureIn(ctx: CanvasRenderingContext2D): Measure {
  return (text, size) => {
    ctx.font = `${size}px ${FONT}`;
    return ctx.measureText(text).width;
  };
}

/** How large a label is, at its place for the zoom. */
export function sized({ key = '', lines, x, y, size, below = 0 }: Label, zoom: number, measure: Measure): PlacedLabel {
  const scale = 2 ** zoom;
  const width = Math.max(...lines.map((l) => measure(l, size)));
  return { key, lines, x: x * scale, y: y * scale + below, size, width, height: lines.length * size * LEADING };
}

export function apart(a: PlacedLabel, b: PlacedLabel): boolean {
  return Math.abs(a.x - b.x) > (a.width + b.width) / 2 + GAP || Math.abs(a.y - b.y) > (a.height + b.height) / 2 + GAP / 2;
}

/** The labels that find room beside what is there, the heavier first. */
export function byWeight(labels: readonly Label[], zoom: number, measure: Measure, there: readonly PlacedLabel[] = []): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const label of [...labels].sort((a, b) => b.weight - a.weight)) {
    const below = sized(label, zoom, measure);
    const choices = label.below ? [below, { ...below, y: below.y - 2 * label.below }] : [below];
    const free = choices.find((choice) => [...there, ...placed].every((other) => apart(choice, other)));
    if (free) placed.push(free);
  }
  return placed;
}

/** Writes the labels that reach into a piece, in pixels, with a halo that parts them from what they cross. */
export function writeLabels({ ctx, zoom, left, top, side }: Piece, labels: readonly PlacedLabel[], colour: string, halo: string): void {
  const world = WORLD * 2 ** zoom;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.fillStyle = colour;
  ctx.strokeStyle = halo;
  ctx.lineWidth = 3;
  for (const { lines, x, y, size, width, height } of labels) {
    if (y + height / 2 < top || y - height / 2 > top + side) continue;
    // One at the world's edge reaches over it.
    for (const at of [x - world, x, x + world]) {
      if (at + width / 2 < left || at - width / 2 > left + side) continue;
      ctx.font = `${size}px ${FONT}`;
      lines.forEach((line, i) => {
        const point = [at - left, y - top + (i - (lines.length - 1) / 2) * size * LEADING] as const;
        ctx.strokeText(line, ...point);
        ctx.fillText(line, ...point);
      });
    }
  }
}
