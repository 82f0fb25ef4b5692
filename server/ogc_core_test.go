package server_test

import (
	"encoding/json"
	"io"
	"math"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/server"
)

// TestOGCCore holds the requirements of Part 1, Core, that are not about items.
func TestOGCCore(t *testing.T) {
	startOGC(t).check([]requirement{
		{"/req/core/http", func(s *ogc) {
			res := s.raw("GET /api HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
			if res.StatusCode != http.StatusOK {
				s.Error(res.Status)
			}
		}},
		{"/req/core/root-op", func(s *ogc) {
			for _, path := range []string{"/api", "/api/"} {
				if res, _ := s.get(path); res.StatusCode != http.StatusOK {
					s.Error(path, res.Status)
				}
			}
		}},
		{"/req/core/root-success", func(s *ogc) {
			links := s.linksOf(s.object("/api"))
			for _, rel := range []string{"service-desc", "service-doc", "conformance", "data"} {
				if len(linked(links, rel, "")) != 1 {
					s.Errorf("the links with rel %s are %v", rel, linked(links, rel, ""))
				}
			}
			if s.path(linked(links, "conformance", mJSON)[0].Href) != "/api/conformance" || s.path(linked(links, "data", mJSON)[0].Href) != "/api/collections" {
				s.Errorf("the links are %v", links)
			}
			s.selfAndAlternates(s.object("/api"), mJSON, mHTML)
		}},
		{"/req/core/api-definition-op", func(s *ogc) { s.definitions(func(*answer, ogcLink, string) {}) }},
		{"/req/core/api-definition-success", func(s *ogc) {
			s.definitions(func(res *answer, l ogcLink, body string) {
				if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, strings.SplitN(l.Type, ";", 2)[0]) {
					s.Errorf("%s: Content-Type %q, want %q", l.Href, got, l.Type)
				}
				if l.Rel == "service-desc" && !json.Valid([]byte(body)) || l.Rel == "service-doc" && !strings.HasPrefix(strings.ToLower(body), "<!doctype html>") {
					s.Errorf("%s: %.100s", l.Href, body)
				}
			})
		}},
		{"/req/core/conformance-op", func(s *ogc) { s.object("/api/conformance") }},
		{"/req/core/conformance-success", func(s *ogc) {
			classes, _ := s.object("/api/conformance")["conformsTo"].([]any)
			for _, class := range []string{
				"ogcapi-features-1/1.0/conf/core", "ogcapi-features-1/1.0/conf/oas30", "ogcapi-features-1/1.0/conf/html", "ogcapi-features-1/1.0/conf/geojson",
				"ogcapi-features-2/1.0/conf/crs", "ogcapi-features-3/1.0/conf/filter", "ogcapi-features-3/1.0/conf/features-filter",
				"ogcapi-features-3/1.0/conf/queryables", "ogcapi-features-5/1.0/conf/schemas", "cql2/1.0/conf/cql2-text", "cql2/1.0/conf/cql2-json",
				"cql2/1.0/conf/basic-cql2", "cql2/1.0/conf/advanced-comparison-operators", "cql2/1.0/conf/case-insensitive-comparison",
				"cql2/1.0/conf/basic-spatial-functions", "cql2/1.0/conf/basic-spatial-operators",
			} {
				if !slices.Contains(classes, any("http://www.opengis.net/spec/"+class)) {
					s.Errorf("%s is not among %v", class, classes)
				}
			}
		}},
		{"/req/core/fc-md-op", func(s *ogc) { s.object("/api/collections") }},
		{"/req/core/fc-md-success", func(s *ogc) {
			doc := s.object("/api/collections")
			for _, c := range s.described(doc) {
				if c["id"] == "" || c["title"] == "" || c["description"] == "" || c["itemType"] != "feature" || c["links"] == nil || c["extent"] == nil {
					s.Errorf("a collection is %v", c)
				}
			}
		}},
		{"/req/core/fc-md-links", func(s *ogc) { s.selfAndAlternates(s.object("/api/collections"), mJSON, mHTML) }},
		{"/req/core/fc-md-items", func(s *ogc) {
			var ids []any
			for _, c := range s.described(s.object("/api/collections")) {
				ids = append(ids, c["id"])
			}
			if !reflect.DeepEqual(ids, []any{
				"events", "mentions", "places", "events-points", "events-lines", "events-areas", "mentions-points", "mentions-lines", "mentions-areas",
			}) {
				s.Errorf("the collections are %v", ids)
			}
		}},
		{"/req/core/fc-md-items-links", func(s *ogc) {
			for _, c := range s.described(s.object("/api/collections")) {
				links := s.linksOf(c)
				if len(linked(links, "items", geoJSON)) != 1 || len(linked(links, "items", mHTML)) != 1 {
					s.Errorf("the links of %v are %v", c["id"], links)
				}
			}
		}},
		{"/req/core/fc-md-extent", testExtent},
		{"/req/core/fc-md-extent-multi", func(s *ogc) {
			for _, c := range s.described(s.object("/api/collections")) {
				if e := readExtent(s, c); len(e.Spatial.BBox) != 1 || len(e.Temporal.Interval) != 1 {
					s.Errorf("%v has the extent %v: the first of several must cover all", c["id"], e)
				}
			}
		}},
		{"/req/core/sfc-md-op", func(s *ogc) {
			s.each(func(_ *testing.T, s *ogc, collection string) { s.object("/api/collections/" + collection) })
			s.problem(s.request(http.MethodGet, "/api/collections/cities"), http.StatusNotFound)
			s.problem(s.request(http.MethodGet, "/api/collections/cities/items"), http.StatusNotFound)
		}},
		{"/req/core/sfc-md-success", func(s *ogc) {
			for _, c := range s.described(s.object("/api/collections")) {
				alone := s.object("/api/collections/" + c["id"].(string))
				if !reflect.DeepEqual(c, alone) {
					s.Errorf("in the list it is %v, alone %v", c, alone)
				}
				s.selfAndAlternates(alone, mJSON, mHTML)
			}
		}},
		{"/req/core/query-param-unknown", func(s *ogc) {
			for _, path := range []string{
				"/api", "/api/", "/api/conformance", "/api/collections", "/api/collections/events", "/api/collections/events/items",
				"/api/collections/events/queryables", "/api/collections/events/schema", "/api/collections/places/items/gn:1", "/api/collections/places/items",
			} {
				s.refuses(path+"?unknownQueryParameter12345=1", "unknownQueryParameter12345")
			}
		}},
		{"/rec/core/head", func(s *ogc) {
			for _, path := range []string{"/api", "/api/conformance", "/api/collections", "/api/collections/events/items?limit=1", "/api/collections/places/items/gn:1", items("events", "limit", "9999")} {
				res := s.request(http.MethodHead, path)
				body, err := io.ReadAll(res.Body)
				if res.StatusCode != http.StatusOK || len(body) > 0 || err != nil || res.Header.Get("ETag") == "" {
					s.Errorf("HEAD %s: %s, %d bytes, %v", path, res.Status, len(body), err)
				}
			}
		}},
		{"/rec/core/etag", testETags},
		{"/rec/core/link-header", func(s *ogc) {
			for _, path := range []string{"/api", "/api/collections", items("events", "limit", "1"), "/api/collections/places/items/gn:1"} {
				res := s.request(http.MethodGet, path)
				for _, l := range s.linksOf(s.object(path)) {
					if want := "<" + l.Href + `>; rel="` + l.Rel + `"; type="` + l.Type + `"`; !strings.Contains(res.Header.Get("Link"), want) {
						s.Errorf("%s: the header Link has no %s", path, want)
					}
				}
			}
			if res := s.request(http.MethodGet, items("events", "q", strings.Repeat("x ", 3000))); len(res.Header.Get("Link")) > 4<<10 {
				s.Errorf("the header Link has %d bytes", len(res.Header.Get("Link")))
			}
		}},
		{"/rec/core/fc-md-license", func(s *ogc) {
			for _, c := range s.described(s.object("/api/collections")) {
				if len(linked(s.linksOf(c), "license", "")) == 0 {
					s.Errorf("%v has no license link", c["id"])
				}
			}
		}},
	})
}

// definitions follows the links to the definition of the API.
func (s *ogc) definitions(look func(res *answer, l ogcLink, body string)) {
	s.Helper()
	links := s.linksOf(s.object("/api"))
	for _, l := range append(linked(links, "service-desc", ""), linked(links, "service-doc", "")...) {
		res, body := s.get(s.path(l.Href), "Accept", l.Type)
		if res.StatusCode != http.StatusOK {
			s.Errorf("%s: %s", l.Href, res.Status)
		}
		look(res, l, body)
	}
}

// described are the entries of /api/collections.
func (s *ogc) described(doc map[string]any) []map[string]any {
	s.Helper()
	list, _ := doc["collections"].([]any)
	var out []map[string]any
	for _, c := range list {
		out = append(out, c.(map[string]any))
	}
	if len(out) == 0 {
		s.Fatalf("there is no collection in %v", doc)
	}
	return out
}

type extent struct {
	Spatial struct {
		BBox [][4]float64
		CRS  string
	}
	Temporal struct{ Interval [][2]time.Time }
}

func readExtent(s *ogc, collection map[string]any) extent {
	s.Helper()
	var e extent
	text, err := json.Marshal(collection["extent"])
	if err == nil {
		err = json.Unmarshal(text, &e)
	}
	if err != nil {
		s.Fatal(err)
	}
	return e
}

func testExtent(s *ogc) {
	s.each(func(t *testing.T, s *ogc, collection string) {
		e := readExtent(s, s.object("/api/collections/"+collection))
		box, days := e.Spatial.BBox[0], e.Temporal.Interval[0]
		if e.Spatial.CRS != crs84 {
			t.Errorf("the box is in %s", e.Spatial.CRS)
		}
		var west, south, east, north = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, f := range s.page(items(collection, "limit", "1000")).Features {
			for _, p := range positions(t, f) {
				west, south, east, north = min(west, p[0]), min(south, p[1]), max(east, p[0]), max(north, p[1])
			}
			for _, name := range []string{"from", "to", "first", "last"} {
				if d, _ := f.Properties[name].(string); d != "" && (d < days[0].Format(time.DateOnly) || d > days[1].Format(time.DateOnly)) {
					t.Errorf("%s is %s, outside %v", name, d, days)
				}
			}
		}
		if box != [4]float64{west, south, east, north} {
			t.Errorf("the box is %v, that of the features %v", box, [4]float64{west, south, east, north})
		}
	})
}

// positions are those of the feature's geometry.
func positions(t *testing.T, f ogcFeature) [][2]float64 {
	t.Helper()
	if f.Geometry == nil {
		return nil
	}
	var found [][2]float64
	var walk func(v any)
	walk = func(v any) {
		list := v.([]any)
		if x, ok := list[0].(float64); ok {
			found = append(found, [2]float64{x, list[1].(float64)})
			return
		}
		for _, inner := range list {
			walk(inner)
		}
	}
	var v any
	if err := json.Unmarshal(f.Geometry.Coordinates, &v); err != nil {
		t.Fatal(err)
	}
	walk(v)
	return found
}

func testETags(s *ogc) {
	seen := map[string]string{}
	for _, path := range []string{
		"/api", "/api/conformance", "/api/collections", "/api/collections/events", items("events"), items("events", "limit", "1"), items("events", "limit", "2000"),
		items("events", "f", "html"), "/api/collections/places/items/gn:1", "/api/collections/events/queryables",
	} {
		for _, coding := range []string{"identity", "gzip"} {
			res, _ := s.get(path, "Accept-Encoding", coding)
			tag := res.Header.Get("ETag")
			if !strings.HasPrefix(tag, `"`) || seen[tag] != "" && seen[tag] != path {
				s.Errorf("%s: the ETag %s is weak, or that of %s", path, tag, seen[tag])
			}
			seen[tag] = path
			for range 2 {
				if again := s.request(http.MethodGet, path, "Accept-Encoding", coding, "If-None-Match", `"other", `+tag); again.StatusCode != http.StatusNotModified {
					s.Errorf("%s (%s): If-None-Match gives %s", path, coding, again.Status)
				}
			}
			if vary := res.Header.Get("Vary"); vary != "Accept, Accept-Encoding" {
				s.Errorf("%s: Vary is %q", path, vary)
			}
		}
	}
}

func TestCrossOrigin(t *testing.T) {
	open := startOGC(t, func(c *server.Config) { c.CORS = true })
	ask := func(s *ogc, method, path string) *http.Response {
		t.Helper()
		req, err := http.NewRequest(method, "http://"+s.addr+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Origin", "https://map.example.org")
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res
	}
	for path, want := range map[string]string{
		"/api": "*", "/api/collections/events/items?limit=1": "*", "/layers/events.geojson": "*", "/api/none": "*", "/api?x=1": "*", "/healthz": "", "/": "", "/apis": "",
	} {
		if got := ask(open, http.MethodGet, path).Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: Access-Control-Allow-Origin is %q, want %q", path, got, want)
		}
	}
	if res := ask(open, http.MethodOptions, "/api/collections"); res.StatusCode != http.StatusNoContent || !strings.Contains(res.Header.Get("Access-Control-Allow-Methods"), "GET") {
		t.Errorf("the preflight gives %s %v", res.Status, res.Header)
	}
	if res := ask(open, http.MethodGet, "/api"); res.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("the headers are %v", res.Header)
	}
	closed := startOGC(t)
	if res := ask(closed, http.MethodOptions, "/api/collections"); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Access-Control-Allow-Origin") != "http://"+closed.addr {
		t.Errorf("by default the preflight gives %s %v", res.Status, res.Header)
	}
}

func TestOwnOrigin(t *testing.T) {
	s := startOGC(t, func(c *server.Config) { c.BaseURL = "https://maps.example.org/war/" })
	res, _ := s.get("/api", "Origin", "https://other.example")
	if got := res.Header.Get("Access-Control-Allow-Origin"); got != "https://maps.example.org" {
		t.Errorf("Access-Control-Allow-Origin is %q", got)
	}
}

func TestBaseURL(t *testing.T) {
	s := startOGC(t, func(c *server.Config) { c.BaseURL = "https://maps.example.org/war/" })
	for _, path := range []string{"/api", "/api/collections", items("events", "limit", "1")} {
		for _, l := range s.linksOf(s.object(path)) {
			if !strings.HasPrefix(l.Href, "https://maps.example.org/war/") && l.Rel != "license" {
				t.Errorf("%s: the link %+v", path, l)
			}
		}
	}
	if _, err := server.New(server.Config{Snapshot: new(store).snapshot, View: new(store).view, BaseURL: "maps.example.org"}); err == nil {
		t.Error("an address without a scheme is accepted")
	}
	other := startOGC(t)
	for _, l := range other.linksOf(other.object("/api", "Host", "localhost:80")) {
		if !strings.HasPrefix(l.Href, "http://localhost:80/") {
			t.Errorf("the link %+v", l)
		}
	}
}
