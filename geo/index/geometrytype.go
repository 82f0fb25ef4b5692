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

// Placed tells features that are drawn somewhere from those that are not.
type Placed string

// The values of Placed; without one both are selected.
const (
	// IsPlaced selects features with a geometry. A box is strict then, whatever
	// Query.Lenient says.
	IsPlaced Placed = "yes"
	// IsUnplaced selects features without a geometry. They are in no box more than in
	// another, so all match every box.
	IsUnplaced Placed = "no"
)

// draws reports whether the query selects features with that geometry, as far as
// Geometry and Placed say.
func (q *Query) draws(g orb.Geometry) bool {
	return (q.Geometry == "" || GeometryType(g) == q.Geometry) && (q.Placed == "" || (g != nil) == (q.Placed == IsPlaced))
}

// leniency is how the query wants to have box and datetime read.
func (q *Query) leniency() leniency {
	return leniency{box: q.Lenient && q.Placed != IsPlaced || q.Placed == IsUnplaced, days: q.Lenient}
}

// withGeometry adds the condition that a mention is drawn as the query wants it.
func (c *condition) withGeometry(q *Query) {
	if q.Geometry == "" && q.Placed == "" {
		return
	}
	c.draws, c.shapes = q.draws, make([]bool, len(c.v.places.footprint))
	for i, g := range c.v.places.footprint {
		c.shapes[i] = q.draws(g)
	}
}

func (c *condition) isShaped(r uint32, f flags) bool {
	if f.is(movedFlag) {
		return c.draws(c.t.moved.at(r))
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
			if g := c.t.moved.values[i]; c.draws(g) && (whole || c.inBoxes(g)) {
				n++
			}
		}
	}
	return n
}

// shapedEvents keeps the events that are drawn as the query wants it.
func (v *View) shapedEvents(s *eventSet, q *Query) *eventSet {
	kept := &eventSet{base: s.base, extra: s.extra, refs: make([]uint32, 0, s.len())}
	for n := range s.len() {
		if e, i := s.at(n); q.draws(v.eventFootprint(e, i)) {
			kept.refs = append(kept.refs, s.ref(n))
		}
	}
	kept.refs = slices.Clip(kept.refs)
	return kept
}
