package geo

import (
	"slices"

	"github.com/paulmach/orb"
	cut "github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
)

// Meets reports whether a point, a line or an area and the box share a point,
// borders included. The box must not cross the antimeridian. That their bounds
// meet is not enough: a diagonal line can pass by a corner.
func Meets(g orb.Geometry, box orb.Bound) bool {
	switch g := g.(type) {
	case orb.Point:
		return box.Contains(g)
	case orb.LineString:
		return lineMeets(g, box)
	case orb.MultiLineString:
		return slices.ContainsFunc(g, func(l orb.LineString) bool { return lineMeets(l, box) })
	case orb.Polygon:
		return polygonMeets(g, box)
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(p orb.Polygon) bool { return polygonMeets(p, box) })
	}
	return false
}

func lineMeets(l orb.LineString, box orb.Bound) bool {
	return slices.ContainsFunc(l, box.Contains) || len(cut.LineString(box, l)) > 0
}

func polygonMeets(p orb.Polygon, box orb.Bound) bool {
	if slices.ContainsFunc(p, func(r orb.Ring) bool { return lineMeets(orb.LineString(r), box) }) {
		return true
	}
	// No border within: the box lies wholly inside, or wholly outside or in a hole.
	return len(p) > 0 && planar.PolygonContains(p, box.Min)
}
