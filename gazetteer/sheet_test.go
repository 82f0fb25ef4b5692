package gazetteer_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// The theatre was written from a fact sheet: every place that it places with
// high or medium confidence is here, within a kilometre and under its main
// names; settlements with a single source state how uncertain they are.
func TestFactSheet(t *testing.T) {
	g := tables(t)
	sure := 0
	for _, row := range geotest.SharedTable(t, "gazetteer", "caucasus-places.tsv") {
		name, _, _ := strings.Cut(row["canonical_name"], " (")
		confidence := row["confidence"]
		id := "gn:" + row["geonames_id"]
		if confidence == "single-source" && row["kind"] == "settlement" {
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
		lon, errLon := strconv.ParseFloat(row["lon"], 64)
		lat, errLat := strconv.ParseFloat(row["lat"], 64)
		if errLon != nil || errLat != nil {
			t.Fatalf("%s at %s, %s", name, row["lon"], row["lat"])
		}
		found := false
		for _, h := range g.Lookup(name) {
			if h.Name.Demonym || row["geonames_id"] != "" && h.Place.ID != id {
				continue
			}
			found = found || geo.Distance(h.Place.Point, orb.Point{lon, lat}) <= 1000 && h.Place.Country == row["country_2020"] &&
				h.Place.Disputed == (row["disputed"] == "Y")
		}
		if !found {
			t.Errorf("%s (%s) is not found within 1 km of %g, %g", name, id, lon, lat)
		}
	}
	if sure != 181 {
		t.Errorf("%d places of high or medium confidence, the README says 181", sure)
	}
}
