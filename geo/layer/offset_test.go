package layer_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

func TestOffsetIsDrawnWhereTheTextPutsIt(t *testing.T) {
	town := &gazetteer.Place{ID: "gn:1", Name: "Town", Kind: gazetteer.Settlement, Point: orb.Point{46, 39}, Uncertainty: 500}
	south := geo.Mention{Place: town, Geometry: orb.Point{46, 38.9}, Offset: "11 km south of", WherePrec: geo.WhereNear}
	for _, tt := range []struct {
		name  string
		event geo.Event
		want  orb.Geometry
	}{
		{"by its best mention", geo.Event{Place: town, Best: south, WherePrec: geo.WhereNear}, orb.Point{46, 38.9}},
		{"another mention knows better", geo.Event{Place: town, Best: south, WherePrec: geo.WhereExact}, orb.Point{46, 39}},
	} {
		for f := range layer.Events(func(yield func(geo.Event, error) bool) { yield(tt.event, nil) }) {
			if f.Geometry != tt.want {
				t.Errorf("%s: event at %v, want %v", tt.name, f.Geometry, tt.want)
			}
			for _, p := range f.Properties {
				if p.Name == "uncertainty_m" && (p.Value == nil) != (tt.want != town.Point) {
					t.Errorf("%s: uncertainty %v", tt.name, p.Value)
				}
			}
		}
	}
	for f := range layer.Mentions(func(yield func(geo.Record, error) bool) { yield(geo.Record{Mention: south}, nil) }) {
		if f.Geometry != south.Geometry {
			t.Errorf("mention at %v", f.Geometry)
		}
	}
}
