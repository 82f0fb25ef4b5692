package server

import (
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// countPaths describes what stands below {base}/api besides the features.
func countPaths(x *examples) map[string]apiPathItem {
	collections := queryParam("collection", "What is counted.", &apiSchema{Type: "string", Enum: []any{"events", "mentions"}, Default: "events"}, "events")
	histogram := []apiParameter{
		collections, queryParam("interval", "Width of the bins; without it the span of the data decides.", &apiSchema{Type: "string", Enum: stepNames()}, "week"),
	}
	facets := []apiParameter{
		collections, queryParam("limit", "Values a list has at most.", &apiSchema{Type: "integer", Minimum: new(1.0), Maximum: new(200.0), Default: 20}, 20),
	}
	relations := []apiParameter{
		queryParam("limit", "Relations that are given at most.", &apiSchema{
			Type: "integer", Minimum: new(1.0), Maximum: new(float64(maxRelations)), Default: defaultRelations,
		}, defaultRelations),
	}
	article := twoForms("The article.", typeJSON, "article", x.article())
	live := data("The stream. `version` names the state of the data at the start, `stored` tells what was stored since, `reset` that the client must "+
		"fetch anew. Comments keep the connection open.", "text/event-stream", textOf(""), liveExample)
	delete(live, "304")
	delete(live["200"].Headers, "ETag")
	return map[string]apiPathItem{
		"/histogram": get(tagCounts, "histogram", "Counts by day, week or month", "How many of the selected features there are over time, by kind of event.",
			slices.Concat(histogram, selectionRefs(), refs(placedParam, "f")), twoForms("The counts.", typeJSON, "histogram", raw(histogramExample))),
		"/facets": get(tagCounts, "facets", "Counts by value", "How many of the selected features have which role, kind of event, country, place, source and claim. "+
			"Each list leaves out the request's own condition on its field.",
			slices.Concat(facets, selectionRefs(), refs(placedParam, "f")), twoForms("The counts.", typeJSON, "facets", raw(facetsExample))),
		"/gazetteer": get(tagFeatures, "gazetteer", "Places by name", "The places of the gazetteer, whether the data mentions them or not, with a name that begins with q or sounds like it: "+
			"whole names first, then beginnings, and of equals first what the data mentions most. Or those with the ids that are given. Without either, none.",
			append(gazetteerParams(), refs("f")...), twoForms("The places.", typeGeoJSON, "foundPlaces", raw(foundPlacesExample))),
		"/relations": get(tagCounts, "relations", "Who talks about whom", aboutRelations,
			slices.Concat(relations, relationRefs(), refs("f")), twoForms("The relations.", typeGeoJSON, "relations", raw(relationsExample))),
		// A template, although there is one stream: what asks for all paths without one would wait for its end, which never comes.
		"/{stream}": get(tagCounts, "live", "What was just stored", "Server-sent events at /live, without an end, resumable by Last-Event-ID. Clients that read too slowly are dropped.",
			[]apiParameter{
				pathParam("stream", "The stream; there is one, live.", oneOfTexts("live"), "live"),
				{
					Name: "Last-Event-ID", In: "header", Description: "The last id that the client got; the stream goes on after it.",
					Required: new(false), Schema: textOf(""), Example: "8f14e45f-12",
				},
				queryParam("last_event_id", "The same for clients that cannot send the header.", textOf(""), "8f14e45f-12"),
			}, live),
		"/healthz": get(tagServer, "health", "Health", "Whether the server is well. The same as /healthz of the server.", nil,
			data("It is.", typeJSON, schemaRef("health"), raw(`{"status":"ok","version":"1.0.0"}`))),
		"/articles/{articleId}": get(tagFeatures, "article", "One article", "An article with its text and mentions.",
			append([]apiParameter{pathParam("articleId", "Id of the article, percent-encoded.", textOf(""), sampleArticleID)}, refs("f")...), article),
	}
}

const aboutRelations = "How often one sentence names two countries as actors: their governments, forces or people. A place with the role actor counts for the country " +
	"that it is filed under. The line runs from the capital of the country that the sentence names first, which is taken for the one who acts or speaks and need not be " +
	"(\"Baku was accused by Yerevan\"), to that of each other one. Actors have no days of an event: datetime looks at the days of publication. " +
	"event and claim select the articles that tell of such an event somewhere. bbox, country, place and filter, which is one over the queryables of mentions, hold for one of the two, all else for both. " +
	"The pairs with the most sentences come first."

// relationRefs are the parameters that select relations.
func relationRefs() []apiParameter {
	return slices.DeleteFunc(selectionRefs(), func(p apiParameter) bool { return p.Ref == paramRef("role").Ref })
}

// rootPaths describes what stands beside the API. The paths are templates over
// the collections.
func rootPaths(x *examples) map[string]apiPathItem {
	paths := map[string]apiPathItem{}
	layerPaths(paths, x)
	tilePaths(paths)
	qgisPaths(paths)
	for path, item := range paths {
		item.Servers = []apiServer{{URL: x.base, Description: "The server itself."}}
		paths[path] = item
	}
	return paths
}

// eachCollection is the parameter of a path for the collection.
func eachCollection() apiParameter {
	names := &apiSchema{Type: "string"}
	for _, collection := range layer.Collections() {
		names.Enum = append(names.Enum, collection)
	}
	return pathParam("collection", "Name of the collection.", names, layer.EventCollection)
}

func layerPaths(paths map[string]apiPathItem, x *examples) {
	for _, f := range formats() {
		schema, example := &apiSchema{Type: "string", Format: "binary"}, any(nil)
		switch f.extension {
		case "geojson":
			schema, example = &apiSchema{}, x.layer(layer.EventCollection)
			for _, collection := range layer.Collections() {
				schema.OneOf = append(schema.OneOf, schemaRef(collection+"Layer"))
			}
		case "csv":
			schema = textOf("One row a feature, geometry as WKT.")
		}
		paths["/layers/{collection}."+f.extension] = get(tagLayers, "layer."+f.extension, "A whole collection as ."+f.extension,
			"Everything that the parameters select, in one file that says where it comes from. Here features without a position match no bbox, those without a day no datetime.",
			append([]apiParameter{eachCollection()}, selectionRefs()...), data("The layer.", mediaTypeOf(f.contentType), schema, example))
	}
}

func tilePaths(paths map[string]apiPathItem) {
	number := &apiSchema{Type: "integer", Minimum: new(0.0)}
	zoom := &apiSchema{Type: "integer", Minimum: new(0.0), Maximum: new(22.0)}
	selection := append([]apiParameter{eachCollection()}, selectionRefs()...)
	at := []apiParameter{
		pathParam("z", "Zoom.", zoom, 5), pathParam("x", "Column from the west.", number, 20), pathParam("y", "Row from the north.", number, 12),
	}
	tile := data("The tile.", "application/vnd.mapbox-vector-tile", &apiSchema{Type: "string", Format: "binary"}, nil)
	tile["204"] = responseRef("noTile")
	paths["/tiles/{collection}/{z}/{x}/{y}.mvt"] = get(tagTiles, "tile", "A tile",
		"A vector tile (Mapbox Vector Tile 2.1): clusters with counts at low zooms, features at high ones. What lies just outside is there too, so that no symbol is cut.",
		append(at, selection...), tile)
	paths["/tiles/{collection}.json"] = get(tagTiles, "tileJSON", "TileJSON",
		"Where the tiles are and what they hold. The tiles keep the parameters of this request.", selection,
		data("The TileJSON document.", typeJSON, schemaRef("tileJSON"), raw(tileJSONExample)))
	labels := queryParam("labels", "Whether counts are written, for programs that have fonts of their own.", oneOfTexts("yes", "no"), "yes")
	paths["/tiles/{collection}.style.json"] = get(tagTiles, "style", "Style",
		"A style that QGIS and MapLibre load. Its tiles keep the parameters of this request.", append(slices.Clip(selection), labels),
		data("The style.", typeJSON, schemaRef("style"), raw(`{"version":8,"sources":{},"layers":[]}`)))
}

func qgisPaths(paths map[string]apiPathItem) {
	kind := pathParam("kind", "qgs is a project with a basemap, qlr a definition of layers to add to a project.", oneOfTexts("qgs", "qlr"), "qgs")
	files := withErrors(apiResponse{Description: "The file.", Content: map[string]apiMedia{
		"application/x-qgis-project":          {Schema: textOf("A project, which is XML.")},
		"application/x-qgis-layer-definition": {Schema: textOf("A layer definition, which is XML.")},
	}})
	paths["/qgis/conflictmap.{kind}"] = get(tagTiles, "qgis", "The events in QGIS",
		"What the parameters select as layers with a style, and the temporal controller set to their days. Of more than 20,000 events, the layers are vector tiles, "+
			"and from a scale of 1 to 1,000,000 on, features that QGIS asks the API for, where no parameters but datetime, event, country and place are given.", append([]apiParameter{kind}, selectionRefs()...), files)
}

// mediaTypeOf is the content type without its parameters.
func mediaTypeOf(contentType string) string {
	mediaType, _, _ := strings.Cut(contentType, ";")
	return mediaType
}
