package server

import (
	"net/url"

	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// variant is a collection as the API offers it: all features of one of
// layer.Collections, or those with one type of geometry. QGIS gives a layer the
// type of its first feature and draws no others.
type variant struct {
	id         string
	collection string // of layer.Collections: whose features, columns and files it has
	geometry   string // of index.GeometryTypes, empty for any
}

// variants lists the collections of the API, the whole ones first.
func variants() []variant {
	var all []variant
	for _, collection := range layer.Collections() {
		all = append(all, variant{id: collection, collection: collection})
	}
	for _, collection := range []string{layer.EventCollection, layer.MentionCollection} { // places are drawn nowhere but there
		for _, geometry := range index.GeometryTypes() {
			all = append(all, variant{id: collection + "-" + geometry + "s", collection: collection, geometry: geometry})
		}
	}
	return all
}

// path is where the collection stands.
func (x variant) path() string { return collectionsPath + "/" + x.id }

// filter is what selects the features of x from those of its collection, as a query.
func (x variant) filter() string {
	if x.geometry == "" {
		return ""
	}
	return "filter=" + url.QueryEscape(geometryFilter(x.geometry))
}

// geometryFilter selects by type of geometry, in CQL2.
func geometryFilter(geometry string) string {
	return geometryTypeColumn().Name + " = '" + geometry + "'"
}

func (x variant) describe() (title, description string) {
	title, description = describeCollection(x.collection)
	switch x.geometry {
	case index.PointType:
		title += " at a place (points)"
	case index.LineType:
		title += " along a line"
	case index.AreaType:
		title += " known to an area"
	default:
		return title, description
	}
	return title, description + " Only those that are drawn as " + x.geometry + "s, for programs that want one kind of geometry in a layer; " + x.collection + " has all."
}

// geometryTypeColumn describes the queryable that tells the variants apart.
func geometryTypeColumn() layer.Column {
	return layer.Column{
		Name: "geometry_type", Type: layer.String, Values: index.GeometryTypes(),
		Description: "what the geometry is made of; null without one",
	}
}

// queryableColumns are the columns that a filter may name, but for the geometry.
func queryableColumns(collection string) []layer.Column {
	columns, _ := layer.Schema(collection)
	return append(columns, geometryTypeColumn())
}
