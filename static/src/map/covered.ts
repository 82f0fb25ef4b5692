// Which of the names below the marks are covered by them. Half a name says nothing,
// so those are left out while the marks are there.

import type { Rect } from './grid';
import type { PlacedLabel } from './labelling';

const MOST = 0.1; // of a name's rectangle

/** A layer below the marks that writes names. */
export interface Lettering {
  /** What it writes at a zoom. */
  placed(zoom: number): readonly PlacedLabel[];
  /** Says whose names lie under marks; they keep their place, but are not written. */
  cover(keys: ReadonlySet<string>): void;
}

export interface WrittenName extends Rect {
  /** Whose name it is. */
  key: string;
}

function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Keeps for a layer which of its names are covered. */
export class Uncovered {
  private covered: ReadonlySet<string> = new Set();

  /** Whether these are others than before. */
  change(keys: ReadonlySet<string>): boolean {
    const before = this.covered;
    this.covered = keys;
    return keys.size !== before.size || [...keys].some((key) => !before.has(key));
  }

  /** Those labels that are not covered. */
  of(labels: readonly PlacedLabel[]): PlacedLabel[] {
    return labels.filter(({ key }) => !this.covered.has(key));
  }
}

/** The keys of the names that one of the marks covers more than a little. */
export function coveredNames(names: readonly WrittenName[], marks: readonly Rect[]): Set<string> {
  const isCovered = (name: WrittenName) => {
    const area = (name.right - name.left) * (name.bottom - name.top);
    return marks.some((mark) => overlap(name, mark) > MOST * area);
  };
  return new Set(names.filter(isCovered).map(({ key }) => key));
}
