package gpkg

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// family is a kind of geometry that a table holds.
type family int

const (
	points family = iota
	lines
	areas
	nowhere
	families
)

// familyOf says which table a geometry belongs to. Empty ones are nowhere.
func familyOf(g orb.Geometry) (family, error) {
	n := 1
	f := points
	switch g := g.(type) {
	case nil:
		return nowhere, nil
	case orb.Point:
	case orb.LineString:
		f, n = lines, len(g)
	case orb.MultiLineString:
		f, n = lines, len(g)
	case orb.Polygon:
		f, n = areas, len(g)
	case orb.MultiPolygon:
		f, n = areas, len(g)
	default:
		return nowhere, fmt.Errorf("geometry %s is not supported", g.GeoJSONType())
	}
	if n == 0 {
		return nowhere, nil
	}
	return f, nil
}

// suffix is what the name of the family's table has after the collection's.
func (f family) suffix() string { return [...]string{"", "_lines", "_areas", "_without_position"}[f] }

// typeName is the name of the geometry type. Single lines and areas are stored
// as collections of one, since a table has one type.
func (f family) typeName() string {
	return [...]string{"POINT", "MULTILINESTRING", "MULTIPOLYGON", ""}[f]
}

// The codes of well-known binary (OGC 06-103r4, 8.2.8).
const (
	wkbPoint           = 1
	wkbLineString      = 2
	wkbPolygon         = 3
	wkbMultiLineString = 5
	wkbMultiPolygon    = 6

	littleEndian = 1
)

// The header of a GeoPackage's geometry (OGC 12-128r17, 2.1.3). Points have no
// envelope: it would say the same twice more.
const (
	magic        = "GP\x00" // with the version
	flagsPlain   = littleEndian
	flagsBounded = littleEndian | 1<<1 // with min x, max x, min y, max y
	srsID        = 4326
)

// appendGeometry appends g, which is in the table of a family, as a GeoPackage
// stores it, and returns its bounds as they are written.
func appendGeometry(b []byte, g orb.Geometry) ([]byte, orb.Bound, error) {
	var bound orb.Bound
	switch g := g.(type) {
	case orb.Point:
		b = binary.LittleEndian.AppendUint32(append(append(b, magic...), flagsPlain), srsID)
		bound = orb.Bound{Min: rounded(g), Max: rounded(g)}
	default:
		bound = g.Bound()
		bound = orb.Bound{Min: rounded(bound.Min), Max: rounded(bound.Max)}
		b = binary.LittleEndian.AppendUint32(append(append(b, magic...), flagsBounded), srsID)
		for _, v := range []float64{bound.Min[0], bound.Max[0], bound.Min[1], bound.Max[1]} {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	b, err := appendWKB(b, g)
	return b, bound, err
}

func appendWKB(b []byte, g orb.Geometry) ([]byte, error) {
	switch g := g.(type) {
	case orb.Point:
		return appendPoint(appendHead(b, wkbPoint), g)
	case orb.LineString:
		return appendList(appendHead(b, wkbMultiLineString), []orb.LineString{g}, appendLine)
	case orb.MultiLineString:
		return appendList(appendHead(b, wkbMultiLineString), g, appendLine)
	case orb.Polygon:
		return appendList(appendHead(b, wkbMultiPolygon), []orb.Polygon{g}, appendPolygon)
	case orb.MultiPolygon:
		return appendList(appendHead(b, wkbMultiPolygon), g, appendPolygon)
	}
	return b, fmt.Errorf("geometry %s is not supported", g.GeoJSONType())
}

func appendHead(b []byte, code uint32) []byte {
	return binary.LittleEndian.AppendUint32(append(b, littleEndian), code)
}

func appendList[T any](b []byte, list []T, item func([]byte, T) ([]byte, error)) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(list)))
	for _, v := range list {
		var err error
		if b, err = item(b, v); err != nil {
			return b, err
		}
	}
	return b, nil
}

func appendLine(b []byte, line orb.LineString) ([]byte, error) {
	return appendList(appendHead(b, wkbLineString), line, appendPoint)
}

// appendPolygon closes rings and turns them as the other formats do: the outer
// one counterclockwise, holes clockwise.
func appendPolygon(b []byte, polygon orb.Polygon) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(appendHead(b, wkbPolygon), uint32(len(polygon)))
	for i, ring := range polygon {
		want := orb.CCW
		if i > 0 {
			want = orb.CW
		}
		var err error
		if b, err = appendRing(b, ring, want); err != nil {
			return b, err
		}
	}
	return b, nil
}

// appendRing leaves the ring as it is, since places are shared.
func appendRing(b []byte, ring orb.Ring, want orb.Orientation) ([]byte, error) {
	reverse := ring.Orientation() == -want
	count := len(ring)
	if count > 0 && ring[0] != ring[count-1] {
		count++
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(count))
	for i := range count {
		at := i
		if reverse {
			at = count - 1 - i
		}
		var err error
		if b, err = appendPoint(b, ring[at%len(ring)]); err != nil {
			return b, err
		}
	}
	return b, nil
}

func appendPoint(b []byte, p orb.Point) ([]byte, error) {
	// The comparisons are false for NaN, too.
	if !(math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90) {
		return b, fmt.Errorf("position %v,%v is not on the globe", p.Lon(), p.Lat())
	}
	p = rounded(p)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Lon()))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Lat())), nil
}

// rounded has six decimals, as positions in the other formats.
func rounded(p orb.Point) orb.Point {
	const decimals = 1e6
	return orb.Point{math.Round(p[0]*decimals) / decimals, math.Round(p[1]*decimals) / decimals}
}
