package index

import (
	"slices"

	"github.com/paulmach/orb"
)

// The values of the queryable "geometry_type": what a geometry is made of, be it
// in one piece or in several.
const (
	PointType = "point"
	LineType  = "line"
	AreaType  = "area"
)

// GeometryTypes lists the values of "geometry_type".
func GeometryTypes() []string { return []string{PointType, LineType, AreaType} }

// GeometryType says which of GeometryTypes the geometry of a feature has, and ""
// of none.
func GeometryType(g orb.Geometry) string {
	switch g.(type) {
	case orb.Point, orb.MultiPoint:
		return PointType
	case orb.LineString, orb.MultiLineString:
		return LineType
	case orb.Polygon, orb.MultiPolygon:
		return AreaType
	}
	return ""
}

// withGeometry adds the condition that a mention is drawn with that type of geometry.
func (c *condition) withGeometry(shape string) {
	if shape == "" {
		return
	}
	c.shape, c.shapes = shape, make([]bool, len(c.v.places.footprint))
	for i, g := range c.v.places.footprint {
		c.shapes[i] = GeometryType(g) == shape
	}
}

func (c *condition) isShaped(r uint32, f flags) bool {
	if f.is(movedFlag) {
		return GeometryType(c.t.moved.at(r)) == c.shape
	}
	return c.shapes[c.t.place[r]]
}

// countShaped counts by what is known of places, where nothing but geometries and
// places matters.
func (c *condition) countShaped() int {
	candidates := c.near
	if c.where == nil {
		candidates = make([]uint32, len(c.shapes))
		for i := range candidates {
			candidates[i] = uint32(i)
		}
	}
	n := 0
	for _, p := range candidates {
		boxed, whole := true, true
		if c.boxes != nil {
			boxed, whole = c.where[p]&placeBoxed != 0, c.where[p]&placeWhole != 0
		}
		if boxed && c.shapes[p] {
			n += c.v.sums[p].steady
		}
		for _, i := range c.v.movedAt.of(p) {
			if g := c.t.moved.values[i]; GeometryType(g) == c.shape && (whole || c.inBoxes(g)) {
				n++
			}
		}
	}
	return n
}

// shapedEvents keeps the events that are drawn with that type of geometry.
func (v *View) shapedEvents(s *eventSet, shape string) *eventSet {
	kept := &eventSet{base: s.base, extra: s.extra, refs: make([]uint32, 0, s.len())}
	for n := range s.len() {
		if e, i := s.at(n); GeometryType(v.eventFootprint(e, i)) == shape {
			kept.refs = append(kept.refs, s.ref(n))
		}
	}
	kept.refs = slices.Clip(kept.refs)
	return kept
}
