package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// idsInPackage reads the ids of all features of a collection in a GeoPackage
// with GDAL: one table for each kind of geometry and one for none.
func idsInPackage(t *testing.T, ogr2ogr, path, collection string, args ...string) []string {
	t.Helper()
	listed, err := exec.Command("ogrinfo", "-ro", "-q", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, listed)
	}
	var ids []string
	for _, suffix := range []string{"", "_lines", "_areas", "_without_position"} {
		if !strings.Contains(string(listed), ": "+collection+suffix+" (") && !strings.HasSuffix(string(listed), ": "+collection+suffix+"\n") {
			continue
		}
		out, err := exec.Command(ogr2ogr, append([]string{"-f", "GeoJSON", "/vsistdout/", path, collection + suffix}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		var c collectionOfIDs
		if err := json.Unmarshal(out, &c); err != nil {
			t.Fatalf("%v in %.200s", err, out)
		}
		for _, f := range c.Features {
			ids = append(ids, f.Properties.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

type collectionOfIDs struct {
	Features []struct{ Properties struct{ ID string } }
}

// The same features come out of the server and the command line, whatever the format.
func TestGeoPackageHoldsWhatGeoJSONHolds(t *testing.T) {
	geotest.Tool(t, "ogrinfo")
	ogr2ogr := geotest.Tool(t, "ogr2ogr")
	db := realArticles(t)
	url := serve(t, "--db", db)
	for _, collection := range []string{"events", "mentions", "places"} {
		for _, filter := range []string{"", "country=az&datetime=2020-09-27"} {
			var want []string
			for _, f := range getLayer(t, url+"layers/"+collection+".geojson?"+filter).Features {
				want = append(want, f.ID)
			}
			slices.Sort(want)
			if len(want) == 0 {
				t.Fatalf("%s?%s selects nothing", collection, filter)
			}
			served := filepath.Join(t.TempDir(), "served.gpkg")
			resp, body := get(t, url+"layers/"+collection+".gpkg?"+filter)
			if resp.StatusCode != 200 {
				t.Fatalf("%s", body)
			}
			if err := os.WriteFile(served, body, 0o644); err != nil {
				t.Fatal(err)
			}
			exported := filepath.Join(t.TempDir(), "exported.gpkg")
			args := []string{"export", "--db", db, "--format", "gpkg", "-o", exported}
			for part := range strings.SplitSeq(filter, "&") {
				if part != "" {
					args = append(args, "--"+part)
				}
			}
			mustRun(t, append(args, collection)...)
			for _, path := range []string{served, exported} {
				if got := idsInPackage(t, ogr2ogr, path, collection); !slices.Equal(got, want) {
					t.Errorf("%s?%s: %s holds %q, GeoJSON %q", collection, filter, filepath.Base(path), got, want)
				}
			}
		}
	}
}

func TestGDALFiltersGeoPackage(t *testing.T) {
	geotest.Tool(t, "ogrinfo")
	ogr2ogr := geotest.Tool(t, "ogr2ogr")
	path := filepath.Join(t.TempDir(), "events.gpkg")
	db := realArticles(t)
	mustRun(t, "export", "--db", db, "--format", "gpkg", "-o", path, "events")
	all := getLayer(t, serve(t, "--db", db)+"layers/events.geojson")
	var want []string
	for _, f := range all.Features {
		if from, _ := f.Properties["from"].(string); f.Properties["event"] == "explosion" && from >= "2020-09-27" && from <= "2020-09-30" {
			want = append(want, f.ID)
		}
	}
	slices.Sort(want)
	got := idsInPackage(t, ogr2ogr, path, "events", "-where", `event = 'explosion' AND "from" BETWEEN '2020-09-27' AND '2020-09-30'`)
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("GDAL selects %q, want %q", got, want)
	}
}
