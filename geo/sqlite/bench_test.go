package sqlite_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/sqlite"
)

// corpus generates articles that mention places all over the globe during
// five years: mostly single days, some weeks, a few years.
type corpus struct {
	places []*gazetteer.Place
}

func newCorpus(places int) *corpus {
	rng := rand.New(rand.NewPCG(1, uint64(places)))
	c := &corpus{}
	for i := range places {
		p := &gazetteer.Place{
			ID: fmt.Sprintf("gn:%d", i), Name: fmt.Sprintf("Place %d", i), Kind: gazetteer.Settlement, Country: "AZ",
			Point: orb.Point{rng.Float64()*359 - 180, rng.Float64()*170 - 85},
		}
		if i%50 == 0 {
			p.Kind = gazetteer.Line
			p.Shape = orb.LineString{p.Point, {p.Point[0] + 1, p.Point[1] + 1}}
		}
		c.places = append(c.places, p)
	}
	return c
}

const firstDay = 737000 // in October 2018

// article returns the i-th article with its mentions, the same each time.
func (c *corpus) article(i, mentions int) (geo.Article, []geo.Mention) {
	rng := rand.New(rand.NewPCG(2, uint64(i)))
	a := geo.Article{
		ID: fmt.Sprintf("article-%06d", i), Source: fmt.Sprintf("source %d", i%20), URL: fmt.Sprintf("https://a.example/%d", i),
		Title: fmt.Sprintf("Title %d", i), Published: geo.Day(firstDay + rng.IntN(5*365)), Text: fmt.Sprintf("The text of article %d.", i),
	}
	ms := make([]geo.Mention, mentions)
	for j := range ms {
		p := c.places[rng.IntN(len(c.places))]
		m := geo.Mention{
			Article: a.ID, Start: 100 * j, End: 100*j + 5, Name: p.Name, SentenceStart: 100 * j,
			Sentence: p.Name + " was shelled overnight, officials said, and residents of the town spent hours in cellars.",
			Place:    p, WherePrec: geo.WhereExact, Role: geo.Setting, Confidence: 0.8, Reasons: []string{"only place of that name"},
		}
		if j%3 != 0 {
			m.Role, m.Event, m.Claim = geo.Site, geo.EventTypes()[rng.IntN(7)], geo.Reported
			m.Days, m.DatePrec = geo.Interval{From: a.Published, To: a.Published}, geo.DateDay
			switch rng.IntN(20) {
			case 0:
				m.Days.From, m.DatePrec = a.Published-365, geo.DateYear
			case 1:
				m.Days.From, m.DatePrec = a.Published-6, geo.DateWeek
			}
		}
		ms[j] = m
	}
	return a, ms
}

// openAt opens the store in the file, to be closed with the test.
func openAt(t testing.TB, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func BenchmarkPut(b *testing.B) {
	db, c := openAt(b, filepath.Join(b.TempDir(), "put.db")), newCorpus(2000)
	i := 0
	for b.Loop() {
		a, ms := c.article(i, 10)
		i++
		if _, err := db.Put(b.Context(), a, ms); err != nil {
			b.Fatal(err)
		}
	}
}

// fill returns a store of 5,000 articles with 50,000 mentions.
func fill(b *testing.B) *sqlite.DB {
	db, c := openAt(b, filepath.Join(b.TempDir(), "filled.db")), newCorpus(2000)
	for i := range 5000 {
		a, ms := c.article(i, 10)
		if _, err := db.Put(b.Context(), a, ms); err != nil {
			b.Fatal(err)
		}
	}
	return db
}

func BenchmarkQuery(b *testing.B) {
	db := fill(b)
	week := geo.Interval{From: firstDay + 700, To: firstDay + 706}
	box := &geo.BBox{West: 40, South: 30, East: 60, North: 50}
	filters := []struct {
		name   string
		filter geo.Filter
	}{
		{"all", geo.Filter{}},
		{"datetime", geo.Filter{Datetime: week}},
		{"bbox", geo.Filter{BBox: box}},
		{"datetime+bbox", geo.Filter{Datetime: week, BBox: box}},
		{"place", geo.Filter{Places: []string{"gn:7"}}},
		{"source", geo.Filter{Sources: []string{"source 3"}}},
		{"words", geo.Filter{Query: "shelled cellars"}},
	}
	for _, f := range filters {
		b.Run("events/"+f.name, func(b *testing.B) {
			bench(b, db, func(s *sqlite.Snapshot) int { return count(b, s.Events(b.Context(), f.filter)) })
		})
		b.Run("mentions/"+f.name, func(b *testing.B) {
			bench(b, db, func(s *sqlite.Snapshot) int { return count(b, s.Mentions(b.Context(), f.filter)) })
		})
		b.Run("places/"+f.name, func(b *testing.B) {
			bench(b, db, func(s *sqlite.Snapshot) int { return count(b, s.Places(b.Context(), f.filter)) })
		})
	}
}

// bench measures a query on a snapshot of its own, as a request makes it.
func bench(b *testing.B, db *sqlite.DB, query func(*sqlite.Snapshot) int) {
	rows := 0
	for b.Loop() {
		s, err := db.Snapshot(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		rows = query(s)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows), "rows")
}

func count[T any](t testing.TB, all iter.Seq2[T, error]) int {
	n := 0
	for _, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// BenchmarkHolding looks for words that few, many and all sentences hold, in a store of
// which some thousand sentences are not in the index of words.
func BenchmarkHolding(b *testing.B) {
	db := fill(b)
	for name, words := range map[string]string{"rare": "77", "frequent": "overnight", "both": "77 overnight", "none": "zzzz"} {
		b.Run(name, func(b *testing.B) {
			rows := 0
			for b.Loop() {
				rows = count(b, db.Holding(b.Context(), words))
			}
			b.ReportMetric(float64(rows), "rows")
		})
	}
}

func BenchmarkPutAll(b *testing.B) {
	db, c := openAt(b, filepath.Join(b.TempDir(), "put.db")), newCorpus(2000)
	if _, err := db.PutAll(b.Context(), func(yield func(geo.Article, []geo.Mention) bool) {
		for i := 0; b.Loop() && yield(c.article(i, 10)); i++ {
		}
	}); err != nil {
		b.Fatal(err)
	}
}
