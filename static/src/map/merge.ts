// Groups of neighbouring cells can stand so close that one hides the other's
// count: those become one, at the place of the larger.

import type { Group } from './decode';
import type { DrawnMark } from './layout';
import { groupRadius, largest } from './symbols';
import type { Box } from '../types';

/** What merging needs to know of the canvas: the world pixels of its corner, and how wide the world is. */
export interface Frame {
  left: number;
  top: number;
  world: number;
}

/** Longitude and latitude of a point of the canvas. */
function degrees({ left, top, world }: Frame, x: number, y: number): [lon: number, lat: number] {
  const lon = ((left + x) / world - 0.5) * 360;
  const lat = (Math.atan(Math.sinh((0.5 - (top + y) / world) * 2 * Math.PI)) * 180) / Math.PI;
  return [lon - 360 * Math.round(lon / 360), lat];
}

function boxOf(group: Group, x: number, y: number, frame: Frame): Box {
  if (group.box) return group.box;
  const [lon, lat] = degrees(frame, x, y);
  return [lon, lat, lon, lat];
}

/** The box around both; neighbours on either side of the antimeridian give one across it. */
function around(a: Box, b: Box): Box {
  const across = a[0] - b[2] > 180 || b[0] - a[2] > 180;
  const [west, east] = across ? [Math.max(a[0], b[0]), Math.min(a[2], b[2])] : [Math.min(a[0], b[0]), Math.max(a[2], b[2])];
  return [west, Math.min(a[1], b[1]), east, Math.max(a[3], b[3])];
}

function together(a: DrawnMark & { mark: Group }, b: DrawnMark & { mark: Group }, frame: Frame): DrawnMark & { mark: Group } {
  const shares = a.mark.shares.map((n, i) => n + b.mark.shares[i]!);
  const count = a.mark.count + b.mark.count;
  const mark: Group = {
    ...a.mark, count, shares, top: largest(shares), places: a.mark.places + b.mark.places, placeIds: [],
    box: around(boxOf(a.mark, a.x, a.y, frame), boxOf(b.mark, b.x, b.y, frame)), vague: a.mark.vague + b.mark.vague,
    surest: Math.max(a.mark.surest, b.mark.surest),
  };
  return { mark, x: a.x, y: a.y, r: groupRadius(count) };
}

type DrawnGroup = DrawnMark & { mark: Group };

/** Only what the server has gathered is gathered further: single features stay where they are. */
const isGathered = (m: DrawnMark): m is DrawnGroup => m.mark.type === 'group' && m.mark.features.length === 0;

const hides = (a: DrawnMark, b: DrawnMark): boolean => Math.hypot(a.x - b.x, a.y - b.y) < a.r + b.r * 0.3;

/** The marks, with groups that would hide each other as one. */
export function merged(marks: readonly DrawnMark[], frame: Frame): DrawnMark[] {
  const kept: DrawnGroup[] = [];
  const groups = marks.filter(isGathered).sort((a, b) => b.mark.count - a.mark.count || a.x - b.x || a.y - b.y);
  for (const group of groups) {
    const i = kept.findIndex((k) => hides(k, group));
    if (i < 0) kept.push(group);
    else kept[i] = together(kept[i]!, group, frame);
  }
  return [...kept, ...marks.filter((m) => !isGathered(m))];
}
