// What the page's own performance interface tells: milestones, requests, long
// tasks; and what the browser's tools tell of its memory.

/** Installs the observers before the page's scripts run. */
export async function watch(context) {
  await context.addInitScript(() => {
    const seen = { marks: [], tasks: [], resources: [], keys: [] };
    Object.defineProperty(window, '__seen', { value: seen });
    const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    observe('mark', (e) => seen.marks.push({ name: e.name, at: e.startTime }));
    observe('longtask', (e) => seen.tasks.push({ at: e.startTime, ms: e.duration }));
    observe('resource', (e) => seen.resources.push({
      name: e.name, start: e.startTime, end: e.responseEnd, bytes: e.transferSize, body: e.encodedBodySize,
    }));
    // Observers come late to a busy page, so what the tests time is noted at the source.
    for (const type of ['keydown', 'pointermove']) {
      addEventListener(type, (e) => e.isTrusted && seen.keys.push({ type, at: e.timeStamp }), { capture: true, passive: true });
    }
  });
}

/** Empties what was seen, so that hours of use don't fill the heap that is measured. */
export const forget = (page) => page.evaluate(() => {
  for (const list of Object.values(window.__seen)) list.length = 0;
  performance.clearResourceTimings();
});

/** All that was seen since the last time it was forgotten. */
export const seen = (page) => page.evaluate(() => JSON.parse(JSON.stringify(window.__seen)));

/** Milliseconds on the page's clock. */
export const now = (page) => page.evaluate(() => performance.now());

/** Waits for a milestone later than a time on the page's clock; null after the patience. */
export async function milestone(page, name, after, patience = 15_000) {
  try {
    const handle = await page.waitForFunction(
      ([name, after]) => window.__seen.marks.find((m) => m.name === name && m.at > after)?.at,
      [`conflictmap:${name}`, after],
      { timeout: patience, polling: 20 },
    );
    return await handle.jsonValue();
  } catch (error) {
    if (error.name === 'TimeoutError') return null;
    throw error;
  }
}

/** Bytes that came over the wire for requests which began, and which ended, before a time. */
export async function bytesUntil(page, time) {
  return page.evaluate((time) => {
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const sum = (list) => list.reduce((n, e) => n + e.transferSize, 0);
    return {
      began: sum(all.filter((e) => e.startTime <= time)),
      ended: sum(all.filter((e) => e.responseEnd <= time)),
      list: all.filter((e) => e.startTime <= time).map((e) => ({ name: e.name, bytes: e.transferSize, start: e.startTime, end: e.responseEnd })),
    };
  }, time);
}

/** The page's memory after a collection of garbage: bytes of heap and of buffers outside it, nodes, listeners. */
export async function memory(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await cdp.send('Runtime.getHeapUsage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name) => metrics.find((m) => m.name === name)?.value ?? 0;
  return { heap: usedSize, buffers: backingStorageSize, nodes: of('Nodes'), listeners: of('JSEventListeners'), documents: of('Documents') };
}

/**
 * The longest tasks of the page's main thread while run() goes on: by the clock, with
 * the processor time of that task, and by processor time; milliseconds. A task that
 * takes long by the clock alone had to wait for a processor, or for another process.
 */
export async function longestTasks(browser, page, run) {
  await browser.startTracing(page, { categories: ['toplevel'] });
  const result = await run();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const threads = traceEvents.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => `${e.pid} ${e.tid}`);
  const tasks = traceEvents
    .filter((e) => e.ph === 'X' && e.name.endsWith('RunTask') && threads.includes(`${e.pid} ${e.tid}`))
    .filter((e) => e.dur !== undefined && e.tdur !== undefined) // not those that the tracing cut off
    .map((e) => ({ ms: e.dur / 1000, cpu: e.tdur / 1000 }));
  if (tasks.length === 0) throw new Error('the browser traced no task');
  const longest = tasks.reduce((a, b) => (b.ms > a.ms ? b : a));
  return { result, ms: longest.ms, cpuOfThat: longest.cpu, cpu: most(tasks.map((t) => t.cpu)) };
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
export const most = (list) => (list.length > 0 ? Math.max(...list) : NaN);
