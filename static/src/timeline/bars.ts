// Draws bars and axis on a canvas, in the colours of the style sheet.

import { el, onScheme } from '../dom';
import { className, EVENT_TYPES, OTHER } from '../eventtypes';
import { ticks } from './axis';
import type { Series } from './series';
import { lengthOf, type Span } from './span';
import { highest } from './words';

/** Pixels beside the bars, where the handles of a brush at the very ends have room. */
export const MARGIN = 26;
/** Pixels below the bars for the axis, and above for words. */
export const AXIS = 15;
export const HEAD = 15;

const LABEL_ROOM = 62; // pixels a label of the axis needs
const LEAST_BAR = 1.5; // pixels, so that a lone event can be seen

/** Days to pixels and back. A day is as wide as another; its x is its left edge. */
export class Scale {
  constructor(
    readonly window: Span,
    readonly width: number,
  ) {}

  get pixels(): number {
    return Math.max(1, this.width - 2 * MARGIN);
  }

  x(day: number): number {
    return MARGIN + ((day - this.window.from) / lengthOf(this.window)) * this.pixels;
  }

  /** The day at x, within the window. */
  day(x: number): number {
    const day = this.window.from + Math.floor(((x - MARGIN) / this.pixels) * lengthOf(this.window));
    return Math.max(this.window.from, Math.min(this.window.to, day));
  }

  days(pixels: number): number {
    return Math.round((pixels / this.pixels) * lengthOf(this.window));
  }
}

/**
 * The height of a bar in pixels: it grows with the square root, so that quiet
 * days can be seen beside the worst one.
 */
export function heightOf(total: number, most: number, pixels: number): number {
  return most > 0 && total > 0 ? Math.max(LEAST_BAR, Math.sqrt(total / most) * pixels) : 0;
}

interface Colours {
  types: string[];
  line: string;
  text: string;
  casing: string;
}

/** Reads the colours of the style sheet off elements that are out of sight. */
class Palette {
  private colours: Colours | null = null;
  private readonly probes: HTMLElement;

  constructor(root: HTMLElement, changed: () => void) {
    const types = [...EVENT_TYPES, OTHER].map((type) => el('i', { class: className(type) }));
    this.probes = el('span', { hidden: true }, ...types);
    root.append(this.probes);
    onScheme(() => {
      this.colours = null;
      changed();
    });
  }

  read(): Colours {
    const of = (element: Element, name: string) => getComputedStyle(element).getPropertyValue(name).trim();
    this.colours ??= {
      types: [...this.probes.children].map((probe) => of(probe, '--event')),
      line: of(this.probes, '--line'),
      text: of(this.probes, '--text-2'),
      casing: of(this.probes, '--paper'),
    };
    return this.colours;
  }
}

export class BarsCanvas {
  readonly canvas = el('canvas', { class: 'timeline-canvas', 'aria-hidden': 'true' });
  private readonly palette: Palette;
  private readonly font: string;

  constructor(root: HTMLElement, changed: () => void) {
    this.palette = new Palette(root, changed);
    this.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  }

  draw(series: Series | null, scale: Scale, height: number): void {
    const ratio = devicePixelRatio || 1;
    const { canvas } = this;
    const [w, h] = [Math.round(scale.width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, scale.width, height);
    const colours = this.palette.read();
    this.drawAxis(context, scale, height - AXIS, colours);
    if (series) drawBars(context, series, scale, height - AXIS, colours);
  }

  private drawAxis(context: CanvasRenderingContext2D, scale: Scale, base: number, colours: Colours): void {
    context.font = this.font;
    context.textBaseline = 'top';
    let free = 0; // where the last label ends
    for (const { day, label } of ticks(scale.window, scale.pixels, LABEL_ROOM)) {
      const x = Math.round(scale.x(day)) + 0.5;
      context.fillStyle = colours.line;
      context.fillRect(x - 0.5, HEAD, 1, base - HEAD + 4);
      const wide = context.measureText(label).width;
      const at = Math.min(x + 3, scale.width - wide - 2);
      if (at < free) continue;
      context.fillStyle = colours.text;
      context.fillText(label, at, base + 3);
      free = at + wide + 8;
    }
    context.fillStyle = colours.text;
    context.fillRect(MARGIN, base, scale.pixels, 1);
  }
}

function drawBars(context: CanvasRenderingContext2D, series: Series, scale: Scale, base: number, colours: Colours): void {
  const { window } = scale;
  const most = highest(series.bars, window)?.total ?? 0;
  context.save();
  context.beginPath();
  context.rect(MARGIN, 0, scale.pixels, base);
  context.clip();
  for (const bar of series.bars) {
    if (bar.to < window.from || bar.from > window.to) continue;
    const left = Math.round(scale.x(bar.from));
    const right = Math.round(scale.x(bar.to + 1));
    const gap = right - left >= 4 ? 1 : 0;
    const wide = Math.max(1, right - left - gap);
    const height = heightOf(bar.total, most, base - HEAD);
    let top = base;
    bar.parts.forEach((n, i) => {
      if (n === 0) return;
      const part = (n / bar.total) * height;
      context.fillStyle = colours.types[i]!;
      context.fillRect(left, top - part, wide, part);
      top -= part;
    });
  }
  context.restore();
}
