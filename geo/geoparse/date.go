package geoparse

import (
	"github.com/conflictmap/conflictmap/geo"
)

// dated is an expression of time and the days that it means.
type dated struct {
	first, last int // tokens, inclusive
	days        geo.Interval
	basis       string // the words
	reader      uint8  // which of the readers took it
	ofSaying    bool   // dates a statement rather than what it tells of
	second      bool   // a second reading of the words of the expression before
}

// dateReader reads the expressions of one text from its beginning to its end.
type dateReader struct {
	toks      []token
	published geo.Day
	ref       geo.Day      // the day last spoken of
	year      int          // the explicit year last spoken of in this sentence
	told      int          // the explicit year last spoken of in this text
	end       int          // last token of the sentence
	sinceAt   int          // an open "since" of the sentence, or -1
	alt       geo.Interval // a second reading of the expression
}

// readDates finds the date expressions of the document in order. Words that
// need an anchor ("Sunday") are left out where the day of publication is unknown.
func readDates(d *document) []dated {
	out := make([]dated, 0, 16)
	r := dateReader{toks: d.toks, published: d.published, ref: d.published}
	header := headerEnd(d.toks)
	for _, s := range d.sents {
		r.end, r.year, r.sinceAt = s.last, 0, -1
		start := len(out)
		for i := max(s.first, header+1); i <= s.last; i++ {
			if !startsDate(&d.toks[i]) {
				continue
			}
			reader, n, days, ok := r.expression(i)
			if !ok {
				continue
			}
			x := dated{first: i, last: i + n - 1, days: days, reader: reader}
			x.basis = d.text[d.toks[x.first].b:d.toks[x.last].e]
			r.note(&x)
			out = append(out, x)
			if r.alt = r.second(out[start:], r.alt); r.alt.From > 0 && r.alt.From <= r.alt.To && r.alt != days {
				x.days, x.second = r.alt, true
				out = append(out, x)
			}
			i += n - 1
		}
	}
	markSaying(d, out)
	return out
}

// note remembers what the expression says for those that follow it.
func (r *dateReader) note(x *dated) {
	y, _, _ := x.days.From.Civil()
	if x.reader == byCount && x.days.From > r.ref && r.tok(x.last).is("before") {
		return // "a day before an election" speaks of the election's eve
	}
	if r.namesYear(x.first, x.last+1) {
		r.told = y
		if x.reader != bySince {
			r.year = y
		}
	}
	r.ref = x.days.From
}

// second returns the second reading of the last expression of the sentence: the
// one that its reader found, or the end or the beginning of a longer span that the
// words before it make of it.
func (r *dateReader) second(seen []dated, found geo.Interval) geo.Interval {
	x := &seen[len(seen)-1]
	if found.From > 0 && found.To > 0 {
		return found
	}
	if r.sinceAt >= 0 && x.first > r.sinceAt && x.first-r.sinceAt <= maxSince && x.days.From < r.published {
		return geo.Interval{From: x.days.From, To: r.published}
	}
	i := x.first - 1
	for i > 0 && r.tok(i).is("the", "early", "late", "on", "in") {
		i--
	}
	switch t := r.tok(i); {
	case t.is("until", "till", "into", "to"):
		for k := range seen[:len(seen)-1] {
			if seen[k].days.From < x.days.From {
				return geo.Interval{From: seen[k].days.From, To: x.days.To}
			}
		}
	case t.is("began", "begun", "started", "erupted", "ongoing", "beginning", "starting") && r.published > x.days.To:
		return geo.Interval{From: x.days.From, To: r.published}
	}
	return geo.Interval{}
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

// The readers of expressions, in the order in which they are asked.
const (
	bySince uint8 = iota
	byRange
	byNight
	byPart
	byCalendar
	byYear
	byRelation
	byCount
)

// expression reads the longest expression that starts at token i.
func (r *dateReader) expression(i int) (uint8, int, geo.Interval, bool) {
	for k, read := range [...]func(*dateReader, int) (int, geo.Interval, bool){
		bySince: (*dateReader).since, byRange: (*dateReader).between, byNight: (*dateReader).night, byPart: (*dateReader).partOf,
		byCalendar: (*dateReader).calendar, byYear: (*dateReader).bareYear, byRelation: (*dateReader).relative, byCount: (*dateReader).counted,
	} {
		r.alt = geo.Interval{}
		if n, days, ok := read(r, i); ok && days.From > 0 && days.From <= days.To {
			return uint8(k), n, days, true
		}
	}
	return 0, 0, geo.Interval{}, false
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
