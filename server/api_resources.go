package server

import (
	"encoding/json"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// resource is a document of the API that can be written as JSON and as HTML. The
// HTML template of its name gets it as data; what the JSON leaves out (json:"-") is
// there for the page alone.
type resource interface {
	template() string
	// jsonType is the media type of the JSON form.
	jsonType() string
	// links are those of the document, which are sent as Link headers, too.
	links() []link
}

// The media types that links name.
const (
	typeJSON    = "application/json"
	typeGeoJSON = "application/geo+json"
	typeHTML    = "text/html"
	typeSchema  = "application/schema+json"
	typeOpenAPI = "application/vnd.oai.openapi+json;version=3.0"
	typeCSV     = "text/csv"
	typeGPKG    = "application/geopackage+sqlite3"
)

// link is a web link (RFC 8288). Href is absolute.
type link struct {
	Href      string `json:"href"`
	Rel       string `json:"rel"`
	Type      string `json:"type,omitempty"`
	Title     string `json:"title,omitempty"`
	Templated bool   `json:"templated,omitempty"`
}

// landing is /api.
type landing struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Attribution string `json:"attribution,omitempty"`
	Links       []link `json:"links"`
}

// conformance is /api/conformance.
type conformance struct {
	ConformsTo []string `json:"conformsTo"`
	Links      []link   `json:"links"`
}

// collections is /api/collections.
type collections struct {
	Links       []link       `json:"links"`
	CRS         []string     `json:"crs"`
	Collections []collection `json:"collections"`
}

// collection is /api/collections/{id}, and an entry of collections.
type collection struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Attribution string   `json:"attribution,omitempty"`
	Extent      *extent  `json:"extent,omitempty"` // nil where the collection is empty
	ItemType    string   `json:"itemType"`
	CRS         []string `json:"crs"`
	StorageCRS  string   `json:"storageCrs"`
	Links       []link   `json:"links"`

	Columns []layer.Column `json:"-"`
	variant variant
}

// extent says where and when the features of a collection are.
type extent struct {
	Spatial  spatialExtent   `json:"spatial"`
	Temporal *temporalExtent `json:"temporal,omitempty"`
}

// spatialExtent holds one box: west, south, east, north.
type spatialExtent struct {
	BBox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

// temporalExtent holds one interval from the start of the first to the end of
// the last day; both ends are RFC 3339.
type temporalExtent struct {
	Interval [][2]*string `json:"interval"`
	TRS      string       `json:"trs"`
}

// schemaPage is …/queryables and …/schema: a JSON Schema.
type schemaPage struct {
	Collection  string // its id
	Title       string
	Description string
	ID          string // the URL of the schema
	Properties  []schemaProperty
	Links       []link // not in the JSON: a schema has no place for them
}

// schemaProperty describes a property. Type is empty for a geometry.
type schemaProperty struct {
	Name        string     `json:"-"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Type        string     `json:"type,omitempty"`
	Format      string     `json:"format,omitempty"`
	Items       *itemsType `json:"items,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Role        string     `json:"x-ogc-role,omitempty"`
	Sequence    int        `json:"x-ogc-propertySeq,omitempty"`
}

// itemsType is the type of what an array holds.
type itemsType struct {
	Type string `json:"type"`
}

// itemsPage is …/items as a page for people. The JSON is encoded feature by
// feature, not from here.
type itemsPage struct {
	Collection     collection
	Columns        []layer.Column
	Features       []layer.Feature // with their properties in the order of Columns; geometries in lon,lat degrees
	NumberMatched  int
	NumberReturned int
	// Given holds the parameters of the request as they were given, for the form.
	Given map[string][]string
	Limit int
	Links []link // self, alternate, next and first where there are, collection
	// Downloads are the whole selection as a layer, in several formats.
	Downloads []link
	// Base is the address of the server, without a slash at the end; ItemsURL
	// that of the items without a query. A feature is at ItemsURL/{escaped id}.
	Base, ItemsURL string
}

// featurePage is …/items/{id} as a page for people.
type featurePage struct {
	Collection collection
	Columns    []layer.Column
	Feature    layer.Feature
	Links      []link // self, alternate, collection
	Base       string
}

func (*landing) template() string     { return "landing" }
func (*conformance) template() string { return "conformance" }
func (*collections) template() string { return "collections" }
func (*collection) template() string  { return "collection" }
func (*schemaPage) template() string  { return "schema" }
func (*itemsPage) template() string   { return "items" }
func (*featurePage) template() string { return "feature" }

func (*landing) jsonType() string     { return typeJSON }
func (*conformance) jsonType() string { return typeJSON }
func (*collections) jsonType() string { return typeJSON }
func (*collection) jsonType() string  { return typeJSON }
func (*schemaPage) jsonType() string  { return typeSchema }
func (*itemsPage) jsonType() string   { return typeGeoJSON }
func (*featurePage) jsonType() string { return typeGeoJSON }

func (r *landing) links() []link     { return r.Links }
func (r *conformance) links() []link { return r.Links }
func (r *collections) links() []link { return r.Links }
func (r *collection) links() []link  { return r.Links }
func (r *schemaPage) links() []link  { return r.Links }
func (r *itemsPage) links() []link   { return r.Links }
func (r *featurePage) links() []link { return r.Links }

// MarshalJSON writes the schema with its properties in their order.
func (r *schemaPage) MarshalJSON() ([]byte, error) {
	properties := []byte{'{'}
	for i, p := range r.Properties {
		name, err := json.Marshal(p.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(p)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			properties = append(properties, ',')
		}
		properties = append(append(append(properties, name...), ':'), value...)
	}
	return json.Marshal(struct {
		Schema      string          `json:"$schema"`
		ID          string          `json:"$id"`
		Type        string          `json:"type"`
		Title       string          `json:"title"`
		Description string          `json:"description"`
		Properties  json.RawMessage `json:"properties"`
		Additional  bool            `json:"additionalProperties"`
	}{"https://json-schema.org/draft/2020-12/schema", r.ID, "object", r.Title, r.Description, append(properties, '}'), false})
}
