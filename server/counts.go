package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// How many values a list of facets has.
const (
	defaultFacets = 20
	maxFacets     = 200
)

// Up to which span, in days, a histogram goes by day or by week if the request
// doesn't say.
const (
	longestByDay  = 200
	longestByWeek = 3 * 366
)

func (s *Server) countRoutes(app *fiber.App) {
	app.Get(apiPath+"/histogram", s.resource(s.histogram))
	app.Get(apiPath+"/facets", s.resource(s.facets))
	app.Get(apiPath+"/relations", s.resource(s.relations))
}

// histogram counts what a request selects over time.
type histogram struct {
	Collection string         `json:"collection"`
	Interval   index.Step     `json:"interval"`
	Bins       []histogramBin `json:"bins"`
	// Coarse counts the features that are known only to the month or worse. No bin has them.
	Coarse        int    `json:"coarse"`
	NumberMatched int    `json:"numberMatched"`
	Version       string `json:"version"`
	Links         []link `json:"-"`
}

// histogramBin counts the features whose days overlap a day, a week (which begins
// on Monday) or a month.
type histogramBin struct {
	Date   geo.Day // the first
	Total  int
	Counts []kindCount // of the kinds of events that there are
}

type kindCount struct {
	Kind  geo.EventType
	Count int
}

// facets counts what a request selects by value.
type facets struct {
	Collection    string     `json:"collection"`
	NumberMatched int        `json:"numberMatched"`
	Facets        facetLists `json:"facets"`
	Version       string     `json:"version"`
	Links         []link     `json:"-"`
}

// facetLists have the most frequent value first. Each leaves out what the
// request itself says of its field.
type facetLists struct {
	Event   []facet `json:"event"`
	Role    []facet `json:"role"`
	Country []facet `json:"country"`
	Place   []facet `json:"place"`
	Source  []facet `json:"source"`
	Claim   []facet `json:"claim"`
}

// facet is a value as the filter parameter takes it.
type facet struct {
	Value string `json:"value"`
	Label string `json:"label,omitempty"` // of countries and places
	Count int    `json:"count"`
	Href  string `json:"-"` // the features that have it, as a page
}

func (*histogram) template() string { return "histogram" }
func (*facets) template() string    { return "facets" }

func (*histogram) jsonType() string { return typeJSON }
func (*facets) jsonType() string    { return typeJSON }

func (h *histogram) links() []link { return h.Links }
func (f *facets) links() []link    { return f.Links }

// MarshalJSON writes the kinds beside the total; those that there are none of are left out.
func (b histogramBin) MarshalJSON() ([]byte, error) {
	out := append(append([]byte(`{"date":"`), b.Date.String()...), `","total":`...)
	out = strconv.AppendInt(out, int64(b.Total), 10)
	for _, k := range b.Counts {
		name, err := json.Marshal(k.Kind)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, ','), name...), ':')
		out = strconv.AppendInt(out, int64(k.Count), 10)
	}
	return append(out, '}'), nil
}

// counted is what a request for counts asks for.
type counted struct {
	collection string
	query      index.Query
	rest       url.Values
}

// readCounted reads the parameters of counts; those named in others are in rest.
func readCounted(r *request, others ...string) (*counted, error) {
	const name = "collection"
	values, err := r.values()
	if err != nil {
		return nil, err
	}
	asked := &counted{collection: layer.EventCollection}
	if err := r.readFormat(values); err != nil {
		return nil, err
	}
	if given := values[name]; len(given) > 0 {
		asked.collection = given[0]
	}
	if asked.collection != layer.EventCollection && asked.collection != layer.MentionCollection {
		return nil, badParameter(name, asked.collection, "must be "+layer.EventCollection+" or "+layer.MentionCollection)
	}
	asked.query, asked.rest, err = selectQuery(values, asked.collection, append(others, name, placedParam)...)
	if err == nil {
		asked.query.Placed, err = readPlaced(asked.rest)
	}
	return asked, err
}

func (a *counted) links(r *request) []link {
	return append(r.selfLinks(typeJSON),
		link{Href: r.base + collectionsPath + "/" + a.collection, Rel: "collection", Type: typeJSON, Title: "The collection"})
}

// histogram answers with counts by day, week or month.
func (s *Server) histogram(ctx context.Context, r *request, v View) (resource, error) {
	asked, err := readCounted(r, "interval")
	if err != nil {
		return nil, err
	}
	step := index.ByMonth
	if asked.rest.Has("interval") {
		step = index.Step(asked.rest.Get("interval"))
		if !slices.Contains(steps(), step) {
			return nil, badParameter("interval", string(step), fmt.Sprintf("must be one of %v", steps()))
		}
	}
	matched, err := v.Count(ctx, asked.collection, asked.query)
	if err != nil {
		return nil, fmt.Errorf("count %s: %w", asked.collection, err)
	}
	bins, coarse, err := v.Histogram(ctx, asked.collection, asked.query, step)
	if suited := stepFor(bins, asked.query.Filter.Datetime); err == nil && !asked.rest.Has("interval") && suited != step {
		step = suited
		bins, coarse, err = v.Histogram(ctx, asked.collection, asked.query, step)
	}
	if err != nil {
		return nil, fmt.Errorf("histogram of %s: %w", asked.collection, err)
	}
	return &histogram{
		Collection: asked.collection, Interval: step, Bins: histogramBins(bins), Coarse: coarse, NumberMatched: matched,
		Version: v.Version(), Links: asked.links(r),
	}, nil
}

func steps() []index.Step { return []index.Step{index.ByDay, index.ByWeek, index.ByMonth} }

// stepFor suits the span of what is counted by month, as far as the request
// asks for its days. (The extent of the data would be too long: what is known
// only to the year is in no bin.)
func stepFor(months []index.Bin, asked geo.Interval) index.Step {
	if len(months) == 0 {
		return index.ByDay
	}
	from, last := months[0].Day, months[len(months)-1].Day
	year, month, _ := last.Civil()
	to := last + geo.Day(geo.DaysIn(year, month)) - 1
	if asked.From != 0 {
		from = max(from, asked.From)
	}
	if asked.To != 0 {
		to = min(to, asked.To)
	}
	switch span := to - from + 1; {
	case span <= longestByDay:
		return index.ByDay
	case span <= longestByWeek:
		return index.ByWeek
	}
	return index.ByMonth
}

func histogramBins(bins []index.Bin) []histogramBin {
	out := make([]histogramBin, len(bins))
	for i, b := range bins {
		out[i].Date = b.Day
		for k, kind := range geo.EventTypes() {
			if n := b.Counts[k]; n > 0 {
				out[i].Total += n
				out[i].Counts = append(out[i].Counts, kindCount{kind, n})
			}
		}
	}
	return out
}

// facets answers with counts by value.
func (s *Server) facets(ctx context.Context, r *request, v View) (resource, error) {
	asked, err := readCounted(r, "limit")
	if err != nil {
		return nil, err
	}
	limit, err := readCount(asked.rest, defaultFacets, maxFacets)
	if err != nil {
		return nil, err
	}
	found, err := v.Facets(ctx, asked.collection, asked.query, limit)
	if err != nil {
		return nil, fmt.Errorf("facets of %s: %w", asked.collection, err)
	}
	of := func(name string, found []index.Facet) []facet {
		out := make([]facet, len(found))
		for i, f := range found {
			out[i] = facet{f.Value, f.Label, f.Count, asked.narrowed(r, name, f.Value)}
		}
		return out
	}
	return &facets{
		Collection: asked.collection, NumberMatched: found.Total, Version: v.Version(), Links: asked.links(r),
		Facets: facetLists{
			Event: of("event", found.Events), Role: of("role", found.Roles), Country: of("country", found.Countries),
			Place: of("place", found.Places), Source: of("source", found.Sources), Claim: of("claim", found.Claims),
		},
	}, nil
}

// narrowed is the address of the features that the request selects with another
// condition on one field, as a page.
func (a *counted) narrowed(r *request, name, value string) string {
	query := cleanQuery(r.query)
	for _, other := range []string{"collection", "limit", name} {
		query = withParameter(query, other, "")
	}
	query = withParameter(withParameter(query, name, value), "f", "html")
	if name == "source" && strings.Contains(value, ",") {
		query += "&source=" + url.QueryEscape(value) // else the comma would part it
	}
	return r.base + collectionsPath + "/" + a.collection + "/items?" + query
}
