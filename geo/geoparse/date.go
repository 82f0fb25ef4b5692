package geoparse

import (
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// dated is an expression of time and the days that it means.
type dated struct {
	first, last int // tokens, inclusive; last < first where no words gave the days
	days        geo.Interval
	basis       string // the words, "inherited" or "publication" for the other ways
	explicit    bool   // names its year
	ofSaying    bool   // dates a statement rather than what it tells of
}

// dateReader reads the expressions of one text from its beginning to its end.
type dateReader struct {
	toks      []token
	published geo.Day
	ref       geo.Day // the day last spoken of
	year      int     // the explicit year last spoken of in this sentence
	end       int     // last token of the sentence
}

// readDates finds the date expressions of the document in order. Words that
// need an anchor ("Sunday") are left out where the day of publication is unknown.
func readDates(d *document) []dated {
	var out []dated
	r := dateReader{toks: d.toks, published: d.published, ref: d.published}
	header := headerEnd(d.toks)
	for _, s := range d.sents {
		r.end, r.year = s.last, 0
		for i := s.first; i <= s.last; i++ {
			if i <= header {
				continue
			}
			n, days, ok := r.expression(i)
			if !ok {
				continue
			}
			x := dated{first: i, last: i + n - 1, days: days}
			x.basis = d.text[d.toks[x.first].b:d.toks[x.last].e]
			x.explicit = r.namesYear(i, i+n)
			if x.explicit {
				r.year, _, _ = days.From.Civil()
			}
			r.ref = days.From
			out = append(out, x)
			i += n - 1
		}
	}
	markSaying(d, out)
	return out
}

// markSaying marks dates that stand beside a verb of saying: "said on Thursday".
func markSaying(d *document, dates []dated) {
	for k := range dates {
		x := &dates[k]
		i := x.first - 1
		for i >= 0 && d.toks[i].is("on", "in", "late", "early", "the", "earlier", "also", "again") {
			i--
		}
		said := i >= 0 && d.toks[i].tags&(tagSay|tagDeny|tagBlame) != 0 && d.toks[i].gap < paragraph && d.triggerAt(i) < 0
		j := x.last + 1
		after := j < len(d.toks) && d.toks[j].tags&(tagSay|tagDeny) != 0 && !d.toks[j].is("according")
		x.ofSaying = said || after
	}
}

func (r *dateReader) tok(i int) *token {
	if i < 0 || i > r.end {
		return &token{kind: punct}
	}
	return &r.toks[i]
}

func (r *dateReader) namesYear(i, end int) bool {
	for ; i < end; i++ {
		if _, ok := r.yearAt(i); ok {
			return true
		}
	}
	return false
}

// expression reads the longest expression that starts at token i.
func (r *dateReader) expression(i int) (int, geo.Interval, bool) {
	t := r.tok(i)
	if t.kind == punct || t.kind == possessive {
		return 0, geo.Interval{}, false
	}
	for _, read := range []func(int) (int, geo.Interval, bool){
		r.since, r.between, r.night, r.calendar, r.bareYear, r.relative, r.counted,
	} {
		if n, days, ok := read(i); ok && days.From > 0 && days.From <= days.To {
			return n, days, true
		}
	}
	return 0, geo.Interval{}, false
}

// since reads "since March": from there to the day of publication.
func (r *dateReader) since(i int) (int, geo.Interval, bool) {
	if !r.tok(i).is("since") || r.published == 0 {
		return 0, geo.Interval{}, false
	}
	j := i + 1
	for r.tok(j).is("the", "early", "late", "mid", "on", "at", "least", "night", "morning") {
		j++
	}
	n, days, ok := r.point(j)
	if !ok {
		return 0, days, false
	}
	days.To = r.published
	return j + n - i, days, true
}

// between reads "between 1988 and 1994", "from Monday to Friday", "27 to 29
// September", "27-29 September".
func (r *dateReader) between(i int) (int, geo.Interval, bool) {
	j := i
	link := []string{"to", "until", "till"}
	if r.tok(i).is("between") {
		j, link = i+1, []string{"and"}
	} else if r.tok(i).is("from") {
		j++
	} else if n, days, ok := r.dayRange(i); ok {
		return n, days, true
	} else {
		return 0, geo.Interval{}, false
	}
	n, from, ok := r.point(j)
	if !ok {
		n, from, ok = r.bareDay(j, link)
	}
	if !ok || !r.tok(j+n).is(link...) {
		return 0, geo.Interval{}, false
	}
	m, to, ok := r.point(j + n + 1)
	if !ok {
		return 0, geo.Interval{}, false
	}
	if from.To == 0 { // a bare day takes the month of the other end
		y, mo, _ := to.From.Civil()
		d, valid := geo.Date(y, mo, int(from.From))
		from.From = d
		ok = valid
	}
	return j + n + 1 + m - i, geo.Interval{From: from.From, To: to.To}, ok
}

// bareDay reads the "27" of "between 27 and 29 September" as an interval with
// the number in From and no end.
func (r *dateReader) bareDay(i int, link []string) (int, geo.Interval, bool) {
	n, ok := dayNumber(r.tok(i))
	if !ok || !r.tok(i+1).is(link...) {
		return 0, geo.Interval{}, false
	}
	return 1, geo.Interval{From: geo.Day(n)}, true
}

// dayRange reads "27-29 September" and "27 and 28 September".
func (r *dateReader) dayRange(i int) (int, geo.Interval, bool) {
	a, ok := dayNumber(r.tok(i))
	sep := r.tok(i + 1)
	if !ok || !(sep.isHyphen() || sep.text == "–" || sep.is("to", "and", "or")) {
		return 0, geo.Interval{}, false
	}
	if _, ok := dayNumber(r.tok(i + 2)); !ok {
		return 0, geo.Interval{}, false
	}
	n, to, ok := r.calendar(i + 2)
	if !ok {
		return 0, geo.Interval{}, false
	}
	y, m, _ := to.From.Civil()
	from, ok := geo.Date(y, m, a)
	return n + 2, geo.Interval{From: from, To: to.To}, ok
}

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
	if t.is("overnight") || r.tok(i-1).is("last") {
		return 1, geo.Interval{From: r.published - 1, To: r.published}, true
	}
	return 0, geo.Interval{}, false
}

// point reads one date without a range, at any precision.
func (r *dateReader) point(i int) (int, geo.Interval, bool) {
	if n, days, ok := r.calendar(i); ok {
		return n, days, true
	}
	if y, ok := r.yearAt(i); ok {
		return 1, yearDays(y, y), true
	}
	return r.relative(i)
}

// bareYear reads a year that its preposition shows to be one ("in 2016"), and
// decades ("the 1990s").
func (r *dateReader) bareYear(i int) (int, geo.Interval, bool) {
	t := r.tok(i)
	if t.kind == number && len(t.text) == 5 && strings.HasSuffix(t.text, "0s") {
		if y, err := strconv.Atoi(t.text[:4]); err == nil && y >= 1000 && y < 2100 {
			return 1, yearDays(y, y+9), true
		}
	}
	y, ok := r.yearAt(i)
	if !ok || !r.tok(i-1).is("in", "of", "by", "until", "during", "early", "late", "mid", "year", "before", "after", "for", "the") && !r.followsYear(i) {
		return 0, geo.Interval{}, false
	}
	return 1, yearDays(y, y), true
}

// followsYear finds the second year of "in 2015 and 2016".
func (r *dateReader) followsYear(i int) bool {
	_, ok := r.yearAt(i - 2)
	return ok && r.tok(i-1).is("and", "or", "to")
}

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
	return r.monthDate(i)
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
		week := r.published - geo.Day((int(r.published.Weekday())+6)%7) - 7
		return 4, geo.Interval{From: week + geo.Day((int(wd)+6)%7), To: week + geo.Day((int(wd)+6)%7)}, true
	}
	return n, geo.Interval{From: d, To: d}, true
}

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
		monday := p - geo.Day((int(p.Weekday())+6)%7)
		if this {
			return geo.Interval{From: monday, To: p}
		}
		return geo.Interval{From: monday - 7, To: monday - 1}
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

func prevMonth(y int, m time.Month) (int, time.Month) {
	if m == time.January {
		return y - 1, time.December
	}
	return y, m - 1
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

func weekday(t *token) (time.Weekday, bool) {
	if t.kind != word || !t.upper {
		return 0, false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		if t.fold == name || t.fold == name[:3] && t.text != "Sun" && t.text != "Sat" || t.fold == name+"s" {
			return d, true
		}
	}
	return 0, false
}

func month(t *token) (time.Month, bool) {
	if t.kind != word || !t.upper {
		return 0, false
	}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if t.fold == name || t.fold == name[:3] || m == time.September && t.fold == "sept" {
			return m, true
		}
	}
	return 0, false
}

// datePrecision is UCDP's date_prec of a span: 1 a day, 2 up to six days, 3 a
// week, 4 up to a month, 5 more.
func datePrecision(i geo.Interval) geo.DatePrecision {
	if i.From == 0 || i.To == 0 {
		return 0
	}
	switch n := i.To - i.From + 1; {
	case n <= 1:
		return geo.DateDay
	case n <= 6:
		return geo.DateDays
	case n == 7:
		return geo.DateWeek
	case n <= 31:
		return geo.DateMonth
	}
	return geo.DateYear
}
