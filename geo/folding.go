package geo

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
)

// Folding tells which mentions of one place and one event type are one event,
// by their days alone: the rule of FoldEvents without what events add up. The
// zero Folding is ready; Reset makes it ready again.
type Folding struct {
	// open holds for each class of days and months the event that may still
	// grow, counted from 1: the last one, since mentions come by first day.
	open  [classes]int
	spans []Span
	years []waiting // known to the year or worse; they wait for one another
	of    []int     // by the order of years
}

// Span is an event as far as its mentions' days make it.
type Span struct {
	Days  Interval
	class int
	nth   int // among those of its class that begin on the day
}

type waiting struct {
	days Interval
	n    int
}

// The classes of date precision that fold apart.
const (
	toTheWeek = iota // or better
	toTheMonth
	toTheYear // or worse
	classes
)

// Late is what Add returns for a mention whose event Finish tells.
const Late = -1

// Reset forgets what was added.
func (f *Folding) Reset() {
	*f = Folding{spans: f.spans[:0], years: f.years[:0], of: f.of[:0]}
}

// Add adds a mention, of which both days are known, in the order of first days,
// and returns the number of its event, or Late.
func (f *Folding) Add(days Interval, precision DatePrecision) int {
	class := classOf(precision)
	if class == toTheYear {
		f.years = append(f.years, waiting{days: days, n: len(f.years)})
		return Late
	}
	if f.open[class] == 0 || f.spans[f.open[class]-1].Days.To < days.From {
		f.spans = append(f.spans, Span{Days: days, class: class})
		f.open[class] = len(f.spans)
	}
	s := &f.spans[f.open[class]-1]
	s.Days.To = max(s.Days.To, days.To)
	return f.open[class] - 1
}

func classOf(p DatePrecision) int {
	switch {
	case p >= DateYear:
		return toTheYear
	case p == DateMonth:
		return toTheMonth
	}
	return toTheWeek
}

// maxSpans bounds how many events of years a mention is compared with.
const maxSpans = 64

// Finish returns the events by number, and the numbers of those of the mentions
// that were Late, in their order. Both hold until Reset.
//
// Of what is known to the year or worse the shortest spans come first, each into
// the event whose span is about the same.
func (f *Folding) Finish() (spans []Span, late []int) {
	f.of = append(f.of[:0], make([]int, len(f.years))...)
	slices.SortFunc(f.years, func(a, b waiting) int {
		return cmp.Or(cmp.Compare(a.days.From, b.days.From), cmp.Compare(a.days.To, b.days.To))
	})
	begins := len(f.spans)
	for _, w := range f.years {
		first := max(begins, len(f.spans)-maxSpans)
		at := slices.IndexFunc(f.spans[first:], func(s Span) bool { return alike(s.Days, w.days) })
		if at < 0 {
			f.spans = append(f.spans, Span{Days: w.days, class: toTheYear, nth: f.begunOn(w.days.From, begins)})
			first, at = len(f.spans)-1, 0
		}
		s := &f.spans[first+at]
		s.Days.To = max(s.Days.To, w.days.To)
		f.of[w.n] = first + at
	}
	return f.spans, f.of
}

// begunOn counts the events of years that begin on the day.
func (f *Folding) begunOn(day Day, begins int) int {
	n := 0
	for i := len(f.spans) - 1; i >= begins && f.spans[i].Days.From == day; i-- {
		n++
	}
	return n
}

// alike reports whether two spans share at least a third of the days that they
// cover together.
func alike(a, b Interval) bool {
	shared := min(a.To, b.To) - max(a.From, b.From) + 1
	return shared > 0 && 3*shared >= max(a.To, b.To)-min(a.From, b.From)+1
}

// Apart reports whether the event's mentions fold among themselves whatever
// other mentions there are: whether they are known to the month or better.
func (s *Span) Apart() bool { return s.class != toTheYear }

// Compare orders events by first day, of one day the better known first.
func (s *Span) Compare(o *Span) int {
	return cmp.Or(cmp.Compare(s.Days.From, o.Days.From), cmp.Compare(s.class, o.class), cmp.Compare(s.Days.To, o.Days.To))
}

// EventHash hashes what Event.ID promises to depend on, and what tells apart the
// events that begin on one day. EventID of it is the id.
func (s *Span) EventHash(place string, event EventType) [8]byte {
	var room [128]byte
	b := strconv.AppendQuote(room[:0], place)
	b = strconv.AppendQuote(append(b, ' '), string(event))
	b = append(append(b, ' '), s.Days.From.String()...)
	b = strconv.AppendInt(append(b, ' '), int64(s.class), 10)
	if s.nth > 0 {
		b = strconv.AppendInt(append(b, ' '), int64(s.nth), 10)
	}
	sum := sha256.Sum256(b)
	return [8]byte(sum[:8])
}

// EventID writes the hash of an event as its id.
func EventID(hash [8]byte) string { return hex.EncodeToString(hash[:]) }
