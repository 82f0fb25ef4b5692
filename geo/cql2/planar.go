package cql2

import (
	"math"

	"github.com/paulmach/orb"
)

// Where a point lies. The order is used: from onBorder on it is no outsider.
const (
	outside = iota
	onBorder
	inside
)

// cross is the cross product of b-a and p-a: above 0 where p lies left of the
// way from a to b.
func cross(a, b, p orb.Point) float64 {
	return (b[0]-a[0])*(p[1]-a[1]) - (b[1]-a[1])*(p[0]-a[0])
}

// onSegment reports whether p lies on the segment, ends included.
func onSegment(p, a, b orb.Point) bool {
	return between(p[0], a[0], b[0]) && between(p[1], a[1], b[1]) && cross(a, b, p) == 0
}

func between(x, a, b float64) bool { return a <= x && x <= b || b <= x && x <= a }

func onLine(p orb.Point, l orb.LineString) bool {
	for i := 1; i < len(l); i++ {
		if onSegment(p, l[i-1], l[i]) {
			return true
		}
	}
	return len(l) == 1 && l[0] == p
}

// segmentsMeet reports whether the segments have a point in common.
func segmentsMeet(a, b, c, d orb.Point) bool {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return false
	}
	// Their boxes meet, so they do unless one lies wholly on one side of the other.
	return !sameSide(cross(a, b, c), cross(a, b, d)) && !sameSide(cross(c, d, a), cross(c, d, b))
}

func sameSide(x, y float64) bool { return x > 0 && y > 0 || x < 0 && y < 0 }

func linesCross(l, o orb.LineString) bool {
	for i := 1; i < len(l); i++ {
		for k := 1; k < len(o); k++ {
			if segmentsMeet(l[i-1], l[i], o[k-1], o[k]) {
				return true
			}
		}
	}
	return false
}

// sideOf says where the point lies of the ring.
func sideOf(p orb.Point, r orb.Ring) int {
	in := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if onSegment(p, a, b) {
			return onBorder
		}
		// A ray to the east crosses the edges that have one end above it.
		if (a[1] > p[1]) != (b[1] > p[1]) && (cross(a, b, p) > 0) == (b[1] > a[1]) {
			in = !in
		}
	}
	if in {
		return inside
	}
	return outside
}

// inPolygon says where the point lies of the polygon; the border of a hole is
// one of the polygon.
func inPolygon(p orb.Point, polygon orb.Polygon) int {
	for i, r := range polygon {
		switch where := sideOf(p, r); {
		case where == onBorder:
			return onBorder
		case (where == inside) != (i == 0):
			return outside
		}
	}
	if len(polygon) == 0 {
		return outside
	}
	return inside
}

// shares adds how far along the segment a-b, from 0 to 1, it meets the segment c-d.
func shares(out []float64, a, b, c, d orb.Point) []float64 {
	if !segmentsMeet(a, b, c, d) {
		return out
	}
	fromC, fromD := cross(c, d, a), cross(c, d, b)
	if fromC != fromD {
		return append(out, fromC/(fromC-fromD))
	}
	// On one line: where c and d lie along it.
	axis := 0
	if math.Abs(b[1]-a[1]) > math.Abs(b[0]-a[0]) {
		axis = 1
	}
	if length := b[axis] - a[axis]; length != 0 {
		out = append(out, (c[axis]-a[axis])/length, (d[axis]-a[axis])/length)
	}
	return out
}
