package geonames_test

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/gazetteer/geonames"
)

// placeRow is a row of a table of places in which a field can be exchanged.
func placeRow(column int, value string) string {
	fields := strings.Split("148619\tAğdam\tAgdam\tAghdam,Акна\t39.991\t46.9274\tP\tPPLA2\tAZ\t\t01\t\t\t\t39451\t\t350\tAsia/Baku\t2026-01-01", "\t")
	if column >= 0 {
		fields[column] = value
	}
	return strings.Join(fields, "\t")
}

func TestReadPlace(t *testing.T) {
	p, err := geonames.ReadPlace([]byte(placeRow(-1, "")))
	if err != nil {
		t.Fatal(err)
	}
	if p.ID != "gn:148619" || p.Name != "Ağdam" || p.Kind != gazetteer.Settlement || p.Country != "AZ" || p.Capital || p.Disputed ||
		p.Point.Lon() != 46.9274 || p.Point.Lat() != 39.991 || p.Population != 39451 || p.External["geonames"] != "148619" || p.Source != "GeoNames" {
		t.Errorf("read %+v", p)
	}
	want := []gazetteer.Name{
		{Text: "Ağdam", Preferred: true}, {Text: "Agdam"},
		{Text: "Aghdam"}, {Text: "Акна"},
	}
	if !slices.Equal(p.Names, want) {
		t.Errorf("names %+v, want %+v", p.Names, want)
	}
}

func TestReadPlaceRefuses(t *testing.T) {
	cases := []struct {
		column      int
		value, want string
	}{
		{0, "", `geonameid "" is not a number`},
		{0, "-5", `geonameid "-5"`},
		{0, "1234567890123", `geonameid "1234567890123"`},
		{1, " ", "no name"},
		{4, "91", `latitude "91" is not a number from -90 to 90`},
		{4, "NaN", `latitude "NaN"`},
		{4, "39,99", `latitude "39,99"`},
		{5, "-180.5", `longitude "-180.5" is not a number from -180 to 180`},
		{5, "", `longitude ""`},
		{6, "PP", `feature "PP"."PPLA2"`},
		{8, "Az", `country "Az" is not a code`},
		{14, "-1", `population "-1"`},
		{14, "many", `population "many"`},
		{14, "99999999999999999999", "population"},
		{18, "a\tb", "20 columns, want 19"},
	}
	for _, c := range cases {
		if p, err := geonames.ReadPlace([]byte(placeRow(c.column, c.value))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("column %d %q: %v, %v; want an error with %q", c.column, c.value, p, err, c.want)
		}
	}
}

func TestFeatures(t *testing.T) {
	cases := []struct {
		class, code, country string
		kind                 gazetteer.Kind
		capital, former      bool
	}{
		{"P", "PPLC", "AZ", gazetteer.Settlement, true, false},
		{"P", "PPLC", "GL", gazetteer.Settlement, false, false},
		{"P", "", "AZ", gazetteer.Settlement, false, false},
		{"P", "PPLH", "AZ", gazetteer.Settlement, false, true},
		{"A", "ADM1H", "AZ", gazetteer.Region, false, true},
		{"A", "PCLI", "AZ", gazetteer.Country, false, false},
		{"L", "RGNH", "RO", gazetteer.Region, false, false},
		{"H", "STM", "", gazetteer.River, false, false},
		{"S", "INSM", "AZ", gazetteer.Base, false, false},
		{"S", "HTL", "AZ", "", false, false},
		{"U", "SMU", "", "", false, false},
		{"", "", "AZ", "", false, false},
	}
	for _, c := range cases {
		row := strings.Split(placeRow(6, c.class), "\t")
		row[7], row[8] = c.code, c.country
		p, err := geonames.ReadPlace([]byte(strings.Join(row, "\t")))
		switch {
		case err != nil:
			t.Errorf("%s.%s: %v", c.class, c.code, err)
		case c.kind == "":
			if p != nil {
				t.Errorf("%s.%s is taken over as a %s", c.class, c.code, p.Kind)
			}
		case p == nil || p.Kind != c.kind || p.Capital != c.capital || p.Names[0].Historical != c.former:
			t.Errorf("%s.%s in %q: %+v, want %+v", c.class, c.code, c.country, p, c)
		}
	}
}

// Codes and machines' transliterations are no names.
func TestNoise(t *testing.T) {
	cases := []struct {
		class, code, names, want string
	}{
		{"P", "PPL", "FZL,UBBB,Fuzuli", "Fuzuli"},
		{"P", "PPL", "wrsan,an dao er cheng,Վարազան,ورسان", "Վարազան|ورسان"},
		{"P", "PPL", "'s-Hertogenbosch,l’Aquila,Aq", "'s-Hertogenbosch|l’Aquila"},
		{"A", "PCLI", "USA,U.S.A.,US,DRC", "USA|U.S.A.|DRC"},
		{"P", "PPL", ",,Ağdam,Ağdam , 12", ""},
	}
	for _, c := range cases {
		row := strings.Split(placeRow(3, c.names), "\t")
		row[6], row[7] = c.class, c.code
		p, err := geonames.ReadPlace([]byte(strings.Join(row, "\t")))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range p.Names[2:] {
			got = append(got, n.Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q gives the names %q, want %q", c.names, got, c.want)
		}
	}
}

func TestReadAlternate(t *testing.T) {
	cases := []struct {
		row  string
		want gazetteer.Name
	}{
		{"1\t2\thy\tԲաքու\t1\t\t\t\t\t", gazetteer.Name{Text: "Բաքու", Lang: "hy", Preferred: true}},
		{"1\t2\ten\tBig Apple\t\t\t1\t\t\t", gazetteer.Name{Text: "Big Apple", Lang: "en", Colloquial: true}},
		{"1\t2\ten\tVararakn\t\t\t\t1\t\t", gazetteer.Name{Text: "Vararakn", Lang: "en", Historical: true}},
		{"1\t2\tru\tЛенинград\t\t\t\t\t1924\t1991", gazetteer.Name{Text: "Ленинград", Lang: "ru", Historical: true}},
		{"1\t2\tabbr\tN.Y.\t\t\t\t\t\t", gazetteer.Name{Text: "N.Y.", Short: true}},
		{"1\t2\tzh-TW\t巴庫\t\t1\t\t\t\t", gazetteer.Name{Text: "巴庫", Lang: "zh", Short: true}},
		{"1\t2\tckb\tباکۆ\t\t\t\t\t\t", gazetteer.Name{Text: "باکۆ"}},
		{"1\t2\t\tBaku\t\t\t\t", gazetteer.Name{Text: "Baku"}},
		{"1\t2\tja\tバクー\t\t\t\t\t\t", gazetteer.Name{Text: "バクー", Lang: "ja"}},
	}
	for _, c := range cases {
		if n, _, use, err := geonames.ReadAlternate([]byte(c.row)); err != nil || !use || n != c.want {
			t.Errorf("%q: %+v, %v, %v; want %+v", c.row, n, use, err, c.want)
		}
	}
	for _, language := range []string{"link", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny"} {
		if _, _, use, err := geonames.ReadAlternate([]byte("1\t2\t" + language + "\tGYD\t\t\t\t\t\t")); use || err != nil {
			t.Errorf("%s: %v, %v; want it left out", language, use, err)
		}
	}
	if _, q, use, err := geonames.ReadAlternate([]byte("1\t2\twkdt\tQ9248\t\t\t\t\t\t")); q != "9248" || !use || err != nil {
		t.Errorf("wikidata: %q, %v, %v", q, use, err)
	}
	for row, want := range map[string]string{
		"1\t2\ten\tBaku":                   "4 columns, want 10",
		"x\t2\ten\tBaku\t\t\t\t\t\t":       "alternateNameId",
		"1\t\ten\tBaku\t\t\t\t\t\t":        "geonameid",
		"1\t2\ten\t \t\t\t\t\t\t":          "no name",
		"1\t2\ten\tBaku\tyes\t\t\t\t\t":    `flag "yes"`,
		"1\t2\twkdt\tL123\t\t\t\t\t\t":     "wikidata",
		"1\t2\ten\tBaku\t\t\t\t\t\t\tmore": "11 columns",
	} {
		if _, _, _, err := geonames.ReadAlternate([]byte(row)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %q", row, err, want)
		}
	}
}

func TestDetect(t *testing.T) {
	good := placeRow(-1, "")
	cases := []struct {
		name, content string
		want          geonames.Format
	}{
		{"places", good + "\n", geonames.Places},
		{"byte order mark, carriage returns, comments", "\ufeff# a comment\r\n\r\n" + good + "\r\n", geonames.Places},
		{"malformed lines first", "rubbish\n<b>\t\n\xff\xfe\n" + good, geonames.Places},
		{"a line of 3 MiB first", strings.Repeat("x", 3<<20) + "\n" + good, geonames.Places},
		{"alternate names", "1\t2\ten\tBaku\t\t\t\t\t\t\n", geonames.AlternateNames},
		{"alternate names, older", "1\t2\ten\tBaku\t\t\t\t\n", geonames.AlternateNames},
		{"admin1", "AZ.09\tBaku City\tBaku City\t587084\n", geonames.Admin1},
		{"admin2", "US.OH.049\tFranklin\tFranklin\t4509884\n", geonames.Admin2},
		{"hierarchy", "1\t2\tADM\n", geonames.Hierarchy},
		{"hierarchy without types", "1\t2\n", geonames.Hierarchy},
	}
	for _, c := range cases {
		if got, err := geonames.Detect(strings.NewReader(c.content)); got != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
	for file, want := range map[string]geonames.Format{
		"AZ.txt": geonames.Places, "alternateNamesV2.txt": geonames.AlternateNames, "countryInfo.txt": geonames.CountryInfo,
		"admin1CodesASCII.txt": geonames.Admin1, "admin2Codes.txt": geonames.Admin2, "hierarchy.txt": geonames.Hierarchy,
	} {
		f, err := os.Open("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := geonames.Detect(f); got != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", file, got, err, want)
		}
		f.Close()
	}
}

func TestDetectRefuses(t *testing.T) {
	cases := []struct{ name, content, want string }{
		{"nothing", "", "empty"},
		{"blank lines", "\n\n# only a comment\n", "empty"},
		{"PDF", "%PDF-1.7\n1 0 obj\n", "a PDF document"},
		{"HTML", "<!DOCTYPE html>\n<html><body>404</body></html>\n", "HTML"},
		{"JSON", `{"error": "no"}`, "JSON"},
		{"image", "\x89PNG\r\n\x1a\n", "PNG"},
		{"zeros", strings.Repeat("\x00", 1000), "binary data"},
		{"UTF-16", "\xff\xfe1\x00\n\x00", "UTF-16"},
		{"CSV", "id,name,lat,lon\n1,Baku,40,49\n", "comma-separated"},
		{"semicolons", "id;name;lat;lon\n1;Baku;40;49\n", "comma-separated"},
		{"postal codes", "AZ\t1000\tBaku\t\t\t\t\t\t\t40\t49\t6\n", "postal codes"},
		{"another table", "a\tb\tc\td\te\n", "line 1 has 5 columns"},
		{"random bytes", "\x9c\x80\x12\xfe\xda", "not UTF-8"},
	}
	for _, c := range cases {
		if got, err := geonames.Detect(strings.NewReader(c.content)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, %v; want an error with %q", c.name, got, err, c.want)
		}
	}
}

func FuzzReadPlace(f *testing.F) {
	f.Add([]byte(placeRow(-1, "")))
	f.Add([]byte(placeRow(3, ",,\u202e,ÅÅ,"+strings.Repeat("A", 300))))
	f.Add([]byte(placeRow(4, "1e400")))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<16 || !utf8.Valid(text) {
			return
		}
		p, err := geonames.ReadPlace(text)
		if err != nil || p == nil {
			return
		}
		if !p.Kind.Valid() || math.Abs(p.Point.Lat()) > 90 || math.Abs(p.Point.Lon()) > 180 || p.Population < 0 || len(p.Country) != 0 && len(p.Country) != 2 {
			t.Errorf("%q: %+v", text, p)
		}
		for _, n := range p.Names {
			if n.Text == "" || len(n.Text) > 200 {
				t.Errorf("%q: name %q", text, n.Text)
			}
		}
	})
}

func FuzzReadAlternate(f *testing.F) {
	f.Add([]byte("1\t2\thy\tԲաքու\t1\t\t\t\t\t"))
	f.Add([]byte("1\t2\twkdt\tQ9248\t\t\t\t\t\t"))
	f.Add([]byte("1\t2\tabbr\tN.Y.\t\t\t\t"))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, wikidata, use, err := geonames.ReadAlternate(text)
		if err == nil && use && wikidata == "" && (n.Text == "" || len(n.Text) > 200 || len(n.Lang) != 0 && len(n.Lang) != 2) {
			t.Errorf("%q: %+v", text, n)
		}
	})
}

func FuzzDetect(f *testing.F) {
	f.Add([]byte(placeRow(-1, "")))
	f.Add([]byte("\ufeff# x\r\n1\t2\n"))
	f.Add([]byte("<html>"))
	f.Add([]byte("PK\x03\x04\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		format, err := geonames.Detect(strings.NewReader(string(content)))
		if (format == "") == (err == nil) {
			t.Errorf("%q: %q, %v", content, format, err)
		}
		good, bad, err := geonames.Lines(strings.NewReader(string(content)))
		if err != nil || good+bad > strings.Count(string(content), "\n")+1 {
			t.Errorf("%q: %d good lines, %d bad, %v", content, good, bad, err)
		}
	})
}
