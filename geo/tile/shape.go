package tile

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// Shapes are drawn from a size on and as well as can be seen, in units.
const (
	smallestShape = 48 // 6 pixels on a tile of 512
	tolerance     = 4  // half a pixel
	shapeBytes    = 24_000
)

// shape is a line or an area in the world.
type shape struct {
	ref      int32
	area     bool
	geometry orb.Geometry // LineString, MultiLineString, Polygon or MultiPolygon
	bound    orb.Bound
	// size is the longer side of bound; for an area that is thinner than it is
	// worth at this length, less.
	size float64
}

// shapeOf projects a shape; false for one that is empty, not on the globe or of
// another kind.
func shapeOf(g orb.Geometry) (shape, bool) {
	s := shape{}
	switch g.(type) {
	case orb.LineString, orb.MultiLineString:
	case orb.Polygon, orb.MultiPolygon:
		s.area = true
	default:
		return shape{}, false
	}
	whole := true
	s.geometry = mapPoints(orb.Clone(g), func(p orb.Point) orb.Point {
		at, ok := project(p)
		whole = whole && ok
		return at
	})
	s.bound = s.geometry.Bound()
	s.size = max(s.bound.Max[0]-s.bound.Min[0], s.bound.Max[1]-s.bound.Min[1])
	if s.area && s.size > 0 {
		// At the zoom from which it is drawn, an area is a unit thick on average.
		s.size = min(s.size, smallestShape*planar.Area(s.geometry)/s.size)
	}
	return s, whole && s.size > 0
}

// mapPoints changes the points of a geometry in place.
func mapPoints(g orb.Geometry, to func(orb.Point) orb.Point) orb.Geometry {
	line := func(points []orb.Point) {
		for i, p := range points {
			points[i] = to(p)
		}
	}
	switch g := g.(type) {
	case orb.LineString:
		line(g)
	case orb.MultiLineString:
		for _, part := range g {
			line(part)
		}
	case orb.Polygon:
		for _, ring := range g {
			line(ring)
		}
	case orb.MultiPolygon:
		for _, polygon := range g {
			for _, ring := range polygon {
				line(ring)
			}
		}
	}
	return g
}

// drawn are the shapes that can be seen at the zoom, simplified for it: the same
// for all tiles, so that they meet at the edges.
func (s *Scene) drawn(z int) []shape {
	l := &s.levels[z]
	l.once.Do(func() {
		units := float64(int(1)<<z) * Extent
		for _, sh := range s.shapes { // the largest first
			if sh.size*units < smallestShape {
				break
			}
			sh.geometry = simplified(sh.geometry, tolerance/units)
			l.drawn = append(l.drawn, sh)
		}
	})
	return l.drawn
}

// simplified leaves out points, but no polygon altogether.
func simplified(g orb.Geometry, tolerance float64) orb.Geometry {
	by := simplify.DouglasPeucker(tolerance)
	switch g := g.(type) {
	case orb.LineString:
		if len(g) > 2 {
			return by.LineString(g.Clone())
		}
	case orb.MultiLineString:
		return by.MultiLineString(g.Clone())
	case orb.Polygon:
		return simplifiedPolygon(by, g)
	case orb.MultiPolygon:
		out := make(orb.MultiPolygon, len(g))
		for i, polygon := range g {
			out[i] = simplifiedPolygon(by, polygon)
		}
		return out
	}
	return g
}

// simplifiedPolygon keeps an outer ring that would collapse as it is.
func simplifiedPolygon(by *simplify.DouglasPeuckerSimplifier, polygon orb.Polygon) orb.Polygon {
	out := make(orb.Polygon, len(polygon))
	for i, ring := range polygon {
		out[i] = ring
		if len(ring) == 0 {
			continue
		}
		if r := by.Ring(ring.Clone()); len(r) > 3 || i > 0 {
			out[i] = r
		}
	}
	return out
}

// draw adds the shape to the feature that w writes, as far as the tile shows it,
// and reports whether there is anything.
func (sh *shape) draw(w *writer, f frame) bool {
	g := mapPoints(orb.Clone(sh.geometry), func(p orb.Point) orb.Point {
		return orb.Point{(p[0]*f.scale - f.x) * Extent, (p[1]*f.scale - f.y) * Extent}
	})
	g = clip.Geometry(orb.Bound{Min: orb.Point{-Buffer, -Buffer}, Max: orb.Point{Extent + Buffer, Extent + Buffer}}, g)
	any := false
	switch g := g.(type) {
	case orb.LineString:
		any = drawLine(w, g)
	case orb.MultiLineString:
		for _, line := range g {
			any = drawLine(w, line) || any
		}
	case orb.Polygon:
		any = drawPolygon(w, g)
	case orb.MultiPolygon:
		for _, polygon := range g {
			any = drawPolygon(w, polygon) || any
		}
	}
	return any
}

func drawLine(w *writer, line orb.LineString) bool {
	points := rounded(line)
	if len(points) < 2 {
		return false
	}
	w.path(points, false)
	return true
}

// drawPolygon leaves out rings that have no area left, with an outer one its holes.
func drawPolygon(w *writer, polygon orb.Polygon) bool {
	for i, ring := range polygon {
		points := rounded(orb.LineString(ring))
		if n := len(points); n > 1 && points[0] == points[n-1] {
			points = points[:n-1]
		}
		area := doubleArea(points)
		if len(points) < 3 || area == 0 {
			if i == 0 {
				return false
			}
			continue
		}
		// Outer rings turn clockwise as one sees them, holes the other way.
		if (area > 0) != (i == 0) {
			for a, b := 0, len(points)-1; a < b; a, b = a+1, b-1 {
				points[a], points[b] = points[b], points[a]
			}
		}
		w.path(points, true)
	}
	return len(polygon) > 0
}

// rounded gives whole units, without repetitions.
func rounded(line orb.LineString) [][2]int32 {
	points := make([][2]int32, 0, len(line))
	for _, p := range line {
		at := [2]int32{int32(math.Round(p[0])), int32(math.Round(p[1]))}
		if n := len(points); n == 0 || points[n-1] != at {
			points = append(points, at)
		}
	}
	return points
}

// doubleArea is positive where y grows downwards and the ring turns clockwise.
func doubleArea(ring [][2]int32) int64 {
	sum := int64(0)
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += int64(p[0])*int64(q[1]) - int64(q[0])*int64(p[1])
	}
	return sum
}
