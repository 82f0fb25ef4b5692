// Measures the page in a headless browser on much data, by the browser's own
// performance interface, and prints one table. `npm run bench` starts bin/conflictmap
// on the database that BENCH_DB names (`make bench-page` makes one of a million
// made-up mentions), or asks the server at BENCH_URL. BENCH_MINUTES of scripted
// use (default 10), BENCH_PAN seconds of panning at each zoom (default 12).
// A machine with nothing else to do gives the figures that mean something.

import { cpus, loadavg } from 'node:os';
import { launch, openPage } from '../browser.mjs';
import { bytesUntil, forget, longestTasks, median, memory, milestone, most, now, seen, watch } from './probe.mjs';
import { pan, random, use, zoom } from './use.mjs';
import { startServer } from '../page/server.mjs';

const MINUTES = Number(process.env.BENCH_MINUTES ?? 10);
const PAN_SECONDS = Number(process.env.BENCH_PAN ?? 12);
const LOADS = Number(process.env.BENCH_LOADS ?? 5);
const MOVES = Number(process.env.BENCH_MOVES ?? 20);
const VERBOSE = process.env.BENCH_VERBOSE === '1';

const rows = [];
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const MB = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const ms = (n) => `${Math.round(n)} ms`;

function tell(what, value, aim = '', kept = null) {
  rows.push([what, value, aim, kept === null ? '' : kept ? 'yes' : 'NO']);
  console.error(`  ${what}: ${value}${aim && ` (aim ${aim})`}`);
}

/** A window with the observers, as a new visitor has it. */
async function open(browser, url) {
  // Motion is on: reduced motion would leave out what costs most.
  const window = await openPage(browser, { reducedMotion: 'no-preference', expected: [/./] });
  await watch(window.page.context());
  await window.page.goto(url);
  return window;
}

async function measureLoads(browser, url) {
  const maps = [];
  const lists = [];
  let bytes;
  for (let i = 0; i < LOADS; i++) {
    const { page, done } = await open(browser, url);
    const map = await milestone(page, 'map', 0, 60_000);
    const list = await milestone(page, 'list', 0, 60_000);
    if (map === null) throw new Error('the map was never drawn');
    maps.push(map);
    lists.push(list ?? NaN);
    if (i === 0) bytes = await bytesUntil(page, map);
    await done();
  }
  tell('bytes to first map, requests begun before it', kB(bytes.began), '≤ 250 kB', bytes.began <= 250_000);
  tell('bytes to first map, answers complete before it', kB(bytes.ended));
  if (VERBOSE) for (const r of bytes.list) console.error(`    ${kB(r.bytes).padStart(10)} ${ms(r.start)}–${ms(r.end)} ${r.name}`);
  tell('first load ever of this server: map', ms(maps[0]));
  tell(`map ready, median of ${LOADS} loads (max)`, `${ms(median(maps))} (${ms(most(maps))})`, '≤ 1,000 ms', median(maps) <= 1000);
  tell(`list ready, median of ${LOADS} loads (max)`, `${ms(median(lists))} (${ms(most(lists))})`);
}

/** Milliseconds from the last input after a time to the first drawing of the map after it; null for none. */
async function redrawn(page, since) {
  const at = await milestone(page, 'map', since);
  const { keys } = await seen(page);
  const input = keys.filter((k) => k.at >= since && (at === null || k.at < at)).at(-1)?.at ?? since;
  return at === null ? null : at - input;
}

const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Moves the brush to days that nobody asked for before, by keys and by the pointer. */
async function measureBrush(browser, url, days) {
  const { page, done } = await open(browser, `${url}?datetime=${days.from}/${days.to}`);
  await milestone(page, 'map', 0, 60_000);
  await rest(3000);
  const keyed = [];
  for (let i = 0; i < MOVES; i++) {
    const before = await now(page);
    await page.keyboard.press(']');
    keyed.push(await redrawn(page, before));
    await rest(700);
  }
  tellMoves(`brush a step on, ${MOVES} times: to the map redrawn, median (max)`, keyed);

  const dragged = [];
  const window = page.locator('#timeline .timeline-brush').first();
  const box = await window.boundingBox().catch(() => null);
  if (box) {
    const days = () => page.locator('#timeline [data-end]').evaluateAll((ends) => ends.map((e) => e.getAttribute('aria-valuetext')).join());
    let x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    await page.mouse.move(x, y);
    await page.mouse.down();
    while (dragged.length < MOVES && x > 0) {
      x -= 8; // back to days that the keys left out
      const before = [await now(page), await days()];
      await page.mouse.move(x, y);
      if ((await days()) === before[1]) continue; // not yet the next bar
      dragged.push(await redrawn(page, before[0]));
      await rest(350);
    }
    await page.mouse.up();
    tellMoves(`brush dragged by bars, ${MOVES} times: to the map redrawn, median (max)`, dragged);
  } else {
    tell('brush dragged', 'not measured: no brush was found');
  }
  await done();
}

function tellMoves(what, list) {
  const drawn = list.filter((n) => n !== null);
  const missed = list.length - drawn.length;
  tell(what, `${ms(median(drawn))} (${ms(most(drawn))})${missed ? `, ${missed} without a drawing` : ''}`, '≤ 250 ms', missed === 0 && median(drawn) <= 250);
}

async function measurePanning(browser, url) {
  const next = random(6);
  const { page, done } = await open(browser, url);
  await milestone(page, 'map', 0, 60_000);
  await rest(2000);
  const all = [];
  const traced = [];
  for (let level = 0; level < 5; level++) {
    await forget(page);
    traced.push(await longestTasks(browser, page, async () => {
      const until = Date.now() + PAN_SECONDS * 1000;
      while (Date.now() < until) await pan(page, next);
    }));
    const { tasks } = await seen(page);
    all.push(...tasks);
    const at = new URL(page.url()).searchParams.get('map')?.split('/')[0] ?? '?';
    tell(`panning ${PAN_SECONDS} s at zoom ${at}: tasks over 50 ms, longest`, `${tasks.length}, ${tasks.length ? ms(most(tasks.map((t) => t.ms))) : '–'}`);
    for (const by of [1, 1]) {
      await zoom(page, next, by);
      await rest(500);
    }
  }
  const longest = Math.max(0, ...all.map((t) => t.ms));
  tell('longest task while panning and zooming', ms(longest), '≤ 200 ms', longest <= 200);
  tellProcessor(traced);
  await done();
}

/** What of the longest tasks was work, not waiting. */
function tellProcessor(traced) {
  const longest = traced.reduce((a, b) => (b.ms > a.ms ? b : a));
  tell('  of the longest by the clock, on the processor', `${ms(longest.cpuOfThat)} of ${ms(longest.ms)}`);
  tell('  most processor time of one task', ms(most(traced.map((t) => t.cpu))));
}

async function measureUse(browser, url) {
  const next = random(7);
  const { page, done } = await open(browser, url);
  await milestone(page, 'map', 0, 60_000);
  await rest(3000);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('HeapProfiler.enable');
  const home = async () => {
    await page.evaluate((url) => {
      history.pushState(null, '', new URL(url).pathname);
      dispatchEvent(new PopStateEvent('popstate'));
    }, url);
    await rest(500);
  };
  const told = async (when) => {
    const m = await memory(cdp);
    tell(`heap after GC, ${when}`, `${MB(m.heap)} (and ${MB(m.buffers)} of buffers; ${m.nodes} nodes, ${m.listeners} listeners)`);
    return m;
  };
  await told('at the start');
  const done_ = {};
  const failed = [];
  const tasks = [];
  const traced = [];
  const start = Date.now();
  let last;
  for (const part of [1, 2]) {
    const until = start + (MINUTES / 2) * part * 60_000;
    while (Date.now() < until) {
      const seconds = await longestTasks(browser, page, () => use(page, Math.min(until, Date.now() + 20_000), next, home));
      const { result } = seconds;
      traced.push(seconds);
      for (const [name, n] of Object.entries(result.done)) done_[name] = (done_[name] ?? 0) + n;
      failed.push(...result.failed);
      tasks.push(...result.tasks);
    }
    last = await told(`${(MINUTES / 2) * part} minutes`);
  }
  const total = last.heap + last.buffers;
  tell(`heap with buffers after ${MINUTES} minutes`, MB(total), '≤ 120 MB', total <= 120e6);
  tell('tasks over 50 ms meanwhile', String(tasks.length));
  for (const deed of new Set(tasks.map((t) => t.deed))) {
    const of = tasks.filter((t) => t.deed === deed).map((t) => t.ms);
    tell(`  by ${deed}: number, longest`, `${of.length}, ${ms(most(of))}`);
  }
  tellProcessor(traced);
  tell('what was done', Object.entries(done_).map(([name, n]) => `${n} ${name}`).join(', '));
  if (failed.length > 0) tell('what could not be done', `${failed.length}: ${[...new Set(failed)].slice(0, 5).join(' | ')}`);
  await done();
}

function print() {
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((r) => r[i].length)));
  for (const row of rows) console.log(row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd());
}

const server = process.env.BENCH_URL ? { url: process.env.BENCH_URL, close: async () => {} } : await startServer({ db: process.env.BENCH_DB });
const browser = await launch();
try {
  const only = process.env.BENCH_ONLY?.split(',') ?? ['loads', 'brush', 'panning', 'use'];
  const histogram = await (await fetch(`${server.url}api/histogram?collection=events&interval=month`)).json();
  const { date } = histogram.bins[Math.floor(histogram.bins.length / 2)];
  const days = { from: date, to: `${date.slice(0, 8)}14` };
  tell('events', histogram.numberMatched.toLocaleString('en'));
  tell('machine', `${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Chromium ${browser.version()}`);
  if (only.includes('loads')) await measureLoads(browser, server.url);
  if (only.includes('brush')) await measureBrush(browser, server.url, days);
  if (only.includes('panning')) await measurePanning(browser, server.url);
  if (only.includes('use')) await measureUse(browser, server.url);
} finally {
  await browser.close();
  await server.close();
}
print();
