// The true extent of how far off the mark under the pointer may be.

import * as L from 'leaflet';
import { reach } from './draw';
import type { Hit } from './hits';

export class ReachRing {
  private readonly circle: L.Circle;
  private shown: Hit | null = null;

  constructor(
    private readonly map: L.Map,
    pane: string,
  ) {
    const renderer = L.svg({ pane });
    this.circle = L.circle([0, 0], { radius: 1, className: 'reach', renderer, interactive: false, fill: false });
  }

  /** Shows how far around this point the mark's features may be; nothing for what is no mark or has its exact place. */
  show(hit: Hit | null, at: L.LatLng): void {
    if (hit === this.shown) return;
    this.shown = hit;
    const features = !hit || !('mark' in hit) ? [] : hit.mark.type === 'single' ? [hit.mark.feature] : hit.mark.features;
    const metres = Math.max(0, ...features.map(reach));
    if (metres > 0) this.circle.setLatLng(at).setRadius(metres).addTo(this.map);
    else this.circle.remove();
  }
}
