package layer_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// GDAL guesses a column's type from its values: one that is no full date would
// make the column text.
func TestGDALReadsDatesAsDates(t *testing.T) {
	ogrinfo := geotest.Tool(t, "ogrinfo")
	for name, want := range map[string][]string{
		layer.EventCollection:   {"from: Date ", "to: Date ", "published: Date ", "mentions: Integer ", "claimants: StringList ", "deaths_low: Integer ", "deaths_words: StringList "},
		layer.MentionCollection: {"from: Date ", "to: Date ", "published: Date ", "demonym: Integer(Boolean) ", "reasons: StringList "},
		layer.PlaceCollection:   {"first: Date ", "last: Date ", "population: Integer "},
	} {
		path := filepath.Join(t.TempDir(), "layer.geojson")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := layer.WriteGeoJSON(file, meta(name), collections()[name]); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(ogrinfo, "-so", path, name).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		for _, column := range want {
			if !strings.Contains(string(out), "\n"+column) {
				t.Errorf("%s: GDAL finds no column %q:\n%s", name, column, out)
			}
		}
	}
}
