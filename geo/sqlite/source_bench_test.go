package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/conflictmap/conflictmap/geo/index"
)

// BenchmarkTexts reads the texts of neighbours, as of one week, and of mentions
// from anywhere.
func BenchmarkTexts(b *testing.B) {
	db := fill(b)
	rng := rand.New(rand.NewPCG(1, 1))
	for _, rows := range []int{1, 100, 1000} {
		for _, spread := range []int{1, 49_000 / rows} {
			b.Run(fmt.Sprintf("rows=%d/spread=%d", rows, spread), func(b *testing.B) {
				keys := make([]int64, rows)
				b.ReportAllocs()
				for b.Loop() {
					from := rng.Int64N(1000) + 1
					for i := range keys {
						keys[i] = from + int64(i*spread)
					}
					if n := count(b, db.Texts(b.Context(), keys)); n != rows {
						b.Fatalf("%d rows, want %d", n, rows)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
			})
		}
	}
	b.Run("parallel", func(b *testing.B) {
		keys := make([]int64, 1000)
		for i := range keys {
			keys[i] = int64(i + 1)
		}
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				count(b, db.Texts(b.Context(), keys))
			}
		})
	})
}

func BenchmarkVersion(b *testing.B) {
	db := fill(b)
	for b.Loop() {
		if _, err := db.Version(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	db := fill(b)
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := db.Read(b.Context(), index.State{}, nowhere{}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*50_000), "ns/mention")
	})
}

// nowhere is a Sink that keeps nothing.
type nowhere struct{}

func (nowhere) Place(index.Place) error     { return nil }
func (nowhere) Article(index.Article) error { return nil }
func (nowhere) Mention(index.Mention) error { return nil }
