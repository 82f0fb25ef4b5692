package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// definition loads the API definition of a running server.
func definition(t *testing.T, s *site) *openapi3.T {
	t.Helper()
	res := s.request(http.MethodGet, "/api/openapi.json")
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET /api/openapi.json: %s, %v", res.Status, err)
	}
	if got, want := res.Header.Get("Content-Type"), "application/vnd.oai.openapi+json;version=3.0"; got != want {
		t.Errorf("Content-Type %q, want %q", got, want)
	}
	doc, err := openapi3.NewLoader().LoadFromData(body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDefinitionIsValid(t *testing.T) {
	doc := definition(t, start(t, &store{version: "v1"}))
	if err := doc.Validate(context.Background(), openapi3.EnableExamplesValidation(), openapi3.EnableSchemaFormatValidation()); err != nil {
		t.Error(err)
	}
	seen := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.OperationID == "" || op.Summary == "" || op.Description == "" || len(op.Tags) == 0 {
				t.Errorf("%s %s lacks an id, a summary, a description or a tag", method, path)
			}
			if other, ok := seen[op.OperationID]; ok {
				t.Errorf("%s and %s share the id %s", other, path, op.OperationID)
			}
			seen[op.OperationID] = path
			for _, status := range []string{"200", "400", "500", "503"} {
				if op.Responses.Value(status) == nil {
					t.Errorf("%s %s does not list %s", method, path, status)
				}
			}
			for _, p := range op.Parameters {
				if p.Value.Description == "" || p.Value.Schema == nil {
					t.Errorf("%s %s: parameter %s has no description or no schema", method, path, p.Value.Name)
				}
			}
		}
	}
}

// TestDefinitionAsClientsReadIt checks what the test engine of the OGC and QGIS
// look for in the document as it is written, references and all.
func TestDefinitionAsClientsReadIt(t *testing.T) {
	s := start(t, &store{version: "v1"})
	var plain struct {
		OpenAPI string
		Servers []struct{ URL string }
		Paths   map[string]struct {
			Get struct {
				Parameters []map[string]any
			}
		}
		Components struct {
			Parameters map[string]struct {
				In, Style         string
				Required, Explode *bool
				Schema            struct {
					Type                                 string
					Minimum, Maximum, MinItems, MaxItems *int
					Default                              any
				}
			}
		}
	}
	res := s.request(http.MethodGet, "/api/openapi.json")
	if err := json.NewDecoder(res.Body).Decode(&plain); err != nil {
		t.Fatal(err)
	}
	if plain.OpenAPI[:4] != "3.0." || len(plain.Servers) != 1 || plain.Servers[0].URL != "http://"+s.addr+"/api" {
		t.Errorf("version %s, servers %v, want 3.0.x and %s/api", plain.OpenAPI, plain.Servers, s.addr)
	}
	limit := plain.Components.Parameters["limit"]
	if limit.Schema.Type != "integer" || *limit.Schema.Minimum != 1 || *limit.Schema.Maximum != 10000 || limit.Schema.Default != 5.0 {
		t.Errorf("limit is %+v", limit.Schema)
	}
	bbox := plain.Components.Parameters["bbox"]
	if bbox.Schema.Type != "array" || *bbox.Schema.MinItems != 4 || *bbox.Schema.MaxItems != 6 {
		t.Errorf("bbox is %+v", bbox.Schema)
	}
	for _, name := range append(geo.FilterParams(), "limit", "filter", "filter-lang", "crs", "bbox-crs") {
		p, ok := plain.Components.Parameters[name]
		if !ok || p.In != "query" || p.Style != "form" || p.Explode == nil || *p.Explode || p.Required == nil || *p.Required {
			t.Errorf("parameter %s is %+v", name, p)
		}
	}
	for _, collection := range append(layer.Collections(), "events-points", "events-lines", "events-areas", "mentions-points", "mentions-lines", "mentions-areas") {
		var literal, referred []string
		for _, p := range plain.Paths["/collections/"+collection+"/items"].Get.Parameters {
			if ref, ok := p["$ref"].(string); ok {
				referred = append(referred, ref[len("#/components/parameters/"):])
				continue
			}
			if p["in"] != "query" || p["style"] != "form" || p["explode"] != false || p["schema"].(map[string]any)["type"] == nil {
				t.Errorf("%s: QGIS cannot use the parameter %v", collection, p)
			}
			literal = append(literal, p["name"].(string))
		}
		for _, name := range append(geo.FilterParams(), "limit", "cursor", "filter", "filter-lang", "filter-crs", "crs", "bbox-crs", "f") {
			if !slices.Contains(referred, name) {
				t.Errorf("%s: items lack the parameter %s", collection, name)
			}
		}
		if len(literal) == 0 {
			t.Errorf("%s: no property to filter by", collection)
		}
	}
}
