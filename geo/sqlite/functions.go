package sqlite

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/conflictmap/conflictmap/geo"
)

// placeMeets is the SQL function place_meets: whether a place's geometry and a
// box share a point, borders included. Shape is WKB, or empty for a place of
// which only the point is known. The box must not cross the antimeridian.
func placeMeets(lon, lat float64, shape []byte, west, south, east, north float64) (bool, error) {
	box := orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
	if len(shape) == 0 {
		return box.Contains(orb.Point{lon, lat}), nil
	}
	g, err := wkb.Unmarshal(shape)
	if err != nil {
		return false, fmt.Errorf("shape: %w", err)
	}
	return geo.Meets(g, box), nil
}
