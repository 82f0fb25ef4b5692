package sqlite

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/conflictmap/conflictmap/geo"
)

// offsetGeometry encodes where the text puts what a mention tells of, if not at
// its place; nil stands for that.
func offsetGeometry(m *geo.Mention) (any, error) {
	switch g := m.Geometry.(type) {
	case nil:
		return nil, nil
	case orb.Point, orb.LineString:
		if b := g.Bound(); !(b.Min.Lon() >= -180 && b.Max.Lon() <= 180 && b.Min.Lat() >= -90 && b.Max.Lat() <= 90) {
			return nil, fmt.Errorf("its geometry %v is not on the globe", g)
		}
		return wkb.Marshal(g)
	default:
		return nil, fmt.Errorf("its geometry is a %s, not a point or a line", g.GeoJSONType())
	}
}

// decodeOffset reads the geometry of a mention; none is nil.
func decodeOffset(m *geo.Mention, geometry []byte) error {
	if geometry == nil {
		return nil
	}
	var err error
	if m.Geometry, err = wkb.Unmarshal(geometry); err != nil {
		return fmt.Errorf("geometry of mention %s: %w", m.ID(), err)
	}
	return nil
}
