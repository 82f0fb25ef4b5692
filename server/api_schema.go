package server

import (
	"context"

	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// queryables answers with what a filter may name (Part 3).
func (*Server) queryables(x variant) func(context.Context, *request, View) (resource, error) {
	return func(_ context.Context, r *request, _ View) (resource, error) {
		if err := r.onlyFormat(); err != nil {
			return nil, err
		}
		title, _ := x.describe()
		page := &schemaPage{
			Collection: x.id, Title: title + ": what a filter may name",
			Description: "Properties that filter (CQL2) may name. But for the geometry and those whose name is a filter parameter itself, each is a parameter, too: NAME=VALUE.",
			ID:          r.base + x.path() + "/queryables", Links: r.selfLinks(typeSchema),
		}
		columns := map[string]layer.Column{}
		for _, c := range queryableColumns(x.collection) {
			columns[c.Name] = c
		}
		for _, p := range index.Properties(x.collection) {
			if c, ok := columns[p.Name]; ok {
				page.Properties = append(page.Properties, propertyOf(x.collection, c))
			} else {
				page.Properties = append(page.Properties, geometryProperty(x))
			}
		}
		page.number()
		return page, nil
	}
}

// schema answers with the properties of the collection's features (Part 5).
func (*Server) schema(x variant) func(context.Context, *request, View) (resource, error) {
	return func(_ context.Context, r *request, _ View) (resource, error) {
		if err := r.onlyFormat(); err != nil {
			return nil, err
		}
		title, description := x.describe()
		page := &schemaPage{
			Collection: x.id, Title: title, Description: description,
			ID: r.base + x.path() + "/schema", Links: r.selfLinks(typeSchema),
		}
		columns, _ := layer.Schema(x.collection)
		for _, c := range columns {
			page.Properties = append(page.Properties, propertyOf(x.collection, c))
		}
		page.Properties = append(page.Properties, geometryProperty(x))
		page.number()
		return page, nil
	}
}

// number notes the order of the properties: objects of JSON have none.
func (r *schemaPage) number() {
	for i := range r.Properties {
		r.Properties[i].Sequence = i + 1
	}
}

func geometryProperty(x variant) schemaProperty {
	format := "geometry-any"
	switch x.geometry {
	case index.PointType:
		format = "geometry-point"
	case index.LineType:
		format = "geometry-linestring-or-multilinestring"
	case index.AreaType:
		format = "geometry-polygon-or-multipolygon"
	}
	return schemaProperty{Name: "geometry", Title: "geometry", Description: "where it is", Format: format, Role: "primary-geometry"}
}

func propertyOf(collection string, c layer.Column) schemaProperty {
	p := schemaProperty{Name: c.Name, Title: c.Name, Description: c.Description, Type: string(c.Type), Enum: c.Values, Role: roleOf(collection, c.Name)}
	switch c.Type {
	case layer.Date:
		p.Type, p.Format = "string", "date"
	case layer.Strings:
		p.Type, p.Items = "array", &itemsType{Type: "string"}
	}
	return p
}

// roleOf is the role of a property that clients should know of (Part 5).
func roleOf(collection, name string) string {
	first, last := "from", "to"
	if collection == layer.PlaceCollection {
		first, last = "first", "last"
	}
	switch name {
	case "id":
		return "id"
	case first:
		return "primary-interval-start"
	case last:
		return "primary-interval-end"
	}
	return ""
}
