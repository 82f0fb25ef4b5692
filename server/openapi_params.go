package server

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// queryParam describes an optional parameter of the query. The standard wants
// the values spelt out that OpenAPI takes for granted, and clients read them.
func queryParam(name, description string, schema *apiSchema, example any) apiParameter {
	return apiParameter{
		Name: name, In: "query", Description: description, Required: new(false),
		Style: "form", Explode: new(false), Schema: schema, Example: example,
	}
}

func pathParam(name, description string, schema *apiSchema, example any) apiParameter {
	return apiParameter{Name: name, In: "path", Description: description, Required: new(true), Schema: schema, Example: example}
}

// describedParams are the parameters that more than one operation takes, by name.
func describedParams() map[string]apiParameter {
	params := map[string]apiParameter{}
	for _, p := range slices.Concat(filterParams(), pagingParams(), languageParams()) {
		params[p.Name] = p
	}
	return params
}

// filterParams describes geo.FilterParams.
func filterParams() []apiParameter {
	const list = " Several values, separated by commas, are alternatives."
	return []apiParameter{
		bboxParam(),
		queryParam("datetime", "Days of the event: an instant or an interval of RFC 3339 date-times or bare days, which includes both ends; "+
			"either end may be open (`..` or nothing). Only the civil date counts.", textOf(""), "2020-09-27/2020-09-30"),
		queryParam("published", "Days of publication, written as datetime is.", textOf(""), "2020-09-27/.."),
		queryParam("asof", "Only what had been published by that day.", textOf(""), "2020-10-01"),
		queryParam("event", "Kind of event."+list, codeList(geo.EventTypes()), []string{"battle", "explosion"}),
		queryParam("role", "What the place does in the sentence."+list, codeList(geo.Roles()), []string{"site"}),
		queryParam("country", "ISO 3166-1 alpha-2 code of the country, as the international gazetteers have it."+list, textList(2), []string{"AZ", "AM"}),
		queryParam("place", "Id of the place in the gazetteer."+list, textList(geoValueLength), []string{"gn:586523"}),
		queryParam("source", "Who published the article. Several values, separated by commas, are alternatives; a name that holds a comma is given alone and twice.",
			textList(geoValueLength), []string{"OC Media"}),
		queryParam("claim", "In whose voice the event is told."+list, codeList(geo.Claims()), []string{"reported"}),
		queryParam("min_confidence", "Lowest confidence.", &apiSchema{Type: "number", Minimum: new(0.0), Maximum: new(1.0)}, 0.5),
		queryParam("q", "Words that the sentence holds, all of them.", &apiSchema{Type: "string", MaxLength: new(geoValueLength)}, "shelling"),
	}
}

// geoValueLength is how long a place, source or q may be in characters.
const geoValueLength = 200

func bboxParam() apiParameter {
	four := &apiSchema{MinItems: new(4), MaxItems: new(4)}
	six := &apiSchema{MinItems: new(6), MaxItems: new(6)}
	return queryParam("bbox", "Box that the geometry meets: west, south, east, north, or six numbers with a lowest and a highest height, which are left out; "+
		"in the system of bbox-crs where the operation has that parameter, else in degrees (CRS84). West may lie east of east: then the box runs over 180°.",
		&apiSchema{
			Type: "array", MinItems: new(4), MaxItems: new(6), OneOf: []*apiSchema{four, six},
			Items: &apiSchema{Type: "number"},
		}, []float64{44.5, 38.5, 48, 41.5})
}

func pagingParams() []apiParameter {
	return []apiParameter{
		queryParam("limit", "How many features a page has at most. More than the maximum is taken for the maximum.",
			&apiSchema{Type: "integer", Minimum: new(1.0), Maximum: new(float64(maxLimit)), Default: defaultLimit}, 10),
		queryParam("cursor", "Where the page starts. Only `next` links say what can stand here, and only with the other parameters that they have.", textOf(""), nil),
		queryParam(strictName, "With `yes` features without geometry meet no bbox and those without days no datetime, as in layers, tiles and counts. "+
			"By default they meet every one.", oneOfTexts("yes", "no"), "yes"),
		queryParam("crs", "Coordinate reference system of the answer.", &apiSchema{Type: "string", Default: crs84URI}, crs84URI),
		queryParam("bbox-crs", "Coordinate reference system of bbox.", &apiSchema{Type: "string", Default: crs84URI}, crs84URI),
		queryParam(placedParam, "yes: only features with a geometry, and bbox is strict; no: only those without one, whatever bbox says.",
			oneOfTexts("yes", "no"), "yes"),
		queryParam("f", "Format of the answer, in place of the Accept header.", oneOfTexts("json", "html"), "json"),
	}
}

func languageParams() []apiParameter {
	return []apiParameter{
		queryParam("filter", "Expression in CQL2 (OGC 21-065) over the queryables, true of what is selected. It holds besides the other parameters.",
			textOf(""), "disputed = TRUE AND S_INTERSECTS(geometry, BBOX(44, 38, 48, 41))"),
		queryParam("filter-lang", "Language of filter.", &apiSchema{Type: "string", Enum: []any{"cql2-text", "cql2-json", "cql-text"}, Default: "cql2-text"}, "cql2-text"),
		queryParam("filter-crs", "Coordinate reference system of the geometries in filter.", &apiSchema{Type: "string", Default: crs84URI}, crs84URI),
	}
}

// searchParams are those that only the form has.
func searchParams() []apiParameter {
	day := &apiSchema{Type: "string"}
	return []apiParameter{
		queryParam(fieldFrom, "First day of the events, or nothing.", day, "2020-09-27"), queryParam(fieldTo, "Last day, or nothing.", day, "2020-09-30"),
	}
}

// crs84URI is the reference system of all coordinates unless asked otherwise.
const crs84URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

// orderParams describes what items and their search form take besides the common
// parameters.
func orderParams(collection string) []apiParameter {
	names := orderNames(collection)
	if len(names) < 2 {
		return nil
	}
	schema := oneOfTexts("+from")
	for _, name := range names {
		schema.Enum = append(schema.Enum, name)
	}
	schema.Default = names[0]
	return append(refs(placedParam), queryParam(orderParam,
		"Order of the features by a property, from the highest value down with a minus: first day, independent accounts (of equals most mentions first), mentions (of equals the latest first). "+
			"What has no days comes last.", schema, "-from"))
}

// gazetteerParams describes what a search for places takes.
func gazetteerParams() []apiParameter {
	ids := textList(maxAsked)
	ids.MaxItems = new(maxHits)
	return []apiParameter{
		queryParam("q", "Name of a place or its beginning, in any script. Case, accents, hyphens and apostrophes don't count.",
			&apiSchema{Type: "string", MaxLength: new(maxAsked)}, "Step"),
		queryParam("id", "Ids of places, instead of q. Those that nobody knows are left out.", ids, []string{"gn:586523"}),
		queryParam("limit", "How many places a name finds at most.",
			&apiSchema{Type: "integer", Minimum: new(1.0), Maximum: new(float64(maxHits)), Default: defaultHits}, defaultHits),
	}
}

// refs are references to described parameters.
func refs(names ...string) []apiParameter {
	list := make([]apiParameter, len(names))
	for i, name := range names {
		list[i] = paramRef(name)
	}
	return list
}

// selectionRefs are the parameters of readQuery.
func selectionRefs() []apiParameter {
	return append(refs(geo.FilterParams()...), refs("filter", "filter-lang")...)
}

// propertyParams describes the properties that items can be selected by with
// name=value. They stand at the operation itself, since QGIS takes no references.
func propertyParams(collection string) []apiParameter {
	taken := describedParams()
	var params []apiParameter
	for _, column := range queryableColumns(collection) {
		_, clash := taken[column.Name]
		if clash || column.Type == layer.Strings {
			continue
		}
		value := columnSchema(column)
		value.Nullable, value.Description = false, ""
		value.Enum = slices.DeleteFunc(value.Enum, func(v any) bool { return v == nil })
		params = append(params, queryParam(column.Name, "Equal to the property: "+column.Description+".", value, nil))
	}
	return params
}

// codeList is a list of some of the codes.
func codeList[T ~string](all []T) *apiSchema {
	items := &apiSchema{Type: "string"}
	for _, code := range all {
		items.Enum = append(items.Enum, string(code))
	}
	return &apiSchema{Type: "array", Items: items}
}

func textList(maxLength int) *apiSchema {
	return &apiSchema{Type: "array", Items: &apiSchema{Type: "string", MaxLength: new(maxLength)}}
}

func oneOfTexts(values ...any) *apiSchema { return &apiSchema{Type: "string", Enum: values} }

// stepNames are the widths of the bins of a histogram.
func stepNames() []any {
	return []any{string(index.ByDay), string(index.ByWeek), string(index.ByMonth)}
}
