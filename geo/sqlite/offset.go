package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/conflictmap/conflictmap/geo"
)

// putOffset adds to a stored mention where the text puts it, if not at its place.
func putOffset(ctx context.Context, tx *sql.Tx, article int64, m *geo.Mention) error {
	if m.Geometry == nil && m.Offset == "" {
		return nil
	}
	if err := plain(m.Offset); err != nil {
		return err
	}
	var geometry []byte
	switch g := m.Geometry.(type) {
	case nil:
	case orb.Point, orb.LineString:
		if b := g.Bound(); !(b.Min.Lon() >= -180 && b.Max.Lon() <= 180 && b.Min.Lat() >= -90 && b.Max.Lat() <= 90) {
			return fmt.Errorf("its geometry %v is not on the globe", g)
		}
		var err error
		if geometry, err = wkb.Marshal(g); err != nil {
			return err
		}
	default:
		return fmt.Errorf("its geometry is a %s, not a point or a line", g.GeoJSONType())
	}
	_, err := tx.ExecContext(ctx, `UPDATE mention SET geometry = ?, offset_words = ? WHERE article = ? AND name_start = ?`,
		geometry, m.Offset, article, m.Start)
	return err
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
