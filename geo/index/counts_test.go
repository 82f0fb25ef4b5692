package index_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// thing is an event or a mention as counts and marks see it.
type thing struct {
	brief   index.Brief
	place   string
	drawn   string // where
	prec    geo.DatePrecision
	country string
}

func thingsOf(t *testing.T, p *plain, collection string, q index.Query) []thing {
	t.Helper()
	var all []thing
	if collection == "mentions" {
		for _, r := range collect(t, p.Mentions(t.Context(), q)) {
			x := thing{prec: r.DatePrec, drawn: fmt.Sprint(r.Footprint()), brief: index.Brief{
				ID: r.ID(), Event: r.Event, Role: r.Role, Days: r.Days, WherePrec: r.WherePrec, Confidence: r.Confidence,
				Mentions: 1, Articles: 1, Name: r.Name, Claim: r.Claim,
			}}
			if r.Place != nil {
				x.place, x.country = r.Place.ID, r.Place.Country
			} else {
				x.drawn = fmt.Sprint(nil)
			}
			all = append(all, x)
		}
		return all
	}
	for _, e := range collect(t, p.Events(t.Context(), q)) {
		drawn := e.Place.Footprint()
		if e.Best.Geometry != nil && e.WherePrec == e.Best.WherePrec {
			drawn = e.Best.Geometry
		}
		all = append(all, thing{prec: e.DatePrec, drawn: fmt.Sprint(drawn), place: e.Place.ID, country: e.Place.Country, brief: index.Brief{
			ID: e.ID, Event: e.Type, Role: geo.Site, Days: e.Days, WherePrec: e.WherePrec, Confidence: e.Confidence,
			Mentions: e.Mentions, Articles: e.Articles, Name: e.Best.Name, Claim: e.Best.Claim,
		}})
	}
	return all
}

func TestCountsAgainstPlainEngine(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 4))
	places := randomPlaces(rng, 9)
	records := randomRecords(rng, places, 100)
	v, p := viewOf(t, records), plainOf(records)
	for range 150 {
		q := randomQuery(rng, places)
		for _, collection := range []string{"events", "mentions"} {
			name := fmt.Sprintf("%s?%s", collection, q.Key())
			things := thingsOf(t, p, collection, q)
			checkMarks(t, name, v, collection, q, things)
			for _, step := range []index.Step{index.ByDay, index.ByWeek, index.ByMonth} {
				checkHistogram(t, name, v, collection, q, step, things)
			}
			checkFacets(t, name, v, p, collection, q)
		}
	}
}

func checkMarks(t *testing.T, name string, v *index.View, collection string, q index.Query, things []thing) {
	t.Helper()
	marks, err := v.Marks(t.Context(), collection, q)
	if err != nil {
		t.Fatal(err)
	}
	got, want := map[string][]index.Brief{}, map[string][]index.Brief{}
	for i, m := range marks.List {
		at := m.Place.ID + fmt.Sprint(m.Geometry)
		counts, highest := [8]int{}, 0.0
		for n := range m.Len {
			b := marks.Brief(i, n)
			got[at] = append(got[at], b)
			highest = max(highest, b.Confidence)
			if n := slices.Index(geo.EventTypes(), b.Event); n >= 0 {
				counts[n]++
			} else {
				counts[7]++
			}
		}
		if counts != m.Counts || highest != m.MaxConfidence {
			t.Errorf("%s: counts %v, confidence up to %v, want %v, %v", name, m.Counts, m.MaxConfidence, counts, highest)
		}
	}
	for _, x := range things {
		if x.drawn != fmt.Sprint(nil) {
			want[x.place+x.drawn] = append(want[x.place+x.drawn], x.brief)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: marks\ngot  %v\nwant %v", name, got, want)
	}
}

func checkHistogram(t *testing.T, name string, v *index.View, collection string, q index.Query, step index.Step, things []thing) {
	t.Helper()
	bins, coarse, err := v.Histogram(t.Context(), collection, q, step)
	if err != nil {
		t.Fatal(err)
	}
	wantCoarse, want := 0, map[geo.Day][7]int{}
	for _, x := range things {
		if x.brief.Role != geo.Site || x.brief.Days.From == 0 {
			continue
		}
		if x.prec >= geo.DateMonth {
			wantCoarse++
			continue
		}
		last := geo.Day(0)
		for d := x.brief.Days.From; d <= x.brief.Days.To; d++ {
			if day := (geo.Interval{From: d, To: d}); !day.Overlaps(q.Filter.Datetime) || binOf(d, step) == last {
				continue
			}
			last = binOf(d, step)
			counts := want[last]
			counts[slices.Index(geo.EventTypes(), x.brief.Event)]++
			want[last] = counts
		}
	}
	got := map[geo.Day][7]int{}
	for i, b := range bins {
		got[b.Day] = b.Counts
		if i > 0 && bins[i-1].Day >= b.Day {
			t.Errorf("%s: bins out of order", name)
		}
	}
	if coarse != wantCoarse || !reflect.DeepEqual(got, want) {
		t.Fatalf("%s by %s\ngot  %v, coarse %d\nwant %v, coarse %d", name, step, got, coarse, want, wantCoarse)
	}
}

func binOf(d geo.Day, step index.Step) geo.Day {
	switch step {
	case index.ByWeek:
		return d - geo.Day(d.Weekday()+6)%7
	case index.ByMonth:
		_, _, day := d.Civil()
		return d - geo.Day(day-1)
	}
	return d
}

func checkFacets(t *testing.T, name string, v *index.View, p *plain, collection string, q index.Query) {
	t.Helper()
	got, err := v.Facets(t.Context(), collection, q, 100)
	if err != nil {
		t.Fatal(err)
	}
	if want := len(thingsOf(t, p, collection, q)); got.Total != want {
		t.Fatalf("%s: total %d, want %d", name, got.Total, want)
	}
	for _, field := range []struct {
		name string
		got  []index.Facet
		drop func(*geo.Filter)
		of   func(thing) string
	}{
		{"event", got.Events, func(f *geo.Filter) { f.Events = nil }, func(x thing) string { return string(x.brief.Event) }},
		{"role", got.Roles, func(f *geo.Filter) { f.Roles = nil }, func(x thing) string { return string(x.brief.Role) }},
		{"country", got.Countries, func(f *geo.Filter) { f.Countries = nil }, func(x thing) string { return x.country }},
		{"place", got.Places, func(f *geo.Filter) { f.Places = nil }, func(x thing) string { return x.place }},
	} {
		some := q
		field.drop(&some.Filter)
		want, counted := map[string]int{}, map[string]int{}
		for _, x := range thingsOf(t, p, collection, some) {
			if value := field.of(x); value != "" {
				want[value]++
			}
		}
		for _, f := range field.got {
			counted[f.Value] = f.Count
		}
		if !reflect.DeepEqual(counted, want) {
			t.Fatalf("%s: facets of %s\ngot  %v\nwant %v", name, field.name, counted, want)
		}
	}
	for _, x := range [][]index.Facet{got.Sources, got.Claims} {
		if !slices.IsSortedFunc(x, func(a, b index.Facet) int { return b.Count - a.Count }) {
			t.Errorf("%s: %v are not by count", name, x)
		}
	}
}

func TestFacetsOfWhatMentionsSay(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	places := randomPlaces(rng, 3)
	records := randomRecords(rng, places, 60)
	v, p := viewOf(t, records), plainOf(records)
	f, err := v.Facets(t.Context(), "events", index.Query{Filter: geo.Filter{Sources: []string{"A"}, Claims: []geo.Claim{geo.Denied}}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	// The other choices are alternatives, each counted under the rest of the filter.
	claimed := map[string]int{}
	for _, e := range collect(t, p.Events(t.Context(), index.Query{Filter: geo.Filter{Sources: []string{"A"}}})) {
		for claim, n := range map[geo.Claim]int{geo.Reported: e.Reported, geo.Claimed: e.Claimed, geo.Denied: e.Denied} {
			if n > 0 {
				claimed[string(claim)]++
			}
		}
	}
	got := map[string]int{}
	for _, x := range f.Claims {
		got[x.Value] = x.Count
	}
	if !reflect.DeepEqual(got, claimed) || len(f.Sources) != 1 || len(f.Places) != 1 || !strings.HasPrefix(f.Places[0].Label, "Place") {
		t.Errorf("got %+v, want claims %v", f, claimed)
	}
}

func TestExtent(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 8))
	for range 20 {
		places := randomPlaces(rng, 1+rng.IntN(4))
		records := randomRecords(rng, places, rng.IntN(8))
		v, p := viewOf(t, records), plainOf(records)
		want := map[string]*orb.Bound{}
		add := func(collection string, g orb.Geometry) {
			if g == nil {
				return
			}
			b := g.Bound()
			if want[collection] != nil {
				b = b.Union(*want[collection])
			}
			want[collection] = &b
		}
		for _, r := range records {
			add("mentions", r.Footprint())
			if r.Place != nil {
				add("places", r.Place.Geometry())
			}
		}
		for _, e := range collect(t, p.Events(t.Context(), index.Query{})) {
			drawn := e.Place.Footprint()
			if e.Best.Geometry != nil && e.WherePrec == e.Best.WherePrec {
				drawn = e.Best.Geometry
			}
			add("events", drawn)
		}
		for _, collection := range []string{"events", "mentions", "places"} {
			b, _, ok := v.Extent(collection)
			if ok != (want[collection] != nil) || ok && b != *want[collection] {
				t.Errorf("%s: %v, %t, want %v", collection, b, ok, want[collection])
			}
		}
	}
}
