package gazetteer_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/conflictmap/conflictmap/gazetteer"
)

const (
	header   = "id\tname\tkind\tcountry\tdisputed\tcapital\tlon\tlat\tuncertainty_m\tpopulation\tnames\twikidata\tsource\n"
	armenia  = "gn:174982\tArmenia\tcountry\tAM\t\t\t44.9317\t40.2886\t\t3084400\thy*=Հայաստան\t\ttest\n"
	goris    = "gn:174895\tGoris\tsettlement\tAM\t\t\t46.3417\t39.5111\t\t20379\tru*=Горис|~=Gorus\tQ319735\ttest\n"
	lake     = "cm:lake\tLake\tlake\tAM\t\t\t45.3\t40.3\t1000\t\t\t\ttest\n"
	demonyms = "id\tplace\tforms\tsource\n"
	square   = `{"type":"Feature","id":"cm:lake","geometry":{"type":"Polygon","coordinates":[[[45,40],[46,40],[46,41],[45,41],[45,40]]]}}`
)

// files makes a file system of pairs of name and content.
func files(pairs ...string) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func TestLoad(t *testing.T) {
	g, err := gazetteer.Load(files(
		"countries.tsv", "# Countries\n\n"+header+armenia,
		"theatre.tsv", "\n"+header+"# here\r\n"+strings.TrimSuffix(goris, "\n")+"\r\n"+lake,
		"demonyms.tsv", demonyms+"gn:174982\tArmenia\tArmenian|Armenians\ttest\n",
		"shapes/lake.geojson", square,
		"notes.txt", "ignored",
	))
	if err != nil {
		t.Fatal(err)
	}
	if g.Len() != 3 {
		t.Errorf("%d places, want 3", g.Len())
	}
	p, _ := g.Place("gn:174895")
	want := []gazetteer.Name{
		{Text: "Goris", Lang: "en", Script: "Latn", Preferred: true},
		{Text: "Горис", Lang: "ru", Script: "Cyrl", Preferred: true},
		{Text: "Gorus", Script: "Latn", Historical: true},
	}
	if !slices.Equal(p.Names, want) {
		t.Errorf("names %+v, want %+v", p.Names, want)
	}
	if p.Point[0] != 46.3417 || p.Point[1] != 39.5111 || p.Population != 20379 || p.External["wikidata"] != "Q319735" || p.Source != "test" {
		t.Errorf("got %+v", p)
	}
	l, _ := g.Place("cm:lake")
	if l.Shape == nil || l.Uncertainty != 1000 || l.Geometry().GeoJSONType() != "Polygon" {
		t.Errorf("got %+v", l)
	}
}

// A name of a place comes before a demonym, whatever else speaks for the latter.
func TestNameBeforeDemonym(t *testing.T) {
	g, err := gazetteer.Load(files(
		"countries.tsv", header+armenia,
		"theatre.tsv", header+"cm:hamlet\tArmenian\tsettlement\tAM\t\t\t44\t40\t\t\t\t\ttest\n",
		"demonyms.tsv", demonyms+"gn:174982\tArmenia\tArmenian|Armenians\ttest\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	hits := g.Lookup("armenian")
	if got := ids(hits); !slices.Equal(got, []string{"cm:hamlet", "gn:174982"}) {
		t.Fatalf("got %v", got)
	}
	if hits[0].Name.Demonym || !hits[1].Name.Demonym {
		t.Error("the demonym flags are wrong")
	}
}

func TestLoadMalformed(t *testing.T) {
	row := func(column int, value string) string {
		fields := strings.Split(strings.TrimSuffix(goris, "\n"), "\t")
		fields[column] = value
		return strings.Join(fields, "\t") + "\n"
	}
	tests := []struct {
		name string
		file string
		text string
		want string // within the error
	}{
		{"no header", "t.tsv", "", `t.tsv:1: no header line`},
		{"wrong header", "t.tsv", "id\tname\n" + goris, `t.tsv:1: header "id name"`},
		{"columns", "t.tsv", header + "gn:1\tX\n", `t.tsv:2: 2 columns, want 13`},
		{"id", "t.tsv", header + row(0, "174895"), `t.tsv:2: id "174895"`},
		{"id without number", "t.tsv", header + row(0, "gn:"), `id "gn:"`},
		{"slug", "t.tsv", header + row(0, "cm:Lake Sevan"), `id "cm:Lake Sevan"`},
		{"duplicate", "t.tsv", header + goris + "# between\n" + goris, `t.tsv:4: id "gn:174895" is on line 2 already`},
		{"no name", "t.tsv", header + row(1, ""), `t.tsv:2: name "" has no letter`},
		{"kind", "t.tsv", header + row(2, "city"), `t.tsv:2: unknown kind "city"`},
		{"country form", "t.tsv", header + row(3, "Armenia"), `t.tsv:2: country "Armenia"`},
		{"country unknown", "t.tsv", header + row(3, "ZZ"), `t.tsv:2: unknown country code "ZZ"`},
		{"country twice", "t.tsv", header + "gn:1\tArmenia too\tcountry\tAM\t\t\t44\t40\t\t\t\t\ttest\n", `t.tsv:2: country code "AM" is that of "Armenia" already`},
		{"disputed", "t.tsv", header + row(4, "yes"), `disputed "yes"`},
		{"capital", "t.tsv", header + row(5, "1"), `capital "1"`},
		{"lon", "t.tsv", header + row(6, "181"), `t.tsv:2: lon "181" is not a number from -180 to 180`},
		{"lat", "t.tsv", header + row(7, "95.2"), `t.tsv:2: lat "95.2" is not a number from -90 to 90`},
		{"lat missing", "t.tsv", header + row(7, ""), `lat ""`},
		{"lat NaN", "t.tsv", header + row(7, "NaN"), `lat "NaN"`},
		{"lon Inf", "t.tsv", header + row(6, "-Inf"), `lon "-Inf"`},
		{"lon overflow", "t.tsv", header + row(6, "1e999"), `lon "1e999"`},
		{"uncertainty", "t.tsv", header + row(8, "-1"), `uncertainty_m "-1"`},
		{"population", "t.tsv", header + row(9, "many"), `population "many"`},
		{"population negative", "t.tsv", header + row(9, "-5"), `population "-5"`},
		{"name language", "t.tsv", header + row(10, "hye=Գորիս"), `language "hye"`},
		{"name empty", "t.tsv", header + row(10, "Gorus||"), `has no letter`},
		{"name long", "t.tsv", header + row(10, strings.Repeat("x", 201)), `longer than 200 bytes`},
		{"names too many", "t.tsv", header + row(10, strings.Repeat("x|", 400)+"x"), `401 names`},
		{"wikidata", "t.tsv", header + row(11, "319735"), `wikidata "319735"`},
		{"source", "t.tsv", header + row(12, ""), `t.tsv:2: no source`},
		{"UTF-8", "t.tsv", header + "\n" + row(1, "Gor\xffis"), `t.tsv:3: byte 14 (0xff) is not UTF-8`},
		{"NUL", "t.tsv", header + row(1, "Gor\x00is"), `(0x0) is not UTF-8 text`},
		{"long line", "t.tsv", header + goris + row(12, strings.Repeat("x", 1<<17)), `t.tsv:3: line longer than 65536 bytes`},
		{"kind changes", "t.tsv", header + "gn:174982\tArmenia\tregion\tAM\t\t\t44\t40\t\t\t\t\ttest\n", `t.tsv:2: id "gn:174982" is a region here and a country at countries.tsv:2`},
		{"demonym of nothing", "demonyms.tsv", demonyms + "gn:1\tArmenia\tArmenian\ttest\n", `demonyms.tsv:2: id "gn:1" is no place`},
		{"demonym of another", "demonyms.tsv", demonyms + "gn:174982\tAlbania\tAlbanian\ttest\n", `demonyms.tsv:2: id "gn:174982" is "Armenia", not "Albania"`},
		{"demonym empty", "demonyms.tsv", demonyms + "gn:174982\tArmenia\t\ttest\n", `demonyms.tsv:2: name "" has no letter`},
		{"shape JSON", "shapes/s.geojson", "{", `shapes/s.geojson: parse JSON`},
		{"shape type", "shapes/s.geojson", `{"type":"FeatureCollection"}`, `shapes/s.geojson: type "FeatureCollection"`},
		{"shape point", "shapes/s.geojson", `{"type":"Feature","id":"cm:lake","geometry":{"type":"Point","coordinates":[1,2]}}`, `geometry type "Point"`},
		{"shape id", "shapes/s.geojson", strings.Replace(square, "cm:lake", "cm:pond", 1), `id "cm:pond" is no place`},
		{"shape open", "shapes/s.geojson", strings.Replace(square, ",[45,40]]", "]", 1), `ring 1 of 4 positions is not closed`},
		{"shape clockwise", "shapes/s.geojson", strings.Replace(square, "[46,40],[46,41],[45,41]", "[45,41],[46,41],[46,40]", 1), `ring 1 winds the wrong way`},
		{"shape off the label", "shapes/s.geojson", strings.ReplaceAll(square, "[45,", "[45.5,"), `the label point [45.3 40.3] of "cm:lake" at lakes.tsv:2 lies outside`},
		{"shape position", "shapes/s.geojson", strings.Replace(square, "[46,41]", "[46,91]", 1), `position [46 91]`},
		{"shape short position", "shapes/s.geojson", strings.Replace(square, "[46,41]", "[46]", 1), `position [46]`},
		{"shape coordinates", "shapes/s.geojson", strings.Replace(square, "[46,41]", `"x"`, 1), `coordinates`},
		{"shape no coordinates", "shapes/s.geojson", `{"type":"Feature","id":"cm:lake","geometry":{"type":"LineString"}}`, `coordinates`},
		{"shape empty", "shapes/s.geojson", `{"type":"Feature","id":"cm:lake","geometry":{"type":"Polygon","coordinates":[]}}`, `polygon without a ring`},
		{"shape size", "shapes/s.geojson", square + strings.Repeat(" ", 1<<20), `larger than 1048576 bytes`},
		{"line of one", "shapes/s.geojson", `{"type":"Feature","id":"cm:lake","geometry":{"type":"LineString","coordinates":[[45,40]]}}`, `line of 1 positions`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := files("countries.tsv", header+armenia, "lakes.tsv", header+lake)
			fsys[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
			g, err := gazetteer.Load(fsys)
			if err == nil {
				t.Fatalf("loaded %d places, want an error", g.Len())
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q, want %q within", err, tt.want)
			}
		})
	}
}

func TestLoadEmpty(t *testing.T) {
	if _, err := gazetteer.Load(files("readme.md", "x")); err == nil || !strings.Contains(err.Error(), "no places") {
		t.Errorf("error %v, want: no places", err)
	}
}

// Everything wrong in a file is reported at once, up to a bound.
func TestLoadReportsAll(t *testing.T) {
	var text strings.Builder
	text.WriteString(header)
	for range 30 {
		text.WriteString("x\ty\n")
	}
	text.WriteString(strings.Replace(goris, "39.5111", "139", 1))
	_, err := gazetteer.Load(files("countries.tsv", header+armenia, "t.tsv", text.String()))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"t.tsv:2: 2 columns", "t.tsv:21: 2 columns", "and 10 more", `t.tsv:32: lat "139"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q, want %q within", err, want)
		}
	}
	if strings.Contains(err.Error(), "t.tsv:22:") {
		t.Error("more than 20 problems of one sort are reported")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(header+armenia+goris, demonyms+"gn:174982\tArmenia\tArmenian\ttest\n", square)
	f.Add(header+lake, demonyms, square)
	f.Add("# x\n\n"+header+"cm:a\tA&B\tregion\tAM\tY\tN\t1e1\t-0\t0\t0\t*=Ä|~=b|zz=ß\tQ1\ts", "", "{}")
	f.Add(header+strings.Replace(goris, "Gorus", "G|Ä|7|Ås", 1), demonyms, square)
	f.Add(header+"cm:lake\tL\tlake\t\t\t\t45.5\t40.5\t\t\t~=b|zz=ß\t\ts\n", demonyms, square)
	f.Add("", "\t\t\n", `{"type":"Feature","id":"cm:lake","geometry":{"type":"MultiPolygon","coordinates":[[[[0,0]]]]}}`)
	f.Fuzz(func(t *testing.T, places, peoples, shape string) {
		g, err := gazetteer.Load(files("t.tsv", places, "demonyms.tsv", peoples, "shapes/s.geojson", shape))
		if err != nil {
			return
		}
		for p := range g.Places() {
			if !p.Kind.Valid() || p.ID == "" || p.Source == "" || len(p.Names) == 0 {
				t.Errorf("invalid place %+v", p)
			}
			if !(p.Point[0] >= -180 && p.Point[0] <= 180 && p.Point[1] >= -90 && p.Point[1] <= 90) {
				t.Errorf("%s lies at %v", p.ID, p.Point)
			}
			for _, n := range p.Names {
				if letters(gazetteer.Fold(n.Text)) >= 2 && !slices.Contains(ids(g.Lookup(n.Text)), p.ID) {
					t.Errorf("%s is not found as %q", p.ID, n.Text)
				}
			}
		}
	})
}

// letters counts the letters of a name; one of less than two is not looked for.
func letters(name string) (n int) {
	for _, r := range name {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
