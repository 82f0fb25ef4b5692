package geonames_test

import (
	"slices"
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

// factSheet returns the entries that have coordinates. The canonical name is
// asked without what tells it from its namesakes: "Martuni (Artsakh)".
func factSheet(t *testing.T) (entries []entry) {
	for _, row := range geotest.SharedTable(t, "gazetteer", "caucasus-places.tsv") {
		lon, errLon := strconv.ParseFloat(row["lon"], 64)
		lat, errLat := strconv.ParseFloat(row["lat"], 64)
		if errLon != nil || errLat != nil {
			continue
		}
		name := row["canonical_name"]
		plain, _, _ := strings.Cut(name, " (")
		e := entry{name: name, country: row["country_2020"], names: []string{plain}, point: orb.Point{lon, lat}}
		if id := row["geonames_id"]; id != "" {
			e.id = "gn:" + id
		}
		for n := range strings.SplitSeq(row["alt_names_sourced"], "|") {
			if n != "" {
				e.names = append(e.names, n)
			}
		}
		entries = append(entries, e)
	}
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
	g, report := open(t, geonames.Options{Authored: authored}, geotest.Shared(t, "geonames", "world-208k.txt.gz"))
	if n := report.Malformed(); n != 0 {
		t.Errorf("%d malformed lines", n)
	}
	return g
}

// The facts are asked of two gazetteers: the built-in one, and a dump with the
// authored tables over it.
func TestFacts(t *testing.T) {
	entries := factSheet(t)
	if len(entries) != 365 {
		t.Fatalf("%d entries with coordinates, want 365", len(entries))
	}
	builtin, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	defer builtin.Close()
	for _, c := range []struct {
		name              string
		g                 *gazetteer.Gazetteer
		names, candidates float64 // percent
	}{
		{"built-in", builtin, 99, 99},
		{"imported", world(t), 99, 99},
	} {
		t.Run(c.name, func(t *testing.T) {
			if found, _ := covered(t, c.g, entries); found.percent() < c.names {
				t.Errorf("%.2f %% of the names find their place, want %g %%", found.percent(), c.names)
			}
			if found := ambiguous(t, c.g, entries); found.percent() < c.candidates {
				t.Errorf("%.2f %% of the candidates found, want %g %%", found.percent(), c.candidates)
			}
		})
	}
}

// ambiguous asks for the names that several places bear: is each of them among
// the hits?
func ambiguous(t *testing.T, g *gazetteer.Gazetteer, entries []entry) (all share) {
	t.Helper()
	byName := make(map[string]entry)
	for _, e := range entries {
		byName[e.name] = e
	}
	pairs := share{}
	for _, row := range geotest.SharedTable(t, "gazetteer", "ambiguous-names.tsv") {
		name, before := row["normalised_name"], all
		hits := g.Lookup(name)
		for place := range strings.SplitSeq(row["places"], "|") {
			e, ok := byName[place]
			if !ok {
				continue // it has no coordinate
			}
			found := slices.ContainsFunc(hits, func(h gazetteer.Hit) bool { return e.is(h.Place) })
			if all.count(found); !found {
				t.Logf("%q doesn't find %s (%s)", name, place, e.id)
			}
		}
		pairs.count(all.all-before.all == all.met-before.met)
	}
	t.Logf("%d of %d ambiguous names find all of their places, %d of %d candidates", pairs.met, pairs.all, all.met, all.all)
	return all
}

// The dumps at hand import without a malformed line.
func TestImportShared(t *testing.T) {
	g, report := open(t, geonames.Options{}, geotest.Shared(t, "geonames", "cities15000.zip"),
		geotest.Shared(t, "geonames", "countryInfo.txt"), geotest.Shared(t, "geonames", "admin1CodesASCII.txt"))
	if n := report.Malformed(); n != 0 || len(report.Tables) != 3 {
		t.Errorf("%d malformed lines in %+v", n, report.Tables)
	}
	for _, city := range []string{"Baku", "Yerevan", "Paris"} {
		if hits := g.Lookup(city); len(hits) == 0 || !hits[0].Place.Capital {
			t.Errorf("%s is %+v", city, hits)
		}
	}
}
