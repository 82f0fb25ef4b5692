package sqlite_test

import (
	"bytes"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/sqlite"
)

// TestUpgradeIndexesWords opens a store from before there was an index of words. It is
// told how far the work is, and whatever is stored before and afterwards is found.
func TestUpgradeIndexesWords(t *testing.T) {
	const articles, each = 8000, 10 // more mentions than one step takes
	path := filepath.Join(t.TempDir(), "old.db")
	db, c := openAt(t, path), newCorpus(50)
	if _, err := db.PutAll(t.Context(), func(yield func(geo.Article, []geo.Mention) bool) {
		for i := 0; i < articles && yield(c.article(i, each)); i++ {
		}
	}); err != nil {
		t.Fatal(err)
	}
	want := slices.Collect(keysOf(t, db, "7 cellars"))
	execute(t, path, `DROP TABLE word_run; ALTER TABLE meta DROP COLUMN words_upto; PRAGMA user_version = 4`)

	var notices [][2]int
	db, err := sqlite.Open(t.Context(), path, sqlite.WithNotice(func(done, total int) { notices = append(notices, [2]int{done, total}) }))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := articles * each; !reflect.DeepEqual(notices, [][2]int{{0, n}, {1 << 16, n}, {n, n}}) {
		t.Errorf("notices %v", notices)
	}
	if len(want) == 0 || len(want) > articles*each/10 {
		t.Errorf("%d mentions hold the words", len(want))
	}
	if got := slices.Collect(keysOf(t, db, "7 cellars")); !slices.Equal(got, want) {
		t.Errorf("%d mentions hold the words, %d did before", len(got), len(want))
	}
	a, ms := c.article(articles, each)
	ms[0].Sentence = "Place 7 has cellars."
	if _, err := db.Put(t.Context(), a, ms[:1]); err != nil {
		t.Fatal(err)
	}
	if got := slices.Collect(keysOf(t, db, "7 cellars")); len(got) != len(want)+1 {
		t.Errorf("%d mentions hold the words after one more, %d before", len(got), len(want))
	}
}

func keysOf(t *testing.T, db *sqlite.DB, words string) func(func(int64) bool) {
	return func(yield func(int64) bool) {
		for key, err := range db.Holding(t.Context(), words) {
			if err != nil {
				t.Fatal(err)
			}
			if !yield(key) {
				return
			}
		}
	}
}

// TestRemovedByHand removes the newest article, which this program never does: its
// mentions are not found, and what is stored in their stead has words of its own.
func TestRemovedByHand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	db := openAt(t, path)
	db.IndexAtOnce()
	put := func(id, sentence string) {
		t.Helper()
		m := geo.Mention{Article: id, End: 4, Name: "Name", Sentence: sentence, Role: geo.Setting}
		if added, err := db.Put(t.Context(), geo.Article{ID: id, Text: sentence}, []geo.Mention{m}); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	put("kept", "Rockets hit Name.")
	put("removed", "Shells hit Name.")
	execute(t, path, `PRAGMA foreign_keys = 1; DELETE FROM article WHERE id = 'removed'`)
	put("new", "Fire reached Name.")
	put("removed", "Bombs hit Name.")
	for words, want := range map[string][]string{"hit": {"kept:0", "removed:0"}, "shells": nil, "bombs": {"removed:0"}, "fire": {"new:0"}, "name": {"kept:0", "new:0", "removed:0"}} {
		var got []string
		for r, err := range openSnapshot(t, db).Mentions(t.Context(), geo.Filter{Query: words}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r.ID())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q selects %q, want %q", words, got, want)
		}
	}
}

func TestDamagedRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "damaged.db")
	db, c := openAt(t, path), newCorpus(1)
	db.IndexAtOnce()
	a, ms := c.article(0, 3)
	if _, err := db.Put(t.Context(), a, ms); err != nil {
		t.Fatal(err)
	}
	execute(t, path, `UPDATE word_run SET more = x'80' WHERE word = 'shelled'`)
	for _, err := range db.Holding(t.Context(), "shelled") {
		if err != nil && !strings.Contains(err.Error(), `"shelled"`) {
			t.Errorf("error %v", err)
		}
	}
	failed := false
	for _, err := range openSnapshot(t, db).Mentions(t.Context(), geo.Filter{Query: "overnight shelled"}) {
		failed = err != nil && strings.Contains(err.Error(), `"shelled"`)
	}
	if !failed {
		t.Error("no error that names the word")
	}
}

func TestInAll(t *testing.T) {
	var odd, sparse, far []int64
	for i := range int64(1000) {
		odd, sparse = append(odd, 2*i+1), append(sparse, 300*i+1)
		far = append(far, 1<<40+i*i*i)
	}
	intersect := func(a, b []int64) (both []int64) {
		for _, key := range a {
			if slices.Contains(b, key) {
				both = append(both, key)
			}
		}
		return both
	}
	for _, n := range []int{1, 2, 7, 100, 5000} {
		for name, c := range map[string]struct{ got, want []int64 }{
			"one":        {sqlite.InAll(n, far), far},
			"two":        {sqlite.InAll(n, odd, sparse), intersect(odd, sparse)},
			"the others": {sqlite.InAll(n, sparse, odd), intersect(odd, sparse)},
			"the same":   {sqlite.InAll(n, odd, odd, odd), odd},
			"none":       {sqlite.InAll(n, odd, far), nil},
			"empty":      {sqlite.InAll(n, odd, nil), nil},
		} {
			if !slices.Equal(c.got, c.want) {
				t.Errorf("%s by %d: %d keys, want %d", name, n, len(c.got), len(c.want))
			}
		}
	}
}

// FuzzRuns reads any bytes as runs: the keys ascend or there is an error, and each byte
// is looked at once.
func FuzzRuns(f *testing.F) {
	f.Add(int64(1), []byte{1, 1, 5}, int64(10), []byte{0x80, 1})
	f.Add(int64(1), bytes.Repeat([]byte{0xff}, 12), int64(2), []byte{0})
	f.Add(int64(-5), []byte{3}, int64(-9), []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Add(int64(0), []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, int64(1), []byte{})
	f.Fuzz(func(t *testing.T, first int64, more []byte, second int64, rest []byte) {
		keys, err := sqlite.FuzzedRuns([]int64{first, second}, [][]byte{more, rest})
		if len(keys) > 2+len(more)+len(rest) || !slices.IsSorted(keys) || len(keys) > 0 && keys[0] < 1 {
			t.Errorf("keys %d, %v", keys, err)
		}
	})
}

// FuzzWordsByPieces: the words of a sentence are those of its pieces.
func FuzzWordsByPieces(f *testing.F) {
	for _, s := range []string{"Şuşa’s neighbour was shelled; the U.S. reacted.", " & a&b  &c ", "e \u0301é", "a \u200d b", "한 국 ﷺ \xff ½", "ﬃ K . '"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sentence string) {
		if got, want := sqlite.WordsByPieces(sentence), geo.SentenceWords(sentence); !slices.Equal(got, want) {
			t.Errorf("%q by pieces: %q, want %q", sentence, got, want)
		}
	})
}
