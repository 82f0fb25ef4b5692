package gpkg

import (
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// style is the default style of a table for QGIS (a QML document): events and
// mentions in the colours of their event type, places in one, and the temporal
// controller on the days from first to last, both included. Properties are
// written as "prop", which QGIS reads from 3.0 on. Nothing of the data goes in.
func style(collection string, f family) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n")
	b.WriteString(`<qgis version="3.22.0" styleCategories="AllStyleCategories" labelsEnabled="0">` + "\n")
	b.WriteString(temporal(collection))
	if collection == layer.PlaceCollection {
		b.WriteString(`<renderer-v2 type="singleSymbol" enableorderby="0" symbollevels="0">` + "\n<symbols>\n")
		writeSymbol(&b, f, 0, &layer.EventStyle{Colour: layer.RGB{Red: 11, Green: 92, Blue: 173}, Marker: "circle"})
	} else {
		b.WriteString(`<renderer-v2 type="categorizedSymbol" attr="event" enableorderby="0" symbollevels="0">` + "\n<categories>\n")
		// The last one is of what has no event: QGIS takes the empty value for null.
		categories := layer.EventStyles()
		for i, c := range categories {
			fmt.Fprintf(&b, `<category render="true" symbol="%d" value="%s" label="%s"/>`+"\n", i, c.Event, c.Label)
		}
		b.WriteString("</categories>\n<symbols>\n")
		for i, c := range categories {
			writeSymbol(&b, f, i, &c)
		}
	}
	b.WriteString("</symbols>\n</renderer-v2>\n<blendMode>0</blendMode>\n<featureBlendMode>0</featureBlendMode>\n<layerOpacity>1</layerOpacity>\n")
	// Shown where a feature has to be named, and when the mouse rests on it.
	b.WriteString(`<previewExpression>"label"</previewExpression>` + "\n")
	fmt.Fprintf(&b, "<layerGeometryType>%d</layerGeometryType>\n</qgis>\n", int(f)) // QGIS counts points, lines, areas as we do
	return b.String()
}

// writeSymbol writes the symbol with the number: a marker with a light rim, a
// line, or an area that one sees through.
func writeSymbol(b *strings.Builder, f family, number int, drawn *layer.EventStyle) {
	c := drawn.Colour
	var kind, class string
	var props [][2]string
	switch f {
	case lines:
		kind, class = "line", "SimpleLine"
		props = [][2]string{
			{"line_color", c.Alpha(255)}, {"line_style", "solid"}, {"line_width", "0.8"}, {"line_width_unit", "MM"},
			{"capstyle", "round"}, {"joinstyle", "round"},
		}
	case areas:
		kind, class = "fill", "SimpleFill"
		props = [][2]string{
			{"color", c.Alpha(60)}, {"style", "solid"}, {"outline_color", c.Alpha(255)}, {"outline_style", "solid"},
			{"outline_width", "0.4"}, {"outline_width_unit", "MM"}, {"joinstyle", "round"},
		}
	default:
		kind, class = "marker", "SimpleMarker"
		props = [][2]string{
			{"name", drawn.Marker}, {"color", c.Alpha(255)}, {"outline_color", "255,255,255,255"}, {"outline_style", "solid"},
			{"outline_width", "0.3"}, {"outline_width_unit", "MM"}, {"size", "3.4"}, {"size_unit", "MM"}, {"scale_method", "diameter"},
		}
	}
	fmt.Fprintf(b, `<symbol type="%s" name="%d" alpha="1" clip_to_extent="1"><layer class="%s" enabled="1" locked="0" pass="0">`, kind, number, class)
	for _, p := range props {
		fmt.Fprintf(b, `<prop k="%s" v="%s"/>`, p[0], p[1])
	}
	b.WriteString("</layer></symbol>\n")
}

// temporal sets the temporal controller. The mode that names two fields has
// SQLite compare days with times as text, so that a feature is shown from a day
// too early to a day too early. Expressions (mode 4) QGIS evaluates itself, and
// right in every time zone. A feature without days is in no interval.
func temporal(collection string) string {
	from, to := "from", "to"
	if collection == layer.PlaceCollection {
		from, to = "first", "last"
	}
	at := func(field, clock string) string {
		return strings.ReplaceAll(fmt.Sprintf(`make_datetime(year("%[1]s"),month("%[1]s"),day("%[1]s"),%s)`, field, clock), `"`, "&quot;")
	}
	return fmt.Sprintf(`<temporal enabled="1" mode="4" startExpression="%s" endExpression="%s" startField="%s" endField="%s" limitMode="1" accumulate="0" fixedDuration="0" durationUnit="days" durationField="">`+
		`<fixedRange><start></start><end></end></fixedRange></temporal>`+"\n", at(from, "0,0,0"), at(to, "23,59,59"), from, to)
}
