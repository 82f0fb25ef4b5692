package server

import (
	"bytes"
	"context"
	"embed"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
	"text/template"

	"github.com/gofiber/fiber/v2"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// qgisTemplates are a project and a layer definition in the form of QGIS 3.22,
// reduced to what QGIS doesn't fill in by itself. They are XML in text/template,
// since html/template knows no processing of XML: every text goes through xml.
//
//go:embed templates/project.qgs templates/layers.qlr templates/qgis.xml
var qgisTemplates embed.FS

// qgisKit is what the templates show.
type qgisKit struct {
	Service     string // address of the server
	Attribution string
	Filter      string // what the layers are limited to, empty for everything
	Layers      []qgisLayer
	Tiles       *qgisTiles // nil unless there are too many events for QGIS to load
	Basemap     string     // source of the countries, empty without them
	Project     bool       // a project rather than a layer definition

	// The range of the temporal controller as date-times, empty without any day,
	// and the unit of its step: d, wk or mon.
	First, Last, Step string
	Extent            orb.Bound // in metres, EPSG:3857
}

// qgisLayer is the events of one kind of geometry. QGIS keeps the kinds apart.
type qgisLayer struct {
	ID, Name      string
	Geometry, WKB string // as QGIS calls the kind
	Source        string
	Provider      string // QGIS's
	ScaleLimit    int    // the layer is drawn at scales of 1 to this or larger; 0: at all
	Symbols       []qgisSymbol
}

// qgisSymbol is how an event type is drawn; the marker is the second cue beside
// the colour.
type qgisSymbol struct {
	Value, Label, Colour, Marker string
}

func (s *Server) qgisRoutes(app *fiber.App) {
	app.Get("/qgis/conflictmap.qgs", s.qgis("project.qgs", true))
	app.Get("/qgis/conflictmap.qlr", s.qgis("layers.qlr", false))
}

// qgis answers with a file that QGIS opens: the events that the query selects as
// layers with a style, and the temporal controller set to their days.
func (s *Server) qgis(file string, whole bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return s.cached(c, func(ctx context.Context, r *request, v View) (answer, error) {
			values, err := parseRawQuery(r.query)
			if err != nil {
				return answer{}, err
			}
			selected, _, err := selectQuery(values, layer.EventCollection)
			if err != nil {
				return answer{}, err
			}
			n, err := v.Count(ctx, layer.EventCollection, selected)
			if err != nil {
				return answer{}, fmt.Errorf("make %s: %w", file, err)
			}
			body, err := fillTemplate(file, s.qgisKit(r, v, selected, whole, n > maxKitEvents))
			if err != nil {
				return answer{}, fmt.Errorf("make %s: %w", file, err)
			}
			a := answer{contentType: "application/x-qgis-project", body: body}
			name := "conflictmap.qgs"
			if !whole {
				name, a.contentType = "conflictmap.qlr", "application/x-qgis-layer-definition"
			}
			a.header(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
			return a, nil
		})
	}
}

func (s *Server) qgisKit(r *request, v View, selected index.Query, whole, large bool) qgisKit {
	kit := qgisKit{Service: r.base + "/", Attribution: s.cfg.Attribution, Filter: selected.Key(), Project: whole, Step: "d"}
	if large {
		kit.large(r, selected)
	} else {
		kit.Layers = filedLayers(r)
	}
	for path := range s.page {
		if strings.HasPrefix(path, "/assets/countries-") {
			kit.Basemap = r.base + path + "|layername=countries"
		}
	}
	bounds, days, ok := v.Extent(layer.EventCollection)
	if b := selected.Filter.BBox; b != nil && !b.CrossesAntimeridian() {
		bounds, ok = orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}, true
	}
	if !ok {
		bounds = orb.Bound{Min: orb.Point{-180, -60}, Max: orb.Point{180, 75}}
	}
	kit.Extent = metres(bounds)
	kit.setDays(within(days, selected.Filter.Datetime))
	return kit
}

// kitLayers are the layers of the kit without their sources, those on top first.
func kitLayers() []qgisLayer {
	return []qgisLayer{
		{ID: "conflictmap_points", Name: "Events at a place", Geometry: "Point", WKB: "Point", Symbols: qgisSymbols()},
		{ID: "conflictmap_lines", Name: "Events along a line", Geometry: "Line", WKB: "MultiLineString", Symbols: qgisSymbols()},
		{ID: "conflictmap_areas", Name: "Events known to an area", Geometry: "Polygon", WKB: "MultiPolygon", Symbols: qgisSymbols()},
	}
}

// filedLayers are read from GeoJSON, which QGIS loads whole.
func filedLayers(r *request) []qgisLayer {
	source := joinQuery(r.base+"/layers/events.geojson", cleanQuery(r.query))
	layers := kitLayers()
	for i := range layers {
		// QGIS's ending of a source chooses one kind of geometry of a file with several.
		ending := layers[i].Geometry
		if ending == "Line" {
			ending = "LineString"
		}
		layers[i].Source, layers[i].Provider = source+"|geometrytype="+ending, "ogr"
	}
	return layers
}

// within cuts an interval to another one whose ends may be open.
func within(days, limits geo.Interval) geo.Interval {
	days.From = max(days.From, limits.From)
	if limits.To != 0 {
		days.To = min(days.To, limits.To)
	}
	return days
}

// setDays sets the temporal controller: to each day of a quarter, each week of
// three years, each month of more.
func (k *qgisKit) setDays(days geo.Interval) {
	if days.From == 0 || days.To < days.From {
		return
	}
	switch length := days.To - days.From; {
	case length > 3*365:
		k.Step = "mon"
	case length > 92:
		k.Step = "wk"
	}
	k.First, k.Last = days.From.String()+"T00:00:00Z", min(days.To+1, geo.MaxDay).String()+"T00:00:00Z"
}

// metres projects the box to EPSG:3857 with a margin, cut where that projection ends.
func metres(b orb.Bound) orb.Bound {
	const margin, north = 0.3, 85
	b = b.Pad(margin)
	clamp := func(p orb.Point) orb.Point {
		return orb.Point{math.Max(-180, math.Min(180, p[0])), math.Max(-north, math.Min(north, p[1]))}
	}
	return project.Bound(orb.Bound{Min: clamp(b.Min), Max: clamp(b.Max)}, project.WGS84.ToMercator)
}

// qgisSymbols lists the event types as QGIS draws them.
func qgisSymbols() []qgisSymbol {
	var symbols []qgisSymbol
	for _, e := range layer.EventStyles() {
		if e.Event != "" {
			symbols = append(symbols, qgisSymbol{string(e.Event), e.Label, e.Colour.Alpha(255), e.Marker})
		}
	}
	return symbols
}

func fillTemplate(name string, kit qgisKit) ([]byte, error) {
	t, err := template.New(name).Funcs(template.FuncMap{"xml": escapeXML}).ParseFS(qgisTemplates, "templates/"+name, "templates/qgis.xml")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.ExecuteTemplate(&out, name, kit)
	return out.Bytes(), err
}

func escapeXML(s string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}
