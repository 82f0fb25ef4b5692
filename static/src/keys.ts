// Keys that work everywhere on the page but where somebody types.

export interface KeyActions {
  search(): void;
  move(n: number): void;
  step(n: number): void;
  play(): void;
  help(): void;
  /** Escape, where nothing nearer took it. */
  up(): void;
}

/** Whether the key belongs to the element that has the focus. */
function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('dialog[open], [role="listbox"], [role="menu"]')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
    // The space bar presses what has the focus, if that can be pressed.
    const pressable = e.target instanceof Element && e.target.closest('button, a, summary, input, [role="slider"]');
    const run: Record<string, () => void> = {
      '/': () => actions.search(),
      j: () => actions.move(1),
      k: () => actions.move(-1),
      '[': () => actions.step(-1),
      ']': () => actions.step(1),
      '?': () => actions.help(),
      Escape: () => actions.up(),
      ...(pressable ? {} : { ' ': () => actions.play() }),
    };
    const action = run[e.key];
    if (!action) return;
    e.preventDefault();
    action();
  });
}
