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
	if shapes != 27 {
		t.Errorf("%d shapes, want 27", shapes)
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

// Areas behind a line that most states count for no border have the towns
// on their side of the line, and not those across it; the line is a part of their outline.
func TestHeldAreas(t *testing.T) {
	g := tables(t)
	for _, tt := range []struct {
		id, line string
		in, out  []orb.Point
	}{
		{
			"gn:6643410", "cm:abkhazia-administrative-boundary-line",
			[]orb.Point{{40.9893, 43.0070}, {41.7381, 42.6266}, {40.2712, 43.2786}}, // Sukhumi, Gali, Gagra
			[]orb.Point{{41.8709, 42.5088}, {42.0520, 42.7169}, {39.9239, 43.4290}}, // Zugdidi, Jvari, Adler
		},
		{
			"cm:south-ossetia", "cm:south-ossetia-administrative-boundary-line",
			[]orb.Point{{43.9686, 42.2276}, {44.4833, 42.1260}, {43.9367, 42.3997}}, // Tskhinvali, Akhalgori, Java
			[]orb.Point{{44.1110, 41.9810}, {44.6958, 42.0858}, {43.4425, 42.5794}}, // Gori, Dusheti, Oni
		},
		{
			"gn:703883", "cm:crimean-administrative-boundary",
			[]orb.Point{{34.1003, 44.9521}, {33.5224, 44.5888}, {36.4729, 45.3531}}, // Simferopol, Sevastopol, Kerch
			[]orb.Point{{34.8000, 46.1700}, {32.6169, 46.6354}, {36.7780, 45.2800}}, // Henichesk, Kherson, Taman
		},
		{
			"gn:858889", "",
			[]orb.Point{{29.6291, 46.8427}, {29.4777, 46.8316}, {29.0100, 47.7682}}, // Tiraspol, Bender, Rîbnița
			[]orb.Point{{28.8575, 47.0056}, {29.4664, 46.8661}, {28.9658, 47.7493}}, // Chișinău, Varnița, Rezina
		},
	} {
		p, _ := g.Place(tt.id)
		area, ok := p.Shape.(orb.Polygon)
		if !ok || !p.Disputed {
			t.Errorf("%s: disputed %v with the shape %v, want a disputed area", tt.id, p.Disputed, p.Shape)
			continue
		}
		for _, town := range tt.in {
			if !planar.PolygonContains(area, town) {
				t.Errorf("%s: %v is not in it", p.Name, town)
			}
		}
		for _, town := range tt.out {
			if planar.PolygonContains(area, town) {
				t.Errorf("%s: %v is in it", p.Name, town)
			}
		}
		if tt.line == "" {
			continue
		}
		l, _ := g.Place(tt.line)
		line, _ := l.Shape.(orb.LineString)
		if !slices.Contains(line, l.Point) {
			t.Errorf("%s: the label %v is no vertex of %v", l.ID, l.Point, line)
		}
		for _, v := range line {
			if !slices.Contains(area[0], v) {
				t.Errorf("%s: %v is not on the outline of %s", l.ID, v, p.Name)
			}
		}
	}
}
