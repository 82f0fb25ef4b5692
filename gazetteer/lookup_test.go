package gazetteer_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// A spelling that nobody listed finds its place, as Transliterated and after
// what bears the very name.
func TestLookupTransliterated(t *testing.T) {
	g := tables(t)
	for name, id := range map[string]string{
		"Khankendee":      "gn:146970",
		"Стэпанакэрт":     "gn:146970",
		"Khodzhavend":     "gn:146969",
		"Dzhebraiyil":     "gn:148141",
		"Lake Sewan":      "cm:lake-sevan",
		"Nagornokarabakh": "cm:nagorno-karabakh",
		"Nagornyy Xyz":    "",
	} {
		hits := g.Lookup(name)
		if id == "" {
			if hits != nil {
				t.Errorf("%s is %v", name, ids(hits))
			}
			continue
		}
		if !slices.Contains(ids(hits), id) {
			t.Errorf("%s is %v, want %s among them", name, ids(hits), id)
		}
		for _, h := range hits {
			if h.Match != gazetteer.Transliterated {
				t.Errorf("%s finds %s as exact %q", name, h.Place.ID, h.Name.Text)
			}
		}
		if n, hits := g.Longest(strings.Fields(gazetteer.Fold(name))); slices.Contains(ids(hits), id) {
			t.Errorf("Longest takes %d words of %s", n, name)
		}
	}
}

func TestExactBeforeTransliterated(t *testing.T) {
	b := newBuilder(t, gazetteer.BuilderOptions{})
	b.NextLayer("one", "", "")
	city := village("gn:1", "Aghdam")
	city.Population = 1_000_000
	arabic := village("gn:4", "حلب")
	add(t, b, city, village("gn:2", "Agdam"), village("gn:3", "Ağdam"), arabic)
	demonym := village("gn:5", "Elsewhere")
	demonym.Names = []gazetteer.Name{{Text: "Aghdamm", Demonym: true}}
	add(t, b, demonym)
	g := compile(t, b)
	type found struct {
		id    string
		match gazetteer.Match
	}
	for name, want := range map[string][]found{
		"Agdam":   {{"gn:2", gazetteer.Exact}, {"gn:3", gazetteer.Exact}, {"gn:1", gazetteer.Transliterated}},
		"Aghdam":  {{"gn:1", gazetteer.Exact}, {"gn:2", gazetteer.Transliterated}, {"gn:3", gazetteer.Transliterated}},
		"Агдам":   {{"gn:1", gazetteer.Transliterated}, {"gn:2", gazetteer.Transliterated}, {"gn:3", gazetteer.Transliterated}},
		"Aghdamm": {{"gn:5", gazetteer.Exact}, {"gn:1", gazetteer.Transliterated}, {"gn:2", gazetteer.Transliterated}, {"gn:3", gazetteer.Transliterated}},
		"Halab":   {{"gn:4", gazetteer.Transliterated}},
		"Hilb":    {{"gn:4", gazetteer.Transliterated}},
		"Halaba":  nil,
		"Hulbi":   nil,
	} {
		var got []found
		for _, h := range g.Lookup(name) {
			got = append(got, found{h.Place.ID, h.Match})
		}
		if !slices.Equal(got, want) {
			t.Errorf("Lookup(%s) = %v, want %v", name, got, want)
		}
	}
}

// A city's other name comes before a village's own one, but a village's own
// before a small town's other one.
func TestUsualName(t *testing.T) {
	b := newBuilder(t, gazetteer.BuilderOptions{})
	b.NextLayer("one", "", "")
	bearer := func(id string, population int64, n gazetteer.Name) {
		p := village(id, "Other")
		p.Population = population
		n.Text = "Vank"
		p.Names = []gazetteer.Name{{Text: "Other"}, n}
		add(t, b, p)
	}
	bearer("gn:1", 1000, gazetteer.Name{Preferred: true})
	bearer("gn:2", 100_000, gazetteer.Name{})
	bearer("gn:3", 5000, gazetteer.Name{})
	bearer("gn:4", 9_000_000, gazetteer.Name{Historical: true})
	bearer("gn:5", 8_000_000, gazetteer.Name{Colloquial: true})
	bearer("gn:6", 9_000_000, gazetteer.Name{Demonym: true})
	if got := ids(compile(t, b).Lookup("Vank")); !slices.Equal(got, []string{"gn:2", "gn:1", "gn:3", "gn:4", "gn:5", "gn:6"}) {
		t.Errorf("got %v", got)
	}
}

// Single letters and bare numbers are no names to be found, and a name that
// everything bears has the best of its bearers.
func TestFindable(t *testing.T) {
	b := newBuilder(t, gazetteer.BuilderOptions{})
	b.NextLayer("one", "", "")
	add(t, b, village("gn:1", "Y"), village("gn:2", "Å"), village("gn:3", "17"), village("gn:4", "O 4"), village("gn:5", "Ab"))
	best := village("gn:999999", "Center")
	best.Population = 1
	add(t, b, best)
	for i := range 1000 {
		add(t, b, village("cm:"+strings.Repeat("x", i%40)+string(rune('a'+i%26))+strings.Repeat("y", i/40), "Center"))
	}
	g := compile(t, b)
	for name, want := range map[string]int{"Y": 0, "å": 0, "17": 0, "o4": 0, "O 4": 0, "AB": 1, "center": 500} {
		if hits := g.Lookup(name); len(hits) != want {
			t.Errorf("Lookup(%q) has %d hits, want %d", name, len(hits), want)
		}
	}
	if hits := g.Lookup("Center"); hits[0].Place.ID != "gn:999999" {
		t.Errorf("the best of many is %s", hits[0].Place.ID)
	}
	if _, ok := g.Place("gn:1"); !ok {
		t.Error("a place with a short name is not there at all")
	}
}

func TestMissDoesNotAllocate(t *testing.T) {
	g := tables(t)
	for _, name := range []string{"spokesperson", "Spokesperson", "said on Sunday", "пресссекретарь", "نننننننن", ""} {
		if n := testing.AllocsPerRun(100, func() { g.Lookup(name) }); n != 0 {
			t.Errorf("Lookup(%q) allocates %g times", name, n)
		}
	}
	for _, words := range [][]string{{"spokesperson", "for"}, {"united", "statements"}, {"пресссекретарь"}, {""}, nil} {
		if n := testing.AllocsPerRun(100, func() { g.Longest(words) }); n != 0 {
			t.Errorf("Longest(%q) allocates %g times", words, n)
		}
	}
	words := []string{"nagorno", "karabakh", "is"}
	if n := testing.AllocsPerRun(100, func() { g.Longest(words) }); n != 0 {
		t.Errorf("Longest(%q), found before, allocates %g times", words, n)
	}
	if n := testing.AllocsPerRun(100, func() { g.Place("gn:12345678901") }); n != 0 {
		t.Errorf("Place of an unknown id allocates %g times", n)
	}
}

// Look-ups of many goroutines agree, also while one closes the file.
func TestConcurrent(t *testing.T) {
	b := newBuilder(t, gazetteer.BuilderOptions{})
	synthetic(t, b, 5000)
	path := t.TempDir() + "/x.cmg"
	if _, err := b.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for p := range g.Places() {
		names = append(names, p.Name)
	}
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range 2000 {
				name := names[(i*31+worker)%len(names)]
				hits := g.Lookup(name)
				if hits == nil {
					return // closed
				}
				if gazetteer.Fold(hits[0].Name.Text) != gazetteer.Fold(name) {
					t.Errorf("%s finds %q", name, hits[0].Name.Text)
				}
				g.Nearest(hits[0].Place.Point, 3, 0)
				g.Prefix(name[:2], 3)
				if worker == 3 && i == 1500 {
					if err := g.Close(); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	if err := g.Err(); err != nil {
		t.Error(err)
	}
}
