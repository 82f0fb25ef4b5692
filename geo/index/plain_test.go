package index_test

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// plain answers queries in the plainest way, to compare with.
type plain struct {
	records []geo.Record
}

func plainOf(records []geo.Record) *plain {
	v := &plain{records: slices.Clone(records)}
	slices.SortFunc(v.records, func(a, b geo.Record) int { return index.MentionPosition(&a).Compare(index.MentionPosition(&b)) })
	return v
}

// Mentions yields the mentions that the query selects, in the order of Position.
func (v *plain) Mentions(ctx context.Context, q index.Query) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		n := 0
		for _, r := range v.records {
			if !q.After.IsZero() && index.MentionPosition(&r).Compare(q.After) <= 0 || !selects(&q, &r, true) {
				continue
			}
			if !shaped(q, r.Footprint()) {
				continue
			}
			if n++; q.Limit > 0 && n > q.Limit || !yield(r, ctx.Err()) {
				return
			}
		}
	}
}

// Events yields the events that the query selects, in the order of Position. A
// datetime selects the events whose days overlap, each in its full extent; the
// other parts of the filter select the mentions that make up events, Where the
// events themselves.
func (v *plain) Events(ctx context.Context, q index.Query) iter.Seq2[geo.Event, error] {
	var sites []geo.Record
	for _, r := range v.records {
		if r.Role == geo.Site && r.Place != nil && selects(&q, &r, false) {
			sites = append(sites, r)
		}
	}
	slices.SortFunc(sites, func(a, b geo.Record) int {
		return cmp.Or(cmp.Compare(a.Place.ID, b.Place.ID), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Days.From, b.Days.From))
	})
	var events []geo.Event
	for e := range geo.FoldEvents(func(yield func(geo.Record, error) bool) {
		for _, r := range sites {
			if !yield(r, nil) {
				return
			}
		}
	}) {
		if e.Days.Overlaps(q.Filter.Datetime) {
			events = append(events, e)
		}
	}
	slices.SortFunc(events, func(a, b geo.Event) int { return index.EventPosition(&a).Compare(index.EventPosition(&b)) })
	return func(yield func(geo.Event, error) bool) {
		n := 0
		for _, e := range events {
			if !q.After.IsZero() && index.EventPosition(&e).Compare(q.After) <= 0 || !shaped(q, drawnOf(&e)) {
				continue
			}
			if n++; q.Limit > 0 && n > q.Limit || !yield(e, ctx.Err()) {
				return
			}
		}
	}
}

// Places yields the places that the selected mentions name, by id.
func (v *plain) Places(ctx context.Context, q index.Query) iter.Seq2[geo.PlaceSummary, error] {
	sums := map[string]*geo.PlaceSummary{}
	articles := map[string]bool{}
	box := q.Filter.BBox
	q.Placed = "" // places are drawn in any case
	if q.Lenient {
		q.Filter.BBox = nil // it is about the places themselves
	}
	for _, r := range v.records {
		if r.Place == nil || !selects(&q, &r, true) || q.Lenient && box != nil && !inBox(*box, &geo.Record{Mention: geo.Mention{Place: r.Place}}) {
			continue
		}
		s := sums[r.Place.ID]
		if s == nil {
			s = &geo.PlaceSummary{Place: r.Place}
			sums[r.Place.ID] = s
		}
		s.Mentions++
		if key := r.Place.ID + " " + r.Article.ID; !articles[key] {
			articles[key] = true
			s.Articles++
		}
		if r.Role == geo.Site {
			s.Sites++
		}
		if r.Days.From != 0 {
			s.Days.To = max(s.Days.To, r.Days.To)
			if s.Days.From == 0 || r.Days.From < s.Days.From {
				s.Days.From = r.Days.From
			}
		}
	}
	var ids []string
	for id := range sums {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return func(yield func(geo.PlaceSummary, error) bool) {
		n := 0
		for _, id := range ids {
			if id <= q.After.ID || !shaped(q, sums[id].Place.Geometry()) {
				continue
			}
			if n++; q.Limit > 0 && n > q.Limit || !yield(*sums[id], ctx.Err()) {
				return
			}
		}
	}
}

// selects is the plain reading of a filter. whole is whether the datetime and the
// leniency towards mentions without days count.
func selects(q *index.Query, r *geo.Record, whole bool) bool {
	f := &q.Filter
	p := r.Article.Published
	published := geo.Interval{From: p, To: p}
	dated := r.Days.From != 0 && r.Days.Overlaps(f.Datetime)
	if q.Lenient && r.Days.From == 0 {
		dated = p == 0 || published.Overlaps(f.Datetime)
	}
	lenientBox := q.Lenient && q.Placed != index.IsPlaced || q.Placed == index.IsUnplaced
	return (!whole || f.Datetime.IsZero() || dated) &&
		(f.Published.IsZero() || p != 0 && published.Overlaps(f.Published)) &&
		(f.AsOf == 0 || p != 0 && p <= f.AsOf) &&
		among(f.Events, r.Event) && among(f.Roles, r.Role) && among(f.Claims, r.Claim) && among(f.Sources, r.Article.Source) &&
		(len(f.Countries)+len(f.Places) == 0 || r.Place != nil && among(f.Countries, r.Place.Country) && among(f.Places, r.Place.ID)) &&
		r.Confidence >= f.MinConfidence && (f.BBox == nil || lenientBox && r.Footprint() == nil || inBox(*f.BBox, r)) &&
		holds(r.Sentence, f.Query)
}

// shaped is the plain reading of Query.Geometry and Query.Placed.
func shaped(q index.Query, g orb.Geometry) bool {
	return (q.Geometry == "" || geometryType(g) == q.Geometry) && (q.Placed == "" || (q.Placed == index.IsPlaced) == (g != nil))
}

// drawnOf is the geometry of the event's feature.
func drawnOf(e *geo.Event) orb.Geometry {
	for f := range layer.Events(seq([]geo.Event{*e})) {
		return f.Geometry
	}
	return nil
}

func holds(sentence, query string) bool {
	words, err := geo.FoldWords(query)
	return err == nil && geo.HoldsWords(sentence, words)
}

func inBox(b geo.BBox, r *geo.Record) bool {
	g := r.Geometry
	if g == nil && r.Place == nil {
		return false
	}
	if g == nil {
		g = r.Place.Geometry()
	}
	if b.CrossesAntimeridian() {
		return meets(g, b.West, b.South, 180, b.North) || meets(g, -180, b.South, b.East, b.North)
	}
	return meets(g, b.West, b.South, b.East, b.North)
}

func meets(g orb.Geometry, west, south, east, north float64) bool {
	return geo.Meets(g, orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}})
}

func among[T comparable](values []T, v T) bool { return len(values) == 0 || slices.Contains(values, v) }
