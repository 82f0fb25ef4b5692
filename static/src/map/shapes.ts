// Draws lines with the band that they may lie in, and areas by a hatch: each type
// of event has its own angle, so that two can be told apart without colour.

import { EVENT_TYPES } from '../eventtypes';
import type { DrawnShape, Layout } from './layout';
import type { Style } from './draw';
import { pixels } from './symbols';

const SPACING = 9; // pixels between the lines of a hatch
const BAND = 14; // pixels, the narrowest band around a line
const ANGLES: Readonly<Record<string, number>> = {
  explosion: 45, battle: 135, civilians: 90, protest: 0, riot: 20, strategic: 160, casualties: 70,
};
const OTHER_ANGLE = 110;

type Context = CanvasRenderingContext2D;

/** The angle of the type's hatch, in degrees from upright. */
export function hatchAngle(kind: number): number {
  return ANGLES[EVENT_TYPES[kind]?.type ?? ''] ?? OTHER_ANGLE;
}

/** Hatches for the canvas; made once for a colour. */
export class Hatches {
  private readonly tiles = new Map<string, HTMLCanvasElement>();

  private tile(colour: string, ratio: number): HTMLCanvasElement {
    const key = `${colour} ${ratio}`;
    let tile = this.tiles.get(key);
    if (!tile) {
      if (this.tiles.size > 40) this.tiles.clear();
      tile = document.createElement('canvas');
      tile.width = tile.height = Math.round(SPACING * ratio);
      const c = tile.getContext('2d')!;
      c.fillStyle = colour;
      c.globalAlpha = 0.1;
      c.fillRect(0, 0, tile.width, tile.height);
      c.globalAlpha = 0.6;
      c.fillRect(0, 0, Math.max(1, Math.round(1.5 * ratio)), tile.height);
      this.tiles.set(key, tile);
    }
    return tile;
  }

  /** A hatch that keeps its place in the world when the canvas moves. */
  pattern(c: Context, kind: number, colour: string, layout: Layout): CanvasPattern {
    const ratio = c.getTransform().a;
    const tile = this.tile(colour, ratio);
    const pattern = c.createPattern(tile, 'repeat')!;
    const angle = hatchAngle(kind);
    const [nx, ny] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    const phase = (layout.left * nx + layout.top * ny) % SPACING;
    const scale = SPACING / tile.width;
    pattern.setTransform(new DOMMatrix().translate(-phase * nx, -phase * ny).rotate(angle).scale(scale, scale));
    return pattern;
  }
}

function trace(path: Path2D, points: Float32Array): void {
  path.moveTo(points[0]!, points[1]!);
  for (let i = 2; i < points.length; i += 2) path.lineTo(points[i]!, points[i + 1]!);
}

function colourOf({ shape }: DrawnShape, { palette, neutral }: Style): string {
  return neutral || shape.feature?.role === 'setting' ? palette.neutral : palette.kinds[shape.top]!;
}

/** Whether all that is known to be there is below the confidence that makes marks hollow. */
function isHollow({ shape }: DrawnShape, { hollow }: Style): boolean {
  return shape.surest < hollow;
}

/** Dashes that are short enough for a small area to keep its outline. */
function dashes({ bounds: b }: DrawnShape): [number, number] {
  const dash = Math.max(2, Math.min(6, Math.max(b.right - b.left, b.bottom - b.top) / 12));
  return [dash, dash / 1.5];
}

/** Each part is clipped to its tile, where the next one goes on. */
function drawArea(c: Context, drawn: DrawnShape, layout: Layout, style: Style, hatches: Hatches): void {
  const colour = colourOf(drawn, style);
  for (const { rect, paths } of drawn.parts) {
    const path = new Path2D();
    for (const ring of paths) {
      trace(path, ring);
      path.closePath();
    }
    c.save();
    c.beginPath();
    c.rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
    c.clip();
    if (!isHollow(drawn, style)) {
      c.fillStyle = hatches.pattern(c, drawn.shape.top, colour, layout);
      c.fill(path, 'evenodd');
    }
    c.lineWidth = 1.5;
    c.strokeStyle = colour;
    if (drawn.shape.disputed) c.setLineDash(dashes(drawn));
    c.stroke(path);
    c.restore();
  }
}

/** The width of the band around a line: as uncertain as it is, in pixels. */
export function bandWidth({ shape, bounds }: DrawnShape, layout: Layout): number {
  const y = (layout.top + (bounds.top + bounds.bottom) / 2) / layout.world;
  return Math.max(BAND, 2 * pixels(shape.uncertainty, y, layout.world));
}

function drawLine(c: Context, drawn: DrawnShape, layout: Layout, style: Style): void {
  const path = new Path2D();
  for (const { paths } of drawn.parts) for (const piece of paths) trace(path, piece);
  c.lineJoin = 'round';
  c.lineCap = 'butt'; // pieces of two tiles meet
  c.strokeStyle = colourOf(drawn, style);
  c.globalAlpha = 0.2;
  c.lineWidth = bandWidth(drawn, layout);
  c.stroke(path);
  c.globalAlpha = 1;
  c.strokeStyle = style.palette.paper;
  c.lineWidth = 6;
  c.stroke(path);
  c.strokeStyle = colourOf(drawn, style);
  c.lineWidth = 4;
  c.stroke(path);
  if (!isHollow(drawn, style)) return;
  c.strokeStyle = style.palette.paper;
  c.lineWidth = 2;
  c.stroke(path);
}

/** Draws areas, the largest first, and lines above them. */
export function drawShapes(c: Context, layout: Layout, style: Style, hatches: Hatches): void {
  for (const drawn of layout.shapes) if (drawn.shape.type === 'area') drawArea(c, drawn, layout, style, hatches);
  for (const drawn of layout.shapes) if (drawn.shape.type === 'line') drawLine(c, drawn, layout, style);
}
