package layer_test

import (
	"io"
	"iter"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

func thousand() iter.Seq2[geo.Event, error] {
	some := events()
	return func(yield func(geo.Event, error) bool) {
		for i := range 1000 {
			if !yield(some[i%len(some)], nil) {
				return
			}
		}
	}
}

func BenchmarkWriteGeoJSON(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := layer.WriteGeoJSON(io.Discard, meta("events"), layer.Events(thousand())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteCSV(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := layer.WriteCSV(io.Discard, meta("events"), layer.Events(thousand())); err != nil {
			b.Fatal(err)
		}
	}
}
