package gazetteer_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// The theatre was written from a fact sheet: every place that it places with
// high or medium confidence is here, within a kilometre and under its main
// names; settlements with a single source are not.
func TestFactSheet(t *testing.T) {
	f, err := os.Open(geotest.Shared(t, "gazetteer", "caucasus-places.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	g := tables(t)
	sure := 0
	for _, row := range rows[1:] {
		field := func(name string) string { return row[column[name]] }
		name, _, _ := strings.Cut(field("canonical_name"), " (")
		confidence := field("confidence")
		id := "gn:" + field("geonames_id")
		if confidence == "single-source" && field("kind") == "settlement" {
			switch p, ok := g.Place(id); {
			case name == "New York", name == "Tel Aviv", name == "Rostov-on-Don":
			case ok && p.Uncertainty < 2000:
				t.Errorf("%s has a single source and states no uncertainty", name)
			}
		}
		if confidence != "high" && confidence != "medium" {
			continue
		}
		sure++
		lon, errLon := strconv.ParseFloat(field("lon"), 64)
		lat, errLat := strconv.ParseFloat(field("lat"), 64)
		if errLon != nil || errLat != nil {
			t.Fatalf("%s at %s, %s", name, field("lon"), field("lat"))
		}
		found := false
		for _, h := range g.Lookup(name) {
			if h.Name.Demonym || field("geonames_id") != "" && h.Place.ID != id {
				continue
			}
			found = found || geo.Distance(h.Place.Point, orb.Point{lon, lat}) <= 1000 && h.Place.Country == field("country_2020") &&
				h.Place.Disputed == (field("disputed") == "Y")
		}
		if !found {
			t.Errorf("%s (%s) is not found within 1 km of %g, %g", name, id, lon, lat)
		}
	}
	if sure != 181 {
		t.Errorf("%d places of high or medium confidence, the README says 181", sure)
	}
}
