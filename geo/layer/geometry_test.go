package layer_test

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo/layer"
)

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
	err := layer.WriteCSV(io.Discard, meta(layer.EventCollection), rows(feature(nil)))
	if err == nil || !strings.Contains(err.Error(), "0 properties") {
		t.Errorf("a feature without its columns gives %v", err)
	}
}
