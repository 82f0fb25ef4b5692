package layer_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

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
		Deaths:    geo.Count{Low: 16, High: 16, Open: true, Words: []string{"at least 16 killed"}},
		Injuries:  geo.Count{Words: []string{"nobody was hurt"}},
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
		Deaths: geo.Count{Low: 16, High: 20, Words: []string{"at least 16 killed", "=20 dead; \"all\" men"}},
	}
	onLine, inArea, nowhere := e, e, e
	onLine.ID, onLine.Place = "line", line
	inArea.ID, inArea.Place = "area", area
	nowhere.ID, nowhere.Place, nowhere.Claimants, nowhere.Deaths = "nowhere", nil, nil, geo.Count{}
	return []geo.Event{e, onLine, inArea, nowhere}
}

func collections() map[string]iter.Seq2[layer.Feature, error] {
	return map[string]iter.Seq2[layer.Feature, error]{
		layer.EventCollection: layer.Events(rows(events()...)),
		layer.MentionCollection: layer.Mentions(rows(
			geo.Record{Mention: shelling, Article: article, Origin: "5f0c"}, geo.Record{Mention: unplaced, Article: geo.Article{ID: "a1"}})),
		layer.PlaceCollection: layer.Places(rows(
			geo.PlaceSummary{Place: town, Mentions: 3, Sites: 2, Articles: 2, Days: shelling.Days},
			geo.PlaceSummary{Place: line}, geo.PlaceSummary{Place: area})),
	}
}

func meta(collection string) layer.Meta {
	return layer.Meta{Collection: collection, Filter: "datetime=2020-09-27/2020-09-28&q=a<b", Version: "v1", Gazetteer: "g1", Attribution: "GeoNames (CC BY 4.0)"}
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
		if err := layer.WriteCSV(&out, meta("events"), layer.Events(failing(lost, events()[:n]...))); !errors.Is(err, lost) {
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
		"csv": func(w io.Writer, fs iter.Seq2[layer.Feature, error]) error {
			return layer.WriteCSV(w, meta("events"), fs)
		},
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

func ExampleWriteGeoJSON() {
	place := &gazetteer.Place{ID: "gn:1", Name: "Martuni", Kind: gazetteer.Settlement, Point: orb.Point{47.11, 39.79}}
	features := func(yield func(layer.Feature, error) bool) {
		yield(layer.Feature{ID: "1", Geometry: place.Geometry(), Properties: []layer.Property{{Name: "place", Value: place.Name}}}, nil)
	}
	if err := layer.WriteGeoJSON(os.Stdout, layer.Meta{Collection: "events", Version: "v1"}, features); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"type":"FeatureCollection","name":"events","conflictmap":{"collection":"events","filter":"","version":"v1","gazetteer":"","attribution":""},"features":[
	// {"type":"Feature","id":"1","geometry":{"type":"Point","coordinates":[47.11,39.79]},"properties":{"place":"Martuni"}}
	// ]}
}
