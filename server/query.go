package server

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

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
func readWhere(rest url.Values, collection string, equal []equality) (*cql2.Program, error) {
	expr, err := readFilter(rest)
	if err != nil {
		return nil, err
	}
	properties := index.Properties(collection)
	if len(equal) > 0 {
		texts := make([]string, 0, len(equal)+1)
		for _, e := range equal {
			texts = append(texts, e.text)
			// Each by itself first, so that an error blames the right one.
			if _, err := compile(e.text, properties); err != nil {
				return nil, badParameter(e.name, e.value, err.Error())
			}
		}
		if !expr.IsZero() {
			texts = append(texts, "("+expr.String()+")")
		}
		program, err := compile(strings.Join(texts, " AND "), properties)
		if err != nil {
			return nil, badParameter("filter", rest.Get("filter"), err.Error())
		}
		return program, nil
	}
	if expr.IsZero() {
		return nil, nil
	}
	program, err := cql2.Compile(expr, properties)
	if err != nil {
		return nil, badParameter("filter", rest.Get("filter"), err.Error())
	}
	return program, nil
}

func compile(text string, properties []cql2.Property) (*cql2.Program, error) {
	expr, err := cql2.ParseText(text)
	if err != nil {
		return nil, err
	}
	return cql2.Compile(expr, properties)
}

// readFilter reads filter, filter-lang and filter-crs; the zero Expr where there
// is no filter.
func readFilter(rest url.Values) (expr cql2.Expr, err error) {
	text, language := rest.Get("filter"), rest.Get("filter-lang")
	if language != "" && !slices.Contains([]string{"cql2-text", "cql2-json"}, language) {
		return expr, badParameter("filter-lang", language, "must be cql2-text or cql2-json")
	}
	if crs := rest.Get("filter-crs"); rest.Has("filter-crs") && crs != layer.CRS84.URI() && !strings.EqualFold(crs, "[OGC:CRS84]") {
		return expr, badParameter("filter-crs", crs, "must be "+layer.CRS84.URI())
	}
	if !rest.Has("filter") {
		return expr, nil
	}
	if language == "cql2-json" {
		expr, err = cql2.ParseJSON([]byte(text))
	} else {
		expr, err = cql2.ParseText(text)
	}
	if err != nil {
		return expr, badParameter("filter", text, err.Error())
	}
	return expr, nil
}

// equality is a condition NAME=VALUE on a property, also as CQL2.
type equality struct{ name, value, text string }

// takeEqualities takes the parameters that are named as properties of the
// collection out of the values. Names that are filter parameters are left, but
// for a place that is no id: then it is the name under which the gazetteer files it.
func takeEqualities(values url.Values, collection string) ([]equality, error) {
	columns, _ := layer.Schema(collection)
	var found []equality
	for _, c := range columns {
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
		found = append(found, e)
	}
	return found, nil
}

// equal writes the condition as CQL2 text.
func equal(c layer.Column, value string) (equality, error) {
	literal := ""
	switch c.Type {
	case layer.Integer, layer.Number:
		if strings.Trim(value, "0123456789+-.eE") != "" {
			return equality{}, errors.New("must be a number")
		}
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return equality{}, errors.New("must be a number")
		}
		literal = strconv.FormatFloat(n, 'f', -1, 64)
	case layer.Boolean:
		if value != "true" && value != "false" {
			return equality{}, errors.New("must be true or false")
		}
		literal = strings.ToUpper(value)
	case layer.Date:
		day, err := geo.ParseCivilDay(value)
		if err != nil {
			return equality{}, err
		}
		literal = "DATE('" + day.String() + "')"
	default:
		literal = "'" + strings.ReplaceAll(value, "'", "''") + "'"
	}
	return equality{c.Name, value, `"` + c.Name + `" = ` + literal}, nil
}
