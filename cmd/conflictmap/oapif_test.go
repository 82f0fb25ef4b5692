package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/geo/sqlite"
	"github.com/conflictmap/conflictmap/geo/synth"
)

// These tests open the OGC API in the programs that people use, with more
// mentions than one page has: what QGIS and GDAL see must be what is stored.

// manyMentions stores made-up articles and returns the database file.
func manyMentions(t *testing.T) string {
	t.Helper()
	return madeUp(t, synth.Options{Seed: 7, Mentions: 2500, Places: 150})
}

// madeUp stores made-up articles.
func madeUp(t *testing.T, o synth.Options) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "many.db")
	db, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.PutAll(t.Context(), synth.Articles(o)); err != nil {
		t.Fatal(err)
	}
	return file
}

// stored lists the ids and geometries of what the store selects by itself.
func stored(t *testing.T, file, collection string, f geo.Filter, keep func(layer.Feature) bool) []string {
	t.Helper()
	s, done := snapshotOf(t, file)
	defer done()
	var ids []string
	ctx := t.Context()
	for feature, err := range (layer.Options{}).Of(collection, s.Events(ctx, f), s.Mentions(ctx, f), s.Places(ctx, f)) {
		if err != nil {
			t.Fatal(err)
		}
		if keep == nil || keep(feature) {
			ids = append(ids, feature.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func day(t *testing.T, s string) geo.Day {
	t.Helper()
	d, err := geo.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func drawn(f layer.Feature) bool { return f.Geometry != nil }

func undated(f layer.Feature) bool {
	return slices.ContainsFunc(f.Properties, func(p layer.Property) bool { return p.Name == "from" && p.Value == geo.Day(0) })
}

// certainBattle is what the attribute filters of the tests ask for.
func certainBattle(f layer.Feature) bool {
	var battle, certain bool
	for _, p := range f.Properties {
		switch p.Name {
		case "event":
			battle = p.Value == "battle"
		case "confidence":
			n, _ := p.Value.(float64)
			certain = n >= 0.7
		}
	}
	return battle && certain
}

// oapifLayer is what testdata/qgis_oapif.py prints of a collection.
type oapifLayer struct {
	Valid  bool
	Error  string
	Count  int
	CRS    string
	Fields map[string]string
	IDs    []string
	InBox  []string `json:"in_box"`
	Where  []string
	During []string
}

func TestQGISReadsTheAPI(t *testing.T) {
	file := manyMentions(t)
	url := serve(t, "--db", file)
	box := geo.BBox{West: 20, South: 0, East: 60, North: 45}
	args := append([]string{"testdata/qgis_oapif.py", url + "api"}, strings.Split(box.String(), ",")...)
	var got map[string]oapifLayer
	runInQGIS(t, &got, append(args, `"event" = 'battle' AND "confidence" >= 0.7`, "2022-03-01", "2022-03-07")...)
	for _, collection := range layer.Collections() {
		l := got[collection]
		if !l.Valid {
			t.Errorf("QGIS doesn't load %s: %s", collection, l.Error)
			continue
		}
		all := stored(t, file, collection, geo.Filter{}, nil)
		sameIDs(t, collection, l.IDs, all)
		if l.Count != len(all) || l.CRS != "EPSG:4326" && l.CRS != "OGC:CRS84" {
			t.Errorf("%s: QGIS counts %d in %s, want %d", collection, l.Count, l.CRS, len(all))
		}
		sameIDs(t, collection+" in a box", l.InBox, stored(t, file, collection, geo.Filter{BBox: &box}, drawn))
		for field, kind := range l.Fields {
			if slices.Contains([]string{"from", "to", "published", "first", "last"}, field) && kind != "Date" {
				t.Errorf("%s.%s is a %s for QGIS", collection, field, kind)
			}
		}
		if collection != layer.PlaceCollection { // a place's days are those of all its events
			week := geo.Filter{Datetime: geo.Interval{From: day(t, "2022-03-01"), To: day(t, "2022-03-07")}}
			// QGIS shows what has no day at all times.
			want := append(stored(t, file, collection, week, nil), stored(t, file, collection, geo.Filter{}, undated)...)
			slices.Sort(want)
			sameIDs(t, collection+" of a week", l.During, want)
			sameIDs(t, collection+" by attributes", l.Where, stored(t, file, collection, geo.Filter{}, certainBattle))
		}
	}
}

// shapedLayer is what testdata/qgis_shapes.py prints of a collection.
type shapedLayer struct {
	Valid    bool
	Geometry string
	IDs      []string
	Undrawn  int // features of another type of geometry than the layer's
	Apart    int // of the first twelve features, those that are drawn where they are
	Painted  int // pixels that are not background
}

// QGIS gives a layer the type of geometry of its first feature and draws no other
// one. The first event of the real articles is an area.
func TestQGISDrawsEachTypeOfGeometry(t *testing.T) {
	file := realArticles(t)
	url := serve(t, "--db", file)
	kinds := map[string][]string{"points": {"Point"}, "lines": {"LineString", "MultiLineString"}, "areas": {"Polygon", "MultiPolygon"}}
	args := []string{"testdata/qgis_shapes.py", url + "api", layer.EventCollection}
	for kind := range kinds {
		args = append(args, layer.EventCollection+"-"+kind, layer.MentionCollection+"-"+kind)
	}
	var got map[string]shapedLayer
	runInQGIS(t, &got, args...)
	if whole := got[layer.EventCollection]; !whole.Valid || whole.Undrawn == 0 || !slices.Contains(kinds["areas"], whole.Geometry) {
		t.Errorf("events are %s for QGIS, which draws all but %d: the first event was to be an area", whole.Geometry, whole.Undrawn)
	}
	for _, collection := range []string{layer.EventCollection, layer.MentionCollection} {
		for kind, names := range kinds {
			id := collection + "-" + kind
			l := got[id]
			want := stored(t, file, collection, geo.Filter{}, func(f layer.Feature) bool {
				return f.Geometry != nil && slices.Contains(names, f.Geometry.GeoJSONType())
			})
			sameIDs(t, id, l.IDs, want)
			if !l.Valid || l.Undrawn != 0 || !slices.Contains(names, l.Geometry) {
				t.Errorf("%s: valid %t, of type %s, %d features undrawn", id, l.Valid, l.Geometry, l.Undrawn)
			}
			if l.Painted == 0 || l.Apart != min(12, len(want)) {
				t.Errorf("%s: %d pixels painted, %d of %d features seen where they are", id, l.Painted, l.Apart, len(want))
			}
		}
	}
}

func sameIDs(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(want) == 0 {
		t.Errorf("%s: the test expects nothing, it shows nothing", what)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: the client has %d features, the store %d", what, len(got), len(want))
	}
}

func TestGDALReadsTheAPI(t *testing.T) {
	ogr2ogr := geotest.Tool(t, "ogr2ogr")
	file := manyMentions(t)
	source := "OAPIF:" + serve(t, "--db", file) + "api"
	for _, collection := range layer.Collections() {
		sameIDs(t, collection, idsByGDAL(t, ogr2ogr, source, collection), stored(t, file, collection, geo.Filter{}, nil))
		box := geo.BBox{West: -20, South: 5, East: 48, North: 50}
		sameIDs(t, collection+" in a box",
			idsByGDAL(t, ogr2ogr, source, collection, "-spat", "-20", "5", "48", "50"), stored(t, file, collection, geo.Filter{BBox: &box}, drawn))
	}
	for _, collection := range []string{layer.EventCollection, layer.MentionCollection} {
		sameIDs(t, collection+" by -where",
			idsByGDAL(t, ogr2ogr, source, collection, "-where", "event = 'battle' AND confidence >= 0.7"), stored(t, file, collection, geo.Filter{}, certainBattle))
	}
}

// idsByGDAL lists the ids of a layer's features as ogr2ogr reads them.
func idsByGDAL(t *testing.T, ogr2ogr, source, name string, options ...string) []string {
	t.Helper()
	args := append([]string{"-f", "GeoJSON", "/vsistdout/", source, name}, options...)
	var errs strings.Builder
	cmd := exec.Command(ogr2ogr, args...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, errs.String())
	}
	var collection struct {
		Features []struct {
			Properties struct{ ID string }
			Geometry   *struct{ Type string }
		}
	}
	if err := json.Unmarshal(out, &collection); err != nil {
		t.Fatalf("%s: %v in %.200s", cmd, err, out)
	}
	var ids []string
	for _, f := range collection.Features {
		ids = append(ids, f.Properties.ID)
	}
	slices.Sort(ids)
	return ids
}

// kitLayer is what testdata/qgis_kit.py prints of a layer.
type kitLayer struct {
	Name       string
	Valid      bool
	Features   int
	Geometry   string
	Categories []string
	Start, End string // the fields of the temporal properties, empty unless they are active
	Painted    int    // pixels that are not background
}

func TestQGISOpensTheKit(t *testing.T) {
	file := realArticles(t)
	url := serve(t, "--db", file)
	dir := t.TempDir()
	for _, name := range []string{"conflictmap.qgs", "conflictmap.qlr"} {
		_, body := get(t, url+"qgis/"+name+"?datetime=2020-09-27/2020-09-28")
		saved := filepath.Join(dir, name)
		if err := os.WriteFile(saved, body, 0o600); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Read       bool
			Begin, End string
			Layers     []kitLayer
		}
		runInQGIS(t, &got, "testdata/qgis_kit.py", saved)
		if !got.Read {
			t.Fatalf("QGIS doesn't read %s", name)
		}
		if name == "conflictmap.qgs" && (got.Begin != "2020-09-27" || got.End != "2020-09-28") { // the end of the last day with an event
			t.Errorf("the temporal controller runs from %s to %s", got.Begin, got.End)
		}
		want := map[string]int{}
		first := day(t, "2020-09-27")
		stored(t, file, layer.EventCollection, geo.Filter{Datetime: geo.Interval{From: first, To: first + 1}}, func(f layer.Feature) bool {
			switch f.Geometry.(type) {
			case orb.Point:
				want["Point"]++
			case orb.LineString, orb.MultiLineString:
				want["Line"]++
			case orb.Polygon, orb.MultiPolygon:
				want["Polygon"]++
			}
			return true
		})
		for _, l := range got.Layers {
			if strings.HasPrefix(l.Name, "Countries") {
				continue
			}
			if !l.Valid || l.Features != want[l.Geometry] {
				t.Errorf("%s: %s is valid %t with %d features, want %d", name, l.Name, l.Valid, l.Features, want[l.Geometry])
			}
			if len(l.Categories) != len(geo.EventTypes()) || l.Start != "from" || l.End != "to" {
				t.Errorf("%s: %s has the categories %q and the days %q to %q", name, l.Name, l.Categories, l.Start, l.End)
			}
			if l.Painted == 0 {
				t.Errorf("%s: %s is not drawn", name, l.Name)
			}
			delete(want, l.Geometry)
		}
		if len(want) > 0 {
			t.Errorf("%s lacks layers of %v", name, want)
		}
	}
}

// runInQGIS runs a script of testdata and decodes what it prints.
func runInQGIS(t *testing.T, into any, args ...string) {
	t.Helper()
	out := outputOfQGIS(t, args...)
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(fmt.Errorf("%s: %w in %.300q", args[0], err, out))
	}
}
