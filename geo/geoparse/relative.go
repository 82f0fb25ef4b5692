package geoparse

import (
	"strconv"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

func oneDay(d geo.Day) geo.Interval { return geo.Interval{From: d, To: d} }

// night reads what happened between two days: "overnight", "in the night to
// Tuesday", "the night from Sunday to Monday", "the night before", "last night".
func (r *dateReader) night(i int) (int, geo.Interval, bool) {
	t := r.tok(i)
	if !t.is("overnight", "night", "nights") {
		return 0, geo.Interval{}, false
	}
	j := i + 1
	if r.tok(j).is("from", "of") {
		if n, _, ok := r.point(j + 1); ok && r.tok(j+1+n).is("to", "into") {
			j += n + 1
		}
	}
	if r.tok(j).is("to", "into", "on", "before") {
		if n, days, ok := r.point(j + 1); ok {
			r.alt.From--
			return j + 1 + n - i, geo.Interval{From: days.From - 1, To: days.To}, true
		}
	}
	if r.tok(j).is("of") {
		if n, days, ok := r.point(j + 1); ok && days.From == days.To {
			if r.alt.To == 0 {
				r.alt = geo.Interval{From: days.From, To: days.To + 1}
			}
			return j + 1 + n - i, days, true
		}
	}
	prev, p := r.tok(i-1), r.published
	switch {
	case p == 0 || r.day == 0:
		return 0, geo.Interval{}, false
	case prev.is("last"):
		r.alt = geo.Interval{From: p - 1, To: p}
		return 1, oneDay(p - 1), true
	case r.tok(j).is("before", "earlier") && prev.is("the"):
		return 2, geo.Interval{From: r.day - 1, To: r.day}, true
	case t.is("overnight"):
		if r.day < p-1 {
			r.alt = geo.Interval{From: r.day, To: r.day + 1}
		}
		return 1, geo.Interval{From: p - 1, To: p}, true
	case prev.is("the") && r.tok(i-2).is("in", "during", "through") && !r.tok(j).is("of"):
		if r.day < p {
			r.alt = geo.Interval{From: r.day, To: r.day + 1}
		}
		return 1, geo.Interval{From: p - 1, To: p}, true
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
	t, next := r.tok(i), r.tok(i+1)
	switch {
	case t.is("today", "tonight"):
		return 1, oneDay(p), true
	case t.is("yesterday"):
		return 1, oneDay(p - 1), true
	case t.is("eve") && r.tok(i-1).is("the") && (!next.is("of") || r.tok(i-2).is("from")):
		return 1, oneDay(r.day - 1), r.day > 0
	case t.is("this") && next.is("morning", "afternoon", "evening", "noon", "dawn"):
		return 2, oneDay(p), true
	case t.is("weekend") || t.is("week") && next.isHyphen() && r.tok(i+2).is("end"):
		return r.weekend(i)
	case t.is("week") && r.tok(i-1).is("the") && r.tok(i-2).is("during", "over", "throughout", "of") && next.kind == punct:
		r.alt = geo.Interval{From: monday(p) - 7, To: monday(p) - 1}
		return 1, geo.Interval{From: p - 7, To: p - 1}, true
	case t.is("this", "last", "previous", "past", "same", "that", "following") && next.is("week", "month", "year") && !r.tok(i+2).isHyphen():
		days, ok := r.period(t, next)
		return 2, days, ok
	case t.is("previous", "preceding") && next.is("day", "evening", "night"):
		return 2, oneDay(r.day - 1), r.day > 0
	case t.is("last", "past", "recent"):
		return r.lately(i)
	case t.is("same", "that", "very") && next.is("day", "morning", "evening", "afternoon", "night"):
		if next.is("night") {
			r.alt = geo.Interval{From: r.day, To: r.day + 1}
		}
		return 2, oneDay(r.day), r.day > 0
	case t.is("next", "following") && next.is("day", "morning", "night", "evening"):
		return 2, oneDay(r.day + 1), r.day > 0 && r.day < p
	case t.is("following"):
		return r.followingWeekday(i)
	case t.is("day", "evening") && next.is("before", "earlier") && (r.tok(i-1).is("the") || t.is("evening")):
		if r.tok(i + 2).is("yesterday") {
			return 3, oneDay(p - 2), true
		}
		return 2, oneDay(r.day - 1), r.day > 0
	case t.is("day") && r.tok(i-1).is("the") && next.is("after") && (r.tok(i+2).kind == punct || r.tok(i+2).fold == ""):
		return 2, oneDay(r.day + 1), r.day > 0 && r.day < p
	case t.is("hours", "minutes") && next.is("later", "earlier", "before", "after"):
		return 2, oneDay(r.day), r.day > 0
	}
	return 0, geo.Interval{}, false
}

// weekend reads "this weekend", "at the weekend", "last weekend": the Saturday
// and the Sunday last begun.
func (r *dateReader) weekend(i int) (int, geo.Interval, bool) {
	n := 1
	if r.tok(i + 1).isHyphen() {
		n = 3
	}
	prev := r.tok(i - 1)
	if !prev.is("the", "this", "last", "past", "that", "same", "previous") {
		return 0, geo.Interval{}, false
	}
	from := r.published
	if prev.is("that", "same", "previous") && r.ref > 0 {
		from = r.ref
	}
	saturday := from - geo.Day((int(from.Weekday())+1)%7)
	if prev.is("last", "previous") && from-saturday < 2 {
		saturday -= 7
	}
	return n, geo.Interval{From: saturday, To: saturday + 1}, true
}

// followingWeekday reads "the following Sunday", counted from the day last spoken of.
func (r *dateReader) followingWeekday(i int) (int, geo.Interval, bool) {
	wd, ok := weekday(r.tok(i + 1))
	if !ok || r.day == 0 {
		return 0, geo.Interval{}, false
	}
	d := r.day + 1 + geo.Day((int(wd)-int((r.day+1).Weekday())+7)%7)
	return 2, oneDay(d), d <= r.published
}

// lately reads "the last three days", "the past 24 hours", "in recent weeks":
// up to the day of publication.
func (r *dateReader) lately(i int) (int, geo.Interval, bool) {
	p := r.published
	n, j := 3, i+1
	if !r.tok(i).is("recent") {
		var ok bool
		if r.tok(j).is("few", "several", "couple") {
			j++
		} else if n, ok = count(r.tok(j)); ok {
			j++
		} else {
			return 0, geo.Interval{}, false
		}
	}
	days, ok := unitDays(r.tok(j))
	if !ok {
		return 0, geo.Interval{}, false
	}
	if days == 0 { // hours
		return j + 1 - i, geo.Interval{From: p - geo.Day(n+23)/24, To: p}, true
	}
	return j + 1 - i, geo.Interval{From: p - geo.Day(n*days), To: p}, true
}

// unitDays is about how many days the unit has, 0 for hours.
func unitDays(t *token) (int, bool) {
	switch t.fold {
	case "hours", "hour":
		return 0, true
	case "days", "day", "nights":
		return 1, true
	case "weeks", "week":
		return 7, true
	case "months", "month":
		return 30, true
	case "years", "year":
		return 365, true
	}
	return 0, false
}

// period reads "last week" (the Monday to Sunday before), "this month" (up to
// publication), "the same month" and their like.
func (r *dateReader) period(t, unit *token) (geo.Interval, bool) {
	p := r.published
	back, shift := p, -1
	switch {
	case t.is("this"):
		shift = 0
	case t.is("same", "that"):
		back, shift = r.ref, 0
	case t.is("following"):
		back, shift = r.ref, 1
	case t.is("previous") && r.ref > 0:
		back = r.ref
	}
	if back == 0 {
		return geo.Interval{}, false
	}
	y, m, _ := back.Civil()
	var days geo.Interval
	switch {
	case unit.is("week"):
		first := monday(back) + geo.Day(7*shift)
		days = geo.Interval{From: first, To: first + 6}
	case unit.is("month"):
		days = monthDays(shiftMonth(y, m, shift))
	case y+shift < 1 || y+shift > 9999:
		return days, false
	default:
		days = yearDays(y+shift, y+shift)
	}
	if t.is("this") {
		days.To = p
	}
	if t.is("past", "last") && unit.is("week") {
		r.alt = geo.Interval{From: p - 7, To: p - 1}
	}
	return days, days.From <= p
}

// counted reads "two days ago", "three weeks earlier" and "a day after".
// Followed by a clause, "a day after" dates what the clause tells of: "a day
// after gunmen stormed it" was a day before.
func (r *dateReader) counted(i int) (int, geo.Interval, bool) {
	n, ok := count(r.tok(i))
	if !ok || r.published == 0 {
		return 0, geo.Interval{}, false
	}
	if r.tok(i).is("few", "several") {
		return 0, geo.Interval{}, false
	}
	unit, dir, next := r.tok(i+1), r.tok(i+2), r.tok(i+3)
	if _, ok := unitDays(unit); !ok {
		return 0, geo.Interval{}, false
	}
	from := r.ref
	if unit.is("day", "days", "week", "weeks") {
		from = r.day
	}
	governs := next.kind != punct && next.fold != "" && !next.is("in", "at", "on", "near")
	switch {
	case dir.is("ago"):
		from, n = r.published, -n
	case dir.is("earlier", "previously"), dir.is("before") && !governs:
		n = -n
	case dir.is("after") && governs:
		r.alt, _ = shiftDays(from, n, unit)
		n = -n
	case dir.is("before"), dir.is("later", "after", "afterwards"):
	default:
		return 0, geo.Interval{}, false
	}
	days, ok := shiftDays(from, n, unit)
	return 3, days, ok
}

// shiftDays returns the day, month or year that lies n units after from.
func shiftDays(from geo.Day, n int, unit *token) (geo.Interval, bool) {
	if from <= 0 {
		return geo.Interval{}, false
	}
	y, m, _ := from.Civil()
	switch {
	case unit.is("day", "days"):
		return oneDay(from + geo.Day(n)), true
	case unit.is("week", "weeks"):
		return oneDay(from + geo.Day(7*n)), true
	case unit.is("month", "months"):
		y, m = shiftMonth(y, m, n)
		return monthDays(y, m), y > 0 && y < 9999
	case unit.is("year", "years") && y+n > 0 && y+n < 9999:
		return yearDays(y+n, y+n), true
	}
	return geo.Interval{}, false
}

func shiftMonth(y int, m time.Month, n int) (int, time.Month) {
	t := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return t.Year(), t.Month()
}

// count reads a small number in digits or words; "a day earlier" is one.
func count(t *token) (int, bool) {
	if t.kind == number {
		n, err := strconv.Atoi(t.text)
		return n, err == nil && n > 0 && n < 1000
	}
	switch t.fold {
	case "a", "an":
		return 1, true
	case "couple":
		return 2, true
	}
	n, ok := smallNumber(t.fold)
	return n, ok && 0 < n && n <= 12
}
