package geoparse

import (
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// bareYear reads a year that its preposition shows to be one ("in 2016"),
// years in a row ("2003 and 2004", "1988–94") and decades ("the 1990s").
func (r *dateReader) bareYear(i int) (int, geo.Interval, bool) {
	t := r.tok(i)
	if t.kind != number {
		return 0, geo.Interval{}, false
	}
	if len(t.text) == 5 && strings.HasSuffix(t.text, "0s") {
		if y, err := strconv.Atoi(t.text[:4]); err == nil && y >= 1000 && y < 2100 {
			return 1, yearDays(y, y+9), true
		}
	}
	y, ok := r.yearAt(i)
	if !ok {
		return 0, geo.Interval{}, false
	}
	if z, ok := r.lastYear(i+2, y); ok && (r.tok(i+1).isHyphen() || r.tok(i+1).text == "–") && r.tok(i+1).gap == joined && r.tok(i+2).gap == joined {
		return 3, yearDays(y, z), true
	}
	prev := r.tok(i - 1)
	if !prev.is("in", "of", "by", "until", "during", "early", "late", "mid", "year", "before", "after", "for", "the", "(", "his", "its", "their", "from", "since", "back", "than") &&
		!(prev.isHyphen() && r.tok(i-2).is("mid")) && !r.followsYear(i) {
		return 0, geo.Interval{}, false
	}
	if z, ok := r.yearAt(i + 2); ok && z == y+1 && r.tok(i+1).is("and") {
		return 3, yearDays(y, z), true
	}
	return 1, yearDays(y, y), true
}

// lastYear reads the end of "1988–1994" or "1988–94".
func (r *dateReader) lastYear(i, first int) (int, bool) {
	if z, ok := r.yearAt(i); ok {
		return z, z > first && z < first+100
	}
	t := r.tok(i)
	if t.kind != number || len(t.text) != 2 {
		return 0, false
	}
	n, err := strconv.Atoi(t.text)
	z := first/100*100 + n
	return z, err == nil && z > first
}

// followsYear finds the second year of "in 2015 and 2016".
func (r *dateReader) followsYear(i int) bool {
	_, ok := r.yearAt(i - 2)
	return ok && r.tok(i-1).is("and", "or", "to", ",")
}

// partOf reads a season of a year ("the summer of 2014", "last winter"), and
// a part of a month or year ("mid-2014", "early May", "the end of March").
func (r *dateReader) partOf(i int) (int, geo.Interval, bool) {
	t := r.tok(i)
	if m, ok := season(t); ok {
		return r.seasonOf(i, m)
	}
	var part int
	j := i + 1
	switch {
	case t.is("early", "beginning", "start"):
	case t.is("mid", "middle"):
		part = 1
	case t.is("late", "end"):
		part = 2
	default:
		return 0, geo.Interval{}, false
	}
	if r.tok(j).isHyphen() || r.tok(j).is("of", "in") {
		j++
	}
	if y, ok := r.yearAt(j); ok {
		days := [...][2]time.Month{{time.January, time.April}, {time.May, time.August}, {time.September, time.December}}[part]
		return j + 1 - i, geo.Interval{From: monthDays(y, days[0]).From, To: monthDays(y, days[1]).To}, true
	}
	if _, ok := month(r.tok(j)); !ok {
		return 0, geo.Interval{}, false
	}
	n, days, ok := r.monthDate(j)
	if !ok || days.To-days.From < 27 {
		return 0, geo.Interval{}, false
	}
	whole := days
	days.From += geo.Day(10 * part)
	if part < 2 {
		days.To = days.From + 9
	}
	r.alt = whole
	return j + n - i, days, true
}

// season returns the first month of a northern season.
func season(t *token) (time.Month, bool) {
	switch t.fold {
	case "spring":
		return time.March, true
	case "summer":
		return time.June, true
	case "autumn":
		return time.September, true
	case "winter":
		return time.December, true
	}
	return 0, false
}

// seasonOf reads the season at token i with the year that is named after or
// before it, or the last one that began before publication.
func (r *dateReader) seasonOf(i int, m time.Month) (int, geo.Interval, bool) {
	j := i + 1
	if r.tok(j).is("of") {
		j++
	}
	y, ok := r.yearAt(j)
	n := j + 1 - i
	if !ok {
		if !r.tok(i-1).is("last", "this", "that", "the", "in", "since") || r.published == 0 || r.tok(i+1).isHyphen() {
			return 0, geo.Interval{}, false
		}
		n = 1
		var pm time.Month
		y, pm, _ = r.published.Civil()
		if r.tok(i-1).is("that", "the") && r.ref > 0 {
			y, pm, _ = r.ref.Civil()
			pm = max(pm, m)
		}
		if m > pm || r.tok(i-1).is("last") && m+2 >= pm {
			y--
		}
	}
	end, last := y, m+2
	if last > time.December {
		end, last = y+1, last-12
	}
	return n, geo.Interval{From: monthDays(y, m).From, To: monthDays(end, last).To}, true
}
