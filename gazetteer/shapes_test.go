package gazetteer_test

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func TestShapes(t *testing.T) {
	shapes := 0
	for p := range tables(t).Places() {
		if p.Shape == nil {
			continue
		}
		shapes++
		var lines []orb.LineString
		switch g := p.Shape.(type) {
		case orb.LineString:
			lines = append(lines, g)
		case orb.MultiLineString:
			lines = append(lines, g...)
		case orb.Polygon:
			for _, r := range g {
				lines = append(lines, orb.LineString(r))
			}
			if !planar.PolygonContains(g, p.Point) {
				t.Errorf("%s: the label lies outside", p.ID)
			}
		default:
			t.Errorf("%s: a %s", p.ID, p.Shape.GeoJSONType())
		}
		for _, l := range lines {
			if len(l) > 100 {
				t.Errorf("%s: %d vertices are more than a few dozen", p.ID, len(l))
			}
			if crossesItself(l) {
				t.Errorf("%s crosses itself", p.ID)
			}
		}
		if p.Uncertainty == 0 {
			t.Errorf("%s: no uncertainty stated", p.ID)
		}
	}
	if shapes != 20 {
		t.Errorf("%d shapes, want 20", shapes)
	}
}

// crossesItself reports whether two segments that don't touch end to end meet,
// or a vertex stands twice in a row.
func crossesItself(l orb.LineString) bool {
	side := func(a, b, c orb.Point) float64 { return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]) }
	for i := range len(l) - 1 {
		if l[i] == l[i+1] {
			return true
		}
		for j := i + 2; j < len(l)-1; j++ {
			if side(l[i], l[i+1], l[j])*side(l[i], l[i+1], l[j+1]) < 0 && side(l[j], l[j+1], l[i])*side(l[j], l[j+1], l[i+1]) < 0 {
				return true
			}
		}
	}
	return false
}

// The line of contact runs from the Murov ridge to the Aras, east of the
// towns that were behind it and west of those that were not.
func TestLineOfContact(t *testing.T) {
	g := tables(t)
	p, _ := g.Place("cm:line-of-contact")
	line := p.Shape.(orb.LineString)
	if first, last := line[0], line[len(line)-1]; first[1] < 40.1 || first[0] > 46.1 || last[1] > 39.4 {
		t.Errorf("from %v to %v", first, last)
	}
	behind := orb.Polygon{append(orb.Ring(slices.Clone(line)), orb.Point{46.5, 38.8}, orb.Point{45.5, 39.9}, line[0])}
	for name, want := range map[string]bool{
		"Stepanakert": true, "Martakert": true, "Aghdam": true, "Xocavənd": true, "Fuzuli": true, "Askeran": true, "Jabrayil": true,
		"Tartar": false, "Barda": false, "Horadiz": false, "Naftalan": false, "Goranboy": false, "Beylagan": false, "Aghjabadi": false,
	} {
		place := g.Lookup(name)[0].Place
		if got := planar.PolygonContains(behind, place.Point); got != want {
			t.Errorf("%s behind the line: %v, want %v", name, got, want)
		}
	}
	if p.Uncertainty != 5000 {
		t.Errorf("uncertainty %g m, want 5000", p.Uncertainty)
	}
}
