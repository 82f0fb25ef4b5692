package server_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// The requirements of the class OpenAPI 3.0.
func TestOGCOpenAPI(t *testing.T) {
	const openAPI = "application/vnd.oai.openapi+json;version=3.0"
	startOGC(t).check([]requirement{
		{"/req/oas30/oas-definition-1", func(s *ogc) {
			links := s.linksOf(s.object("/api"))
			for rel, mediaType := range map[string]string{"service-desc": openAPI, "service-doc": mHTML} {
				found := linked(links, rel, mediaType)
				if len(found) != 1 {
					s.Errorf("%s: the links are %v", rel, found)
					continue
				}
				res, _ := s.get(s.path(found[0].Href), "Accept", mediaType)
				if got := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || !strings.HasPrefix(got, mediaType) {
					s.Errorf("%s: %s of type %s", rel, res.Status, got)
				}
			}
		}},
		{"/req/oas30/oas-definition-2", func(s *ogc) {
			if err := definition(s.T, s.site).Validate(context.Background()); err != nil {
				s.Error(err)
			}
		}},
		{"/req/oas30/oas-impl", func(s *ogc) {
			for _, path := range literalPaths(definition(s.T, s.site)) {
				if res, body := s.get("/api" + path); res.StatusCode != http.StatusOK {
					s.Errorf("GET %s: %s: %.200s", path, res.Status, body)
				}
			}
		}},
		{"/req/oas30/completeness", func(s *ogc) {
			s.operations(func(path string, op *openapi3.Operation) {
				for status, response := range op.Responses.Map() {
					if response.Value == nil || response.Value.Description == nil || *response.Value.Description == "" {
						s.Errorf("%s: %s has no description", path, status)
					}
				}
				// The forms lead on to the items that they describe.
				if r := op.Responses.Value("200"); (r == nil || len(r.Value.Content) == 0) && op.Responses.Value("303") == nil {
					s.Errorf("%s: 200 has no content", path)
				}
			})
		}},
		{"/req/oas30/exceptions-codes", func(s *ogc) {
			s.operations(func(path string, op *openapi3.Operation) {
				for _, status := range []string{"400", "500", "503"} {
					if op.Responses.Value(status) == nil {
						s.Errorf("%s doesn't list %s", path, status)
					}
				}
			})
			// And what happens is among them.
			var op *openapi3.PathItem
			for path, item := range definition(s.T, s.site).Paths.Map() {
				if strings.Contains(path, "/items/{") {
					op = item
				}
			}
			for path, status := range map[string]string{"none": "404", "none?x=1": "400"} {
				res, _ := s.get("/api/collections/events/items/" + path)
				if !strings.HasPrefix(res.Status, status) || op == nil || op.Get.Responses.Value(status) == nil {
					s.Errorf("%s: %s, listed: %t", path, res.Status, op != nil && op.Get.Responses.Value(status) != nil)
				}
			}
		}},
		{"/req/oas30/security", func(s *ogc) {
			// Nothing asks who somebody is, so there is no scheme to describe.
			doc := definition(s.T, s.site)
			if len(doc.Components.SecuritySchemes) > 0 || len(doc.Security) > 0 {
				s.Errorf("the definition has security schemes: %v", doc.Components.SecuritySchemes)
			}
			for _, path := range literalPaths(doc) {
				if res, _ := s.get("/api" + path); res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden {
					s.Errorf("GET %s: %s", path, res.Status)
				}
			}
		}},
	})
}

// literalPaths are the paths of the definition without parameters in them.
func literalPaths(doc *openapi3.T) []string {
	paths := slices.Sorted(maps.Keys(doc.Paths.Map()))
	return slices.DeleteFunc(paths, func(path string) bool {
		item := doc.Paths.Value(path)
		return strings.Contains(path, "{") || item.Get == nil || len(item.Servers) > 0
	})
}

// operations visits every operation of the definition.
func (s *ogc) operations(visit func(path string, op *openapi3.Operation)) {
	s.Helper()
	n := 0
	for path, item := range definition(s.T, s.site).Paths.Map() {
		for _, op := range item.Operations() {
			visit(path, op)
			n++
		}
	}
	if n < 20 {
		s.Errorf("only %d operations are described", n)
	}
}
