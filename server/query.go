package server

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// filterLanguages are the values of filter-lang, the default first. cql-text is
// the draft that GDAL 3.6 sends; without it GDAL turns conditions on any date
// property into datetime, and then misses features.
func filterLanguages() []string { return []string{"cql2-text", "cql2-json", "cql-text"} }

// filterNames are the parameters of a CQL2 expression.
func filterNames() []string { return []string{"filter", "filter-lang", "filter-crs"} }

// readQuery reads what a request selects of the collection: the parameters of
// geo.ParseFilter, and filter with filter-lang and filter-crs (CQL2). The
// parameters that are named in others are handed back; any other one is an error.
func readQuery(c *fiber.Ctx, collection string, others ...string) (q index.Query, rest url.Values, err error) {
	values, err := parseQuery(c)
	if err != nil {
		return q, nil, err
	}
	return selectQuery(values, collection, others...)
}

// selectQuery is readQuery of values, which it empties.
func selectQuery(values url.Values, collection string, others ...string) (q index.Query, rest url.Values, err error) {
	rest = url.Values{}
	for _, name := range slices.Concat(others, filterNames()) {
		if given, ok := values[name]; ok {
			rest[name] = given
			delete(values, name)
		}
	}
	if q.Filter, err = geo.ParseFilter(values); err != nil {
		return q, nil, badParameters(err)
	}
	for _, name := range slices.Concat(others, filterNames()) {
		if given := rest[name]; len(given) > 1 {
			return q, nil, badParameter(name, given[1], "is given more than once")
		}
	}
	q.Where, err = readWhere(rest, collection, nil)
	return q, rest, err
}

// readWhere reads the CQL2 expression and joins it with conditions on
// properties; nil where there is neither.
func readWhere(rest url.Values, collection string, conditions []condition) (*cql2.Program, error) {
	expr, err := readFilter(rest)
	if err != nil {
		return nil, err
	}
	properties := index.Properties(collection)
	texts := make([]string, 0, len(conditions)+1)
	for _, c := range conditions {
		// Each by itself first, so that an error blames the right one.
		if _, err := cql2.Compile(c.expr, properties); err != nil {
			return nil, badParameter(c.name, c.value, err.Error())
		}
		texts = append(texts, "("+c.expr.String()+")")
	}
	if !expr.IsZero() {
		texts = append(texts, "("+expr.String()+")")
	}
	switch {
	case len(texts) == 0:
		return nil, nil
	case len(conditions) > 0:
		if expr, err = cql2.ParseText(strings.Join(texts, " AND ")); err != nil {
			return nil, badParameter("filter", rest.Get("filter"), err.Error())
		}
	}
	program, err := cql2.Compile(expr, properties)
	if err != nil {
		return nil, badParameter("filter", rest.Get("filter"), err.Error())
	}
	return program, nil
}

// readFilter reads filter, filter-lang and filter-crs; the zero Expr where there
// is no filter.
func readFilter(rest url.Values) (expr cql2.Expr, err error) {
	text, language := rest.Get("filter"), rest.Get("filter-lang")
	if language != "" && !slices.Contains(filterLanguages(), language) {
		return expr, badParameter("filter-lang", language, "must be one of "+strings.Join(filterLanguages(), ", "))
	}
	crs, err := takeCRS(cloneValues(rest), "filter-crs")
	if err != nil {
		return expr, err
	}
	if !rest.Has("filter") {
		return expr, nil
	}
	var written cql2.Options
	if crs != layer.CRS84 {
		written.Position = func(p orb.Point) orb.Point { return lonLat(crs, p) }
	}
	if language == "cql2-json" {
		expr, err = written.ParseJSON([]byte(text))
	} else {
		expr, err = written.ParseText(text)
	}
	if err != nil {
		return expr, badParameter("filter", text, err.Error())
	}
	return expr, nil
}

// condition is what a parameter other than filter asks of a property, as CQL2.
type condition struct {
	name, value string // of the parameter
	expr        cql2.Expr
}

// takeEqualities takes the parameters NAME=VALUE that are named as properties of
// the collection out of the values. Names that are filter parameters are left, but
// for a place that is no id: then it is the name under which the gazetteer files it.
func takeEqualities(values url.Values, collection string) ([]condition, error) {
	var found []condition
	for _, c := range queryableColumns(collection) {
		given, ok := values[c.Name]
		filters := slices.Contains(geo.FilterParams(), c.Name)
		byName := c.Name == "place" && len(given) == 1 && given[0] != "" && !strings.Contains(given[0], ":")
		if !ok || filters && !byName || c.Type == layer.Strings {
			continue
		}
		if len(given) > 1 {
			return nil, badParameter(c.Name, given[1], "is given more than once")
		}
		delete(values, c.Name)
		e, err := equal(c, given[0])
		if err != nil {
			return nil, badParameter(c.Name, given[0], err.Error())
		}
		found = append(found, condition{c.Name, given[0], e})
	}
	return found, nil
}

// equal is the condition that the property has the value, which is read as the
// property's type wants it.
func equal(c layer.Column, value string) (cql2.Expr, error) {
	var literal any = value
	switch c.Type {
	case layer.Integer, layer.Number:
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || strings.Trim(value, "0123456789+-.eE") != "" {
			return cql2.Expr{}, errors.New("must be a number")
		}
		literal = n
	case layer.Boolean:
		if value != "true" && value != "false" {
			return cql2.Expr{}, errors.New("must be true or false")
		}
		literal = value == "true"
	case layer.Date:
		day, err := geo.ParseCivilDay(value)
		if err != nil {
			return cql2.Expr{}, err
		}
		literal = map[string]string{"date": day.String()}
	}
	text, err := json.Marshal(map[string]any{"op": "=", "args": []any{map[string]string{"property": c.Name}, literal}})
	if err != nil {
		return cql2.Expr{}, err
	}
	return cql2.ParseJSON(text)
}
