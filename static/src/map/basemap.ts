// The basemap: land and borders, no tiles, in colours that stay behind the
// events; and an operator's own raster tiles above it. See static/basemap.mjs
// for what the files hold.

import * as L from 'leaflet';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Config } from '../config';
import { byId } from '../dom';

type Atlas = Topology<{ countries: GeometryCollection }>;
export type Country = Feature<Polygon | MultiPolygon>;

export class Basemap {
  private readonly countries = new Map<string, Country>();

  constructor(
    private readonly map: L.Map,
    raster: Config['raster'],
  ) {
    void raster;
    void this.load();
  }

  private async load(): Promise<void> {
    const link = byId('basemap') as unknown as HTMLLinkElement;
    try {
      const response = await fetch(link.href);
      this.show(await response.json());
    } catch (error) {
      // The events can do without; whoever runs the server should know.
      console.warn('The basemap could not be loaded:', error);
    }
  }

  private show(file: unknown): void {
    const atlas = file as Atlas;
    const land = feature(atlas, atlas.objects.countries) as FeatureCollection<Polygon | MultiPolygon>;
    for (const country of land.features) {
      if (country.id !== undefined) this.countries.set(String(country.id), country);
    }
    // Borders are what two countries share: no coasts, and no line at ±180°.
    const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
    const options = { pane: 'basemap', interactive: false, renderer: L.canvas({ pane: 'basemap', padding: 0.3 }) };
    const landLayer = L.geoJSON(land, options).addTo(this.map);
    const borderLayer = L.geoJSON(borders, options).addTo(this.map);
    const paint = () => {
      const css = getComputedStyle(document.documentElement);
      const colour = (name: string) => css.getPropertyValue(name).trim();
      landLayer.setStyle({ stroke: false, fillOpacity: 1, fillColor: colour('--land') });
      borderLayer.setStyle({ weight: 1, opacity: 1, color: colour('--border') });
    };
    paint();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  }

  /** The country with this ISO 3166-1 alpha-2 code, once the basemap is there. */
  country(code: string): Country | undefined {
    return this.countries.get(code);
  }
}
