package layer_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// An event known only to a country has no pin; the country itself has its label.
func TestNoPinInTheMiddleOfACountry(t *testing.T) {
	at := orb.Point{47.6597, 40.3458}
	for _, tt := range []struct {
		place *gazetteer.Place
		event orb.Geometry
	}{
		{&gazetteer.Place{ID: "country", Kind: gazetteer.Country, Point: at}, nil},
		{&gazetteer.Place{ID: "region", Kind: gazetteer.Region, Point: at}, nil},
		{&gazetteer.Place{ID: "town", Kind: gazetteer.Settlement, Point: at}, at},
		{&gazetteer.Place{ID: "line", Kind: gazetteer.Line, Point: at, Shape: orb.LineString{{46, 40}, {47, 40}}}, orb.LineString{{46, 40}, {47, 40}}},
	} {
		for f, err := range layer.Events(func(yield func(geo.Event, error) bool) { yield(geo.Event{Place: tt.place}, nil) }) {
			if err != nil {
				t.Fatal(err)
			}
			if !orb.Equal(f.Geometry, tt.event) && !(f.Geometry == nil && tt.event == nil) {
				t.Errorf("%s: event at %v, want %v", tt.place.ID, f.Geometry, tt.event)
			}
		}
		for f, err := range layer.Mentions(func(yield func(geo.Record, error) bool) {
			yield(geo.Record{Mention: geo.Mention{Place: tt.place}}, nil)
		}) {
			if err != nil {
				t.Fatal(err)
			}
			if (f.Geometry == nil) != (tt.event == nil) {
				t.Errorf("%s: mention at %v, want %v", tt.place.ID, f.Geometry, tt.event)
			}
		}
		for f, err := range layer.Places(func(yield func(geo.PlaceSummary, error) bool) { yield(geo.PlaceSummary{Place: tt.place}, nil) }) {
			if err != nil || f.Geometry == nil {
				t.Errorf("%s: place at %v (%v)", tt.place.ID, f.Geometry, err)
			}
		}
	}
}
