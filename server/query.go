package server

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/index"
)

// readQuery reads what a request selects of the collection: the parameters of
// geo.ParseFilter, and filter with filter-lang (CQL2). The parameters that are
// named in others are handed back; any other one is an error.
func readQuery(c *fiber.Ctx, collection string, others ...string) (q index.Query, rest url.Values, err error) {
	values, err := parseQuery(c)
	if err != nil {
		return q, nil, err
	}
	return readSelection(values, collection, others...)
}

// readSelection does so for a query that was read; it takes what it knows out of
// the values.
func readSelection(values url.Values, collection string, others ...string) (q index.Query, rest url.Values, err error) {
	rest = url.Values{}
	for _, name := range append(others, "filter", "filter-lang") {
		if given, ok := values[name]; ok {
			rest[name] = given
			delete(values, name)
		}
	}
	if q.Filter, err = geo.ParseFilter(values); err != nil {
		return q, nil, badParameters(err)
	}
	for _, name := range append(others, "filter", "filter-lang") {
		if given := rest[name]; len(given) > 1 {
			return q, nil, badParameters(&geo.ParamError{Param: name, Value: clip(given[1]), Reason: "is given more than once"})
		}
	}
	q.Where, err = readWhere(rest, collection)
	return q, rest, err
}

// readWhere reads the CQL2 expression.
func readWhere(rest url.Values, collection string) (*cql2.Program, error) {
	text, language := rest.Get("filter"), rest.Get("filter-lang")
	if language != "" && !slices.Contains([]string{"cql2-text", "cql2-json"}, language) {
		return nil, badParameters(&geo.ParamError{Param: "filter-lang", Value: clip(language), Reason: "must be cql2-text or cql2-json"})
	}
	if !rest.Has("filter") {
		return nil, nil
	}
	var expr cql2.Expr
	var err error
	if language == "cql2-json" {
		expr, err = cql2.ParseJSON([]byte(text))
	} else {
		expr, err = cql2.ParseText(text)
	}
	if err == nil {
		var program *cql2.Program
		if program, err = cql2.Compile(expr, index.Properties(collection)); err == nil {
			return program, nil
		}
	}
	return nil, badParameters(&geo.ParamError{Param: "filter", Value: clip(text), Reason: err.Error()})
}
