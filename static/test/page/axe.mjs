// axe-core on the page as it is. It is injected into the page, which the page's
// own policy would refuse: windows for it are opened with bypassCSP.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails on every violation of WCAG 2.2 AA and of axe's best practices. */
export async function assertAccessible(page, state) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const violations = await page.evaluate(async (tags) => {
    const results = await window.axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    });
    return results.violations.map(({ id, help, nodes }) => ({
      id, help,
      nodes: nodes.slice(0, 5).map((n) => `${n.target.join(' ')}: ${n.html.slice(0, 160)} (${n.any.concat(n.all, n.none).map((c) => c.message).join('; ')})`),
    }));
  }, TAGS);
  assert.deepEqual(violations, [], `${state}: axe finds\n${JSON.stringify(violations, null, 2)}`);
}
