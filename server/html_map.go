package server

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	orbclip "github.com/paulmach/orb/clip"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// The size of the small map, in the units of its view box.
const (
	mapWidth  = 640
	mapHeight = 420
	mapMargin = 24
	// mapLeast is the least width of what is shown, in degrees: a single point
	// needs something around it.
	mapLeast = 6.0
)

// mapView is the small map beside a page of features: inline SVG, since pages
// have no script.
type mapView struct {
	Width, Height  int
	Label, Caption string
	Land           string // path of the countries' outlines
	Shapes         []shapeView
}

// shapeView is a mark for a position, or with Path a line or an area.
type shapeView struct {
	Class, Title string
	X, Y, R      string
	Path         string
}

// mapFrame maps degrees to the map: Mercator's projection.
type mapFrame struct {
	west, top, scale float64
	shift            bool // longitudes below 0 count from 180 on
}

// drawMap draws the features. Features without a geometry are not on it; nil
// where there would be nothing to see.
func (s *Server) drawMap(features []layer.Feature, given map[string][]string) *mapView {
	bound, shift, drawn := boundOf(features)
	if box := given["bbox"]; len(box) == 1 && len(given["bbox-crs"]) == 0 {
		if b, err := geo.ParseBBox(box[0]); err == nil && drawn > 0 {
			bound, shift = frameOf(b)
		}
	}
	if drawn == 0 {
		return nil
	}
	frame := newMapFrame(bound, shift)
	v := &mapView{
		Width: mapWidth, Height: mapHeight, Label: fmt.Sprintf("Map of %d of the %d features in the table", drawn, len(features)),
		Caption: "What is known no better than a line or an area is drawn as one. Grey: of several kinds, or of none.",
		Land:    s.basemap().path(&frame),
	}
	if drawn < len(features) {
		v.Caption += fmt.Sprintf(" %d have no position.", len(features)-drawn)
	}
	v.Shapes = frame.shapes(features)
	return v
}

// frameOf is the box, with shift where it crosses the antimeridian.
func frameOf(b geo.BBox) (orb.Bound, bool) {
	if b.CrossesAntimeridian() {
		return orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East + 360, b.North}}, true
	}
	return orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}, false
}

// boundOf is the box around the features, either way around the world, and the
// number of those that have a geometry.
func boundOf(features []layer.Feature) (bound orb.Bound, shift bool, drawn int) {
	var plain, shifted orb.Bound
	for _, f := range features {
		if f.Geometry == nil {
			continue
		}
		b := f.Geometry.Bound()
		moved := orb.Bound{Min: orb.Point{shiftLon(b.Min.Lon()), b.Min.Lat()}, Max: orb.Point{shiftLon(b.Max.Lon()), b.Max.Lat()}}
		if drawn++; drawn == 1 {
			plain, shifted = b, moved
		}
		plain, shifted = plain.Union(b), shifted.Union(moved)
	}
	if plain.Max.Lon()-plain.Min.Lon() > 180 && shifted.Max.Lon()-shifted.Min.Lon() < plain.Max.Lon()-plain.Min.Lon() {
		return shifted, true, drawn
	}
	return plain, false, drawn
}

func shiftLon(lon float64) float64 {
	if lon < 0 {
		return lon + 360
	}
	return lon
}

// newMapFrame fits the box into the map.
func newMapFrame(b orb.Bound, shift bool) mapFrame {
	west, east := b.Min.Lon(), b.Max.Lon()
	bottom, top := mercator(b.Min.Lat()), mercator(b.Max.Lat())
	spanX := max(east-west, mapLeast)
	spanY := max(top-bottom, mapLeast*mapHeight/mapWidth)
	scale := min((mapWidth-2*mapMargin)/spanX, (mapHeight-2*mapMargin)/spanY)
	return mapFrame{
		west: (west+east)/2 - mapWidth/2/scale, top: (top+bottom)/2 + mapHeight/2/scale,
		scale: scale, shift: shift,
	}
}

// mercator is the projection's ordinate in degrees at the equator.
func mercator(lat float64) float64 {
	lat = min(max(lat, -84), 84)
	return 180 / math.Pi * math.Log(math.Tan(math.Pi/4+lat*math.Pi/360))
}

func (m *mapFrame) at(p orb.Point) orb.Point {
	lon := p.Lon()
	if m.shift {
		lon = shiftLon(lon)
	}
	return orb.Point{(lon - m.west) * m.scale, (m.top - mercator(p.Lat())) * m.scale}
}

// window is what is seen, and a bit more, so that the cut is not.
func (m *mapFrame) window() orb.Bound {
	return orb.Bound{Min: orb.Point{-8, -8}, Max: orb.Point{mapWidth + 8, mapHeight + 8}}
}

// shapes draws areas first, then lines, points last and of these the small ones
// last. What has one position is one mark; where its features are of several
// kinds, the mark has the colour of none.
func (m *mapFrame) shapes(features []layer.Feature) []shapeView {
	var marks []mark
	at := map[string]int{}
	for _, f := range features {
		s := m.shape(f.Geometry)
		if s.level == 0 {
			continue
		}
		kind := "type-" + orElse(textOfValue(valueOf(f, "event")), "other")
		key := s.Path + " " + s.X + " " + s.Y
		i, ok := at[key]
		if !ok {
			i = len(marks)
			at[key] = i
			s.kind, s.Title = kind, shapeTitle(f)
			marks = append(marks, s)
		}
		if marks[i].count++; marks[i].kind != kind {
			marks[i].kind = "type-other"
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(b.count, a.count)) })
	shapes := make([]shapeView, len(marks))
	for i, s := range marks {
		s.Class += " " + s.kind
		s.R = coordinate(5 + min(8, 1.5*math.Log2(float64(s.count))))
		if s.count > 1 {
			s.Title += fmt.Sprintf(" and %d more", s.count-1)
		}
		shapes[i] = s.shapeView
	}
	return shapes
}

// mark is a shape under construction.
type mark struct {
	shapeView
	level, count int
	kind         string
}

// shape is the mark for a geometry; its level is 0 for none.
func (m *mapFrame) shape(g orb.Geometry) mark {
	switch g := g.(type) {
	case orb.Point:
		p := m.at(g)
		return mark{shapeView: shapeView{Class: "point", X: coordinate(p[0]), Y: coordinate(p[1])}, level: 3}
	case orb.LineString:
		return mark{shapeView: shapeView{Class: "line", Path: m.line(nil, g)}, level: 2}
	case orb.MultiLineString:
		return mark{shapeView: shapeView{Class: "line", Path: m.lines(g)}, level: 2}
	case orb.Polygon:
		return mark{shapeView: shapeView{Class: "area", Path: string(m.polygon(nil, g))}, level: 1}
	case orb.MultiPolygon:
		return mark{shapeView: shapeView{Class: "area", Path: m.polygons(g)}, level: 1}
	}
	return mark{}
}

func shapeTitle(f layer.Feature) string {
	what, where := eventLabel(textOfValue(valueOf(f, "event"))), textOfValue(valueOf(f, "label"))
	if what == "" || where == "" {
		return withoutMarks(what + where)
	}
	return withoutMarks(where + ": " + what)
}

func coordinate(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func (m *mapFrame) lines(all orb.MultiLineString) string {
	var path string
	for _, l := range all {
		path += m.line(nil, l)
	}
	return path
}

func (m *mapFrame) line(b []byte, l orb.LineString) string {
	projected := make(orb.LineString, len(l))
	for i, p := range l {
		projected[i] = m.at(p)
	}
	for _, part := range orbclip.LineString(m.window(), projected) {
		b = appendPath(b, part, false)
	}
	return string(b)
}

func (m *mapFrame) polygons(all orb.MultiPolygon) string {
	var b []byte
	for _, p := range all {
		b = m.polygon(b, p)
	}
	return string(b)
}

func (m *mapFrame) polygon(b []byte, polygon orb.Polygon) []byte {
	for _, ring := range polygon {
		projected := make(orb.Ring, len(ring))
		for i, p := range ring {
			projected[i] = m.at(p)
		}
		b = appendPath(b, orbclip.Ring(m.window(), projected), true)
	}
	return b
}

// appendPath appends the points but for those that lie within a unit of the one before.
func appendPath[P ~[]orb.Point](b []byte, points P, closed bool) []byte {
	if len(points) < 2 {
		return b
	}
	last := orb.Point{math.Inf(1), 0}
	for i, p := range points {
		if i < len(points)-1 && math.Hypot(p[0]-last[0], p[1]-last[1]) < 1 {
			continue
		}
		letter := byte('L')
		if i == 0 {
			letter = 'M'
		}
		b = append(b, letter)
		b = strconv.AppendFloat(b, math.Round(p[0]*10)/10, 'f', -1, 64)
		b = append(b, ' ')
		b = strconv.AppendFloat(b, math.Round(p[1]*10)/10, 'f', -1, 64)
		last = p
	}
	if closed {
		b = append(b, 'Z')
	}
	return b
}
