package sqlite_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/conflictmap/conflictmap/geo/sqlite"
)

func TestSecret(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	secret := func(path, purpose string) []byte {
		t.Helper()
		db, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		s, err := db.Secret(t.Context(), purpose)
		if err != nil || len(s) != 32 {
			t.Fatalf("%d bytes, %v", len(s), err)
		}
		return s
	}
	first := secret(path, "cursors")
	if !bytes.Equal(first, secret(path, "cursors")) {
		t.Error("the secret changes when the store is opened again")
	}
	if bytes.Equal(first, secret(path, "tokens")) || bytes.Equal(first, secret(filepath.Join(t.TempDir(), "b.db"), "cursors")) {
		t.Error("another purpose or store has the same secret")
	}
}
