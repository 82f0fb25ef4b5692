package gpkg_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/gpkg"
	"github.com/conflictmap/conflictmap/geo/layer"
)

func rows[T any](values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func date(year int, month time.Month, day int) geo.Day {
	d, ok := geo.Date(year, month, day)
	if !ok {
		panic("no such day")
	}
	return d
}

const hostile = `'; DROP TABLE events; -- <script>alert("x")</script> ]]> 🜁`

var (
	changed = time.Date(2026, 11, 21, 17, 30, 0, 123456789, time.FixedZone("", 3600))

	town = &gazetteer.Place{ID: "gn:586523", Name: "Stepanakert", Kind: gazetteer.Settlement, Country: "AZ", Disputed: true, Point: orb.Point{46.75150014, 39.8152004}, Population: 55200}
	line = &gazetteer.Place{ID: "cm:line", Name: "Line of contact", Kind: gazetteer.Line, Uncertainty: 5000, Point: orb.Point{47, 39.8}, Shape: orb.LineString{{46.2, 40.3}, {47, 40.1}, {47.3, 39.4}}}
	// Both rings run the wrong way round, and the outer one is open.
	area = &gazetteer.Place{
		ID: "cm:area", Name: "Nagorno-Karabakh", Kind: gazetteer.Region, Point: orb.Point{46.7, 39.9},
		Shape: orb.Polygon{
			{{46, 39}, {46, 40}, {47, 40}, {47, 39}},
			{{46.2, 39.2}, {46.4, 39.2}, {46.4, 39.4}, {46.2, 39.4}, {46.2, 39.2}},
		},
	}
	region = &gazetteer.Place{ID: "cm:region", Name: "Somewhere", Kind: gazetteer.Region, Point: orb.Point{10, 10}}
)

func record(i int, p *gazetteer.Place, e geo.EventType, from, to geo.Day) geo.Record {
	return geo.Record{
		Article: geo.Article{ID: "a1", Title: hostile, Source: "Sample\x00\xff", Published: from + 1},
		Mention: geo.Mention{
			Article: "a1", Start: i, End: i + 4, Name: "name", Sentence: "A name.", Place: p, WherePrec: geo.WhereExact,
			Role: geo.Site, Event: e, Days: geo.Interval{From: from, To: to}, Confidence: 0.5, Reasons: []string{`"quoted" <b>`, "b"},
			Deaths: geo.Count{Low: 16, High: 16, Open: true, Words: []string{"at least 16 killed"}},
		},
	}
}

// records has a mention of each kind of geometry, and five of a town.
func records() []geo.Record {
	first := date(2020, 9, 27)
	var list []geo.Record
	for i, e := range []geo.EventType{geo.Explosion, geo.Battle, geo.Protest, geo.Casualties, ""} {
		list = append(list, record(i, town, e, first+geo.Day(i), first+geo.Day(i)+1))
	}
	return append(list, record(10, line, geo.Battle, first, first), record(11, area, geo.Explosion, first, first),
		record(12, region, geo.Explosion, 0, 0), record(13, nil, geo.Explosion, first, first))
}

func collections() map[string]iter.Seq2[layer.Feature, error] {
	all := records()
	events := []geo.Event{}
	for i := range all[:8] {
		r := &all[i]
		events = append(events, geo.Event{
			ID: fmt.Sprint("e", i), Place: r.Place, Type: r.Event, Days: r.Days, Mentions: 3, Articles: 2, Origins: 1,
			Claimants: []string{"the \"ministry\""}, Best: r.Mention, Article: r.Article, Confidence: 0.7,
		})
	}
	return map[string]iter.Seq2[layer.Feature, error]{
		layer.EventCollection:   layer.Events(rows(events...)),
		layer.MentionCollection: layer.Mentions(rows(all...)),
		layer.PlaceCollection: layer.Places(rows(geo.PlaceSummary{Place: town, Mentions: 5, Days: all[0].Days},
			geo.PlaceSummary{Place: line}, geo.PlaceSummary{Place: area})),
	}
}

func meta(collection string) layer.Meta {
	return layer.Meta{Collection: collection, Filter: "datetime=2020-09-27/..&q=a<b", Version: "v1", Gazetteer: "g1", Attribution: "GeoNames (CC BY 4.0)"}
}

// create writes the collection into a file of its own.
func create(t testing.TB, collection string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), collection+" ?#%.gpkg")
	if err := gpkg.Create(context.Background(), path, meta(collection), changed, collections()[collection]); err != nil {
		t.Fatal(err)
	}
	return path
}

// query returns the rows of a statement, values joined by "|".
func query(t *testing.T, path, statement string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(t.TempDir(), "plain.gpkg") // a name without characters that mean something in a URI
	if err := os.WriteFile(plain, data, 0o644); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", plain)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found, err := db.Query(statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for found.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var parts []string
		for _, v := range values {
			if !v.Valid {
				v.String = "NULL"
			}
			parts = append(parts, v.String)
		}
		list = append(list, strings.Join(parts, "|"))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTables(t *testing.T) {
	for collection, want := range map[string][]string{
		"events":   {"events|features|5", "events_areas|features|1", "events_lines|features|1", "events_without_position|attributes|1"},
		"mentions": {"mentions|features|5", "mentions_areas|features|1", "mentions_lines|features|1", "mentions_without_position|attributes|2"},
		"places":   {"places|features|1", "places_areas|features|1", "places_lines|features|1"},
	} {
		path := create(t, collection)
		var got []string
		for _, row := range query(t, path, `SELECT table_name, data_type FROM gpkg_contents WHERE table_name <> 'layer_styles' ORDER BY 1`) {
			name, _, _ := strings.Cut(row, "|")
			got = append(got, row+"|"+query(t, path, `SELECT count(*) FROM "`+name+`"`)[0])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", collection, got, want)
		}
		columns, _ := layer.Columns(collection)
		if got := query(t, path, `SELECT name FROM pragma_table_info('`+collection+`')`); !slices.Equal(got, append([]string{"fid", "geom"}, columns...)) {
			t.Errorf("%s has the columns %q", collection, got)
		}
	}
}

// What OGC 12-128r17 asks of every file.
func TestValidity(t *testing.T) {
	for collection := range collections() {
		path := create(t, collection)
		for statement, want := range map[string]string{
			`PRAGMA application_id`:    "1196444487", // "GPKG"
			`PRAGMA user_version`:      "10301",
			`PRAGMA integrity_check`:   "ok",
			`PRAGMA foreign_key_check`: "",
			`SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1)`:                                                                                                      "-1,0,4326",
			`SELECT DISTINCT last_change FROM gpkg_contents`:                                                                                                                                             "2026-11-21T16:30:00.123Z",
			`SELECT count(*) FROM gpkg_contents WHERE data_type = 'features' AND table_name NOT IN (SELECT table_name FROM gpkg_geometry_columns)`:                                                       "0",
			`SELECT min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents WHERE table_name LIKE '%_lines'`:                                                                                               "46.2|39.4|47.3|40.3|4326",
			`SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'`:                                                                                                             "3",
			`SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'rtree_%'`:                                                                                                          "18",
			`SELECT count(*) FROM "` + collection + `" t JOIN "rtree_` + collection + `_geom" r ON r.id = t.fid AND r.minx <= 46.7515 AND r.maxx >= 46.7515 AND r.miny <= 39.8152 AND r.maxy >= 39.8152`: query(t, path, `SELECT count(*) FROM "`+collection+`"`)[0],
			`SELECT rtreecheck('rtree_` + collection + `_geom')`:                                                                                                                                         "ok",
			`SELECT hex(substr(geom, 1, 8)) FROM "` + collection + `" LIMIT 1`:                                                                                                                           "47500001E6100000",
			`SELECT hex(substr(geom, 1, 8)) FROM "` + collection + `_areas" LIMIT 1`:                                                                                                                     "47500003E6100000",
		} {
			if got := strings.Join(query(t, path, statement), "\n"); got != want {
				t.Errorf("%s: %s gives %q, want %q", collection, statement, got, want)
			}
		}
	}
}

func TestValues(t *testing.T) {
	path := create(t, "mentions")
	for statement, want := range map[string]string{
		`SELECT id, "from" || '', "to" || '', typeof("from"), date_prec, confidence, +demonym FROM mentions WHERE fid = 1`:                      "a1:0|2020-09-27|2020-09-28|text|NULL|0.5|0",
		`SELECT title, source FROM mentions WHERE fid = 1`:                                                                                      hostile + "|Sample��",
		`SELECT reasons, json_extract(reasons, '$[0]'), runners_up FROM mentions WHERE fid = 1`:                                                 `["\"quoted\" <b>","b"]|"quoted" <b>|[]`,
		`SELECT deaths_low, deaths_high FROM mentions WHERE fid = 1`:                                                                            "16|NULL",
		`SELECT "from", place FROM mentions_without_position WHERE fid = 1`:                                                                     "NULL|Somewhere",
		`SELECT mime_type FROM gpkg_data_columns WHERE table_name = 'mentions' AND column_name = 'reasons'`:                                     "application/json",
		`SELECT group_concat(value) FROM (SELECT value FROM gpkg_data_column_constraints WHERE constraint_name = 'claim_codes' ORDER BY rowid)`: "reported,claimed,denied",
	} {
		if got := strings.Join(query(t, path, statement), "\n"); got != want {
			t.Errorf("%s gives %q, want %q", statement, got, want)
		}
	}
	for _, part := range []string{`"filter":"datetime=2020-09-27/..&q=a<b"`, `"version":"v1"`, `"gazetteer":"g1"`, `"attribution":"GeoNames (CC BY 4.0)"`, `"created":"2026-11-21T16:30:00.123Z"`} {
		if got := query(t, path, `SELECT metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id`); len(got) != 1 || !strings.Contains(got[0], part) {
			t.Errorf("the metadata %q lack %s", got, part)
		}
	}
	if got := query(t, path, `SELECT description FROM gpkg_contents WHERE table_name = 'mentions'`)[0]; got != meta("mentions").String() {
		t.Errorf("the layer's description is %q", got)
	}
}

func TestTheSameArgumentsGiveTheSameBytes(t *testing.T) {
	var files [2]bytes.Buffer
	for i := range files {
		if err := gpkg.Write(context.Background(), &files[i], meta("events"), changed, collections()["events"]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("two files differ")
	}
}

func TestNothingSelected(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.gpkg")
	if err := gpkg.Create(context.Background(), path, meta("events"), changed, rows[layer.Feature]()); err != nil {
		t.Fatal(err)
	}
	if got := query(t, path, `SELECT table_name, min_x FROM gpkg_contents`); !slices.Equal(got, []string{"events|NULL", "layer_styles|NULL"}) {
		t.Errorf("got %q", got)
	}
}

func TestErrors(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	good := func() layer.Feature {
		for f := range collections()["places"] {
			f.Properties = slices.Clone(f.Properties)
			return f
		}
		panic("no feature")
	}
	broken := map[string]func(*layer.Feature){
		"is not on the globe":        func(f *layer.Feature) { f.Geometry = orb.Point{181, 0} },
		"position NaN":               func(f *layer.Feature) { f.Geometry = orb.LineString{{0, 0}, {math.NaN(), 0}} },
		"MultiPoint":                 func(f *layer.Feature) { f.Geometry = orb.MultiPoint{{0, 0}} },
		"properties, not":            func(f *layer.Feature) { f.Properties = f.Properties[1:] },
		"in place of id":             func(f *layer.Feature) { f.Properties[0].Name = "key" },
		"is not a finite number":     func(f *layer.Feature) { f.Properties[1].Value = math.Inf(1) },
		"type struct {} are not sup": func(f *layer.Feature) { f.Properties[1].Value = struct{}{} },
	}
	for want, spoil := range broken {
		f := good()
		spoil(&f)
		var out bytes.Buffer
		err := gpkg.Write(context.Background(), &out, meta("places"), changed, rows(good(), f))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `"`+f.ID+`"`) || out.Len() > 0 {
			t.Errorf("%s: got %v and %d bytes", want, err, out.Len())
		}
	}
	lost := errors.New("disk lost")
	failing := func(yield func(layer.Feature, error) bool) { yield(layer.Feature{}, lost) }
	if err := gpkg.Write(context.Background(), io.Discard, meta("places"), changed, failing); !errors.Is(err, lost) {
		t.Errorf("a lost source gives %v", err)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if err := gpkg.Write(ended, io.Discard, meta("places"), changed, rows(good())); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gives %v", err)
	}
	if err := gpkg.Write(context.Background(), io.Discard, meta("cities"), changed, rows[layer.Feature]()); err == nil || !strings.Contains(err.Error(), "cities") {
		t.Errorf("an unknown collection gives %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = gpkg.Write(context.Background(), io.Discard, meta("places"), changed, func(func(layer.Feature, error) bool) { panic("lost") })
	}()
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}

func TestCreateReplacesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.gpkg")
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := gpkg.Create(context.Background(), path, meta("events"), changed, rows[layer.Feature]()); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "mine" {
		t.Errorf("the file holds %q, %v", data, err)
	}
}

func TestTemporaryGoes(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	f, err := gpkg.Temporary(context.Background(), meta("events"), changed, collections()["events"])
	if err != nil {
		t.Fatal(err)
	}
	head := make([]byte, 16)
	if _, err := io.ReadFull(f, head); err != nil || string(head) != "SQLite format 3\x00" {
		t.Errorf("the file begins with %q, %v", head, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}

func BenchmarkWrite(b *testing.B) {
	all := records()
	many := func(yield func(geo.Record, error) bool) {
		for i := range 10_000 {
			r := all[i%len(all)]
			r.Start = i
			if !yield(r, nil) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := gpkg.Write(context.Background(), io.Discard, meta("mentions"), changed, layer.Mentions(many)); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleWrite() {
	features := maps.Collect(maps.All(collections()))["events"]
	var file bytes.Buffer
	if err := gpkg.Write(context.Background(), &file, layer.Meta{Collection: "events"}, time.Unix(0, 0), features); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q\n", file.Next(15))
	// Output:
	// "SQLite format 3"
}
