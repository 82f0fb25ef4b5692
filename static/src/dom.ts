// Building the page's elements. Text only ever becomes text nodes: what articles
// say can never turn into markup.

type Child = Node | string | null;

/** Creates an element with attributes and children; an attribute with the value false is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter((c) => c !== null));
  return element;
}

/** Creates an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean> = {},
  ...children: Node[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

function setAttributes(element: Element, attributes: Record<string, string | boolean>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
}

/** The page's own element with this id; index.html and the script are built together. */
export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no element #${id}`);
  return element as T;
}

/** Makes a change above a box that scrolls; what the box shows stays where it is on the screen. */
export function still(box: HTMLElement, change: () => void): void {
  const top = box.getBoundingClientRect().top;
  change();
  box.scrollTop += box.getBoundingClientRect().top - top;
}

/** Calls back when the colours turn dark or light: a canvas has to read them anew. */
export function onScheme(changed: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}

/** Text of unknown language and direction, kept apart from the words around it. */
export function foreign(text: string): HTMLElement {
  return el('bdi', { dir: 'auto' }, text);
}
