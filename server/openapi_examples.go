package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// examples makes the examples of the API definition by what makes the answers.
type examples struct {
	base        string // address of the server, without a slash at the end
	attribution string
	labels      geo.Labels
	// features holds a FeatureCollection with one feature for each collection.
	features map[string]json.RawMessage
	ids      map[string]string
}

const sampleArticleID = "0f1e2d3c4b5a69788796"

func newExamples(base, attribution string, labels geo.Labels) (*examples, error) {
	x := &examples{base: base, attribution: attribution, labels: labels, features: map[string]json.RawMessage{}, ids: map[string]string{}}
	record := sampleRecord()
	shown := layer.Options{Labels: labels}
	for collection, sequence := range map[string]func(func(layer.Feature, error) bool){
		layer.EventCollection:   shown.Events(just(sampleEvent(record))),
		layer.MentionCollection: shown.Mentions(just(record)),
		layer.PlaceCollection:   shown.Places(just(geo.PlaceSummary{Place: record.Place, Mentions: 12, Sites: 7, Articles: 5, Days: record.Days})),
	} {
		var out bytes.Buffer
		meta := layer.Meta{Collection: collection, Filter: "q=shelling", Version: "8f14e45f-12", Gazetteer: "51beba50c921", Attribution: attribution}
		if err := layer.WriteGeoJSON(&out, meta, func(yield func(layer.Feature, error) bool) {
			for f, err := range sequence {
				x.ids[collection] = f.ID
				if !yield(f, err) {
					return
				}
			}
		}); err != nil {
			return nil, err
		}
		x.features[collection] = out.Bytes()
	}
	return x, nil
}

func just[T any](v T) func(func(T, error) bool) {
	return func(yield func(T, error) bool) { yield(v, nil) }
}

func sampleRecord() geo.Record {
	place := &gazetteer.Place{
		ID: "gn:586523", Name: "Stepanakert", Kind: gazetteer.Settlement, Country: "AZ", Point: orb.Point{46.7515, 39.8152},
		Names: []gazetteer.Name{{Text: "Stepanakert"}, {Text: "Khankendi"}}, Disputed: true,
	}
	day, _ := geo.ParseDay("2020-09-27")
	return geo.Record{
		Mention: geo.Mention{
			Article: sampleArticleID, Start: 15, End: 26, Name: "Stepanakert", Sentence: "Shells fell on Stepanakert in the morning.", Place: place,
			WherePrec: geo.WhereExact, Role: geo.Site, Event: geo.Explosion, Days: geo.Interval{From: day, To: day}, DatePrec: geo.DateDay,
			DateBasis: "in the morning", Claim: geo.Reported, Confidence: 0.93, Reasons: []string{"one place of this name"},
		},
		Article: geo.Article{ID: sampleArticleID, Source: "Example Herald", Title: "Shelling resumes", URL: "https://news.example/1", Published: day},
		Origin:  "5f0c1a2b3d4e5f60718a",
	}
}

func sampleEvent(r geo.Record) geo.Event {
	return geo.Event{
		ID: "ev:586523:explosion:2020-09-27", Place: r.Place, Type: r.Event, Days: r.Days, DatePrec: r.DatePrec, WherePrec: r.WherePrec,
		Mentions: 3, Articles: 2, Origins: 2, Reported: 3, Confidence: r.Confidence, Best: r.Mention, Article: r.Article,
	}
}

func raw(s string) json.RawMessage { return json.RawMessage(s) }

func (x *examples) link(rel, path, mediaType, title string) link {
	return link{Href: x.base + path, Rel: rel, Type: mediaType, Title: title}
}

func (x *examples) landing() any {
	return &landing{Title: "conflictmap", Description: "Conflict events that news articles tell of.", Attribution: x.attribution, Links: []link{
		x.link("self", "/api", typeJSON, "This document"),
		x.link("alternate", "/api?f=html", typeHTML, "This document as HTML"),
		x.link("service-desc", "/api/openapi.json", typeOpenAPI, "API definition"),
		x.link("service-doc", "/api/api.html", typeHTML, "API documentation"),
		x.link("conformance", "/api/conformance", typeJSON, "Conformance classes"),
		x.link("data", "/api/collections", typeJSON, "Collections"),
	}}
}

func (x *examples) conformance() any {
	return &conformance{
		ConformsTo: []string{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"},
		Links:      []link{x.link("self", "/api/conformance", typeJSON, "This document")},
	}
}

func (x *examples) collections() any {
	return &collections{
		Links: []link{x.link("self", "/api/collections", typeJSON, "This document")}, CRS: []string{crs84URI},
		Collections: []collection{*x.collection(layer.EventCollection, "Events", aboutCollection(layer.EventCollection))},
	}
}

func (x *examples) collection(id, title, about string) *collection {
	first, last := "2020-09-27T00:00:00Z", "2020-11-10T23:59:59Z"
	return &collection{
		ID: id, Title: title, Description: about, ItemType: "feature", CRS: []string{crs84URI}, StorageCRS: crs84URI,
		Extent: &extent{
			Spatial:  spatialExtent{BBox: [][4]float64{{44.5, 38.5, 48, 41.5}}, CRS: crs84URI},
			Temporal: &temporalExtent{Interval: [][2]*string{{&first, &last}}, TRS: "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"},
		},
		Links: []link{
			x.link("self", "/api/collections/"+id, typeJSON, "This document"),
			x.link("items", "/api/collections/"+id+"/items", typeGeoJSON, "The features"),
		},
	}
}

func (x *examples) id(collection string) string { return x.ids[collection] }

func (x *examples) layer(collection string) any { return x.features[collection] }

// one is the sample feature of the collection.
func (x *examples) one(collection string) json.RawMessage {
	var all struct{ Features []json.RawMessage }
	if json.Unmarshal(x.features[collection], &all) != nil || len(all.Features) == 0 {
		return raw("null")
	}
	return all.Features[0]
}

func (x *examples) page(collection string) any {
	at := "/api/collections/" + collection + "/items"
	return struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
		Links    []link            `json:"links"`
		Matched  int               `json:"numberMatched"`
		Returned int               `json:"numberReturned"`
	}{
		"FeatureCollection", []json.RawMessage{x.one(collection)}, []link{
			x.link("self", at+"?limit=1", typeGeoJSON, "This page"), x.link("next", at+"?cursor=AAECAwQ&limit=1", typeGeoJSON, "The next page"),
		}, 12, 1,
	}
}

func (x *examples) feature(collection string) any {
	at := "/api/collections/" + collection
	links, err := json.Marshal([]link{x.link("self", at+"/items/"+x.ids[collection], typeGeoJSON, "This feature"), x.link("collection", at, typeJSON, "The collection")})
	if err != nil {
		return nil
	}
	one := x.one(collection)
	return slices.Concat(one[:len(one)-1], json.RawMessage(`,"links":`), links, json.RawMessage("}"))
}

func (x *examples) article() any {
	r := sampleRecord()
	return &articleDocument{
		ID: r.Article.ID, Source: orNull(r.Article.Source), URL: orNull(r.Article.URL), Title: orNull(r.Article.Title),
		Published: orNull(r.Article.Published.String()), Text: r.Sentence, Mentions: x.features[layer.MentionCollection],
	}
}

func (x *examples) problem(status int, detail string) any {
	p := problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Instance: "/api/collections/events/items"}
	if status == http.StatusBadRequest {
		p.Errors = []parameterError{{"limit", "many", "must be a whole number from 1"}}
	}
	return p
}

const (
	queryablesExample = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","title":"Queryables of events","properties":{"event":{"type":"string"},"from":{"type":"string","format":"date"}}}`
	schemaExample     = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","title":"Schema of events","properties":{"event":{"type":"string"},"from":{"type":"string","format":"date"}}}`
	histogramExample  = `{"collection":"events","interval":"week","bins":[{"date":"2020-09-21","total":3,"explosion":2,"battle":1}],"coarse":1,"numberMatched":4}`
	facetsExample     = `{"numberMatched":4,"facets":{"event":[{"value":"explosion","count":3},{"value":"battle","count":1}],"role":[{"value":"site","count":4}],` +
		`"country":[{"value":"AZ","label":"Azerbaijan","count":4}],"place":[{"value":"gn:586523","label":"Stepanakert","count":4}],"source":[],"claim":[]}}`
	foundPlacesExample = `{"type":"FeatureCollection","features":[{"type":"Feature","id":"gn:586523","geometry":{"type":"Point","coordinates":[46.7515,39.8152]},` +
		`"properties":{"id":"gn:586523","name":"Stepanakert","label":"Stepanakert","matched":"Stepanakert","match":"prefix","country":"AZ","country_name":"Azerbaijan","kind":"settlement",` +
		`"population":52300,"capital":false,"disputed":true,"events":7,"mentions":12,"lon":46.7515,"lat":39.8152}}],"numberReturned":1,"gazetteer":"51beba50c921","attribution":"GeoNames (CC BY 4.0)","links":[]}`
	relationsExample = `{"type":"FeatureCollection","features":[{"type":"Feature","id":"AM-AZ","geometry":{"type":"LineString","coordinates":[[44.5136,40.1811],[49.892,40.3777]]},` +
		`"properties":{"from_country":"AM","to_country":"AZ","from_label":"Armenia","to_label":"Azerbaijan","from_capital":"Yerevan","to_capital":"Baku","sentences":12,"articles":7,` +
		`"first":"2020-09-27","last":"2020-09-30","example":"0f1e2d3c4b5a69788796:412"}}],"numberMatched":1,"numberReturned":1}`
	liveExample = "id: 8f14e45f-12\nevent: stored\ndata: {\"version\":\"8f14e45f-12\",\"articles\":1,\"mentions\":9,\"sites\":4,\"article_ids\":[\"" + sampleArticleID + "\"],\"days\":[\"2020-09-27\",\"2020-09-28\"],\"bbox\":[46.5,39.2,47.2,40.1]}\n\n"
	// tileJSONExample has an address that any server could have.
	tileJSONExample = `{"tilejson":"3.0.0","tiles":["https://conflicts.example/tiles/events/{z}/{x}/{y}.mvt"],"vector_layers":[{"id":"clusters","fields":{"count":"Number"}}],"minzoom":0,"maxzoom":14}`
)
