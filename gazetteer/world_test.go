package gazetteer_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// authored loads the authored tables alone, whatever the binary carries.
func authored(t testing.TB) (*gazetteer.Gazetteer, fs.FS) {
	t.Helper()
	data, err := gazetteer.Authored()
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g, data
}

// What news of conflict names, world-wide, is found as the kind of place that
// it is, and filed under the code of the international gazetteers.
func TestWorldNames(t *testing.T) {
	g, _ := authored(t)
	tests := []struct {
		name     string
		kind     gazetteer.Kind
		country  string
		disputed bool
	}{
		{"Kharkiv region", gazetteer.Region, "UA", false},
		{"Kharkov Oblast", gazetteer.Region, "UA", false},
		{"Donbas", gazetteer.Region, "UA", true},
		{"Donbass", gazetteer.Region, "UA", true},
		{"Crimea", gazetteer.Region, "UA", true},
		{"Belgorod region", gazetteer.Region, "RU", false},
		{"Ingushetia", gazetteer.Region, "RU", false},
		{"Abkhazia", gazetteer.Region, "GE", true},
		{"Transnistria", gazetteer.Region, "MD", true},
		{"North Kosovo", gazetteer.Region, "XK", false},
		{"Republika Srpska", gazetteer.Region, "BA", false},
		{"Idlib province", gazetteer.Region, "SY", false},
		{"Deir Ezzor Governorate", gazetteer.Region, "SY", false},
		{"Golan Heights", gazetteer.Region, "SY", true},
		{"Anbar", gazetteer.Region, "IQ", false},
		{"Iraqi Kurdistan", gazetteer.Region, "IQ", false},
		{"Kurdistan", gazetteer.Region, "", false},
		{"West Bank", gazetteer.Region, "PS", true},
		{"Gaza Strip", gazetteer.Region, "PS", true},
		{"Hadramawt", gazetteer.Region, "YE", false},
		{"Sistan-Baluchestan", gazetteer.Region, "IR", false},
		{"Helmand", gazetteer.Region, "AF", false},
		{"Khyber Pakhtunkhwa", gazetteer.Region, "PK", false},
		{"North Waziristan", gazetteer.Region, "PK", false},
		{"Kashmir", gazetteer.Region, "", true},
		{"Jammu and Kashmir", gazetteer.Region, "IN", true},
		{"Manipur", gazetteer.Region, "IN", false},
		{"Rakhine", gazetteer.Region, "MM", false},
		{"Xinjiang", gazetteer.Region, "CN", false},
		{"Bangsamoro", gazetteer.Region, "PH", false},
		{"Darfur", gazetteer.Region, "SD", false},
		{"Abyei", gazetteer.Region, "", true},
		{"Jonglei", gazetteer.Region, "SS", false},
		{"Tigray", gazetteer.Region, "ET", false},
		{"Somaliland", gazetteer.Region, "SO", true},
		{"North Kivu", gazetteer.Region, "CD", false},
		{"Ituri", gazetteer.Region, "CD", false},
		{"Borno", gazetteer.Region, "NG", false},
		{"Cabo Delgado", gazetteer.Region, "MZ", false},
		{"Casamance", gazetteer.Region, "SN", false},
		{"Cabinda", gazetteer.Region, "AO", true},
		{"Essequibo", gazetteer.Region, "", true},
		{"Catalonia", gazetteer.Region, "ES", false},
		{"Scotland", gazetteer.Region, "GB", false},
		{"Texas", gazetteer.Region, "US", false},
		{"Quebec", gazetteer.Region, "CA", false},
		{"Sinaloa", gazetteer.Region, "MX", false},
		{"Sahel", gazetteer.Region, "", false},
		{"Middle East", gazetteer.Region, "", false},
		{"Ar-Raqqa", gazetteer.Settlement, "SY", false},
		{"Hodeida", gazetteer.Settlement, "YE", false},
		{"Khan Younis", gazetteer.Settlement, "PS", false},
		{"Severodonetsk", gazetteer.Settlement, "UA", false},
		{"Al-Fashir", gazetteer.Settlement, "SD", false},
		{"Hargeisa", gazetteer.Settlement, "SO", false},
		{"Gulf of Aden", gazetteer.Sea, "", false},
		{"Sea of Azov", gazetteer.Sea, "", false},
		{"South China Sea", gazetteer.Sea, "", true},
		{"Bab al-Mandab", gazetteer.Strait, "", false},
		{"Strait of Hormuz", gazetteer.Strait, "", false},
		{"Kerch Strait", gazetteer.Strait, "", true},
		{"Suez Canal", gazetteer.Canal, "EG", false},
		{"Bay of Bengal", gazetteer.Bay, "", false},
		{"Euphrates", gazetteer.River, "", false},
		{"Litani", gazetteer.River, "LB", false},
		{"Lake Chad", gazetteer.Lake, "", false},
		{"Sinai", gazetteer.Peninsula, "EG", false},
		{"Snake Island", gazetteer.Island, "UA", false},
		{"Spratly Islands", gazetteer.Island, "", true},
		{"Second Thomas Shoal", gazetteer.Reef, "", true},
		{"Sahara", gazetteer.Desert, "", false},
		{"Nuba Mountains", gazetteer.Mountain, "SD", false},
		{"Bekaa Valley", gazetteer.Valley, "LB", false},
		{"Sambisa Forest", gazetteer.Forest, "NG", false},
		{"Virunga National Park", gazetteer.Park, "CD", false},
		{"Khyber Pass", gazetteer.Pass, "", false},
		{"Cape of Good Hope", gazetteer.Cape, "ZA", false},
		{"Line of Control", gazetteer.Line, "", true},
		{"Blue Line", gazetteer.Line, "", true},
		{"Durand Line", gazetteer.Line, "", true},
		{"38th parallel", gazetteer.Line, "", false},
		{"Rafah crossing", gazetteer.Crossing, "PS", false},
		{"Torkham", gazetteer.Crossing, "", false},
		{"Zaporizhzhia nuclear power plant", gazetteer.Facility, "UA", false},
		{"Hmeimim", gazetteer.Base, "SY", false},
	}
	for _, tt := range tests {
		hits := g.Lookup(tt.name)
		if len(hits) == 0 {
			t.Errorf("%s is not found", tt.name)
			continue
		}
		if p := hits[0].Place; p.Kind != tt.kind || p.Country != tt.country || p.Disputed != tt.disputed || hits[0].Match != gazetteer.Exact {
			t.Errorf("%s is %s, a %s in %q, disputed %v; want a %s in %q, disputed %v",
				tt.name, p.ID, p.Kind, p.Country, p.Disputed, tt.kind, tt.country, tt.disputed)
		}
	}
}

// A region that shares its city's name is found with a generic word only, and
// a common word is no region.
func TestCityBeforeRegion(t *testing.T) {
	g, _ := authored(t)
	for _, name := range []string{"Kharkiv", "Idlib", "Kandahar", "Centre", "Unity", "Lakes", "Bay", "Delta", "European", "Kurdish"} {
		for _, h := range g.Lookup(name) {
			if h.Match == gazetteer.Exact && h.Place.Kind == gazetteer.Region {
				t.Errorf("%s is %s", name, h.Place.ID)
			}
		}
	}
}

// The tables of the world: enough regions, every id once, every row with its
// source and, but for settlements of GeoNames, how far off it may be.
func TestWorldTables(t *testing.T) {
	_, data := authored(t)
	tables := map[string]int{
		"regions.tsv": 1500, "historical-regions.tsv": 300, "seas-straits.tsv": 150, "rivers-lakes.tsv": 200,
		"terrain.tsv": 400, "lines-crossings.tsv": 150, "facilities-bases.tsv": 150, "settlements.tsv": 700,
	}
	firstLevel := 0
	seen := make(map[string]string)
	for table, least := range tables {
		text, err := fs.ReadFile(data, table)
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for line := range strings.Lines(string(text)) {
			fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if strings.HasPrefix(line, "#") || fields[0] == "id" {
				continue
			}
			rows++
			if first, ok := seen[fields[0]]; ok {
				t.Errorf("%s: %s stands in %s too", table, fields[0], first)
			}
			seen[fields[0]] = table
			if fields[12] == "" || fields[8] == "" && !strings.HasPrefix(fields[12], "GeoNames") && table != "settlements.tsv" || fields[8] == "" && strings.HasPrefix(fields[0], "cm:") {
				t.Errorf("%s: %s has the source %q and the uncertainty %q", table, fields[0], fields[12], fields[8])
			}
			if table == "regions.tsv" && strings.HasPrefix(fields[0], "gn:") {
				firstLevel++
			}
		}
		if rows < least {
			t.Errorf("%s: %d rows, at least %d", table, rows, least)
		}
	}
	if firstLevel < 400 {
		t.Errorf("%d first-level regions, at least 400", firstLevel)
	}
}

// The lines pass between what lay on either side of them.
func TestWorldLines(t *testing.T) {
	g, _ := authored(t)
	for _, slug := range []string{
		"line-of-control", "line-of-actual-control", "blue-line", "green-line", "un-buffer-zone-in-cyprus", "korean-demilitarized-zone",
		"military-demarcation-line", "38th-parallel", "northern-limit-line", "durand-line", "moroccan-western-sahara-wall", "donbas-contact-line", "alpha-line",
	} {
		p, ok := g.Place("cm:" + slug)
		switch {
		case !ok:
			t.Errorf("%s is not there", slug)
		case p.Kind != gazetteer.Line || p.Shape == nil || p.Uncertainty == 0:
			t.Errorf("%s: a %s with the shape %v and the uncertainty %g", slug, p.Kind, p.Shape, p.Uncertainty)
		}
	}
}

func TestWorldDemonyms(t *testing.T) {
	g, _ := authored(t)
	for form, want := range map[string]string{
		"Tigrayan": "Tigray", "Darfuri": "Darfur", "Kashmiris": "Kashmir", "Catalan": "Catalonia", "Tibetan": "Tibet", "Texans": "Texas",
		"Quebecois": "Quebec", "Gazans": "Gaza Strip", "Chechen": "Chechnya", "Scottish": "Scotland", "West African": "West Africa",
	} {
		hits := g.Lookup(form)
		if len(hits) == 0 || hits[0].Place.Name != want || !hits[0].Name.Demonym {
			t.Errorf("%s: %v, want the demonym of %s", form, hits, want)
		}
	}
	for _, form := range []string{"Kurdish", "Arab", "European"} {
		if hits := g.Lookup(form); len(hits) > 0 && hits[0].Match == gazetteer.Exact {
			t.Errorf("%s is %s", form, hits[0].Place.ID)
		}
	}
}
