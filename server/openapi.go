package server

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// maxDefinitions bounds the API definitions that are kept: their addresses come
// from what clients say, so there may be any number.
const maxDefinitions = 16

// definitions keeps the API definition by the server's address, ready to be sent.
type definitions struct {
	mu    sync.Mutex
	files map[string]*file
}

// of returns what is kept for the key, or makes it.
func (d *definitions) of(key string, write func() (*file, error)) (*file, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f, ok := d.files[key]; ok {
		return f, nil
	}
	f, err := write()
	if err != nil {
		return nil, err
	}
	if d.files == nil || len(d.files) >= maxDefinitions {
		d.files = map[string]*file{}
	}
	d.files[key] = f
	return f, nil
}

func (s *Server) openAPIRoutes(app *fiber.App) {
	app.Get("/api/openapi.json", s.apiDefinition)
	app.Get("/api/api.html", s.apiDocumentation)
}

func (s *Server) apiDefinition(c *fiber.Ctx) error {
	base := c.BaseURL()
	f, err := s.definitions.of(base, func() (*file, error) {
		doc, err := s.apiDocument(base)
		if err != nil {
			return nil, err
		}
		body, err := json.Marshal(doc)
		if err != nil {
			return nil, fmt.Errorf("write API definition: %w", err)
		}
		return newTypedFile(typeOpenAPI, body)
	})
	if err != nil {
		return err
	}
	return f.send(c)
}

// newTypedFile is a file whose content type its name doesn't tell.
func newTypedFile(contentType string, body []byte) (*file, error) {
	f, err := newFile("", body, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	f.contentType = contentType
	return f, nil
}

// apiDocument describes the server at the address base as OpenAPI 3.0. It is
// made from the lists that the handlers go by.
func (s *Server) apiDocument(base string) (*apiDocument, error) {
	x, err := newExamples(base, s.cfg.Attribution, s.cfg.Labels)
	if err != nil {
		return nil, fmt.Errorf("write examples of the API definition: %w", err)
	}
	paths := apiPaths(x)
	maps.Copy(paths, rootPaths(x))
	version := s.cfg.Version
	if version == "" {
		version = "unknown"
	}
	return &apiDocument{
		OpenAPI: openAPIVersion,
		Info: apiInfo{
			Title: "conflictmap",
			Description: "Events of armed conflict and unrest that news articles tell of, the mentions of places that they rest on, and the places. " +
				"Coordinates are longitude and latitude in WGS 84, days are civil days. Every GET can be asked as HEAD, too. " +
				"A parameter that is not described here is refused with 400. Sources of the data: " + s.cfg.Attribution,
			Version: version,
			License: apiLicense{Name: "see the attribution in each layer"},
		},
		Servers: []apiServer{{URL: base + "/api", Description: "OGC API – Features"}},
		Tags:    apiTags(),
		Paths:   paths,
		Components: apiComponents{
			Schemas: describedSchemas(), Parameters: describedParams(), Responses: describedResponses(x), Headers: describedHeaders(),
		},
	}, nil
}

func (s *Server) apiDocumentation(c *fiber.Ctx) error { return nil }
