package geoparse

import (
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// dated is an expression of time and the days that it means.
type dated struct {
	first, last int // tokens, inclusive; last < first where no words gave the days
	days        geo.Interval
	basis       string // the words, "inherited" or "publication" for the other ways
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
			if r.namesYear(i, i+n) {
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
		if d.inDateline(x) {
			x.ofSaying = true
			continue
		}
		said := i >= 0 && d.toks[i].tags&(tagSay|tagDeny|tagBlame) != 0 && d.toks[i].gap < paragraph && d.triggerAt(i) < 0
		j := x.last + 1
		after := j < len(d.toks) && d.toks[j].tags&(tagSay|tagDeny) != 0 && !d.toks[j].is("according")
		x.ofSaying = said || after
	}
}

// inDateline reports whether the date belongs to the head of a report:
// "CAIRO, Feb 13 -".
func (d *document) inDateline(x *dated) bool {
	i := x.first - 1
	for i > 0 && x.first-i < 10 && d.toks[i].gap < paragraph {
		i--
	}
	if !d.at(i).allCaps() || d.at(i).gap != paragraph {
		return false
	}
	for j := x.last + 1; j < x.last+8; j++ {
		if d.at(j).isDash() {
			return true
		}
	}
	return false
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
	for _, read := range [...]func(*dateReader, int) (int, geo.Interval, bool){
		(*dateReader).since, (*dateReader).between, (*dateReader).night, (*dateReader).calendar,
		(*dateReader).bareYear, (*dateReader).relative, (*dateReader).counted,
	} {
		if n, days, ok := read(r, i); ok && days.From > 0 && days.From <= days.To {
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
	} else if days, ok := r.weekdayPair(i); ok {
		return 3, days, true
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

// weekdayPair reads "Monday and Tuesday", two days in a row.
func (r *dateReader) weekdayPair(i int) (geo.Interval, bool) {
	a, first := weekday(r.tok(i))
	b, second := weekday(r.tok(i + 2))
	if !first || !second || !r.tok(i+1).is("and") || (int(b)-int(a)+7)%7 != 1 {
		return geo.Interval{}, false
	}
	_, days, ok := r.weekdayDate(i+2, b)
	days.From--
	return days, ok
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
