package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/conflictmap/conflictmap/geo/sqlite"
	"github.com/conflictmap/conflictmap/geo/storetest"
)

// conforming is a DB as the suite wants it.
type conforming struct{ *sqlite.DB }

func (c conforming) Snapshot(ctx context.Context) (storetest.Snapshot, error) {
	s, err := c.DB.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store {
		return conforming{openAt(t, filepath.Join(t.TempDir(), "store.db"))}
	})
}
