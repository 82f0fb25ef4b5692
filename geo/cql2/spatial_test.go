package cql2_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

const (
	square  = "POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))"
	ring    = "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2))"
	concave = "POLYGON((0 0, 6 0, 6 6, 4 6, 4 2, 2 2, 2 6, 0 6, 0 0))" // a U
)

func shapes(t *testing.T, a, b string) (orb.Geometry, orb.Geometry) {
	t.Helper()
	x, err := wkt.Unmarshal(a)
	if err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	y, err := wkt.Unmarshal(b)
	if err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	return x, y
}

func TestIntersects(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"POINT(1 1)", "POINT(1 1)", true},
		{"POINT(1 1)", "POINT(1 2)", false},
		{"POINT(1 1)", "MULTIPOINT((0 0), (1 1))", true},
		{"POINT(1 1)", "LINESTRING(0 0, 2 2)", true},
		{"POINT(3 3)", "LINESTRING(0 0, 2 2)", false},
		{"POINT(1 2)", "MULTILINESTRING((0 0, 2 2), (0 2, 5 2))", true},
		{"POINT(2 2)", square, true},
		{"POINT(4 2)", square, true},
		{"POINT(4 4)", square, true},
		{"POINT(0 0)", square, true},
		{"POINT(5 0)", square, false},
		{"POINT(-1 4)", square, false},
		{"POINT(5 5)", ring, false},
		{"POINT(2 5)", ring, true}, // the border of the hole
		{"POINT(2 2)", ring, true},
		{"POINT(1 5)", ring, true},
		{"POINT(3 4)", concave, false},
		{"POINT(3 2)", concave, true},
		{"POINT(1 6)", concave, true},
		{"POINT(3 1)", "MULTIPOLYGON(((9 9, 10 9, 10 10, 9 9)), ((0 0, 4 0, 4 4, 0 4, 0 0)))", true},
		{"POINT(3 1)", "GEOMETRYCOLLECTION(POINT(9 9), " + square + ")", true},
		{"MULTIPOINT((9 9), (2 2))", square, true},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(0 2, 2 0)", true},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(2 2, 3 0)", true},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(1 1, 3 3)", true},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(3 3, 4 4)", false},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(0 1, 1 2)", false},
		{"LINESTRING(0 0, 4 0)", "LINESTRING(2 0, 2 5)", true},
		{"LINESTRING(1 1, 3 3)", square, true},
		{"LINESTRING(-1 2, 5 2)", square, true},
		{"LINESTRING(-1 4, 5 4)", square, true},
		{"LINESTRING(-1 5, 5 5)", square, false},
		{"LINESTRING(3 3, 7 7)", ring, false},
		{"LINESTRING(3 3, 9 9)", ring, true},
		{"LINESTRING(3 3, 3 5)", concave, false},
		{"MULTILINESTRING((9 9, 9 8), (1 1, 3 3))", square, true},
		{square, "POLYGON((4 4, 6 4, 6 6, 4 6, 4 4))", true},
		{square, "POLYGON((5 5, 6 5, 6 6, 5 6, 5 5))", false},
		{square, "POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))", true},
		{square, "POLYGON((-9 -9, 9 -9, 9 9, -9 9, -9 -9))", true},
		{square, "POLYGON((-1 1, 5 1, 5 2, -1 2, -1 1))", true}, // no corner in the other
		{"POLYGON((3 3, 7 3, 7 7, 3 7, 3 3))", ring, false},
		{"POLYGON((2 2, 8 2, 8 8, 2 8, 2 2))", ring, true}, // fills the hole: borders meet
		{"POLYGON((2.5 3, 3.5 3, 3.5 5, 2.5 5, 2.5 3))", concave, false},
		{"MULTIPOLYGON(((9 9, 10 9, 10 10, 9 9)), ((0 0, 1 0, 1 1, 0 0)))", square, true},
		{"GEOMETRYCOLLECTION(POINT(9 9))", square, false},
	} {
		a, b := shapes(t, c.a, c.b)
		if got := cql2.Intersects(a, b); got != c.want {
			t.Errorf("%s with %s: %v", c.a, c.b, got)
		}
		if got := cql2.Intersects(b, a); got != c.want {
			t.Errorf("%s with %s: %v", c.b, c.a, got)
		}
	}
	square := orb.Bound{Max: orb.Point{4, 4}}
	for p, want := range map[orb.Point]bool{{4, 4}: true, {2, 2}: true, {4, 4.1}: false} {
		if cql2.Intersects(square, p) != want || cql2.Intersects(p, square) != want || cql2.Intersects(square.ToRing(), p) != want {
			t.Errorf("a bound with %v isn't %v", p, want)
		}
	}
	if !cql2.Intersects(square, orb.LineString{{-1, 1}, {5, 1}}) || !cql2.Intersects(square, orb.Bound{Min: orb.Point{3, 3}, Max: orb.Point{5, 5}}) {
		t.Error("a bound doesn't meet what crosses it")
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"POINT(4 2)", square, true},
		{"POINT(5 2)", square, false},
		{"MULTIPOINT((1 1), (2 2))", square, true},
		{"MULTIPOINT((1 1), (9 2))", square, false},
		{"LINESTRING(1 1, 3 3)", square, true},
		{"LINESTRING(0 0, 4 0)", square, true},
		{"LINESTRING(1 1, 5 1)", square, false},
		{"LINESTRING(1 5, 5 5)", concave, false}, // both ends within
		{"LINESTRING(1 1, 9 9)", ring, false},
		{"LINESTRING(1 1, 9 1)", ring, true},
		{"LINESTRING(2 2, 2 8)", ring, true},
		{"LINESTRING(0 0, 2 2)", "LINESTRING(-1 -1, 1 1, 3 3)", true},
		{"LINESTRING(0 0, 4 4)", "LINESTRING(-1 -1, 1 1, 3 3)", false},
		{"LINESTRING(0 0, 0.3 0.1)", "LINESTRING(0 0, 0.9 0.3)", true},
		{"POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))", square, true},
		{square, square, true},
		{square, "POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))", false},
		{"POLYGON((3 3, 5 3, 5 5, 3 5, 3 3))", square, false},
		{"POLYGON((1 1, 9 1, 9 9, 1 9, 1 1))", ring, false}, // around the hole
		{"POLYGON((2 2, 8 2, 8 8, 2 8, 2 2))", ring, false}, // the hole itself
		{ring, ring, true},
		{ring, "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))", true},
		{square, "MULTIPOLYGON(((9 9, 10 9, 10 10, 9 9)), ((-1 -1, 5 -1, 5 5, -1 5, -1 -1)))", true},
		{square, "GEOMETRYCOLLECTION(POINT(1 1), " + square + ")", true},
		{square, "LINESTRING(0 0, 4 4)", false},
		{"GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(1 1, 2 2))", square, true},
		{"MULTIPOLYGON(((1 1, 2 1, 2 2, 1 1)), ((1 1, 9 1, 9 2, 1 1)))", square, false},
	} {
		a, b := shapes(t, c.a, c.b)
		if got := cql2.Within(a, b); got != c.want {
			t.Errorf("%s within %s: %v", c.a, c.b, got)
		}
	}
}

func TestMatchSpatial(t *testing.T) {
	line := orb.LineString{{45, 39}, {47, 41}}
	area := orb.Polygon{{{45, 39}, {47, 39}, {47, 41}, {45, 41}, {45, 39}}}
	fiji := orb.Point{-179.5, -17}
	for _, c := range []struct {
		geometry orb.Geometry
		filter   string
		want     bool
	}{
		{orb.Point{46.75, 39.82}, "S_INTERSECTS(geometry, BBOX(46.75, 39, 47, 39.82))", true},
		{orb.Point{46.75, 39.82}, "S_INTERSECTS(geometry, BBOX(47, 39, 48, 40))", false},
		{orb.Point{46.75, 39.82}, "S_DISJOINT(geometry, BBOX(47, 39, 48, 40))", true},
		{orb.Point{46.75, 39.82}, "S_INTERSECTS(POINT(46.75 39.82), geometry)", true},
		{orb.Point{46.75, 39.82}, "S_INTERSECTS(geometry, geometry) AND S_WITHIN(geometry, geometry)", true},
		{orb.Point{46.75, 39.82}, "S_WITHIN(geometry, POLYGON((46 39, 48 39, 46 42, 46 39)))", true},
		{orb.Point{46.75, 39.82}, "S_CONTAINS(POLYGON((46 39, 48 39, 46 42, 46 39)), geometry)", true},
		{orb.Point{46.75, 39.82}, "S_CONTAINS(geometry, POINT(46.75 39.82))", true},
		{orb.Point{46.75, 39.82}, "S_WITHIN(POINT(1 2), geometry)", false},
		{fiji, "S_INTERSECTS(geometry, BBOX(177, -20, -178, -15))", true},
		{fiji, "S_INTERSECTS(geometry, BBOX(-178, -20, 177, -15))", false},
		{fiji, "S_INTERSECTS(geometry, BBOX(177, -16, -178, -15))", false},
		{orb.LineString{{-180, -17}, {-179, -18}}, "S_INTERSECTS(geometry, BBOX(177, -20, -179.5, -15))", true},
		{orb.LineString{{-180, -17}, {-179, -18}}, "S_WITHIN(geometry, BBOX(177, -20, -179.5, -15))", false},
		{line, "S_INTERSECTS(geometry, BBOX(46.5, 39, 48, 40.5))", true},
		{line, "S_INTERSECTS(geometry, BBOX(46.6, 39, 48, 40.5))", false},
		{line, "S_INTERSECTS(geometry, POINT(46 40))", true},
		{line, "S_INTERSECTS(geometry, BBOX(46, 40, 46, 40))", true}, // a point
		{line, "S_INTERSECTS(geometry, BBOX(45, 40, 50, 40))", true}, // a line
		{area, "S_INTERSECTS(geometry, BBOX(46, 40, 46.1, 40.1))", true},
		{area, "S_CONTAINS(geometry, BBOX(46, 40, 46.1, 40.1))", true},
		{area, "S_WITHIN(geometry, BBOX(45, 39, 47, 41))", true},
		{area, "S_WITHIN(geometry, BBOX(45, 39, 46, 41))", false},
		{orb.MultiPolygon{area}, "S_INTERSECTS(geometry, LINESTRING(40 40, 50 40))", true},
		{nil, "S_INTERSECTS(geometry, BBOX(-180, -90, 180, 90)) OR S_DISJOINT(geometry, BBOX(-180, -90, 180, 90))", false},
		{orb.Collection{}, "S_INTERSECTS(geometry, BBOX(-180, -90, 180, 90))", false},
	} {
		r := battle()
		r.values["geometry"] = shape(c.geometry)
		if got := match(t, c.filter, r); got != c.want {
			t.Errorf("%v: %s: %v", c.geometry, c.filter, got)
		}
	}
}

// TestRelationsAgree: on random shapes of a grid, where borders often touch,
// the relations agree with each other and with what sampled points say.
func TestRelationsAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	at := func() orb.Point { return orb.Point{float64(random.IntN(8)), float64(random.IntN(8))} }
	randomShapes := []func() orb.Geometry{
		func() orb.Geometry { return at() },
		func() orb.Geometry { return orb.LineString{at(), at(), at()} },
		func() orb.Geometry {
			a, b, c := at(), at(), at()
			for (b[0]-a[0])*(c[1]-a[1]) == (b[1]-a[1])*(c[0]-a[0]) {
				c = at()
				b = at()
			}
			return orb.Polygon{{a, b, c, a}}
		},
	}
	simple := len(randomShapes)
	one := func() orb.Geometry { return randomShapes[random.IntN(simple)]() }
	randomShapes = append(randomShapes,
		func() orb.Geometry { return orb.MultiPoint{at(), at()} },
		func() orb.Geometry { return orb.MultiLineString{{at(), at()}, {at(), at(), at()}} },
		func() orb.Geometry {
			return orb.MultiPolygon{randomShapes[2]().(orb.Polygon), randomShapes[2]().(orb.Polygon)}
		},
		func() orb.Geometry { return orb.Collection{one(), one()} },
		func() orb.Geometry { return orb.MultiPoint{at(), at()}.Bound() },
		func() orb.Geometry { return randomShapes[2]().(orb.Polygon)[0] },
	)
	within := 0
	for range 5000 {
		a, b := randomShapes[random.IntN(len(randomShapes))](), randomShapes[random.IntN(len(randomShapes))]()
		meet := cql2.Intersects(a, b)
		if meet != cql2.Intersects(b, a) {
			t.Fatalf("%v meets %v one way only", a, b)
		}
		in := cql2.Within(a, b)
		if in && !meet {
			t.Fatalf("%v within %v, but they don't meet", a, b)
		}
		sampledMeet, sampledOut := false, false
		for x := 0.0; x <= 7; x += 0.25 {
			for y := 0.0; y <= 7; y += 0.25 {
				p := orb.Point{x, y}
				if cql2.Intersects(p, a) {
					sampledMeet = sampledMeet || cql2.Intersects(p, b)
					sampledOut = sampledOut || !cql2.Intersects(p, b)
				}
			}
		}
		if sampledMeet && !meet || sampledOut && in {
			t.Fatalf("%v and %v: meet %v, within %v; points say %v, %v", a, b, meet, in, sampledMeet, !sampledOut)
		}
		if in {
			within++
		}
	}
	if within < 25 {
		t.Errorf("only %d shapes lie within another: nothing was tested", within)
	}
}

func TestParseIn(t *testing.T) {
	for _, c := range []struct {
		lonLat     func(orb.Point) orb.Point
		text, json string
	}{
		{func(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} }, "S_INTERSECTS(g, POINT(39.5 46.5))", `{"op":"s_intersects","args":[{"property":"g"},{"type":"Point","coordinates":[39.5,46.5]}]}`},
		{func(p orb.Point) orb.Point { return orb.Point{p[0] / 1000, p[1] / 1000} }, "S_INTERSECTS(g, POINT(46500 39500))", `{"op":"s_intersects","args":[{"property":"g"},{"type":"Point","coordinates":[46500,39500]}]}`},
	} {
		const want = "S_INTERSECTS(g, POINT(46.5 39.5))"
		if e, err := (cql2.Options{Position: c.lonLat}).ParseText(c.text); err != nil || e.String() != want {
			t.Errorf("%s: %s, %v", c.text, e, err)
		}
		if e, err := (cql2.Options{Position: c.lonLat}).ParseJSON([]byte(c.json)); err != nil || e.String() != want {
			t.Errorf("%s: %s, %v", c.json, e, err)
		}
	}
	_, err := (cql2.Options{Position: func(p orb.Point) orb.Point { return orb.Point{p[0] * 1000, p[1]} }}).ParseText("S_INTERSECTS(g, BBOX(1, 1, 2, 2))")
	checkError(t, "out of the globe", err, "the longitude 1000 lies outside")
}
