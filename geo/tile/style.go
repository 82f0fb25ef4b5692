package tile

import (
	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// HighestUseful is the zoom after which tiles show nothing more than before:
// maps enlarge those of this zoom.
const HighestUseful = 14

// Set describes the tiles of a collection under one filter.
type Set struct {
	Collection  string
	URL         string // of a tile, with {z}, {x} and {y}
	Attribution string
	Bounds      *orb.Bound // of what there is, in degrees; nil for nothing
}

// Document is a TileJSON document, version 3.0.0.
type Document struct {
	TileJSON    string        `json:"tilejson"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Attribution string        `json:"attribution,omitempty"`
	Scheme      string        `json:"scheme"`
	Tiles       []string      `json:"tiles"`
	MinZoom     int           `json:"minzoom"`
	MaxZoom     int           `json:"maxzoom"`
	Bounds      []float64     `json:"bounds,omitempty"`
	Layers      []VectorLayer `json:"vector_layers"`
}

// TileJSON describes the set for programs that draw tiles.
func (s Set) TileJSON() Document {
	return Document{
		TileJSON: "3.0.0", Name: s.Collection, Description: "The " + s.Collection + " of conflictmap: single ones, and clusters with counts",
		Attribution: s.Attribution, Scheme: "xyz", Tiles: []string{s.URL}, MaxZoom: HighestUseful,
		Bounds: s.bounds(), Layers: Layers(s.Collection, HighestUseful),
	}
}

func (s Set) bounds() []float64 {
	if s.Bounds == nil {
		return nil
	}
	return []float64{s.Bounds.Min[0], s.Bounds.Min[1], s.Bounds.Max[0], s.Bounds.Max[1]}
}

// Style is a style document as MapLibre and Mapbox GL define it, version 8.
type Style struct {
	Version int                    `json:"version"`
	Name    string                 `json:"name"`
	Sources map[string]StyleSource `json:"sources"`
	Layers  []StyleLayer           `json:"layers"`
}

// StyleSource names the tiles.
type StyleSource struct {
	Type        string    `json:"type"`
	Tiles       []string  `json:"tiles"`
	MinZoom     int       `json:"minzoom"`
	MaxZoom     int       `json:"maxzoom"`
	Bounds      []float64 `json:"bounds,omitempty"`
	Attribution string    `json:"attribution,omitempty"`
}

// StyleLayer draws a layer of the tiles.
type StyleLayer struct {
	ID     string         `json:"id"`
	Type   string         `json:"type"`
	Source string         `json:"source"`
	From   string         `json:"source-layer"`
	Filter []any          `json:"filter,omitempty"`
	Layout map[string]any `json:"layout,omitempty"`
	Paint  map[string]any `json:"paint,omitempty"`
}

const sourceName = "conflictmap"

// Style draws the set: what is known to lie in an area or on a line as such,
// points as discs in the colour of the kind of event, hollow where the position
// is only near it, and clusters as discs whose size goes with the logarithm of
// the count.
//
// Labels adds the counts as text. It is for programs that have fonts of their
// own, as QGIS: the document names none to load, and others refuse text then.
//
// Only such filters and expressions are used as QGIS 3.22 understands, too.
func (s Set) Style(labels bool) Style {
	st := Style{
		Version: 8, Name: "conflictmap: " + s.Collection,
		Sources: map[string]StyleSource{sourceName: {
			Type: "vector", Tiles: []string{s.URL}, MaxZoom: HighestUseful, Bounds: s.bounds(), Attribution: s.Attribution,
		}},
	}
	hue := colours(s.Collection)
	st.add("areas", "fill", AreaLayer, nil, map[string]any{"fill-color": hue, "fill-opacity": 0.15})
	st.add("area-edges", "line", AreaLayer, nil, map[string]any{"line-color": hue, "line-width": 1.5, "line-dasharray": []int{4, 3}})
	st.add("lines", "line", LineLayer, nil, map[string]any{"line-color": hue, "line-width": 3, "line-opacity": 0.8})
	near := []any{">=", "where_prec", 2}
	st.disc("points-near", PointLayer, near, hue, 5, true)
	st.disc("points", PointLayer, []any{"none", near}, hue, 5, false)
	for _, size := range sizes() {
		within := []any{"all", []any{">=", "count", size.from}, []any{"<", "count", size.to}}
		st.disc("clusters-approximate-"+size.name, ClusterLayer, append(within, []any{"has", "approximate"}), hue, size.radius, true)
		st.disc("clusters-"+size.name, ClusterLayer, append(within[:3:3], []any{"!has", "approximate"}), hue, size.radius, false)
	}
	if labels {
		st.Layers = append(st.Layers, StyleLayer{
			ID: "cluster-counts", Type: "symbol", Source: sourceName, From: ClusterLayer,
			Layout: map[string]any{"text-field": "{count}", "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true},
			Paint:  map[string]any{"text-color": "#000000", "text-halo-color": "#ffffff", "text-halo-width": 1.2},
		})
	}
	return st
}

func (st *Style) add(id, kind, from string, filter []any, paint map[string]any) {
	st.Layers = append(st.Layers, StyleLayer{ID: id, Type: kind, Source: sourceName, From: from, Filter: filter, Paint: paint})
}

// disc adds circles: full ones with a white rim, or hollow ones.
func (st *Style) disc(id, from string, filter []any, hue any, radius float64, hollow bool) {
	paint := map[string]any{
		"circle-color": hue, "circle-radius": radius, "circle-opacity": 0.9,
		"circle-stroke-color": "#ffffff", "circle-stroke-width": 1,
	}
	if hollow {
		paint["circle-opacity"] = 0.35
		paint["circle-stroke-color"] = hue
		paint["circle-stroke-width"] = 2
	}
	st.add(id, "circle", from, filter, paint)
}

type size struct {
	name     string
	from, to int
	radius   float64 // pixels
}

// sizes are classes, since QGIS has no radius by an attribute's logarithm.
func sizes() []size {
	return []size{
		{"1", 1, 3, 7},
		{"3", 3, 10, 8.5},
		{"10", 10, 30, 10},
		{"30", 30, 100, 11.5},
		{"100", 100, 300, 13},
		{"300", 300, 1000, 14.5},
		{"1000", 1000, 10_000, 16.5},
		{"10000", 10_000, 1_000_000_000, 20},
	}
}

// colours gives the colour of a feature: those of Okabe and Ito, as on the map
// page, which people with colour vision deficiencies can tell apart.
func colours(collection string) any {
	if collection == layer.PlaceCollection {
		return "#0072b2"
	}
	return []any{
		"match", []any{"get", "event"},
		string(geo.Explosion), "#d55e00",
		string(geo.Battle), "#0072b2",
		string(geo.Civilians), "#cc79a7",
		string(geo.Protest), "#009e73",
		string(geo.Riot), "#e69f00",
		string(geo.Strategic), "#56b4e9",
		string(geo.Casualties), "#3d3d3d",
		"#6b6b6b",
	}
}
