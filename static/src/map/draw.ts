// Draws marks: single events by their type's symbol, several as a disc with the
// shares of the types around it.

import type { Feature, Group, Single } from './decode';
import type { DrawnMark, Layout } from './layout';
import type { Palette } from './palette';
import { abbreviate, KINDS, pixels } from './symbols';

export interface Style {
  palette: Palette;
  /** Marks below this confidence are hollow. */
  hollow: number;
  /** Mentions of where something is set: no kind of event has its colour. */
  neutral: boolean;
}

const NEAR = 2; // UCDP's where_prec: within about 25 km of the place
const NEAR_M = 25_000;
const LARGEST_RING = 2000; // pixels; a larger one is not to be seen as a ring
const SMALL_RING = 40; // pixels
const FEW_RINGS = 12; // larger ones on the whole canvas
const NEAR_ROOM = 4; // pixels between a symbol and the ring that says that it is only near
const TURN = 2 * Math.PI;

/** Symbols of radius 1 around 0,0. */
const symbols = new WeakMap<object, Path2D>();

function symbol(kind: number): Path2D {
  const type = KINDS[kind]!;
  let path = symbols.get(type);
  if (!path) symbols.set(type, (path = new Path2D(type.path)));
  return path;
}

type Context = CanvasRenderingContext2D;

function disc(c: Context, x: number, y: number, r: number): void {
  c.beginPath();
  c.arc(x, y, r, 0, TURN);
}

/** How far around its position a feature may be. Metres, 0 for right there. */
export function reach(f: Feature): number {
  return f.uncertainty || (f.wherePrec === NEAR ? NEAR_M : 0);
}

interface Reach {
  x: number;
  y: number;
  r: number;
  colour: string;
}

/** How far around the mark its features may be, as far as that is larger than the mark. */
function reaches({ mark, x, y, r }: DrawnMark, layout: Layout, style: Style): Reach[] {
  const features = mark.type === 'single' ? [mark.feature] : mark.features;
  const seen = new Map<number, Reach>();
  for (const f of features) {
    const size = pixels(reach(f), (layout.top + y) / layout.world, layout.world);
    if (size > r + NEAR_ROOM && size < LARGEST_RING) seen.set(size, { x, y, r: size, colour: colourOf(f, style) });
  }
  return [...seen.values()];
}

/**
 * Dashed rings. What is only near its place always has one close around its
 * symbol; the rings of their true size are drawn where they are small or few:
 * dozens that cross say nothing. The mark under the pointer shows its own.
 */
function drawRings(c: Context, layout: Layout, style: Style): void {
  c.setLineDash([3, 3]);
  c.lineWidth = 1.5;
  for (const { mark, x, y, r } of layout.marks) {
    const near = (mark.type === 'single' ? [mark.feature] : mark.features).find((f) => f.wherePrec === NEAR);
    if (!near) continue;
    disc(c, x, y, r + NEAR_ROOM);
    c.strokeStyle = colourOf(near, style);
    c.stroke();
  }
  c.setLineDash([4, 4]);
  c.lineWidth = 1;
  const rings = layout.marks.flatMap((m) => reaches(m, layout, style));
  const few = rings.filter((ring) => ring.r > SMALL_RING).length <= FEW_RINGS;
  for (const { x, y, r, colour } of rings) {
    if (r > SMALL_RING && !few) continue;
    disc(c, x, y, r);
    c.strokeStyle = colour;
    c.stroke();
  }
  c.setLineDash([]);
}

function colourOf(f: Feature, { palette, neutral }: Style): string {
  return neutral || f.role === 'setting' ? palette.neutral : palette.kinds[f.kind]!;
}

/** A symbol with a thin dark line and a pale one around it. */
function drawSymbol(c: Context, kind: number, x: number, y: number, r: number, colour: string, hollow: boolean, palette: Palette): void {
  const path = symbol(kind);
  c.save();
  c.translate(x, y);
  c.scale(r, r);
  c.lineJoin = 'round';
  c.strokeStyle = palette.paper;
  c.lineWidth = 4 / r;
  c.stroke(path);
  c.strokeStyle = palette.outline;
  c.lineWidth = 1.5 / r;
  c.stroke(path);
  c.fillStyle = hollow ? palette.paper : colour;
  c.fill(path);
  if (hollow) {
    c.clip(path); // the line stays within the symbol
    c.strokeStyle = colour;
    c.lineWidth = Math.min(4.5 / r, 0.55); // a small one has a hole, too
    c.stroke(path);
  }
  c.restore();
}

/** A mention of where an event is set, not of where something happened. */
function drawSetting(c: Context, x: number, y: number, r: number, palette: Palette): void {
  disc(c, x, y, r);
  c.fillStyle = palette.paper;
  c.fill();
  c.lineWidth = 2;
  c.strokeStyle = palette.neutral;
  c.stroke();
}

function drawSingle(c: Context, { feature }: Single, { x, y, r }: DrawnMark, style: Style): void {
  if (feature.role === 'setting') drawSetting(c, x, y, r, style.palette);
  else drawSymbol(c, feature.kind, x, y, r, colourOf(feature, style), feature.confidence < style.hollow, style.palette);
}

const RING = 4; // width of the ring of shares
const HOLLOW_RING = 2; // of a hollow group

function drawShares(c: Context, { shares, count }: Group, x: number, y: number, r: number, width: number, palette: Palette): void {
  c.lineWidth = width;
  let from = -TURN / 4;
  shares.forEach((n, i) => {
    if (n === 0) return;
    const to = from + (TURN * n) / count;
    c.beginPath();
    c.arc(x, y, r - width / 2, from, to);
    c.strokeStyle = palette.kinds[i]!;
    c.stroke();
    from = to;
  });
}

function drawGroup(c: Context, mark: Group, { x, y, r }: DrawnMark, style: Style): void {
  const { palette, neutral } = style;
  const hollow = mark.surest < style.hollow;
  const ring = hollow ? HOLLOW_RING : RING;
  const settings = neutral || (mark.features.length > 0 && mark.features.every((f) => f.role === 'setting'));
  disc(c, x, y, r + 1.5);
  c.fillStyle = palette.paper;
  c.fill();
  if (mark.vague === mark.count) c.setLineDash([4, 3]); // nothing in it has an exact place
  if (settings) {
    disc(c, x, y, r - RING / 2);
    c.lineWidth = 2;
    c.strokeStyle = palette.neutral;
    c.stroke();
  } else {
    drawShares(c, mark, x, y, r, ring, palette);
  }
  c.setLineDash([]);
  c.lineWidth = 0.75;
  c.strokeStyle = palette.outline;
  for (const edge of mark.vague === mark.count ? [r - ring] : hollow ? [r] : [r, r - ring]) {
    disc(c, x, y, edge);
    c.stroke();
  }
  c.fillStyle = palette.text;
  c.font = `600 ${r < 13 ? 10 : 11}px ${palette.font}`;
  c.fillText(abbreviate(mark.count), x, y + (r < 16 && !settings ? 1.5 : 0.5));
  if (!settings) drawSymbol(c, mark.top, x, y - r - 1.5, r < 16 ? 4.5 : 5, palette.kinds[mark.top]!, hollow, palette);
}

/** Draws the marks of the layout; the rings of uncertainty lie below all of them. */
export function drawMarks(c: Context, layout: Layout, style: Style): void {
  drawRings(c, layout, style);
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  for (const m of layout.marks) {
    if (m.mark.type === 'single') drawSingle(c, m.mark, m, style);
    else drawGroup(c, m.mark, m, style);
  }
}
