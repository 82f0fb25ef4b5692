package index

import (
	"context"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

// View is one state of the data.
type View struct {
	version string
	state   State
	source  Source
	options options

	words    *vocabulary
	names    []string // as written, and claimants
	places   *places
	articles *articles
	table    *table

	// What was made of the above.
	days      timeline // of the table
	undated   undated
	byPlace   lists // rows by place
	byArticle lists // rows by article
	movedAt   lists // what table.moved has, by place
	byKind    [kinds]int
	sums      []placeSum  // by place: of all its mentions
	reach     []orb.Bound // by place: around the mentions that their text puts elsewhere
	events    *events
	mentions  extent

	cache *cache
}

// Version names the state of the data; it changes with every stored article.
func (v *View) Version() string { return v.version }

// derive makes what follows from the table.
func (v *View) derive(ctx context.Context) error {
	t := v.table
	v.days = newTimeline(t.from[:t.dated], t.to[:t.dated])
	v.undated = newUndated(t, v.articles.published)
	v.byPlace = listsOf(v.places.len()+1, t.place)
	v.byArticle = listsOf(len(v.articles.keys), t.article)
	for _, f := range t.flags {
		v.byKind[f%kinds]++
	}
	v.cache = newCache(cacheBytes)
	v.sums = v.allSums()
	v.mentions = v.mentionExtent()
	return v.foldAll(ctx)
}

// extent is the box around features and their first and last day.
type extent struct {
	bounds orb.Bound
	found  bool
	days   geo.Interval
}

func (e *extent) add(g orb.Geometry) {
	if g == nil {
		return
	}
	if b := g.Bound(); e.found {
		e.bounds = e.bounds.Union(b)
	} else {
		e.bounds, e.found = b, true
	}
}

func (e *extent) addDays(d geo.Interval) {
	if d.From == 0 {
		return
	}
	if e.days.From == 0 || d.From < e.days.From {
		e.days.From = d.From
	}
	e.days.To = max(e.days.To, d.To)
}

func (v *View) mentionExtent() extent {
	var e extent
	t := v.table
	for i := range t.dated {
		e.addDays(t.days(uint32(i)))
	}
	for p := 1; p <= v.places.len(); p++ {
		if v.sums[p].steady > 0 {
			e.add(v.places.footprint[p])
		}
	}
	for _, g := range t.moved.values {
		e.add(g)
	}
	return e
}

// Extent is the box around all features of the collection that have a geometry,
// and the first and last of their days. False: nothing has a geometry.
func (v *View) Extent(collection string) (orb.Bound, geo.Interval, bool) {
	e := v.mentions
	switch collection {
	case "events":
		e = v.events.extent
	case "places":
		e = extent{days: e.days}
		for p := 1; p <= v.places.len(); p++ {
			if v.sums[p].mentions > 0 {
				e.add(v.places.all[p].Geometry())
			}
		}
	}
	return e.bounds, e.days, e.found
}

// footprint is where a mention is drawn, nil for nowhere.
func (v *View) footprint(row uint32) orb.Geometry {
	if v.table.flags[row].is(movedFlag) {
		return v.table.moved.at(row)
	}
	return v.places.footprint[v.table.place[row]]
}
