package geoparse

import (
	"strconv"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// night reads what happened between two days: "overnight", "in the night to
// Tuesday", "the night from Sunday to Monday".
func (r *dateReader) night(i int) (int, geo.Interval, bool) {
	t := r.tok(i)
	if !t.is("overnight", "night") || r.published == 0 {
		return 0, geo.Interval{}, false
	}
	j := i + 1
	if r.tok(j).is("from", "of") {
		if n, _, ok := r.point(j + 1); ok && r.tok(j+1+n).is("to", "into") {
			j += n + 1
		}
	}
	if r.tok(j).is("to", "into", "on") {
		if n, days, ok := r.point(j + 1); ok {
			return j + 1 + n - i, geo.Interval{From: days.From - 1, To: days.To}, true
		}
	}
	if r.tok(i - 1).is("last") {
		return 1, geo.Interval{From: r.published - 1, To: r.published - 1}, true
	}
	if t.is("overnight") {
		return 1, geo.Interval{From: r.published - 1, To: r.published}, true
	}
	return 0, geo.Interval{}, false
}

// relative reads words that count from the day of publication, or from the day
// last spoken of.
func (r *dateReader) relative(i int) (int, geo.Interval, bool) {
	p := r.published
	if p == 0 {
		return 0, geo.Interval{}, false
	}
	day := func(d geo.Day) geo.Interval { return geo.Interval{From: d, To: d} }
	t, next := r.tok(i), r.tok(i+1)
	switch {
	case t.is("today", "tonight"):
		return 1, day(p), true
	case t.is("yesterday"):
		return 1, day(p - 1), true
	case t.is("this") && next.is("morning", "afternoon", "evening", "noon"):
		return 2, day(p), true
	case t.is("this", "last", "previous", "past") && next.is("week", "month", "year"):
		return 2, r.period(t, next), true
	case t.is("same", "that") && next.is("day", "morning", "evening", "afternoon", "night", "weekend"):
		return 2, day(r.ref), r.ref > 0
	case t.is("next", "following") && next.is("day", "morning"):
		return 2, day(r.ref + 1), r.ref > 0
	case t.is("day") && next.is("before") && !r.tok(i+2).is("yesterday"):
		return 2, day(r.ref - 1), r.ref > 0
	case t.is("hours", "minutes") && next.is("later", "earlier", "before", "after"):
		return 2, day(r.ref), r.ref > 0
	}
	return 0, geo.Interval{}, false
}

// period reads "last week" (the Monday to Sunday before), "this month" (up to
// publication) and their like.
func (r *dateReader) period(t, unit *token) geo.Interval {
	p := r.published
	y, m, _ := p.Civil()
	this := t.is("this")
	switch {
	case unit.is("week"):
		first := monday(p)
		if this {
			return geo.Interval{From: first, To: p}
		}
		return geo.Interval{From: first - 7, To: first - 1}
	case unit.is("month"):
		if this {
			return geo.Interval{From: monthDays(y, m).From, To: p}
		}
		return monthDays(prevMonth(y, m))
	}
	if this {
		return geo.Interval{From: yearDays(y, y).From, To: p}
	}
	return yearDays(y-1, y-1)
}

// counted reads "two days ago" and "three weeks earlier".
func (r *dateReader) counted(i int) (int, geo.Interval, bool) {
	n, ok := count(r.tok(i))
	if !ok || r.published == 0 {
		return 0, geo.Interval{}, false
	}
	unit, dir := r.tok(i+1), r.tok(i+2)
	from := r.ref
	switch {
	case dir.is("ago"):
		from, n = r.published, -n
	case dir.is("earlier", "before", "previously"):
		n = -n
	case !dir.is("later", "after", "afterwards"):
		return 0, geo.Interval{}, false
	}
	if from == 0 {
		return 0, geo.Interval{}, false
	}
	y, m, d := from.Civil()
	switch {
	case unit.is("day", "days"):
		from += geo.Day(n)
		return 3, geo.Interval{From: from, To: from}, true
	case unit.is("week", "weeks"):
		from += geo.Day(7 * n)
		return 3, geo.Interval{From: from, To: from}, true
	case unit.is("month", "months"):
		t := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return 3, monthDays(t.Year(), t.Month()), t.Year() > 0
	case unit.is("year", "years"):
		if d == 0 || y+n < 1 || y+n > 9999 {
			return 0, geo.Interval{}, false
		}
		return 3, yearDays(y+n, y+n), true
	}
	return 0, geo.Interval{}, false
}

// count reads a small number in digits or words; "a day earlier" is one.
func count(t *token) (int, bool) {
	if t.kind == number {
		n, err := strconv.Atoi(t.text)
		return n, err == nil && n > 0 && n < 1000
	}
	for i, w := range []string{"a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if t.fold == w {
			return i + 1, true
		}
	}
	return 1, t.is("one", "an")
}
