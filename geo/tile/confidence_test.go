package tile_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
)

// rate gives the features confidences: a few are nobody's hundredths.
func (d *data) rate(r *rand.Rand) {
	for i := range d.list {
		d.list[i].MaxConfidence = 0
		for j := range d.briefs[i] {
			c := float64(r.IntN(r.IntN(100)+1)) / 100
			if r.IntN(20) == 0 {
				c = r.Float64()
			}
			d.briefs[i][j].Confidence = c
			d.list[i].MaxConfidence = max(d.list[i].MaxConfidence, c)
		}
	}
}

// highest is the highest confidence of what lies in the tile but for the shapes
// that were drawn from afar, and whether it is that of all: a shape of which the
// tile has a part only may count elsewhere.
func highest(t *testing.T, layers map[string][]*geojson.Feature, drawn map[any]bool) (most float64, all bool) {
	t.Helper()
	most, all = -1, true
	for _, features := range layers {
		for _, f := range features {
			if p, ok := f.Geometry.(orb.Point); ok && !inTile(p) || drawn[f.ID] {
				continue
			}
			if b := f.Geometry.Bound(); !inTile(b.Min) || !inTile(b.Max) {
				all = false
				continue
			}
			most = max(most, confidenceOf(t, f))
		}
	}
	return most, all
}

func confidenceOf(t *testing.T, f *geojson.Feature) float64 {
	t.Helper()
	single, isSingle := f.Properties["confidence"].(float64)
	group, isGroup := f.Properties["max_confidence"].(float64)
	if isSingle == isGroup {
		t.Fatalf("%v has not one confidence", f.Properties)
	}
	return single + group // one of them is 0
}

// A group is as sure as the surest that it gathers, to the bit: whoever compares
// both with a limit never finds them differ when the map comes closer.
func TestGroupsAreAsSureAsTheirSurest(t *testing.T) {
	d := spread(6, 400, 4)
	d.rate(rand.New(rand.NewPCG(7, 7)))
	scene := d.scene()
	exact := 0
	for _, id := range filled(t, scene, 8) {
		layers, drawn := decode(t, scene.Tile(id)), map[any]bool{}
		for _, f := range layers[tile.AreaLayer] {
			drawn[f.ID] = true
		}
		for _, f := range layers[tile.ClusterLayer] {
			p := f.Geometry.(orb.Point)
			if !inTile(p) {
				continue
			}
			// A cell is a tile three zooms closer.
			cell := tile.ID{Z: id.Z + 3, X: id.X*8 + int(p[0])/(tile.Extent/8), Y: id.Y*8 + int(p[1])/(tile.Extent/8)}
			most, all := highest(t, decode(t, scene.Tile(cell)), drawn)
			got := confidenceOf(t, f)
			if got < most || all && got != most {
				t.Errorf("%v: the group of %v is sure by %v, what it gathers by %v", id, cell, got, most)
			}
			if all {
				exact++
			}
		}
	}
	if exact < 100 {
		t.Errorf("only %d groups could be compared", exact)
	}
}

// filled lists the tiles up to the zoom that have something.
func filled(t *testing.T, scene *tile.Scene, last int) (ids []tile.ID) {
	t.Helper()
	var look func(id tile.ID)
	look = func(id tile.ID) {
		if id.Z > last || scene.Tile(id) == nil {
			return
		}
		ids = append(ids, id)
		for i := range 4 {
			look(tile.ID{Z: id.Z + 1, X: 2*id.X + i%2, Y: 2*id.Y + i/2})
		}
	}
	look(tile.ID{})
	return ids
}

func TestShapesAreAsSureAsTheirSurest(t *testing.T) {
	for features, want := range map[int]float64{1: 0.25, 3: 0.75} {
		d := &data{}
		d.add(regionAt("r", 46.7, 39.8, 0.5), nil, geo.Battle, features)
		for i := range d.briefs[0] {
			d.briefs[0][i].Confidence = 0.25 * float64(i+1)
			d.list[0].MaxConfidence = d.briefs[0][i].Confidence
		}
		areas := decode(t, d.scene().Tile(around(7, 46.7, 39.8)))[tile.AreaLayer]
		if len(areas) != 1 || confidenceOf(t, areas[0]) != want {
			t.Errorf("%d features: %v, want %v", features, fmt.Sprint(areas), want)
		}
	}
}

// A confidence of 0 is one: it is not left out.
func TestAGroupWithoutAnyConfidence(t *testing.T) {
	d := &data{}
	d.add(townAt("a", 46.7, 39.8), nil, geo.Battle, 400)
	d.list[0].MaxConfidence = 0
	clusters := decode(t, d.scene().Tile(around(5, 46.7, 39.8)))[tile.ClusterLayer]
	if len(clusters) != 1 || clusters[0].Properties["max_confidence"] != 0.0 {
		t.Errorf("have %v", clusters)
	}
}
