package index

import (
	"slices"
	"sort"

	"github.com/conflictmap/conflictmap/geo"
)

// timeline finds what overlaps an interval among things in the order of first
// days. What lasts hardly longer than a day begins shortly before the interval or
// in it; for the rest, which is less, there are lists.
type timeline struct {
	from, to []geo.Day // from ascends; only what has days
	weeks    []uint32  // what lasts more than shortDays, up to monthDays
	long     []uint32  // what lasts longer
	last     []geo.Day // the last day of each of long
	latest   []geo.Day // of each block of last
}

const (
	shortDays = 7
	monthDays = 32
	blockSize = 64
)

func newTimeline(from, to []geo.Day) timeline {
	t := timeline{from: from, to: to}
	for i := range from {
		switch lasts := to[i] - from[i] + 1; {
		case lasts > monthDays:
			if len(t.long)%blockSize == 0 {
				t.latest = append(t.latest, 0)
			}
			block := &t.latest[len(t.latest)-1]
			*block = max(*block, to[i])
			t.long, t.last = append(t.long, uint32(i)), append(t.last, to[i])
		case lasts > shortDays:
			t.weeks = append(t.weeks, uint32(i))
		}
	}
	return t
}

// firstFrom is the first thing that begins on the day or later.
func (t *timeline) firstFrom(d geo.Day) int {
	return sort.Search(len(t.from), func(i int) bool { return t.from[i] >= d })
}

// span is things by number: some early ones that ascend, then a range.
type span struct {
	early    []uint32
	from, to uint32
}

func (s *span) len() int { return len(s.early) + int(s.to-s.from) }

// overlapping returns what overlaps the days from first to last. Of the range
// some things may have ended before.
func (t *timeline) overlapping(first, last geo.Day) span {
	s := span{from: uint32(t.firstFrom(first - shortDays + 1)), to: uint32(t.firstFrom(last + 1))}
	if s.from > s.to {
		s.from = s.to
	}
	begun := t.firstFrom(first - monthDays + 1)
	var weeks []uint32
	i, _ := slices.BinarySearch(t.weeks, uint32(begun))
	for ; i < len(t.weeks) && t.weeks[i] < s.from; i++ {
		if t.to[t.weeks[i]] >= first {
			weeks = append(weeks, t.weeks[i])
		}
	}
	s.early = merged(weeks, t.longBefore(s.from, first))
	return s
}

// longBefore is what lasts long, stands before the number and ends on the day or later.
func (t *timeline) longBefore(before uint32, day geo.Day) []uint32 {
	n, _ := slices.BinarySearch(t.long, before)
	var found []uint32
	for block, latest := range t.latest {
		if block*blockSize >= n {
			break
		}
		if latest < day {
			continue
		}
		for i := block * blockSize; i < min(n, (block+1)*blockSize); i++ {
			if t.last[i] >= day {
				found = append(found, t.long[i])
			}
		}
	}
	return found
}

// merged merges ascending numbers.
func merged(a, b []uint32) []uint32 {
	if len(a) == 0 {
		return b
	}
	all := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// ends replaces the open ends of an interval by the first and the last of all days.
func ends(i geo.Interval) (first, last geo.Day) {
	first, last = max(i.From, 1), i.To
	if last == 0 {
		last = geo.MaxDay
	}
	return first, last
}
