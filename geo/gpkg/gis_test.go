package gpkg_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

func TestGDALReadsTypesAndFilters(t *testing.T) {
	ogrinfo, ogr2ogr := geotest.Tool(t, "ogrinfo"), geotest.Tool(t, "ogr2ogr")
	path := create(t, "mentions")
	out, err := exec.Command(ogrinfo, "-ro", "-al", "-so", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"Layer name: mentions\n", "Geometry: Point\n", "Layer name: mentions_lines\n", "Geometry: Multi Line String\n",
		"Layer name: mentions_areas\n", "Geometry: Multi Polygon\n", "Layer name: mentions_without_position\n", "Geometry: None\n",
		"\nfrom: Date (", "\nto: Date (", "\npublished: Date (", "\ndemonym: Integer(Boolean) (", "\nconfidence: Real (",
		"\nreasons: String(JSON) (", "\nevent: String (0.0), domain name=event_codes", "DESCRIPTION=" + meta("mentions").String(),
		`GPKG_METADATA_ITEM_1={"collection":"mentions","filter":"datetime=2020-09-27/..&q=a<b"`,
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("ogrinfo lacks %q:\n%s", want, out)
		}
	}
	if strings.Contains(string(out), "Warning") {
		t.Errorf("GDAL warns:\n%s", out)
	}
	for where, want := range map[string]string{
		`event = 'explosion'`:                                    "a1:0",
		`"from" >= '2020-09-30' AND "to" < '2020-10-02'`:         "a1:3",
		`event IN ('battle','protest') AND confidence > 0.4`:     "a1:1 a1:2",
		`title LIKE '%DROP TABLE%' AND event IS NULL`:            "a1:4",
		`"from" BETWEEN '2020-09-27' AND '2020-09-27' OR fid=99`: "a1:0",
	} {
		out, err := exec.Command(ogr2ogr, "-f", "CSV", "/vsistdout/", path, "mentions", "-select", "id", "-where", where).CombinedOutput()
		lines := strings.Fields(string(out))
		if err != nil || len(lines) == 0 || strings.Join(lines[1:], " ") != want {
			t.Errorf("%s gives %s (%v), want %s", where, out, err, want)
		}
	}
	for spat, want := range map[string]string{"46.7 39.8 46.8 39.9": "Feature Count: 5", "46.8 39.8 46.9 39.9": "Feature Count: 0"} {
		args := append([]string{"-ro", "-so", "-spat"}, strings.Fields(spat)...)
		if out, err := exec.Command(ogrinfo, append(args, path, "mentions")...).CombinedOutput(); err != nil || !strings.Contains(string(out), want) {
			t.Errorf("within %s GDAL finds %s (%v), want %s", spat, out, err, want)
		}
	}
}

// An editor of the file must not leave the spatial index behind.
func TestGDALKeepsTheIndex(t *testing.T) {
	ogrinfo := geotest.Tool(t, "ogrinfo")
	path := create(t, "events")
	for _, statement := range []string{`DELETE FROM events WHERE fid = 1`, `UPDATE events SET fid = 20 WHERE fid = 2`, `UPDATE events SET geom = NULL WHERE fid = 3`} {
		if out, err := exec.Command(ogrinfo, path, "-dialect", "SQLite", "-sql", statement).CombinedOutput(); err != nil || strings.Contains(string(out), "ERROR") {
			t.Fatalf("%s: %v\n%s", statement, err, out)
		}
	}
	if got := query(t, path, `SELECT group_concat(id) FROM (SELECT id FROM rtree_events_geom ORDER BY id)`)[0]; got != "4,5,20" {
		t.Errorf("the index holds %s", got)
	}
}

// qgisLayer is what testdata/qgis_package.py prints of a layer.
type qgisLayer struct {
	Valid, Indexed, Styled, Temporal bool
	Type, Renderer, About            string
	Features                         int
	Fields, Colours                  map[string]string
	Shown                            []int
}

// openInQGIS opens the file without a screen. The distribution's Python has the
// bindings, whatever else is on the PATH.
func openInQGIS(t *testing.T, args ...string) map[string]qgisLayer {
	t.Helper()
	python := "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import qgis.core").Run(); err != nil {
		if geotest.RequireAll() {
			t.Fatalf("%s has no QGIS: %v (apt-get install python3-qgis)", python, err)
		}
		t.Skipf("SKIPPED: %s has no QGIS: %v (apt-get install python3-qgis)", python, err)
	}
	cmd := exec.Command(python, append([]string{"testdata/qgis_package.py"}, args...)...)
	// A zone ahead of UTC: days must not depend on it.
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "TZ=Asia/Tokyo", "HOME="+t.TempDir())
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, errs.String())
	}
	layers := map[string]qgisLayer{}
	if err := json.Unmarshal(out, &layers); err != nil {
		t.Fatalf("%v in %q\n%s", err, out, errs.String())
	}
	return layers
}

func TestQGISOpensEveryLayer(t *testing.T) {
	days := []string{"2020-09-26", "2020-09-27", "2020-09-28", "2020-10-01", "2020-10-02", "2020-10-03"}
	for collection, want := range map[string]map[string]struct {
		kind  string
		shown []int
	}{
		"events": {
			"events":                  {"Point", []int{0, 1, 2, 2, 1, 0}},
			"events_lines":            {"MultiLineString", []int{0, 1, 0, 0, 0, 0}},
			"events_areas":            {"MultiPolygon", []int{0, 1, 0, 0, 0, 0}},
			"events_without_position": {"NoGeometry", nil},
		},
		"places": {
			"places":       {"Point", []int{0, 1, 1, 0, 0, 0}},
			"places_lines": {"MultiLineString", []int{0, 0, 0, 0, 0, 0}}, // without days
			"places_areas": {"MultiPolygon", []int{0, 0, 0, 0, 0, 0}},
		},
	} {
		path := create(t, collection)
		got := openInQGIS(t, append([]string{path}, days...)...)
		if len(got) != len(want) {
			t.Errorf("QGIS sees the layers %v", slices.Collect(maps.Keys(got)))
		}
		for name, want := range want {
			l := got[name]
			if !l.Valid || l.Type != want.kind || l.Features == 0 || l.About != meta(collection).String() {
				t.Errorf("%s: QGIS sees %+v", name, l)
			}
			if want.shown == nil {
				continue
			}
			if !l.Indexed || !l.Styled || !l.Temporal || !slices.Equal(l.Shown, want.shown) {
				t.Errorf("%s: indexed %v, styled %v, temporal %v, shown %v (want %v)", name, l.Indexed, l.Styled, l.Temporal, l.Shown, want.shown)
			}
			if collection == "events" {
				checkEvents(t, name, &l)
			} else if l.Renderer != "singleSymbol" {
				t.Errorf("%s is drawn by %s", name, l.Renderer)
			}
		}
	}
}

func checkEvents(t *testing.T, name string, l *qgisLayer) {
	t.Helper()
	for _, field := range []string{"from", "to", "published"} {
		if l.Fields[field] != "Date" {
			t.Errorf("%s: %s is a %s", name, field, l.Fields[field])
		}
	}
	colours := map[string]string{
		"explosion": "#d55e00", "battle": "#0072b2", "civilians": "#cc79a7", "protest": "#009e73", "riot": "#e69f00",
		"strategic": "#56b4e9", "casualties": "#3d3d3d", "": "#6b6b6b",
	}
	if l.Renderer != "categorizedSymbol" || !maps.Equal(l.Colours, colours) {
		t.Errorf("%s is drawn by %s with %v", name, l.Renderer, l.Colours)
	}
}

// The colours are those of the page, whatever they become.
func TestColoursAreThePages(t *testing.T) {
	css, err := os.ReadFile("../../static/src/css/colours.css")
	if err != nil {
		t.Fatal(err)
	}
	style := query(t, create(t, "events"), `SELECT styleQML FROM layer_styles WHERE f_table_name = 'events'`)[0]
	for _, part := range strings.Split(string(css), "\n.type-")[1:] {
		if _, colour, ok := strings.Cut(part, "--event: #"); ok && !strings.Contains(style, rgbOf(t, colour[:6])) {
			t.Errorf("no symbol has the colour of %.40s", part)
		}
	}
}

// rgbOf is a colour of a style sheet as QGIS writes it.
func rgbOf(t *testing.T, hexadecimal string) string {
	t.Helper()
	b, err := hex.DecodeString(hexadecimal)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`"%d,%d,%d,255"`, b[0], b[1], b[2])
}
