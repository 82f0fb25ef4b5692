package server_test

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

func TestLayers(t *testing.T) {
	s := start(t, &store{})
	for _, collection := range []string{"events", "mentions", "places"} {
		res, body := s.get("/layers/" + collection + ".geojson?country=az&datetime=2020-09-27")
		var doc struct {
			Type, Name  string
			Conflictmap map[string]string
			Features    []struct{ Properties map[string]any }
		}
		if err := json.Unmarshal([]byte(body), &doc); err != nil {
			t.Fatalf("%s: %v in %s", collection, err, body)
		}
		want := map[string]string{
			"collection": collection, "filter": "country=AZ&datetime=2020-09-27/2020-09-27", "version": "data-1", "gazetteer": "places-1", "attribution": "GeoNames (CC BY 4.0)",
		}
		if res.StatusCode != 200 || doc.Type != "FeatureCollection" || doc.Name != collection || len(doc.Features) != 1 || !reflect.DeepEqual(doc.Conflictmap, want) {
			t.Errorf("%s: %s %s", collection, res.Status, body)
		}
		for header, want := range map[string]string{
			"Content-Type": "application/geo+json", "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Content-Encoding": "", "Content-Disposition": "",
		} {
			if got := res.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", collection, header, got, want)
			}
		}

		res, body = s.get("/layers/" + collection + ".csv")
		records, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil || len(records) != 2 {
			t.Errorf("%s: %d records, %v", collection, len(records), err)
		}
		if res.Header.Get("Content-Type") != "text/csv; charset=utf-8; header=present" ||
			res.Header.Get("Content-Disposition") != `attachment; filename="conflictmap-`+collection+`.csv"` {
			t.Errorf("%s: the headers are %v", collection, res.Header)
		}
	}
}

func TestTheFilterReachesTheStore(t *testing.T) {
	s := start(t, &store{})
	if res, body := s.get("/layers/events.geojson?event=battle&bbox=44,38,48,41&q=a+b%26c"); res.StatusCode != 200 {
		t.Fatal(body)
	}
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	want := geo.Filter{Events: []geo.EventType{geo.Battle}, BBox: &geo.BBox{West: 44, South: 38, East: 48, North: 41}, Query: "a b&c"}
	if !reflect.DeepEqual(s.store.filter, want) {
		t.Errorf("the store was asked for %+v, want %+v", s.store.filter, want)
	}
}

func TestBadParameters(t *testing.T) {
	s := start(t, &store{})
	for _, tt := range []struct {
		query  string
		params string // that are named, in order
		reason string // of the first
	}{
		{"bbox=44,38,48", "bbox", "not 3"},
		{"bbox=44,41,48,38", "bbox", "reversed"},
		{"bbox=NaN,38,48,41", "bbox", "not a decimal number"},
		{"datetime=2020-02-30", "datetime", "no day 2020-02-30"},
		{"datetime=2020-09-28/2020-09-27", "datetime", "reversed"},
		{"datetme=2020-09-27", "datetme", "did you mean datetime?"},
		{"f=json", "f", "known: bbox, datetime"},
		{"event=war", "event", "one of explosion"},
		{"q=%ff", "q", "UTF-8"},
		{"q=a%00", "q", "control character"},
		{"q=" + strings.Repeat("x", 9000), "q", "at most 8192"},
		{"bbox=1&asof=x&zzz=1", "asof bbox zzz", "not a date"},
		{"q=%3Cscript%3E", "", ""}, // fine
	} {
		for _, path := range []string{"/layers/events.geojson?", "/layers/places.csv?"} {
			res := s.request(http.MethodGet, path+tt.query)
			if tt.params == "" {
				if res.StatusCode != 200 {
					t.Errorf("%s: %s", tt.query, res.Status)
				}
				continue
			}
			p := s.problem(res, 400)
			var params []string
			for _, e := range p.Errors {
				params = append(params, e.Parameter)
			}
			if strings.Join(params, " ") != tt.params || !strings.Contains(p.Errors[0].Reason, tt.reason) || p.Errors[0].Value == "" {
				t.Errorf("%.80s: the errors are %v", tt.query, p.Errors)
			}
			if p.Instance != strings.TrimSuffix(path, "?") {
				t.Errorf("%.80s: the instance is %s", tt.query, p.Instance)
			}
		}
	}
	if n := s.store.opened.Load(); n != 1 {
		t.Errorf("events were read %d times", n)
	}
}

func TestBrokenPercentEncoding(t *testing.T) {
	s := start(t, &store{})
	for _, query := range []string{"q=%zz", "q=%", "q=a;b=c"} {
		res := s.raw("GET /layers/events.geojson?" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
		if p := s.problem(res, 400); !strings.Contains(p.Detail, query) {
			t.Errorf("%s: %s", query, p.Detail)
		}
	}
}

func TestETag(t *testing.T) {
	s := start(t, &store{})
	const path = "/layers/events.geojson?event=battle,explosion"
	plain, _ := s.get(path)
	zipped, _ := s.get(path, "Accept-Encoding", "gzip")
	tag, zipTag := plain.Header.Get("ETag"), zipped.Header.Get("ETag")
	if len(tag) < 10 || tag[0] != '"' || tag == zipTag {
		t.Fatalf("the tags are %s and %s", tag, zipTag)
	}
	if again, _ := s.get("/layers/events.geojson?event=explosion&event=battle"); again.Header.Get("ETag") != tag {
		t.Error("the same filter written differently has another tag")
	}
	read := s.store.read.Load()
	for _, tt := range []struct {
		path, held, coding string
		want               int
	}{
		{path, tag, "", 304},
		{path, "W/" + tag, "", 304},
		{path, `"x,y" , W/"z",` + tag, "", 304},
		{path, "*", "", 304},
		{path, zipTag, "gzip", 304},
		{path, zipTag, "", 200},
		{path, tag, "gzip", 200},
		{path, `"other"`, "", 200},
		{path, strings.Trim(tag, `"`), "", 200},
		{path, `"unclosed`, "", 200},
		{"/layers/events.csv?event=battle,explosion", tag, "", 200},
		{"/layers/events.geojson", tag, "", 200},
	} {
		before := s.store.read.Load()
		res, body := s.get(tt.path, "If-None-Match", tt.held, "Accept-Encoding", tt.coding)
		if res.StatusCode != tt.want || (tt.want == 304) != (body == "") {
			t.Errorf("%s with %s for %s: %s, %d bytes", tt.path, tt.held, tt.coding, res.Status, len(body))
		}
		if tt.want == 304 && (s.store.read.Load() != before || res.Header.Get("ETag") == "" || res.Header.Get("Cache-Control") != "no-cache") {
			t.Errorf("%s with %s: rows were read, or headers are missing: %v", tt.path, tt.held, res.Header)
		}
	}
	if s.store.read.Load() == read {
		t.Error("the store was not asked at all")
	}

	changed := start(t, &store{version: "data-2"})
	if res, _ := changed.get(path, "If-None-Match", tag); res.StatusCode != 200 || res.Header.Get("ETag") == tag {
		t.Error("new data has the old tag")
	}
	rebuilt := start(t, &store{}, func(c *server.Config) { c.Version = "next" })
	if res, _ := rebuilt.get(path); res.Header.Get("ETag") == tag {
		t.Error("a new program has the old tag")
	}
}

func TestGzip(t *testing.T) {
	s := start(t, &store{events: func(_ context.Context, yield func(geo.Event, error) bool) {
		for i := range 500 {
			if !yield(someEvent(i), nil) {
				return
			}
		}
	}})
	_, plain := s.get("/layers/events.geojson")
	for _, tt := range []struct {
		accept string
		want   bool
	}{
		{"gzip", true},
		{"GZIP;q=0.5, br", true},
		{"x-gzip", true},
		{"deflate, gzip;q=1.0, *;q=0.5", true},
		{"*", true},
		{"identity;q=0.5, gzip", true},
		{"identity, gzip;q=0.5", false},
		{"gzip;q=0", false},
		{"*;q=0", false},
		{"gzip;q=0, *", false},
		{"br", false},
		{"gzip;q=x", false},
		{"gzip;q=2", false},
		{"", false},
	} {
		res := s.request(http.MethodGet, "/layers/events.geojson", "Accept-Encoding", tt.accept)
		var body io.Reader = res.Body
		if zipped := res.Header.Get("Content-Encoding") == "gzip"; zipped != tt.want {
			t.Errorf("%q: Content-Encoding is %q", tt.accept, res.Header.Get("Content-Encoding"))
			continue
		}
		if tt.want {
			var err error
			if body, err = gzip.NewReader(res.Body); err != nil {
				t.Fatal(err)
			}
		}
		got, err := io.ReadAll(body)
		if err != nil || string(got) != plain {
			t.Errorf("%q: %d bytes, %v, want %d", tt.accept, len(got), err, len(plain))
		}
	}
}

func TestErrorBeforeTheFirstFeature(t *testing.T) {
	s := start(t, &store{events: func(_ context.Context, yield func(geo.Event, error) bool) {
		yield(geo.Event{}, errors.New("secret table is broken"))
	}})
	p := s.problem(s.request(http.MethodGet, "/layers/events.csv", "Accept-Encoding", "gzip"), 500)
	if strings.Contains(p.Detail, "secret") {
		t.Errorf("the client learns %q", p.Detail)
	}
	for _, part := range []string{"secret table is broken", "method=GET", "path=/layers/events.csv", "status=500", "duration="} {
		if !strings.Contains(s.log.String(), part) {
			t.Errorf("the log lacks %s: %s", part, s.log)
		}
	}
}

func TestSnapshotThatDoesNotOpen(t *testing.T) {
	s := start(t, &store{openErr: errors.New("secret file is locked")})
	for _, path := range []string{"/layers/events.geojson", "/api/articles/x"} {
		if p := s.problem(s.request(http.MethodGet, path), 500); strings.Contains(p.Detail, "secret") {
			t.Errorf("the client learns %q", p.Detail)
		}
	}
	late := start(t, &store{openErr: context.DeadlineExceeded})
	late.problem(late.request(http.MethodGet, "/layers/events.geojson"), 503)
}

func TestPanics(t *testing.T) {
	s := start(t, &store{events: func(context.Context, func(geo.Event, error) bool) { panic("secret place") }})
	if p := s.problem(s.request(http.MethodGet, "/layers/events.geojson"), 500); strings.Contains(p.Detail, "secret") {
		t.Errorf("the client learns %q", p.Detail)
	}
	if !strings.Contains(s.log.String(), "panic: secret place") {
		t.Errorf("the log lacks the panic: %s", s.log)
	}
	if res, _ := s.get("/healthz"); res.StatusCode != 200 {
		t.Errorf("after a panic: %s", res.Status)
	}
}

func TestHead(t *testing.T) {
	s := start(t, &store{})
	for _, path := range []string{"/layers/events.geojson", "/layers/places.csv", "/layers/mentions.gpkg", "/healthz", "/api/articles/hostile%2F1", "/", "/favicon.ico"} {
		get, _ := s.get(path)
		head := s.request(http.MethodHead, path)
		if body, err := io.ReadAll(head.Body); err != nil || len(body) > 0 {
			t.Errorf("HEAD %s: %d bytes, %v", path, len(body), err)
		}
		for _, h := range []string{"ETag", "Content-Type", "Cache-Control", "Content-Disposition"} {
			if get.StatusCode != head.StatusCode || get.Header.Get(h) != head.Header.Get(h) {
				t.Errorf("HEAD %s: %s %s is %q, GET has %s %q", path, head.Status, h, head.Header.Get(h), get.Status, get.Header.Get(h))
			}
		}
	}
	read := s.store.read.Load()
	s.request(http.MethodHead, "/layers/events.geojson")
	if s.store.read.Load() != read {
		t.Error("HEAD reads rows")
	}
	// Two requests on one connection: nothing may follow the headers of the first.
	c := s.dial()
	if _, err := io.WriteString(c, "HEAD /layers/events.geojson HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(c)
	if _, after, _ := strings.Cut(string(all), "\r\n\r\n"); err != nil || !strings.HasPrefix(after, "HTTP/1.1 200 OK\r\n") {
		t.Errorf("after HEAD comes %q, %v", after, err)
	}
}
