package layer

import (
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// A notation is how a format writes positions and lists of them.
type notation struct {
	open, close         string // around a list
	before, mid, behind string // around and between lon and lat
	crs                 CRS
}

func jsonNotation() notation {
	return notation{open: "[", close: "]", before: "[", mid: ",", behind: "]"}
}

func wktNotation() notation { return notation{open: "(", close: ")", mid: " "} }

// appendGeoJSON appends g as a GeoJSON geometry, null where there is none.
func appendGeoJSON(b []byte, g orb.Geometry) ([]byte, error) {
	return jsonNotation().appendGeoJSON(b, g)
}

func (n notation) appendGeoJSON(b []byte, g orb.Geometry) ([]byte, error) {
	if isEmpty(g) {
		return append(b, "null"...), nil
	}
	b = append(append(append(b, `{"type":"`...), g.GeoJSONType()...), `","coordinates":`...)
	b, err := n.appendGeometry(b, g)
	return append(b, '}'), err
}

// appendWKT appends g, which is not empty, as well-known text (OGC 06-103r4).
func appendWKT(b []byte, g orb.Geometry) ([]byte, error) {
	switch g := g.(type) {
	case orb.Point:
		b, err := wktNotation().appendPoint(append(b, "POINT("...), g)
		return append(b, ')'), err
	case orb.LineString:
		b = append(b, "LINESTRING"...)
	case orb.MultiLineString:
		b = append(b, "MULTILINESTRING"...)
	case orb.Polygon:
		b = append(b, "POLYGON"...)
	case orb.MultiPolygon:
		b = append(b, "MULTIPOLYGON"...)
	}
	return wktNotation().appendGeometry(b, g)
}

func isEmpty(g orb.Geometry) bool {
	switch g := g.(type) {
	case nil:
		return true
	case orb.LineString:
		return len(g) == 0
	case orb.MultiLineString:
		return len(g) == 0
	case orb.Polygon:
		return len(g) == 0
	case orb.MultiPolygon:
		return len(g) == 0
	}
	return false
}

func (n notation) appendGeometry(b []byte, g orb.Geometry) ([]byte, error) {
	switch g := g.(type) {
	case orb.Point:
		return n.appendPoint(b, g)
	case orb.LineString:
		return n.appendLine(b, g)
	case orb.MultiLineString:
		return appendList(n, b, g, n.appendLine)
	case orb.Polygon:
		return n.appendPolygon(b, g)
	case orb.MultiPolygon:
		return appendList(n, b, g, n.appendPolygon)
	}
	return b, fmt.Errorf("geometry %s is not supported", g.GeoJSONType())
}

func appendList[T any](n notation, b []byte, list []T, item func([]byte, T) ([]byte, error)) ([]byte, error) {
	b = append(b, n.open...)
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = item(b, v); err != nil {
			return b, err
		}
	}
	return append(b, n.close...), nil
}

func (n notation) appendLine(b []byte, line orb.LineString) ([]byte, error) {
	return appendList(n, b, line, n.appendPoint)
}

// appendPolygon turns every ring as RFC 7946 wants it: the outer one
// counterclockwise, holes clockwise.
func (n notation) appendPolygon(b []byte, polygon orb.Polygon) ([]byte, error) {
	b = append(b, n.open...)
	for i, ring := range polygon {
		want := orb.CCW
		if i > 0 {
			b = append(b, ',')
			want = orb.CW
		}
		var err error
		if b, err = n.appendRing(b, ring, want); err != nil {
			return b, err
		}
	}
	return append(b, n.close...), nil
}

// appendRing leaves the ring as it is, since places are shared, and closes it
// where it is open.
func (n notation) appendRing(b []byte, ring orb.Ring, want orb.Orientation) ([]byte, error) {
	reverse := ring.Orientation() == -want
	count := len(ring)
	if count > 0 && ring[0] != ring[count-1] {
		count++
	}
	b = append(b, n.open...)
	for i := range count {
		if i > 0 {
			b = append(b, ',')
		}
		at := i
		if reverse {
			at = count - 1 - i
		}
		var err error
		if b, err = n.appendPoint(b, ring[at%len(ring)]); err != nil {
			return b, err
		}
	}
	return append(b, n.close...), nil
}

func (n notation) appendPoint(b []byte, p orb.Point) ([]byte, error) {
	// The comparisons are false for NaN, too.
	if !(math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90) {
		return b, fmt.Errorf("position %v,%v is not on the globe", p.Lon(), p.Lat())
	}
	p = n.crs.Forward(p)
	b = appendCoordinate(append(b, n.before...), p[0], n.crs.decimals())
	b = appendCoordinate(append(b, n.mid...), p[1], n.crs.decimals())
	return append(b, n.behind...), nil
}

// appendCoordinate writes at most so many decimals, without trailing zeros.
func appendCoordinate(b []byte, v float64, decimals int) []byte {
	start := len(b)
	b = strconv.AppendFloat(b, v, 'f', decimals, 64)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	if string(b[start:]) == "-0" {
		b = append(b[:start], '0')
	}
	return b
}
