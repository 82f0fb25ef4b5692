// One article whole, with every mention marked by its role.

import { fetchArticle, fetchItems } from '../api';
import { el } from '../dom';
import type { Page, Why } from '../part';
import { NO_FILTERS, type PageState } from '../state';
import type { Article, EventProperties, Mention, Role } from '../types';
import { count, ROLES } from '../words';
import { Inspector } from './inspector';
import { message, textButton } from './message';
import { articleName, name, origin } from './quote';
import { pieces, type Piece } from './pieces';
import { errorMessage } from './waysout';

const ROLE_NAMES = Object.keys(ROLES) as Role[];
/** Paragraphs put on the page at once; the rest follows in the browser's idle moments. */
const SLICE = 60;
const LISTED = 300; // mentions with a button in the list of mentions

/** "a1:345" is a mention of the article a1, which may go without one. */
export function parseArticle(value: string): { id: string; mention: string } {
  const id = value.replace(/:\d+$/, '');
  return { id, mention: id === value ? '' : value };
}

export class ArticleView {
  readonly element = el('article', { class: 'detail article-view', 'aria-labelledby': 'article-title' });
  private readonly inspector: Inspector;
  private readonly marks = new Map<number, HTMLElement[]>(); // by index of the mention
  private article: Article | null = null;
  private id = '';
  private mention = '';
  private at = -1; // index of the mention that is looked at
  private failed = false;
  private request = new AbortController();
  private readonly hidden = new Set<Role>();
  /** The element that scrolls, and what lies over its lower end. */
  readonly footer: HTMLElement;

  constructor(private readonly page: Page) {
    this.inspector = new Inspector(page, (mention, signal) => this.openEvent(mention, signal));
    this.footer = this.inspector.element;
    this.element.addEventListener('click', (e) => {
      const mark = e.target instanceof Element ? e.target.closest<HTMLElement>('mark[data-key]') : null;
      if (mark && getSelection()?.isCollapsed !== false) this.look(Number(mark.dataset.key), 'stay');
    });
  }

  show(state: PageState, why: Why): void {
    const { id, mention } = parseArticle(state.article);
    if (id !== this.id || (why === 'retry' && this.failed)) {
      this.id = id;
      this.mention = mention;
      void this.load();
    } else if (mention !== this.mention) {
      this.mention = mention;
      this.lookAtMention();
    }
  }

  leave(): void {
    this.request.abort();
    this.id = '';
    this.article = null;
    this.marks.clear();
    this.element.replaceChildren();
    this.inspector.show(null);
  }

  private async load(): Promise<void> {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.marks.clear();
    this.at = -1;
    this.inspector.show(null);
    this.element.replaceChildren(message('loading', 'Loading the article …'));
    this.element.setAttribute('aria-busy', 'true');
    try {
      this.article = await fetchArticle(this.id, signal);
      this.failed = false;
      await this.draw(this.article, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.failed = true;
      this.element.replaceChildren(errorMessage(this.page, error as Error));
    } finally {
      if (!signal.aborted) this.element.removeAttribute('aria-busy');
    }
  }

  private async draw(article: Article, signal: AbortSignal): Promise<void> {
    const focused = this.element.parentElement?.contains(document.activeElement);
    const about = origin(article);
    const text = el('div', { class: 'article-text', dir: 'auto' });
    this.element.replaceChildren(
      el('header', { class: 'detail-head' }, el('h2', { id: 'article-title', tabindex: '-1' }, articleName(article)), el('p', { class: 'reference' }, ...about)),
      this.legend(article),
      text,
      this.mentionList(article),
    );
    if (focused) this.focus();
    this.page.announce(`Article: ${article.title?.slice(0, 200) || 'untitled'}, ${count(article.mentions.length, 'mention')}`);
    const all = pieces(article.text, article.mentions.map((m) => m.properties));
    if (all.length === 0) text.append(el('p', { class: 'note' }, 'The text of this article is empty.'));
    for (let i = 0; i < all.length; i += SLICE) {
      if (i > 0) await new Promise((next) => setTimeout(next));
      if (signal.aborted) return;
      text.append(...all.slice(i, i + SLICE).map((p) => this.paragraph(p, article)));
      if (this.at < 0) this.lookAtMention();
    }
  }

  private paragraph(parts: Piece[], article: Article): HTMLElement {
    const content = parts.map(({ text, key }) => {
      const mention = article.mentions[key];
      if (!mention) return text;
      const { role } = mention.properties;
      const mark = el('mark', { class: `role-mark role-${role ?? 'setting'}`, 'data-key': String(key), title: this.inWords(mention) }, text);
      this.marks.set(key, [...(this.marks.get(key) ?? []), mark]);
      return mark;
    });
    return el('p', { dir: 'auto' }, ...content);
  }

  private inWords({ properties: p }: Mention): string {
    return [ROLES[p.role ?? 'setting']?.label, p.label ?? p.place].filter(Boolean).join(': ');
  }

  /** What the marks mean, with counts; each role can be left unmarked. */
  private legend(article: Article): HTMLElement {
    const box = el('div', { class: 'role-legend', role: 'group', 'aria-label': 'Marked roles' });
    for (const role of ROLE_NAMES) {
      const n = article.mentions.filter((m) => (m.properties.role ?? 'setting') === role).length;
      if (n === 0) continue;
      const button = el(
        'button',
        { type: 'button', 'aria-pressed': String(!this.hidden.has(role)), title: ROLES[role].meaning },
        el('span', { class: `role-mark role-${role}` }, ROLES[role].label),
        ` ${n}`,
      );
      button.addEventListener('click', () => {
        if (!this.hidden.delete(role)) this.hidden.add(role);
        button.setAttribute('aria-pressed', String(!this.hidden.has(role)));
        this.element.classList.toggle(`without-${role}`, this.hidden.has(role));
      });
      this.element.classList.toggle(`without-${role}`, this.hidden.has(role));
      box.append(button);
    }
    return box;
  }

  /** A button for each mention: the marks for whoever uses no pointer. */
  private mentionList({ mentions }: Article): HTMLElement {
    const details = el('details', { class: 'mention-list' }, el('summary', {}, `All ${count(mentions.length, 'mention')}`));
    const fill = () => {
      const items = mentions.slice(0, LISTED).map((m, key) => {
        const button = textButton('', () => this.look(key, 'focus'));
        button.append(name(m.properties.name ?? 'Unknown name'), ` · ${this.inWords(m)}`);
        return el('li', {}, button);
      });
      const more = mentions.length - LISTED;
      details.append(el('ol', {}, ...items, more > 0 ? el('li', {}, `and ${more.toLocaleString('en')} more; j and k go from one to the next`) : null));
    };
    details.addEventListener('toggle', fill, { once: true });
    return details;
  }

  private lookAtMention(): void {
    const key = this.article?.mentions.findIndex((m) => m.id === this.mention) ?? -1;
    if (key >= 0 && this.marks.has(key)) this.look(key, 'scroll');
  }

  /** Looks at a mention: highlights it and tells of it; brings it into view unless it is there. */
  private look(key: number, how: 'stay' | 'scroll' | 'focus'): void {
    const mention = this.article?.mentions[key];
    if (!mention) return;
    for (const mark of this.marks.get(this.at) ?? []) mark.classList.remove('is-current');
    this.at = key;
    const marks = this.marks.get(key) ?? [];
    for (const mark of marks) mark.classList.add('is-current');
    this.inspector.show(mention);
    if (how !== 'stay') marks[0]?.scrollIntoView({ block: 'center' });
    if (how === 'focus') this.inspector.focus();
  }

  /** Looks at the mention n after this one (j and k). */
  move(n: number): void {
    const { length } = this.article?.mentions ?? [];
    if (length) this.look(Math.min(length - 1, Math.max(0, this.at + n)), 'scroll');
  }

  /** Opens the event that a site mention tells of; false where none is known. */
  private async openEvent({ properties: p }: Mention, signal: AbortSignal): Promise<boolean> {
    const filters = {
      ...NO_FILTERS,
      place: p.place_id ? [p.place_id] : [],
      event: p.event ? [p.event] : [],
      datetime: p.from || p.to ? `${p.from ?? '..'}/${p.to ?? '..'}` : '',
    };
    const { items } = await fetchItems<EventProperties>('events', filters, { limit: 10 }, signal);
    const found = items.find((e) => e.properties.from === p.from && e.properties.to === p.to) ?? items[0];
    if (found) this.page.update({ event: found.id, article: '' });
    return found !== undefined;
  }

  focus(): void {
    this.element.querySelector<HTMLElement>('h2, button')?.focus({ preventScroll: true });
  }
}
