// The basemap's file as outlines to draw. See static/basemap.mjs for what it
// holds. Everything is in units of the world: pixels at zoom 0, where the world
// is 256 wide, x to the east and y to the south from its upper left corner.

/** West, north, east, south in world units. */
export type WorldBox = [number, number, number, number];

/** A line or ring: x and y in turn. */
export interface Line {
  points: Float32Array;
  box: WorldBox;
}

export interface Country {
  /** ISO 3166-1 alpha-2, "" where there is none. */
  id: string;
  /** To be shown on the map; "" for none. */
  name: string;
  /** Where a label stands. */
  at: [x: number, y: number];
  polygons: { rings: Line[]; box: WorldBox }[];
}

export interface Atlas {
  countries: Country[];
  /** What two countries share and nobody disputes. */
  borders: Line[];
  disputed: Line[];
}

interface TopologyFile {
  arcs: [number, number][][];
  transform: { scale: [number, number]; translate: [number, number] };
  objects: Record<'countries' | 'disputed', { geometries: TopologyGeometry[] }>;
}

type TopologyGeometry = {
  id?: string;
  properties?: { name?: string; at?: [number, number] };
} & (
  | { type: 'LineString'; arcs: number[] }
  | { type: 'Polygon' | 'MultiLineString'; arcs: number[][] }
  | { type: 'MultiPolygon'; arcs: number[][][] }
  | { type: null; arcs?: undefined }
);

export const WORLD = 256;
const MAX_LAT = 85.0511287798; // Web Mercator's

export function worldX(lon: number): number {
  return ((lon + 180) / 360) * WORLD;
}

export function worldY(lat: number): number {
  const sin = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180);
  return WORLD / 2 - (Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD;
}

export function overlap(a: WorldBox, b: WorldBox): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

function boxOf(points: Float32Array): WorldBox {
  const box: WorldBox = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

const line = (points: Float32Array): Line => ({ points, box: boxOf(points) });

/** The arcs in world units; in the file each point is a step from the last. */
function decodeArcs({ arcs, transform: { scale, translate } }: TopologyFile): Float32Array[] {
  return arcs.map((steps) => {
    const points = new Float32Array(steps.length * 2);
    let x = 0;
    let y = 0;
    steps.forEach(([dx, dy], i) => {
      points[2 * i] = worldX((x += dx) * scale[0] + translate[0]);
      points[2 * i + 1] = worldY((y += dy) * scale[1] + translate[1]);
    });
    return points;
  });
}

/** A ring of arcs one after the other, which share their ends; a negative number is an arc backwards. */
function ring(arcs: Float32Array[], numbers: number[]): Float32Array {
  const points: number[] = [];
  for (const n of numbers) {
    const arc = arcs[n < 0 ? ~n : n]!;
    if (points.length > 0) points.length -= 2;
    if (n >= 0) for (const v of arc) points.push(v);
    else for (let i = arc.length - 2; i >= 0; i -= 2) points.push(arc[i]!, arc[i + 1]!);
  }
  return Float32Array.from(points);
}

function ringNumbers(geometry: TopologyGeometry): number[][][] {
  if (geometry.type === 'Polygon') return [geometry.arcs];
  return geometry.type === 'MultiPolygon' ? geometry.arcs : [];
}

function lineNumbers(geometry: TopologyGeometry): number[] {
  if (geometry.type === 'LineString') return geometry.arcs;
  return geometry.type === 'MultiLineString' ? geometry.arcs.flat() : [];
}

/** Reads the basemap's file; throws where it isn't one. */
export function readAtlas(body: unknown): Atlas {
  const file = body as TopologyFile;
  const arcs = decodeArcs(file);
  const users = new Uint8Array(arcs.length);
  const countries = file.objects.countries.geometries.map((geometry): Country => {
    const numbers = ringNumbers(geometry);
    for (const n of new Set(numbers.flat(2).map((n) => (n < 0 ? ~n : n)))) users[n]!++;
    const polygons = numbers.map((rings) => {
      const lines = rings.map((r) => line(ring(arcs, r)));
      return { rings: lines, box: lines[0]!.box };
    });
    const [lon, lat] = geometry.properties?.at ?? [0, 0];
    return { id: geometry.id ?? '', name: geometry.properties?.name ?? '', at: [worldX(lon), worldY(lat)], polygons };
  });
  const disputed = new Set(file.objects.disputed.geometries.flatMap(lineNumbers).map((n) => (n < 0 ? ~n : n)));
  return {
    countries,
    borders: arcs.filter((_, i) => users[i]! > 1 && !disputed.has(i)).map(line),
    disputed: [...disputed].map((i) => line(arcs[i]!)),
  };
}
