package gazetteer_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// benchmarked opens the file that CONFLICTMAP_BENCH_GAZETTEER names, else what
// the binary carries.
func benchmarked(b *testing.B) *gazetteer.Gazetteer {
	b.Helper()
	open := gazetteer.Builtin
	if path := os.Getenv("CONFLICTMAP_BENCH_GAZETTEER"); path != "" {
		open = func() (*gazetteer.Gazetteer, error) { return gazetteer.Open(path) }
	}
	g, err := open()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := g.Close(); err != nil {
			b.Error(err)
		}
	})
	return g
}

func BenchmarkBuiltin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := gazetteer.Builtin(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		tables(b)
	}
}

func BenchmarkOpen(b *testing.B) {
	path := os.Getenv("CONFLICTMAP_BENCH_GAZETTEER")
	if path == "" {
		path = filepath.Join(b.TempDir(), "x.cmg")
		builder := newBuilder(b, gazetteer.BuilderOptions{})
		synthetic(b, builder, 50_000)
		if _, err := builder.WriteFile(path); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		g, err := gazetteer.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		g.Lookup("Shusha")
		if err := g.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	g := benchmarked(b)
	for name, text := range map[string]string{
		"hit": "springfield", "folded": "San José", "native": "Ստեփանակերտ", "transliterated": "Khankendee", "miss": "Spokesperson", "miss-folded": "spokesperson",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Lookup(text)
			}
		})
	}
}

func BenchmarkLongest(b *testing.B) {
	g := benchmarked(b)
	for name, words := range map[string][]string{
		"hit":  {"nagorno", "karabakh", "autonomous", "oblast", "was", "founded"},
		"miss": {"spokesperson", "for", "the", "ministry"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Longest(words)
			}
		})
	}
}

func BenchmarkPrefix(b *testing.B) {
	g := benchmarked(b)
	for _, prefix := range []string{"s", "san", "stepan", "xyzxyz"} {
		b.Run(prefix, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Prefix(prefix, 10)
			}
		})
	}
}

func BenchmarkPlace(b *testing.B) {
	g := benchmarked(b)
	b.ReportAllocs()
	for b.Loop() {
		g.Place("gn:146970")
	}
}

func BenchmarkNearest(b *testing.B) {
	g := benchmarked(b)
	b.ReportAllocs()
	for b.Loop() {
		g.Nearest(orb.Point{46.75, 39.82}, 10, 0)
	}
}

// BenchmarkUnpack reads every place once, from the records.
func BenchmarkUnpack(b *testing.B) {
	g := tables(b)
	b.ReportAllocs()
	for b.Loop() {
		for range g.Places() {
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*g.Len()), "ns/place")
}

func BenchmarkFold(b *testing.B) {
	for name, text := range map[string]string{
		"folded": "nagorno karabakh", "ascii": "Nagorno-Karabakh", "latin": "Dağlıq Qarabağ", "armenian": "Լեռնային Ղարաբաղ",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				gazetteer.Fold(text)
			}
		})
	}
}
