package server_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

func TestGDALReadsTiles(t *testing.T) {
	ogrinfo, ogr2ogr := geotest.Tool(t, "ogrinfo"), geotest.Tool(t, "ogr2ogr")
	s := tiled(t)
	address := "MVT:http://" + s.addr + "/tiles/events/9/322/194.mvt"
	out, err := exec.Command(ogrinfo, "-al", "-nocount", address).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"Layer name: points", "Layer name: areas", "event (String) = battle", "label (String) = Stepanakert", "from (String) = 2020-09-27", `<b>"Region"</b>`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("ogrinfo does not find %q:\n%s", want, out)
		}
	}
	file := filepath.Join(t.TempDir(), "points.geojson")
	if out, err = exec.Command(ogr2ogr, "-t_srs", "EPSG:4326", file, address, "points").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var collection struct {
		Features []struct {
			Geometry struct{ Coordinates []float64 }
		}
	}
	if err := json.Unmarshal(written, &collection); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(collection.Features, func(f struct {
		Geometry struct{ Coordinates []float64 }
	},
	) bool {
		c := f.Geometry.Coordinates
		return len(c) == 2 && abs(c[0]-46.7515) < 0.001 && abs(c[1]-39.8152) < 0.001
	}) {
		t.Errorf("ogr2ogr puts no point at Stepanakert:\n%s", written)
	}
}

func abs(v float64) float64 { return max(v, -v) }

// pythonWithQGIS is a Python that has QGIS's modules.
func pythonWithQGIS(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(python, "-c", "import qgis.core").Run() == nil {
			return python
		}
	}
	const missing = "QGIS's Python modules are not installed: apt-get install python3-qgis"
	if geotest.RequireAll() {
		t.Fatal(missing)
	}
	t.Skip("skipped: " + missing)
	return ""
}

// QGIS loads the tiles with the style and draws them in the colours of the kinds
// of events. CONFLICTMAP_IMAGES names a folder for the pictures.
func TestQGISDrawsTiles(t *testing.T) {
	python := pythonWithQGIS(t)
	s := tiled(t)
	images := os.Getenv("CONFLICTMAP_IMAGES")
	if images == "" {
		images = t.TempDir()
	}
	cases := []struct {
		layer   string
		colours []string
	}{
		{"events=44,39,48,41", []string{"battle", "riot", "area"}},
		{"mentions=46.2,39.5,47.2,40.1", []string{"battle", "area"}},
		{"places=44,39,48,41", []string{"place"}},
	}
	arguments := []string{"testdata/qgis_tiles.py", "http://" + s.addr, images}
	for _, c := range cases {
		arguments = append(arguments, c.layer)
	}
	cmd := exec.Command(python, arguments...)
	home := t.TempDir()
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "HOME="+home, "XDG_RUNTIME_DIR="+home)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := json.NewDecoder(bytes.NewReader(out))
	for _, c := range cases {
		var seen struct {
			Valid  bool
			Style  string
			Layers int
			Pixels map[string]int
		}
		if err := lines.Decode(&seen); err != nil {
			t.Fatalf("%s: %v\n%s", c.layer, err, out)
		}
		if !seen.Valid || seen.Style != "" || seen.Layers < 10 {
			t.Errorf("%s: QGIS says %+v", c.layer, seen)
		}
		for _, colour := range c.colours {
			if seen.Pixels[colour] < 20 {
				t.Errorf("%s: %d pixels of %s in %v", c.layer, seen.Pixels[colour], colour, seen.Pixels)
			}
		}
	}
}
