package cql2_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// list is a row as fast as one can be.
type list []cql2.Value

func (l list) Value(i int) cql2.Value { return l[i] }

func benchRow() list {
	r := battle()
	r.values["geometry"] = shape(orb.Point{46.75, 39.82})
	var l list
	for i := range r.properties {
		l = append(l, r.Value(i))
	}
	return l
}

func BenchmarkMatch(b *testing.B) {
	for _, c := range []struct{ name, filter string }{
		{"text", "event = 'raid'"},
		{"in", "event IN ('raid', 'strike', 'battle')"},
		{"days", "from >= DATE('2020-09-27') AND to < DATE('2020-10-01')"},
		{"casei", "CASEI(event) LIKE 'BAT%'"},
		{"bbox", "S_INTERSECTS(geometry, BBOX(46, 39, 47, 40))"},
		{"polygon", "S_INTERSECTS(geometry, POLYGON((46 39, 47 39, 47.5 39.5, 47 40, 46 40, 45.5 39.5, 46 39)))"},
		{"mixed", "event = 'battle' AND confidence > 0.5 AND from >= '2020-09-27' AND S_INTERSECTS(geometry, BBOX(46, 39, 47, 40))"},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := compile(b, c.filter)
			var r cql2.Row = benchRow()
			b.ReportAllocs()
			for b.Loop() {
				p.Match(r)
			}
		})
	}
}

func BenchmarkParseText(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		e, err := cql2.ParseText("event = 'battle' AND confidence > 0.5 AND from >= '2020-09-27' AND S_INTERSECTS(geometry, BBOX(46, 39, 47, 40))")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := cql2.Compile(e, properties()); err != nil {
			b.Fatal(err)
		}
	}
}
