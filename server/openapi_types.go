package server

// The parts of OpenAPI 3.0.3 that the API definition uses.

const openAPIVersion = "3.0.3"

type apiDocument struct {
	OpenAPI    string                 `json:"openapi"`
	Info       apiInfo                `json:"info"`
	Servers    []apiServer            `json:"servers"`
	Tags       []apiTag               `json:"tags"`
	Paths      map[string]apiPathItem `json:"paths"`
	Components apiComponents          `json:"components"`
	Links      []link                 `json:"-"` // of the page for people
}

type apiInfo struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Version     string `json:"version"`
}

type apiServer struct {
	URL         string `json:"url"`
	Description string `json:"description,omitempty"`
}

type apiTag struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

type apiPathItem struct {
	Servers []apiServer   `json:"servers,omitempty"` // where not those of the document
	Get     *apiOperation `json:"get,omitempty"`
}

type apiOperation struct {
	Tags        []string               `json:"tags"`
	Summary     string                 `json:"summary"`
	Description string                 `json:"description,omitempty"`
	OperationID string                 `json:"operationId"`
	Parameters  []apiParameter         `json:"parameters,omitempty"`
	Responses   map[string]apiResponse `json:"responses"`
}

// apiParameter is a parameter, or with Ref alone a reference to one.
type apiParameter struct {
	Ref         string     `json:"$ref,omitempty"`
	Name        string     `json:"name,omitempty"`
	In          string     `json:"in,omitempty"`
	Description string     `json:"description,omitempty"`
	Required    *bool      `json:"required,omitempty"`
	Style       string     `json:"style,omitempty"`
	Explode     *bool      `json:"explode,omitempty"`
	Schema      *apiSchema `json:"schema,omitempty"`
	Example     any        `json:"example,omitempty"`
}

// apiResponse is a response, or with Ref alone a reference to one.
type apiResponse struct {
	Ref         string               `json:"$ref,omitempty"`
	Description string               `json:"description,omitempty"`
	Headers     map[string]apiHeader `json:"headers,omitempty"`
	Content     map[string]apiMedia  `json:"content,omitempty"`
}

type apiHeader struct {
	Ref         string     `json:"$ref,omitempty"`
	Description string     `json:"description,omitempty"`
	Schema      *apiSchema `json:"schema,omitempty"`
	Example     any        `json:"example,omitempty"`
}

type apiMedia struct {
	Schema  *apiSchema `json:"schema,omitempty"`
	Example any        `json:"example,omitempty"`
}

// apiSchema is a schema, or with Ref alone a reference to one.
type apiSchema struct {
	Ref         string                `json:"$ref,omitempty"`
	Title       string                `json:"title,omitempty"`
	Type        string                `json:"type,omitempty"`
	Format      string                `json:"format,omitempty"`
	Description string                `json:"description,omitempty"`
	Nullable    bool                  `json:"nullable,omitempty"`
	Enum        []any                 `json:"enum,omitempty"`
	Items       *apiSchema            `json:"items,omitempty"`
	Properties  map[string]*apiSchema `json:"properties,omitempty"`
	Required    []string              `json:"required,omitempty"`
	OneOf       []*apiSchema          `json:"oneOf,omitempty"`
	Minimum     *float64              `json:"minimum,omitempty"`
	Maximum     *float64              `json:"maximum,omitempty"`
	MinItems    *int                  `json:"minItems,omitempty"`
	MaxItems    *int                  `json:"maxItems,omitempty"`
	MaxLength   *int                  `json:"maxLength,omitempty"`
	Default     any                   `json:"default,omitempty"`
}

type apiComponents struct {
	Schemas    map[string]*apiSchema   `json:"schemas"`
	Parameters map[string]apiParameter `json:"parameters"`
	Responses  map[string]apiResponse  `json:"responses"`
	Headers    map[string]apiHeader    `json:"headers"`
}

func schemaRef(name string) *apiSchema { return &apiSchema{Ref: "#/components/schemas/" + name} }

func paramRef(name string) apiParameter {
	return apiParameter{Ref: "#/components/parameters/" + name}
}

func responseRef(name string) apiResponse {
	return apiResponse{Ref: "#/components/responses/" + name}
}

func headerRef(name string) apiHeader { return apiHeader{Ref: "#/components/headers/" + name} }

func textOf(description string) *apiSchema {
	return &apiSchema{Type: "string", Description: description}
}

func integerOf(description string) *apiSchema {
	return &apiSchema{Type: "integer", Description: description}
}

func listOf(items *apiSchema, description string) *apiSchema {
	return &apiSchema{Type: "array", Items: items, Description: description}
}

// objectOf is an object with the properties, all but the optional ones required.
func objectOf(description string, properties map[string]*apiSchema, optional ...string) *apiSchema {
	return &apiSchema{Type: "object", Description: description, Properties: properties, Required: namesWithout(properties, optional)}
}
