// Export: what is on the screen as files, and as layers for QGIS.

import { fetchFacets } from '../api';
import { el } from '../dom';
import type { Page } from '../part';
import { RequestError } from '../request';
import { count } from '../words';
import { chipsOf } from './chipnames';
import { copyField, makeDialog, type CopyField, type Dialog } from './dialog';
import { addressesOf, daysInWords, selectionOf, type Addresses, type Selection } from './exporturls';

/** A file to download: which of the addresses it has, and what it is good for. */
const FILES: readonly { key: 'geojson' | 'csv' | 'gpkg'; label: string; hint: string }[] = [
  { key: 'geojson', label: 'GeoJSON', hint: 'for maps and scripts' },
  { key: 'csv', label: 'CSV', hint: 'for spreadsheets, with WKT geometries' },
  { key: 'gpkg', label: 'GeoPackage', hint: 'for QGIS and ArcGIS, with its style' },
];

const QGIS: readonly { key: 'qgs' | 'qlr'; label: string; hint: string }[] = [
  { key: 'qgs', label: 'QGIS project', hint: 'styled layers and the days to play' },
  { key: 'qlr', label: 'QGIS layer file', hint: 'the layers, for a project of yours' },
];

export class Export {
  private dialog: Dialog | null = null;
  private counting = new AbortController();
  private readonly summary = el('p', { class: 'export-summary', role: 'status' });
  private readonly files = el('ul', { class: 'export-links', 'aria-label': 'Files' });
  private readonly kits = el('ul', { class: 'export-links', 'aria-label': 'Files for QGIS' });
  private readonly nothing = el('p', { class: 'hint' });
  private layer: CopyField | null = null;

  constructor(private readonly page: Page) {}

  open(opener?: HTMLElement): void {
    const dialog = (this.dialog ??= this.make());
    this.show();
    dialog.open(opener);
  }

  private make(): Dialog {
    const dialog = makeDialog('export', 'Export', () => this.counting.abort());
    this.layer = copyField('Address of the layer');
    const print = el('button', { type: 'button' }, 'Print …');
    print.addEventListener('click', () => {
      dialog.root.close();
      window.print();
    });
    dialog.body.append(
      this.summary,
      this.files,
      el('h3', {}, 'QGIS'),
      this.kits,
      this.nothing,
      el('p', { class: 'hint' }, 'Or as a layer that QGIS loads anew each time: Layer ▸ Add Layer ▸ Add Vector Layer, source type “Protocol: HTTP(S)”, with this address:'),
      this.layer.root,
      el('h3', {}, 'Paper'),
      print,
    );
    return dialog;
  }

  private show(): void {
    const { filters } = this.page.state;
    const selection = selectionOf(filters, this.page.box());
    if (!selection) {
      this.summary.textContent = 'Nothing to export: the area that is filtered by is not on the map.';
      for (const list of [this.files, this.kits]) list.replaceChildren();
      this.nothing.textContent = '';
      this.layer!.set('');
      return;
    }
    const addresses = addressesOf(selection, document.baseURI);
    this.files.replaceChildren(...FILES.map(({ key, ...words }) => this.link(addresses[key], `conflictmap-${selection.collection}.${key}`, words)));
    this.kits.replaceChildren(
      ...QGIS.flatMap(({ key, ...words }) => (addresses[key] ? [this.link(addresses[key], `conflictmap.${key}`, words)] : [])),
    );
    this.nothing.textContent = selection.collection === 'events' ? '' : 'The project and the layer file hold events. You see sentences, by the roles that you chose: take the layer’s address or a file.';
    this.nothing.hidden = selection.collection === 'events';
    this.layer!.set(addresses.geojson);
    void this.tellCount(selection);
  }

  private link(href: Addresses['csv'], name: string, { label, hint }: { label: string; hint: string }): HTMLElement {
    return el('li', {}, el('a', { class: 'button', href, download: name }, label), ' ', el('span', { class: 'hint' }, hint));
  }

  /** Says how many features there are, which days they are of and what limits them. */
  private async tellCount({ collection, query }: Selection): Promise<void> {
    const { filters } = this.page.state;
    this.counting.abort();
    const { signal } = (this.counting = new AbortController());
    const narrowing = chipsOf(filters).filter((c) => c.name !== 'bbox').length;
    const rest = [
      daysInWords(filters.datetime, this.page.config.days),
      query.has('bbox') ? 'in the part of the world that the map shows' : 'everywhere, with what has no place on the map',
      narrowing > 0 ? `with ${count(narrowing, 'filter')}` : '',
    ].filter((s) => s !== '').join(', ');
    const of = collection === 'events' ? 'event' : 'sentence';
    this.summary.textContent = `Counting the ${of}s: ${rest} …`;
    try {
      const asked = new URLSearchParams(query);
      asked.set('collection', collection);
      asked.set('limit', '1');
      const { numberMatched } = await fetchFacets(asked, signal);
      this.summary.textContent = `${count(numberMatched, of)}: ${rest}.`;
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof RequestError ? error.message : 'It failed.';
      this.summary.textContent = `The ${of}s could not be counted: ${why}`;
    }
  }
}
