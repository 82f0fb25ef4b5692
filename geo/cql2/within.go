package cql2

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// within reports whether no point of a lies outside b, whose borders belong to
// it. A polygon within several polygons must lie in one of them.
func within(a, b orb.Geometry) bool {
	switch a := a.(type) {
	case orb.Point:
		return pointMeets(a, b)
	case orb.MultiPoint:
		return all(a, func(p orb.Point) bool { return pointMeets(p, b) })
	case orb.LineString:
		return lineWithin(a, b)
	case orb.MultiLineString:
		return all(a, func(l orb.LineString) bool { return lineWithin(l, b) })
	case orb.Ring:
		return polygonWithin(orb.Polygon{a}, b)
	case orb.Polygon:
		return polygonWithin(a, b)
	case orb.MultiPolygon:
		return all(a, func(p orb.Polygon) bool { return polygonWithin(p, b) })
	case orb.Collection:
		return all(a, func(g orb.Geometry) bool { return within(g, b) })
	case orb.Bound:
		return within(shapeOf(a), b)
	}
	return false
}

// all reports whether there are parts and each fits.
func all[T any](parts []T, fits func(T) bool) bool {
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p T) bool { return !fits(p) })
}

// edges visits the segments of the lines and borders of a geometry.
func edges(g orb.Geometry, visit func(a, b orb.Point)) {
	switch g := g.(type) {
	case orb.LineString:
		for i := 1; i < len(g); i++ {
			visit(g[i-1], g[i])
		}
	case orb.Ring:
		edges(orb.LineString(g), visit)
	case orb.MultiLineString:
		for _, l := range g {
			edges(l, visit)
		}
	case orb.Polygon:
		for _, r := range g {
			edges(orb.LineString(r), visit)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			edges(p, visit)
		}
	case orb.Collection:
		for _, part := range g {
			edges(part, visit)
		}
	case orb.Bound:
		edges(shapeOf(g), visit)
	}
}

// lineWithin cuts each segment where it meets an edge of g: the pieces lie
// wholly within or wholly without, so that their middles tell.
func lineWithin(l orb.LineString, g orb.Geometry) bool {
	if len(l) == 0 {
		return false
	}
	for i := 1; i < len(l); i++ {
		a, b := l[i-1], l[i]
		cuts := []float64{0, 1}
		edges(g, func(c, d orb.Point) { cuts = shares(cuts, a, b, c, d) })
		slices.Sort(cuts)
		for k := 1; k < len(cuts); k++ {
			if cuts[k] <= 0 || cuts[k-1] >= 1 || cuts[k]-cuts[k-1] < closeEnough {
				continue
			}
			at := (max(cuts[k-1], 0) + min(cuts[k], 1)) / 2
			middle := orb.Point{a[0] + at*(b[0]-a[0]), a[1] + at*(b[1]-a[1])}
			if !pointMeets(middle, g) && !nearEdge(middle, g) {
				return false
			}
		}
	}
	return !slices.ContainsFunc(l, func(p orb.Point) bool { return !pointMeets(p, g) && !nearEdge(p, g) })
}

// closeEnough is how far, in degrees, a point that was calculated may lie from
// the edge that it lies on: a tenth of a millimetre.
const closeEnough = 1e-9

func nearEdge(p orb.Point, g orb.Geometry) bool {
	found := false
	edges(g, func(a, b orb.Point) {
		length := math.Hypot(b[0]-a[0], b[1]-a[1])
		found = found || math.Abs(cross(a, b, p)) <= closeEnough*length &&
			between(p[0], min(a[0], b[0])-closeEnough, max(a[0], b[0])+closeEnough) &&
			between(p[1], min(a[1], b[1])-closeEnough, max(a[1], b[1])+closeEnough)
	})
	return found
}

func polygonWithin(p orb.Polygon, g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.Ring:
		return polygonInPolygon(p, orb.Polygon{g})
	case orb.Polygon:
		return polygonInPolygon(p, g)
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(o orb.Polygon) bool { return polygonInPolygon(p, o) })
	case orb.Collection:
		return slices.ContainsFunc(g, func(part orb.Geometry) bool { return polygonWithin(p, part) })
	case orb.Bound:
		return polygonWithin(p, shapeOf(g))
	}
	return false
}

// polygonInPolygon: the borders lie within, and no hole of q lies in p. As no
// border of p enters a hole, a hole lies in p wholly or not at all.
func polygonInPolygon(p, q orb.Polygon) bool {
	if !all(p, func(r orb.Ring) bool { return lineWithin(orb.LineString(r), q) }) || len(q) == 0 {
		return false
	}
	return !slices.ContainsFunc(q[1:], func(hole orb.Ring) bool {
		at, ok := pointIn(hole)
		return ok && inPolygon(at, p) == inside
	})
}

// pointIn is a point inside the ring: on a level just above its lowest point,
// between the first two edges there.
func pointIn(r orb.Ring) (orb.Point, bool) {
	low, next := math.Inf(1), math.Inf(1)
	for _, p := range r {
		low = min(low, p[1])
	}
	for _, p := range r {
		if p[1] > low {
			next = min(next, p[1])
		}
	}
	if math.IsInf(next, 1) {
		return orb.Point{}, false
	}
	level := (low + next) / 2
	var crossings []float64
	for i := 1; i < len(r); i++ {
		if a, b := r[i-1], r[i]; (a[1] > level) != (b[1] > level) {
			crossings = append(crossings, a[0]+(level-a[1])/(b[1]-a[1])*(b[0]-a[0]))
		}
	}
	if len(crossings) < 2 {
		return orb.Point{}, false
	}
	slices.Sort(crossings)
	return orb.Point{(crossings[0] + crossings[1]) / 2, level}, true
}
