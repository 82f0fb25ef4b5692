package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
	"github.com/conflictmap/conflictmap/server"
)

// tiled serves battles at Stepanakert and Shusha, explosions in a region around
// them and a riot in Yerevan.
func tiled(t *testing.T) *site {
	t.Helper()
	shusha := &gazetteer.Place{ID: "t:shusha", Name: "Shusha", Kind: gazetteer.Settlement, Country: "AZ", Point: orb.Point{46.7497, 39.7601}}
	yerevan := &gazetteer.Place{ID: "t:yerevan", Name: "Yerevan", Kind: gazetteer.Settlement, Country: "AM", Point: orb.Point{44.5136, 40.1776}}
	region := &gazetteer.Place{
		ID: "t:region", Name: `<b>"Region"</b>`, Kind: gazetteer.Region, Country: "AZ", Point: orb.Point{46.8, 39.9},
		Shape: orb.Polygon{{{46.2, 39.4}, {47.2, 39.4}, {47.2, 40.2}, {46.2, 40.2}, {46.2, 39.4}}},
	}
	view, err := index.Of("tiles-1", func(yield func(geo.Record, error) bool) {
		for i, f := range []struct {
			at    *gazetteer.Place
			event geo.EventType
		}{
			{town, geo.Battle}, {town, geo.Explosion}, {town, geo.Battle}, {shusha, geo.Battle}, {region, geo.Explosion}, {yerevan, geo.Riot},
		} {
			m := mention
			m.Article, m.Place, m.Event, m.Start, m.Name = fmt.Sprint("a", i), f.at, f.event, 10*i, f.at.Name
			m.WherePrec = geo.WhereExact
			day := mention.Days.From + geo.Day(10*i)
			m.Days = geo.Interval{From: day, To: day}
			if !yield(geo.Record{Mention: m, Article: geo.Article{ID: m.Article, Source: "Agency", Published: day}}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return start(t, &store{}, func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) { return view, nil }
	})
}

// tileOf reads a tile; coordinates are degrees.
func (s *site) tileOf(path string) map[string][]*geojson.Feature {
	s.Helper()
	res, body := s.get(path)
	out := map[string][]*geojson.Feature{}
	if res.StatusCode == http.StatusNoContent {
		return out
	}
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != tile.ContentType || res.Header.Get("ETag") == "" {
		s.Fatalf("%s: %s %v", path, res.Status, res.Header)
	}
	layers, err := mvt.Unmarshal([]byte(body))
	if err != nil {
		s.Fatalf("%s: %v", path, err)
	}
	for _, l := range layers {
		out[l.Name] = l.Features
	}
	return out
}

func total(layers map[string][]*geojson.Feature) int {
	n := 0
	for _, features := range layers {
		for _, f := range features {
			if c, ok := f.Properties["count"].(float64); ok {
				n += int(c)
			} else {
				n++
			}
		}
	}
	return n
}

func TestTilesTakeEveryFilter(t *testing.T) {
	s := tiled(t)
	for query, want := range map[string]int{
		"": 6, "?event=battle": 3, "?event=battle,riot": 4, "?country=AM": 1, "?place=t:shusha": 1, "?datetime=2020-09-27/2020-10-07": 2,
		"?bbox=44,40,45,41": 1, "?min_confidence=0.95": 0, "?source=Agency": 6, "?source=Nobody": 0, "?role=actor": 0, "?asof=2020-09-30": 1,
	} {
		if got := total(s.tileOf("/tiles/mentions/0/0/0.mvt" + query)); got != want {
			t.Errorf("%s: %d mentions, want %d", query, got, want)
		}
	}
	for collection, want := range map[string]int{"events": 6, "places": 4} {
		if got := total(s.tileOf("/tiles/" + collection + "/3/5/3.mvt")); got != want {
			t.Errorf("%d %s, want %d", got, collection, want)
		}
	}
}

func TestTileAnswers(t *testing.T) {
	s := tiled(t)
	const path = "/tiles/events/9/322/194.mvt"
	res, body := s.get(path)
	if res.StatusCode != http.StatusOK || len(body) == 0 {
		t.Fatalf("%s: %s", path, res.Status)
	}
	tag := res.Header.Get("ETag")
	if again := s.request(http.MethodGet, path, "If-None-Match", tag); again.StatusCode != http.StatusNotModified {
		t.Errorf("with its ETag: %s", again.Status)
	}
	if head := s.request(http.MethodHead, path); head.StatusCode != http.StatusOK || head.Header.Get("ETag") != tag {
		t.Errorf("HEAD: %s %v", head.Status, head.Header)
	}
	if res, body := s.get("/tiles/events/9/0/0.mvt"); res.StatusCode != http.StatusNoContent || body != "" {
		t.Errorf("an empty tile: %s %q", res.Status, body)
	}
	for _, bad := range []string{
		"/tiles/events/23/0/0.mvt", "/tiles/events/3/8/0.mvt", "/tiles/events/3/0/8.mvt", "/tiles/events/-1/0/0.mvt", "/tiles/events/a/b/c.mvt",
		"/tiles/events/03/0/0.mvt", "/tiles/events/3/0/0.mvt?colour=red", "/tiles/events/3/0/0.mvt?event=x", "/tiles/events/3/0/0.mvt?labels=yes",
		"/tiles/events/3/0/0.mvt?filter-lang=sql", "/tiles/events.json?x=1", "/tiles/events.style.json?labels=maybe", "/tiles/places.json?bbox=1",
		"/tiles/events/3/0/%2e%2e.mvt", "/tiles/events/3/0/0'%20OR%201=1--.mvt",
	} {
		s.problem(s.request(http.MethodGet, bad), http.StatusBadRequest)
	}
	for _, missing := range []string{"/tiles/wars/0/0/0.mvt", "/tiles/events/0/0/0.png", "/tiles/events/0/0.mvt", "/tiles/wars.json"} {
		s.problem(s.request(http.MethodGet, missing), http.StatusNotFound)
	}
}

func TestTileJSONKeepsTheFilter(t *testing.T) {
	s := tiled(t)
	var doc tile.Document
	query := "?event=battle&q=%7Bz%7D%26x%3D1"
	res, body := s.get("/tiles/events.json" + query)
	if err := json.Unmarshal([]byte(body), &doc); err != nil || res.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%v: %s %s", err, res.Status, body)
	}
	want := "http://" + s.addr + "/tiles/events/{z}/{x}/{y}.mvt" + query
	if doc.TileJSON != "3.0.0" || !slices.Equal(doc.Tiles, []string{want}) || doc.MinZoom != 0 || doc.MaxZoom != 14 || doc.Attribution != "GeoNames (CC BY 4.0)" {
		t.Errorf("have %+v", doc)
	}
	if len(doc.Layers) != 4 || doc.Layers[0].Fields["from"] == "" || doc.Layers[1].Fields["battle"] == "" {
		t.Errorf("the layers are %+v", doc.Layers)
	}
	_, body = s.get("/tiles/mentions.json")
	doc = tile.Document{}
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatal(err)
	}
	b := doc.Bounds
	if len(b) != 4 || b[0] > 44.52 || b[0] < 44.51 || b[1] > 39.41 || b[2] < 47.19 || b[3] < 40.19 {
		t.Errorf("the bounds are %v", b)
	}
}

func TestStyleDrawsEveryLayer(t *testing.T) {
	s := tiled(t)
	for _, collection := range []string{"events", "mentions", "places"} {
		for _, labels := range []string{"no", "yes"} {
			_, body := s.get("/tiles/" + collection + ".style.json?event=battle&labels=" + labels)
			var st tile.Style
			if err := json.Unmarshal([]byte(body), &st); err != nil {
				t.Fatal(err)
			}
			ids, from := map[string]bool{}, map[string]bool{}
			for _, l := range st.Layers {
				source, ok := st.Sources[l.Source]
				if !ok || ids[l.ID] || source.Tiles[0] != "http://"+s.addr+"/tiles/"+collection+"/{z}/{x}/{y}.mvt?event=battle" {
					t.Errorf("%s: layer %s, source %v", collection, l.ID, source)
				}
				if l.Type == "symbol" && labels == "no" {
					t.Errorf("%s: text without fonts", collection)
				}
				ids[l.ID], from[l.From] = true, true
			}
			if st.Version != 8 || len(from) != 4 {
				t.Errorf("%s: version %d draws %v", collection, st.Version, from)
			}
			if strings.Contains(strings.ReplaceAll(body, "http://"+s.addr, ""), "http") {
				t.Errorf("%s: the style names other hosts: %s", collection, body)
			}
		}
	}
}

// A CQL2 filter selects as it does elsewhere.
func TestTilesTakeCQL2(t *testing.T) {
	s := tiled(t)
	for _, filter := range []string{"event = 'battle' AND country = 'AZ'", "role = 'actor'"} {
		query := "?filter=" + url.QueryEscape(filter)
		_, layer := s.get("/layers/mentions.geojson" + query)
		want := strings.Count(layer, `"type":"Feature",`)
		if got := total(s.tileOf("/tiles/mentions/0/0/0.mvt" + query)); got != want {
			t.Errorf("%s: %d mentions, want %d", filter, got, want)
		}
	}
	s.problem(s.request(http.MethodGet, "/tiles/mentions/0/0/0.mvt?filter="+url.QueryEscape("event = ")), http.StatusBadRequest)
}

// markingView counts how often marks are gathered, and fails at first if told to.
type markingView struct {
	server.View
	gathered atomic.Int32
	fail     atomic.Int32 // how many times
}

func (v *markingView) Marks(ctx context.Context, collection string, q index.Query) (*index.Marks, error) {
	v.gathered.Add(1)
	if v.fail.Add(-1) >= 0 {
		return nil, errors.New("the disk is gone")
	}
	return v.View.Marks(ctx, collection, q)
}

// All tiles of a filter are made from one selection.
func TestTilesShareTheSelection(t *testing.T) {
	st := &store{}
	plain, _ := st.view()
	v := &markingView{View: plain}
	v.fail.Store(1)
	s := start(t, st, func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) { return v, nil }
	})
	s.problem(s.request(http.MethodGet, "/tiles/mentions/0/0/0.mvt"), http.StatusInternalServerError)
	var all sync.WaitGroup
	for z := range 8 {
		all.Go(func() {
			res, err := client.Get(fmt.Sprintf("http://%s/tiles/mentions/%d/0/0.mvt", s.addr, z))
			if err != nil {
				t.Error(err)
				return
			}
			_ = res.Body.Close()
			if res.StatusCode >= 300 {
				t.Errorf("zoom %d: %s", z, res.Status)
			}
		})
	}
	all.Wait()
	if n := v.gathered.Load(); n != 2 {
		t.Errorf("the mentions were gathered %d times, want once, and once when it failed", n)
	}
	s.get("/tiles/mentions/0/0/0.mvt?event=battle")
	if n := v.gathered.Load(); n != 3 {
		t.Errorf("another filter was gathered %d times", n-2)
	}
	for i := range 40 { // more filters than are held
		s.get(fmt.Sprintf("/tiles/mentions/0/0/0.mvt?min_confidence=0.%02d", i+1))
	}
	s.get("/tiles/mentions/5/0/0.mvt?event=battle")
	if n := v.gathered.Load(); n != 44 {
		t.Errorf("%d selections, want 44", n)
	}
}
