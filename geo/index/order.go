package index

import (
	"cmp"
	"iter"
	"sort"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// Order says which features come first.
type Order string

// The orders. What has no days comes last in all of them, and what is equal by
// the order's own measure goes by id.
const (
	// OldestFirst is the order of Position, that of collections by themselves.
	OldestFirst Order = ""
	// NewestFirst begins with the latest first day.
	NewestFirst Order = "-from"
	// MostOrigins begins with the event of the most independent accounts, of equals
	// with that of the most mentions, then the newest.
	MostOrigins Order = "-origins"
	// MostMentions begins with the event of the most mentions, of equals with the
	// newest.
	MostMentions Order = "-mentions"
)

// Orders lists the orders that queries of the collection can ask for; of places
// there is but one.
func Orders(collection string) []Order {
	switch collection {
	case layer.EventCollection:
		return []Order{OldestFirst, NewestFirst, MostOrigins, MostMentions}
	case layer.MentionCollection:
		return []Order{OldestFirst, NewestFirst}
	}
	return []Order{OldestFirst}
}

// Compare orders positions of one collection.
func (o Order) Compare(a, b Position) int {
	if o == OldestFirst {
		return a.Compare(b)
	}
	c := 0
	switch o {
	case MostOrigins:
		c = cmp.Or(cmp.Compare(b.Origins, a.Origins), cmp.Compare(b.Mentions, a.Mentions))
	case MostMentions:
		c = cmp.Compare(b.Mentions, a.Mentions)
	}
	// The zero day, of what has none, is the last here without more ado.
	return cmp.Or(c, cmp.Compare(b.Day, a.Day), strings.Compare(a.ID, b.ID))
}

// backwards reads things that stand in the order of Position from the newest day to
// the oldest: day for day, each in its order, then what has no day.
type backwards struct {
	dated, len int // what has days comes first
	day        func(int) geo.Day
}

// each yields the numbers of the things behind a position. at is the first that
// stands behind it in the order of Position.
func (b backwards) each(after Position, at int) iter.Seq[int] {
	return func(yield func(int) bool) {
		run := func(from, to int) bool {
			for ; from < to; from++ {
				if !yield(from) {
					return false
				}
			}
			return true
		}
		end, undated := b.dated, b.dated
		switch {
		case after.IsZero():
		case after.Day == 0:
			end, undated = 0, at
		default:
			end = b.first(after.Day)
			if !run(at, b.first(after.Day+1)) {
				return
			}
		}
		for end > 0 {
			begin := b.first(b.day(end - 1))
			if !run(begin, end) {
				return
			}
			end = begin
		}
		run(undated, b.len)
	}
}

// first is the number of the first thing of the day or a later one.
func (b backwards) first(d geo.Day) int {
	return sort.Search(b.dated, func(n int) bool { return b.day(n) >= d })
}

// backwards reads the set.
func (s *eventSet) backwards() backwards {
	return backwards{dated: s.len(), len: s.len(), day: func(n int) geo.Day {
		e, i := s.at(n)
		return e.from[i]
	}}
}
