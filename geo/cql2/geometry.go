package cql2

import "github.com/paulmach/orb"

// appendGeometry appends the geometry as CQL2 text: WKT, and BBOX for a Bound.
func appendGeometry(b []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		return append(appendPosition(append(b, "POINT("...), g), ')')
	case orb.LineString:
		return appendPositions(append(b, "LINESTRING"...), g)
	case orb.Polygon:
		return appendRings(append(b, "POLYGON"...), g)
	case orb.MultiPoint:
		return appendList(append(b, "MULTIPOINT"...), g, func(b []byte, p orb.Point) []byte {
			return append(appendPosition(append(b, '('), p), ')')
		})
	case orb.MultiLineString:
		return appendList(append(b, "MULTILINESTRING"...), g, func(b []byte, l orb.LineString) []byte {
			return appendPositions(b, l)
		})
	case orb.MultiPolygon:
		return appendList(append(b, "MULTIPOLYGON"...), g, appendRings)
	case orb.Collection:
		return appendList(append(b, "GEOMETRYCOLLECTION"...), g, appendGeometry)
	case orb.Bound:
		numbers := []float64{g.Min[0], g.Min[1], g.Max[0], g.Max[1]}
		return appendList(append(b, "BBOX"...), numbers, appendNumber)
	}
	return b
}

func appendList[T any](b []byte, items []T, appendItem func([]byte, T) []byte) []byte {
	b = append(b, '(')
	for i, item := range items {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendItem(b, item)
	}
	return append(b, ')')
}

func appendPosition(b []byte, p orb.Point) []byte {
	return appendNumber(append(appendNumber(b, p[0]), ' '), p[1])
}

func appendPositions(b []byte, points []orb.Point) []byte {
	return appendList(b, points, appendPosition)
}

func appendRings(b []byte, p orb.Polygon) []byte {
	return appendList(b, p, func(b []byte, r orb.Ring) []byte { return appendPositions(b, r) })
}
