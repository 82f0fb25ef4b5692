package cql2

import (
	"slices"

	"github.com/paulmach/orb"
)

// side is an operand of a spatial relation: a property, or fixed.
type side struct {
	index    int // -1: fixed
	geometry orb.Geometry
	boxes    []orb.Bound // that the fixed geometry lies in; all of it where whole
	whole    bool
}

// fix sets a fixed geometry; a Bound is a box, perhaps across the antimeridian.
func (s *side) fix(g orb.Geometry) {
	b, ok := g.(orb.Bound)
	if !ok {
		s.geometry, s.boxes = g, []orb.Bound{g.Bound()}
		return
	}
	s.boxes, s.whole = boxes(b), true
	var parts orb.Collection
	for _, b := range s.boxes {
		parts = append(parts, shapeOf(b))
	}
	s.geometry = parts
}

// boxes is a Bound as one box or, across the antimeridian, two.
func boxes(b orb.Bound) []orb.Bound {
	if b.Min.Lon() <= b.Max.Lon() {
		return []orb.Bound{b}
	}
	return []orb.Bound{
		{Min: b.Min, Max: orb.Point{180, b.Max.Lat()}},
		{Min: orb.Point{-180, b.Min.Lat()}, Max: b.Max},
	}
}

// shapeOf is the box as a geometry of the dimension that it has.
func shapeOf(b orb.Bound) orb.Geometry {
	switch {
	case b.Min == b.Max:
		return b.Min
	case b.Min.Lon() == b.Max.Lon(), b.Min.Lat() == b.Max.Lat():
		return orb.LineString{b.Min, b.Max}
	}
	return b.ToPolygon()
}

func (s *side) of(r Row) (orb.Geometry, bool) {
	if s.index < 0 {
		return s.geometry, true
	}
	v := r.Value(s.index)
	return v.Geometry, v.Type == Geometry && v.Geometry != nil
}

// spatial is an S_ predicate: intersects, disjoint, or a within b.
type spatial struct {
	op   op
	a, b side
}

func (s *spatial) eval(r Row) logic {
	a, ok := s.a.of(r)
	if !ok {
		return unknown
	}
	b, ok := s.b.of(r)
	if !ok {
		return unknown
	}
	if p, ok := a.(orb.Point); ok && s.b.index < 0 {
		return truth(s.b.covers(p) == (s.op != opDisjoint))
	}
	if p, ok := b.(orb.Point); ok && s.a.index < 0 && s.op != opWithin {
		return truth(s.a.covers(p) == (s.op != opDisjoint))
	}
	if s.op == opWithin {
		return truth(within(a, b))
	}
	return truth(intersects(a, b) == (s.op == opIntersects))
}

// covers reports whether the point lies in the fixed geometry or on its border.
func (s *side) covers(p orb.Point) bool {
	return slices.ContainsFunc(s.boxes, func(b orb.Bound) bool { return b.Contains(p) }) && (s.whole || pointMeets(p, s.geometry))
}

// intersects reports whether the geometries have a point in common, borders
// included. Coordinates are planar.
func intersects(a, b orb.Geometry) bool {
	switch a := a.(type) {
	case orb.Point:
		return pointMeets(a, b)
	case orb.MultiPoint:
		return slices.ContainsFunc(a, func(p orb.Point) bool { return pointMeets(p, b) })
	case orb.LineString:
		return lineMeets(a, b)
	case orb.MultiLineString:
		return slices.ContainsFunc(a, func(l orb.LineString) bool { return lineMeets(l, b) })
	case orb.Ring:
		return polygonMeets(orb.Polygon{a}, b)
	case orb.Polygon:
		return polygonMeets(a, b)
	case orb.MultiPolygon:
		return slices.ContainsFunc(a, func(p orb.Polygon) bool { return polygonMeets(p, b) })
	case orb.Collection:
		return slices.ContainsFunc(a, func(g orb.Geometry) bool { return intersects(g, b) })
	case orb.Bound:
		return intersects(shapeOf(a), b)
	}
	return false
}

func pointMeets(p orb.Point, g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.Point:
		return p == g
	case orb.MultiPoint:
		return slices.Contains(g, p)
	case orb.LineString:
		return onLine(p, g)
	case orb.MultiLineString:
		return slices.ContainsFunc(g, func(l orb.LineString) bool { return onLine(p, l) })
	case orb.Ring:
		return sideOf(p, g) >= onBorder
	case orb.Polygon:
		return inPolygon(p, g) >= onBorder
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(a orb.Polygon) bool { return inPolygon(p, a) >= onBorder })
	case orb.Collection:
		return slices.ContainsFunc(g, func(part orb.Geometry) bool { return pointMeets(p, part) })
	case orb.Bound:
		return g.Contains(p)
	}
	return false
}

func lineMeets(l orb.LineString, g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.Point:
		return onLine(g, l)
	case orb.MultiPoint:
		return slices.ContainsFunc(g, func(p orb.Point) bool { return onLine(p, l) })
	case orb.LineString:
		return linesCross(l, g)
	case orb.MultiLineString:
		return slices.ContainsFunc(g, func(o orb.LineString) bool { return linesCross(l, o) })
	case orb.Ring:
		return linePolygon(l, orb.Polygon{g})
	case orb.Polygon:
		return linePolygon(l, g)
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(p orb.Polygon) bool { return linePolygon(l, p) })
	case orb.Collection:
		return slices.ContainsFunc(g, func(part orb.Geometry) bool { return lineMeets(l, part) })
	case orb.Bound:
		return lineMeets(l, shapeOf(g))
	}
	return false
}

func polygonMeets(p orb.Polygon, g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.Point:
		return inPolygon(g, p) >= onBorder
	case orb.MultiPoint:
		return slices.ContainsFunc(g, func(at orb.Point) bool { return inPolygon(at, p) >= onBorder })
	case orb.LineString:
		return linePolygon(g, p)
	case orb.MultiLineString:
		return slices.ContainsFunc(g, func(l orb.LineString) bool { return linePolygon(l, p) })
	case orb.Ring:
		return polygonsMeet(p, orb.Polygon{g})
	case orb.Polygon:
		return polygonsMeet(p, g)
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(o orb.Polygon) bool { return polygonsMeet(p, o) })
	case orb.Collection:
		return slices.ContainsFunc(g, func(part orb.Geometry) bool { return polygonMeets(p, part) })
	case orb.Bound:
		return polygonMeets(p, shapeOf(g))
	}
	return false
}

// linePolygon: the line begins inside, or crosses a border.
func linePolygon(l orb.LineString, p orb.Polygon) bool {
	if len(l) == 0 || len(p) == 0 {
		return false
	}
	return inPolygon(l[0], p) >= onBorder ||
		slices.ContainsFunc(p, func(r orb.Ring) bool { return linesCross(l, orb.LineString(r)) })
}

// polygonsMeet: one begins inside the other, or borders cross.
func polygonsMeet(a, b orb.Polygon) bool {
	if len(a) == 0 || len(b) == 0 || len(a[0]) == 0 || len(b[0]) == 0 {
		return false
	}
	if inPolygon(a[0][0], b) >= onBorder || inPolygon(b[0][0], a) >= onBorder {
		return true
	}
	for _, r := range a {
		for _, o := range b {
			if linesCross(orb.LineString(r), orb.LineString(o)) {
				return true
			}
		}
	}
	return false
}
