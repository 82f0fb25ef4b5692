package server

import (
	"github.com/conflictmap/conflictmap/geo"
)

func foundPlacesSchema() *apiSchema {
	maybe := func(description string) *apiSchema {
		return &apiSchema{Type: "string", Nullable: true, Description: description}
	}
	truth := func(description string) *apiSchema { return &apiSchema{Type: "boolean", Description: description} }
	degrees := func(description string) *apiSchema { return &apiSchema{Type: "number", Description: description} }
	population := integerOf("Inhabitants, null where nobody knows.")
	population.Nullable = true
	properties := objectOf("", map[string]*apiSchema{
		"id": textOf("Id in the gazetteer, as place takes it."), "name": textOf("Name under which the gazetteer files the place."),
		"label": textOf("Name to show, by the policy for disputed places."), "matched": textOf("The name that was found."),
		"match":   oneOfTexts(matchExact, matchPrefix, matchSound, matchID),
		"country": maybe("ISO 3166-1 alpha-2 code of the international gazetteers."), "country_name": maybe("Name of the country to show."),
		"kind": textOf("Kind of place."), "population": population, "capital": truth("Whether a national government has its seat there."),
		"disputed": truth("Whether more than one authority claims it."), "events": integerOf("Events there, in all data."), "mentions": integerOf("Mentions of it, in all data."),
		"lon": degrees("Longitude of the point where its name would stand."), "lat": degrees("Latitude of that point."),
	})
	place := objectOf("A place of the gazetteer. Its geometry is null where only a region is known, without a shape.", map[string]*apiSchema{
		"type": oneOfTexts("Feature"), "id": textOf(""), "geometry": schemaRef("geometry"), "properties": properties,
	})
	return objectOf("Places of the gazetteer, the best first.", map[string]*apiSchema{
		"type": oneOfTexts("FeatureCollection"), "features": listOf(place, ""), "numberReturned": integerOf(""),
		"gazetteer": textOf("Version of the gazetteer."), "attribution": textOf("Sources of the data."), "links": listOf(schemaRef("link"), ""),
	})
}

func histogramSchema() *apiSchema {
	bin := map[string]*apiSchema{
		"date":  {Type: "string", Format: "date", Description: "First day of the bin; weeks begin on Monday."},
		"total": integerOf("Features whose days overlap the bin."),
	}
	optional := []string{}
	for _, t := range geo.EventTypes() {
		bin[string(t)] = integerOf("Of these, of the kind " + string(t) + ".")
		optional = append(optional, string(t))
	}
	return objectOf("Counts by day, week or month. Bins without a feature are left out; a feature of several days counts in each bin that it overlaps.",
		map[string]*apiSchema{
			"collection": oneOfTexts("events", "mentions"), "interval": {Type: "string", Enum: stepNames()},
			"bins":   listOf(objectOf("", bin, optional...), ""),
			"coarse": integerOf("Features known only to the month or worse, which no bin counts."), "numberMatched": integerOf("Features that the request selects."),
			"version": textOf("Version of the data."),
		}, "version")
}

func facetsSchema() *apiSchema {
	value := objectOf("", map[string]*apiSchema{
		"value": textOf("As the filter parameter of the same name takes it."), "label": textOf("Name of a country or place."), "count": integerOf("Features that have it."),
	}, "label")
	lists := map[string]*apiSchema{}
	for _, name := range []string{"event", "role", "country", "place", "source", "claim"} {
		lists[name] = listOf(value, "Counted without the request's own condition on "+name+".")
	}
	return objectOf("Counts by value, most frequent first.", map[string]*apiSchema{
		"collection": textOf(""), "numberMatched": integerOf("Features that the request selects."), "facets": objectOf("", lists), "version": textOf("Version of the data."),
	}, "collection", "version")
}

func relationsSchema() *apiSchema {
	maybe := func(description, format string) *apiSchema {
		return &apiSchema{Type: "string", Format: format, Nullable: true, Description: description}
	}
	line := objectOf("From capital to capital, each in WGS 84 degrees; null where the gazetteer lacks a country.", map[string]*apiSchema{
		"type": oneOfTexts("LineString"), "coordinates": listOf(listOf(&apiSchema{Type: "number"}, ""), "The two ends."),
	})
	line.Nullable = true
	feature := objectOf("A relation.", map[string]*apiSchema{
		"type": oneOfTexts("Feature"), "id": textOf("The two codes."), "geometry": line,
		"properties": objectOf("", map[string]*apiSchema{
			"from_country": textOf("Code of the country that is named first."), "to_country": textOf("Code of the other one."),
			"from_label": textOf("Its name."), "to_label": textOf("Its name."),
			"from_capital": maybe("Name of its capital; without one the line ends where the country's name would stand.", ""), "to_capital": maybe("Likewise.", ""),
			"sentences": integerOf("Sentences that name both."), "articles": integerOf("Articles that have such a sentence."),
			"first": maybe("First day of publication.", "date"), "last": maybe("Last day of publication.", "date"),
			"example": textOf("Id of a mention of the first country in the newest of the sentences."),
		}),
	})
	return objectOf("Relations, those with the most sentences first.", map[string]*apiSchema{
		"type": oneOfTexts("FeatureCollection"), "features": listOf(feature, ""), "numberMatched": integerOf("Relations that the request selects."),
		"numberReturned": integerOf("Relations in this answer."), "version": textOf("Version of the data."),
	}, "version")
}

func tileJSONSchema() *apiSchema {
	return objectOf("A TileJSON 3.0.0 document.", map[string]*apiSchema{
		"tilejson": textOf(""), "name": textOf(""), "description": textOf(""), "attribution": textOf(""), "version": textOf(""),
		"tiles":   listOf(textOf("Address of a tile, with {z}, {x} and {y}."), ""),
		"minzoom": integerOf(""), "maxzoom": integerOf(""), "bounds": listOf(&apiSchema{Type: "number"}, "West, south, east, north in degrees."),
		"center": listOf(&apiSchema{Type: "number"}, ""), "vector_layers": listOf(&apiSchema{Type: "object"}, "The layers with their fields."),
	}, "name", "description", "attribution", "version", "minzoom", "maxzoom", "bounds", "center")
}
