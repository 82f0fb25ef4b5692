package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// TestOGCItems holds the requirements of Part 1 on items and features.
func TestOGCItems(t *testing.T) {
	var ticks atomic.Int64 // a clock that never shows the same
	now := func() time.Time { return time.Unix(1_800_000_000+ticks.Add(61), 0) }
	startOGC(t, func(c *server.Config) { c.Now = now }).check([]requirement{
		{"/req/core/fc-op", func(s *ogc) {
			s.each(func(_ *testing.T, s *ogc, collection string) { s.page("/api/collections/" + collection + "/items") })
		}},
		{"/req/core/fc-limit-definition", func(s *ogc) {
			schema := s.parameter("limit")["schema"].(map[string]any)
			if schema["type"] != "integer" || schema["minimum"] != 1.0 || schema["maximum"] != 10000.0 || schema["default"] != 5.0 {
				s.Errorf("the schema is %v", schema)
			}
		}},
		{"/req/core/fc-limit-response-1", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				all := s.page(items(collection, "limit", "10000")).NumberMatched
				for limit, want := range map[string]int{"1": 1, "2": 2, "7": 7, "10001": all, "99999999999999999999": all, "007": 7} {
					if got := len(s.page(items(collection, "limit", limit)).Features); got != min(want, all) {
						t.Errorf("limit=%s gives %d of %d features", limit, got, all)
					}
				}
				if got := len(s.page(items(collection)).Features); got != min(all, 5) {
					t.Errorf("without a limit there are %d features", got)
				}
			})
		}},
		{"/req/core/fc-bbox-definition", func(s *ogc) {
			p := s.parameter("bbox")
			schema := p["schema"].(map[string]any)
			if p["style"] != "form" || p["explode"] != false || schema["type"] != "array" || schema["minItems"] != 4.0 || schema["maxItems"] != 6.0 {
				s.Errorf("the parameter is %v", p)
			}
		}},
		{"/req/core/fc-bbox-response", testBBox},
		{"/req/core/fc-time-definition", func(s *ogc) {
			p := s.parameter("datetime")
			if p["in"] != "query" || p["required"] == true || p["schema"].(map[string]any)["type"] != "string" {
				s.Errorf("the parameter is %v", p)
			}
		}},
		{"/req/core/fc-time-response", testDatetime},
		{"/req/core/query-param-invalid", func(s *ogc) {
			for _, bad := range [][2]string{
				{"limit", "unlimited"}, {"limit", "0"}, {"limit", "-1"}, {"limit", "1.5"}, {"limit", ""}, {"limit", "1e3"}, {"limit", "+5"},
				{"bbox", "1,2,3"}, {"bbox", "a,b,c,d"}, {"bbox", "1,2,3,4,5"}, {"bbox", "1,9,2,3"}, {"bbox", "181,0,182,1"}, {"bbox", "0,0,NaN,1"},
				{"datetime", "yesterday"}, {"datetime", "2020-13-01T00:00:00Z"}, {"datetime", "2020-01-01T00:00:00Z/foo"},
				{"datetime", "2020-01-01T00:00:00Z/2020-01-02T00:00:00Z/2020-01-03T00:00:00Z"}, {"datetime", "2020-01-02/2020-01-01"},
				{"f", "xml"}, {"f", ""}, {"cursor", "x"}, {"cursor", ""}, {"confidence", "high"}, {"disputed", "yes"}, {"from", "2020"}, {"mentions", "1x"},
			} {
				s.refuses(items("events", bad[0], bad[1]), bad[0])
			}
			for _, twice := range []string{"limit", "bbox", "datetime", "f", "cursor", "crs", "filter", "confidence"} {
				value := map[string]string{"limit": "1", "bbox": "1,2,3,4", "datetime": "2020-01-01", "f": "json", "crs": crs84, "confidence": "1"}[twice]
				s.refuses(items("events", twice, value, twice, value), twice)
			}
		}},
		{"/req/core/fc-response", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				for _, filter := range [][]string{{"event", "battle"}, {"country", "FJ"}, {"place", "cm:hills"}, {"min_confidence", "0.5"}, {"source", "The Times"}} {
					ids, first := s.walk(items(collection, append(filter, "limit", "4")...))
					if len(ids) == 0 || len(ids) != first.NumberMatched || len(ids) >= ogcRecordCount {
						t.Errorf("%v selects %d features, %d are matched", filter, len(ids), first.NumberMatched)
					}
				}
			})
		}},
		{"/req/core/fc-links", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				p := s.page(items(collection, "limit", "2", "country", "AZ,FJ"))
				s.selfAndAlternates(p, geoJSON, mHTML)
				for _, l := range p.Links {
					if u, err := url.Parse(l.Href); l.Rel != "collection" && (err != nil || u.Query().Get("country") != "AZ,FJ" || u.Query().Get("limit") != "2") {
						t.Errorf("the link %+v lost parameters", l)
					}
				}
			})
		}},
		{"/req/core/fc-rel-type", func(s *ogc) { s.linksOf(s.page(items("mentions", "limit", "2"))) }}, // linksOf wants both
		{"/req/core/fc-timeStamp", func(s *ogc) {
			// It may be left out, and is: the bytes under a strong ETag are always the same.
			for _, limit := range []string{"1", "5000"} {
				first, body := s.get(items("events", "limit", limit))
				again, same := s.get(items("events", "limit", limit))
				if tag := first.Header.Get("ETag"); tag == "" || tag != again.Header.Get("ETag") || body != same {
					s.Errorf("limit=%s: the ETags are %s and %s, the bodies equal: %t", limit, tag, again.Header.Get("ETag"), body == same)
				}
				if p := s.page(items("events", "limit", limit)); p.TimeStamp != nil {
					s.Errorf("the time stamp is %v", p.TimeStamp)
				}
			}
		}},
		{"/req/core/fc-numberMatched", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				ids, first := s.walk(items(collection, "limit", "3"))
				if first.NumberMatched != len(ids) || collection == "mentions" && len(ids) != ogcRecordCount {
					t.Errorf("%d are matched, the pages have %d", first.NumberMatched, len(ids))
				}
			})
		}},
		{"/req/core/fc-numberReturned", func(s *ogc) { // page compares
			for _, limit := range []string{"1", "59", "60", "61", "1000", "1001"} {
				s.page(items("mentions", "limit", limit))
			}
		}},
		{"/rec/core/fc-next-1", testPaging},
		{"/rec/core/fc-filters", testPropertyFilters},
		{"/req/core/f-op", func(s *ogc) {
			s.each(func(_ *testing.T, s *ogc, collection string) {
				ids, _ := s.walk(items(collection, "limit", "1000"))
				for _, id := range ids {
					s.object("/api/collections/" + collection + "/items/" + url.PathEscape(id))
				}
			})
		}},
		{"/req/core/f-success", func(s *ogc) {
			for path, status := range map[string]int{
				"none": 404, "%3Cscript%3E": 404, "a/b": 404, "%ff": 400, "%00": 400, strings.Repeat("a", 257): 400, "gn:1%3Fx": 404,
			} {
				s.problem(s.request(http.MethodGet, "/api/collections/places/items/"+path), status)
			}
		}},
		{"/req/core/f-links", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				id := s.page(items(collection, "limit", "1")).Features[0].ID
				doc := s.object("/api/collections/" + collection + "/items/" + url.PathEscape(id))
				s.selfAndAlternates(doc, geoJSON, mHTML)
				if up := linked(s.linksOf(doc), "collection", mJSON); len(up) != 1 || s.path(up[0].Href) != "/api/collections/"+collection {
					t.Errorf("the links are %v", doc["links"])
				}
			})
		}},
		{"/req/core/crs84", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				for _, f := range s.page(items(collection, "limit", "1000")).Features {
					for _, p := range positions(t, f) {
						if p[0] < -180 || p[0] > 180 || p[1] < -90 || p[1] > 90 {
							t.Errorf("%s lies at %v", f.ID, p)
						}
					}
				}
			})
		}},
		{"/req/geojson/definition", func(s *ogc) {
			for path, want := range map[string]string{
				"/api": mJSON, "/api/conformance": mJSON, "/api/collections": mJSON, "/api/collections/events": mJSON,
				"/api/collections/events/items": geoJSON, "/api/collections/places/items/gn:1": geoJSON, "/api/collections/events/items?f=json": geoJSON,
			} {
				for _, accept := range []string{"", "*/*", mJSON, geoJSON, "text/html;q=0.5, application/json", "image/png"} {
					if res := s.request(http.MethodGet, path, "Accept", accept); res.Header.Get("Content-Type") != want {
						s.Errorf("%s for %q: %s %q, want %q", path, accept, res.Status, res.Header.Get("Content-Type"), want)
					}
				}
			}
		}},
		{"/req/geojson/content", testGeoJSON},
		{"/req/html/definition", func(s *ogc) {
			s.pages(func(path, body string) {
				if !strings.HasPrefix(strings.ToLower(body), "<!doctype html>") {
					s.Errorf("%s: %.80s", path, body)
				}
			})
		}},
		{"/req/html/content", func(s *ogc) {
			s.pages(func(path, body string) {
				if !strings.Contains(body, "<a ") || strings.Contains(body, "<script>alert") {
					s.Errorf("%s has no link, or hostile text as it is", path)
				}
			})
		}},
	})
}

// pages reads each resource as HTML, by Accept and by f.
func (s *ogc) pages(look func(path, body string)) {
	s.Helper()
	for _, path := range []string{
		"/api", "/api/conformance", "/api/collections", "/api/collections/events", "/api/collections/events/items", "/api/collections/mentions/items?limit=5000",
		"/api/collections/places/items/gn:1", "/api/collections/events/queryables", "/api/collections/events/schema",
	} {
		sign := "?"
		if strings.Contains(path, "?") {
			sign = "&"
		}
		for asked, accept := range map[string]string{path: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", path + sign + "f=html": mJSON} {
			res, body := s.get(asked, "Accept", accept)
			if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), mHTML) {
				s.Fatalf("%s: %s %q", asked, res.Status, res.Header.Get("Content-Type"))
			}
			look(asked, body)
		}
	}
}

// parameter is what the API definition says of a parameter of items.
func (s *ogc) parameter(name string) map[string]any {
	s.Helper()
	doc := s.object("/api/openapi.json", "Accept", mOAS)
	components := doc["components"].(map[string]any)["parameters"].(map[string]any)
	op := doc["paths"].(map[string]any)["/collections/events/items"].(map[string]any)["get"].(map[string]any)
	for _, p := range op["parameters"].([]any) {
		m := p.(map[string]any)
		if ref, ok := m["$ref"].(string); ok {
			m = components[ref[strings.LastIndexByte(ref, '/')+1:]].(map[string]any)
		}
		if m["name"] == name {
			return m
		}
	}
	s.Fatalf("the definition has no parameter %s", name)
	return nil
}

func testBBox(s *ogc) {
	s.each(func(t *testing.T, s *ogc, collection string) {
		all := s.page(items(collection, "limit", "1000")).Features
		for _, c := range []struct {
			bbox                     string
			west, south, east, north float64
		}{
			{"46.7,39.8,46.8,39.9", 46.7, 39.8, 46.8, 39.9},
			{"46.7,39.8,-100,46.8,39.9,9000", 46.7, 39.8, 46.8, 39.9},
			{"-180,-90,180,90", -180, -90, 180, 90},
			{"177,-20,-177,20", 177, -20, -177, 20},
			{"-180,85,180,90", -180, 85, 180, 90},
			{"46.9,39.2,46.95,39.3", 46.9, 39.2, 46.95, 39.3},
		} {
			var want []string
			for _, f := range all {
				if meets(positions(t, f), c.west, c.south, c.east, c.north) {
					want = append(want, f.ID)
				}
			}
			ids, first := s.walk(items(collection, "bbox", c.bbox, "limit", "7"))
			if !slices.Equal(ids, want) || first.NumberMatched != len(want) {
				t.Errorf("bbox=%s selects %d features, want %d: lacks %v, has %v", c.bbox, len(ids), len(want), without(want, ids), without(ids, want))
			}
		}
	})
}

// meets is plain: the boxes of the shapes here are the shapes. What has no
// position meets every box.
func meets(positions [][2]float64, west, south, east, north float64) bool {
	if len(positions) == 0 {
		return true
	}
	w, e, lowest, highest := positions[0][0], positions[0][0], positions[0][1], positions[0][1]
	for _, p := range positions {
		w, e, lowest, highest = min(w, p[0]), max(e, p[0]), min(lowest, p[1]), max(highest, p[1])
	}
	if lowest > north || highest < south {
		return false
	}
	if west > east {
		return e >= west || w <= east
	}
	return e >= west && w <= east
}

func testDatetime(s *ogc) {
	first := mention.Days.From
	day := func(n int) string { return (first + geo.Day(n)).String() }
	for _, collection := range []string{"events", "mentions"} {
		all := s.page(items(collection, "limit", "1000")).Features
		for _, c := range []struct {
			datetime string
			from, to geo.Day
			began    bool // of what is known to the month only what begins in it
		}{
			{day(3), first + 3, first + 3, false},
			{day(3) + "T12:00:00Z", first + 3, first + 3, false},
			{day(3) + "/" + day(5), first + 3, first + 5, false},
			{day(3) + "T00:00:00Z/" + day(5) + "T23:59:59Z", first + 3, first + 5, false},
			{"../" + day(4), 0, first + 4, false},
			{"/" + day(4) + "T00:00:00", 0, first + 4, false},
			{"0000-01-01T00:00:00Z/" + day(4), 0, first + 4, false},
			{day(6) + "/..", first + 6, geo.MaxDay, true},
			{day(6) + "/", first + 6, geo.MaxDay, true},
			{day(6) + "T/9999-12-31T00:00:00Z", first + 6, geo.MaxDay, true},
			{"../..", 0, geo.MaxDay, false},
			{"1500-01-01T00:00:00Z/1500-12-31T00:00:00Z", 1, 2, false},
		} {
			var want []string
			for _, f := range all {
				from, to := f.day(s.T, "from"), f.day(s.T, "to")
				if from == 0 { // goes by its publication
					from, to = f.day(s.T, "published"), f.day(s.T, "published")
				}
				if from <= c.to && to >= c.from && !(c.began && from < c.from && f.Properties["date_prec"] == float64(geo.DateMonth)) {
					want = append(want, f.ID)
				}
			}
			if strings.HasPrefix(c.datetime, "1500") {
				want = nil
			}
			ids, page := s.walk(items(collection, "datetime", c.datetime, "limit", "7"))
			if !slices.Equal(ids, want) || page.NumberMatched != len(want) {
				s.Errorf("%s: datetime=%s selects %d, want %d: lacks %v, has %v", collection, c.datetime, len(ids), len(want), without(want, ids), without(ids, want))
			}
		}
	}
}

func testPaging(s *ogc) {
	s.each(func(t *testing.T, s *ogc, collection string) {
		whole, _ := s.walk(items(collection, "limit", "1000"))
		for _, limit := range []int{1, 7, 10, len(whole) - 1, len(whole), len(whole) + 1} {
			if limit == 0 {
				continue
			}
			ids, first := s.walk(items(collection, "limit", strconv.Itoa(limit)))
			if !slices.Equal(ids, whole) {
				t.Errorf("pages of %d have %d of %d features: lack %v, have %v", limit, len(ids), len(whole), without(whole, ids), without(ids, whole))
			}
			if next := linked(first.Links, "next", ""); (len(next) == 1) != (limit < len(whole)) {
				t.Errorf("limit=%d of %d features: next is %v", limit, len(whole), next)
			}
		}
		first := s.page(items(collection, "limit", "1", "crs", webMerc, "f", "json"))
		next := s.path(linked(first.Links, "next", "")[0].Href)
		u, err := url.Parse(next)
		if err != nil || u.Query().Get("crs") != webMerc || u.Query().Get("limit") != "1" || u.Query().Get("f") != "json" || strings.Contains(u.Query().Get("cursor"), "=") {
			t.Errorf("the next link is %s", next)
		}
		second := s.page(next)
		if back := linked(second.Links, "first", ""); len(back) != 1 || strings.Contains(back[0].Href, "cursor") {
			t.Errorf("the links of the second page are %v", second.Links)
		}
		if again := linked(second.Links, "next", ""); len(again) == 1 && strings.Count(again[0].Href, "cursor=") != 1 {
			t.Errorf("the second page's next link is %s", again[0].Href)
		}
	})
}

func testPropertyFilters(s *ogc) {
	s.each(func(t *testing.T, s *ogc, collection string) {
		all := s.page(items(collection, "limit", "1000")).Features
		probe := all[3].Properties
		for name, value := range probe {
			text := fmt.Sprint(value)
			if _, ok := value.([]any); ok || value == nil {
				continue
			}
			page := s.page(items(collection, "limit", "1000", name, text))
			if page.NumberMatched == 0 {
				t.Errorf("%s=%s selects nothing", name, text)
			}
			for _, f := range page.Features {
				if !reflect.DeepEqual(f.Properties[name], value) {
					t.Errorf("%s=%s selects one with %v", name, text, f.Properties[name])
					break
				}
			}
		}
	})
}

func testGeoJSON(s *ogc) {
	s.each(func(t *testing.T, s *ogc, collection string) {
		for _, f := range s.page(items(collection, "limit", "1000")).Features {
			if f.Type != "Feature" || f.ID == "" || f.Properties == nil {
				t.Errorf("a feature is %+v", f)
			}
			alone := s.object("/api/collections/" + collection + "/items/" + url.PathEscape(f.ID))
			if alone["id"] != f.ID || alone["type"] != "Feature" || alone["links"] == nil {
				t.Errorf("alone it is %v", alone)
			}
			if collection != "places" && !reflect.DeepEqual(alone["properties"], any(f.Properties)) {
				t.Errorf("alone it has the properties %v, in the list %v", alone["properties"], f.Properties)
			}
		}
		_, body := s.get(items(collection, "limit", "1"))
		if !json.Valid([]byte(body)) || strings.Contains(body, "<script") {
			t.Errorf("%s", body)
		}
	})
}
