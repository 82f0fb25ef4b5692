package server_test

import (
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// keysOf are what the order goes by, of the features of a page after the other.
func (s *ogc) keysOf(path string, key func(*ogcFeature) string) (keys, ids []string) {
	s.Helper()
	for {
		p := s.page(path)
		for i := range p.Features {
			keys, ids = append(keys, key(&p.Features[i])), append(ids, p.Features[i].ID)
		}
		next := linked(p.Links, "next", geoJSON)
		if len(next) == 0 {
			if len(ids) != p.NumberMatched {
				s.Errorf("%s: %d features on all pages, %d are matched", path, len(ids), p.NumberMatched)
			}
			return keys, ids
		}
		path = s.path(next[0].Href)
		if !strings.Contains(path, "sortby=") {
			s.Fatalf("the next page %s has lost its order", path)
		}
	}
}

func TestSortBy(t *testing.T) {
	s := startOGC(t)
	day := func(f *ogcFeature) string {
		if from, ok := f.Properties["from"].(string); ok {
			return from
		}
		return ""
	}
	number := func(name string) func(f *ogcFeature) string {
		return func(f *ogcFeature) string { return fmt.Sprintf("%06.0f %s", f.Properties[name], day(f)) }
	}
	undatedLast := func(keys []string) []string {
		dated := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == "" })
		return append(dated, slices.Repeat([]string{""}, len(keys)-len(dated))...)
	}
	for _, tt := range []struct {
		collection, order string
		key               func(*ogcFeature) string
		up                bool
	}{
		{"events", "from", day, true}, {"events", "+from", day, true}, {"events", "-from", day, false},
		{"events", "-origins", number("origins"), false}, {"events", "-mentions", number("mentions"), false},
		{"mentions", "from", day, true}, {"mentions", "-from", day, false}, {"mentions-points", "-from", day, false}, {"events-areas", "-mentions", number("mentions"), false},
	} {
		for _, filter := range [][]string{{}, {"country", "AZ,FJ"}, {"bbox", "46,39,48,41"}, {"filter", "confidence > 0.2"}, {"q", "bombs"}, {"asof", "2020-10-08", "placed", "yes"}} {
			keys, ids := s.keysOf(items(tt.collection, append(filter, "limit", "4", "sortby", tt.order)...), tt.key)
			want := slices.Sorted(slices.Values(keys))
			if !tt.up {
				slices.Reverse(want)
			}
			if want = undatedLast(want); !slices.Equal(keys, want) {
				t.Errorf("%s by %s with %v: %v", tt.collection, tt.order, filter, keys)
			}
			plain, _ := s.walk(items(tt.collection, append(filter, "limit", "1000")...))
			if slices.Sort(ids); len(ids) == 0 || !slices.Equal(ids, slices.Sorted(slices.Values(plain))) {
				t.Errorf("%s by %s with %v: %d features, %d by themselves", tt.collection, tt.order, filter, len(ids), len(plain))
			}
			streamed := s.page(items(tt.collection, append(filter, "limit", "5000", "sortby", tt.order)...))
			for i := range streamed.Features {
				if tt.key(&streamed.Features[i]) != keys[i] {
					t.Errorf("%s by %s with %v: in another order where it is streamed", tt.collection, tt.order, filter)
					break
				}
			}
		}
	}
	if res, body := s.get("/api/collections/events/items?sortby=+from"); res.StatusCode != 200 {
		t.Errorf("a plus that was not escaped: %s", body)
	}
}

func TestSortByRefused(t *testing.T) {
	s := startOGC(t)
	for _, given := range []string{"", "to", "-to", "+-from", "--from", "origins", "from,-mentions", "From", "+", " ", "-", "-from\x00"} {
		p := s.problem(s.request("GET", items("events", "sortby", given)), 400)
		if len(p.Errors) != 1 || p.Errors[0].Parameter != "sortby" || !strings.Contains(p.Errors[0].Reason, "from, -from, -origins, -mentions") {
			t.Errorf("%q: %+v", given, p)
		}
	}
	for _, path := range []string{
		items("mentions", "sortby", "-origins"), items("events", "sortby", "from", "sortby", "from"), items("places", "sortby", "from"),
		"/api/histogram?sortby=-from", "/layers/events.csv?sortby=-from",
	} {
		s.refuses(path, "sortby")
	}
	// A cursor is of one order.
	next := s.path(linked(s.page(items("events", "limit", "2", "sortby", "-from")).Links, "next", "")[0].Href)
	u, err := url.Parse(next)
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range []string{"from", "-mentions", "-origins"} {
		s.refuses(items("events", "limit", "2", "sortby", order, "cursor", u.Query().Get("cursor")), "cursor")
	}
	s.refuses(items("events", "limit", "2", "cursor", u.Query().Get("cursor")), "cursor")
}

func TestPlaced(t *testing.T) {
	s := startOGC(t)
	for _, collection := range []string{"events", "mentions"} {
		all := s.page(items(collection, "limit", "1000"))
		total := 0
		for _, placed := range []string{"yes", "no"} {
			p := s.page(items(collection, "limit", "1000", "placed", placed))
			for _, f := range p.Features {
				if (f.Geometry != nil) != (placed == "yes") {
					t.Errorf("%s with placed=%s: %s has the geometry %v", collection, placed, f.ID, f.Geometry)
				}
			}
			total += p.NumberMatched
			boxed := s.page(items(collection, "limit", "1000", "placed", placed, "bbox", "46,39,48,41"))
			if placed == "no" && boxed.NumberMatched != p.NumberMatched || placed == "yes" && (boxed.NumberMatched == 0 || boxed.NumberMatched >= p.NumberMatched) {
				t.Errorf("%s with placed=%s: %d of %d in a box", collection, placed, boxed.NumberMatched, p.NumberMatched)
			}
			for _, counts := range []string{"facets", "histogram"} {
				for _, query := range []string{"", "&bbox=46,39,48,41"} {
					n := s.object("/api/" + counts + "?collection=" + collection + "&placed=" + placed + query)["numberMatched"]
					if want := map[string]int{"": p.NumberMatched}[query]; query == "" && n != float64(want) || query != "" && n != float64(boxed.NumberMatched) {
						t.Errorf("%s of %s with placed=%s%s: %v", counts, collection, placed, query, n)
					}
				}
			}
			// The whole selection as a file.
			downloads := s.downloads(items(collection, "placed", placed, "f", "html"))
			if n := len(s.object(downloads[0])["features"].([]any)); n != p.NumberMatched {
				t.Errorf("%s: %d features at %s, want %d", collection, n, downloads[0], p.NumberMatched)
			}
		}
		if total != all.NumberMatched || all.NumberMatched == 0 {
			t.Errorf("%s: %d are placed or not, of %d", collection, total, all.NumberMatched)
		}
		if n := s.page(items(collection+"-points", "placed", "no")).NumberMatched; n != 0 {
			t.Errorf("%d points have no position", n)
		}
		for _, bad := range []string{"", "maybe", "true", "yes,no"} {
			s.refuses(items(collection, "placed", bad), "placed")
		}
		s.refuses(items(collection, "placed", "yes", "placed", "no"), "placed")
	}
	s.refuses(items("places", "placed", "yes"), "placed")
	s.refuses("/api/facets?placed=maybe", "placed")
	s.refuses("/layers/events.geojson?placed=yes", "placed")
}

// downloads are the paths of the layers that a page of features links to.
func (s *ogc) downloads(path string) []string {
	s.Helper()
	_, body := s.get(path)
	var found []string
	for _, part := range strings.Split(body, `href="http://`+s.addr+`/layers/`)[1:] {
		href, _, _ := strings.Cut(part, `"`)
		found = append(found, "/layers/"+html.UnescapeString(href))
	}
	if len(found) == 0 {
		s.Fatalf("%s has no downloads", path)
	}
	return found
}

// The form keeps the order and says which one it is.
func TestOrderInTheForm(t *testing.T) {
	s := startOGC(t)
	_, body := s.get(items("events", "sortby", "-origins", "placed", "no", "f", "html"))
	for _, part := range []string{`<option value="-origins" selected>`, `<option value="no" selected>`, `<label for="sortby">`} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	res, _ := s.get("/api/collections/events/search?sortby=-origins&placed=&q=")
	if !strings.Contains(res.URL+" "+res.Status, "200") {
		t.Errorf("the form leads to %s", res.Status)
	}
	if _, body := s.get(items("places", "f", "html")); strings.Contains(body, `name="sortby"`) {
		t.Error("places can't be ordered")
	}
}
