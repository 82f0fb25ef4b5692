// Names beside marks. Each tries a few sides and takes the first where it covers
// neither a mark nor another name; one that finds none is left out, and those
// with fewest reports are tried last.

import type { Style } from './draw';
import type { Rect } from './grid';
import { crossings } from './hits';
import type { DrawnMark, DrawnShape, Layout } from './layout';
import { abbreviate } from './symbols';

const MOST = 40;
const NAMED_WORLD = 256 * 2 ** 6; // pixels: from here on a group's places lie close together
const LONGEST = 30; // characters
const HEIGHT = 15; // pixels of a line
const GAP = 6; // pixels from a mark, with room for the ring around a chosen one
const RING_ROOM = 5; // for the ring of what is only near
const LEVELS = 12; // at which room is looked for in an area
const BAR = 36; // width of the bar of shares below the name of an area

interface Point {
  x: number;
  y: number;
}

export interface Name {
  text: string;
  x: number;
  y: number;
  /** Pixels that it keeps from its point; 0 for a name in the middle of an area. */
  r: number;
  weight: number;
  /** The area that it names, for its shares, and where in it there is room. */
  area: DrawnShape | null;
  rooms?: readonly Point[];
}

export interface PlacedName {
  name: Name;
  left: number;
  /** The middle of the line. */
  y: number;
  width: number;
}

// Control characters, and the marks that could turn the words around them.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** A name of at most so many characters that a canvas can show: no line breaks, nothing that turns text around. */
export function plain(name: string, longest = LONGEST): string {
  // Cut first by code units: nobody reads on through a name of 10,000.
  const all = Array.from(name.slice(0, 8 * longest).replace(/[\t\n\r]+/g, ' ').replace(UNSEEN, ''));
  const text = all.length > longest ? all.slice(0, longest - 1).join('').trimEnd() + '…' : all.join('');
  return text.trim();
}

/** Whether the name is written from right to left, by its first letter that tells. */
export function isRightToLeft(text: string): boolean {
  const first = /[\p{L}]/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

const meets = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Where a name may stand, the best place first. */
function sides({ x, y, r, area, rooms }: Name, width: number): { left: number; y: number }[] {
  if (area && rooms) return rooms.map((room) => ({ left: room.x - width / 2, y: room.y }));
  const away = r + GAP;
  return [
    { left: x + away, y },
    { left: x - away - width, y },
    { left: x - width / 2, y: y + away + HEIGHT / 2 },
    { left: x - width / 2, y: y - away - HEIGHT / 2 - 3 },
  ];
}

/** What names keep clear of: marks always, what is written below them where there is another side. */
export interface Obstacles {
  hard: readonly Rect[];
  soft: readonly Rect[];
}

const contains = (a: Rect, b: Rect): boolean => b.left >= a.left && b.right <= a.right && b.top >= a.top && b.bottom <= a.bottom;

/** Finds places for names, those with most reports first; at most MOST get one. */
export function placeNames(names: readonly Name[], { hard, soft }: Obstacles, within: Rect, widthOf: (text: string) => number): PlacedName[] {
  const taken = [...hard];
  const placed: PlacedName[] = [];
  for (const name of [...names].sort((a, b) => b.weight - a.weight)) {
    if (placed.length === MOST) break;
    const width = Math.ceil(widthOf(name.text));
    const free = sides(name, width)
      .map(({ left, y }) => ({ left, y, box: { left: left - 2, top: y - HEIGHT / 2, right: left + width + 2, bottom: y + HEIGHT / 2 + (name.area ? 6 : 0) } }))
      .filter(({ box }) => contains(within, box) && !taken.some((t) => meets(t, box)));
    const best = free.find(({ box }) => !soft.some((s) => meets(s, box))) ?? free[0];
    if (!best) continue;
    taken.push(best.box);
    placed.push({ name, left: best.left, y: best.y, width });
  }
  return placed;
}

/** Where an area that is to be seen has room for a name, the widest level parts first. */
export function roomsIn({ parts, bounds }: DrawnShape, view: Rect): Point[] {
  const [top, bottom] = [Math.max(bounds.top, view.top), Math.min(bounds.bottom, view.bottom)];
  const rooms: (Point & { width: number })[] = [];
  for (let i = 1; i < LEVELS; i++) {
    const y = top + ((bottom - top) * i) / LEVELS;
    for (const [from, to] of spansAt(parts, y, view)) {
      // The middle is a little better than the edge.
      const width = (to - from) * (1 - Math.abs(i / LEVELS - 0.5));
      if (width > 24) rooms.push({ width, x: (from + to) / 2, y });
    }
  }
  return rooms.sort((a, b) => b.width - a.width).slice(0, 6);
}

/** What lies in the area at a level, joined across tiles. */
function spansAt(parts: DrawnShape['parts'], y: number, view: Rect): [number, number][] {
  const spans: [number, number][] = [];
  for (const { rect, paths } of parts) {
    if (y < rect.top || y >= rect.bottom) continue;
    const at = crossings(paths, y);
    for (let i = 1; i < at.length; i += 2) {
      const from = Math.max(at[i - 1]!, rect.left, view.left);
      const to = Math.min(at[i]!, rect.right, view.right);
      if (to > from) spans.push([from, to]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  return spans.reduce<[number, number][]>((joined, span) => {
    const last = joined.at(-1);
    if (last && span[0] <= last[1] + 1) last[1] = Math.max(last[1], span[1]);
    else joined.push([...span]);
    return joined;
  }, []);
}

/**
 * The name at a mark, with its weight; null where a name would say too much: what
 * is only near a place isn't it, and a group of places that lie far apart has no name.
 */
function nameAt({ mark, x, y, r }: DrawnMark, world: number): Name | null {
  if (mark.type === 'group' && (mark.vague === mark.count || (mark.places > 1 && world < NAMED_WORLD))) return null;
  const [first] = mark.type === 'single' ? [mark.feature] : mark.features;
  const text = plain(mark.type === 'single' ? mark.feature.label : mark.label);
  if (!text) return null;
  const weight = mark.type === 'single' ? mark.feature.mentions : mark.count;
  const near = first !== undefined && first.wherePrec !== 1;
  return { text, x, y, r: near ? r + RING_ROOM : r, weight: near ? weight / 1000 : weight, area: null };
}

/** The names that the layout has; a place that several marks are named after has it once, at the heaviest. */
export function namesOf(layout: Layout, view: Rect): Name[] {
  const atMarks = new Map<string, Name>(); // by place; two places may have one name
  const inside = (m: DrawnMark) => m.x > view.left && m.x < view.right && m.y > view.top && m.y < view.bottom;
  for (const drawn of layout.marks.filter(inside)) {
    const name = nameAt(drawn, layout.world);
    if (!name) continue;
    const { mark } = drawn;
    const place = (mark.type === 'single' ? mark.feature.placeId : mark.placeIds[0]) || name.text;
    if (name.weight > (atMarks.get(place)?.weight ?? 0)) atMarks.set(place, name);
  }
  const names = [...atMarks.values()];
  const seen = new Set<string>();
  for (const area of layout.shapes) {
    const { shape } = area;
    const label = plain(shape.label);
    const middle = shape.type === 'area' ? null : middleOf(area, view);
    const rooms = middle ? [middle] : shape.type === 'area' ? roomsIn(area, view) : [];
    if (label === '' || seen.has(`${shape.key}`) || rooms.length === 0) continue;
    seen.add(`${shape.key}`);
    const text = shape.count > 1 ? `${label} · ${abbreviate(shape.count)}` : label;
    names.push({ text, ...rooms[0]!, r: 10, weight: shape.count, area: shape.type === 'area' ? area : null, rooms });
  }
  return names;
}

/** A point of the line in the view: the middle of its longest piece there. */
function middleOf({ parts }: DrawnShape, view: Rect): Point | null {
  const seen = parts.flatMap((p) => p.paths).flatMap((path) => {
    const points: Point[] = [];
    for (let i = 0; i < path.length; i += 2) points.push({ x: path[i]!, y: path[i + 1]! });
    return points.filter(({ x, y }) => x >= view.left && x <= view.right && y >= view.top && y <= view.bottom);
  });
  return seen[Math.floor(seen.length / 2)] ?? null;
}

/** What a mark covers, with the symbol on top of a group. */
export const rectOf = ({ x, y, r }: DrawnMark): Rect => ({ left: x - r, top: y - r - 4, right: x + r, bottom: y + r });

/** Measures names, and remembers how wide they are. */
export class Names {
  private readonly widths = new Map<string, number>();

  /** Draws names beside the marks as far as there is room in the rectangle; written is what the basemap says below. */
  draw(c: CanvasRenderingContext2D, layout: Layout, within: Rect, covered: readonly Rect[], written: readonly Rect[], style: Style): void {
    const { palette } = style;
    c.font = `500 12px ${palette.font}`;
    c.textBaseline = 'middle';
    c.textAlign = 'left';
    c.lineJoin = 'round';
    const obstacles = { hard: [...layout.marks.map(rectOf), ...covered], soft: written };
    for (const placed of placeNames(namesOf(layout, within), obstacles, within, (t) => this.width(c, t))) {
      const { name, left, y, width } = placed;
      // As a whole it stands where it was placed; within it the script decides.
      c.direction = isRightToLeft(name.text) ? 'rtl' : 'ltr';
      c.strokeStyle = palette.halo;
      c.lineWidth = 3;
      c.strokeText(name.text, left, y);
      c.fillStyle = palette.label;
      c.fillText(name.text, left, y);
      if (name.area && name.area.shape.shares.filter((n) => n > 0).length > 1 && !style.neutral) drawBar(c, name.area, left + width / 2, y + HEIGHT / 2, style);
    }
    c.direction = 'ltr';
  }

  private width(c: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.widths.size > 2000) this.widths.clear();
      this.widths.set(text, (width = c.measureText(text).width));
    }
    return width;
  }
}

/** The shares of the event types of an area, below its name. */
function drawBar(c: CanvasRenderingContext2D, { shape }: DrawnShape, x: number, y: number, { palette }: Style): void {
  c.fillStyle = palette.paper;
  c.fillRect(x - BAR / 2 - 1, y - 1, BAR + 2, 6);
  let from = x - BAR / 2;
  shape.shares.forEach((n, i) => {
    const width = (BAR * n) / shape.count;
    c.fillStyle = palette.kinds[i]!;
    c.fillRect(from, y, width, 4);
    from += width;
  });
}
