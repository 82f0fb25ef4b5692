// A small box that a button of the timeline opens above it.

/**
 * Joins button and box: Escape and a press elsewhere close it, and the focus
 * goes back to the button where it was in the box.
 */
export class Popup {
  constructor(
    readonly button: HTMLButtonElement,
    readonly box: HTMLElement,
    private readonly opened: () => void = () => {},
  ) {
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', box.id);
    button.addEventListener('click', () => (this.open ? this.close() : this.show()));
    for (const element of [button, box]) {
      element.addEventListener('keydown', (e) => {
        if (e.key !== 'Escape' || !this.open) return;
        e.preventDefault();
        this.close();
      });
    }
    document.addEventListener('pointerdown', (e) => {
      if (!this.open || !(e.target instanceof Node)) return;
      if (!box.contains(e.target) && !button.contains(e.target)) this.close();
    });
  }

  get open(): boolean {
    return this.box.classList.contains('is-open');
  }

  private show(): void {
    this.box.classList.add('is-open');
    this.button.setAttribute('aria-expanded', 'true');
    this.opened();
  }

  close(): void {
    if (!this.open) return;
    const held = this.box.contains(document.activeElement);
    this.box.classList.remove('is-open');
    this.button.setAttribute('aria-expanded', 'false');
    if (held) this.button.focus();
  }
}
