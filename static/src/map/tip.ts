// The words for a mark: what the pointer is on, and what the map shows in all.

import { el, foreign } from '../dom';
import { badge } from '../eventtypes';
import { spanInWords } from '../days';
import { count } from '../words';
import type { Feature, Mark, Shape } from './decode';
import type { Rect } from './grid';
import type { Hit } from './hits';
import { plain } from './labels';
import type { DrawnMark, Layout } from './layout';
import { KINDS } from './symbols';

const TYPES = 4; // shown singly; the rest is summed up
const NAME = 80; // characters

/** What is counted: "1 event", "3 mentions". */
export type Noun = 'event' | 'mention';

function where(f: Feature): string {
  const off = f.uncertainty >= 1000 ? `within about ${Math.round(f.uncertainty / 1000).toLocaleString('en')} km` : '';
  if (f.wherePrec === 2) return off || 'near here, within about 25 km';
  return off;
}

/** A confidence, and whether it is below the limit that the user has set; upTo: the highest of several. */
function sureness(confidence: number, hollow: number, upTo = false): string {
  return `confidence ${upTo ? 'up to ' : ''}${Math.round(confidence * 100)} %${confidence < hollow ? ' (low)' : ''}`;
}

function featureLines(f: Feature, noun: Noun, hollow: number, place: string): HTMLElement[] {
  const kind = KINDS[f.kind]!;
  const low = f.confidence < hollow;
  const what = f.role === 'setting' ? 'Where it is set, not where it happened' : kind.label;
  const title = el('p', { class: 'tip-type' }, f.role === 'setting' ? '' : badge(kind, { size: 14, hollow: low }), what);
  const days = f.from || f.to ? spanInWords({ from: f.from, to: f.to }) : 'day not known';
  const told = noun === 'event' ? `${count(f.mentions, 'report')} in ${count(f.articles, 'article')}, ` : '';
  const lines = [place || where(f), days, told + sureness(f.confidence, hollow)];
  return [title, ...lines.filter((l) => l !== '').map((l) => el('p', {}, l))];
}

/** How sure the surest of n is, where the user has set a limit. */
function surestLine(surest: number, n: number, hollow: number): HTMLElement[] {
  return hollow === 0 ? [] : [el('p', {}, sureness(surest, hollow, n > 1))];
}

function shareLines(shares: readonly number[], low: boolean): HTMLElement {
  const order = shares.map((n, i) => ({ n, i })).filter(({ n }) => n > 0).sort((a, b) => b.n - a.n);
  const rows = order.slice(0, order.length === TYPES + 1 ? TYPES + 1 : TYPES).map(({ n, i }) =>
    el('li', {}, badge(KINDS[i]!, { size: 14, hollow: low }), `${KINDS[i]!.label} `, el('span', { class: 'tip-count' }, n.toLocaleString('en'))),
  );
  const rest = order.slice(rows.length);
  if (rest.length > 0) {
    rows.push(el('li', { class: 'tip-rest' }, `${rest.length} other types `, el('span', { class: 'tip-count' }, rest.reduce((sum, { n }) => sum + n, 0).toLocaleString('en'))));
  }
  return el('ul', {}, ...rows);
}

function markLines(mark: Mark, noun: Noun, hollow: number): [label: string, HTMLElement[]] {
  if (mark.type === 'single') return [mark.feature.label, featureLines(mark.feature, noun, hollow, '')];
  const around = mark.places > 1 ? ` at ${count(mark.places, 'place')} around` : '';
  const lines = [
    el('p', {}, count(mark.count, noun) + around),
    shareLines(mark.shares, mark.surest < hollow),
    ...surestLine(mark.surest, mark.count, hollow),
  ];
  if (mark.vague === mark.count) lines.push(el('p', {}, 'Known only to an area or a line, too small to draw here'));
  else if (mark.vague > 0) lines.push(el('p', {}, `${mark.vague.toLocaleString('en')} of them known only to an area or a line`));
  return [mark.label, lines];
}

function shapeLines(shape: Shape, noun: Noun, hollow: number): [label: string, HTMLElement[]] {
  const place = shape.type === 'line' ? 'Somewhere along this line' : 'Somewhere in this area';
  if (shape.feature) return [shape.label, featureLines(shape.feature, noun, hollow, place)];
  const lines = [
    el('p', {}, count(shape.count, noun)),
    shareLines(shape.shares, shape.surest < hollow),
    el('p', {}, place),
    ...surestLine(shape.surest, shape.count, hollow),
  ];
  return [shape.label, lines];
}

/** A card beside the pointer; the list says the same to those who have none. */
export class Tip {
  private readonly root = el('div', { class: 'map-tip', 'aria-hidden': 'true', hidden: true });
  private shown: Hit | null = null;

  constructor(private readonly container: HTMLElement) {
    container.append(this.root);
  }

  /** Shows what was hit, at a point of the container; null hides it. */
  show(hit: Hit | null, x: number, y: number, noun: Noun, hollow: number): void {
    if (hit !== this.shown) {
      this.shown = hit;
      this.root.hidden = hit === null;
      if (hit) {
        const [label, lines] = 'mark' in hit ? markLines(hit.mark, noun, hollow) : shapeLines(hit.shape, noun, hollow);
        const name = plain(label, NAME);
        this.root.replaceChildren(...(name ? [el('p', { class: 'tip-name' }, foreign(name))] : []), ...lines);
      }
    }
    if (hit) this.move(x, y);
  }

  /** Beside the point, on the side that has room. */
  private move(x: number, y: number): void {
    const { clientWidth, clientHeight } = this.container;
    const { offsetWidth, offsetHeight } = this.root;
    const left = x + 16 + offsetWidth > clientWidth ? x - 16 - offsetWidth : x + 16;
    const top = Math.min(y + 12, clientHeight - offsetHeight - 4);
    this.root.style.transform = `translate(${Math.max(4, Math.round(left))}px, ${Math.max(4, Math.round(top))}px)`;
  }
}

const inView = (b: Rect, v: Rect): boolean => b.left < v.right && b.right > v.left && b.top < v.bottom && b.bottom > v.top;

/** What is to be seen, for those who don't see it: "23 groups of 1,204 events, 41 single events, 2 areas". */
export function summary(layout: Layout, view: Rect, noun: Noun): string {
  // On a wide map a mark can be seen on two copies of the world.
  const seen = new Map<string, DrawnMark>();
  for (const m of layout.marks) {
    if (!inView({ left: m.x, right: m.x, top: m.y, bottom: m.y }, view)) continue;
    const east = (layout.left + m.x) / layout.world;
    seen.set(`${(east - Math.floor(east)).toFixed(7)} ${m.y}`, m);
  }
  const marks = [...seen.values()];
  const groups = marks.flatMap(({ mark }) => (mark.type === 'group' ? [mark] : []));
  const shapes = [...new Map(layout.shapes.filter((s) => inView(s.bounds, view)).map((s) => [s.shape.key, s])).values()];
  const lines = shapes.filter((s) => s.shape.type === 'line').length;
  const grouped = groups.reduce((sum, g) => sum + g.count, 0);
  const parts = [
    groups.length > 0 && `${count(groups.length, 'group')} of ${count(grouped, noun)}`,
    marks.length > groups.length && count(marks.length - groups.length, `single ${noun}`),
    lines > 0 && count(lines, 'line'),
    shapes.length > lines && count(shapes.length - lines, 'area'),
  ].filter((s) => s !== false);
  return parts.length > 0 ? `The map shows ${parts.join(', ')}.` : `The map shows no ${noun}s here.`;
}
