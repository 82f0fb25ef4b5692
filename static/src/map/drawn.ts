// What a drawn place offers to the event layer, whatever its geometry.

import type * as L from 'leaflet';
import type { Mark } from '../places';

export interface Drawn {
  layer: L.Layer;
  bounds: L.LatLngBounds;
  /** Where a label goes, and how far from that point it must stay, in pixels; null for none. */
  label: { at: L.LatLng; offset: number } | null;
  /** Shows or hides that the place holds the selected event. */
  select(selected: boolean): void;
  /** Called after each change of zoom, for what is drawn to scale. */
  zoomed?(zoom: number): void;
}

/** Called when a place is clicked, with the mark that was hit where marks can be told apart. */
export type OnPick = (mark: Mark | null) => void;
