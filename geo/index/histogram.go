package index

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// Step is the width of a bin of a histogram.
type Step string

// The steps. Weeks begin on Monday.
const (
	ByDay   Step = "day"
	ByWeek  Step = "week"
	ByMonth Step = "month"
)

// Bin counts the features whose days overlap its days: an event of three days
// counts in each of them.
type Bin struct {
	Day    geo.Day // the first of the bin
	Counts [7]int  // by event type, in the order of geo.EventTypes
}

// Histogram counts the selected events or site mentions by step. What is known
// only to the month or worse (date_prec of 4 and 5) would smear over the bins; it
// is left out and counted in coarse. Days outside the filter's datetime are left
// out, and so are empty bins. The bins are shared: don't change them.
func (v *View) Histogram(ctx context.Context, collection string, q Query, step Step) (bins []Bin, coarse int, err error) {
	key := "histogram by " + string(step) + " of " + collection + "?" + q.Key()
	h, err := rememberLarge(ctx, v.cache, key, func() (*histogram, int, error) {
		h := &histogram{step: step}
		h.first, h.last = ends(q.Filter.Datetime)
		err := v.count(ctx, collection, &q, h)
		const each = 64
		return h, each * len(h.bins), err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("histogram of %s: %w", collection, err)
	}
	return h.bins, h.coarse, nil
}

func (v *View) count(ctx context.Context, collection string, q *Query, h *histogram) error {
	var err error
	if collection == "mentions" {
		err = v.eachMention(ctx, q, func(int) {}, func(r uint32) {
			if f := v.table.flags[r]; f.role() == v.words.site && int(r) < v.table.dated {
				h.add(v.table.days(r), f)
			}
		})
	} else {
		err = v.eachEvent(ctx, q, func(e *events, i uint32) { h.add(e.interval(i), e.flags[i]) })
	}
	h.finish()
	return err
}

// histogram counts by bin how many features begin, and how many have ended
// before: their sum over the bins so far is how many there are.
type histogram struct {
	step        Step
	first, last geo.Day
	edges       [][8]int32 // by bin, counted on from base
	base        int32
	far         map[int32]*[8]int32 // the bins that are far from these
	bins        []Bin
	coarse      int
}

// maxEdges bounds the bins that are counted in one piece of memory, some
// centuries of days.
const maxEdges = 1 << 17

func (h *histogram) add(d geo.Interval, f flags) {
	if f.datePrec() >= geo.DateMonth {
		h.coarse++
		return
	}
	d.From, d.To = max(d.From, h.first), min(d.To, h.last)
	if d.From > d.To || f.event() == 0 {
		return
	}
	h.edge(h.binOf(d.From))[f.event()]++
	h.edge(h.binOf(d.To) + 1)[f.event()]--
}

// edge is where the counts of the bin are. Features come by first day.
func (h *histogram) edge(bin int32) *[8]int32 {
	if h.edges == nil {
		h.base = bin
	}
	at := bin - h.base
	if at < 0 || at >= maxEdges {
		if h.far == nil {
			h.far = make(map[int32]*[8]int32)
		}
		if h.far[bin] == nil {
			h.far[bin] = new([8]int32)
		}
		return h.far[bin]
	}
	for int(at) >= len(h.edges) {
		h.edges = append(h.edges, [8]int32{})
	}
	return &h.edges[at]
}

// finish sums up the edges.
func (h *histogram) finish() {
	if h.far == nil {
		h.far = make(map[int32]*[8]int32)
	}
	for i := range h.edges {
		if h.edges[i] != [8]int32{} {
			h.far[h.base+int32(i)] = &h.edges[i]
		}
	}
	var now [8]int32
	changes := slices.Sorted(maps.Keys(h.far))
	for i, bin := range changes {
		for t, n := range h.far[bin] {
			now[t] += n
		}
		if now == [8]int32{} {
			continue
		}
		var counts [7]int
		for t := range counts {
			counts[t] = int(now[t+1])
		}
		for end := changes[i+1]; bin < end; bin++ { // the last change ends all
			h.bins = append(h.bins, Bin{Day: h.dayOf(bin), Counts: counts})
		}
	}
	h.edges, h.far = nil, nil
}

// binOf numbers the bins.
func (h *histogram) binOf(d geo.Day) int32 {
	switch h.step {
	case ByWeek:
		return int32(d-1) / 7 // 0001-01-01 was a Monday
	case ByMonth:
		year, month, _ := d.Civil()
		return int32(year*12 + int(month) - 1)
	}
	return int32(d)
}

// dayOf is the first day of a bin.
func (h *histogram) dayOf(bin int32) geo.Day {
	switch h.step {
	case ByWeek:
		return geo.Day(bin*7 + 1)
	case ByMonth:
		d, _ := geo.Date(int(bin/12), time.Month(bin%12+1), 1)
		return d
	}
	return geo.Day(bin)
}
