package server

import (
	"context"
	"fmt"
	"maps"

	"github.com/gofiber/fiber/v2"
)

func (s *Server) openAPIRoutes(app *fiber.App) {
	app.Get("/api/openapi.json", s.resource(s.definition))
	app.Get("/api/api.html", s.resource(s.documentation))
}

// definition describes the API: the service-desc of the landing page.
func (s *Server) definition(_ context.Context, r *request, _ View) (resource, error) {
	if err := r.onlyFormat(); err != nil {
		return nil, err
	}
	return s.apiDocument(r)
}

// documentation is the definition for people: the service-doc of the landing page.
func (s *Server) documentation(_ context.Context, r *request, _ View) (resource, error) {
	values, err := r.values()
	if err == nil {
		err = noneLeft(values)
	}
	if err != nil {
		return nil, err
	}
	r.html = true
	return s.apiDocument(r)
}

// apiDocument describes the server as OpenAPI 3.0. It is made from the lists
// that the handlers go by.
func (s *Server) apiDocument(r *request) (*apiDocument, error) {
	x, err := newExamples(r.base, s.cfg.Attribution, s.cfg.Labels)
	if err != nil {
		return nil, fmt.Errorf("write examples of the API definition: %w", err)
	}
	paths := apiPaths(x)
	maps.Copy(paths, rootPaths(x))
	return &apiDocument{
		OpenAPI: openAPIVersion,
		Info: apiInfo{
			Title: "conflictmap",
			Description: "Events of armed conflict and unrest that news articles tell of, the mentions of places that they rest on, and the places. " +
				"Coordinates are longitude and latitude in WGS 84, days are civil days. Every GET can be asked as HEAD, too. " +
				"A parameter that is not described here is refused with 400. Sources of the data: " + s.cfg.Attribution + ".",
			Version: orElse(s.cfg.Version, "unknown"),
		},
		Servers: []apiServer{{URL: r.base + "/api", Description: "OGC API – Features"}},
		Tags:    apiTags(),
		Paths:   paths,
		Components: apiComponents{
			Schemas: describedSchemas(), Parameters: describedParams(), Responses: describedResponses(x), Headers: describedHeaders(),
		},
		Links: []link{
			{Href: r.base + "/api/openapi.json", Rel: "service-desc", Type: typeOpenAPI, Title: "The definition as OpenAPI 3.0"},
			{Href: r.base + "/api", Rel: "home", Type: typeJSON, Title: "Landing page"},
		},
	}, nil
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (*apiDocument) template() string { return "api" }
func (*apiDocument) jsonType() string { return typeOpenAPI }
func (d *apiDocument) links() []link  { return d.Links }
