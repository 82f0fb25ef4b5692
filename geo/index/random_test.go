package index_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

const firstDay geo.Day = 737425 // 2020-01-01

func collect[T any](t testing.TB, s iter.Seq2[T, error]) []T {
	t.Helper()
	all := []T{}
	for v, err := range s {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

func seq[T any](values []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func pick[T any](rng *rand.Rand, values ...T) T { return values[rng.IntN(len(values))] }

func randomPlaces(rng *rand.Rand, n int) []*gazetteer.Place {
	var places []*gazetteer.Place
	for i := range n {
		p := &gazetteer.Place{
			ID: fmt.Sprintf("gn:%d", rng.IntN(100)*1000+i), Name: fmt.Sprint("Place ", i), Kind: gazetteer.Settlement,
			Country: pick(rng, "AA", "BB", "CC", ""), Point: orb.Point{float64(rng.IntN(360) - 180), float64(rng.IntN(180) - 90)},
			Uncertainty: float64(rng.IntN(3) * 100), Disputed: rng.IntN(3) == 0,
		}
		x, y := p.Point[0], p.Point[1]
		switch rng.IntN(5) {
		case 0:
			p.Kind = gazetteer.Region // without a shape
		case 1:
			p.Kind, p.Shape = gazetteer.Line, orb.LineString{{x, y}, {x / 2, y / 2}}
		case 2:
			p.Kind, p.Shape = gazetteer.Region, orb.Polygon{{{x, y}, {x / 2, y}, {x / 2, y / 2}, {x, y / 2}, {x, y}}}
		}
		places = append(places, p)
	}
	return places
}

func randomDay(rng *rand.Rand) geo.Day { return firstDay + geo.Day(rng.IntN(150)) }

// randomRecords are the mentions of n articles. Ids are such that they sort
// differently by parts and as a whole.
func randomRecords(rng *rand.Rand, places []*gazetteer.Place, n int) []geo.Record {
	var all []geo.Record
	for i := range n {
		a := geo.Article{
			ID: pick(rng, "a", "a:", "a:b", "a!", "ab") + fmt.Sprint(i), Source: pick(rng, "A", "B, C", ""), Title: fmt.Sprint("Title ", i),
			URL: fmt.Sprint("https://example.org/", i), Published: randomDay(rng),
		}
		if rng.IntN(6) == 0 {
			a.Published = 0
		}
		start := 0
		for range 1 + rng.IntN(6) {
			start += 10 * (1 + rng.IntN(3))
			r := geo.Record{Mention: randomMention(rng, places, a.ID, start), Article: a, Origin: fmt.Sprint("o", i/2)}
			all = append(all, r)
		}
	}
	return all
}

func randomMention(rng *rand.Rand, places []*gazetteer.Place, article string, start int) geo.Mention {
	m := geo.Mention{
		Article: article, Start: start, End: start + 5, SentenceStart: start - 10, Name: pick(rng, "Here", "There"),
		Sentence: pick(rng, "A quiet day.", "A loud day.", "A loud night."), Role: pick(rng, geo.Roles()...), Demonym: rng.IntN(9) == 0,
		Confidence: pick(rng, float64(rng.IntN(101))/100, rng.Float64()),
		Reasons:    pick(rng, nil, []string{"far", "only one"}), RunnersUp: pick(rng, nil, []string{"gn:1"}),
	}
	if rng.IntN(10) > 0 {
		m.Place, m.WherePrec = pick(rng, places...), geo.WherePrecision(1+rng.IntN(3))
	}
	if m.Role != geo.Site && rng.IntN(2) == 0 {
		m.Role = geo.Site
	}
	if m.Role != geo.Site {
		return m
	}
	m.Event, m.Claim, m.ClaimedBy = pick(rng, geo.Explosion, geo.Battle, geo.Casualties), pick(rng, geo.Claims()...), pick(rng, "", "the ministry", "Witnesses")
	if rng.IntN(12) > 0 {
		m.Days.From = randomDay(rng)
		m.Days.To = m.Days.From + pick[geo.Day](rng, 0, 0, 0, 0, 1, 6, 7, 8, 30, 31, 32, 33, 365, 500)
		m.DatePrec, m.DateBasis = geo.DateDay, "on Monday"
		if m.Days.To-m.Days.From > 6 {
			m.DatePrec = pick(rng, geo.DateDay, geo.DateMonth, geo.DateYear, geo.DateYear)
		}
	}
	if rng.IntN(5) == 0 && m.Place != nil {
		p := orb.Point{float64(rng.IntN(360) - 180), float64(rng.IntN(180) - 90)}
		m.Geometry, m.Offset = pick[orb.Geometry](rng, p, orb.LineString{p, {0, 0}}), "south of"
	}
	if rng.IntN(4) == 0 {
		low := rng.IntN(5)
		m.Deaths = geo.Count{Low: low, High: low + rng.IntN(3), Open: rng.IntN(2) == 0, Words: []string{fmt.Sprint(low)}}
	}
	if rng.IntN(6) == 0 {
		m.Injuries = geo.Count{Low: 3, High: 3, Words: []string{"three"}}
	}
	return m
}

func randomQuery(rng *rand.Rand, places []*gazetteer.Place) index.Query {
	var f geo.Filter
	one := 2 + rng.IntN(8)
	some := func() bool { return rng.IntN(one) == 0 }
	span := func() geo.Interval {
		from := randomDay(rng)
		return pick(rng, geo.Interval{From: from, To: from + geo.Day(rng.IntN(40))}, geo.Interval{From: from, To: from},
			geo.Interval{From: from}, geo.Interval{To: from})
	}
	id := func() string { return pick(rng, append(slices.Clip(places), &gazetteer.Place{ID: "none"})...).ID }
	if some() {
		south := float64(rng.IntN(150) - 90)
		f.BBox = &geo.BBox{West: float64(rng.IntN(360) - 180), East: float64(rng.IntN(360) - 180), South: south, North: min(90, south+float64(rng.IntN(90)))}
	}
	if some() {
		f.Datetime = span()
	}
	if some() {
		f.Published = span()
	}
	if some() {
		f.AsOf = randomDay(rng)
	}
	if some() {
		f.Events = []geo.EventType{pick(rng, geo.EventTypes()...), geo.Battle}
	}
	if some() {
		f.Roles = []geo.Role{pick(rng, geo.Roles()...), pick(rng, geo.Roles()...)}
	}
	if some() {
		f.Countries = []string{pick(rng, "AA", "BB", "ZZ")}
	}
	if some() {
		f.Places = []string{id(), id(), id()}
	}
	if some() {
		f.Sources = []string{pick(rng, "A", "B, C", "D")}
	}
	if some() {
		f.Claims = []geo.Claim{pick(rng, geo.Claims()...)}
	}
	if some() {
		f.MinConfidence = pick(rng, float64(rng.IntN(101))/100, rng.Float64())
	}
	if some() {
		f.Query = pick(rng, "loud", "NIGHT loud", "lou")
	}
	q := index.Query{Filter: f, Lenient: rng.IntN(3) == 0}
	if some() {
		q.Geometry = pick(rng, index.GeometryTypes()...)
	}
	if some() {
		q.Placed = pick(rng, index.IsPlaced, index.IsUnplaced)
	}
	return q
}

func shuffled(rng *rand.Rand, records []geo.Record) []geo.Record {
	records = slices.Clone(records)
	rng.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	return records
}
