package server

import (
	"maps"
	"slices"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// typeProblem is the media type of problem documents.
const typeProblem = "application/problem+json"

// The tags, which group the operations.
const (
	tagAPI      = "API"
	tagFeatures = "Features"
	tagCounts   = "Counts"
	tagLayers   = "Layers"
	tagTiles    = "Tiles"
	tagServer   = "Server"
)

func apiTags() []apiTag {
	return []apiTag{
		{tagAPI, "What there is: landing page, conformance, collections, this definition."},
		{tagFeatures, "Events, mentions and places as OGC API – Features gives them; articles."},
		{tagCounts, "How many, by day and by value; what was just stored."},
		{tagLayers, "Whole layers as files."},
		{tagTiles, "Vector tiles and their style; projects for QGIS."},
		{tagServer, "Operation."},
	}
}

// apiPaths describes what stands below {base}/api.
func apiPaths(x *examples) map[string]apiPathItem {
	paths := map[string]apiPathItem{
		"/": get(tagAPI, "landingPage", "Landing page", "The starting point: links to all else.",
			refs("f"), twoForms("The landing page.", typeJSON, "landingPage", x.landing())),
		"/conformance": get(tagAPI, "conformance", "Conformance classes", "What the server conforms to.",
			refs("f"), twoForms("The conformance classes.", typeJSON, "conformance", x.conformance())),
		"/collections": get(tagAPI, "collections", "Collections", "The collections with their links, extents and reference systems.",
			refs("f"), twoForms("The collections.", typeJSON, "collections", x.collections())),
		"/openapi.json": get(tagAPI, "apiDefinition", "API definition", "This document, or with f=html a readable list of its operations.",
			refs("f"), definition()),
		"/api.html": get(tagAPI, "apiDocumentation", "API documentation", "The API definition as a page for people.", nil, htmlOnly("The documentation.")),
		"/style.css": get(tagAPI, "styleSheet", "Style sheet", "The style sheet of the pages for people.", nil,
			withErrors(apiResponse{Description: "The style sheet.", Content: map[string]apiMedia{"text/css": {Schema: textOf("")}}})),
	}
	limited := []variant{}
	for _, c := range variants() {
		maps.Copy(paths, collectionPaths(x, c))
		if c.geometry != "" {
			limited = append(limited, c)
		}
	}
	paths["/collections/{collection}/search"] = searchPath("item", "Search form of a collection with one kind of geometry", append(orderParams(layer.EventCollection), eachVariant(limited)))
	paths["/collections/{collection}/items/{featureId}"] = onePath(x)
	maps.Copy(paths, countPaths(x))
	return paths
}

// collectionPaths spells the collection out: QGIS reads no templates. What the
// variants of a collection share stands in the components.
func collectionPaths(x *examples, c variant) map[string]apiPathItem {
	at := "/collections/" + c.id
	title, about := c.describe()
	if c.geometry == "" {
		title, about = "The collection "+c.id, aboutCollection(c.collection)
	}
	sets := slices.Concat(refs("limit", "cursor", strictName), selectionRefs(), refs("filter-crs", "crs", "bbox-crs", "f"), orderParams(c.collection), propertyParams(c.collection))
	paths := map[string]apiPathItem{
		at: get(tagFeatures, c.id+".collection", title, about,
			refs("f"), twoForms("The collection.", typeJSON, "collection", x.collection(c.id, title, about))),
		at + "/queryables": get(tagFeatures, c.id+".queryables", "Queryables of "+c.id, "What a filter may name, as a JSON Schema.", refs("f"), shared("queryables")),
		at + "/schema":     get(tagFeatures, c.id+".schema", "Schema of "+c.id, "The properties of the features, as a JSON Schema.", refs("f"), shared("schema")),
		at + "/items": get(tagFeatures, c.id+".items", "Select "+c.id,
			"A page of what the parameters select together, in a lasting order. Follow the `next` links for the other pages. "+
				"Features without a position match every bbox, those without a day every datetime.", sets, shared(c.collection+"Page")),
	}
	if c.geometry == "" {
		paths[at+"/search"] = searchPath(c.id, "Search form of "+c.id, slices.Concat(orderParams(c.collection), propertyParams(c.collection)))
	}
	return paths
}

// searchPath describes the search form; more are parameters that it takes besides
// the common ones.
func searchPath(id, summary string, more []apiParameter) apiPathItem {
	return get(tagFeatures, id+".search", summary,
		"Where the form of the page of features leads: it leaves out fields that were left empty, takes the fields day-from and day-to for datetime, and leads on to the page.",
		slices.Concat(searchParams(), refs("limit"), selectionRefs(), refs("filter-crs", "crs", "bbox-crs", "f"), more), searching())
}

// onePath is a template: nobody looks for the parameters of a single feature.
func onePath(x *examples) apiPathItem {
	feature := twoForms("The feature.", typeGeoJSON, "", x.feature(layer.EventCollection))
	geoJSON := feature["200"].Content[typeGeoJSON]
	geoJSON.Schema = &apiSchema{}
	for _, collection := range layer.Collections() {
		geoJSON.Schema.OneOf = append(geoJSON.Schema.OneOf, schemaRef(featureName(collection)))
	}
	feature["200"].Content[typeGeoJSON] = geoJSON
	inCRS(feature)
	params := []apiParameter{
		eachVariant(variants()), pathParam("featureId", "Id of the feature, percent-encoded.", textOf(""), x.id(layer.EventCollection)),
	}
	return get(tagFeatures, "item", "One feature", "A single feature of a collection by its id.", append(params, refs("crs", "f")...), feature)
}

// eachVariant is the parameter of a path for one of the collections of the API.
func eachVariant(some []variant) apiParameter {
	names := &apiSchema{Type: "string"}
	for _, c := range some {
		names.Enum = append(names.Enum, c.id)
	}
	return pathParam("collection", "Name of the collection.", names, some[0].id)
}

// sharedResponses are answers that several operations give.
func sharedResponses(x *examples) map[string]apiResponse {
	all := map[string]apiResponse{
		"queryables": twoForms("What a filter may name.", typeSchema, "jsonSchema", raw(queryablesExample))["200"],
		"schema":     twoForms("The properties of the features.", typeSchema, "jsonSchema", raw(schemaExample))["200"],
	}
	for _, collection := range layer.Collections() {
		page := twoForms("A page of features.", typeGeoJSON, collection, x.page(collection))
		inCRS(page)
		all[collection+"Page"] = page["200"]
	}
	return all
}

// shared are the answers of an operation that has one of sharedResponses.
func shared(name string) map[string]apiResponse {
	responses := withErrors(apiResponse{})
	responses["200"] = responseRef(name)
	return responses
}

func aboutCollection(collection string) string {
	switch collection {
	case layer.EventCollection:
		return "Events: what the mentions with one place, one kind of event and overlapping days add up to."
	case layer.MentionCollection:
		return "Mentions: each name of a place in each article, with what the sentence says about the place."
	default:
		return "Places: what the mentions name, with counts of them."
	}
}

func get(tag, id, summary, description string, params []apiParameter, responses map[string]apiResponse) apiPathItem {
	return apiPathItem{Get: &apiOperation{
		Tags: []string{tag}, OperationID: id, Summary: summary, Description: description, Parameters: params, Responses: responses,
	}}
}

// twoForms are the answers of a resource that comes as JSON and as HTML.
func twoForms(description, mediaType, schema string, example any) map[string]apiResponse {
	return withErrors(apiResponse{Description: description, Content: map[string]apiMedia{
		mediaType: {Schema: schemaRef(schema), Example: example},
		typeHTML:  {Schema: textOf("A page with the same content and links.")},
	}})
}

// data are the answers of a resource of one media type.
func data(description, mediaType string, schema *apiSchema, example any) map[string]apiResponse {
	return withErrors(apiResponse{Description: description, Content: map[string]apiMedia{mediaType: {Schema: schema, Example: example}}})
}

func htmlOnly(description string) map[string]apiResponse {
	return data(description, typeHTML, textOf(""), nil)
}

// searching are the answers of a search form.
func searching() map[string]apiResponse {
	answers := withErrors(apiResponse{Description: "The page of features, to which the client was led."})
	answers["303"] = apiResponse{
		Description: "The page of features.", Headers: map[string]apiHeader{"Location": {Description: "Its address.", Schema: textOf("")}},
	}
	return answers
}

func definition() map[string]apiResponse {
	return withErrors(apiResponse{Description: "The definition.", Content: map[string]apiMedia{
		typeOpenAPI: {Schema: &apiSchema{Type: "object", Description: "An OpenAPI 3.0 document."}},
		typeHTML:    {Schema: textOf("The operations as a page for people.")},
	}})
}

// withErrors adds the answers that every operation can give.
func withErrors(ok apiResponse) map[string]apiResponse {
	ok.Headers = map[string]apiHeader{"ETag": headerRef("ETag")}
	return map[string]apiResponse{
		"200": ok,
		"304": responseRef("notModified"), "400": responseRef("badRequest"), "404": responseRef("notFound"), "408": responseRef("late"), "413": responseRef("tooLarge"),
		"421": responseRef("misdirected"), "431": responseRef("longHeaders"), "500": responseRef("serverError"), "503": responseRef("unavailable"),
	}
}

func inCRS(responses map[string]apiResponse) {
	responses["200"].Headers["Content-Crs"] = headerRef("Content-Crs")
}

func describedHeaders() map[string]apiHeader {
	return map[string]apiHeader{
		"ETag":        {Description: "Names these very bytes; send it back in If-None-Match.", Schema: textOf("")},
		"Content-Crs": {Description: "Reference system of the coordinates, in angle brackets.", Schema: textOf(""), Example: "<" + crs84URI + ">"},
		"Retry-After": {Description: "Seconds after which it is worth trying again.", Schema: integerOf("")},
	}
}

func describedResponses(x *examples) map[string]apiResponse {
	failure := func(status int, description, detail string) apiResponse {
		return apiResponse{Description: description, Content: map[string]apiMedia{
			typeProblem: {Schema: schemaRef("problem"), Example: x.problem(status, detail)},
			typeHTML:    {Schema: textOf("The same for people, where the request prefers HTML.")},
		}}
	}
	busy := failure(503, "The query took too long, or too many are under way.", "The query took longer than 2m0s. Ask for less, or try again later.")
	busy.Headers = map[string]apiHeader{"Retry-After": headerRef("Retry-After")}
	all := sharedResponses(x)
	maps.Copy(all, map[string]apiResponse{
		"notModified": {Description: "What the client has is still right."},
		"noTile":      {Description: "The tile is empty."},
		"badRequest":  failure(400, "A parameter is unknown or its value cannot be used.", "The request has parameters that cannot be used; see errors."),
		"notFound":    failure(404, "There is no such thing.", "There is no event \"x\"."),
		"late":        failure(408, "The request did not arrive in time.", "The request did not arrive within 10s."),
		"tooLarge":    failure(413, "The body is too large.", "A request body may have 1048576 bytes."),
		"misdirected": failure(421, "The server does not answer for the host that was named.", "This server does not answer for the host \"example.org\"."),
		"longHeaders": failure(431, "Request line and headers are too long.", "The request line and the headers may have 16384 bytes together."),
		"serverError": failure(500, "Something went wrong on the server.", "Something went wrong on the server. Its log says more."),
		"unavailable": busy,
	})
	return all
}
