// What is measured of a page's layout: nothing sticks out at the side, targets are
// large enough, the focus is seen.

import assert from 'node:assert/strict';

/** Fails if the page scrolls sideways, and names what sticks out. */
export async function assertFits(page) {
  const { wide, width, out } = await page.evaluate(() => {
    const { scrollWidth } = document.scrollingElement;
    const width = innerWidth;
    const sticks = (e) => e.getBoundingClientRect().right > width + 1 && !e.closest('.leaflet-pane, .visually-hidden');
    return {
      wide: scrollWidth, width,
      out: scrollWidth > width ? [...document.body.querySelectorAll('*')].filter(sticks).map((e) => e.outerHTML.slice(0, 100)) : [],
    };
  });
  assert.ok(wide <= width, `the page is ${wide} px wide in a window of ${width} px: ${out.slice(0, 5).join('\n')}`);
}

/**
 * What people must hit with a finger and is less than 24 px wide or high (WCAG 2.5.8).
 * Links within a sentence are exempt; the label of a box counts with it.
 */
export async function smallTargets(page) {
  return page.evaluate(() => {
    const targets = 'a[href], button, input, select, textarea, summary, [role="button"], [role="slider"], [role="option"], [role="menuitem"], [tabindex="0"]';
    const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest('.visually-hidden, .skip-link, [inert]');
    const inText = (e) => e.matches('a, button') && getComputedStyle(e).display === 'inline' && e.parentElement.textContent.trim() !== e.textContent.trim();
    const union = (e) => {
      const boxes = [e, ...(e.labels ?? [])].map((x) => x.getBoundingClientRect()).filter((r) => r.width > 0);
      return boxes.reduce((a, b) => ({ width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) }), { width: 0, height: 0 });
    };
    return [...document.querySelectorAll(targets)]
      .filter((e) => shown(e) && !inText(e) && !e.disabled)
      .map((e) => [e, union(e)])
      .filter(([, { width, height }]) => width > 0 && (width < 23.5 || height < 23.5))
      .map(([e, { width, height }]) => `${Math.round(width)}×${Math.round(height)} ${e.outerHTML.slice(0, 120)}`);
  });
}

/** Fails unless something of the page has the focus and shows it; says what has it. */
export async function assertFocusSeen(page, after) {
  const seen = await page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return { what: 'nothing', ring: false, inside: false };
    const ringed = ({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    const marked = (x) => [null, '::before', '::after'].some((part) => ringed(getComputedStyle(x, part)));
    const box = e.getBoundingClientRect();
    return {
      what: e.outerHTML.slice(0, 100),
      ring: marked(e) || (e.matches('input') && e.parentElement !== document.body && marked(e.parentElement)),
      inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    };
  });
  assert.ok(seen.ring, `after ${after} the focus is on ${seen.what} and cannot be seen`);
  assert.ok(seen.inside, `after ${after} the focus is out of sight, on ${seen.what}`);
  return seen.what;
}
