package server_test

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// outlines is a map page's file with one square country, 10 degrees wide, around
// 45° E 40° N, and one far away.
const outlines = `{"type":"Topology","objects":{"countries":{"type":"GeometryCollection","geometries":[
	{"type":"Polygon","arcs":[[0,-2]],"id":"AA"},{"type":"MultiPolygon","arcs":[[[2]]],"id":"BB"}]}},
	"transform":{"scale":[1,1],"translate":[-180,-90]},
	"arcs":[[[220,125],[10,0],[0,10]],[[220,125],[0,10],[10,0]],[[10,10],[1,0],[0,1],[-1,-1]]]}`

func TestMapHasGround(t *testing.T) {
	s := start(t, &store{}, func(c *server.Config) {
		c.Page = fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "assets/countries-AAAAAAAA.json": {Data: []byte(outlines)}}
	})
	_, page, _ := s.page("/api/collections/mentions/items?f=html")
	var ground string
	for _, e := range page.all("path") {
		if e.attrs["class"] == "land" {
			ground = e.attrs["d"]
		}
	}
	if strings.Count(ground, "M") != 1 || !strings.HasSuffix(ground, "Z") {
		t.Errorf("the ground is %q, want the one country that is near", ground)
	}
}

func TestMapAcrossTheAntimeridian(t *testing.T) {
	east, west := *town, *town
	east.ID, east.Point, west.ID, west.Point = "gn:1", orb.Point{179, -17}, "gn:2", orb.Point{-179, -17}
	s := start(t, &store{}, func(c *server.Config) {
		v, err := index.Of("v1", func(yield func(geo.Record, error) bool) {
			for i, place := range []*gazetteer.Place{&east, &west} {
				m := mention
				m.Start, m.Place = i, place
				yield(geo.Record{Mention: m, Article: hostile}, nil)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		c.View = func() (server.View, <-chan struct{}) { return v, nil }
	})
	_, page, _ := s.page("/api/collections/mentions/items?f=html")
	marks := page.all("circle")
	if len(marks) != 2 {
		t.Fatalf("%d marks, want 2", len(marks))
	}
	var x [2]float64
	for i, m := range marks {
		if _, err := fmt.Sscan(m.attrs["cx"], &x[i]); err != nil {
			t.Fatal(err)
		}
	}
	if d := math.Abs(x[0] - x[1]); d < 100 || d > 400 {
		t.Errorf("the marks are %v apart: the map should be 6 degrees wide", d)
	}
}

// BenchmarkItemsPage makes a page of 1,000 mentions, each time anew.
func BenchmarkItemsPage(b *testing.B) {
	v, err := index.Of("v1", func(yield func(geo.Record, error) bool) {
		for i := range 1000 {
			place := *town
			place.ID, place.Point = fmt.Sprint("gn:", i), orb.Point{40 + float64(i%30)/10, 40 + float64(i/30)/10}
			m := mention
			m.Start, m.Place = i, &place
			yield(geo.Record{Mention: m, Article: hostile}, nil)
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	st := &store{}
	addr := serveFor(b, server.Config{
		Snapshot: st.snapshot, View: func() (server.View, <-chan struct{}) { return v, nil }, CacheBytes: -1,
	})
	b.ReportAllocs()
	for b.Loop() {
		res, err := http.Get("http://" + addr + "/api/collections/mentions/items?f=html&limit=1000")
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, res.Body)
		if err != nil {
			b.Fatal(err)
		}
		_ = res.Body.Close()
		b.ReportMetric(float64(n), "bytes")
	}
}
