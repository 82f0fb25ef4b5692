// The names of the places and countries that are filtered by: the filters hold
// only ids and codes.

import { fetchFacets, fetchPlaces } from '../api';
import type { Facets } from '../types';
import { countryInWords } from '../words';

const MAX_KNOWN = 2000; // labels that are kept; far more than anybody filters by

export class Labels {
  private readonly known = new Map<string, string>();
  /** What was asked for already; a failure is forgotten, so that it is asked again. */
  private readonly asked = new Set<string>();

  /** learned is called when labels came that were asked for. */
  constructor(private readonly learned: () => void) {}

  /** The label, or null where it isn't known yet (it is being fetched) or at all. */
  of(field: 'country' | 'place', value: string): string | null {
    const label = this.known.get(`${field} ${value}`);
    if (label !== undefined) return label;
    this.ask(field, value);
    return null;
  }

  learn(field: 'country' | 'place', value: string, label: string): void {
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(`${field} ${value}`, label);
  }

  /** Keeps the labels that came with counts. */
  learnAll({ facets }: Facets): void {
    for (const field of ['country', 'place'] as const) {
      for (const { value, label } of facets[field] ?? []) {
        // The server knows the names of countries that an article names, else only the code.
        if (label) this.learn(field, value, field === 'country' && label === value ? countryInWords(value) : label);
      }
    }
  }

  private ask(field: 'country' | 'place', value: string): void {
    const key = `${field} ${value}`;
    if (this.asked.has(key)) return;
    this.asked.add(key);
    const answer = field === 'place' ? this.fetchPlace(value) : this.fetchCountry(value);
    answer.then(
      () => {
        if (this.known.has(key)) this.learned();
      },
      () => this.asked.delete(key),
    );
  }

  private async fetchPlace(id: string): Promise<void> {
    for (const { properties } of await fetchPlaces([id], new AbortController().signal)) {
      this.learn('place', properties.id, properties.label || properties.name);
    }
  }

  /** The server names countries beside their counts. */
  private async fetchCountry(code: string): Promise<void> {
    this.learnAll(await fetchFacets(new URLSearchParams({ collection: 'mentions', country: code, limit: '200' }), new AbortController().signal));
  }
}
