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

// TestStoreIndexedAtOnce is TestStore with all words in the index; small stores have
// none there else.
func TestStoreIndexedAtOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store {
		db := openAt(t, filepath.Join(t.TempDir(), "store.db"))
		db.IndexAtOnce()
		return conforming{db}
	})
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store {
		return conforming{openAt(t, filepath.Join(t.TempDir(), "store.db"))}
	})
}
