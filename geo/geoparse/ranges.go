package geoparse

import (
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// since reads "since March" and "since then": from there to the day of publication.
func (r *dateReader) since(i int) (int, geo.Interval, bool) {
	if !r.tok(i).is("since") || r.published == 0 {
		return 0, geo.Interval{}, false
	}
	j := i + 1
	if r.tok(j).is("then") && r.ref > 0 {
		return 2, geo.Interval{From: r.ref, To: r.published}, true
	}
	for j < i+5 && r.tok(j).is("the", "early", "late", "mid", "on", "at", "least", "night", "morning", "dawn", "evening", "of", "in", "-") {
		j++
	}
	n, days, ok := r.point(j)
	if !ok {
		r.sinceAt = i // "since the town fell in 2014": see second
		return 0, geo.Interval{}, false
	}
	days.To = r.published
	r.alt.To = days.To
	return j + n - i, days, true
}

// maxSince is how many tokens may lie between "since" and the date of the
// event that something has lasted since.
const maxSince = 12

// between reads "between 1988 and 1994", "from Monday to Friday", "27 to 29
// September", "27-29 September", "March and April 2020".
func (r *dateReader) between(i int) (int, geo.Interval, bool) {
	j := i
	named := true
	switch t := r.tok(i); {
	case t.is("between", "from"):
		j++
	default:
		named = false
		if n, days, ok := r.dayRange(i); ok {
			return n, days, true
		}
	}
	if r.tok(j).is("the") {
		j++
	}
	n, from, open, ok := r.start(j)
	if !ok {
		return 0, geo.Interval{}, false
	}
	link := r.tok(j + n)
	k := j + n + 1
	if link.text == "," && r.tok(k).is("and") { // "on Friday, and on Saturday"
		return 0, geo.Interval{}, false
	}
	pair := link.is("and") && !r.tok(i).is("between")
	if !link.is("to", "until", "till", "and", "through") && !(link.isHyphen() || link.text == "–") {
		return 0, geo.Interval{}, false
	}
	for r.tok(k).is("on", "the", "in", "early", "late") {
		k++
	}
	altFrom := r.alt
	r.alt = geo.Interval{}
	m, to, ok := r.point(k)
	if !ok {
		return 0, geo.Interval{}, false
	}
	r.alt = r.altRange(j, open, altFrom, r.alt, from, to)
	if open {
		from = r.complete(j, from, to)
	}
	if from.From > to.To {
		if _, is := weekday(r.tok(j)); is && from.From-to.To < 8 {
			from.From -= 7 // "from Monday to Sunday", told on a Monday
		} else {
			from = yearBefore(from)
		}
	}
	if pair && to.From-from.To > 1 || !named && !pair && from.From == 0 || from.From > to.From || from.From <= 0 {
		return 0, geo.Interval{}, false
	}
	return k + m - i, geo.Interval{From: from.From, To: to.To}, true
}

// altRange is the second reading of a range of which one end or both have one.
func (r *dateReader) altRange(j int, open bool, altFrom, altTo, from, to geo.Interval) geo.Interval {
	if altTo.To == 0 && altFrom.To == 0 {
		return geo.Interval{}
	}
	if altTo.To == 0 {
		altTo = to
	}
	switch {
	case open:
		from = r.complete(j, from, altTo)
	case altFrom.To != 0:
		from = altFrom
	}
	if from.From > altTo.To {
		from = yearBefore(from)
	}
	return geo.Interval{From: from.From, To: altTo.To}
}

// start reads the first date of a range; open says that it may take its month
// or year from the second one.
func (r *dateReader) start(j int) (n int, from geo.Interval, open, ok bool) {
	if _, is := month(r.tok(j)); is {
		if !r.tok(j+1).is("to", "until", "till", "and", "through", "–", "-") {
			n, from, ok = r.point(j)
			return n, from, false, ok
		}
		return 1, geo.Interval{}, true, true
	}
	if num, is := dayNumber(r.tok(j)); is && r.tok(j).kind == number && !r.tok(j+1).isHyphen() {
		if m, isMonth := month(r.tok(j + 1)); isMonth && r.tok(j+2).is("to", "until", "till", "and", "through", "–") {
			return 2, geo.Interval{From: geo.Day(m), To: geo.Day(num)}, true, true
		}
		if r.tok(j+1).is("to", "until", "till", "and", "through") {
			return 1, geo.Interval{From: geo.Day(num)}, true, true
		}
	}
	if wd, is := weekday(r.tok(j)); is {
		if num, is := dayNumber(r.tok(j + 1)); is && r.tok(j+2).is("to", "until", "and") {
			return 2, geo.Interval{From: geo.Day(num)}, true, true
		}
		if r.tok(j+1).is("to", "until", "till", "and", "through", "night", "morning", "evening", "afternoon") {
			k := 1
			if !r.tok(j+1).is("to", "until", "till", "and", "through") {
				k = 2
			}
			n, from, ok = r.weekdayDate(j, wd)
			return max(n, k), from, false, ok
		}
	}
	n, from, ok = r.point(j)
	return n, from, false, ok
}

// complete gives the open start of a range the month or the year of its end:
// "27 to 29 September", "29 April to 3 May 1992", "May to August 1992".
func (r *dateReader) complete(j int, from, to geo.Interval) geo.Interval {
	y, m, _ := to.From.Civil()
	if mo, ok := month(r.tok(j)); ok {
		return monthDays(y, mo)
	}
	num := int(from.From)
	if from.To != 0 {
		num, m = int(from.To), time.Month(from.From)
	}
	d, ok := geo.Date(y, m, num)
	if !ok {
		return geo.Interval{}
	}
	return geo.Interval{From: d, To: d}
}

// yearBefore moves days a year back: the October of "from October to May".
func yearBefore(days geo.Interval) geo.Interval {
	if days.From == 0 {
		return days
	}
	y, m, d := days.From.Civil()
	from, ok := geo.Date(y-1, m, d)
	if !ok {
		return geo.Interval{}
	}
	return geo.Interval{From: from, To: from + days.To - days.From}
}

// dayRange reads "27-29 September", "27 and 28 September" and "September 27-29".
func (r *dateReader) dayRange(i int) (int, geo.Interval, bool) {
	j := i
	if _, ok := month(r.tok(i)); ok {
		j++
	}
	a, ok := dayNumber(r.tok(j))
	sep := r.tok(j + 1)
	if !ok || !(sep.isHyphen() || sep.text == "–" || sep.is("to", "and", "or")) {
		return 0, geo.Interval{}, false
	}
	b, ok := dayNumber(r.tok(j + 2))
	if !ok || b <= a {
		return 0, geo.Interval{}, false
	}
	if j > i {
		if sep.is("and", "or") && r.tok(j+3).kind == word {
			return 0, geo.Interval{}, false // "on May 5 and 6 others"
		}
		m, _ := month(r.tok(i))
		n, to, ok := r.dayIn(j+3, m, b)
		r.alt = geo.Interval{}
		return j + 3 + n - i, geo.Interval{From: to - geo.Day(b-a), To: to}, ok
	}
	n, to, ok := r.calendar(j + 2)
	r.alt = geo.Interval{}
	if !ok {
		return 0, geo.Interval{}, false
	}
	return n + 2, geo.Interval{From: to.To - geo.Day(b-a), To: to.To}, true
}

// point reads one date without a range, at any precision.
func (r *dateReader) point(i int) (int, geo.Interval, bool) {
	if n, days, ok := r.partOf(i); ok {
		return n, days, true
	}
	if n, days, ok := r.calendar(i); ok {
		return n, days, true
	}
	if y, ok := r.yearAt(i); ok {
		return 1, yearDays(y, y), true
	}
	return r.relative(i)
}
