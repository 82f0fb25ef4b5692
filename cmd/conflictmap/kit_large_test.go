package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/geo/synth"
)

// largeLayer is what testdata/qgis_large.py prints of a layer.
type largeLayer struct {
	Name, Provider string
	Valid          bool
	IDs            []string // in the box
	Temporal       bool
	Near, Far      int // pixels that are not background
}

// Of more events than QGIS should load, the kit has tiles from afar and asks the
// API for features near by, as far as QGIS can say what is selected.
func TestQGISOpensTheKitOfManyEvents(t *testing.T) {
	made := synth.Options{Seed: 7, Mentions: 45_000, Places: 600}
	file := madeUp(t, made)
	url := serve(t, "--db", file)
	box := variedBox(t, made)
	from, to := day(t, "2020-03-01"), day(t, "2025-11-30")
	some := []geo.EventType{geo.Battle, geo.Explosion, geo.Civilians, geo.Protest, geo.Riot, geo.Strategic}
	for _, c := range []struct {
		query    string
		filter   geo.Filter
		features bool // QGIS can say it
	}{
		{"", geo.Filter{}, true},
		{"?event=battle,explosion,civilians,protest,riot,strategic&datetime=2020-03-01/2025-11-30", geo.Filter{Events: some, Datetime: geo.Interval{From: from, To: to}}, true},
		{"?datetime=2020-03-01/..", geo.Filter{Datetime: geo.Interval{From: from}}, true},
		{"?min_confidence=0.3", geo.Filter{}, false},
	} {
		_, body := get(t, url+"qgis/conflictmap.qgs"+c.query)
		saved := filepath.Join(t.TempDir(), "large.qgs")
		if err := os.WriteFile(saved, body, 0o600); err != nil {
			t.Fatal(err)
		}
		var got []largeLayer
		runInQGIS(t, &got, append([]string{"testdata/qgis_large.py", saved}, strings.Split(box.String(), ",")...)...)
		c.filter.BBox = &box
		want := map[string][]string{}
		if c.features {
			stored(t, file, layer.EventCollection, c.filter, func(f layer.Feature) bool {
				name := nameOf(f.Geometry)
				want[name] = append(want[name], f.ID)
				return true
			})
		}
		found := 0
		for _, l := range got {
			if !l.Valid {
				t.Errorf("%s: %s is not valid", c.query, l.Name)
			}
			switch l.Provider {
			case "vectortile":
				found++
				if l.Far == 0 {
					t.Errorf("%s: %s shows nothing from afar", c.query, l.Name)
				}
			case "OAPIF":
				found++
				slices.Sort(want[l.Name])
				sameIDs(t, c.query+" "+l.Name, l.IDs, want[l.Name])
				if l.Far != 0 || l.Near == 0 || !l.Temporal {
					t.Errorf("%s: %s has %d pixels from afar, %d near by, temporal %t", c.query, l.Name, l.Far, l.Near, l.Temporal)
				}
			}
		}
		if want := map[bool]int{true: 4, false: 1}[c.features]; found != want {
			t.Errorf("%s: %d layers of events, want %d: %v", c.query, found, want, got)
		}
	}
}

// variedBox is a small box with places of all types of geometry among those of madeUp.
func variedBox(t *testing.T, made synth.Options) geo.BBox {
	t.Helper()
	all := synth.Places(made)
	for size := 1.0; size < 20; size++ {
		for _, p := range all {
			if _, ok := p.Shape.(orb.LineString); !ok {
				continue
			}
			around := p.Shape.Bound().Pad(size)
			names := map[string]bool{}
			for _, other := range all {
				if g := other.Footprint(); g != nil && around.Intersects(g.Bound()) {
					names[nameOf(g)] = true
				}
			}
			if len(names) == 3 {
				return geo.BBox{West: around.Min[0], South: around.Min[1], East: around.Max[0], North: around.Max[1]}
			}
		}
	}
	t.Fatal("no places lie near each other")
	return geo.BBox{}
}

// nameOf is the layer of the kit that such geometries are in.
func nameOf(g orb.Geometry) string {
	switch g.(type) {
	case orb.Point:
		return "Events at a place (near by)"
	case orb.LineString, orb.MultiLineString:
		return "Events along a line (near by)"
	case orb.Polygon, orb.MultiPolygon:
		return "Events known to an area (near by)"
	}
	return ""
}
