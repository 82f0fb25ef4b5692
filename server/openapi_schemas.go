package server

import (
	"maps"
	"slices"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// namesWithout lists the names of the properties in order, without some.
func namesWithout(properties map[string]*apiSchema, some []string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(properties)), func(name string) bool { return slices.Contains(some, name) })
}

// describedSchemas are the schemas of all answers, by name.
func describedSchemas() map[string]*apiSchema {
	schemas := map[string]*apiSchema{
		"link":        linkSchema(),
		"landingPage": landingSchema(),
		"conformance": objectOf("What the server conforms to.", map[string]*apiSchema{
			"conformsTo": listOf(textOf("URI of a conformance class."), ""),
			"links":      listOf(schemaRef("link"), ""),
		}, "links"),
		"extent":      extentSchema(),
		"collection":  collectionSchema(),
		"collections": objectOf("The collections.", map[string]*apiSchema{"collections": listOf(schemaRef("collection"), ""), "links": listOf(schemaRef("link"), "")}),
		"geometry":    geometrySchema(),
		"jsonSchema":  {Type: "object", Description: "A JSON Schema (draft 2020-12)."},
		"problem":     problemSchema(),
		"article":     articleSchema(),
		"histogram":   histogramSchema(),
		"facets":      facetsSchema(),
		"foundPlaces": foundPlacesSchema(),
		"relations":   relationsSchema(),
		"tileJSON":    tileJSONSchema(),
		"style":       {Type: "object", Description: "A style document (Mapbox Style Specification, version 8)."},
		"health":      objectOf("The server is well.", map[string]*apiSchema{"status": oneOfTexts("ok"), "version": textOf("Version of the program.")}),
	}
	for _, collection := range layer.Collections() {
		schemas[featureName(collection)] = featureSchema(collection)
		schemas[collection] = featuresSchema(collection)
		schemas[collection+"Layer"] = layerSchema(collection)
	}
	return schemas
}

// featureName is what one feature of the collection is called.
func featureName(collection string) string { return collection[:len(collection)-len("s")] }

func linkSchema() *apiSchema {
	return objectOf("A link.", map[string]*apiSchema{
		"href": textOf("Where it leads, as an absolute address."), "rel": textOf("What it leads to."), "type": textOf("Media type."),
		"title": textOf("What people read."), "hreflang": textOf("Language."), "templated": {Type: "boolean", Description: "Whether href is a template."},
		"length": integerOf("Bytes."),
	}, "title", "hreflang", "templated", "length", "type")
}

func landingSchema() *apiSchema {
	return objectOf("The landing page.", map[string]*apiSchema{
		"title": textOf(""), "description": textOf(""), "attribution": textOf("Sources of the data."), "links": listOf(schemaRef("link"), ""),
	}, "title", "description", "attribution")
}

func extentSchema() *apiSchema {
	box := listOf(&apiSchema{Type: "number"}, "West, south, east, north in degrees.")
	box.MinItems, box.MaxItems = new(4), new(6)
	ends := listOf(&apiSchema{Type: "string", Format: "date-time", Nullable: true}, "First and last moment; null is an open end.")
	ends.MinItems, ends.MaxItems = new(2), new(2)
	return objectOf("Where and when the features are.", map[string]*apiSchema{
		"spatial":  objectOf("", map[string]*apiSchema{"bbox": listOf(box, ""), "crs": textOf("")}, "crs"),
		"temporal": objectOf("", map[string]*apiSchema{"interval": listOf(ends, ""), "trs": textOf("")}, "trs"),
	}, "spatial", "temporal")
}

func collectionSchema() *apiSchema {
	return objectOf("A collection of features.", map[string]*apiSchema{
		"id": textOf(""), "title": textOf(""), "description": textOf(""), "itemType": oneOfTexts("feature"),
		"links": listOf(schemaRef("link"), ""), "extent": schemaRef("extent"),
		"crs": listOf(textOf("URI of a reference system that the server offers."), ""), "storageCrs": textOf("The reference system of the stored coordinates."),
	}, "title", "description", "itemType", "extent", "crs", "storageCrs")
}

func geometrySchema() *apiSchema {
	return &apiSchema{
		Type: "object", Nullable: true, Required: []string{"coordinates", "type"},
		Description: "A geometry (RFC 7946), null where nothing is known or only a region without a shape. Regions, lines and areas are never points in their middle.",
		Properties: map[string]*apiSchema{
			"type":        oneOfTexts("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
			"coordinates": {Type: "array", Items: &apiSchema{}},
		},
	}
}

func featureSchema(collection string) *apiSchema {
	return objectOf("A feature of "+collection+".", map[string]*apiSchema{
		"type": oneOfTexts("Feature"), "id": textOf("Stays the same."), "geometry": schemaRef("geometry"),
		"properties": propertiesSchema(collection), "links": listOf(schemaRef("link"), "Of a feature that is asked for by its id."),
	}, "links")
}

func propertiesSchema(collection string) *apiSchema {
	properties := map[string]*apiSchema{}
	columns, _ := layer.Schema(collection)
	for _, column := range columns {
		properties[column.Name] = columnSchema(column)
	}
	return objectOf("", properties)
}

// columnSchema is the schema of a property's value in JSON.
func columnSchema(c layer.Column) *apiSchema {
	s := &apiSchema{Type: string(c.Type), Description: c.Description, Nullable: true}
	switch c.Type {
	case layer.Date:
		s.Type, s.Format = "string", "date"
	case layer.Strings:
		s.Type, s.Items = "array", &apiSchema{Type: "string"}
	}
	if c.Values != nil {
		for _, v := range c.Values {
			s.Enum = append(s.Enum, v)
		}
		s.Enum = append(s.Enum, nil) // as OpenAPI 3.0 reads nullable
	}
	return s
}

func featuresSchema(collection string) *apiSchema {
	return objectOf("A page of "+collection+".", map[string]*apiSchema{
		"type":           oneOfTexts("FeatureCollection"),
		"features":       listOf(schemaRef(featureName(collection)), ""),
		"links":          listOf(schemaRef("link"), "next leads to the next page, if there is one."),
		"numberMatched":  integerOf("Features that the request selects, on all pages."),
		"numberReturned": integerOf("Features on this page."),
	}, "numberMatched", "numberReturned")
}

func layerSchema(collection string) *apiSchema {
	return objectOf("All selected "+collection+".", map[string]*apiSchema{
		"type": oneOfTexts("FeatureCollection"), "name": oneOfTexts(collection), "features": listOf(schemaRef(featureName(collection)), ""),
		"conflictmap": objectOf("Where the file comes from.", map[string]*apiSchema{
			"collection": textOf(""), "filter": textOf("What selected the features, as a query."), "version": textOf("Version of the data."),
			"gazetteer": textOf("Version of the gazetteer."), "attribution": textOf("Sources of the data."),
		}, "gazetteer"),
	})
}

func problemSchema() *apiSchema {
	return objectOf("A problem document (RFC 9457).", map[string]*apiSchema{
		"type": textOf("about:blank: the title says it all."), "title": textOf("The status in words."), "status": integerOf("The status of the answer."),
		"detail": textOf("What is wrong."), "instance": textOf("The path that was asked for."),
		"errors": listOf(objectOf("", map[string]*apiSchema{
			"parameter": textOf("Name of the parameter."), "value": textOf("Its value, cut where it is long."), "reason": textOf("What is wrong with it."),
		}), "One entry for each parameter that cannot be used."),
	}, "errors")
}

func articleSchema() *apiSchema {
	maybe := func(description string) *apiSchema {
		return &apiSchema{Type: "string", Nullable: true, Description: description}
	}
	published := maybe("Day of publication.")
	published.Format = "date"
	return objectOf("An article with its mentions. What isn't known is null.", map[string]*apiSchema{
		"id": textOf(""), "source": maybe("Who published it."), "url": maybe("Where it can be read."), "title": maybe(""), "published": published,
		"text": textOf(""), "mentions": schemaRef("mentionsLayer"),
	})
}
