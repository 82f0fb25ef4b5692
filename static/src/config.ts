// What the server says of itself in the page: a block of JSON in the head. A
// server that only hands out the files leaves it empty.

import type { Box } from './types';

export interface Config {
  /** The program's version. */
  version: string;
  /** Credits of the data. */
  attribution: string;
  /** The state of the data when the page was sent. */
  dataVersion: string;
  /** First and last day of the events, null for none. */
  days: { from: string; to: string } | null;
  /** What all events cover, null for nothing. */
  bbox: Box | null;
  /** The operator's map tiles, null for the basemap alone. */
  raster: { url: string; attribution: string; maxZoom: number } | null;
}

const DEFAULTS: Config = { version: '', attribution: '', dataVersion: '', days: null, bbox: null, raster: null };

export function readConfig(): Config {
  const text = document.getElementById('config')?.textContent?.trim();
  if (!text) return DEFAULTS;
  try {
    return { ...DEFAULTS, ...(JSON.parse(text) as Partial<Config>) };
  } catch {
    return DEFAULTS;
  }
}
