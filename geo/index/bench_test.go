package index_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/index"
)

// made is a Source of n mentions over 2,000 places and six years that are made
// as they are read: alike each time.
type made struct{ n int }

const madePlaces = 2000

func (s made) Version(context.Context) (string, error) { return "made", nil }

func (s made) Read(_ context.Context, _ index.State, to index.Sink) (index.State, bool, error) {
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range madePlaces {
		p := &gazetteer.Place{
			ID: fmt.Sprintf("gn:%d", 100000+i*37), Name: fmt.Sprint("Town ", i), Kind: gazetteer.Settlement, Country: fmt.Sprintf("%c%c", 'A'+i%20, 'A'+i%7),
			Point: madePoint(i),
		}
		if err := to.Place(index.Place{Key: int64(i + 1), Place: p}); err != nil {
			return index.State{}, false, err
		}
	}
	const each = 5
	for i := range s.n / each {
		a := index.Article{
			Key: int64(i + 1), ID: fmt.Sprintf("%020x", rng.Uint64()), Source: fmt.Sprint("Paper ", rng.IntN(40)),
			Published: firstDay + geo.Day(rng.IntN(6*365)), Origin: fmt.Sprintf("%020x", rng.Uint64()),
		}
		if err := to.Article(a); err != nil {
			return index.State{}, false, err
		}
	}
	for i := range s.n {
		if err := to.Mention(madeMention(rng, i, i/each+1)); err != nil {
			return index.State{}, false, err
		}
	}
	return index.State{Version: "made", Mention: int64(s.n)}, true, nil
}

func madePoint(place int) orb.Point {
	rng := rand.New(rand.NewPCG(2, uint64(place)))
	return orb.Point{rng.Float64()*60 - 10, rng.Float64()*40 + 20}
}

func madeMention(rng *rand.Rand, i, article int) index.Mention {
	m := index.Mention{
		Key: int64(i + 1), Article: int64(article), Place: int64(rng.IntN(madePlaces) + 1), Start: i % 5 * 300, End: i%5*300 + 9,
		SentenceStart: max(0, i%5*300-40), Name: "Town", WherePrec: 1, Role: geo.Setting, Confidence: float64(rng.IntN(101)) / 100,
	}
	if rng.IntN(10) < 4 {
		return m
	}
	m.Role, m.Event, m.Claim = geo.Site, geo.EventTypes()[rng.IntN(7)], geo.Claims()[rng.IntN(3)]
	m.Days.From = firstDay + geo.Day(rng.IntN(6*365))
	m.Days.To, m.DatePrec = m.Days.From, geo.DateDay
	switch rng.IntN(20) {
	case 0:
		m.Days.To, m.DatePrec = m.Days.From+30, geo.DateMonth
	case 1:
		m.Days.To, m.DatePrec = m.Days.From+365, geo.DateYear
	case 2, 3:
		m.Days.To, m.DatePrec = m.Days.From+3, geo.DateDays
	case 4:
		p := madePoint(int(m.Place - 1))
		m.Geometry = orb.Point{p[0] + rng.Float64()/5, p[1] + rng.Float64()/5} // some kilometres off
	}
	if rng.IntN(10) == 0 {
		m.Deaths = index.Figures{Stated: true, Low: 2, High: 5}
	}
	return m
}

func (s made) Texts(_ context.Context, keys []int64) iter.Seq2[*index.Text, error] {
	return func(yield func(*index.Text, error) bool) {
		t := index.Text{Sentence: "Shells fell on the town on Monday, the ministry said."}
		for range keys {
			if !yield(&t, nil) {
				return
			}
		}
	}
}

// Holding finds "rare" in each thousandth sentence and "frequent" in each third.
func (s made) Holding(_ context.Context, words string) iter.Seq2[int64, error] {
	step := 3
	if words == "rare" {
		step = 1000
	}
	return func(yield func(int64, error) bool) {
		for key := step; key <= s.n && yield(int64(key), nil); key += step {
		}
	}
}

// madeSize is how many mentions the benchmarks read; CONFLICTMAP_BENCH_ROWS says
// otherwise.
func madeSize(b *testing.B) int {
	n := 100_000
	if s := os.Getenv("CONFLICTMAP_BENCH_ROWS"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			b.Fatal(err)
		}
	}
	return n
}

func BenchmarkLoad(b *testing.B) {
	n := madeSize(b)
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		v, err := index.Load(b.Context(), made{n})
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(v)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/mention")
	}
}

func BenchmarkUpdate(b *testing.B) {
	v, err := index.Load(b.Context(), made{madeSize(b)})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := index.Remade(b.Context(), v); err != nil {
			b.Fatal(err)
		}
	}
}

// compiled is an expression on mentions.
func compiled(b testing.TB, text string) *cql2.Program {
	b.Helper()
	expr, err := cql2.ParseText(text)
	if err != nil {
		b.Fatal(err)
	}
	program, err := cql2.Compile(expr, index.Properties("mentions"))
	if err != nil {
		b.Fatal(err)
	}
	return program
}

// BenchmarkQuery asks another query each time, so that none was remembered.
func BenchmarkQuery(b *testing.B) {
	v, err := index.Load(b.Context(), made{madeSize(b)})
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 3))
	box := func(size float64) *geo.BBox {
		x, y := rng.Float64()*(60-size)-10, rng.Float64()*(40-size)+20
		return &geo.BBox{West: x, South: y, East: x + size, North: y + size}
	}
	week := func() geo.Interval {
		from := firstDay + geo.Day(rng.IntN(6*365-7))
		return geo.Interval{From: from, To: from + 6}
	}
	program := compiled(b, "confidence > 0.5 AND role = 'site'")
	points := compiled(b, "geometry_type = 'point'")
	sure := func() float64 { return 0.5 + rng.Float64()/10 }
	for _, c := range []struct {
		name  string
		limit int
		query func() index.Query
	}{
		{"week-box-5deg", 1000, func() index.Query { return index.Query{Filter: geo.Filter{BBox: box(5), Datetime: week()}} }},
		{"box-20deg", 100, func() index.Query { return index.Query{Filter: geo.Filter{BBox: box(20)}} }},
		{"box-1deg", 100, func() index.Query { return index.Query{Filter: geo.Filter{BBox: box(1)}} }},
		{"world", 100, func() index.Query { return index.Query{Filter: geo.Filter{BBox: box(40)}} }},
		{"country", 100, func() index.Query {
			return index.Query{Filter: geo.Filter{Countries: []string{fmt.Sprintf("%c%c", 'A'+rng.IntN(20), 'A'+rng.IntN(7))}}}
		}},
		{"scan", 100, func() index.Query { return index.Query{Filter: geo.Filter{MinConfidence: sure()}} }},
		{"expression", 100, func() index.Query { return index.Query{Where: program, Filter: geo.Filter{MinConfidence: sure()}} }},
		{"points-by-expression", 100, func() index.Query { return index.Query{Where: points, Filter: geo.Filter{MinConfidence: sure() / 1e3}} }},
		{"points", 100, func() index.Query {
			return index.Query{Geometry: index.PointType, Filter: geo.Filter{MinConfidence: sure() / 1e3}}
		}},
		{"newest", 30, func() index.Query { return index.Query{Order: index.NewestFirst, Filter: geo.Filter{BBox: box(10)}} }},
		{"most-mentions", 30, func() index.Query {
			return index.Query{Order: index.MostMentions, Filter: geo.Filter{MinConfidence: sure() / 1e3}}
		}},
		{"most-origins", 30, func() index.Query {
			return index.Query{Order: index.MostOrigins, Filter: geo.Filter{MinConfidence: sure() / 1e3}}
		}},
		{"rare-word", 100, func() index.Query {
			return index.Query{Filter: geo.Filter{Query: "rare", MinConfidence: sure() / 1e3}}
		}},
		{"frequent-word", 100, func() index.Query {
			return index.Query{Filter: geo.Filter{Query: "frequent", MinConfidence: sure() / 1e3}}
		}},
		{"all-points", 100, func() index.Query { return index.Query{Geometry: index.PointType} }},
	} {
		q := func(limit int) index.Query {
			q := c.query()
			q.Limit = limit
			return q
		}
		for _, collection := range []string{"mentions", "events"} {
			if c.query().Where != nil && collection == "events" {
				continue
			}
			b.Run(c.name+"/count-"+collection, func(b *testing.B) {
				for b.Loop() {
					if _, err := v.Count(b.Context(), collection, q(0)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(c.name+"/mentions", func(b *testing.B) {
			for b.Loop() {
				collect(b, v.Mentions(b.Context(), q(c.limit)))
			}
		})
		b.Run(c.name+"/events", func(b *testing.B) {
			if c.query().Where != nil {
				b.Skip("of mentions")
			}
			for b.Loop() {
				collect(b, v.Events(b.Context(), q(c.limit)))
			}
		})
	}
	for _, collection := range []string{"mentions", "events"} {
		b.Run("marks/"+collection, func(b *testing.B) {
			for b.Loop() {
				if _, err := v.Marks(b.Context(), collection, index.Query{Filter: geo.Filter{MinConfidence: rng.Float64() / 100}}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("histogram/"+collection, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := v.Histogram(b.Context(), collection, index.Query{Filter: geo.Filter{MinConfidence: rng.Float64() / 100}}, index.ByDay); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("facets/"+collection, func(b *testing.B) {
			for b.Loop() {
				if _, err := v.Facets(b.Context(), collection, index.Query{Filter: geo.Filter{MinConfidence: rng.Float64() / 100}}, 20); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("places", func(b *testing.B) {
		for b.Loop() {
			collect(b, v.Places(b.Context(), index.Query{Filter: geo.Filter{BBox: box(10)}, Limit: 100}))
		}
	})
}
