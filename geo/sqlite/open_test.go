package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/sqlite"
)

func TestOpenAnyPath(t *testing.T) {
	for _, name := range []string{
		"plain.db", "with space.db", "what?.db", "a?mode=memory", "100%.db", "%41.db", "100%zz", "a#b.db", "a&b=c;d.db", "ərmən İ.db", "'quoted\".db", ":memory:", "file:x.db", "-", "a:b",
		"semi;colon", "back\\slash", "new\nline", "plus+plus",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			for open := range 2 { // once to create it, once to find it again
				db, err := sqlite.Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				added, err := db.Put(t.Context(), geo.Article{ID: "a"}, nil)
				if err != nil || added != (open == 0) {
					t.Errorf("open %d: added %t, %v", open, added, err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 1 || entries[0].Name() != name {
				t.Errorf("the folder holds %v, %v; want only %q", entries, err, name)
			}
		})
	}
}

func TestOpenRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	openAt(t, "relative.db")
	if _, err := os.Stat("relative.db"); err != nil {
		t.Error(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(t *testing.T, path string)
		want    string
	}{
		{"text file", func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("Not a database.\n"), 100)) }, "not an SQLite database"},
		{"short file", func(t *testing.T, path string) { write(t, path, []byte("x")) }, "not an SQLite database"},
		{"directory", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}, "is a directory"},
		{"another program's", func(t *testing.T, path string) { execute(t, path, `CREATE TABLE t (x)`) }, "another program"},
		{"another program's, marked", func(t *testing.T, path string) { execute(t, path, `PRAGMA application_id = 0x47504b47`) }, "0x47504b47"},
		{"another program's, with a log", func(t *testing.T, path string) { execute(t, path, `PRAGMA journal_mode = WAL; CREATE TABLE t (x)`) }, "another program"},
		{"newer schema", func(t *testing.T, path string) {
			openAndClose(t, path)
			execute(t, path, `PRAGMA user_version = 1000`)
		}, "newer version"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "some.db")
			c.prepare(t, path)
			before := content(t, path)
			db, err := sqlite.Open(t.Context(), path)
			if err == nil {
				db.Close()
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want one with %q and the path", err, c.want)
			}
			if after := content(t, path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
				t.Errorf("left behind: %v, %v", entries, err)
			}
		})
	}
	for path, want := range map[string]string{"": "path is empty", "a\x00b": "NUL", filepath.Join(t.TempDir(), "no", "such.db"): "no such file or directory"} {
		if _, err := sqlite.Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("path %q: error %v, want one with %q", path, err, want)
		}
	}
}

func TestOpenTakesEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.db")
	write(t, path, nil)
	openAt(t, path)
	// And one that got no further than its header.
	path = filepath.Join(t.TempDir(), "begun.db")
	execute(t, path, `PRAGMA journal_mode = WAL`)
	openAt(t, path)
}

func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			db, err := sqlite.Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := db.Put(t.Context(), geo.Article{ID: fmt.Sprint("a", i)}, nil); err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := count(t, openSnapshot(t, openAt(t, path)).Mentions(t.Context(), geo.Filter{})); n != 0 {
		t.Errorf("%d mentions", n)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "store.db"))
	if err := openSnapshot(t, db).Exec(t.Context(), `DELETE FROM article`); err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("error %v", err)
	}
}

func TestSettings(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "store.db"))
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1", "busy_timeout": "60000", "application_id": "1668112752", "user_version": "5",
	} {
		if got, err := db.WriterPragma(t.Context(), pragma); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
		}
	}
}

func TestSnapshotWaitsNoLongerThanItsContext(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "store.db"))
	for range sqlite.MaxReaders {
		openSnapshot(t, db)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := db.Snapshot(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestClosedSnapshot(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "store.db"))
	s, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second has nothing to do
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, err := range s.Mentions(t.Context(), geo.Filter{}) {
		if err == nil {
			t.Error("a closed snapshot yields mentions")
		}
	}
}

func TestPlacesAreDecodedOnce(t *testing.T) {
	db, c := openAt(t, filepath.Join(t.TempDir(), "store.db")), newCorpus(1)
	a, ms := c.article(0, 3)
	if _, err := db.Put(t.Context(), a, ms); err != nil {
		t.Fatal(err)
	}
	s := openSnapshot(t, db)
	for p, err := range s.Places(t.Context(), geo.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for m, err := range s.Mentions(t.Context(), geo.Filter{}) {
			if err != nil || m.Place != p.Place {
				t.Errorf("mention %s has a place of its own, %v", m.ID(), err)
			}
		}
	}
}

func TestQueryOfTooManyWords(t *testing.T) {
	s := openSnapshot(t, openAt(t, filepath.Join(t.TempDir(), "store.db")))
	for _, err := range s.Events(t.Context(), geo.Filter{Query: strings.Repeat("word ", 1000)}) {
		if err == nil || !strings.Contains(err.Error(), "1000 words") {
			t.Errorf("error %v", err)
		}
	}
}

// TestDamagedRows puts into the file what Put wouldn't: reading it is an error
// that names the row, whatever was asked for.
func TestDamagedRows(t *testing.T) {
	for statement, want := range map[string]string{
		`UPDATE place SET shape = x'0102000000ffffffff'`: "shape",
		`UPDATE place SET shape = x'00'`:                 "shape",
		`UPDATE place SET names = '{}'`:                  "names",
		`UPDATE place SET external = '[]'`:               "external ids",
		`UPDATE mention SET reasons = '[1]'`:             "reasons",
		`UPDATE mention SET runners_up = '{"a": 1}'`:     "runners-up",
		`UPDATE mention SET (role, event, deaths_low, deaths_high, deaths_open, deaths_words) = ('site', 'riot', 1, 1, 0, '[1]')`: "deaths",
	} {
		path := filepath.Join(t.TempDir(), "damaged.db")
		db, c := openAt(t, path), newCorpus(1)
		a, ms := c.article(0, 3)
		if _, err := db.Put(t.Context(), a, ms); err != nil {
			t.Fatal(err)
		}
		execute(t, path, statement)
		s := openSnapshot(t, db)
		if _, _, err := s.Article(t.Context(), a.ID); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("after %s: error %v, want one with %q", statement, err, want)
		}
		if !strings.Contains(statement, "shape") {
			continue
		}
		world := geo.Filter{BBox: &geo.BBox{West: -180, South: -90, East: 180, North: 90}}
		for _, err := range s.Places(t.Context(), world) {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("after %s: by box: error %v, want one with %q", statement, err, want)
			}
		}
	}
}

func openSnapshot(t *testing.T, db *sqlite.DB) *sqlite.Snapshot {
	t.Helper()
	s, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func openAndClose(t *testing.T, path string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// content is the file's content, nil for a directory.
func content(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return b
}

// execute runs statements on the file behind the package's back.
func execute(t *testing.T, path, statements string) {
	t.Helper()
	raw := rawOpen(t, path)
	if _, err := raw.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
}
