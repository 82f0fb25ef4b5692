package layer

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// CRS is a coordinate reference system that features can be written in. Inside,
// everything is lon,lat in WGS 84.
type CRS int

// The reference systems, with the order and unit of their axes.
const (
	CRS84    CRS = iota // WGS 84: longitude, latitude in degrees
	EPSG4326            // WGS 84: latitude, longitude in degrees
	EPSG3857            // Web Mercator: easting, northing in metres
)

const (
	// mercatorRadius is the semi-major axis of WGS 84, in metres.
	mercatorRadius = 6378137.0
	// mercatorEdge is where EPSG:3857's area of use ends, in degrees north and
	// south. Positions beyond it are drawn there.
	mercatorEdge = 85.06
)

// CRSs lists the reference systems, the default first.
func CRSs() []CRS { return []CRS{CRS84, EPSG4326, EPSG3857} }

// ParseCRS finds the reference system of a URI as OGC writes them.
func ParseCRS(uri string) (CRS, error) {
	for _, c := range CRSs() {
		if c.URI() == uri {
			return c, nil
		}
	}
	return 0, fmt.Errorf("reference system %q is none of %q", uri, []string{CRS84.URI(), EPSG4326.URI(), EPSG3857.URI()})
}

// URI names the reference system as OGC API - Features does.
func (c CRS) URI() string {
	switch c {
	case EPSG4326:
		return "http://www.opengis.net/def/crs/EPSG/0/4326"
	case EPSG3857:
		return "http://www.opengis.net/def/crs/EPSG/0/3857"
	}
	return "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
}

// Forward gives the coordinates of a lon,lat position in the order of the
// reference system's axes. Web Mercator is IOGP method 1024 "Popular
// Visualisation Pseudo-Mercator" (IOGP Publication 373-7-2, section 3.2.1.2).
func (c CRS) Forward(p orb.Point) orb.Point {
	switch c {
	case EPSG4326:
		return orb.Point{p.Lat(), p.Lon()}
	case EPSG3857:
		lat := max(-mercatorEdge, min(mercatorEdge, p.Lat())) * math.Pi / 180
		return orb.Point{mercatorRadius * p.Lon() * math.Pi / 180, mercatorRadius * math.Log(math.Tan(math.Pi/4+lat/2))}
	}
	return p
}

// Inverse gives the lon,lat position of coordinates in the order of the
// reference system's axes. It takes any number: whether the position is on the
// globe is for the caller to check.
func (c CRS) Inverse(p orb.Point) orb.Point {
	switch c {
	case EPSG4326:
		return orb.Point{p[1], p[0]}
	case EPSG3857:
		lat := math.Pi/2 - 2*math.Atan(math.Exp(-p[1]/mercatorRadius))
		return orb.Point{p[0] / mercatorRadius * 180 / math.Pi, lat * 180 / math.Pi}
	}
	return p
}

// decimals is how many digits behind the point a coordinate is written with:
// 11 cm for degrees, 1 cm for metres.
func (c CRS) decimals() int {
	if c == EPSG3857 {
		return 2
	}
	return 6
}
