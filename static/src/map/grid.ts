// Which tiles a view needs. A tile is 512 pixels wide, so that at the map's zoom
// z the tiles are those of zoom z - 1.

export const TILE_SIZE = 512;
const MAX_TILE_ZOOM = 22;

/** A tile as it is drawn: x may lie outside the world, on one of its copies. */
export interface TileAt {
  z: number;
  x: number;
  y: number;
}

/** A rectangle of the world in pixels of some zoom. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function tileZoom(mapZoom: number): number {
  return Math.max(0, Math.min(MAX_TILE_ZOOM, Math.round(mapZoom) - 1));
}

/** The tile's address: z/x/y with x in the world. */
export function addressOf({ z, x, y }: TileAt): string {
  const n = 2 ** z;
  return `${z}/${((x % n) + n) % n}/${y}`;
}

/** The tiles that cover the rectangle, the nearest to its middle first. */
export function tilesIn(rect: Rect, z: number): TileAt[] {
  const first = (v: number) => Math.floor(v / TILE_SIZE);
  const last = (v: number) => Math.ceil(v / TILE_SIZE) - 1;
  const tiles: TileAt[] = [];
  for (let y = Math.max(0, first(rect.top)); y <= Math.min(2 ** z - 1, last(rect.bottom)); y++) {
    for (let x = first(rect.left); x <= last(rect.right); x++) tiles.push({ z, x, y });
  }
  const midX = (rect.left + rect.right) / 2 / TILE_SIZE - 0.5;
  const midY = (rect.top + rect.bottom) / 2 / TILE_SIZE - 0.5;
  const far = (t: TileAt) => (t.x - midX) ** 2 + (t.y - midY) ** 2;
  return tiles.sort((a, b) => far(a) - far(b));
}
