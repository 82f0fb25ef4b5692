package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// testAgainstPlainReading compares what random filters select from random
// articles with what the plainest code makes of the filter's definition.
func testAgainstPlainReading(t *testing.T, store Store) {
	rng := rand.New(rand.NewPCG(5, 6))
	var all []geo.Record
	for i := range 40 {
		a := geo.Article{ID: fmt.Sprintf("r%02d", i), Source: pick(rng, "A", "B", ""), Text: fmt.Sprint("Text ", i), Published: randomDay(rng)}
		if rng.IntN(8) == 0 {
			a.Published = 0
		}
		var ms []geo.Mention
		for start := range 6 {
			m := randomMention(rng, a.ID, start*10)
			ms = append(ms, m)
			shown := a
			shown.Text = ""
			all = append(all, geo.Record{Mention: m, Article: shown, Origin: a.Origin()})
		}
		put(t, store, a, ms)
	}
	s := snapshot(t, store)
	for range 300 {
		f := randomFilter(rng)
		var want selected
		for _, r := range plainly(all, f, true) {
			want.mentions = append(want.mentions, r.ID())
			if r.Place != nil && !slices.Contains(want.places, r.Place.ID) {
				want.places = append(want.places, r.Place.ID)
			}
		}
		slices.Sort(want.places)
		want.events = plainEvents(t, all, f)
		if got := selection(t, s, f); !reflect.DeepEqual(got, want) {
			t.Fatalf("filter %+v\ngot  %q\nwant %q", f, got, want)
		}
	}
}

// plainly selects in the order of Mentions.
func plainly(all []geo.Record, f geo.Filter, byDatetime bool) []geo.Record {
	var some []geo.Record
	for _, r := range all {
		published := geo.Interval{From: r.Article.Published, To: r.Article.Published}
		if (f.BBox == nil || r.Place != nil && contains(*f.BBox, r.Place.Point)) &&
			(!byDatetime || f.Datetime.IsZero() || r.Days.From != 0 && r.Days.Overlaps(f.Datetime)) &&
			(f.Published.IsZero() || published.From != 0 && published.Overlaps(f.Published)) &&
			(f.AsOf == 0 || published.From != 0 && published.From <= f.AsOf) &&
			among(f.Events, r.Event) && among(f.Roles, r.Role) && among(f.Claims, r.Claim) && among(f.Sources, r.Article.Source) &&
			(r.Place != nil && among(f.Countries, r.Place.Country) && among(f.Places, r.Place.ID) || len(f.Countries)+len(f.Places) == 0) &&
			r.Confidence >= f.MinConfidence && (f.Query == "" || slices.Contains(strings.Fields(r.Sentence), f.Query)) {
			some = append(some, r)
		}
	}
	slices.SortFunc(some, func(a, b geo.Record) int {
		return cmp.Or(cmp.Compare(a.Article.Published, b.Article.Published), cmp.Compare(a.Article.ID, b.Article.ID), cmp.Compare(a.Start, b.Start))
	})
	return some
}

func plainEvents(t *testing.T, all []geo.Record, f geo.Filter) []string {
	sites := slices.DeleteFunc(plainly(all, f, false), func(r geo.Record) bool { return r.Role != geo.Site || r.Place == nil || r.Days.From == 0 })
	slices.SortFunc(sites, func(a, b geo.Record) int {
		return cmp.Or(cmp.Compare(a.Place.ID, b.Place.ID), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Days.From, b.Days.From))
	})
	var events []string
	for _, e := range collect(t, geo.FoldEvents(func(yield func(geo.Record, error) bool) {
		for _, r := range sites {
			if !yield(r, nil) {
				return
			}
		}
	})) {
		if e.Days.Overlaps(f.Datetime) {
			events = append(events, eventName(e))
		}
	}
	return events
}

func among[T comparable](values []T, v T) bool { return len(values) == 0 || slices.Contains(values, v) }

func contains(b geo.BBox, p orb.Point) bool {
	inLat := b.South <= p.Lat() && p.Lat() <= b.North
	if b.West > b.East {
		return inLat && (p.Lon() >= b.West || p.Lon() <= b.East)
	}
	return inLat && b.West <= p.Lon() && p.Lon() <= b.East
}

func pick[T any](rng *rand.Rand, values ...T) T { return values[rng.IntN(len(values))] }

func randomDay(rng *rand.Rand) geo.Day { return day("2020-01-01") + geo.Day(rng.IntN(120)) }

func randomMention(rng *rand.Rand, article string, start int) geo.Mention {
	n := rng.IntN(12)
	var p *gazetteer.Place
	if n > 0 {
		p = &gazetteer.Place{
			ID: fmt.Sprint("p", n), Name: "P", Kind: gazetteer.Settlement, Country: []string{"AA", "BB", ""}[n%3],
			Point: orb.Point{float64(n*30 - 180), float64(n*15 - 90)},
		}
	}
	m := mention(article, start, p, pick(rng, geo.Roles()...))
	m.Confidence = float64(rng.IntN(11)) / 10
	m.Sentence = pick(rng, "quiet day", "loud day", "loud night")
	if m.Role != geo.Site {
		return m
	}
	m.Event, m.Claim = pick(rng, geo.Explosion, geo.Battle), pick(rng, geo.Claims()...)
	// Lengths on both sides of what an index may take for short.
	m.Days.From = randomDay(rng)
	m.Days.To = m.Days.From + pick[geo.Day](rng, 0, 0, 0, 1, 6, 30, 31, 32, 33, 365)
	m.DatePrec = geo.DateDay
	if m.Days.To-m.Days.From > 6 {
		m.DatePrec = pick(rng, geo.DateMonth, geo.DateYear)
	}
	return m
}

func randomFilter(rng *rand.Rand) geo.Filter {
	var f geo.Filter
	some := func() bool { return rng.IntN(4) == 0 }
	span := func() geo.Interval {
		from := randomDay(rng)
		return pick(rng, geo.Interval{From: from, To: from + geo.Day(rng.IntN(40))}, geo.Interval{From: from}, geo.Interval{To: from})
	}
	if some() {
		south := float64(rng.IntN(12)*15 - 90)
		f.BBox = &geo.BBox{West: float64(rng.IntN(13)*30 - 180), East: float64(rng.IntN(13)*30 - 180), South: south, North: south + float64(rng.IntN(90))}
	}
	if some() || some() {
		f.Datetime = span()
	}
	if some() {
		f.Published = span()
	}
	if some() {
		f.AsOf = randomDay(rng)
	}
	if some() {
		f.Events = []geo.EventType{geo.Battle}
	}
	if some() {
		f.Roles = []geo.Role{pick(rng, geo.Roles()...), pick(rng, geo.Roles()...)}
	}
	if some() {
		f.Countries = []string{pick(rng, "AA", "BB", "")}
	}
	if some() {
		f.Places = []string{fmt.Sprint("p", rng.IntN(12)), fmt.Sprint("p", rng.IntN(12))}
	}
	if some() {
		f.Sources = []string{pick(rng, "A", "B", "", "C")}
	}
	if some() {
		f.Claims = []geo.Claim{pick(rng, geo.Claims()...)}
	}
	if some() {
		f.MinConfidence = float64(rng.IntN(11)) / 10
	}
	if some() {
		f.Query = pick(rng, "loud", "night", "quiet", "lou")
	}
	return f
}
