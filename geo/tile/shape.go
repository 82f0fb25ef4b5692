package tile

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// Shapes are drawn from a size on and as well as can be seen, in units.
const (
	smallestShape = 48     // 6 pixels on a tile of 512
	tolerance     = 4      // half a pixel
	shapeBytes    = 24_000 // of lines and areas in a tile
	leastShape    = 100    // with less left, no other is tried
	fewPoints     = 500    // of a path that would be more than that
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
	switch g := g.(type) {
	case orb.LineString:
		return simplifiedLine(g, tolerance)
	case orb.MultiLineString:
		out := make(orb.MultiLineString, len(g))
		for i, line := range g {
			out[i] = simplifiedLine(line, tolerance)
		}
		return out
	case orb.Polygon:
		return simplifiedPolygon(g, tolerance)
	case orb.MultiPolygon:
		out := make(orb.MultiPolygon, len(g))
		for i, polygon := range g {
			out[i] = simplifiedPolygon(polygon, tolerance)
		}
		return out
	}
	return g
}

// simplifiedPolygon keeps an outer ring that would collapse as it is.
func simplifiedPolygon(polygon orb.Polygon, tolerance float64) orb.Polygon {
	out := make(orb.Polygon, len(polygon))
	for i, ring := range polygon {
		out[i] = ring
		if r := simplifiedLine(orb.LineString(ring), tolerance); len(r) > 3 || i > 0 {
			out[i] = orb.Ring(r)
		}
	}
	return out
}

// manyPoints is how many points the algorithm of Douglas and Peucker may get,
// which can take the square of their number.
const manyPoints = 4000

// simplifiedLine gives a line of its own. First it leaves out points that lie close
// to the one before.
func simplifiedLine(line orb.LineString, tolerance float64) orb.LineString {
	if len(line) <= 2 {
		return line
	}
	out := make(orb.LineString, 1, len(line))
	out[0] = line[0]
	for i, p := range line[1:] {
		last := out[len(out)-1]
		if i == len(line)-2 || math.Hypot(p[0]-last[0], p[1]-last[1]) >= tolerance/2 {
			out = append(out, p)
		}
	}
	if len(out) > manyPoints {
		return out
	}
	return simplify.DouglasPeucker(tolerance).LineString(out)
}

// draw adds the shape to the feature that w writes, as far as the tile shows it,
// with at most some points to each path, and reports whether there is anything.
func (sh *shape) draw(w *writer, f frame, most int) bool {
	g := mapPoints(orb.Clone(sh.geometry), func(p orb.Point) orb.Point {
		return orb.Point{(p[0]*f.scale - f.x) * Extent, (p[1]*f.scale - f.y) * Extent}
	})
	g = clip.Geometry(orb.Bound{Min: orb.Point{-Buffer, -Buffer}, Max: orb.Point{Extent + Buffer, Extent + Buffer}}, g)
	some := false
	switch g := g.(type) {
	case orb.LineString:
		some = drawLine(w, g, most)
	case orb.MultiLineString:
		for _, line := range g {
			some = drawLine(w, line, most) || some
		}
	case orb.Polygon:
		some = drawPolygon(w, g, most)
	case orb.MultiPolygon:
		for _, polygon := range g {
			some = drawPolygon(w, polygon, most) || some
		}
	}
	return some
}

func drawLine(w *writer, line orb.LineString, most int) bool {
	points := rounded(line, most)
	if len(points) < 2 {
		return false
	}
	w.path(points, false)
	return true
}

// drawPolygon leaves out rings that have no area left, with an outer one its
// holes, and all where the holes take everything.
func drawPolygon(w *writer, polygon orb.Polygon, most int) bool {
	rings := make([][][2]int32, 0, len(polygon))
	left := int64(0)
	for i, ring := range polygon {
		points := rounded(orb.LineString(ring), most)
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
			slices.Reverse(points)
			area = -area
		}
		left += area
		rings = append(rings, points)
	}
	if left <= 0 {
		return false
	}
	for _, points := range rings {
		w.path(points, true)
	}
	return true
}

// rounded gives whole units, without repetitions. Of a line with more points than
// most it takes some.
func rounded(line orb.LineString, most int) [][2]int32 {
	step := (len(line)-1)/most + 1
	points := make([][2]int32, 0, len(line)/step+2)
	for i, p := range line {
		if i%step > 0 && i < len(line)-1 {
			continue
		}
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
