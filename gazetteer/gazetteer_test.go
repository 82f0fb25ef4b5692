package gazetteer_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// tables loads the tables that every build has. Builtin may hold the world
// too, where names have more bearers.
func tables(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	data, err := gazetteer.Authored()
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// What the binary carries finds the theatre whether the world is in or not.
func TestBuiltin(t *testing.T) {
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if hits := g.Lookup("Xankəndi"); len(hits) == 0 || hits[0].Place.ID != "gn:146970" || hits[0].Match != gazetteer.Exact {
		t.Errorf("Xankəndi is %v", hits)
	}
	for code := range map[string]bool{"AM": true, "AZ": true, "GE": true} {
		if p, ok := g.CountryPlace(code); !ok || p.Country != code {
			t.Errorf("CountryPlace(%s) = %v", code, p)
		}
	}
	info := g.Info()
	if info.Places != g.Len() || info.Names < info.Places || len(info.Sources) < 5 || info.World != (g.Len() > 100_000) {
		t.Errorf("info %+v of %d places", info, g.Len())
	}
	if err := errors.Join(g.Verify(), g.Err()); err != nil {
		t.Error(err)
	}
	t.Logf("%d places, world %v, %d bytes", g.Len(), info.World, info.Bytes)
}

// ids returns the ids of the hits in their order.
func ids(hits []gazetteer.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Place.ID)
	}
	return out
}

func TestLookupFirst(t *testing.T) {
	g := tables(t)
	tests := []struct {
		name, id string
		demonym  bool
	}{
		{name: "Stepanakert", id: "gn:146970"},
		{name: "STEPANAKERT", id: "gn:146970"},
		{name: "step'anakert", id: "gn:146970"},
		{name: "Step’anakert", id: "gn:146970"},
		{name: "Ստեփանակերտ", id: "gn:146970"},
		{name: "ՍՏԵՓԱՆԱԿԵՐՏ", id: "gn:146970"},
		{name: "Xankəndi", id: "gn:146970"},
		{name: "Степанакерт", id: "gn:146970"},
		{name: "Şuşa", id: "gn:147105"},
		{name: "Susa", id: "gn:147105"},
		{name: "Nagorno-Karabakh", id: "cm:nagorno-karabakh"},
		{name: "Nagorno Karabakh", id: "cm:nagorno-karabakh"},
		{name: "nagorno–karabakh", id: "cm:nagorno-karabakh"},
		{name: "Karabakh", id: "cm:nagorno-karabakh"},
		{name: "Artsakh", id: "cm:nagorno-karabakh"},
		{name: "Republic of Artsakh", id: "cm:nagorno-karabakh"},
		{name: "Nagorno-Karabakh Autonomous Oblast", id: "cm:nagorno-karabakh"},
		{name: "Արցախ", id: "cm:nagorno-karabakh"},
		{name: "Dağlıq Qarabağ", id: "cm:nagorno-karabakh"},
		{name: "line of contact", id: "cm:line-of-contact"},
		{name: "contact line", id: "cm:line-of-contact"},
		{name: "Araxes", id: "cm:aras"},
		{name: "Sevan", id: "gn:616250"},
		{name: "Goris", id: "gn:174895"},
		{name: "Gori", id: "gn:614455"},
		{name: "Երևան", id: "gn:616052"},
		{name: "Երեւան", id: "gn:616052"},
		{name: "Kiev", id: "gn:703448"},
		{name: "Sana'a", id: "gn:71137"},
		{name: "Washington, D.C.", id: "gn:4140963"},
		{name: "The Hague", id: "gn:2747373"},
		{name: "US", id: "gn:6252001"},
		{name: "U.S.", id: "gn:6252001"},
		{name: "Türkiye", id: "gn:298795"},
		{name: "Ivory Coast", id: "gn:2287781"},
		{name: "Cote d'Ivoire", id: "gn:2287781"},
		{name: "Bosnia & Herzegovina", id: "gn:3277605"},
		{name: "DRC", id: "gn:203312"},
		{name: "Azeri", id: "gn:587116", demonym: true},
		{name: "Azeris", id: "gn:587116", demonym: true},
		{name: "Armenians", id: "gn:174982", demonym: true},
		{name: "Turkish", id: "gn:298795", demonym: true},
		{name: "Scottish", id: "gn:2638360", demonym: true},
		{name: "Soviet", id: "cm:soviet-union", demonym: true},
		{name: "Caucasian", id: "cm:caucasus", demonym: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			hits := g.Lookup(tt.name)
			if len(hits) == 0 {
				t.Fatal("not found")
			}
			if hits[0].Place.ID != tt.id || hits[0].Name.Demonym != tt.demonym {
				t.Errorf("found %s, demonym %v; want %s, %v", hits[0].Place.ID, hits[0].Name.Demonym, tt.id, tt.demonym)
			}
		})
	}
}

// What is no name of a place, or no name that news in English could mean by it.
func TestLookupNothing(t *testing.T) {
	g := tables(t)
	for _, name := range []string{
		"", " ", ",", "Nowhereville", "front line", "AM", "AZ", "European", "the", "may",
		"Minsk Group", "France 24", "The Gambia",
	} {
		if hits := g.Lookup(name); hits != nil {
			t.Errorf("Lookup(%q) = %v, want nil", name, ids(hits))
		}
	}
}

func TestLookupAmbiguous(t *testing.T) {
	g := tables(t)
	tests := []struct {
		name string
		want []string // in rank order
	}{
		{"Martuni", []string{"gn:616438", "gn:146969"}},                   // more people first
		{"Մարտունի", []string{"gn:616438", "gn:146969"}},                  // in both languages
		{"Tavush", []string{"gn:828265", "gn:616162", "gn:584821"}},       // province, village, a list's name for Tovuz
		{"Ararat", []string{"gn:174991", "gn:409313", "cm:mount-ararat"}}, // the usual name before another
		{"Nakhchivan", []string{"gn:147429", "gn:147435"}},                // city, autonomous republic
		{"Luxembourg", []string{"gn:2960313", "gn:2960316", "gn:615419"}}, // country, capital, a list's name for Bolnisi
		{"Congo", []string{"gn:203312", "gn:2260494"}},                    // two countries
		{"Dominican", []string{"gn:3508796", "gn:3575830"}},               // two peoples
		{"Panama", []string{"gn:3703430", "gn:3703443"}},                  // country, the capital's Spanish name
		{"Congolese", []string{"gn:203312", "gn:2260494"}},
		{"Georgian", []string{"gn:614540"}}, // one place, one hit
		{"Republic of the Congo", []string{"gn:2260494"}},
		{"Democratic Republic of the Congo", []string{"gn:203312"}},
		{"Nakhchivan Autonomous Republic", []string{"gn:147435"}},
		{"Korea", []string{"gn:1835841", "gn:1873107"}},
		{"Washington", []string{"gn:4140963"}},
		{"Singapore", []string{"gn:1880251", "gn:1880252"}},
		{"Djibouti", []string{"gn:223816", "gn:223817"}},
		{"San Marino", []string{"gn:3168068", "gn:3168070"}},
		{"Aghdam District", []string{"gn:148617"}},
		{"Aghdam", []string{"gn:148619", "gn:587381"}},
		{"Karabakh line of contact", []string{"cm:line-of-contact"}},
	}
	for _, tt := range tests {
		if got := ids(g.Lookup(tt.name)); !slices.Equal(got, tt.want) {
			t.Errorf("Lookup(%q) = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestEveryNameFindsItsPlace(t *testing.T) {
	g := tables(t)
	names := 0
	for p := range g.Places() {
		for _, n := range p.Names {
			names++
			if !slices.Contains(ids(g.Lookup(n.Text)), p.ID) {
				t.Errorf("%s %s is not found as %q", p.ID, p.Name, n.Text)
			}
		}
		if len(p.Names) == 0 || p.Names[0].Text != p.Name {
			t.Errorf("%s: the first name is not %q", p.ID, p.Name)
		}
	}
	t.Logf("%d places, %d names, version %s", g.Len(), names, g.Version())
}

func TestLongest(t *testing.T) {
	g := tables(t)
	tests := []struct {
		words []string
		n     int
		id    string
	}{
		{words: []string{"Nagorno-Karabakh", "Autonomous", "Oblast", "was"}, n: 3, id: "cm:nagorno-karabakh"},
		{words: []string{"Nagorno", "Karabakh", "is"}, n: 2, id: "cm:nagorno-karabakh"},
		{words: []string{"Nagorno-Karabakh", "autonomy"}, n: 1, id: "cm:nagorno-karabakh"},
		{words: []string{"contact", "line"}, n: 2, id: "cm:line-of-contact"},
		{words: []string{"contact", "lenses"}},
		{words: []string{"South", "Korea"}, n: 2, id: "gn:1835841"},
		{words: []string{"South", "Korean", "forces"}, n: 2, id: "gn:1835841"},
		{words: []string{"Washington", ",", "D.C.", ","}, n: 3, id: "gn:4140963"},
		{words: []string{"Washington", ",", "Paris"}, n: 1, id: "gn:4140963"},
		{words: []string{"Washington", ",", ",", "D.C."}, n: 1, id: "gn:4140963"},
		{words: []string{"Washington", ","}, n: 1, id: "gn:4140963"},
		{words: []string{"United", "States", "of", "the"}, n: 2, id: "gn:6252001"},
		{words: []string{",", "Washington"}},
		{words: []string{"the", "Aras"}},
		{words: nil},
	}
	for _, tt := range tests {
		folded := make([]string, 0, len(tt.words))
		for _, w := range tt.words {
			folded = append(folded, gazetteer.Fold(w))
		}
		n, hits := g.Longest(folded)
		switch {
		case n != tt.n:
			t.Errorf("Longest(%q) takes %d words, want %d", tt.words, n, tt.n)
		case n == 0 && hits != nil:
			t.Errorf("Longest(%q) = %v, want nil", tt.words, ids(hits))
		case n > 0 && hits[0].Place.ID != tt.id:
			t.Errorf("Longest(%q) = %s, want %s", tt.words, hits[0].Place.ID, tt.id)
		}
	}
}

func TestPlaces(t *testing.T) {
	g := tables(t)
	tests := []struct {
		id, name, country string
		kind              gazetteer.Kind
		disputed, capital bool
		shape             string
	}{
		{id: "gn:146970", name: "Stepanakert", country: "AZ", kind: gazetteer.Settlement, disputed: true},
		{id: "gn:616052", name: "Yerevan", country: "AM", kind: gazetteer.Settlement, capital: true},
		{id: "gn:587084", name: "Baku", country: "AZ", kind: gazetteer.Settlement, capital: true},
		{id: "gn:281184", name: "Jerusalem", country: "IL", kind: gazetteer.Settlement, disputed: true, capital: true},
		{id: "gn:745044", name: "Istanbul", country: "TR", kind: gazetteer.Settlement},
		{id: "cm:nagorno-karabakh", name: "Nagorno-Karabakh", country: "AZ", kind: gazetteer.Region, disputed: true, shape: "Polygon"},
		{id: "cm:line-of-contact", name: "Line of contact", country: "AZ", kind: gazetteer.Line, disputed: true, shape: "LineString"},
		{id: "cm:lachin-corridor", name: "Lachin corridor", country: "AZ", kind: gazetteer.Line, disputed: true, shape: "LineString"},
		{id: "cm:aras", name: "Aras", kind: gazetteer.River, shape: "LineString"},
		{id: "cm:lake-sevan", name: "Lake Sevan", country: "AM", kind: gazetteer.Lake, shape: "Polygon"},
		{id: "cm:caucasus", name: "Caucasus", kind: gazetteer.Region},
		{id: "cm:soviet-union", name: "Soviet Union", kind: gazetteer.Country},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, ok := g.Place(tt.id)
			if !ok {
				t.Fatal("not there")
			}
			if p.Name != tt.name || p.Country != tt.country || p.Kind != tt.kind || p.Disputed != tt.disputed || p.Capital != tt.capital {
				t.Errorf("got %s, %s, %s, disputed %v, capital %v", p.Name, p.Country, p.Kind, p.Disputed, p.Capital)
			}
			if shape := ""; p.Shape != nil {
				if shape = p.Shape.GeoJSONType(); shape != tt.shape {
					t.Errorf("shape is a %s, want %q", shape, tt.shape)
				}
			} else if tt.shape != "" {
				t.Errorf("no shape, want a %s", tt.shape)
			}
		})
	}
	if _, ok := g.Place("gn:0"); ok {
		t.Error("gn:0 is there")
	}
}

func TestCountries(t *testing.T) {
	g := tables(t)
	capitals := make(map[string]bool)
	countries := 0
	for p := range g.Places() {
		if p.Kind == gazetteer.Country && p.Country != "" {
			countries++
		}
		capitals[p.Country] = capitals[p.Country] || p.Capital
		if p.Source == "" || p.Point == (orb.Point{}) {
			t.Errorf("%s %s has no source or no point", p.ID, p.Name)
		}
	}
	if countries != 250 {
		t.Errorf("%d countries and territories, want 250", countries)
	}
	for _, code := range []string{"AM", "AZ", "GE", "TR", "RU", "US", "GB", "XK", "PS", "TW", "CD", "SS", "IL"} {
		p, ok := g.CountryPlace(code)
		if !ok || p.Country != code || p.Kind != gazetteer.Country {
			t.Errorf("CountryPlace(%q) = %v, %v", code, p, ok)
		}
		if !capitals[code] {
			t.Errorf("%s has no capital", code)
		}
		if demonyms := slices.ContainsFunc(p.Names, func(n gazetteer.Name) bool { return n.Demonym }); !demonyms {
			t.Errorf("%s has no demonym", code)
		}
	}
	for _, code := range []string{"", "SU", "ZZ", "us"} {
		if _, ok := g.CountryPlace(code); ok {
			t.Errorf("CountryPlace(%q) is there", code)
		}
	}
}

func TestCapitals(t *testing.T) {
	g := tables(t)
	var want, got []string
	for p := range g.Places() {
		if p.Capital {
			want = append(want, p.ID)
		}
	}
	for p := range g.Capitals() {
		got = append(got, p.ID)
	}
	if !slices.Equal(got, want) || len(got) < 190 {
		t.Errorf("%d capitals %v, want the %d places that are marked so", len(got), got, len(want))
	}
	for range g.Capitals() {
		break // yields no more
	}
}

// A theatre's row wins over a capital's, and both sets of names remain.
func TestTheatreWins(t *testing.T) {
	g := tables(t)
	p, _ := g.Place("gn:616052")
	if want := (orb.Point{44.5136, 40.1811}); p.Point != want {
		t.Errorf("Yerevan at %v, want the theatre's %v", p.Point, want)
	}
	if p.External["geonames"] != "616052" || p.External["wikidata"] != "Q1953" {
		t.Errorf("Yerevan's ids: %v", p.External)
	}
	for _, want := range []gazetteer.Name{
		{Text: "Yerevan", Lang: "en", Script: "Latn", Preferred: true},
		{Text: "Երեվան", Lang: "hy", Script: "Armn", Preferred: true},
		{Text: "Erivan", Script: "Latn", Historical: true},
		{Text: "ერევანი", Lang: "ka", Script: "Geor", Preferred: true},
		{Text: "ایروان", Lang: "fa", Script: "Arab"},
	} {
		if !slices.Contains(p.Names, want) {
			t.Errorf("no name %+v", want)
		}
	}
}

func TestVersion(t *testing.T) {
	a, b := tables(t), tables(t)
	if a.Version() != b.Version() || len(a.Version()) != 12 {
		t.Errorf("versions %q and %q", a.Version(), b.Version())
	}
	var first, second []string
	for p := range a.Places() {
		first = append(first, p.ID)
	}
	for p := range b.Places() {
		second = append(second, p.ID)
	}
	if !slices.Equal(first, second) || len(first) != a.Len() {
		t.Error("the order of places varies")
	}
}
