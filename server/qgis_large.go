package server

import (
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/geo/tile"
)

const (
	// maxKitEvents is how many events QGIS is made to load whole.
	maxKitEvents = 20_000
	// kitScale is the scale, one to this, at which a large kit changes from tiles
	// to features: a window shows some 300 km then.
	kitScale = 1_000_000
)

// qgisTiles is the layer of vector tiles of a large kit.
type qgisTiles struct {
	Name, Source string
	ScaleLimit   int // the layer is drawn at scales smaller than 1 to this; 0: at all
	Symbols      []qgisSymbol
}

// large makes the kit of more events than QGIS should load: vector tiles, and
// near by, where a program can ask the API for what the query selects, features.
func (k *qgisKit) large(r *request, selected index.Query) {
	address := r.base + joinQuery("/tiles/"+layer.EventCollection+"/{z}/{x}/{y}.mvt", cleanQuery(r.query))
	k.Tiles = &qgisTiles{
		Name:    "Events as vector tiles (not on the time slider)",
		Source:  "type=xyz&url=" + strings.NewReplacer("%", "%25", "&", "%26", "=", "%3D", "#", "%23").Replace(address) + "&zmin=0&zmax=" + strconv.Itoa(tile.HighestUseful),
		Symbols: qgisSymbols(),
	}
	subset, ok := qgisSubset(selected)
	if !ok {
		return
	}
	k.Tiles.ScaleLimit = kitScale
	layers := kitLayers()
	for i, geometry := range index.GeometryTypes() {
		x := variant{id: layer.EventCollection + "-" + geometry + "s"}
		layers[i].Name += " (near by)"
		layers[i].Provider, layers[i].ScaleLimit = "OAPIF", kitScale
		layers[i].Source = sourceParameters("url", r.base+apiPath, "typename", x.id, "pagingEnabled", "true", "restrictToRequestBBOX", "1", "srsname", "OGC:CRS84", "filter", subset)
	}
	k.Layers = layers
}

// sourceParameters writes names with values as a data source of QGIS, without
// those that are empty.
func sourceParameters(pairs ...string) string {
	var b strings.Builder
	escape := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b.WriteString(" " + pairs[i] + "='" + escape.Replace(pairs[i+1]) + "'")
		}
	}
	return strings.TrimPrefix(b.String(), " ")
}

// qgisSubset writes the query as an expression of QGIS over the properties of
// events. False: an expression over whole events can't say it, since the filter
// chooses among the mentions of an event, or since it is CQL2.
func qgisSubset(q index.Query) (string, bool) {
	f := q.Filter
	f.Events, f.Countries, f.Places, f.Datetime = nil, nil, nil, geo.Interval{}
	if len(f.Values()) > 0 || q.Where != nil {
		return "", false
	}
	var all []string
	all = appendAmong(all, "event", q.Filter.Events)
	all = appendAmong(all, "country", q.Filter.Countries)
	all = appendAmong(all, "place_id", q.Filter.Places)
	// QGIS hands a comparison with a text on to the server as datetime. To that, an
	// open interval says something else: to_date keeps QGIS from it.
	switch days := q.Filter.Datetime; {
	case days.IsZero():
	case days.From == 0:
		all = append(all, `"from" <= to_date('`+days.To.String()+`')`)
	case days.To == 0:
		all = append(all, `"to" >= to_date('`+days.From.String()+`')`)
	default:
		all = append(all, `"from" <= '`+days.To.String()+`'`, `"to" >= '`+days.From.String()+`'`)
	}
	return strings.Join(all, " AND "), true
}

// appendAmong adds the condition that the property has one of the values.
func appendAmong[T ~string](all []string, property string, values []T) []string {
	if len(values) == 0 {
		return all
	}
	quote := strings.NewReplacer(`\`, `\\`, `'`, `''`)
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = "'" + quote.Replace(string(v)) + "'"
	}
	return append(all, `"`+property+`" IN (`+strings.Join(texts, ",")+")")
}
