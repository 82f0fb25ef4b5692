package layer_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

var update = flag.Bool("update", false, "write the golden files")

func rows[T any](values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// failing yields the values and then err.
func failing[T any](err error, values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
		var zero T
		yield(zero, err)
	}
}

func date(year int, month time.Month, day int) geo.Day {
	d, ok := geo.Date(year, month, day)
	if !ok {
		panic("no such day")
	}
	return d
}

var (
	town = &gazetteer.Place{
		ID: "gn:586523", Name: "Stepanakert", Kind: gazetteer.Settlement, Country: "AZ", Disputed: true, Capital: false,
		Point: orb.Point{46.7515001, 39.8152004}, Population: 55200,
		Names: []gazetteer.Name{
			{Text: "Stepanakert", Lang: "en"}, {Text: "Khankendi", Lang: "az"}, {Text: "Ստեփանակերտ", Lang: "hy"},
			{Text: "Stepanakert", Lang: "de"}, {Text: "Stepanakertian", Demonym: true},
		},
		External: map[string]string{"geonames": "586523", "wikidata": "Q167206"}, Source: "GeoNames",
	}
	line = &gazetteer.Place{
		ID: "cm:line-of-contact", Name: "Line of contact", Kind: gazetteer.Line, Disputed: true, Uncertainty: 5000,
		Point: orb.Point{47, 39.8}, Shape: orb.LineString{{46.2, 40.3}, {47.0, 40.1}, {47.3, 39.4}},
	}
	// Both rings run the wrong way round, and the outer one is open.
	area = &gazetteer.Place{
		ID: "cm:nagorno-karabakh", Name: "Nagorno-Karabakh", Kind: gazetteer.Region, Country: "AZ", Disputed: true,
		Point: orb.Point{46.7, 39.9}, Shape: orb.Polygon{
			{{46, 39}, {46, 40}, {47, 40}, {47, 39}},
			{{46.2, 39.2}, {46.4, 39.2}, {46.4, 39.4}, {46.2, 39.4}, {46.2, 39.2}},
		},
	}
	article = geo.Article{
		ID: "a1", Source: "Caucasus Desk, sample", URL: "https://example.org/1?a=1&b=2",
		Title: `<script>alert("x")</script>`, Published: date(2020, 9, 27),
	}
	shelling = geo.Mention{
		Article: "a1", Start: 113, End: 124, Name: "Stepanakert", Sentence: "=SUM(1) They are “bombing” Stepanakert\u2028 & <b>more</b>.",
		SentenceStart: 86, Place: town, WherePrec: geo.WhereExact, Role: geo.Site, Event: geo.Explosion,
		Days: geo.Interval{From: date(2020, 9, 27), To: date(2020, 9, 28)}, DatePrec: geo.DateDays, DateBasis: "on Sunday",
		Claim: geo.Claimed, ClaimedBy: "@the ministry", Confidence: 0.87, Reasons: []string{"exact name", "only candidate"},
		RunnersUp: []string{"gn:1", "gn:2"},
	}
	unplaced = geo.Mention{
		Article: "a1", Start: 0, End: 4, Name: "Xyzz", Sentence: "Xyzz\xff \"quoted\",\r\nnext line", Role: geo.Setting, Confidence: 0.2,
	}
)

func events() []geo.Event {
	e := geo.Event{
		ID: "gn:586523:explosion:2020-09-27", Place: town, Type: geo.Explosion, Days: shelling.Days,
		DatePrec: geo.DateDays, WherePrec: geo.WhereExact, Mentions: 3, Articles: 2, Origins: 1, Reported: 1, Claimed: 2,
		Claimants: []string{"-the \"ministry\"", "an official"}, Confidence: 0.87, Best: shelling, Article: article,
	}
	onLine, inArea, nowhere := e, e, e
	onLine.ID, onLine.Place = "line", line
	inArea.ID, inArea.Place = "area", area
	nowhere.ID, nowhere.Place, nowhere.Claimants = "nowhere", nil, nil
	return []geo.Event{e, onLine, inArea, nowhere}
}

func collections() map[string]iter.Seq2[layer.Feature, error] {
	return map[string]iter.Seq2[layer.Feature, error]{
		layer.EventCollection: layer.Events(rows(events()...)),
		layer.MentionCollection: layer.Mentions(rows(
			geo.Record{Mention: shelling, Article: article}, geo.Record{Mention: unplaced, Article: geo.Article{ID: "a1"}})),
		layer.PlaceCollection: layer.Places(rows(
			geo.PlaceSummary{Place: town, Mentions: 3, Sites: 2, Articles: 2, Days: shelling.Days},
			geo.PlaceSummary{Place: line}, geo.PlaceSummary{Place: area})),
	}
}

func meta(collection string) layer.Meta {
	return layer.Meta{Collection: collection, Filter: "datetime=2020-09-27/2020-09-28&q=a<b", Version: "v1", Attribution: "GeoNames (CC BY 4.0)"}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test -update writes it):\n%s", path, got)
	}
}

func TestWriteGeoJSON(t *testing.T) {
	for name, features := range collections() {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := layer.WriteGeoJSON(&out, meta(name), features); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".geojson", out.Bytes())
			if strings.ContainsAny(out.String(), "<>&\u2028\u2029") {
				t.Error("holds characters that are not safe within HTML")
			}
			var parsed struct {
				Type, Name  string
				Conflictmap map[string]string
				Features    []struct {
					Type, ID   string
					Geometry   any
					Properties map[string]any
				}
			}
			lines := strings.Count(out.String(), "\n")
			decoder := json.NewDecoder(&out)
			decoder.DisallowUnknownFields() // no crs, no bbox
			if err := decoder.Decode(&parsed); err != nil {
				t.Fatal(err)
			}
			if parsed.Type != "FeatureCollection" || parsed.Name != name || parsed.Conflictmap["filter"] != meta(name).Filter {
				t.Errorf("the document's head is read as %+v", parsed)
			}
			if lines != len(parsed.Features)+2 {
				t.Errorf("%d features on %d lines", len(parsed.Features), lines)
			}
			columns, _ := layer.Columns(name)
			for _, f := range parsed.Features {
				if len(f.Properties) != len(columns) || f.Properties["id"] != f.ID || f.Type != "Feature" {
					t.Errorf("a feature is read as %+v", f)
				}
			}
		})
	}
}

func TestGeoJSONPropertiesFollowColumns(t *testing.T) {
	for name, features := range collections() {
		want, ok := layer.Columns(name)
		if !ok {
			t.Fatalf("no columns for %s", name)
		}
		for f, err := range features {
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range f.Properties {
				got = append(got, p.Name)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s %s has %v, want %v", name, f.ID, got, want)
			}
			if f.Properties[0].Value != f.ID {
				t.Errorf("%s: the property id is %v, the feature's id %s", name, f.Properties[0].Value, f.ID)
			}
		}
	}
	if _, ok := layer.Columns("cities"); ok {
		t.Error("there are columns for an unknown collection")
	}
}

func TestWriteCSV(t *testing.T) {
	for name, features := range collections() {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := layer.WriteCSV(&out, name, features); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".csv", out.Bytes())
			records, err := csv.NewReader(&out).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			columns, _ := layer.Columns(name)
			if want := append(columns, "lon", "lat", "wkt"); !slices.Equal(records[0], want) {
				t.Errorf("the header is %v, want %v", records[0], want)
			}
			for _, record := range records[1:] {
				if shape := record[len(record)-1]; shape != "" {
					if _, err := wkt.Unmarshal(shape); err != nil {
						t.Errorf("%s: %v", shape, err)
					}
				}
			}
		})
	}
}

func TestWriteCSVWithoutFeatures(t *testing.T) {
	var out bytes.Buffer
	if err := layer.WriteCSV(&out, layer.PlaceCollection, rows[layer.Feature]()); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "id,name,country,") || !strings.HasSuffix(out.String(), ",lon,lat,wkt\r\n") {
		t.Errorf("got %q", out.String())
	}
	if err := layer.WriteCSV(io.Discard, "cities", rows[layer.Feature]()); err == nil || !strings.Contains(err.Error(), "cities") {
		t.Errorf("an unknown collection gives %v", err)
	}
}

func TestCSVGuardsFormulas(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx", "＝1": "'＝1",
		"a=1": "a=1", "": "", "Ağdam": "Ağdam", `say "=1"`: `say "=1"`, "'=1": "'=1",
	} {
		e := events()[0]
		e.Article.Title = in
		e.Confidence = -0.5 // a number is no formula
		var out bytes.Buffer
		if err := layer.WriteCSV(&out, layer.EventCollection, layer.Events(rows(e))); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		cell := func(column string) string { return records[1][slices.Index(records[0], column)] }
		// encoding/csv reads CR LF as LF, not a lone CR.
		if cell("title") != want || cell("confidence") != "-0.5" {
			t.Errorf("%q is written as %q, confidence as %q", in, cell("title"), cell("confidence"))
		}
	}
}

func feature(g orb.Geometry) layer.Feature { return layer.Feature{ID: "f", Geometry: g} }

func TestGeometries(t *testing.T) {
	square := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}
	clockwise := slices.Clone(square)
	clockwise.Reverse()
	const ccw, cw = "[[0,0],[1,0],[1,1],[0,1],[0,0]]", "[[0,0],[0,1],[1,1],[1,0],[0,0]]"
	for _, tt := range []struct {
		g    orb.Geometry
		want string
	}{
		{nil, "null"},
		{orb.LineString{}, "null"},
		{orb.MultiLineString{}, "null"},
		{orb.Polygon{}, "null"},
		{orb.MultiPolygon{}, "null"},
		{orb.Point{46.1234567, -39.5000000001}, `{"type":"Point","coordinates":[46.123457,-39.5]}`},
		{orb.Point{-0.0000001, 1e-7}, `{"type":"Point","coordinates":[0,0]}`},
		{orb.Point{-180, 90}, `{"type":"Point","coordinates":[-180,90]}`},
		{orb.Point{100, 20}, `{"type":"Point","coordinates":[100,20]}`},
		{orb.LineString{{1, 2}, {3, 4}}, `{"type":"LineString","coordinates":[[1,2],[3,4]]}`},
		{orb.MultiLineString{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}, `{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}`},
		{orb.Polygon{square}, `{"type":"Polygon","coordinates":[` + ccw + `]}`},
		{orb.Polygon{clockwise}, `{"type":"Polygon","coordinates":[` + ccw + `]}`},
		{orb.Polygon{square[:4]}, `{"type":"Polygon","coordinates":[` + ccw + `]}`},
		{orb.Polygon{square, square}, `{"type":"Polygon","coordinates":[` + ccw + `,` + cw + `]}`},
		{orb.MultiPolygon{{clockwise}, {square}}, `{"type":"MultiPolygon","coordinates":[[` + ccw + `],[` + ccw + `]]}`},
	} {
		var out bytes.Buffer
		if err := layer.WriteGeoJSON(&out, layer.Meta{}, rows(feature(tt.g))); err != nil {
			t.Errorf("%v: %v", tt.g, err)
			continue
		}
		if want := `"geometry":` + tt.want + `,"properties":{}}`; !strings.Contains(out.String(), want) {
			t.Errorf("%v is written as %s, want %s", tt.g, out.String(), want)
		}
	}
	if !square.Closed() || clockwise[1] != (orb.Point{0, 1}) {
		t.Error("the caller's rings were changed")
	}
}

func TestRefusedFeatures(t *testing.T) {
	for _, tt := range []struct {
		f    layer.Feature
		want string
	}{
		{feature(orb.Point{math.NaN(), 0}), "NaN,0 is not on the globe"},
		{feature(orb.Point{0, math.Inf(1)}), "not on the globe"},
		{feature(orb.LineString{{0, 0}, {181, 0}}), "181,0 is not on the globe"},
		{feature(orb.Collection{orb.Point{}}), "GeometryCollection is not supported"},
		{layer.Feature{ID: "f", Properties: []layer.Property{{Name: "x", Value: math.NaN()}}}, "property x: is not a finite number"},
		{layer.Feature{ID: "f", Properties: []layer.Property{{Name: "x", Value: struct{}{}}}}, "property x: values of type struct {}"},
	} {
		var out bytes.Buffer
		err := layer.WriteGeoJSON(&out, layer.Meta{Collection: "events"}, rows(tt.f))
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), `feature "f"`) {
			t.Errorf("%v gives %v, want an error with %q", tt.f, err, tt.want)
		}
		if json.Valid(out.Bytes()) {
			t.Errorf("%v: what was written looks complete: %s", tt.f, out.String())
		}
	}
	err := layer.WriteCSV(io.Discard, layer.EventCollection, rows(feature(nil)))
	if err == nil || !strings.Contains(err.Error(), "0 properties") {
		t.Errorf("a feature without its columns gives %v", err)
	}
}

func TestErrorsLeaveTheDocumentOpen(t *testing.T) {
	lost := errors.New("disk lost")
	for n := range 3 {
		var out bytes.Buffer
		err := layer.WriteGeoJSON(&out, meta("events"), layer.Events(failing(lost, events()[:n]...)))
		if !errors.Is(err, lost) {
			t.Errorf("after %d features: %v", n, err)
		}
		if json.Valid(out.Bytes()) || strings.HasSuffix(strings.TrimSpace(out.String()), "]}") {
			t.Errorf("after %d features the document looks complete: %s", n, out.String())
		}
		if err := layer.WriteCSV(&out, "events", layer.Events(failing(lost, events()[:n]...))); !errors.Is(err, lost) {
			t.Errorf("CSV after %d features: %v", n, err)
		}
	}
}

// brokenWriter takes a number of writes.
type brokenWriter struct{ left int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left--; w.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestWriteErrorsEndTheIteration(t *testing.T) {
	write := map[string]func(io.Writer, iter.Seq2[layer.Feature, error]) error{
		"geojson": func(w io.Writer, fs iter.Seq2[layer.Feature, error]) error {
			return layer.WriteGeoJSON(w, meta("events"), fs)
		},
		"csv": func(w io.Writer, fs iter.Seq2[layer.Feature, error]) error { return layer.WriteCSV(w, "events", fs) },
	}
	for name, write := range write {
		asked := 0
		endless := func(yield func(geo.Event, error) bool) {
			for asked < 1000 {
				asked++
				if !yield(events()[0], nil) {
					return
				}
			}
		}
		if err := write(&brokenWriter{left: 2}, layer.Events(endless)); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: %v", name, err)
		}
		if asked != 3 {
			t.Errorf("%s asked for %d events after two writes", name, asked)
		}
	}
}

func FuzzStrings(f *testing.F) {
	for _, s := range []string{"", "a\x00b", "</script>", "\u2028\u2029", "\xff\xfe", `"\`, "=1", "\ufffd", "😀", "a,b\r\n\"c\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := events()[0]
		e.Article.Title = s + "." // never empty, which would be null
		var out bytes.Buffer
		if err := layer.WriteGeoJSON(&out, layer.Meta{Filter: s}, layer.Events(rows(e))); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(out.String(), "<>&\u2028\u2029") {
			t.Fatalf("%q is not safe in HTML: %s", s, out.String())
		}
		var doc struct {
			Features []struct{ Properties struct{ Title string } }
		}
		if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		want := string([]rune(s + ".")) // invalid bytes become U+FFFD one by one
		if got := doc.Features[0].Properties.Title; got != want {
			t.Fatalf("%q comes back as %q", want, got)
		}
		out.Reset()
		if err := layer.WriteCSV(&out, "events", layer.Events(rows(e))); err != nil {
			t.Fatal(err)
		}
		if records, err := csv.NewReader(&out).ReadAll(); err != nil || len(records) != 2 {
			t.Fatalf("%q: %d records, %v", s, len(records), err)
		}
	})
}

func thousand() iter.Seq2[geo.Event, error] {
	some := events()
	return func(yield func(geo.Event, error) bool) {
		for i := range 1000 {
			if !yield(some[i%len(some)], nil) {
				return
			}
		}
	}
}

func BenchmarkWriteGeoJSON(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := layer.WriteGeoJSON(io.Discard, meta("events"), layer.Events(thousand())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteCSV(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := layer.WriteCSV(io.Discard, "events", layer.Events(thousand())); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleWriteGeoJSON() {
	place := &gazetteer.Place{ID: "gn:1", Name: "Martuni", Kind: gazetteer.Settlement, Point: orb.Point{47.11, 39.79}}
	features := func(yield func(layer.Feature, error) bool) {
		yield(layer.Feature{ID: "1", Geometry: place.Geometry(), Properties: []layer.Property{{Name: "place", Value: place.Name}}}, nil)
	}
	if err := layer.WriteGeoJSON(os.Stdout, layer.Meta{Collection: "events", Version: "v1"}, features); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"type":"FeatureCollection","name":"events","conflictmap":{"collection":"events","filter":"","version":"v1","attribution":""},"features":[
	// {"type":"Feature","id":"1","geometry":{"type":"Point","coordinates":[47.11,39.79]},"properties":{"place":"Martuni"}}
	// ]}
}
