package geoparse

import (
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

func yearDays(from, to int) geo.Interval {
	a, _ := geo.Date(from, time.January, 1)
	b, _ := geo.Date(to, time.December, 31)
	return geo.Interval{From: a, To: b}
}

// calendar reads dates that name a month or a weekday, and ISO dates.
func (r *dateReader) calendar(i int) (int, geo.Interval, bool) {
	if n, day, ok := isoDate(r.toks[:r.end+1], i); ok {
		return n, geo.Interval{From: day, To: day}, true
	}
	if wd, ok := weekday(r.tok(i)); ok {
		return r.weekdayDate(i, wd)
	}
	if n, days, ok := r.dayMonth(i); ok {
		return n, days, true
	}
	if n, days, ok := r.ordinalDay(i); ok {
		return n, days, true
	}
	return r.monthDate(i)
}

// ordinalDay reads "on the 9th": a day of the month last spoken of.
func (r *dateReader) ordinalDay(i int) (int, geo.Interval, bool) {
	num, ok := dayNumber(r.tok(i))
	next := r.tok(i + 1)
	if !ok || r.ref == 0 || r.tok(i).kind != number || !isOrdinal(r.tok(i)) || !r.tok(i-1).is("the") ||
		!r.tok(i-2).is("on", "of", "since", "until", "from", "by") && next.kind != punct || next.kind == word && !next.is("and", "in", "at", "near", "when", "the", "by", "a", "after", "to") {
		return 0, geo.Interval{}, false
	}
	y, m, _ := r.ref.Civil()
	d, ok := geo.Date(y, m, num)
	if ok && d > r.published {
		y, m = prevMonth(y, m)
		d, ok = geo.Date(y, m, num)
	}
	return 1, geo.Interval{From: d, To: d}, ok
}

// weekdayDate reads "Sunday", "Sunday morning", "Friday 25th", "Sunday
// (September 27th)" and "Monday, 28 September": the date named along with a
// weekday wins.
func (r *dateReader) weekdayDate(i int, wd time.Weekday) (int, geo.Interval, bool) {
	j := i + 1
	closing := 0
	for r.tok(j).text == "," || r.tok(j).text == "(" || r.tok(j).is("the", "on") {
		if r.tok(j).text == "(" {
			closing = 1
		}
		j++
	}
	n, days, ok := r.dayMonth(j)
	if !ok {
		n, days, ok = r.monthDate(j)
		ok = ok && days.From == days.To
	}
	if ok {
		return j + n + closing - i, days, true
	}
	if r.published == 0 {
		return 0, geo.Interval{}, false
	}
	if num, ok := dayNumber(r.tok(i + 1)); ok && isOrdinal(r.tok(i+1)) {
		for d := r.published; d > r.published-400 && d > 0; d-- {
			if _, _, dd := d.Civil(); dd == num && d.Weekday() == wd {
				return 2, geo.Interval{From: d, To: d}, true
			}
		}
	}
	d := r.published - geo.Day((int(r.published.Weekday())-int(wd)+7)%7)
	if r.tok(i-1).is("last", "previous") && d == r.published {
		d -= 7
	}
	if r.tok(i-1).is("next", "coming") {
		d += 7
	}
	n = 1
	if r.tok(i + 1).is("last") {
		n = 2
	}
	if r.tok(i+1).is("of") && r.tok(i+2).is("last") && r.tok(i+3).is("week") {
		d = monday(r.published) - 7 + geo.Day((int(wd)+6)%7)
		return 4, geo.Interval{From: d, To: d}, true
	}
	return n, geo.Interval{From: d, To: d}, true
}

// monday is the first day of the week that d lies in.
func monday(d geo.Day) geo.Day { return d - geo.Day((int(d.Weekday())+6)%7) }

// dayMonth reads "27 September 2020", "the 27th of September".
func (r *dateReader) dayMonth(i int) (int, geo.Interval, bool) {
	num, ok := dayNumber(r.tok(i))
	if !ok {
		return 0, geo.Interval{}, false
	}
	j := i + 1
	if r.tok(j).is("of") {
		j++
	}
	m, ok := month(r.tok(j))
	if !ok {
		return 0, geo.Interval{}, false
	}
	n, d, ok := r.dayIn(j+1, m, num)
	return j + 1 + n - i, geo.Interval{From: d, To: d}, ok
}

// monthDate reads "September 27th, 2020", "September 2020", and "in
// September" where a word before it shows that a month is meant.
func (r *dateReader) monthDate(i int) (int, geo.Interval, bool) {
	m, ok := month(r.tok(i))
	if !ok {
		return 0, geo.Interval{}, false
	}
	j := i + 1
	if r.tok(j).text == "." && r.tok(j).gap == joined {
		j++
	}
	// after "in" a bare number counts something else: "in February 30 people"
	if num, ok := dayNumber(r.tok(j)); ok && !(r.tok(i-1).is("in") && !isOrdinal(r.tok(j))) {
		n, d, ok := r.dayIn(j+1, m, num)
		return j + 1 + n - i, geo.Interval{From: d, To: d}, ok
	}
	k := j
	if r.tok(k).text == "," || r.tok(k).is("of") {
		k++
	}
	if y, ok := r.yearAt(k); ok {
		return k + 1 - i, monthDays(y, m), true
	}
	if r.tok(j).is("of") && r.tok(j+1).is("that") && r.tok(j+2).is("year") && r.ref > 0 {
		y, _, _ := r.ref.Civil()
		return j + 3 - i, monthDays(y, m), true
	}
	if !r.tok(i-1).is("in", "last", "since", "early", "late", "mid", "until", "from", "by", "during", "of", "between", "and", "to", "this") || r.published == 0 {
		return 0, geo.Interval{}, false
	}
	y, pm, _ := r.published.Civil()
	if m > pm || m == pm && r.tok(i-1).is("last") {
		y--
	}
	if r.year != 0 && r.year < y && r.tok(i-1).is("in", "of", "and", "to", "until") {
		y = r.year
	}
	return j - i, monthDays(y, m), true
}

// dayIn gives the day its year: the one named at token i, or of an explicit date
// in the same sentence, or the latest that is not after publication.
func (r *dateReader) dayIn(i int, m time.Month, num int) (int, geo.Day, bool) {
	k := i
	if r.tok(k).text == "," {
		k++
	}
	if y, ok := r.yearAt(k); ok {
		d, ok := geo.Date(y, m, num)
		return k + 1 - i, d, ok
	}
	if r.ref > 0 && r.tok(i).is("of") && (r.tok(i+1).is("that") && r.tok(i+2).is("year") || r.tok(i+1).is("the") && r.tok(i+2).is("same") && r.tok(i+3).is("year")) {
		y, _, _ := r.ref.Civil()
		d, ok := geo.Date(y, m, num)
		n := 3
		if r.tok(i + 1).is("the") {
			n = 4
		}
		return n, d, ok
	}
	if r.published == 0 {
		return 0, 0, false
	}
	y, _, _ := r.published.Civil()
	if r.year != 0 {
		y = r.year
	}
	d, ok := geo.Date(y, m, num)
	if (!ok || d > r.published) && r.year == 0 {
		d, ok = geo.Date(y-1, m, num)
	}
	return 0, d, ok
}

func monthDays(y int, m time.Month) geo.Interval {
	a, _ := geo.Date(y, m, 1)
	return geo.Interval{From: a, To: a + geo.Day(geo.DaysIn(y, m)) - 1}
}

func prevMonth(y int, m time.Month) (int, time.Month) {
	if m == time.January {
		return y - 1, time.December
	}
	return y, m - 1
}

// yearAt reads a year of four digits.
func (r *dateReader) yearAt(i int) (int, bool) {
	t := r.tok(i)
	if t.kind != number || len(t.text) != 4 {
		return 0, false
	}
	y, err := strconv.Atoi(t.text)
	return y, err == nil && y >= 1000 && y < 2100
}

func isoDate(toks []token, i int) (int, geo.Day, bool) {
	if i < 0 || i+4 >= len(toks) || toks[i].kind != number || len(toks[i].text) != 4 ||
		!toks[i+1].isHyphen() || !toks[i+3].isHyphen() || len(toks[i+2].text) != 2 || len(toks[i+4].text) < 2 {
		return 0, 0, false
	}
	d, err := geo.ParseDay(toks[i].text + "-" + toks[i+2].text + "-" + toks[i+4].text[:2])
	return 5, d, err == nil
}

// dayNumber reads a day of the month: "7", "27th".
func dayNumber(t *token) (int, bool) {
	for i, w := range []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"} {
		if t.fold == w {
			return i + 1, true
		}
	}
	if t.kind != number {
		return 0, false
	}
	s := t.text
	if isOrdinal(t) {
		s = s[:len(s)-2]
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= 31 && len(s) <= 2
}

func isOrdinal(t *token) bool {
	return strings.HasSuffix(t.fold, "st") || strings.HasSuffix(t.fold, "nd") || strings.HasSuffix(t.fold, "rd") || strings.HasSuffix(t.fold, "th")
}

func weekday(t *token) (time.Weekday, bool) {
	if t.kind != word || !t.upper || t.text == "Sun" || t.text == "Sat" {
		return 0, false
	}
	switch t.fold {
	case "sunday", "sun", "sundays":
		return time.Sunday, true
	case "monday", "mon", "mondays":
		return time.Monday, true
	case "tuesday", "tue", "tuesdays":
		return time.Tuesday, true
	case "wednesday", "wed", "wednesdays":
		return time.Wednesday, true
	case "thursday", "thu", "thursdays":
		return time.Thursday, true
	case "friday", "fri", "fridays":
		return time.Friday, true
	case "saturday", "sat", "saturdays":
		return time.Saturday, true
	}
	return 0, false
}

func month(t *token) (time.Month, bool) {
	if t.kind != word || !t.upper {
		return 0, false
	}
	switch t.fold {
	case "january", "jan":
		return time.January, true
	case "february", "feb":
		return time.February, true
	case "march", "mar":
		return time.March, true
	case "april", "apr":
		return time.April, true
	case "may":
		return time.May, true
	case "june", "jun":
		return time.June, true
	case "july", "jul":
		return time.July, true
	case "august", "aug":
		return time.August, true
	case "september", "sept", "sep":
		return time.September, true
	case "october", "oct":
		return time.October, true
	case "november", "nov":
		return time.November, true
	case "december", "dec":
		return time.December, true
	}
	return 0, false
}
