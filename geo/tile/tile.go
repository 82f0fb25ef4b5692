// Package tile makes Mapbox vector tiles (version 2.1) of events, mentions and
// places: what maps ask for while they are panned and zoomed, and what stays
// small however much there is.
//
// A Scene is what one query selects of a collection, laid out for tiles; it is
// made once and then gives any tile of it. A tile has up to four layers:
//
//   - points: single features, with their attributes
//   - clusters: several features as one symbol, with counts by event type
//   - lines and areas: shapes with the counts of what is known only to be there
//
// Clusters are made on a grid of cells that is aligned with the world, eight by
// eight in a tile, and stand at the busiest of their places: a map never shows a
// symbol where nothing is. From FeatureZoom on a tile with few positions shows
// each of them; what a tile shows depends on nothing but what lies in it, so that
// the buffer of its neighbours, which is drawn twice, shows the same.
//
// A shape is drawn from the zoom on at which it is larger than a few pixels.
// Before that it counts in the cluster of its label point, which says so in
// "approximate".
//
// Limits: a tile has at most MaxBytes. One that would have more is made coarser;
// only there can the buffer differ from the neighbour. Latitudes beyond 85.05°
// are drawn at the edge of the world. A shape that crosses the antimeridian has to
// be cut there.
package tile

import (
	"fmt"
	"strconv"
)

// What tiles are like.
const (
	Extent      = 4096 // units across a tile
	Buffer      = 256  // units around it that are drawn, too
	MaxZoom     = 22   // the highest zoom for which there are tiles
	FeatureZoom = 9    // from here on positions are shown singly where they are few
	MaxBytes    = 60_000
	ContentType = "application/vnd.mapbox-vector-tile"
)

// ID names a tile in the usual scheme (XYZ): y grows southwards.
type ID struct {
	Z, X, Y int
}

// ParseID reads the numbers of a tile's address. The error says which is wrong;
// it wraps nothing.
func ParseID(z, x, y string) (ID, error) {
	var id ID
	var err error
	if id.Z, err = number("zoom", z, MaxZoom); err != nil {
		return ID{}, err
	}
	last := 1<<id.Z - 1
	if id.X, err = number("column", x, last); err != nil {
		return ID{}, err
	}
	if id.Y, err = number("row", y, last); err != nil {
		return ID{}, err
	}
	return id, nil
}

// number reads decimal digits without sign, and without leading zeros so that a
// tile has one address.
func number(what, s string, most int) (int, error) {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil || len(s) > 1 && s[0] == '0' || n > uint64(most) {
		return 0, fmt.Errorf("the %s %q is no number from 0 to %d", what, s, most)
	}
	return int(n), nil
}

// String writes the address as it stands in URLs.
func (id ID) String() string { return fmt.Sprintf("%d/%d/%d", id.Z, id.X, id.Y) }
