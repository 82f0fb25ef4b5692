// Package synth makes up articles with mentions of conflict events, as many as
// wanted: to measure stores and servers with, and to try them out. Nothing in
// it happened; only the countries and roughly where in the world the places
// cluster are real.
//
// The same options give the same articles on every machine: all draws are of
// integers from a seeded source. Articles come in the order of publication and
// are made one at a time, some hundred thousand mentions a second.
package synth

import (
	"cmp"
	"iter"
	"math/rand/v2"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// Options say what to make up. Zero values stand for the defaults.
type Options struct {
	Seed     uint64
	Mentions int     // in all; 10,000
	Places   int     // 2,000, at least 1 for each theatre
	From, To geo.Day // the first and the last day of publication; 2020-01-01 and 2025-12-31
}

func (o Options) withDefaults() Options {
	first, _ := geo.Date(2020, 1, 1)
	last, _ := geo.Date(2025, 12, 31)
	o.Mentions = cmp.Or(max(o.Mentions, 0), 10_000)
	o.Places = cmp.Or(max(o.Places, 0), 2000)
	o.From = cmp.Or(o.From, min(first, cmp.Or(o.To, first)))
	o.To = max(cmp.Or(o.To, last), o.From)
	return o
}

// Articles yields articles with exactly the number of mentions of the options,
// in the order of publication. About one in twenty is a copy of the one before
// in another newspaper.
func Articles(o Options) iter.Seq2[geo.Article, []geo.Mention] {
	o = o.withDefaults()
	return func(yield func(geo.Article, []geo.Mention) bool) {
		w := newWorld(o)
		calendar := newCalendar(o)
		var last draft
		for i, left := 0, o.Mentions; left > 0; i++ {
			rng := rand.New(rand.NewPCG(o.Seed, uint64(i)))
			day := calendar.day(o.Mentions-left, o.Mentions)
			d := last.copied(rng, day)
			if !d.ok {
				d = w.write(rng, day)
			}
			a, ms := w.finish(rng, i, &d, left)
			if left -= len(ms); !yield(a, ms) {
				return
			}
			last = d
		}
	}
}

// Places lists the places that the articles with these options may mention.
func Places(o Options) []*gazetteer.Place {
	return newWorld(o.withDefaults()).all
}

// calendar spreads articles over days: some weeks are busier than others.
type calendar struct {
	from, to geo.Day
	until    []int // for each week, the sum of the loads up to its end
}

func newCalendar(o Options) *calendar {
	rng := rand.New(rand.NewPCG(o.Seed, 1<<63))
	c := &calendar{from: o.From, to: o.To}
	sum := 0
	for day := o.From; day <= o.To; day += 7 {
		load := 70 + rng.IntN(60)
		if rng.IntN(12) == 0 {
			load *= 2
		}
		sum += load * int(min(7, o.To-day+1))
		c.until = append(c.until, sum)
	}
	return c
}

// day is when the i-th of n mentions is published.
func (c *calendar) day(i, n int) geo.Day {
	total := c.until[len(c.until)-1]
	at := int(int64(i) * int64(total) / int64(n))
	lo, hi := 0, len(c.until)-1
	for lo < hi {
		if mid := (lo + hi) / 2; c.until[mid] <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	before := 0
	if lo > 0 {
		before = c.until[lo-1]
	}
	first := c.from + geo.Day(7*lo)
	days := int(min(7, c.to-first+1))
	return first + geo.Day((at-before)*days/(c.until[lo]-before))
}
