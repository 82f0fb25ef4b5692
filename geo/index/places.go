package index

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

// placeSum is what mentions say of a place.
type placeSum struct {
	place           uint32
	mentions, sites int
	articles        int
	days            geo.Interval
	steady, moved   int // mentions at the place itself, and elsewhere
}

// allSums sums up all mentions by place; the first sum is of those without one.
func (v *View) allSums() []placeSum {
	sums := make([]placeSum, v.places.len()+1)
	var scratch []uint32
	for i := range sums {
		sums[i], scratch = v.sum(uint32(i), v.byPlace.of(uint32(i)), scratch)
	}
	v.reach = make([]orb.Bound, len(sums))
	for i := range v.reach {
		v.reach[i] = nowhere()
	}
	at := make([]uint32, len(v.table.moved.rows))
	for i, r := range v.table.moved.rows {
		p := v.table.place[r]
		b := v.table.moved.values[i].Bound()
		if sums[p].moved > 0 {
			b = v.reach[p].Union(b)
		}
		v.reach[p] = b
		sums[p].moved++
		at[i] = p
	}
	for i := range sums {
		sums[i].steady = sums[i].mentions - sums[i].moved
	}
	v.movedAt = listsOf(len(sums), at)
	return sums
}

// sum sums up some mentions of a place; scratch is memory to use again.
func (v *View) sum(place uint32, rows []uint32, scratch []uint32) (placeSum, []uint32) {
	t := v.table
	s := placeSum{place: place, mentions: len(rows)}
	scratch = scratch[:0]
	var e extent
	for _, r := range rows {
		if t.flags[r].role() == v.words.site {
			s.sites++
		}
		e.addDays(t.days(r))
		scratch = append(scratch, t.article[r])
	}
	s.days = e.days
	slices.Sort(scratch)
	s.articles = len(slices.Compact(scratch))
	return s, scratch
}

// Places yields the places that the selected mentions name, by id.
func (v *View) Places(ctx context.Context, q Query) iter.Seq2[geo.PlaceSummary, error] {
	return func(yield func(geo.PlaceSummary, error) bool) {
		sums, err := v.placeSums(ctx, &q)
		if err != nil {
			yield(geo.PlaceSummary{}, fmt.Errorf("select places: %w", err))
			return
		}
		if !q.After.IsZero() {
			sums = sums[sort.Search(len(sums), func(i int) bool { return v.places.all[sums[i].place].ID > q.After.ID }):]
		}
		if q.Limit > 0 {
			sums = sums[:min(q.Limit, len(sums))]
		}
		for i := range sums {
			if err := ctx.Err(); err != nil {
				yield(geo.PlaceSummary{}, fmt.Errorf("select places: %w", err))
				return
			}
			if !yield(v.summary(&sums[i]), nil) {
				return
			}
		}
	}
}

func (v *View) summary(s *placeSum) geo.PlaceSummary {
	return geo.PlaceSummary{Place: v.places.all[s.place], Mentions: s.mentions, Sites: s.sites, Articles: s.articles, Days: s.days}
}

// placeSums returns what the query selects, in the order of ids. It is shared.
func (v *View) placeSums(ctx context.Context, q *Query) ([]placeSum, error) {
	return remember(ctx, v.cache, "places?"+q.Key(), func() ([]placeSum, int, error) {
		sums, err := v.selectSums(ctx, q)
		const size = 72
		return sums, size * len(sums), err
	})
}

func (v *View) selectSums(ctx context.Context, q *Query) ([]placeSum, error) {
	if q.Lenient && q.Filter.BBox != nil {
		return v.sumsWithin(ctx, q)
	}
	mentions := Query{Filter: q.Filter, Lenient: q.Lenient}
	c, err := v.newCondition(ctx, &q.Filter, mentions.leniency(), nil)
	if err != nil {
		return nil, err
	}
	c.withDays(q.Filter.Datetime)
	var sums []placeSum
	if c.allOfPlaces() {
		sums, err = v.wholeSums(ctx, c)
	} else {
		var rows []uint32
		if rows, err = v.mentionRows(ctx, mentionKey(&mentions), c); err == nil {
			sums = v.sumsOf(rows)
		}
	}
	if err == nil && q.Geometry != "" {
		sums = slices.DeleteFunc(slices.Clone(sums), func(s placeSum) bool {
			return GeometryType(v.places.all[s.place].Geometry()) != q.Geometry
		})
	}
	if err != nil || q.Where == nil {
		return sums, err
	}
	e := v.placeExpr(q.Where)
	return slices.DeleteFunc(slices.Clone(sums), func(s placeSum) bool {
		summary := v.summary(&s)
		return !e.matches(&summary)
	}), nil
}

// sumsWithin is what a lenient box selects: places by their own geometry, as OGC
// has it of features, whatever the texts put near them. (A strict box selects
// mentions.)
func (v *View) sumsWithin(ctx context.Context, q *Query) ([]placeSum, error) {
	everywhere := *q
	everywhere.Filter.BBox = nil
	sums, err := v.placeSums(ctx, &everywhere)
	c := &condition{v: v, boxes: boxesOf(q.Filter.BBox)}
	return slices.DeleteFunc(slices.Clone(sums), func(s placeSum) bool { return !c.boxed(s.place) }), err
}

// allOfPlaces reports whether the condition selects mentions by their position only.
func (c *condition) allOfPlaces() bool {
	return !c.never && !c.days && c.kinds == nil && c.sure == nil && !c.ofArticle && c.light == nil && c.heavy == nil && c.worded == nil
}

// wholeSums takes sums that were made before, but for places of which some
// mentions may lie elsewhere than a box.
func (v *View) wholeSums(ctx context.Context, c *condition) ([]placeSum, error) {
	var sums []placeSum
	var scratch, rows []uint32
	candidates := c.near
	if c.where == nil {
		candidates = make([]uint32, v.places.len())
		for i := range candidates {
			candidates[i] = uint32(i + 1)
		}
	}
	for _, p := range candidates {
		s := v.sums[p]
		if p == 0 || s.mentions == 0 {
			continue
		}
		if c.boxes != nil && c.where[p]&placeWhole == 0 && s.moved > 0 {
			rows = rows[:0]
			for _, r := range v.byPlace.of(p) {
				if c.isThere(r, v.table.flags[r]) {
					rows = append(rows, r)
				}
			}
			s, scratch = v.sum(p, rows, scratch)
		} else if c.boxes != nil && c.where[p]&placeBoxed == 0 {
			continue
		}
		if s.mentions > 0 {
			sums = append(sums, s)
		}
	}
	return sums, ctx.Err()
}

// sumsOf sums up rows by place.
func (v *View) sumsOf(rows []uint32) []placeSum {
	column := make([]uint32, len(rows))
	for i, r := range rows {
		column[i] = v.table.place[r]
	}
	by := listsOf(len(v.sums), column)
	var sums []placeSum
	var scratch, some []uint32
	for p := uint32(1); p < uint32(len(v.sums)); p++ {
		if by.count(p) == 0 {
			continue
		}
		some = some[:0]
		for _, i := range by.of(p) {
			some = append(some, rows[i])
		}
		var s placeSum
		s, scratch = v.sum(p, some, scratch)
		sums = append(sums, s)
	}
	return sums
}

// PlacePosition is where the place stands in its collection.
func PlacePosition(s *geo.PlaceSummary) Position { return Position{ID: s.Place.ID} }

// PlaceCounts is how many events and mentions an empty query selects at the place with
// the id; 0 for one that nothing mentions.
func (v *View) PlaceCounts(id string) (events, mentions int) {
	p, ok := v.places.find(id)
	if !ok {
		return 0, 0
	}
	return v.events.byPlace.count(p), v.sums[p].mentions
}

// Place returns the place with the id among those that an empty query selects.
func (v *View) Place(_ context.Context, id string) (geo.PlaceSummary, error) {
	if p, ok := v.places.find(id); ok && v.sums[p].mentions > 0 {
		return v.summary(&v.sums[p]), nil
	}
	return geo.PlaceSummary{}, fmt.Errorf("place %q: %w", id, geo.ErrNotFound)
}
