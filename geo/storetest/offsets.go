package storetest

import (
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

// testOffsets stores mentions that their text puts elsewhere than at their place.
func testOffsets(t *testing.T, store Store) {
	south := site("a1", 0, stepanakert(), geo.Explosion, "2020-09-27", "2020-09-27", geo.DateDay)
	south.Geometry, south.Offset, south.WherePrec = orb.Point{46.75, 39.6}, "25 km south of", geo.WhereNear
	road := site("a1", 50, baku(), geo.Battle, "2020-09-27", "2020-09-27", geo.DateDay)
	road.Geometry, road.Offset, road.WherePrec = orb.LineString{{49.8671, 40.4093}, {48, 40}}, "the road from Baku", geo.WhereArea
	near := site("a1", 90, suva(), geo.Riot, "2020-09-27", "2020-09-27", geo.DateDay)
	near.Offset, near.WherePrec = "near", geo.WhereNear
	a := geo.Article{ID: "a1", Published: day("2020-09-27"), Text: "Somewhere else."}
	put(t, store, a, []geo.Mention{south, road, near})
	s := snapshot(t, store)

	if _, got, err := s.Article(t.Context(), "a1"); err != nil || !reflect.DeepEqual(got, []geo.Mention{south, road, near}) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, []geo.Mention{south, road, near})
	}
	for _, c := range []struct {
		name string
		box  geo.BBox
		want []string
	}{
		{"where the text puts it", geo.BBox{West: 46.7, South: 39.5, East: 46.8, North: 39.7}, names("a1:0")},
		{"at the place that it names", geo.BBox{West: 46.7, South: 39.8, East: 46.8, North: 39.9}, nil},
		{"on the line", geo.BBox{West: 48.5, South: 40, East: 49, North: 40.3}, names("a1:50")},
		{"near is at the place", geo.BBox{West: 178, South: -19, East: 179, North: -18}, names("a1:90")},
		{"over the antimeridian", geo.BBox{West: 178, South: -19, East: 47, North: 40}, names("a1:0", "a1:90")},
	} {
		got := selection(t, s, geo.Filter{BBox: &c.box})
		if !reflect.DeepEqual(got.mentions, c.want) || len(got.events) != len(c.want) {
			t.Errorf("%s: mentions %q, events %q, want %q", c.name, got.mentions, got.events, c.want)
		}
	}
	bad := near
	bad.Article, bad.Geometry = "a2", orb.Point{181, 0}
	if _, err := store.Put(t.Context(), geo.Article{ID: "a2", Text: "Off the globe."}, []geo.Mention{bad}); err == nil {
		t.Error("stored a geometry that is not on the globe")
	}
}
