// The timeline's functions: days, bars, windows, moves, labels, words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './source.mjs';

const span = await source('timeline/span');
const view = await source('timeline/window');
const moves = await source('timeline/moves');
const presets = await source('timeline/presets');
const axis = await source('timeline/axis');
const words = await source('timeline/words');
const series = await source('timeline/series');
const bars = await source('timeline/bars');

const day = (s) => span.dayNumber(s);
const days = (from, to = from) => ({ from: day(from), to: day(to) });
const told = (s) => s && `${span.dayString(s.from)}/${span.dayString(s.to)}`;

test('days are numbers, and what the calendar lacks is none', () => {
  assert.equal(day('1970-01-01'), 0);
  assert.equal(day('1969-12-31'), -1);
  assert.ok(Number.isNaN(day('2021-02-29')));
  for (const d of ['0001-01-01', '0099-12-31', '1900-02-28', '2020-02-29', '9999-12-31']) assert.equal(span.dayString(day(d)), d);
});

test('days are snapped to days, weeks from Monday, and months', () => {
  for (const [given, step, want] of [
    ['2020-09-27', 'day', '2020-09-27/2020-09-27'],
    ['2020-09-27', 'week', '2020-09-21/2020-09-27'],
    ['2020-09-28', 'week', '2020-09-28/2020-10-04'],
    ['1969-12-30', 'week', '1969-12-29/1970-01-04'],
    ['2020-02-15', 'month', '2020-02-01/2020-02-29'],
    ['0050-02-15', 'month', '0050-02-01/0050-02-28'],
  ]) {
    assert.equal(told(span.snap(days(given), step)), want);
  }
  assert.equal(told(span.snap(days('2019-12-31', '2020-01-01'), 'month')), '2019-12-01/2020-01-31');
});

test('bars are counted and added across years', () => {
  assert.equal(span.countBars(days('2019-11-30', '2020-02-01'), 'month'), 4);
  assert.equal(span.countBars(days('2020-09-27', '2020-09-28'), 'week'), 2);
  assert.equal(span.dayString(span.addBars(day('2020-01-31'), 'month', -1)), '2019-12-01');
  assert.equal(span.dayString(span.addBars(day('2020-01-31'), 'month', 13)), '2021-02-01');
});

test('the step is the finest with bars to be seen', () => {
  for (const [length, pixels, want] of [
    [14, 1200, 'day'],
    [300, 1200, 'day'],
    [301, 1200, 'week'],
    [2100, 1200, 'week'],
    [2922, 1200, 'month'],
    [100_000, 300, 'month'],
  ]) {
    assert.equal(span.stepFor(length, pixels, 4), want, `${length} days`);
  }
});

test('whole months stay whole months when they move', () => {
  assert.equal(told(span.shiftBars(days('2020-01-01', '2020-01-31'), 'month', 1)), '2020-02-01/2020-02-29');
  assert.equal(told(span.shiftBars(days('2020-01-10', '2020-01-12'), 'month', 1)), '2020-02-10/2020-02-12');
  assert.equal(told(span.shiftBars(days('2020-09-27', '2020-09-28'), 'day', -2)), '2020-09-25/2020-09-26');
});

test('a filter’s days become a brush and come back with their open ends', () => {
  const whole = days('2020-01-01', '2020-12-31');
  for (const [given, want] of [
    ['', null],
    ['../..', null],
    ['yesterday', null],
    ['2020-03-01/2020-03-02', '2020-03-01/2020-03-02'],
    ['2020-03-01/..', '2020-03-01/2020-12-31'],
    ['../2020-03-01', '2020-01-01/2020-03-01'],
    ['2031-03-01/..', '2031-03-01/2031-03-01'],
    ['../1990-03-01', '1990-03-01/1990-03-01'],
  ]) {
    assert.equal(told(span.brushOf(given, whole)), want, given);
  }
  assert.deepEqual(span.intervalOf(days('2020-02-01', '2020-12-31'), whole, { from: '', to: '' }), { from: '2020-02-01', to: '' });
  assert.deepEqual(span.intervalOf(days('2020-02-01', '2020-12-31'), whole, { from: '2020-03-01', to: '2020-03-02' }), { from: '2020-02-01', to: '2020-12-31' });
});

test('the first window passes over a few old days', () => {
  const old = { ...days('1991-05-01', '1991-05-31'), total: 1 };
  const many = { ...days('2020-09-27', '2020-10-26'), total: 400 };
  const whole = { from: old.from, to: many.to };
  assert.equal(told(view.firstWindow([old, many], whole)), '2020-09-24/2020-10-26');
  assert.equal(told(view.firstWindow([{ ...old, total: 300 }, many], whole)), told(whole));
  assert.equal(told(view.firstWindow([], whole)), told(whole));
  const lone = days('2020-09-27');
  assert.equal(span.lengthOf(view.firstWindow([{ ...lone, total: 1 }], whole)), view.LEAST_WINDOW);
});

test('windows stay within the days that there are', () => {
  const whole = days('2020-01-01', '2020-12-31');
  const month = days('2020-06-01', '2020-06-30');
  assert.equal(told(view.zoomed(month, 0.0001, month.from, whole)), told(whole));
  assert.equal(span.lengthOf(view.zoomed(month, 1000, month.from, whole)), view.LEAST_WINDOW);
  assert.equal(told(view.zoomed(month, 2, month.from, whole)), '2020-06-01/2020-06-15');
  assert.equal(told(view.panned(month, -1000, whole)), '2020-01-01/2020-01-30');
  assert.equal(told(view.panned(month, 1000, whole)), '2020-12-02/2020-12-31');
  const late = view.windowAround(days('2020-12-31'), whole);
  assert.equal(told(late), '2020-12-04/2020-12-31');
  assert.ok(view.canBeSeen(days('2020-12-31'), late, 1200));
  assert.ok(!view.canBeSeen(days('2020-06-01'), whole, 1200));
  assert.ok(view.canBeSeen(days('1900-01-01', '2100-12-31'), whole, 1200));
  assert.ok(!view.canBeSeen(days('2018-01-01', '2020-01-31'), whole, 1200));
  assert.ok(!view.canBeSeen(days('2021-01-01'), whole, 1200));
});

test('the window follows the brush, with room before it', () => {
  const whole = days('2020-01-01', '2020-12-31');
  const june = days('2020-06-01', '2020-06-30');
  assert.equal(view.following(june, days('2020-06-10'), whole), june);
  for (const brush of [days('2020-07-01', '2020-07-02'), days('2020-05-30', '2020-05-31'), days('2020-12-31')]) {
    const next = view.following(june, brush, whole);
    assert.ok(span.within(brush, next) && span.within(next, whole) && span.lengthOf(next) === 30, told(next));
  }
});

test('what is fetched has whole bars and covers the window', () => {
  const whole = days('2018-03-05', '2020-12-31');
  for (const step of ['day', 'week', 'month']) {
    for (const window of [days('2018-03-05', '2018-03-20'), days('2019-06-03', '2019-09-01'), days('2020-12-20', '2020-12-31')]) {
      const fetched = view.padded(window, step, whole);
      assert.ok(span.within(window, fetched), `${step} ${told(fetched)}`);
      assert.equal(told(fetched), told(span.snap(fetched, step)));
    }
  }
});

test('the pointer draws, moves and pulls in whole bars', () => {
  const limits = days('2020-09-01', '2020-10-31');
  assert.equal(told(moves.drawn(day('2020-09-30'), day('2020-09-27'), 'day')), '2020-09-27/2020-09-30');
  assert.equal(told(moves.drawn(day('2020-09-02'), day('2020-09-02'), 'week')), '2020-08-31/2020-09-06');
  const week = days('2020-09-21', '2020-09-27');
  assert.equal(told(moves.moved(week, 5, 'week', limits)), '2020-09-28/2020-10-04');
  assert.equal(told(moves.moved(week, -3, 'week', limits)), '2020-09-21/2020-09-27');
  assert.equal(told(moves.moved(week, -99, 'day', limits)), '2020-09-01/2020-09-07');
  assert.equal(told(moves.moved(days('2020-09-20', '2020-09-22'), -2, 'month', limits)), '2020-09-20/2020-09-22');
  assert.equal(told(moves.resized(week, 'from', day('2020-09-10'), 'week', limits)), '2020-09-07/2020-09-27');
  assert.equal(told(moves.resized(week, 'from', day('2020-10-20'), 'day', limits)), '2020-09-27/2020-09-27');
  assert.equal(told(moves.resized(week, 'to', day('2020-01-01'), 'day', limits)), '2020-09-21/2020-09-21');
  assert.equal(told(moves.resized(week, 'to', day('2021-01-01'), 'day', limits)), '2020-09-21/2020-10-31');
});

test('pulling one end leaves the other, be it out of view', () => {
  const brush = days('2019-01-01', '2020-09-27');
  assert.equal(told(moves.resized(brush, 'to', day('2020-09-20'), 'day', days('2020-09-01', '2020-10-31'))), '2019-01-01/2020-09-20');
});

test('keys take an end to the edges of bars', () => {
  const week = days('2020-09-21', '2020-09-27');
  const odd = days('2020-09-23', '2020-09-25');
  for (const [brush, end, by, want] of [
    [week, 'from', 1, '2020-09-28'],
    [week, 'from', -1, '2020-09-14'],
    [week, 'to', 1, '2020-10-04'],
    [week, 'to', -1, '2020-09-20'],
    [odd, 'from', -1, '2020-09-21'],
    [odd, 'from', 1, '2020-09-28'],
    [odd, 'to', 1, '2020-09-27'],
    [odd, 'to', -1, '2020-09-20'],
    [week, 'to', 10, '2020-12-06'],
    [week, 'from', 0, '2020-09-21'],
  ]) {
    assert.equal(span.dayString(moves.endAfter(brush, end, 'week', by)), want, `${told(brush)} ${end} ${by}`);
  }
});

test('steps go by the brush, playing goes by the bar and ends', () => {
  assert.equal(told(moves.stepped(days('2020-09-21', '2020-10-04'), 'week', 1)), '2020-10-05/2020-10-18');
  assert.equal(told(moves.stepped(days('2020-09-27', '2020-09-29'), 'month', -1)), '2020-09-24/2020-09-26');
  assert.equal(told(moves.stepped(days('2020-01-01', '2020-02-29'), 'month', -1)), '2019-11-01/2019-12-31');
  const whole = days('2020-09-01', '2020-09-30');
  assert.equal(told(moves.firstPlayed(whole, 'day')), '2020-09-01/2020-09-07');
  assert.equal(told(moves.firstPlayed(days('2018-01-21', '2025-12-31'), 'month')), '2018-01-01/2018-06-30');
  assert.equal(told(moves.played(days('2020-09-20', '2020-09-29'), 'day', whole)), '2020-09-21/2020-09-30');
  assert.equal(moves.played(days('2020-09-21', '2020-09-30'), 'day', whole), null);
});

test('presets count back from the last day that could be known', () => {
  const whole = days('2020-01-01', '2020-10-10');
  const week = presets.PRESETS.find((p) => p.days === 7);
  assert.equal(told(presets.presetSpan(week, presets.lastDay(whole, ''))), '2020-10-04/2020-10-10');
  assert.equal(told(presets.presetSpan(week, presets.lastDay(whole, '2020-09-28'))), '2020-09-22/2020-09-28');
  assert.equal(told(presets.presetSpan(week, presets.lastDay(whole, '2031-01-01'))), '2020-10-04/2020-10-10');
  assert.equal(told(presets.presetSpan(week, presets.lastDay(whole, 'soon'))), '2020-10-04/2020-10-10');
});

test('labels of the axis have room and name the year', () => {
  const labels = (from, to, pixels) => axis.ticks(days(from, to), pixels, 62).map((t) => t.label);
  assert.deepEqual(labels('2020-09-27', '2020-09-30', 400), ['27 Sep 2020', '28 Sep', '29 Sep', '30 Sep']);
  assert.deepEqual(labels('2020-09-27', '2020-10-24', 300), ['28 Sep 2020', '5 Oct', '12 Oct', '19 Oct']);
  assert.deepEqual(labels('2019-11-10', '2020-03-10', 300), ['Dec 2019', '2020', 'Feb', 'Mar']);
  assert.deepEqual(labels('2018-01-01', '2025-12-31', 1200).slice(0, 3), ['2018', 'Jul', '2019']);
  assert.deepEqual(labels('1800-01-01', '2025-12-31', 300), ['1800', '1850', '1900', '1950', '2000']);
  for (const [from, to, pixels] of [['2020-01-01', '2020-12-31', 320], ['1990-06-01', '2025-12-31', 500], ['2020-01-01', '2020-03-01', 1200]]) {
    const ticks = axis.ticks(days(from, to), pixels, 62);
    const each = pixels / span.lengthOf(days(from, to));
    for (let i = 1; i < ticks.length; i++) assert.ok((ticks[i].day - ticks[i - 1].day) * each > 55, `${from} ${ticks[i].label}`);
  }
});

test('answers of the server become bars, unknown types among them', () => {
  const made = series.seriesOf({
    interval: 'week', coarse: 3, numberMatched: 12, version: 'v',
    bins: [{ date: '2020-09-21', total: 9, explosion: 4, battle: 3, siege: 2 }, { date: 'nonsense', total: 1 }],
  });
  assert.equal(made.bars.length, 1);
  assert.equal(told(made.bars[0]), '2020-09-21/2020-09-27');
  assert.deepEqual(made.bars[0].parts, [4, 3, 0, 0, 0, 0, 0, 2]);
  assert.equal(
    words.barInWords(made.bars[0], 'event'),
    '21 to 27 September 2020: 9 events, 4 explosions, 3 battles, 2 other events',
  );
  assert.equal(words.summary(made, days('2020-09-01', '2020-09-30'), 'event'), 'Bars by week, September 2020. Most in the week of 21 to 27 September 2020: 9 of 12 events.');
  assert.equal(words.summary(made, days('2020-10-01', '2020-10-31'), 'event'), 'Bars by week, October 2020. No events in these days.');
  assert.equal(words.coarseInWords(made.coarse), '3 more known only to the month or worse');
});

test('one event is as much as a line, and the highest bar all', () => {
  assert.equal(bars.heightOf(0, 100, 40), 0);
  assert.equal(bars.heightOf(100, 100, 40), 40);
  assert.equal(bars.heightOf(25, 100, 40), 20);
  assert.equal(bars.heightOf(1, 1e6, 40), 1.5);
});

test('days to pixels and back', () => {
  const scale = new bars.Scale(days('2020-09-01', '2020-09-30'), 300 + 2 * bars.MARGIN);
  assert.equal(scale.x(day('2020-09-02')), bars.MARGIN + 10);
  assert.equal(scale.day(bars.MARGIN + 15), day('2020-09-02'));
  assert.equal(scale.day(-50), day('2020-09-01'));
  assert.equal(scale.day(9999), day('2020-09-30'));
  assert.equal(scale.days(-20), -2);
});
