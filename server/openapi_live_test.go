package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/server"
)

// parameterOfPath is a parameter in a path as Fiber or OpenAPI writes it.
var parameterOfPath = regexp.MustCompile(`:[a-z]+|\{[A-Za-z]+\}`)

func TestEveryRouteIsDescribed(t *testing.T) {
	st := &store{version: "v1"}
	srv, err := server.New(server.Config{Snapshot: st.snapshot, View: st.view})
	if err != nil {
		t.Fatal(err)
	}
	doc := definition(t, start(t, st))
	described := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		root := "/api"
		if len(item.Servers) > 0 {
			root = ""
		}
		described[parameterOfPath.ReplaceAllString(root+path, "*")] = true
		for _, p := range item.Get.Parameters {
			for _, value := range p.Value.Schema.Value.Enum {
				if p.Value.In == "path" {
					described[parameterOfPath.ReplaceAllString(root+strings.ReplaceAll(path, "{"+p.Value.Name+"}", fmt.Sprint(value)), "*")] = true
				}
			}
		}
	}
	// The map page is no part of the API, /api/ has the same answer as /api, /healthz as /api/healthz.
	page := []string{"/", "/assets/*", "/favicon.ico", "/api", "/healthz"}
	for _, route := range server.Routes(srv) {
		if !slices.Contains(page, route) && !described[parameterOfPath.ReplaceAllString(route, "*")] {
			t.Errorf("GET %s is not described", route)
		}
	}
}

// TestDescribedOperationsAnswerAsDescribed asks for every operation and holds the
// answer against the definition.
func TestDescribedOperationsAnswerAsDescribed(t *testing.T) {
	s := start(t, &store{version: "v1"})
	doc := definition(t, s)
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, mediaType := range []string{"text/html", "text/css", "text/csv", "application/geopackage+sqlite3", "application/vnd.mapbox-vector-tile",
		"application/x-qgis-project", "application/x-qgis-layer-definition"} {
		openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.FileBodyDecoder)
	}
	for _, mediaType := range []string{"application/schema+json", "application/vnd.oai.openapi+json"} {
		openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.JSONBodyDecoder)
	}
	for path, item := range doc.Paths.Map() {
		if path == "/{stream}" { // never ends; it has tests of its own
			continue
		}
		address := addressOf(path, item)
		t.Run(path, func(t *testing.T) {
			if got := checkDescribed(t, router, s, item.Get, address); got != http.StatusOK && got != http.StatusNoContent {
				t.Errorf("GET %s: status %d", address, got)
			}
			if item.Get.Responses.Status(200).Value.Content.Get("text/html") != nil {
				checkDescribed(t, router, s, item.Get, address, "Accept", "text/html")
			}
			checkDescribed(t, router, s, item.Get, address+"?no-such-parameter=1")
			checkDescribed(t, router, s, item.Get, address+"?no-such-parameter=1", "Accept", "text/html")
		})
	}
}

// known is an id that the test's data has, in place of that of an example.
func known(path, example string) string {
	switch {
	case strings.HasPrefix(path, "/articles"):
		return hostile.ID
	case path != "/collections/{collection}/items/{featureId}":
	case example == layer.EventCollection:
		return layer.MentionCollection
	default:
		return mention.ID()
	}
	return example
}

func checkDescribed(t *testing.T, router routers.Router, s *site, op *openapi3.Operation, address string, headers ...string) int {
	t.Helper()
	res := s.request(http.MethodGet, address, headers...)
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodGet, res.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	route, params, err := router.FindRoute(req)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	if route.Operation.OperationID != op.OperationID {
		t.Fatalf("%s is %s, want %s", address, route.Operation.OperationID, op.OperationID)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
		Status:                 res.StatusCode, Header: res.Header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		t.Errorf("%s %v: %s: %v", address, headers, res.Status, err)
	}
	return res.StatusCode
}

// TestDescribedParametersAreTaken asks for every operation with each of its
// parameters alone.
func TestDescribedParametersAreTaken(t *testing.T) {
	s := start(t, &store{version: "v1"})
	doc := definition(t, s)
	for path, item := range doc.Paths.Map() {
		if path == "/{stream}" || path == "/healthz" {
			continue
		}
		address := addressOf(path, item)
		for _, p := range item.Get.Parameters {
			if p.Value.In != "query" || p.Value.Name == "cursor" {
				continue
			}
			query := "?" + p.Value.Name + "=" + url.QueryEscape(sampleOf(p.Value))
			if res := s.request(http.MethodGet, address+query); res.StatusCode == http.StatusBadRequest {
				body, _ := io.ReadAll(res.Body)
				t.Errorf("GET %s%s: %s %s", address, query, res.Status, body)
			}
		}
	}
}

// sampleOf is a value that the parameter can have.
func sampleOf(p *openapi3.Parameter) string {
	switch v := p.Example.(type) {
	case nil:
	case []any:
		var list []string
		for _, item := range v {
			list = append(list, fmt.Sprint(item))
		}
		return strings.Join(list, ",")
	default:
		return fmt.Sprint(v)
	}
	schema := p.Schema.Value
	switch {
	case len(schema.Enum) > 0:
		return fmt.Sprint(schema.Enum[0])
	case schema.Type.Is("boolean"):
		return "true"
	case schema.Type.Is("string") && schema.Format == "date":
		return "2020-09-27"
	case schema.Type.Is("string"):
		return "x"
	}
	return "1"
}

// addressOf is where the operation is, with ids that the test's data has.
func addressOf(path string, item *openapi3.PathItem) string {
	address := "/api" + path
	if len(item.Servers) > 0 {
		address = path
	}
	for _, p := range item.Get.Parameters {
		if p.Value.In == "path" {
			example, ok := p.Value.Example.(string)
			if !ok {
				example = "0" // a tile
			}
			address = strings.ReplaceAll(address, "{"+p.Value.Name+"}", url.PathEscape(known(path, example)))
		}
	}
	return address
}
