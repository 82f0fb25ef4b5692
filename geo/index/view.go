package index

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// View is one state of the data.
type View struct {
	version string
	records []geo.Record
}

// Of is a view of records that are all in memory, texts included: for tests and
// small data.
func Of(version string, records iter.Seq2[geo.Record, error]) (*View, error) {
	v := &View{version: version}
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		v.records = append(v.records, r)
	}
	slices.SortFunc(v.records, func(a, b geo.Record) int {
		return positionOf(&a).Compare(positionOf(&b))
	})
	return v, nil
}

// MentionPosition is where the mention stands in the order of its collection.
func positionOf(r *geo.Record) Position {
	return Position{Day: r.Days.From, ID: fmt.Sprintf("%s:%09d", r.Mention.Article, r.Start)}
}

// Version names the state of the data; it changes with every stored article.
func (v *View) Version() string { return v.version }

// Mentions yields the mentions that the query selects, in the order of Position.
func (v *View) Mentions(ctx context.Context, q Query) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		n := 0
		for _, r := range v.records {
			if !q.After.IsZero() && positionOf(&r).Compare(q.After) <= 0 || !selects(&q, &r, true) {
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
func (v *View) Events(ctx context.Context, q Query) iter.Seq2[geo.Event, error] {
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
	slices.SortFunc(events, func(a, b geo.Event) int { return EventPosition(&a).Compare(EventPosition(&b)) })
	return func(yield func(geo.Event, error) bool) {
		n := 0
		for _, e := range events {
			if !q.After.IsZero() && EventPosition(&e).Compare(q.After) <= 0 {
				continue
			}
			if n++; q.Limit > 0 && n > q.Limit || !yield(e, ctx.Err()) {
				return
			}
		}
	}
}

// Places yields the places that the selected mentions name, by id.
func (v *View) Places(ctx context.Context, q Query) iter.Seq2[geo.PlaceSummary, error] {
	sums := map[string]*geo.PlaceSummary{}
	articles := map[string]bool{}
	for _, r := range v.records {
		if r.Place == nil || !selects(&q, &r, true) {
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
			if id <= q.After.ID {
				continue
			}
			if n++; q.Limit > 0 && n > q.Limit || !yield(*sums[id], ctx.Err()) {
				return
			}
		}
	}
}

// MentionPosition is where the mention stands in its collection.
func MentionPosition(r *geo.Record) Position { return positionOf(r) }

// EventPosition is where the event stands in its collection.
func EventPosition(e *geo.Event) Position { return Position{Day: e.Days.From, ID: e.ID} }

// PlacePosition is where the place stands in its collection.
func PlacePosition(s *geo.PlaceSummary) Position { return Position{ID: s.Place.ID} }

// Count is how many features of the collection the query selects, whatever its
// After and Limit.
func (v *View) Count(ctx context.Context, collection string, q Query) (int, error) {
	q.After, q.Limit = Position{}, 0
	n := 0
	switch collection {
	case "mentions":
		for range v.Mentions(ctx, q) {
			n++
		}
	case "places":
		for range v.Places(ctx, q) {
			n++
		}
	default:
		for range v.Events(ctx, q) {
			n++
		}
	}
	return n, ctx.Err()
}

// Mention returns the mention with the id; the error for one that isn't there
// wraps geo.ErrNotFound.
func (v *View) Mention(ctx context.Context, id string) (geo.Record, error) {
	for r := range v.Mentions(ctx, Query{}) {
		if r.ID() == id {
			return r, nil
		}
	}
	return geo.Record{}, fmt.Errorf("mention %q: %w", id, geo.ErrNotFound)
}

// Event returns the event with the id among those that an empty query selects.
func (v *View) Event(ctx context.Context, id string) (geo.Event, error) {
	for e := range v.Events(ctx, Query{}) {
		if e.ID == id {
			return e, nil
		}
	}
	return geo.Event{}, fmt.Errorf("event %q: %w", id, geo.ErrNotFound)
}

// Place returns the place with the id among those that an empty query selects.
func (v *View) Place(ctx context.Context, id string) (geo.PlaceSummary, error) {
	for p := range v.Places(ctx, Query{}) {
		if p.Place.ID == id {
			return p, nil
		}
	}
	return geo.PlaceSummary{}, fmt.Errorf("place %q: %w", id, geo.ErrNotFound)
}

// Extent is the box around all features of the collection that have a geometry,
// and the first and last of their days. False: nothing has a geometry.
func (v *View) Extent(collection string) (orb.Bound, geo.Interval, bool) {
	var b orb.Bound
	var days geo.Interval
	found := false
	for _, r := range v.records {
		if r.Days.From != 0 {
			if days.From == 0 || r.Days.From < days.From {
				days.From = r.Days.From
			}
			days.To = max(days.To, r.Days.To)
		}
		if g := r.Footprint(); g != nil {
			if !found {
				b, found = g.Bound(), true
			}
			b = b.Union(g.Bound())
		}
	}
	return b, days, found
}

// Marks are the events or mentions that a query selects, gathered by where they
// are drawn: what tiles are made of.
type Marks struct {
	List   []Mark
	briefs [][]Brief
}

// Brief is the i-th feature of a mark of the list, 0 <= i < Len, in the order of
// Position.
func (m *Marks) Brief(mark, i int) Brief { return m.briefs[mark][i] }

// Mark is one position (a geometry that features share) with its features.
type Mark struct {
	Place    *gazetteer.Place
	Geometry orb.Geometry // never nil
	Moved    bool         // the text puts it elsewhere than at the place
	Counts   [8]int       // features by event type, in the order of geo.EventTypes; the last: none
	Len      int          // how many features there are; Marks.Brief gives each
}

// Brief is a feature as tiles show it.
type Brief struct {
	ID         string
	Event      geo.EventType
	Role       geo.Role // of mentions
	Days       geo.Interval
	WherePrec  geo.WherePrecision
	Confidence float64
	Mentions   int // 1 for a mention
	Articles   int
	Name       string // as written
	Claim      geo.Claim
}

// Marks gathers events or mentions. Features without a footprint are left out.
func (v *View) Marks(ctx context.Context, collection string, q Query) (*Marks, error) {
	at := map[string]int{}
	m := &Marks{}
	add := func(p *gazetteer.Place, g orb.Geometry, moved bool, b Brief) {
		if g == nil {
			return
		}
		key := p.ID
		if moved {
			key += fmt.Sprint(g)
		}
		i, ok := at[key]
		if !ok {
			i = len(m.List)
			at[key] = i
			m.List = append(m.List, Mark{Place: p, Geometry: g, Moved: moved})
			m.briefs = append(m.briefs, nil)
		}
		mark := &m.List[i]
		mark.Len++
		m.briefs[i] = append(m.briefs[i], b)
		t := slices.Index(geo.EventTypes(), b.Event)
		if t < 0 {
			t = 7
		}
		mark.Counts[t]++
	}
	if collection == "mentions" {
		for r, err := range v.Mentions(ctx, q) {
			if err != nil {
				return nil, err
			}
			if r.Place == nil {
				continue
			}
			add(r.Place, r.Footprint(), r.Geometry != nil, Brief{
				ID: r.ID(), Event: r.Event, Role: r.Role, Days: r.Days, WherePrec: r.WherePrec, Confidence: r.Confidence,
				Mentions: 1, Articles: 1, Name: r.Name, Claim: r.Claim,
			})
		}
		return m, nil
	}
	for e, err := range v.Events(ctx, q) {
		if err != nil {
			return nil, err
		}
		g, moved := e.Place.Footprint(), false
		if e.Best.Geometry != nil && e.WherePrec == e.Best.WherePrec {
			g, moved = e.Best.Geometry, true
		}
		add(e.Place, g, moved, Brief{
			ID: e.ID, Event: e.Type, Role: geo.Site, Days: e.Days, WherePrec: e.WherePrec, Confidence: e.Confidence,
			Mentions: e.Mentions, Articles: e.Articles, Name: e.Best.Name, Claim: e.Best.Claim,
		})
	}
	return m, nil
}

// Step is the width of a bin of a histogram.
type Step string

// The steps. Weeks begin on Monday.
const (
	ByDay   Step = "day"
	ByWeek  Step = "week"
	ByMonth Step = "month"
)

// Bin counts the features whose days overlap its days. Bins are those of the
// features' own steps: an event of three days counts in each of them.
type Bin struct {
	Day    geo.Day // the first of the bin
	Counts [7]int  // by event type, in the order of geo.EventTypes
}

// Histogram counts the selected events or site mentions by step. What is known
// only to the month or worse (date_prec of 4 and 5) would smear over the bins; it
// is left out and counted in coarse. Empty bins are left out.
func (v *View) Histogram(ctx context.Context, collection string, q Query, step Step) (bins []Bin, coarse int, err error) {
	return nil, 0, nil
}

// Facet is a value with the number of features that have it.
type Facet struct {
	Value string
	Label string // of countries and places, else empty
	Count int
}

// Facets counts the selected features by value.
type Facets struct {
	Total                                             int
	Events, Roles, Countries, Places, Sources, Claims []Facet // most frequent first
}

// Facets counts the values under the query. Each list leaves out the condition
// of the filter on its own field, so that it shows what another choice would give.
// Lists of countries, places and sources have at most limit values.
func (v *View) Facets(ctx context.Context, collection string, q Query, limit int) (*Facets, error) {
	return &Facets{}, nil
}

// Change is what came between two views.
type Change struct {
	Version                   string
	Articles, Mentions, Sites int
	IDs                       []string     // of the new articles, the first 100
	Days                      geo.Interval // of the new site mentions
	Bounds                    *orb.Bound   // of their footprints, nil for none
}

// Since says what v has that before, an earlier view of the same data, had not.
func (v *View) Since(before *View) Change { return Change{Version: v.version} }

// selects is the plain reading of a filter.
func selects(q *Query, r *geo.Record, byDatetime bool) bool {
	f := &q.Filter
	published := geo.Interval{From: r.Article.Published, To: r.Article.Published}
	return (!byDatetime || f.Datetime.IsZero() || r.Days.From != 0 && r.Days.Overlaps(f.Datetime)) &&
		(f.Published.IsZero() || published.From != 0 && published.Overlaps(f.Published)) &&
		(f.AsOf == 0 || published.From != 0 && published.From <= f.AsOf) &&
		among(f.Events, r.Event) && among(f.Roles, r.Role) && among(f.Claims, r.Claim) && among(f.Sources, r.Article.Source) &&
		(len(f.Countries)+len(f.Places) == 0 || r.Place != nil && among(f.Countries, r.Place.Country) && among(f.Places, r.Place.ID)) &&
		r.Confidence >= f.MinConfidence && (f.BBox == nil || r.Place != nil && inBox(*f.BBox, r.Place.Point))
}

func inBox(b geo.BBox, p orb.Point) bool {
	inLat := b.South <= p.Lat() && p.Lat() <= b.North
	if b.CrossesAntimeridian() {
		return inLat && (p.Lon() >= b.West || p.Lon() <= b.East)
	}
	return inLat && b.West <= p.Lon() && p.Lon() <= b.East
}

func among[T comparable](values []T, v T) bool { return len(values) == 0 || slices.Contains(values, v) }
