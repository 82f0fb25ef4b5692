package server

import (
	"context"
	"math"
	"slices"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// Where the API stands.
const (
	apiPath         = "/api"
	collectionsPath = apiPath + "/collections"
)

// apiRoutes serves OGC API - Features: Part 1 (17-069r4), Part 2 (18-058r1),
// Part 3 (19-079r2), and the schemas of Part 5 (23-058r1).
func (s *Server) apiRoutes(app *fiber.App) {
	app.Get(apiPath, s.resource(s.landing))
	app.Get(apiPath+"/", s.resource(s.landing))
	app.Get(apiPath+"/conformance", s.resource(s.conformance))
	app.Get(collectionsPath, s.resource(s.collections))
	for _, x := range variants() {
		app.Get(x.path(), s.resource(s.collection(x)))
		app.Get(x.path()+"/queryables", s.resource(s.queryables(x)))
		app.Get(x.path()+"/schema", s.resource(s.schema(x)))
		app.Get(x.path()+"/items", s.items(x))
		app.Get(x.path()+"/items/:id", s.feature(x))
	}
}

func (s *Server) landing(_ context.Context, r *request, _ View) (resource, error) {
	if err := r.onlyFormat(); err != nil {
		return nil, err
	}
	api := r.base + apiPath
	l := &landing{
		Title:       "conflictmap",
		Description: "Events, mentions and places that conflictmap found in the news: where something happened, when, who says so, and in which sentence.",
		Attribution: s.cfg.Attribution,
		Links: append(r.selfLinks(typeJSON),
			link{Href: api + "/openapi.json", Rel: "service-desc", Type: typeOpenAPI, Title: "Definition of the API (OpenAPI 3.0)"},
			link{Href: api + "/api.html", Rel: "service-doc", Type: typeHTML, Title: "Documentation of the API"},
			link{Href: api + "/conformance", Rel: "conformance", Type: typeJSON, Title: "Conformance classes that the API implements"},
			link{Href: r.base + collectionsPath, Rel: "data", Type: typeJSON, Title: "Collections"},
			link{Href: r.base + "/", Rel: "related", Type: typeHTML, Title: "Map"},
		),
	}
	if s.cfg.Places != nil {
		l.Links = append(l.Links, link{Href: api + "/gazetteer?f=html", Rel: "related", Type: typeHTML, Title: "Places by name"})
	}
	return l, nil
}

func (*Server) conformance(_ context.Context, r *request, _ View) (resource, error) {
	if err := r.onlyFormat(); err != nil {
		return nil, err
	}
	return &conformance{ConformsTo: conformanceClasses(), Links: r.selfLinks(typeJSON)}, nil
}

// conformanceClasses lists what the API conforms to. basic-spatial-operators is
// what basic-spatial-functions was called in drafts; QGIS looks for that.
func conformanceClasses() []string {
	const (
		spec      = "http://www.opengis.net/spec/"
		features1 = spec + "ogcapi-features-1/1.0/conf/"
		features3 = spec + "ogcapi-features-3/1.0/conf/"
		cql2      = spec + "cql2/1.0/conf/"
	)
	return []string{
		features1 + "core", features1 + "oas30", features1 + "html", features1 + "geojson",
		spec + "ogcapi-features-2/1.0/conf/crs",
		features3 + "queryables", features3 + "queryables-query-parameters", features3 + "filter", features3 + "features-filter",
		spec + "ogcapi-features-5/1.0/conf/schemas",
		cql2 + "cql2-text", cql2 + "cql2-json", cql2 + "basic-cql2", cql2 + "advanced-comparison-operators",
		cql2 + "case-insensitive-comparison", cql2 + "basic-spatial-functions", cql2 + "basic-spatial-operators",
	}
}

func (s *Server) collections(_ context.Context, r *request, v View) (resource, error) {
	if err := r.onlyFormat(); err != nil {
		return nil, err
	}
	all := &collections{Links: r.selfLinks(typeJSON), CRS: crsURIs()}
	for _, x := range variants() {
		all.Collections = append(all.Collections, s.describe(r, v, x))
	}
	return all, nil
}

func (s *Server) collection(x variant) func(context.Context, *request, View) (resource, error) {
	return func(_ context.Context, r *request, v View) (resource, error) {
		if err := r.onlyFormat(); err != nil {
			return nil, err
		}
		c := s.describe(r, v, x)
		if r.html {
			c.Links[0], c.Links[1] = c.Links[1], c.Links[0]
			c.Links[0].Rel, c.Links[1].Rel = "self", "alternate"
		}
		return &c, nil
	}
}

// describe describes a collection. Its links are the same wherever it is listed.
// The extent is that of all features of the kind, which covers the collection.
func (s *Server) describe(r *request, v View, x variant) collection {
	title, description := x.describe()
	columns, _ := layer.Schema(x.collection)
	here := r.base + x.path()
	c := collection{
		ID: x.id, Title: title, Description: description, Attribution: s.cfg.Attribution, Extent: extentOf(v, x.collection), ItemType: "feature",
		CRS: crsURIs(), StorageCRS: layer.CRS84.URI(), Columns: columns, variant: x,
		Links: []link{
			{Href: here, Rel: "self", Type: typeJSON, Title: title},
			{Href: here + "?f=html", Rel: "alternate", Type: typeHTML, Title: title + " as a page"},
			{Href: here + "/items", Rel: "items", Type: typeGeoJSON, Title: title + " as GeoJSON"},
			{Href: here + "/items?f=html", Rel: "items", Type: typeHTML, Title: title + " as a table"},
			{Href: here + "/queryables", Rel: relQueryables, Type: typeSchema, Title: "What a filter may name"},
			{Href: here + "/schema", Rel: relSchema, Type: typeSchema, Title: "Properties of the features"},
			{Href: r.base + joinQuery("/tiles/"+x.collection+".json", x.filter()), Rel: "related", Type: typeJSON, Title: "Vector tiles (TileJSON)"},
		},
	}
	for _, f := range formats() {
		c.Links = append(c.Links, link{
			Href: r.base + joinQuery("/layers/"+x.collection+"."+f.extension, x.filter()), Rel: "enclosure", Type: f.contentType, Title: "The whole collection as " + f.extension,
		})
	}
	c.Links = append(c.Links,
		link{Href: "https://creativecommons.org/licenses/by/4.0/", Rel: "license", Type: typeHTML, Title: "CC BY 4.0, of the gazetteer"},
		link{Href: "https://opendatacommons.org/licenses/odbl/1-0/", Rel: "license", Type: typeHTML, Title: "ODbL 1.0, of the gazetteer's table of countries"},
	)
	return c
}

// The relation types that OGC has registered.
const (
	relQueryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
	relSchema     = "http://www.opengis.net/def/rel/ogc/1.0/schema"
)

func describeCollection(id string) (title, description string) {
	switch id {
	case layer.EventCollection:
		return "Events", "What the mentions of one place with one kind of event on overlapping days add up to, with its best sentence and the number of independent accounts."
	case layer.MentionCollection:
		return "Mentions", "Every place that a text names: the sentence, what the place does in it, and, where something happened there, what, when and who says so."
	default:
		return "Places", "The places that the texts name, with the number of mentions."
	}
}

// extentOf is nil where the collection has no feature with a geometry.
func extentOf(v View, id string) *extent {
	b, days, ok := v.Extent(id)
	if !ok {
		return nil
	}
	// Outwards to six decimals, as positions are written.
	const unit = 1e6
	e := &extent{Spatial: spatialExtent{CRS: layer.CRS84.URI(), BBox: [][4]float64{{
		math.Floor(b.Min[0]*unit) / unit, math.Floor(b.Min[1]*unit) / unit, math.Ceil(b.Max[0]*unit) / unit, math.Ceil(b.Max[1]*unit) / unit,
	}}}}
	if !days.IsZero() {
		from, to := days.From.String()+"T00:00:00Z", days.To.String()+"T23:59:59Z"
		e.Temporal = &temporalExtent{Interval: [][2]*string{{&from, &to}}, TRS: "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
	}
	return e
}

func crsURIs() []string {
	var uris []string
	for _, c := range layer.CRSs() {
		uris = append(uris, c.URI())
	}
	return slices.Clip(uris)
}
