package server_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// shapedRecords are the records of the other tests, a third of which the text puts
// along a line or somewhere else near the place.
func shapedRecords(yield func(geo.Record, error) bool) {
	i := 0
	for r, err := range ogcRecords {
		at := float64(i) / 10
		switch i % 6 {
		case 0:
			r.Geometry = orb.LineString{{46 + at/2, 39}, {46 + at, 40}}
		case 3:
			r.Geometry = orb.Point{46 + at, 39}
		case 5:
			r.Geometry = orb.MultiLineString{{{46, 39}, {46 + at, 40}}, {{47, 39}, {48, 40}}}
		}
		i++
		if !yield(r, err) {
			return
		}
	}
}

func startShaped(t *testing.T) *ogc {
	t.Helper()
	v, err := index.Of("data-1", shapedRecords)
	if err != nil {
		t.Fatal(err)
	}
	return startOGC(t, func(c *server.Config) { c.View = func() (server.View, <-chan struct{}) { return v, nil } })
}

// kinds are the collections of one type of geometry, with what GeoJSON calls it.
func kinds(collection string) map[string]string {
	return map[string]string{collection + "-points": "Point", collection + "-lines": "LineString", collection + "-areas": "Polygon"}
}

// byGeometry sorts all features of a collection by the collections that have them.
func (s *ogc) byGeometry(collection, query string) map[string][]string {
	s.Helper()
	ids := map[string][]string{}
	var all struct {
		Features []struct {
			ID       string
			Geometry *struct{ Type string }
		}
	}
	_, body := s.get("/api/collections/"+collection+"/items?limit=1000&"+query, "Accept", geoJSON)
	if err := json.Unmarshal([]byte(body), &all); err != nil {
		s.Fatalf("%v: %.200s", err, body)
	}
	for _, f := range all.Features {
		if f.Geometry == nil {
			continue
		}
		for id, kind := range kinds(collection) {
			if strings.TrimPrefix(f.Geometry.Type, "Multi") == kind {
				ids[id] = append(ids[id], f.ID)
			}
		}
	}
	return ids
}

// Each has the features of the whole collection with its type of geometry, in
// the same order, whatever else is asked for, and no others.
func TestCollectionsByGeometry(t *testing.T) {
	s := startShaped(t)
	for _, collection := range []string{"events", "mentions"} {
		for _, query := range []string{
			"", "bbox=46,39,46.9,39.6", "datetime=2020-09-27/2020-10-02", "min_confidence=0.4&event=battle,explosion", "bbox=170,-20,-170,-10",
			"filter=" + url.QueryEscape("confidence > 0.2 OR country = 'FJ'"), "country=AZ&filter=" + url.QueryEscape("geometry_type <> 'area'"), "geometry_type=line",
		} {
			want := s.byGeometry(collection, query)
			if len(want) == 0 {
				t.Fatalf("%s?%s: the test expects nothing", collection, query)
			}
			for id := range kinds(collection) {
				got, first := s.walk("/api/collections/" + id + "/items?limit=3&" + query)
				if !slices.Equal(got, want[id]) || first.NumberMatched != len(want[id]) {
					t.Errorf("%s?%s: %d features, %d matched, want %d", id, query, len(got), first.NumberMatched, len(want[id]))
				}
				streamed := s.page("/api/collections/" + id + "/items?limit=5000&" + query)
				if len(streamed.Features) != len(want[id]) || streamed.NumberMatched != len(want[id]) {
					t.Errorf("%s?%s: streamed %d features, want %d", id, query, len(streamed.Features), len(want[id]))
				}
			}
		}
	}
}

// A feature is found in the collection of its geometry only, as JSON and as a page.
func TestFeaturesByGeometry(t *testing.T) {
	s := startShaped(t)
	for _, collection := range []string{"events", "mentions"} {
		for id, features := range s.byGeometry(collection, "") {
			for other := range kinds(collection) {
				for _, f := range []string{"json", "html"} {
					path := "/api/collections/" + other + "/items/" + url.PathEscape(features[0]) + "?f=" + f
					want := http.StatusNotFound
					if other == id {
						want = http.StatusOK
					}
					if res, body := s.get(path); res.StatusCode != want {
						t.Errorf("%s: %s, want %d: %.200s", path, res.Status, want, body)
					}
				}
			}
		}
	}
	path := "/api/collections/events-points/items/none"
	if res, _ := s.get(path); res.StatusCode != http.StatusNotFound {
		t.Errorf("%s: %s", path, res.Status)
	}
}

// What describes such a collection leads to its own items, and to tiles and files
// that are limited likewise.
func TestCollectionsByGeometryAreDescribed(t *testing.T) {
	s := startShaped(t)
	for id, kind := range kinds("mentions") {
		c := s.object("/api/collections/" + id)
		if c["id"] != id || !strings.HasPrefix(fmt.Sprint(c["title"]), "Mentions ") {
			t.Errorf("%s is %v, %v", id, c["id"], c["title"])
		}
		links := s.linksOf(c)
		want := s.byGeometry("mentions", "")[id]
		all := linked(links, "items", geoJSON)
		for i := range all {
			all[i].Href += "?limit=1000"
		}
		for _, l := range append(all, linked(links, "enclosure", geoJSON)...) {
			var page struct{ Features []struct{ ID string } }
			_, body := s.get(strings.TrimPrefix(l.Href, "http://"+s.addr))
			if err := json.Unmarshal([]byte(body), &page); err != nil {
				t.Fatalf("%s: %v: %.200s", l.Href, err, body)
			}
			if len(page.Features) != len(want) || len(want) == 0 {
				t.Errorf("%s: %d features at %s, want %d", id, len(page.Features), l.Href, len(want))
			}
		}
		if tiles := linked(links, "related", mJSON); len(tiles) != 1 || !strings.Contains(tiles[0].Href, "/tiles/mentions.json?filter=geometry_type") {
			t.Errorf("%s: tiles at %v", id, tiles)
		}
		schema := s.object("/api/collections/"+id+"/schema", "Accept", "application/schema+json")
		geometry := schema["properties"].(map[string]any)["geometry"].(map[string]any)
		if !strings.HasPrefix(fmt.Sprint(geometry["format"]), "geometry-"+strings.ToLower(kind)) {
			t.Errorf("%s: the geometry is %v", id, geometry)
		}
		queryables := s.object("/api/collections/"+id+"/queryables", "Accept", "application/schema+json")
		if queryables["properties"].(map[string]any)["geometry_type"] == nil {
			t.Errorf("%s: geometry_type is no queryable", id)
		}
	}
}

// A cursor of one collection is none of another, and pages for people stay
// within the collection.
func TestCollectionsByGeometryStayApart(t *testing.T) {
	s := startShaped(t)
	next := linked(s.page(items("events-points", "limit", "1")).Links, "next", geoJSON)[0].Href
	u, err := url.Parse(next)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"events", "events-areas", "mentions-points"} {
		s.refuses("/api/collections/"+other+"/items?"+u.RawQuery, "cursor")
	}
	_, body := s.get("/api/collections/events-points/items?f=html&limit=2&event=battle")
	for _, want := range []string{
		`action="http://` + s.addr + `/api/collections/events-points/search"`, "/api/collections/events-points/items/", "/api/collections/events-points/items?f=html",
		"/layers/events.gpkg?event=battle&filter=geometry_type+%3D+%27point%27", "Events at a place (points)",
	} {
		if !strings.Contains(html.UnescapeString(body), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if _, body = s.get("/api/collections/events-points/search?q=&limit=2"); !strings.Contains(body, "<strong>2</strong> on this page") {
		t.Error("the form doesn't lead to the page")
	}
	if !strings.Contains(body, "<title>Events at a place (points) ") {
		t.Error("the form leads to another collection")
	}
}
