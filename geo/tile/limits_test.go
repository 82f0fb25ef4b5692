package tile_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
)

// Whatever lies in a tile, and whatever it is called, the tile is small.
func TestTilesAreBounded(t *testing.T) {
	at := orb.Point{46.75, 39.82}
	id := around(14, at[0], at[1])
	manyWords := strings.Repeat("հայերեն ", 400)
	near := func(i int) orb.Point {
		return orb.Point{at[0] + float64(i%317)*2e-5, at[1] + float64(i/317)*2e-5}
	}
	cases := map[string]func(*data){
		"100,000 positions": func(d *data) {
			p := townAt("a", at[0], at[1])
			for i := range 100_000 {
				d.add(p, near(i), geo.EventTypes()[i%7], 1)
			}
		},
		"100,000 features at one position": func(d *data) { d.add(townAt("a", at[0], at[1]), nil, geo.Battle, 100_000) },
		"100,000 lines": func(d *data) {
			p := townAt("a", at[0], at[1])
			for i := range 100_000 {
				d.add(p, orb.LineString{near(i), {at[0] + 0.02, at[1] + 0.03}}, geo.Battle, 1)
			}
		},
		"a coast line": func(d *data) {
			line := orb.LineString{}
			for i := range 100_000 {
				line = append(line, orb.Point{at[0] + float64(i)*2e-7, at[1] + 0.005*math.Sin(float64(i))})
			}
			d.add(townAt("a", at[0], at[1]), line, geo.Battle, 1)
		},
		"long names": func(d *data) {
			for i := range 140 {
				p := townAt(fmt.Sprint(i, manyWords), near(i)[0], near(i)[1])
				d.add(p, nil, geo.Battle, 1)
			}
		},
		"as many as are shown singly, in each of nine tiles": func(d *data) {
			for dx := -1.0; dx <= 1; dx++ {
				for dy := -1.0; dy <= 1; dy++ {
					for i := range 150 {
						q := near(i)
						d.add(townAt(fmt.Sprint(dx, dy, i, " a name of the usual length"), q[0]+dx*0.0055, q[1]+dy*0.0055), nil, geo.Battle, 1)
					}
				}
			}
		},
	}
	for name, fill := range cases {
		t.Run(name, func(t *testing.T) {
			d := &data{}
			fill(d)
			scene := d.scene()
			for z := id.Z; z >= 0; z -= 2 {
				b := scene.Tile(tile.ID{Z: z, X: id.X >> (id.Z - z), Y: id.Y >> (id.Z - z)})
				if len(b) == 0 || len(b) > tile.MaxBytes {
					t.Errorf("zoom %d: %d bytes", z, len(b))
				}
				decode(t, b)
			}
		})
	}
}

func TestOneFeatureHasItsAttributes(t *testing.T) {
	d := &data{}
	p := townAt("Stepanakert", 46.7515, 39.8152)
	p.Disputed, p.Uncertainty = true, 500
	d.add(p, nil, geo.Explosion, 1)
	d.briefs[0][0].Name = "Khankendi"
	scene := tile.New(d.list, d.brief, tile.Options{Labels: geo.LabelsAsWritten})
	for _, z := range []int{0, 5, 9, 14, 22} {
		f := decode(t, scene.Tile(around(z, 46.7515, 39.8152)))[tile.PointLayer]
		if len(f) == 0 {
			t.Fatalf("zoom %d: no point", z)
		}
		want := map[string]any{
			"id": "t:Stepanakert:explosion:0", "event": "explosion", "role": "site", "from": "2020-09-27", "to": "2020-09-28",
			"place_id": "t:Stepanakert", "place": "Stepanakert", "label": "Khankendi", "country": "AZ", "name": "Khankendi",
			"where_prec": 1.0, "uncertainty_m": 500.0, "confidence": 0.9, "mentions": 2.0, "articles": 1.0, "claim": "reported",
		}
		for name, value := range want {
			if got := f[0].Properties[name]; got != value {
				t.Errorf("zoom %d: %s is %v, want %v", z, name, got, value)
			}
		}
		if len(f[0].Properties) != len(want) {
			t.Errorf("zoom %d: %v", z, f[0].Properties)
		}
	}
}

// An area of a disputed place says so, and how uncertain it is, whether it has
// one feature or many; one that the text has moved is as certain as the text.
func TestShapesAreDisputedAndUncertain(t *testing.T) {
	for features := 1; features <= 2; features++ {
		d := &data{}
		p := regionAt("r", 46.7, 39.8, 0.5)
		p.Disputed, p.Uncertainty = true, 750
		d.add(p, nil, geo.Battle, features)
		areas := decode(t, d.scene().Tile(around(7, 46.7, 39.8)))[tile.AreaLayer]
		if len(areas) != 1 {
			t.Fatalf("%d features: %d areas", features, len(areas))
		}
		if got := areas[0].Properties; got["disputed"] != true || got["uncertainty_m"] != 750.0 {
			t.Errorf("%d features: %v", features, got)
		}
		d = &data{}
		q := townAt("t", 46.7, 39.8)
		q.Uncertainty = 750
		d.add(q, orb.LineString{{46.5, 39.8}, {46.9, 39.9}}, geo.Battle, features)
		lines := decode(t, d.scene().Tile(around(7, 46.7, 39.8)))[tile.LineLayer]
		if len(lines) != 1 {
			t.Fatalf("%d features: %d lines", features, len(lines))
		}
		if got := lines[0].Properties; got["disputed"] != nil || got["uncertainty_m"] != nil {
			t.Errorf("moved, %d features: %v", features, got)
		}
	}
}

func TestClusterCountsByType(t *testing.T) {
	d := &data{}
	d.add(townAt("a", 46.70, 39.80), nil, geo.Explosion, 3)
	d.add(townAt("b", 46.75, 39.81), nil, geo.Battle, 5)
	d.add(regionAt("tiny", 46.71, 39.80, 0.0001), nil, geo.Battle, 9)
	d.add(townAt("a", 46.70, 39.80), orb.Point{46.71, 39.8}, "", 1)
	layers := decode(t, d.scene().Tile(around(4, 46.7, 39.8)))
	if len(layers) != 1 || len(layers[tile.ClusterLayer]) != 1 {
		t.Fatalf("want one cluster, have %v", layers)
	}
	p := layers[tile.ClusterLayer][0].Properties
	want := map[string]any{
		"count": 18.0, "explosion": 3.0, "battle": 14.0, "other": 1.0, "event": "battle", "places": 4.0, "approximate": 9.0, "label": "b", "max_confidence": 0.9,
		"protest": nil, "unplaced": nil, "place_id": nil,
	}
	for name, value := range want {
		if got := p[name]; got != value {
			t.Errorf("%s is %v, want %v", name, got, value)
		}
	}
	if w, e := p["west"].(float64), p["east"].(float64); math.Abs(w-46.70) > 1e-4 || math.Abs(e-46.75) > 1e-4 {
		t.Errorf("the box is from %v to %v", w, e)
	}
}

// A region is never a pin: too small to draw it is a cluster that says so.
func TestARegionIsNoPin(t *testing.T) {
	d := &data{}
	d.add(regionAt("region", 46, 39, 0.1), nil, geo.Battle, 1)
	for z := 0; z <= 14; z++ {
		layers := decode(t, d.scene().Tile(around(z, 46.05, 39.05)))
		if len(layers[tile.PointLayer]) > 0 {
			t.Fatalf("zoom %d: a pin", z)
		}
		if len(layers[tile.AreaLayer])+len(layers[tile.ClusterLayer]) != 1 {
			t.Fatalf("zoom %d: %v", z, layers)
		}
		for _, f := range layers[tile.ClusterLayer] {
			if f.Properties["unplaced"] != true || f.Properties["approximate"] != 1.0 {
				t.Errorf("zoom %d: %v", z, f.Properties)
			}
		}
		for _, f := range layers[tile.AreaLayer] {
			if f.Properties["id"] == nil || f.Properties["count"] != 1.0 || planar.Area(f.Geometry) == 0 {
				t.Errorf("zoom %d: %v", z, f)
			}
		}
		if z > 8 && len(layers[tile.AreaLayer]) == 0 {
			t.Errorf("zoom %d: no area", z)
		}
	}
}

// A front line is often drawn as a narrow band: it must not vanish.
func TestAThinBandIsDrawn(t *testing.T) {
	band := &gazetteer.Place{ID: "band", Name: "Line", Kind: gazetteer.Line, Point: orb.Point{46, 40}, Shape: orb.Polygon{{
		{44, 40}, {48, 40}, {48, 40.01}, {44, 40.01}, {44, 40},
	}}}
	d := &data{}
	d.add(band, nil, geo.Battle, 3)
	for z := 0; z <= 12; z++ {
		layers := decode(t, d.scene().Tile(around(z, 46, 40.005)))
		if n := len(layers[tile.AreaLayer]) + len(layers[tile.ClusterLayer]); n == 0 {
			t.Errorf("zoom %d: nothing", z)
		}
	}
}

func TestBothSidesOfTheAntimeridian(t *testing.T) {
	d := &data{}
	d.add(townAt("east", 179.99, 10), nil, geo.Battle, 1)
	d.add(townAt("west", -179.99, -40), nil, geo.Riot, 1)
	scene := d.scene()
	for x, sides := range map[int][2]string{0: {"t:west", "t:east"}, 15: {"t:east", "t:west"}} {
		found := map[string]float64{}
		for _, y := range []int{7, 9} {
			for _, f := range decode(t, scene.Tile(tile.ID{Z: 4, X: x, Y: y}))[tile.PointLayer] {
				found[f.Properties["place_id"].(string)] = f.Geometry.(orb.Point)[0]
			}
		}
		own, okOwn := found[sides[0]]
		other, okOther := found[sides[1]]
		if !okOwn || !okOther || !inTile(orb.Point{own, 0}) || inTile(orb.Point{other, 0}) {
			t.Errorf("column %d has %v", x, found)
		}
	}
}

func TestThePolesAreAtTheEdge(t *testing.T) {
	d := &data{}
	d.add(townAt("pole", 0, 90), nil, geo.Battle, 1)
	d.add(townAt("base", 0, -90), nil, geo.Battle, 1)
	d.add(townAt("nowhere", math.NaN(), 0), nil, geo.Battle, 1)
	n := 0
	for y := range 2 {
		n += len(decode(t, d.scene().Tile(tile.ID{Z: 1, X: 1, Y: y}))[tile.PointLayer])
	}
	if n != 2 {
		t.Errorf("%d points of 2", n)
	}
	if b := d.scene().Tile(tile.ID{Z: 3, X: 2, Y: 3}); b != nil {
		t.Errorf("an empty tile has %d bytes", len(b))
	}
}

func TestPlaces(t *testing.T) {
	region := &gazetteer.Place{ID: "r", Name: "Region", Kind: gazetteer.Region, Point: orb.Point{-100, 10}}
	town := townAt("town", 40, 40)
	scene, err := tile.OfPlaces(func(yield func(geo.PlaceSummary, error) bool) {
		for _, p := range []*gazetteer.Place{region, town, townAt("next", 40.001, 40)} {
			if !yield(geo.PlaceSummary{Place: p, Mentions: 7, Sites: 2, Articles: 3, Days: geo.Interval{From: 737695, To: 737696}}, nil) {
				return
			}
		}
	}, tile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	layers := decode(t, scene.Tile(tile.ID{}))
	if len(layers[tile.PointLayer]) != 1 || len(layers[tile.ClusterLayer]) != 1 {
		t.Fatalf("have %v", layers)
	}
	if p := layers[tile.PointLayer][0].Properties; p["approximate"] != true || p["id"] != "r" || p["mentions"] != 7.0 || p["first"] != "2020-09-27" {
		t.Errorf("the region is %v", p)
	}
	if p := layers[tile.ClusterLayer][0].Properties; p["count"] != 2.0 || p["mentions"] != 14.0 || p["sites"] != 4.0 || p["max_confidence"] != nil {
		t.Errorf("the towns are %v", p)
	}
	_, err = tile.OfPlaces(func(yield func(geo.PlaceSummary, error) bool) { yield(geo.PlaceSummary{}, geo.ErrNotFound) }, tile.Options{})
	if err == nil {
		t.Error("an error is lost")
	}
}

// Every attribute that a tile has is described.
func TestLayersNameAllAttributes(t *testing.T) {
	d := spread(5, 3000, 4)
	d.list[0].Place.Uncertainty = 3
	scene := tile.New(d.list, func(mark, i int) index.Brief { return d.briefs[mark][i] }, tile.Options{})
	described := map[string]map[string]string{}
	for _, l := range tile.Layers("events", tile.HighestUseful) {
		described[l.ID] = l.Fields
	}
	for _, id := range []tile.ID{{}, {Z: 3, X: 4, Y: 3}, {Z: 9, X: 200, Y: 200}} {
		for name, features := range decode(t, scene.Tile(id)) {
			for _, f := range features {
				for key := range f.Properties {
					if described[name][key] == "" {
						t.Errorf("%s: %s is not described", name, key)
					}
				}
			}
		}
	}
}
