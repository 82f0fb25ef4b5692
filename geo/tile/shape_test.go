package tile_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
)

// circle is a ring of n points around 20,20, in degrees; counterclockwise, unless
// turned.
func circle(n int, radius float64, turned bool) orb.Ring {
	ring := orb.Ring{}
	for i := range n {
		angle := 2 * math.Pi * float64(i) / float64(n)
		if turned {
			angle = -angle
		}
		ring = append(ring, orb.Point{20 + radius*math.Cos(angle), 20 + radius*math.Sin(angle)})
	}
	return append(ring, ring[0])
}

// Holes stay holes however the rings of the shape turn, and a tile within a hole
// is empty.
func TestAreasKeepTheirHoles(t *testing.T) {
	for name, shape := range map[string]orb.Geometry{
		"as RFC 7946":    orb.Polygon{circle(360, 5, false), circle(360, 3, true)},
		"the other way":  orb.Polygon{circle(360, 5, true), circle(360, 3, false)},
		"both alike":     orb.Polygon{circle(360, 5, true), circle(360, 3, true)},
		"multi polygon":  orb.MultiPolygon{{circle(360, 5, true), circle(360, 3, true)}},
		"without change": orb.Polygon{circle(360, 5, false), circle(360, 3, true)},
	} {
		d := &data{}
		p := &gazetteer.Place{ID: "ring", Name: "Ring", Kind: gazetteer.Region, Point: orb.Point{24, 20}, Shape: shape}
		d.add(p, nil, geo.Battle, 2)
		scene := d.scene()
		features := decode(t, scene.Tile(around(4, 20, 20)))[tile.AreaLayer]
		if len(features) != 1 {
			t.Fatalf("%s: %d areas", name, len(features))
		}
		polygon, ok := features[0].Geometry.(orb.Polygon)
		if !ok || len(polygon) != 2 {
			t.Fatalf("%s: %v", name, features[0].Geometry)
		}
		for _, ring := range polygon {
			if !ring.Closed() || len(ring) > 200 {
				t.Errorf("%s: a ring of %d points", name, len(ring))
			}
		}
		if planar.PolygonContains(polygon, middleOf(polygon[0])) {
			t.Errorf("%s: the hole is filled", name)
		}
		if b := scene.Tile(around(8, 20, 20)); b != nil {
			t.Errorf("%s: the tile in the hole has %d bytes", name, len(b))
		}
		if n := len(decode(t, scene.Tile(around(8, 24, 20)))[tile.AreaLayer]); n != 1 {
			t.Errorf("%s: the tile in the area has %d areas", name, n)
		}
	}
}

func middleOf(ring orb.Ring) orb.Point { return ring.Bound().Center() }

// Lines leave a tile and come back, and meet those of the next tile at the edge.
func TestLinesAreCutAndMeet(t *testing.T) {
	wave := orb.LineString{}
	for i := range 400 {
		x := float64(i) / 40
		wave = append(wave, orb.Point{x, 1.4 + math.Sin(x*8)})
	}
	d := &data{}
	d.add(townAt("a", 0, 0), wave, geo.Battle, 2)
	scene := d.scene()
	const z = 7
	for x := 64; x < 67; x++ {
		left, right := lines(t, scene, tile.ID{Z: z, X: x, Y: 63}), lines(t, scene, tile.ID{Z: z, X: x + 1, Y: 63})
		shared := 0
		for p := range left {
			if p[0] < tile.Extent-tile.Buffer+1 || p[1] <= 1-tile.Buffer || p[0] >= tile.Extent+tile.Buffer || p[1] >= tile.Extent+tile.Buffer {
				continue
			}
			shared++
			if !right[orb.Point{p[0] - tile.Extent, p[1]}] {
				t.Errorf("column %d has %v, the next one has not", x, p)
			}
		}
		if shared == 0 {
			t.Errorf("column %d: no point is near the edge", x)
		}
	}
}

// lines are the points of the tile's lines.
func lines(t *testing.T, s *tile.Scene, id tile.ID) map[orb.Point]bool {
	t.Helper()
	all := map[orb.Point]bool{}
	for _, f := range decode(t, s.Tile(id))[tile.LineLayer] {
		var parts orb.MultiLineString
		switch g := f.Geometry.(type) {
		case orb.LineString:
			parts = orb.MultiLineString{g}
		case orb.MultiLineString:
			parts = g
		}
		for _, part := range parts {
			for _, p := range part {
				all[p] = true
			}
		}
	}
	return all
}
