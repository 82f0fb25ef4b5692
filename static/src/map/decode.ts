// Vector tiles into marks. A tile also carries what lies around it, for clients
// that draw each tile alone; here every position is taken from its own tile, so
// that nothing is drawn twice. The fields are described in the server's TileJSON.

import { VectorTile, type VectorTileFeature, type VectorTileLayer } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { Box } from '../types';
import { KINDS, kindOf, largest } from './symbols';

/** A single event or mention. */
export interface Feature {
  id: string;
  kind: number; // in KINDS
  role: string;
  from: string;
  to: string;
  placeId: string;
  label: string;
  country: string;
  /** UCDP's where_prec, 0 where it isn't told */
  wherePrec: number;
  uncertainty: number; // metres, 0 for none
  confidence: number; // 0 to 1; 1 where it isn't told
  mentions: number;
  articles: number;
  claim: string;
}

/** One feature that has its position for itself. */
export interface Single {
  type: 'single';
  x: number; // in the tile, 0 to 1
  y: number;
  feature: Feature;
}

/** Several features as one symbol. */
export interface Group {
  type: 'group';
  x: number;
  y: number;
  count: number;
  /** How many positions it gathers. */
  places: number;
  shares: readonly number[]; // by KINDS
  top: number; // the most frequent kind
  /** Name of the place, or of the busiest one. */
  label: string;
  /** Ids of the places as far as the tile tells them. */
  placeIds: readonly string[];
  box: Box | null; // around the positions; null for one
  /** How many are known only to be in some line or area. */
  vague: number;
  /** The highest confidence of what it gathers, 0 to 1; 1 where it isn't told. */
  surest: number;
  /** The features, where the tile has them. */
  features: readonly Feature[];
}

export type Mark = Single | Group;

/** A line or an area as far as one tile shows it. */
export interface Shape {
  type: 'line' | 'area';
  /** The same in every tile. */
  key: number;
  /** Lines or closed rings: x and y in turn, in the tile, 0 to 1, with a buffer around it. */
  paths: readonly Float32Array[];
  count: number;
  shares: readonly number[];
  top: number;
  label: string;
  placeId: string;
  /** Half the width of what is meant by a line. Metres, 0 where it isn't told. */
  uncertainty: number;
  disputed: boolean;
  /** As of a group. */
  surest: number;
  /** The only one there, if there is only one. */
  feature: Feature | null;
}

export interface TileMarks {
  marks: readonly Mark[];
  shapes: readonly Shape[];
  /** Bytes of the tile, for the cache. */
  size: number;
}

export const NO_MARKS: TileMarks = { marks: [], shapes: [], size: 0 };

type Properties = VectorTileFeature['properties'];

const text = (v: unknown): string => (typeof v === 'string' ? v : '');
const number = (v: unknown, otherwise = 0): number => (typeof v === 'number' && Number.isFinite(v) ? v : otherwise);

function featureOf(p: Properties): Feature {
  return {
    id: text(p.id), kind: kindOf(text(p.event)), role: text(p.role),
    from: text(p.from), to: text(p.to),
    placeId: text(p.place_id), label: text(p.label) || text(p.place) || text(p.name), country: text(p.country),
    wherePrec: number(p.where_prec), uncertainty: Math.max(0, number(p.uncertainty_m)), confidence: number(p.confidence, 1),
    mentions: number(p.mentions, 1), articles: number(p.articles, 1), claim: text(p.claim),
  };
}

/** The shares of the event types; a server that knows more types than the page has them among the others. */
function sharesOf(p: Properties, count: number): number[] {
  const shares = KINDS.map((kind) => Math.max(0, number(p[kind.type])));
  const rest = count - shares.reduce((sum, n) => sum + n, 0);
  if (rest > 0) shares[KINDS.length - 1]! += rest;
  return shares;
}

/** The box in degrees, to the five decimals that the server's floats still hold. */
function boxOf(p: Properties): Box | null {
  const box = [p.west, p.south, p.east, p.north].map((v) => number(v, NaN));
  return box.every((v) => Number.isFinite(v)) ? (box as Box) : null;
}

/** The position in the tile, null for one that lies in another. */
function positionOf(f: VectorTileFeature): { x: number; y: number } | null {
  const at = f.loadGeometry()[0]?.[0];
  if (!at || at.x < 0 || at.y < 0 || at.x >= f.extent || at.y >= f.extent) return null;
  return { x: at.x / f.extent, y: at.y / f.extent };
}

function clusterOf(p: Properties, at: { x: number; y: number }): Group {
  const count = Math.max(1, number(p.count, 1));
  const shares = sharesOf(p, count);
  const id = text(p.place_id);
  return {
    type: 'group', ...at, count, places: Math.max(1, number(p.places, 1)), shares, top: largest(shares), label: text(p.label),
    placeIds: id ? [id] : [], box: boxOf(p), vague: p.unplaced === true ? count : Math.min(count, number(p.approximate)),
    surest: number(p.max_confidence, 1), features: [],
  };
}

function sumOf(features: readonly Feature[]): number[] {
  const shares = KINDS.map(() => 0);
  for (const f of features) shares[f.kind]!++;
  return shares;
}

/** Features at one position become a group: drawn one over the other, only the last would be seen. */
export function gather(singles: readonly Single[]): Mark[] {
  const spots = new Map<string, Single[]>();
  for (const single of singles) {
    const key = `${single.x} ${single.y}`;
    const others = spots.get(key);
    if (others) others.push(single);
    else spots.set(key, [single]);
  }
  return [...spots.values()].map((here): Mark => {
    const [first] = here as [Single];
    if (here.length === 1) return first;
    const features = here.map((s) => s.feature).sort((a, b) => b.mentions - a.mentions);
    const shares = sumOf(features);
    return {
      type: 'group', x: first.x, y: first.y, count: features.length, places: 1, shares, top: largest(shares), label: features[0]!.label,
      placeIds: [...new Set(features.map((f) => f.placeId).filter((id) => id !== ''))], box: null, vague: 0,
      surest: Math.max(...features.map((f) => f.confidence)), features,
    };
  });
}

function shapeOf(type: Shape['type'], f: VectorTileFeature): Shape {
  const p = f.properties;
  const count = Math.max(1, number(p.count, 1));
  const feature = count === 1 && p.id !== undefined ? featureOf(p) : null;
  const shares = feature ? sumOf([feature]) : sharesOf(p, count);
  const paths = f.loadGeometry().map((path) => {
    const flat = new Float32Array(path.length * 2);
    path.forEach(({ x, y }, i) => {
      flat[2 * i] = x / f.extent;
      flat[2 * i + 1] = y / f.extent;
    });
    return flat;
  });
  return {
    type, key: f.id ?? 0, paths, count, shares, top: largest(shares), label: text(p.label) || text(p.place), placeId: text(p.place_id),
    uncertainty: Math.max(0, number(p.uncertainty_m)), disputed: p.disputed === true,
    surest: feature ? feature.confidence : number(p.max_confidence, 1), feature,
  };
}

function featuresOf(layer: VectorTileLayer | undefined): VectorTileFeature[] {
  return layer ? Array.from({ length: layer.length }, (_, i) => layer.feature(i)) : [];
}

/** Reads a tile. Throws on bytes that are none. */
export function decode(bytes: ArrayBuffer): TileMarks {
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(bytes)));
  const singles: Single[] = [];
  for (const f of featuresOf(layers.points)) {
    const at = positionOf(f);
    if (at) singles.push({ type: 'single', ...at, feature: featureOf(f.properties) });
  }
  const clusters: Mark[] = [];
  for (const f of featuresOf(layers.clusters)) {
    const at = positionOf(f);
    if (at) clusters.push(clusterOf(f.properties, at));
  }
  return {
    marks: [...gather(singles), ...clusters],
    shapes: [...featuresOf(layers.areas).map((f) => shapeOf('area', f)), ...featuresOf(layers.lines).map((f) => shapeOf('line', f))],
    size: bytes.byteLength,
  };
}
