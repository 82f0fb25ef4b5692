package geonames_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/gazetteer/geonames"
)

// open imports files and opens the result.
func open(t *testing.T, o geonames.Options, files ...string) (*gazetteer.Gazetteer, geonames.Report) {
	t.Helper()
	o.Output = filepath.Join(t.TempDir(), "out.cmg")
	report, err := geonames.Import(t.Context(), files, o)
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Open(o.Output)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g, report
}

// write makes a file in a folder of the test's own.
func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// zipped packs files, name and content by turns.
func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t *testing.T, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func place(t *testing.T, g *gazetteer.Gazetteer, id string) *gazetteer.Place {
	t.Helper()
	p, ok := g.Place(id)
	if !ok {
		t.Fatalf("no place %s", id)
	}
	return p
}

// nameOf returns the name with the text.
func nameOf(p *gazetteer.Place, text string) (gazetteer.Name, bool) {
	for _, n := range p.Names {
		if n.Text == text {
			return n, true
		}
	}
	return gazetteer.Name{}, false
}

// The tables come in an order in which nothing fits.
var allTables = []string{
	"testdata/AZ.txt", "testdata/alternateNamesV2.txt", "testdata/hierarchy.txt",
	"testdata/admin2Codes.txt", "testdata/admin1CodesASCII.txt", "testdata/countryInfo.txt",
}

func TestImport(t *testing.T) {
	g, report := open(t, geonames.Options{}, allTables...)
	if n := g.Len(); n != 8 || report.Malformed() != 0 {
		t.Errorf("%d places, %d malformed lines; want 8 and none", n, report.Malformed())
	}
	counts := make(map[geonames.Format]geonames.Table)
	for _, table := range report.Tables {
		counts[table.Format] = table
	}
	if c := counts[geonames.Places]; c.Rows != 10 || c.Places != 8 || c.Skipped != 2 {
		t.Errorf("places: %+v", c)
	}
	if c := counts[geonames.AlternateNames]; c.Rows != 13 || c.Names != 8 || c.Left != 4 {
		t.Errorf("alternate names: %+v", c)
	}
	if _, ok := g.Place("gn:900000002"); ok {
		t.Error("a hotel is in")
	}

	baku := place(t, g, "gn:587084")
	if !baku.Capital || baku.External["wikidata"] != "Q9248" || baku.External["geonames"] != "587084" {
		t.Errorf("Baku: %+v", baku)
	}
	for _, text := range []string{"https://en.wikipedia.org/wiki/Baku", "AZ1000", "GYD", "BAK", "bakw", "bā kù", "Q9248"} {
		if n, ok := nameOf(baku, text); ok {
			t.Errorf("Baku has the name %+v", n)
		}
	}
	for text, want := range map[string]gazetteer.Name{
		"City of Winds": {Text: "City of Winds", Lang: "en", Script: "Latn", Colloquial: true},
		"巴庫":            {Text: "巴庫", Lang: "zh", Script: "Hani"},
		"Baku City":     {Text: "Baku City", Script: "Latn"},
	} {
		if n, _ := nameOf(baku, text); n != want {
			t.Errorf("Baku's name %+v, want %+v", n, want)
		}
	}

	town := place(t, g, "gn:146970")
	for text, historical := range map[string]bool{"Ստեփանակերտ": false, "Vararakn": true, "Ханкенди": true, "Khankendi Town": false} {
		if n, ok := nameOf(town, text); !ok || n.Historical != historical {
			t.Errorf("%q: %+v, %v; historical should be %v", text, n, ok, historical)
		}
	}
	if p := place(t, g, "gn:900000001"); len(p.Names) == 0 || !p.Names[0].Historical {
		t.Errorf("a village that is no more: %+v", p)
	}
	// The row names no country; its parents' parent is one.
	if p := place(t, g, "gn:900000006"); p.Country != "AZ" {
		t.Errorf("a quarter of Baku is filed under %q", p.Country)
	}
	if p := place(t, g, "gn:900000003"); p.Country != "" {
		t.Errorf("a river through two countries is filed under %q", p.Country)
	}
	if p, ok := g.CountryPlace("AZ"); !ok || p.ID != "gn:587116" {
		t.Errorf("Azerbaijan: %+v", p)
	}
}

// A zip, a gzip and a text of the same content are the same gazetteer.
func TestImportPacked(t *testing.T) {
	content, err := os.ReadFile("testdata/AZ.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"text":        "testdata/AZ.txt",
		"zip":         write(t, "AZ.zip", zipped(t, "readme.txt", "no table\n", "AZ.txt", string(content))),
		"gzip":        write(t, "AZ.txt.gz", gzipped(t, string(content))),
		"other names": write(t, "table.dat", zipped(t, "folder/list.txt", string(content))),
	} {
		if g, report := open(t, geonames.Options{}, path, path); g.Len() != 8 || len(report.Tables) != 1 {
			t.Errorf("%s: %d places, %+v", name, g.Len(), report.Tables)
		}
	}
}

func TestImportAuthoredWins(t *testing.T) {
	authored := fstest.MapFS{
		"here.tsv": {Data: []byte("id\tname\tkind\tcountry\tdisputed\tcapital\tlon\tlat\tuncertainty_m\tpopulation\tnames\twikidata\tsource\n" +
			"gn:146970\tStepanakert\tsettlement\tAZ\tY\t\t46.7528\t39.8177\t\t55000\thy*=Ստեփանակերտ\tQ129352\thand\n")},
	}
	g, report := open(t, geonames.Options{Authored: authored}, "testdata/AZ.txt")
	p := place(t, g, "gn:146970")
	if p.Name != "Stepanakert" || !p.Disputed || p.Population != 55000 || p.Source != "hand" {
		t.Errorf("authored place: %+v", p)
	}
	if _, ok := nameOf(p, "Xankəndi"); !ok {
		t.Errorf("GeoNames' name is lost: %+v", p.Names)
	}
	if g.Len() != 8 || report.Info.Places != 8 {
		t.Errorf("%d places, report says %d; want 8", g.Len(), report.Info.Places)
	}
}

func TestImportMalformedLines(t *testing.T) {
	var b strings.Builder
	b.WriteString("only one column\n")               // 1
	b.WriteString(placeRow(4, "north") + "\n")       // 2
	b.WriteString(placeRow(-1, "") + "\n")           // 3, good
	b.WriteString(placeRow(5, "200") + "\n")         // 4
	b.WriteString(placeRow(1, "a\xffb") + "\n")      // 5
	b.WriteString(placeRow(1, "a\x00b") + "\n")      // 6
	b.WriteString(strings.Repeat("x", 2<<20) + "\n") // 7
	b.WriteString("\n# comment\n")                   // 8, 9: none
	b.WriteString(placeRow(14, "-3"))                // 10, without an end
	var problems []string
	g, report := open(t, geonames.Options{Problem: func(err error) { problems = append(problems, err.Error()) }},
		write(t, "bad.txt", []byte(b.String())))
	if g.Len() != 1 || report.Malformed() != 7 || report.Tables[0].Rows != 8 {
		t.Errorf("%d places, %+v", g.Len(), report.Tables)
	}
	want := []string{
		"bad.txt:1: 1 columns, want 19", `bad.txt:2: latitude "north"`, `bad.txt:4: longitude "200"`, "bad.txt:5: not UTF-8 text",
		"bad.txt:6: control character 0x0", "bad.txt:7: line longer than 1048576 bytes", `bad.txt:10: population "-3"`,
	}
	if len(problems) != len(want) {
		t.Fatalf("problems %q", problems)
	}
	for i := range want {
		if !strings.Contains(problems[i], want[i]) {
			t.Errorf("problem %q, want one with %q", problems[i], want[i])
		}
	}
}

func TestImportTellsTwentyProblems(t *testing.T) {
	told := 0
	_, report := open(t, geonames.Options{Problem: func(error) { told++ }},
		write(t, "bad.txt", []byte(strings.Repeat(placeRow(4, "x")+"\n", 50)+placeRow(-1, ""))))
	if told != geonames.MaxProblems || report.Malformed() != 50 {
		t.Errorf("%d told, %d counted", told, report.Malformed())
	}
}

// Whatever is refused leaves the old file alone and no other beside it.
func TestImportRefuses(t *testing.T) {
	good, err := os.ReadFile("testdata/AZ.txt")
	if err != nil {
		t.Fatal(err)
	}
	whole := zipped(t, "AZ.txt", strings.Repeat(string(good), 200))
	damaged := bytes.Clone(whole)
	for i := range 40 {
		damaged[200+i] ^= 0x5a
	}
	packed := gzipped(t, strings.Repeat(string(good), 200))
	wrongSum := rewriteCRC(t, "AZ.txt", good)
	cases := []struct {
		name, file string
		content    []byte
		want       string
	}{
		{"zip cut in the middle", "AZ.zip", whole[:len(whole)/2], "the zip archive is cut off or damaged"},
		{"zip without its directory's end", "AZ.zip", whole[:len(whole)-10], "the zip archive is cut off or damaged"},
		{"zip with damaged content", "AZ.zip", damaged, "cut off or damaged"},
		{"zip with a wrong checksum", "AZ.zip", wrongSum, "cut off or damaged"},
		{"zip without a table", "AZ.zip", zipped(t, "picture.png", "x"), `a zip archive without a table (*.txt): it holds "picture.png"`},
		{"empty zip", "AZ.zip", zipped(t), "it is empty"},
		{"gzip cut off", "AZ.txt.gz", packed[:len(packed)-20], "cut off or damaged"},
		{"gzip in name only", "AZ.txt.gz", []byte("\x1f\x8bxxxxxxxxxxxx"), "cut off or damaged"},
		{"PDF", "AZ.txt", []byte("%PDF-1.4\n"), "AZ.txt: a PDF document"},
		{"error page", "AZ.zip", []byte("<html>502 Bad Gateway</html>"), "AZ.zip: HTML"},
		{"CSV", "AZ.txt", []byte("1,Baku,40,49\n"), "comma-separated"},
		{"nothing", "AZ.txt", nil, "empty"},
		{"no place", "hierarchy.txt", []byte("1\t2\tADM\n"), "none of the files is a table of places"},
		{"all lines malformed", "AZ.txt", []byte(strings.Repeat(placeRow(4, "x")+"\n", 30)), "all of its 30 lines are malformed"},
		{"only hotels", "AZ.txt", []byte(placeRow(7, "HTL") + "\n"), "none of the tables has a place"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, c.file, c.content)
			dir := t.TempDir()
			output := filepath.Join(dir, "out.cmg")
			if err := os.WriteFile(output, []byte("old"), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := geonames.Import(t.Context(), []string{path}, geonames.Options{Output: output, TempDir: t.TempDir()})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
			untouched(t, dir)
		})
	}
}

// untouched checks that a folder holds nothing but the old output.
func untouched(t *testing.T, dir string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "out.cmg"))
	if err != nil || string(content) != "old" || len(files) != 1 {
		t.Errorf("the old file holds %q (%v) among %v", content, err, files)
	}
}

// rewriteCRC packs a file with a checksum that isn't its own.
func rewriteCRC(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(content) + 1,
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content)),
	})
	if err == nil {
		_, err = w.Write(content)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImportRefusesOutputs(t *testing.T) {
	dir := t.TempDir()
	input := filepath.Join(dir, "AZ.txt")
	if err := os.WriteFile(input, []byte(placeRow(-1, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	for output, want := range map[string]string{
		"":                               "no output file",
		dir:                              "is a folder",
		input:                            "is among the files to import",
		filepath.Join(dir, "no", "x.cm"): "no such file",
		filepath.Join(input, "x.cmg"):    "is not a folder",
	} {
		if _, err := geonames.Import(t.Context(), []string{input}, geonames.Options{Output: output}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("output %q: %v, want an error with %q", output, err, want)
		}
	}
	for _, files := range [][]string{nil, {filepath.Join(dir, "missing.txt")}, {dir}} {
		if _, err := geonames.Import(t.Context(), files, geonames.Options{Output: filepath.Join(dir, "x.cmg")}); err == nil {
			t.Errorf("files %q: no error", files)
		}
	}
	if content, err := os.ReadFile(input); err != nil || string(content) != placeRow(-1, "") {
		t.Errorf("the input holds %q now, %v", content, err)
	}
}

func TestImportInterrupted(t *testing.T) {
	path := write(t, "AZ.txt", []byte(strings.Repeat(placeRow(-1, "")+"\n", 100_000)))
	dir := t.TempDir()
	output := filepath.Join(dir, "out.cmg")
	if err := os.WriteFile(output, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, when := range []struct {
		step string
		rows int64
	}{{path, 0}, {path, 50_000}, {"compile", 100_000}} {
		ctx, cancel := context.WithCancel(t.Context())
		temp := t.TempDir()
		_, err := geonames.Import(ctx, []string{path}, geonames.Options{Output: output, TempDir: temp, Progress: func(p geonames.Progress) {
			if p.Step == when.step && p.Rows >= when.rows {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("interrupted at %v: %v", when, err)
		}
		untouched(t, dir)
		if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
			t.Errorf("interrupted at %v: temporary files %v, %v", when, left, err)
		}
	}
}
