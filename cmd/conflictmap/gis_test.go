package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// The GIS tests check what makes time filters work in other programs: dates
// are read as dates, also where some features have none.

func TestGDALSeesDates(t *testing.T) {
	ogrinfo := geotest.Tool(t, "ogrinfo")
	url := serve(t, "--demo")
	for layer, fields := range map[string][]string{
		"events":   {"from", "to", "published"},
		"mentions": {"from", "to", "published"},
		"places":   {"first", "last"},
	} {
		source := url + "layers/" + layer + ".geojson?datetime=2020-09-27/2020-10-04"
		out, err := exec.Command(ogrinfo, "-ro", "-so", source, layer).CombinedOutput()
		if err != nil {
			t.Errorf("ogrinfo %s: %v\n%s", source, err, out)
			continue
		}
		for _, field := range fields {
			if !strings.Contains(string(out), "\n"+field+": Date (") {
				t.Errorf("%s: %s is no date for GDAL:\n%s", layer, field, out)
			}
		}
	}
}

// qgisLayer is what testdata/qgis_layer.py prints.
type qgisLayer struct {
	Valid      bool
	Error      string
	Fields     map[string]string
	Values     map[string][]string // Python types of the values by field
	Features   int
	Geometries []string
}

func TestQGISSeesDates(t *testing.T) {
	url := serve(t, "--db", realArticles(t))
	got := loadInQGIS(t, url+"layers/events.geojson?datetime=2020-09-27/2020-09-27")
	if !got.Valid {
		t.Fatalf("QGIS doesn't load the layer: %s", got.Error)
	}
	for _, field := range []string{"from", "to", "published"} {
		if got.Fields[field] != "Date" || !slices.Equal(got.Values[field], []string{"QDate"}) {
			t.Errorf("%s: type %q with values %v, want Date and QDate", field, got.Fields[field], got.Values[field])
		}
	}
	if got.Fields["confidence"] != "Real" || got.Fields["mentions"] != "Integer" {
		t.Errorf("confidence is %q, mentions %q", got.Fields["confidence"], got.Fields["mentions"])
	}
	if want := getLayer(t, url+"layers/events.geojson?datetime=2020-09-27"); got.Features != len(want.Features) {
		t.Errorf("QGIS sees %d features, the layer has %d", got.Features, len(want.Features))
	}
	for _, want := range []string{"Point", "Line", "Polygon"} {
		if !slices.ContainsFunc(got.Geometries, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("QGIS sees the geometries %v, want a %s among them", got.Geometries, want)
		}
	}
}

// loadInQGIS opens a URL as a user of QGIS does, without a screen.
func loadInQGIS(t *testing.T, url string) qgisLayer {
	t.Helper()
	var layer qgisLayer
	runInQGIS(t, &layer, "testdata/qgis_layer.py", url)
	return layer
}

// outputOfQGIS runs a script without a screen. The distribution's Python has
// the bindings, whatever else is on the PATH.
func outputOfQGIS(t *testing.T, args ...string) []byte {
	t.Helper()
	python := "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import qgis.core").Run(); err != nil {
		if geotest.RequireAll() {
			t.Fatalf("%s has no QGIS: %v (apt-get install python3-qgis)", python, err)
		}
		t.Skipf("SKIPPED: %s has no QGIS: %v (apt-get install python3-qgis)", python, err)
	}
	cmd := exec.Command(python, args...)
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "HOME="+t.TempDir())
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, errs.String())
	}
	return out
}
