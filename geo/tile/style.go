package tile

import (
	"github.com/paulmach/orb"

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
// Only such filters and expressions are used as QGIS 3.22 understands, too; has is
// avoided, since in it MapLibre sees an expression, which may not stand among filters.
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
	near, exact := precision(s.Collection)
	for _, k := range kinds(s.Collection) {
		single, several := []any{"!has", "here"}, []any{">", "here", 1}
		st.disc("points-near-"+k.name, PointLayer, k, 5, true, near, single)
		st.disc("points-near-several-"+k.name, PointLayer, k, 8, true, near, several)
		st.disc("points-"+k.name, PointLayer, k, 5, false, exact, single)
		st.disc("points-several-"+k.name, PointLayer, k, 8, false, exact, several)
		st.disc("clusters-unplaced-"+k.name, ClusterLayer, k, 8, true, []any{"==", "unplaced", true})
		for _, size := range sizes() {
			st.disc("clusters-"+k.name+"-"+size.name, ClusterLayer, k, size.radius, false,
				[]any{"!has", "unplaced"}, []any{">=", "count", size.from}, []any{"<", "count", size.to})
		}
	}
	if labels {
		st.text("cluster-counts", ClusterLayer, "{count}")
		st.text("point-counts", PointLayer, "{here}")
	}
	return st
}

func (st *Style) add(id, kind, from string, filter []any, paint map[string]any) {
	st.Layers = append(st.Layers, StyleLayer{ID: id, Type: kind, Source: sourceName, From: from, Filter: filter, Paint: paint})
}

func (st *Style) text(id, from, field string) {
	st.Layers = append(st.Layers, StyleLayer{
		ID: id, Type: "symbol", Source: sourceName, From: from,
		Layout: map[string]any{"text-field": field, "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true},
		Paint:  map[string]any{"text-color": "#000000", "text-halo-color": "#ffffff", "text-halo-width": 1.2},
	})
}

// precision gives the filters of points that stand for somewhere around them, and
// of those that stand for themselves.
func precision(collection string) (near, exact []any) {
	if collection == layer.PlaceCollection {
		return []any{"==", "approximate", true}, []any{"!has", "approximate"}
	}
	return []any{">=", "where_prec", 2}, []any{"any", []any{"!has", "where_prec"}, []any{"<", "where_prec", 2}}
}

// disc adds circles for features of a kind: full ones with a white rim, or hollow ones.
func (st *Style) disc(id, from string, k kind, radius float64, hollow bool, filter ...[]any) {
	all := []any{"all"}
	if k.filter != nil {
		all = append(all, k.filter)
	}
	for _, f := range filter {
		all = append(all, f)
	}
	paint := map[string]any{
		"circle-color": k.colour, "circle-radius": radius, "circle-opacity": 0.9,
		"circle-stroke-color": "#ffffff", "circle-stroke-width": 1,
	}
	if hollow {
		paint["circle-opacity"] = 0.3
		paint["circle-stroke-color"] = k.colour
		paint["circle-stroke-width"] = 2
	}
	st.add(id, "circle", from, all, paint)
}

type size struct {
	name     string
	from, to int
	radius   float64 // pixels
}

// sizes are classes: a radius by the logarithm of an attribute is beyond QGIS.
func sizes() []size {
	return []size{
		{"1", 1, 4, 7},
		{"4", 4, 16, 9.5},
		{"16", 16, 100, 12},
		{"100", 100, 1000, 15},
		{"1000", 1000, 10_000, 18},
		{"10000", 10_000, 1_000_000_000, 22},
	}
}

// kind is a kind of event with the layers of its own that QGIS 3.22 needs: it
// gives all circles of a layer one colour.
type kind struct {
	name, colour string
	filter       []any
}

// kinds are the event types, and first whatever has none; of places only one.
func kinds(collection string) []kind {
	if collection == layer.PlaceCollection {
		return []kind{{name: "place", colour: "#0072b2"}}
	}
	styles := layer.EventStyles()
	other := styles[len(styles)-1]
	list := []kind{{"other", other.Colour.Hex(), []any{"!has", "event"}}}
	for _, k := range styles[:len(styles)-1] {
		list = append(list, kind{string(k.Event), k.Colour.Hex(), []any{"==", "event", string(k.Event)}})
	}
	return list
}

// colours is the expression for the colour of lines and areas.
func colours(collection string) any {
	all := kinds(collection)
	if len(all) == 1 {
		return all[0].colour
	}
	expr := []any{"match", []any{"get", "event"}}
	for _, k := range all[1:] {
		expr = append(expr, []string{k.name}, k.colour) // QGIS 3.22 overlooks a name outside a list
	}
	return append(expr, all[0].colour)
}
