// Who talks about whom: quiet lines between capitals, in a layer of their own.
// What a government says is no event at its capital and never gets a mark there.
// While the switch is off nothing is fetched or drawn. The legend has the same as
// a list.

import * as L from 'leaflet';
import { el, foreign, onScheme } from '../dom';
import type { Page } from '../part';
import { sameFilters, type Filters, type PageState } from '../state';
import { overlap, WORLD, worldX, worldY, type WorldBox } from './atlas';
import { byWeight, measureIn, writeLabels, type Label, type PlacedLabel } from './labelling';
import { boxOf, curve, distance, tapered, widthOf, type Point } from './curves';
import { Painted, type Piece } from './painted';
import { fetchRelations, weightInWords, type Relation } from './relations';

const REACH = 6; // pixels from a line at which the pointer is on it
const DEBOUNCE_MS = 250; // marks and list come first

interface Drawn {
  relation: Relation;
  points: Point[];
  box: WorldBox;
  width: number;
}

/** What the layer has to say: that it loads, what it has, or that it failed. */
export type Relations = { state: 'off' | 'loading' | 'error' } | { state: 'ready'; list: readonly Relation[] };

export class ActorLines {
  /** Told of every change of what there is to show. */
  onRelations: (relations: Relations) => void = () => {};

  private filters: Filters | null = null;
  private drawn: Drawn[] = [];
  private ends: Label[] = [];
  private readonly labels = new Map<number, PlacedLabel[]>(); // by zoom
  private hot: Relation | null = null;
  private under = new AbortController();
  private readonly layer: Painted;
  private readonly tip = L.tooltip({ className: 'actor-tip', direction: 'top', offset: [0, -6] });

  constructor(
    private readonly map: L.Map,
    private readonly page: Page,
  ) {
    this.layer = new Painted('actors', (piece) => this.paint(piece));
    onScheme(() => this.layer.repaint());
  }

  /** Shows the state's lines; why the page asks does not matter but where it is the same data again. */
  show(state: PageState, again = false): void {
    if (!state.actors) {
      if (this.filters) this.off();
      return;
    }
    if (this.filters && sameFilters(this.filters, state.filters) && !again) return;
    const first = this.filters === null;
    this.filters = state.filters;
    this.under.abort();
    this.under = new AbortController();
    if (first) this.on();
    void this.load(state.filters, this.under.signal, first ? 0 : DEBOUNCE_MS);
  }

  private on(): void {
    this.layer.addTo(this.map);
    this.map.on('mousemove', this.pointed, this).on('mouseout movestart', this.left, this).on('click', this.clicked, this);
  }

  private off(): void {
    this.filters = null;
    this.under.abort();
    this.left();
    this.map.off('mousemove', this.pointed, this).off('mouseout movestart', this.left, this).off('click', this.clicked, this);
    this.layer.remove();
    this.drawn = [];
    this.onRelations({ state: 'off' });
  }

  private async load(filters: Filters, signal: AbortSignal, wait: number): Promise<void> {
    this.onRelations({ state: 'loading' });
    try {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (signal.aborted) return;
      const list = await fetchRelations(filters, signal);
      this.draw(list);
      this.onRelations({ state: 'ready', list });
    } catch {
      if (signal.aborted) return;
      this.draw([]); // lines of other filters would be untrue
      this.onRelations({ state: 'error' });
    }
  }

  private draw(list: readonly Relation[]): void {
    this.drawn = list.flatMap((relation) => {
      if (!relation.ends) return [];
      const points = curve(...relation.ends);
      return [{ relation, points, box: boxOf(points), width: widthOf(relation.sentences) }];
    });
    this.ends = endsOf(list);
    this.labels.clear();
    this.layer.repaint();
  }

  /** Codes of the countries that the lines' ends are labelled with. */
  labelled(): Set<string> {
    return new Set(this.drawn.flatMap(({ relation }) => [relation.from, relation.to]));
  }

  /** Shows one of the lines before the others; null for none. */
  highlight(relation: Relation | null): void {
    if (this.hot === relation) return;
    this.hot = relation;
    this.layer.repaint();
  }

  private paint(piece: Piece): void {
    if (this.drawn.length === 0) return;
    const { ctx } = piece;
    const css = getComputedStyle(document.documentElement);
    const colour = css.getPropertyValue('--actor').trim();
    ctx.fillStyle = colour;
    piece.toWorld();
    // The weightiest lie below, where the thin ones can be seen on them.
    for (const line of this.drawn) {
      ctx.globalAlpha = this.hot === null ? 0.5 : 0.18;
      if (line.relation !== this.hot) paintLine(piece, line);
    }
    ctx.globalAlpha = 0.95;
    for (const line of this.drawn) if (line.relation === this.hot) paintLine(piece, line);
    ctx.globalAlpha = 1;
    piece.toPixels();
    let labels = this.labels.get(piece.zoom);
    if (!labels) this.labels.set(piece.zoom, (labels = byWeight(this.ends, piece.zoom, measureIn(ctx))));
    writeLabels(piece, labels, colour, css.getPropertyValue('--label-halo').trim());
  }

  private at(latlng: L.LatLng): Drawn | null {
    const zoom = this.map.getZoom();
    const scale = 2 ** zoom;
    const { x, y } = this.map.project(latlng, zoom);
    let best: Drawn | null = null;
    let nearest = REACH;
    for (const line of this.drawn) {
      for (const shift of [-WORLD, 0, WORLD]) {
        const d = distance([x / scale + shift, y / scale], line.points) * scale - line.width / 4;
        if (d < nearest) [nearest, best] = [d, line];
      }
    }
    return best;
  }

  /** Marks lie above the lines and take the pointer first. */
  private taken(e: L.LeafletMouseEvent): boolean {
    const { target } = e.originalEvent;
    if (target instanceof Element && target.closest('.leaflet-control')) return true;
    return this.map.getContainer().classList.contains('is-on-mark');
  }

  private pointed(e: L.LeafletMouseEvent): void {
    const line = this.taken(e) ? null : this.at(e.latlng);
    this.map.getContainer().classList.toggle('is-on-line', line !== null);
    if (!line) return this.left();
    if (this.hot !== line.relation) this.tip.setContent(tipOf(line.relation));
    this.highlight(line.relation);
    this.tip.setLatLng(e.latlng);
    if (!this.map.hasLayer(this.tip)) this.tip.addTo(this.map);
  }

  private left(): void {
    this.map.getContainer().classList.remove('is-on-line');
    this.tip.remove();
    this.highlight(null);
  }

  private clicked(e: L.LeafletMouseEvent): void {
    const line = this.taken(e) ? null : this.at(e.latlng);
    if (line?.relation.example) this.page.update({ article: line.relation.example, event: '' });
  }
}

function paintLine({ ctx, box, scale }: Piece, { points, box: own, width }: Drawn): void {
  const outline = tapered(points, width / scale, 1.2 / scale);
  for (const shift of [-WORLD, 0, WORLD]) {
    if (!overlap([own[0] + shift, own[1], own[2] + shift, own[3]], grown(box, width / scale))) continue;
    ctx.beginPath();
    outline.forEach(([x, y], i) => (i === 0 ? ctx.moveTo(x + shift, y) : ctx.lineTo(x + shift, y)));
    ctx.closePath();
    ctx.fill();
    const [x, y] = points[0]!;
    ctx.beginPath();
    ctx.arc(x + shift, y, width / 2 / scale, 0, 2 * Math.PI);
    ctx.fill();
  }
}

function grown([w, n, e, s]: WorldBox, by: number): WorldBox {
  return [w - by, n - by, e + by, s + by];
}

function tipOf(relation: Relation): HTMLElement {
  return el('span', {}, foreign(relation.fromLabel), ' on ', foreign(relation.toLabel), `: ${weightInWords(relation)}`);
}

/** The countries at the lines' ends, the most talked of and talking first, each beside its capital. */
function endsOf(list: readonly Relation[]): Label[] {
  const ends = new Map<string, Label>();
  for (const { ends: line, from, to, fromLabel, toLabel, sentences } of list) {
    if (!line) continue;
    for (const [code, name, [lon, lat]] of [[from, fromLabel, line[0]], [to, toLabel, line[1]]] as const) {
      const label = ends.get(code) ?? { lines: [name.slice(0, 40)], x: worldX(lon), y: worldY(lat), size: 12, weight: 0, below: 12 };
      label.weight += sentences;
      ends.set(code, label);
    }
  }
  return [...ends.values()];
}
