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
	ref       geo.Day      // the first day last spoken of, at whatever precision
	day       geo.Day      // the last day spoken of to the day
	year      int          // the explicit year last spoken of in this sentence
	told      int          // the explicit year last spoken of in this text
	story     int          // the earlier year that the paragraph tells of, or 0
	end       int          // last token of the sentence
	sinceAt   int          // an open "since" of the sentence, or -1
	none      token        // what stands outside of the sentence
	alt       geo.Interval // a second reading of the expression
}

// readDates finds the date expressions of the document in order. Words that
// need an anchor ("Sunday") are left out where the day of publication is unknown.
func readDates(d *document) []dated {
	out := make([]dated, 0, 16)
	r := dateReader{toks: d.toks, published: d.published, ref: d.published, day: d.published, none: token{kind: punct}}
	header := headerEnd(d.toks)
	for k, s := range d.sents {
		if k > 0 && d.sents[k-1].para != s.para {
			r.story = 0
		}
		r.end, r.year, r.sinceAt = s.last, 0, -1
		start := len(out)
		for i := max(s.first, header+1); i <= s.last; i++ {
			readers := readersOf(&d.toks[i])
			if readers == 0 {
				continue
			}
			reader, n, days, ok := r.expression(i, readers)
			if !ok {
				continue
			}
			x := dated{first: i, last: i + n - 1, days: days, reader: reader}
			x.basis = d.text[d.toks[x.first].b:d.toks[x.last].e]
			r.note(&x)
			out = append(out, x)
			out = r.second(out, start)
			i += n - 1
		}
	}
	markSaying(d, out)
	return out
}

// note remembers what the expression says for those that follow it.
func (r *dateReader) note(x *dated) {
	y, _, _ := x.days.From.Civil()
	if x.reader == byClause && x.days.From > r.ref && r.tok(x.last).is("before") {
		return // "a day before an election" speaks of the election's eve
	}
	if r.namesYear(x.first, x.last+1) {
		r.told = y
		if x.reader != bySince {
			r.year = y
		}
	}
	py, _, _ := r.published.Civil()
	switch x.reader {
	case bySince:
	case byRelation:
		r.story = 0
	default:
		if wd := &r.toks[x.first]; r.namesYear(x.first, x.last+1) || isDay(wd) {
			r.story = 0
			if y < py-1 {
				r.story = y
			}
		}
	}
	r.ref = x.days.From
	if x.days.To-x.days.From < 4 {
		r.day = x.days.From
	}
}

// second adds the other readings of the expression that was read last in the
// sentence whose expressions start at index start: the one that its reader found, and
// the longer spans that the words before it may make of both.
func (r *dateReader) second(out []dated, start int) []dated {
	x := out[len(out)-1]
	x.second = true
	add := func(days geo.Interval) {
		if days.From > 0 && days.From <= days.To && days != out[len(out)-1].days {
			x.days = days
			out = append(out, x)
		}
	}
	main, seen := x.days, len(out)-1
	add(r.alt)
	for _, days := range [...]geo.Interval{main, r.alt} {
		if days.To == 0 {
			continue
		}
		if r.sinceAt >= 0 && x.first > r.sinceAt && x.first-r.sinceAt <= maxSince && days.From < r.published {
			add(geo.Interval{From: days.From, To: r.published})
		}
		i := x.first - 1
		for i > 0 && r.tok(i).is("the", "early", "late", "on", "in") {
			i--
		}
		switch t := r.tok(i); {
		case t.is("until", "till", "into", "to"):
			for k := start; k < seen; k++ {
				if from := out[k].days.From; from < days.From && days.From-from < 1000 {
					add(geo.Interval{From: from, To: days.To})
					break
				}
			}
		case t.is("began", "begun", "started", "erupted", "ongoing", "beginning", "starting") && r.published > days.To:
			add(geo.Interval{From: days.From, To: r.published})
		}
	}
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
		return &r.none
	}
	return &r.toks[i]
}

func isDay(t *token) bool {
	_, ok := weekday(t)
	return ok
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
	byClause // counted from what the words after it tell: "the day before the vote"
)

// expression reads the longest expression that starts at token i by one of
// the readers, which are bits.
func (r *dateReader) expression(i int, readers uint16) (uint8, int, geo.Interval, bool) {
	for k := bySince; k <= byCount; k++ {
		if readers&(1<<k) == 0 {
			continue
		}
		r.alt = geo.Interval{}
		n, days, ok := r.readBy(k, i)
		if !ok || days.From <= 0 || days.From > days.To {
			continue
		}
		if r.tok(i+n-1).is("after", "before") && (k == byCount || k == byRelation) && r.tok(i+n).kind == word {
			k = byClause
		}
		return k, n, days, true
	}
	return 0, 0, geo.Interval{}, false
}

func (r *dateReader) readBy(reader uint8, i int) (int, geo.Interval, bool) {
	switch reader {
	case bySince:
		return r.since(i)
	case byRange:
		return r.between(i)
	case byNight:
		return r.night(i)
	case byPart:
		return r.partOf(i)
	case byCalendar:
		return r.calendar(i)
	case byYear:
		return r.bareYear(i)
	case byRelation:
		return r.relative(i)
	}
	return r.counted(i)
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
