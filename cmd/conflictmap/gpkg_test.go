package main

import (
	"database/sql"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// tablesOf lists the tables of a collection in a GeoPackage: one for each kind of
// geometry, and one for none.
func tablesOf(t *testing.T, db *sql.DB, collection string) []string {
	t.Helper()
	return column(t, db, `SELECT table_name FROM gpkg_contents WHERE table_name = ?1 OR table_name LIKE ?1 || '\_%' ESCAPE '\'`, collection)
}

func column(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func openPackage(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// idsIn reads the ids of all features of a collection in a GeoPackage.
func idsIn(t *testing.T, path, collection string) []string {
	t.Helper()
	db := openPackage(t, path)
	var ids []string
	for _, table := range tablesOf(t, db, collection) {
		ids = append(ids, column(t, db, `SELECT id FROM "`+table+`"`)...)
	}
	slices.Sort(ids)
	return ids
}

// The same features come out of the server and the command line, whatever the format.
func TestGeoPackageHoldsWhatGeoJSONHolds(t *testing.T) {
	db := realArticles(t)
	base := serve(t, "--db", db)
	for collection, condition := range map[string]string{
		"events":   `event = 'explosion' AND "from" >= DATE('2020-09-01')`,
		"mentions": "CASEI(name) LIKE CASEI('s%') OR deaths_low IS NOT NULL",
		"places":   "mentions > 1 AND kind IN ('settlement', 'region')",
	} {
		for _, filter := range []url.Values{nil, {"country": {"az"}, "datetime": {"2020-09-27"}}, {"filter": {condition}}} {
			query := "?" + filter.Encode()
			var want []string
			for _, f := range getLayer(t, base+"layers/"+collection+".geojson"+query).Features {
				want = append(want, f.ID)
			}
			slices.Sort(want)
			if len(want) == 0 {
				t.Fatalf("%s%s selects nothing", collection, query)
			}
			served := filepath.Join(t.TempDir(), "served.gpkg")
			resp, body := get(t, base+"layers/"+collection+".gpkg"+query)
			if resp.StatusCode != 200 {
				t.Fatalf("%s", body)
			}
			if err := os.WriteFile(served, body, 0o644); err != nil {
				t.Fatal(err)
			}
			exported := filepath.Join(t.TempDir(), "exported.gpkg")
			args := []string{"export", "--db", db, "--format", "gpkg", "-o", exported}
			for name, values := range filter {
				args = append(args, "--"+name+"="+values[0])
			}
			mustRun(t, append(args, collection)...)
			for _, path := range []string{served, exported} {
				if got := idsIn(t, path, collection); !slices.Equal(got, want) {
					t.Errorf("%s%s: %s holds %q, GeoJSON %q", collection, query, filepath.Base(path), got, want)
				}
			}
		}
	}
}

func TestGDALFiltersGeoPackage(t *testing.T) {
	ogr2ogr := geotest.Tool(t, "ogr2ogr")
	path := filepath.Join(t.TempDir(), "events.gpkg")
	db := realArticles(t)
	mustRun(t, "export", "--db", db, "--format", "gpkg", "-o", path, "events")
	var want, got []string
	for _, f := range getLayer(t, serve(t, "--db", db)+"layers/events.geojson").Features {
		if from, _ := f.Properties["from"].(string); f.Properties["event"] == "explosion" && from >= "2020-09-27" && from <= "2020-09-30" {
			want = append(want, f.ID)
		}
	}
	for _, table := range tablesOf(t, openPackage(t, path), "events") {
		out, err := exec.Command(ogr2ogr, "-f", "CSV", "/vsistdout/", path, table, "-select", "id",
			"-where", `event = 'explosion' AND "from" BETWEEN '2020-09-27' AND '2020-09-30'`).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if lines := strings.Fields(string(out)); len(lines) > 0 { // GDAL writes no header before a feature
			got = append(got, lines[1:]...)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("GDAL selects %q, want %q", got, want)
	}
}
