package geoparse

import (
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

func yearDays(from, to int) geo.Interval {
	a, _ := geo.Date(from, time.January, 1)
	b, _ := geo.Date(to, time.December, 31)
	return geo.Interval{From: a, To: b}
}

// calendar reads dates that name a month or a weekday, and dates in digits.
func (r *dateReader) calendar(i int) (int, geo.Interval, bool) {
	if n, day, ok := isoDate(r.toks[:r.end+1], i); ok {
		return n, oneDay(day), true
	}
	if n, day, ok := r.digits(i); ok {
		return n, oneDay(day), true
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
	if !ok || r.ref == 0 || !isOrdinal(r.tok(i)) || !r.tok(i-1).is("the") || next.upper && next.kind == word || isCounted(next) {
		return 0, geo.Interval{}, false
	}
	if r.tok(i).kind == word && !(next.is("of") && r.tok(i+2).is("the", "this") && r.tok(i+3).is("month")) {
		return 0, geo.Interval{}, false // "the first" of anything
	}
	plain := next.kind == punct || next.fold == "" || next.is("and", "in", "at", "near", "when", "the", "by", "a", "after", "to", "of")
	if !r.tok(i-2).is("on") && !(plain && r.tok(i-2).is("of", "since", "until", "from", "by", "to", "night", "and", "between")) {
		return 0, geo.Interval{}, false
	}
	n := 1
	if next.is("of") {
		if !r.tok(i+2).is("the", "this", "last", "that") || !r.tok(i+3).is("month") {
			return 0, geo.Interval{}, false
		}
		n = 4
	}
	y, m, _ := r.ref.Civil()
	if n == 4 && r.tok(i+2).is("the", "this") && r.published > 0 {
		y, m, _ = r.published.Civil()
	}
	d, ok := geo.Date(y, m, num)
	if ok && r.published > 0 && d > r.published {
		y, m = prevMonth(y, m)
		d, ok = geo.Date(y, m, num)
	}
	return n, oneDay(d), ok
}

// isCounted lists nouns that ordinals count: "the 9th brigade" is no day.
func isCounted(t *token) bool {
	switch t.fold {
	case "anniversary", "day", "floor", "brigade", "division", "battalion", "regiment", "corps", "army", "company", "squadron",
		"parallel", "century", "time", "round", "district", "infantry", "armoured", "armored", "mechanised", "mechanized",
		"congress", "amendment", "attempt", "year", "month", "week", "hour", "birthday", "edition", "summit", "session",
		"person", "victim", "attack", "such", "straight", "consecutive", "in", "kilometre", "mile", "grade", "place",
		"president", "term", "arrondissement", "precinct":
		return true
	}
	return false
}

// weekdayDate reads "Sunday", "Sunday morning", "Friday 25th", "Sunday
// (September 27th)" and "Monday, 28 September": the date named along with a
// weekday wins.
func (r *dateReader) weekdayDate(i int, wd time.Weekday) (int, geo.Interval, bool) {
	j := i + 1
	closing := 0
	for j < i+4 && (r.tok(j).text == "," || r.tok(j).text == "(" || r.tok(j).is("the", "on")) {
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
		if closing == 1 && r.tok(j+n).text != ")" {
			closing = 0
		}
		if r.alt.From != 0 && r.alt.From.Weekday() == wd && days.From.Weekday() != wd {
			days, r.alt = r.alt, days // the weekday tells the year
		}
		return j + n + closing - i, days, true
	}
	r.alt = geo.Interval{}
	if r.published == 0 {
		return 0, geo.Interval{}, false
	}
	for k := i + 1; k <= i+2; k++ {
		num, ok := dayNumber(r.tok(k))
		if !ok || r.tok(k).kind != number || !(isOrdinal(r.tok(k)) || k == i+1 && r.tok(k).gap == space && r.tok(k+1).kind == punct) || k == i+2 && !r.tok(i+1).is("the") {
			continue
		}
		for d := r.published; d > r.published-400 && d > 0; d-- {
			if _, _, dd := d.Civil(); dd == num && d.Weekday() == wd {
				return k + 1 - i, oneDay(d), true
			}
		}
	}
	return r.bareWeekday(i, wd)
}

// bareWeekday counts from the day of publication back to the weekday.
func (r *dateReader) bareWeekday(i int, wd time.Weekday) (int, geo.Interval, bool) {
	d := r.published - geo.Day((int(r.published.Weekday())-int(wd)+7)%7)
	prev := r.tok(i - 1)
	if prev.is("last", "previous") && d == r.published {
		d -= 7
	}
	if prev.is("next", "coming") {
		d += 7
	}
	week := i + 1
	if r.tok(week).is("of") {
		week++
	}
	switch {
	case r.tok(week).is("last") && r.tok(week+1).is("week"):
		d = monday(r.published) - 7 + geo.Day((int(wd)+6)%7)
		return week + 2 - i, oneDay(d), true
	case r.tok(week).is("this") && r.tok(week+1).is("week"):
		return week + 2 - i, oneDay(d), true
	case r.tok(i + 1).is("last"):
		return 2, oneDay(d), true
	case r.tok(i+1).is("night") && !r.tok(i+2).is("before"):
		return 2, oneDay(d), true
	}
	return 1, oneDay(d), true
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
	if !ok || r.tok(i).kind == word && !r.tok(i-1).is("the", "on") {
		return 0, geo.Interval{}, false
	}
	n, d, ok := r.dayIn(j+1, m, num)
	return j + 1 + n - i, oneDay(d), ok
}

// monthDate reads "September 27th, 2020", "September 2020", and "in
// September" where a word before it shows that a month is meant.
func (r *dateReader) monthDate(i int) (int, geo.Interval, bool) {
	m, ok := month(r.tok(i))
	if !ok {
		return 0, geo.Interval{}, false
	}
	j := i + 1
	if r.tok(j).text == "." && r.tok(j).gap == joined && r.tok(j+1).kind == number {
		j++
	}
	// after "in" a bare number counts something else: "in February 30 people"
	if num, ok := dayNumber(r.tok(j)); ok && r.tok(j).kind == number && !(r.tok(i-1).is("in") && !isOrdinal(r.tok(j))) {
		n, d, ok := r.dayIn(j+1, m, num)
		return j + 1 + n - i, oneDay(d), ok
	}
	k := j
	if r.tok(k).text == "," || r.tok(k).is("of") {
		k++
	}
	if y, ok := r.yearAt(k); ok {
		return k + 1 - i, monthDays(y, m), true
	}
	if n, y, ok := r.relativeYear(j); ok {
		return j + n - i, monthDays(y, m), true
	}
	return r.bareMonth(i, j, m)
}

// bareMonth reads a month without a day or a year: the last one that began
// before publication, or that of the year last spoken of.
func (r *dateReader) bareMonth(i, j int, m time.Month) (int, geo.Interval, bool) {
	prev := r.tok(i - 1)
	known := prev.is("in", "last", "since", "early", "late", "mid", "until", "from", "by", "during", "of", "between", "and", "to", "this", "month", "through", "throughout", "after", "before", "-")
	if !known && (isWord(m) || r.tok(j).upper && r.tok(j).kind == word) || r.published == 0 {
		return 0, geo.Interval{}, false
	}
	if y, ok := r.sharedYear(j); ok {
		return j - i, monthDays(y, m), true
	}
	y, pm, _ := r.published.Civil()
	if m > pm || m == pm && prev.is("last") {
		y--
	}
	days := monthDays(y, m)
	if r.year == 0 && r.story != 0 {
		r.alt = days
		return j - i, monthDays(r.story, m), true
	}
	if r.year != 0 && r.year < y {
		if prev.is("in", "of", "and", "to", "until", "through") {
			r.alt = days
			return j - i, monthDays(r.year, m), true
		}
		r.alt = monthDays(r.year, m)
	} else if r.told != 0 && r.told < y {
		r.alt = monthDays(r.told, m)
	}
	return j - i, days, true
}

// isWord reports months whose names are words or first names as well.
func isWord(m time.Month) bool { return m >= time.March && m <= time.June }

// sharedYear finds the year of the second month in "February and March 1984".
func (r *dateReader) sharedYear(j int) (int, bool) {
	if !r.tok(j).is("and", "or", "to", "until", "–", "-") {
		return 0, false
	}
	if _, ok := month(r.tok(j + 1)); !ok {
		return 0, false
	}
	return r.yearAt(j + 2)
}

// relativeYear reads "last year", "of that year", "of the same year" at token i.
func (r *dateReader) relativeYear(i int) (int, int, bool) {
	j := i
	if r.tok(j).text == "," {
		j++
	}
	for r.tok(j).is("of", "the") && j < i+3 {
		j++
	}
	if !r.tok(j + 1).is("year") {
		return 0, 0, false
	}
	py, _, _ := r.published.Civil()
	ry, _, _ := r.ref.Civil()
	switch t := r.tok(j); {
	case t.is("this") && r.published > 0:
		return j + 2 - i, py, true
	case t.is("last", "past") && r.published > 0:
		return j + 2 - i, py - 1, py > 1
	case t.is("that", "same") && r.ref > 0:
		return j + 2 - i, ry, true
	case t.is("previous") && r.ref > 0:
		return j + 2 - i, ry - 1, ry > 1
	}
	return 0, 0, false
}

// dayIn gives the day its year: the one named at token i, or of an explicit date
// in the same sentence, or the latest that is not after publication. In a text
// that has spoken of an earlier year, that year's is the second reading.
func (r *dateReader) dayIn(i int, m time.Month, num int) (int, geo.Day, bool) {
	k := i
	if r.tok(k).text == "," {
		k++
	}
	if y, ok := r.yearAt(k); ok {
		d, ok := geo.Date(y, m, num)
		return k + 1 - i, d, ok
	}
	if n, y, ok := r.relativeYear(i); ok {
		d, ok := geo.Date(y, m, num)
		return n, d, ok
	}
	if r.published == 0 {
		return 0, 0, false
	}
	y, _, _ := r.published.Civil()
	d, ok := geo.Date(y, m, num)
	if !ok || d > r.published {
		d, ok = geo.Date(y-1, m, num)
	}
	if r.year == 0 && r.story != 0 {
		if in, valid := geo.Date(r.story, m, num); valid {
			r.alt = oneDay(d)
			return 0, in, true
		}
	}
	if r.year != 0 {
		if in, valid := geo.Date(r.year, m, num); valid && in != d {
			r.alt = oneDay(d)
			return 0, in, true
		}
	}
	if r.told != 0 {
		if in, valid := geo.Date(r.told, m, num); valid && in < d {
			r.alt = oneDay(in)
		}
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
