package seeds_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/ingest"
	"github.com/conflictmap/conflictmap/seeds"
)

func TestEveryDispatchIsComplete(t *testing.T) {
	names, err := fs.Glob(seeds.FS(), "*")
	if err != nil || len(names) < 6 {
		t.Fatalf("%d dispatches, error %v; want six or more", len(names), err)
	}
	var days []string
	for d, err := range ingest.ReadFS(ingest.Options{}, seeds.FS()) {
		if err != nil {
			t.Fatal(err)
		}
		a := d.Article
		if a.Title == "" || a.Source != "Sample dispatch" || !strings.HasPrefix(d.Where, a.Published.String()+"-") {
			t.Errorf("%s: title %q, source %q, published %s", d.Where, a.Title, a.Source, a.Published)
		}
		days = append(days, a.Published.String())
	}
	if len(days) != len(names) {
		t.Errorf("read %d dispatches of %d", len(days), len(names))
	}
	if !slices.IsSorted(days) || len(slices.Compact(days)) < 5 {
		t.Errorf("the dispatches are of the days %v, want five or more in order", days)
	}
}
