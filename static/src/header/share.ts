// Share: the address of what is on the screen, and the code that shows it in
// another page.

import { el } from '../dom';
import { copyField, makeDialog, type CopyField, type Dialog } from './dialog';
import { embedCode, isLocal, pageAddress } from './exporturls';

export class Share {
  private dialog: Dialog | null = null;
  private address: CopyField | null = null;
  private code: CopyField | null = null;

  /** Takes what gives the address of what is on the screen. */
  constructor(private readonly here: () => string) {}

  /** Shows the dialog and copies the address. */
  open(opener?: HTMLElement): void {
    const dialog = (this.dialog ??= this.make());
    this.address!.set(pageAddress(this.here(), false));
    this.code!.set(embedCode(this.here()));
    dialog.open(opener);
    void this.address!.copy();
  }

  private make(): Dialog {
    const dialog = makeDialog('share', 'Share');
    this.address = copyField('Address of this map');
    this.code = copyField('Code to embed this map', { rows: 3 });
    dialog.body.append(
      el('h3', {}, 'Address'),
      el('p', { class: 'hint' }, 'Opens this map with the same filters, days and part of the world. What is stored later will be on it, too; “as known on” in the timeline keeps it as of a day.'),
      this.address.root,
      el('h3', {}, 'In a page of yours'),
      this.code.root,
    );
    if (isLocal(location.href)) {
      dialog.body.append(el('p', { class: 'hint' }, 'This server runs on your own computer: others cannot open its addresses.'));
    }
    return dialog;
  }
}
