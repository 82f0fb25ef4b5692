package tile

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// The layers of a tile.
const (
	PointLayer   = "points"
	ClusterLayer = "clusters"
	LineLayer    = "lines"
	AreaLayer    = "areas"
)

// VectorLayer describes a layer as TileJSON 3.0 does: fields maps attributes to
// what they are.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// Layers describes the layers of the collection's tiles from zoom 0 to maxZoom.
func Layers(collection string, maxZoom int) []VectorLayer {
	points, counts := pointFields(collection), countFields(collection)
	clusters := merged(counts, map[string]string{
		"places":      "Number: positions that the cluster gathers",
		"approximate": "Number: features among them that are known only to be in a line or an area which is too small to draw; absent for none",
		"unplaced":    "Boolean: true where that is so for all of them; else absent",
		"west":        "Number: degrees, of the box around the positions; absent for one",
		"south":       "Number: as west",
		"east":        "Number: as west",
		"north":       "Number: as west",
	})
	shapes := merged(points, counts, map[string]string{"disputed": "Boolean: true where the place is disputed; absent otherwise"})
	points = merged(points, map[string]string{"here": "Number: features at the same position, where there are several"})
	return []VectorLayer{
		{PointLayer, "Single features that have a position", 0, maxZoom, points},
		{ClusterLayer, "Several features as one symbol, at the busiest place; also a single one whose line or area is too small to draw", 0, maxZoom, clusters},
		{LineLayer, "What is known to be on a line; with a count of 1 it has the attributes of points", 0, maxZoom, shapes},
		{AreaLayer, "What is known to be in an area; with a count of 1 it has the attributes of points", 0, maxZoom, shapes},
	}
}

// pointFields are columns of the collection.
func pointFields(collection string) map[string]string {
	names := []string{
		"id", "event", "role", "from", "to", "place_id", "place", "label", "country", "name",
		"where_prec", "uncertainty_m", "confidence", "mentions", "articles", "claim",
	}
	fields := map[string]string{}
	switch collection {
	case layer.PlaceCollection:
		names = []string{
			"id", "name", "label", "country", "kind", "disputed", "capital", "population",
			"mentions", "sites", "articles", "first", "last", "uncertainty_m",
		}
		fields["approximate"] = "Boolean: true where the place is larger than a point and only its label's point is known"
	case layer.MentionCollection:
		fields["mentions"] = "Number: always 1"
		fields["articles"] = "Number: always 1"
	case layer.EventCollection:
		fields["role"] = "String: always site"
	}
	schema, _ := layer.Schema(collection)
	for _, column := range schema {
		if slices.Contains(names, column.Name) {
			fields[column.Name] = kindOf(column.Type) + ": " + column.Description
		}
	}
	return fields
}

// kindOf is the type as TileJSON's examples name it.
func kindOf(t layer.Type) string {
	switch t {
	case layer.Integer, layer.Number:
		return "Number"
	case layer.Boolean:
		return "Boolean"
	}
	return "String"
}

func countFields(collection string) map[string]string {
	fields := map[string]string{
		"count":    "Number: features",
		"label":    "String: name of the busiest place",
		"place_id": "String: gazetteer id where there is one place only",
		"country":  "String: ISO 3166-1 alpha-2 code where there is one place only",
	}
	if collection == layer.PlaceCollection {
		fields["mentions"] = "Number: mentions of the places"
		fields["sites"] = "Number: mentions as the site of an event"
		return fields
	}
	for _, t := range geo.EventTypes() {
		fields[string(t)] = "Number: features with this kind of event; absent for none"
	}
	fields["other"] = "Number: features without an event; absent for none"
	fields["event"] = "String: the most frequent kind of event"
	fields["max_confidence"] = "Number: the highest confidence among the features, 0 to 1: with all below a limit, so is this"
	return fields
}

func merged(fields ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, list := range fields {
		for name, what := range list {
			if _, ok := all[name]; !ok {
				all[name] = what
			}
		}
	}
	return all
}
