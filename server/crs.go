package server

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// parseCRS reads a reference system: its URI, or a safe CURIE such as [EPSG:3857].
func parseCRS(s string) (layer.CRS, error) {
	switch strings.ToUpper(s) {
	case "[OGC:CRS84]":
		return layer.CRS84, nil
	case "[EPSG:4326]":
		return layer.EPSG4326, nil
	case "[EPSG:3857]":
		return layer.EPSG3857, nil
	}
	crs, err := layer.ParseCRS(s)
	if err != nil {
		return crs, errors.New("must be one of " + strings.Join(crsURIs(), ", "))
	}
	return crs, nil
}

// takeCRS takes the parameter out of the values; CRS84 where it isn't given.
func takeCRS(values url.Values, name string) (layer.CRS, error) {
	given, ok := values[name]
	if !ok {
		return layer.CRS84, nil
	}
	delete(values, name)
	if len(given) > 1 {
		return layer.CRS84, badParameter(name, given[1], "is given more than once")
	}
	crs, err := parseCRS(given[0])
	if err != nil {
		return crs, badParameter(name, given[0], err.Error())
	}
	return crs, nil
}

// toDegrees rewrites a box in the reference system as geo.ParseBBox reads it.
// What it can't read it leaves to that.
func toDegrees(bbox string, crs layer.CRS) (string, error) {
	fields := strings.Split(bbox, ",")
	half := len(fields) / 2
	if crs == layer.CRS84 || half != 2 && half != 3 || len(fields)%2 != 0 {
		return bbox, nil
	}
	var corners [2]orb.Point
	for i, at := range [4]int{0, 1, half, half + 1} {
		n, err := strconv.ParseFloat(strings.TrimSpace(fields[at]), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return "", fmt.Errorf("%q is not a decimal number", fields[at])
		}
		corners[i/2][i%2] = n
	}
	// Neither axis of Web Mercator nor latitude runs over an edge, longitude does.
	if crs == layer.EPSG3857 && corners[0][1] > corners[1][1] || crs == layer.EPSG4326 && corners[0][0] > corners[1][0] {
		return "", errors.New("reversed: its south lies north of its north; mind the order of the axes in " + crs.URI())
	}
	var box geo.BBox
	for i, c := range corners {
		p := lonLat(crs, c)
		if i == 0 {
			box.West, box.South = p[0], p[1]
		} else {
			box.East, box.North = p[0], p[1]
		}
	}
	return box.String(), nil
}

// lonLat gives the position in degrees. What lies beyond the edge of the world
// by a rounding error lies on it.
func lonLat(crs layer.CRS, p orb.Point) orb.Point {
	p = crs.Inverse(p)
	for axis, most := range [2]float64{180, 90} {
		if over := math.Abs(p[axis]) - most; over > 0 && over < 1e-5 {
			p[axis] = math.Copysign(most, p[axis])
		}
	}
	return p
}
