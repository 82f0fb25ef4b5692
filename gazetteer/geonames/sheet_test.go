package geonames_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/gazetteer/geonames"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// entry is a row of the fact sheet that has a coordinate.
type entry struct {
	name, country, id string
	names             []string // the canonical one first
	point             orb.Point
}

// readTSV reads a table with a header line.
func readTSV(t *testing.T, name string, row func(field func(string) string)) {
	t.Helper()
	f, err := os.Open(geotest.Shared(t, "gazetteer", name))
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
	for _, fields := range rows[1:] {
		row(func(name string) string { return fields[column[name]] })
	}
}

// factSheet returns the entries that have coordinates. The canonical name is
// asked without what tells it from its namesakes: "Martuni (Artsakh)".
func factSheet(t *testing.T) (entries []entry) {
	readTSV(t, "caucasus-places.tsv", func(field func(string) string) {
		lon, errLon := strconv.ParseFloat(field("lon"), 64)
		lat, errLat := strconv.ParseFloat(field("lat"), 64)
		if errLon != nil || errLat != nil {
			return
		}
		name := field("canonical_name")
		plain, _, _ := strings.Cut(name, " (")
		e := entry{name: name, country: field("country_2020"), names: []string{plain}, point: orb.Point{lon, lat}}
		if id := field("geonames_id"); id != "" {
			e.id = "gn:" + id
		}
		for n := range strings.SplitSeq(field("alt_names_sourced"), "|") {
			if n != "" {
				e.names = append(e.names, n)
			}
		}
		entries = append(entries, e)
	})
	return entries
}

// is reports whether a place is the entry's. Regions and rivers are labelled
// elsewhere in every source; their id tells them.
func (e entry) is(p *gazetteer.Place) bool {
	return geo.DistanceHaversine(p.Point, e.point) <= 5000 || p.ID == e.id && p.Kind.Extended()
}

// share is how much of something was met.
type share struct{ met, all int }

func (s *share) count(met bool) {
	s.all++
	if met {
		s.met++
	}
}

func (s *share) percent() float64 { return 100 * float64(s.met) / float64(max(1, s.all)) }

// covered asks a gazetteer for every name of every entry: is the place among
// the hits, and is it the first of the country's?
func covered(t *testing.T, g *gazetteer.Gazetteer, entries []entry) (names, first share) {
	t.Helper()
	var canonical, resolvedFirst share
	for _, e := range entries {
		var lacking, others []string
		for i, name := range e.names {
			found, resolved := ask(g, e, name)
			names.count(found)
			first.count(resolved)
			if i == 0 {
				canonical.count(found)
				resolvedFirst.count(resolved)
			}
			switch {
			case !found:
				lacking = append(lacking, name)
			case !resolved:
				others = append(others, name)
			}
		}
		if len(lacking) > 0 {
			t.Logf("%s (%s, %s): not found by %q", e.name, e.id, e.country, lacking)
		}
		if len(others) > 0 {
			t.Logf("%s (%s, %s): not the first by %q", e.name, e.id, e.country, others)
		}
	}
	t.Logf("%d entries: the canonical name finds %.2f %%, %.2f %% as the first of its country; of all %d names %.2f %% and %.2f %%",
		len(entries), canonical.percent(), resolvedFirst.percent(), names.all, names.percent(), first.percent())
	return names, first
}

func ask(g *gazetteer.Gazetteer, e entry, name string) (found, first bool) {
	seen := false
	for _, h := range g.Lookup(name) {
		if h.Place.Country != e.country && h.Place.Country != "" && e.country != "" {
			continue
		}
		if e.is(h.Place) {
			return true, !seen
		}
		seen = true
	}
	return false, false
}

// world is GeoNames' larger settlements, divisions and waters with the
// authored tables laid over them.
func world(t *testing.T) *gazetteer.Gazetteer {
	t.Helper()
	authored, err := gazetteer.Authored()
	if err != nil {
		t.Fatal(err)
	}
	g, _ := open(t, geonames.Options{Authored: authored}, geotest.Shared(t, "geonames", "world-208k.txt.gz"))
	return g
}

// gazetteers are those that the facts are asked of.
func gazetteers(t *testing.T) map[string]*gazetteer.Gazetteer {
	t.Helper()
	builtin, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { builtin.Close() })
	return map[string]*gazetteer.Gazetteer{"built-in": builtin, "imported": world(t)}
}

// The places of the fact sheet are found by each of their names, and are where
// it says. The built-in gazetteer leaves out on purpose those with a single
// source, half of the sheet, and settlements of less than a thousand people.
func TestFactSheet(t *testing.T) {
	entries := factSheet(t)
	if len(entries) != 365 {
		t.Fatalf("%d entries with coordinates, want 365", len(entries))
	}
	for name, g := range gazetteers(t) {
		t.Run(name, func(t *testing.T) {
			want := map[string]float64{"built-in": 60, "imported": 98}[name]
			if found, _ := covered(t, g, entries); found.percent() < want {
				t.Errorf("%.2f %% of the names find their place, want %g %%", found.percent(), want)
			}
		})
	}
}

// A name that several places bear finds all of them, but for those that the
// gazetteer lacks.
func TestAmbiguousNames(t *testing.T) {
	byName := make(map[string]entry)
	for _, e := range factSheet(t) {
		byName[e.name] = e
	}
	for name, g := range gazetteers(t) {
		t.Run(name, func(t *testing.T) {
			var all share
			readTSV(t, "ambiguous-names.tsv", func(field func(string) string) {
				hits := g.Lookup(field("normalised_name"))
				for place := range strings.SplitSeq(field("places"), "|") {
					e, ok := byName[place]
					if !ok {
						continue // it has no coordinate
					}
					found := false
					for _, h := range hits {
						found = found || e.is(h.Place)
					}
					if all.count(found); !found {
						t.Logf("%q doesn't find %s (%s)", field("normalised_name"), place, e.id)
					}
				}
			})
			t.Logf("%d of %d candidates found", all.met, all.all)
			if want := map[string]float64{"built-in": 40, "imported": 88}[name]; all.percent() < want {
				t.Errorf("%.2f %% of the candidates found, want %g %%", all.percent(), want)
			}
		})
	}
}

// The dumps at hand import without a malformed line.
func TestImportShared(t *testing.T) {
	for _, name := range []string{"cities15000.zip", "world-208k.txt.gz"} {
		files := []string{
			geotest.Shared(t, "geonames", name), geotest.Shared(t, "geonames", "countryInfo.txt"), geotest.Shared(t, "geonames", "admin1CodesASCII.txt"),
		}
		g, report := open(t, geonames.Options{}, files...)
		if n := report.Malformed(); n != 0 {
			t.Errorf("%s: %d malformed lines", filepath.Base(name), n)
		}
		for _, city := range []string{"Baku", "Yerevan", "Paris"} {
			if hits := g.Lookup(city); len(hits) == 0 || !hits[0].Place.Capital {
				t.Errorf("%s: %s is %+v", name, city, hits)
			}
		}
	}
}
