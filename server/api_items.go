package server

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// How many features a page has.
const (
	defaultLimit = 5
	defaultRows  = 50 // of a page for people
	maxLimit     = 10_000
	maxRows      = 1_000 // of a page for people, and of one that is kept
)

// itemsRequest is what a request for items asks for.
type itemsRequest struct {
	variant
	query index.Query
	// otherwise is asked where query selects nothing; see readItems.
	otherwise *index.Query
	limit     int
	crs       layer.CRS
	cursor    string
	given     url.Values
}

// items answers with a page of the collection's features.
func (s *Server) items(x variant) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if statedLimit(c.Request().URI().QueryString()) > maxRows {
			return s.streamItems(c, x)
		}
		return s.cached(c, s.makeItems(x))
	}
}

// makeItems makes a page that may be kept.
func (s *Server) makeItems(x variant) func(context.Context, *request, View) (answer, error) {
	return func(ctx context.Context, r *request, v View) (answer, error) {
		asked, err := s.readItems(r, x)
		if err != nil {
			return answer{}, err
		}
		asked.limit = min(asked.limit, maxRows)
		return s.answerItems(ctx, r, v, asked)
	}
}

// statedLimit finds a limit in a raw query without decoding it; 0 for none.
func statedLimit(query []byte) int {
	const name = "limit="
	for len(query) > 0 {
		pair, rest, _ := bytes.Cut(query, []byte("&"))
		if bytes.HasPrefix(pair, []byte(name)) {
			n, err := readLimit(string(pair[len(name):]))
			if err != nil {
				return 0
			}
			return n
		}
		query = rest
	}
	return 0
}

// readLimit reads a limit; what is above the maximum means the maximum.
func readLimit(s string) (int, error) {
	if s == "" || strings.Trim(s, "0123456789") != "" || strings.Trim(s, "0") == "" {
		return 0, fmt.Errorf("must be a whole number from 1; above %d it means that", maxLimit)
	}
	n, err := strconv.Atoi(s)
	if err != nil || n > maxLimit { // the only error left is one of range
		return maxLimit, nil
	}
	return n, nil
}

// readItems reads the parameters of items.
func (s *Server) readItems(r *request, x variant) (*itemsRequest, error) {
	values, err := r.values()
	if err != nil {
		return nil, err
	}
	asked := &itemsRequest{variant: x, limit: defaultLimit, given: cloneValues(values)}
	if err := r.readFormat(values); err != nil {
		return nil, err
	}
	if r.html {
		asked.limit = defaultRows
	}
	if asked.crs, err = takeCRS(values, "crs"); err != nil {
		return nil, err
	}
	if err := takeBBox(values); err != nil {
		return nil, err
	}
	if asked.query, err = selectItems(values, x.collection); err != nil {
		return nil, err
	}
	asked.query.Geometry = x.geometry
	if x.collection == layer.PlaceCollection && len(asked.given["source"]) == 1 {
		if asked.otherwise, err = bySourceOfPlace(asked); err != nil {
			return nil, err
		}
	}
	if given, ok := values["limit"]; ok {
		if asked.limit, err = readLimit(given[0]); err != nil {
			return nil, badParameter("limit", given[0], err.Error())
		}
	}
	if given, ok := values["cursor"]; ok {
		asked.cursor = given[0]
		if asked.query.After, err = s.readCursor(asked.cursorKey(), given[0]); err != nil {
			return nil, badParameter("cursor", given[0], err.Error())
		}
		if asked.otherwise != nil {
			asked.otherwise.After = asked.query.After
		}
	}
	return asked, nil
}

// selectItems reads the filters and the order of items. It leaves limit and cursor
// in the values.
func selectItems(values url.Values, collection string) (index.Query, error) {
	conditions, err := takeEqualities(values, collection)
	if err != nil {
		return index.Query{}, err
	}
	filters := cloneValues(values)
	if given := filters["source"]; len(given) == 1 && strings.Contains(given[0], ",") {
		// A list of sources, or as a property's value one whose name has a comma.
		filters["source"] = append(strings.Split(given[0], ","), given[0])
	}
	q, rest, err := selectQuery(filters, collection, append(itemParams(collection), strictName)...)
	if err != nil {
		return q, err
	}
	if q.Order, err = readOrder(rest, collection); err != nil {
		return q, err
	}
	if q.Placed, err = readPlaced(rest); err != nil {
		return q, err
	}
	strict, err := readStrict(rest)
	if err != nil {
		return q, err
	}
	if !strict {
		q.Lenient = true
		since, err := begunSince(q.Filter.Datetime, collection)
		if err != nil {
			return q, err
		}
		conditions = append(conditions, since...)
	}
	if len(conditions) > 0 {
		q.Where, err = readWhere(rest, collection, conditions)
	}
	return q, err
}

// strictName is the parameter by which items select as layers, tiles and counts
// do: the list beside a map shows just what the map shows.
const strictName = "strict"

// readStrict reads yes or no; no is what OGC API - Features asks for.
func readStrict(rest url.Values) (bool, error) {
	switch given := rest.Get(strictName); {
	case !rest.Has(strictName), given == "no":
		return false, nil
	case given == "yes":
		return true, nil
	default:
		return false, badParameter(strictName, given, "must be yes or no")
	}
}

// begunSince adds to a datetime DAY/.. what it asks of events that are known only
// to the month or the year: to begin on the day or later. "In 2016" and "since
// spring" may have been over on any day of theirs, so "from then on" doesn't
// select them by their last one. (Part 1 leaves it to the server which temporal
// properties datetime looks at.)
func begunSince(days geo.Interval, collection string) ([]condition, error) {
	if days.From == 0 || days.To != 0 || collection == layer.PlaceCollection {
		return nil, nil
	}
	expr, err := cql2.ParseText(fmt.Sprintf(`"from" IS NULL OR date_prec < %d OR date_prec IS NULL OR "from" >= DATE('%s')`, geo.DateMonth, days.From))
	if err != nil {
		return nil, fmt.Errorf("read the datetime %s: %w", days, err)
	}
	return []condition{{"datetime", days.String(), expr}}, nil
}

// bySourceOfPlace reads source=NAME as the place's own source, which has the
// same name as the parameter: it is asked where no article has that source.
func bySourceOfPlace(asked *itemsRequest) (*index.Query, error) {
	rest := url.Values{}
	for _, name := range filterNames() {
		if given, ok := asked.given[name]; ok {
			rest[name] = given
		}
	}
	conditions, err := takeEqualities(cloneValues(asked.given), asked.collection)
	if err != nil {
		return nil, err
	}
	source := asked.given.Get("source")
	expr, err := equal(layer.Column{Name: "source", Type: layer.String}, source)
	if err != nil {
		return nil, badParameter("source", source, err.Error())
	}
	q := asked.query
	q.Filter.Sources = nil
	q.Where, err = readWhere(rest, asked.collection, append(conditions, condition{"source", source, expr}))
	return &q, err
}

// takeBBox turns a bbox of another reference system into one in degrees.
func takeBBox(values url.Values) error {
	crs, err := takeCRS(values, "bbox-crs")
	if err != nil {
		return err
	}
	for i, given := range values["bbox"] {
		if values["bbox"][i], err = toDegrees(given, crs); err != nil {
			return badParameter("bbox", given, err.Error())
		}
	}
	return nil
}

func cloneValues(values url.Values) url.Values {
	clone := make(url.Values, len(values))
	for name, given := range values {
		clone[name] = append([]string(nil), given...)
	}
	return clone
}

// cursorKey names what a cursor holds for.
func (a *itemsRequest) cursorKey() string {
	return a.id + " by " + orderName(a.query.Order) + "?" + a.query.Key()
}

// answerItems makes a page. It has no timeStamp, which is optional: with one, no
// two answers would have the same bytes, and none a strong ETag.
func (s *Server) answerItems(ctx context.Context, r *request, v View, asked *itemsRequest) (answer, error) {
	matched, err := asked.count(ctx, v)
	if err != nil {
		return answer{}, err
	}
	var a answer
	if r.html {
		a, err = s.itemsAsPage(ctx, r, v, asked, matched)
	} else {
		a, err = s.itemsAsJSON(ctx, r, v, asked, matched)
	}
	if err != nil {
		return answer{}, err
	}
	a.header("Content-Crs", "<"+asked.crs.URI()+">")
	return a, nil
}

// count counts what is selected, and settles which query does.
func (a *itemsRequest) count(ctx context.Context, v View) (int, error) {
	n, err := v.Count(ctx, a.collection, a.query)
	if err == nil && n == 0 && a.otherwise != nil {
		a.query, a.otherwise = *a.otherwise, nil
		n, err = v.Count(ctx, a.collection, a.query)
	}
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", a.id, err)
	}
	return n, nil
}

// itemsLinks are the links of a page. last is where it ends, the zero Position
// if it is the last one.
func (s *Server) itemsLinks(r *request, asked *itemsRequest, key string, last index.Position) []link {
	links := r.selfLinks(typeGeoJSON)
	mediaType := links[0].Type
	here, query := r.base+cleanPath(r.path), cleanQuery(r.query)
	if !last.IsZero() {
		links = append(links, link{
			Href: joinQuery(here, withParameter(query, "cursor", s.writeCursor(key, last))), Rel: "next", Type: mediaType, Title: "Next page",
		})
	}
	if asked.cursor != "" {
		links = append(links, link{Href: joinQuery(here, withParameter(query, "cursor", "")), Rel: "first", Type: mediaType, Title: "First page"})
	}
	return append(links, link{Href: r.base + asked.path(), Rel: "collection", Type: typeJSON, Title: "The collection"})
}

// downloads are the links to all that the query selects.
func (a *itemsRequest) downloads(r *request) []link {
	query := a.query.Filter.Encode()
	var filter string
	if a.query.Where != nil {
		filter = a.query.Where.String()
	}
	switch drawn := drawnFilter(a.geometry, a.query.Placed); {
	case drawn == "":
	case filter == "":
		filter = drawn
	default:
		filter = drawn + " AND (" + filter + ")"
	}
	if filter != "" {
		query = strings.TrimPrefix(query+"&filter="+url.QueryEscape(filter), "&")
	}
	var links []link
	for _, f := range formats() {
		links = append(links, link{
			Href: r.base + joinQuery("/layers/"+a.collection+"."+f.extension, query), Rel: "enclosure", Type: f.contentType, Title: f.extension,
		})
	}
	return links
}
