package server

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// How many relations an answer has.
const (
	defaultRelations = 100
	maxRelations     = 500
)

// Relater says which country is told of together with which.
type Relater interface {
	Relations(ctx context.Context, q index.Query) ([]index.Relation, error)
}

// relations are who talks about whom, as a GeoJSON FeatureCollection of lines from
// capital to capital.
type relations struct {
	Type           string     `json:"type"`
	Features       []relation `json:"features"`
	NumberMatched  int        `json:"numberMatched"`
	NumberReturned int        `json:"numberReturned"`
	Version        string     `json:"version"`
	Links          []link     `json:"-"`
}

type relation struct {
	Type       string             `json:"type"`
	ID         string             `json:"id"`
	Geometry   *relationLine      `json:"geometry"` // null where a country has no position
	Properties relationProperties `json:"properties"`
	Href       string             `json:"-"` // of the example, as a page
}

type relationLine struct {
	Type        string       `json:"type"`
	Coordinates [2]orb.Point `json:"coordinates"`
}

type relationProperties struct {
	FromCountry string  `json:"from_country"`
	ToCountry   string  `json:"to_country"`
	FromLabel   string  `json:"from_label"`
	ToLabel     string  `json:"to_label"`
	FromCapital *string `json:"from_capital"`
	ToCapital   *string `json:"to_capital"`
	Sentences   int     `json:"sentences"`
	Articles    int     `json:"articles"`
	First       *string `json:"first"`
	Last        *string `json:"last"`
	Example     string  `json:"example"`
}

func (*relations) template() string { return "relations" }

func (*relations) jsonType() string { return typeGeoJSON }

func (r *relations) links() []link { return r.Links }

// relations answers with who talks about whom.
func (s *Server) relations(ctx context.Context, r *request, v View) (resource, error) {
	q, limit, err := readRelations(r)
	if err != nil {
		return nil, err
	}
	all, err := v.Relations(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("relations: %w", err)
	}
	some := all[:min(limit, len(all))]
	out := &relations{
		Type: "FeatureCollection", Features: make([]relation, len(some)), NumberMatched: len(all), NumberReturned: len(some), Version: v.Version(),
		Links: append(r.selfLinks(typeGeoJSON),
			link{Href: r.base + collectionsPath + "/" + layer.MentionCollection, Rel: "collection", Type: typeJSON, Title: "The mentions that are counted"}),
	}
	for i := range some {
		out.Features[i] = s.relation(&some[i])
		out.Features[i].Href = r.base + collectionsPath + "/" + layer.MentionCollection + "/items/" + url.PathEscape(some[i].Example) + "?f=html"
	}
	return out, nil
}

func readRelations(r *request) (q index.Query, limit int, err error) {
	values, err := r.values()
	if err != nil {
		return q, 0, err
	}
	if err := r.readFormat(values); err != nil {
		return q, 0, err
	}
	if role, ok := values["role"]; ok {
		return q, 0, badParameter("role", role[0], "is no choice here: relations are between places with the role actor")
	}
	q, rest, err := selectQuery(values, layer.MentionCollection, "limit")
	if err != nil {
		return q, 0, err
	}
	limit, err = readCount(rest, defaultRelations, maxRelations)
	return q, limit, err
}

// readCount reads a limit that is refused where it is too high.
func readCount(rest url.Values, otherwise, most int) (int, error) {
	const name = "limit"
	if !rest.Has(name) {
		return otherwise, nil
	}
	given := rest.Get(name)
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 || n > most {
		return 0, badParameter(name, given, fmt.Sprintf("must be a whole number from 1 to %d", most))
	}
	return n, nil
}

func (s *Server) relation(r *index.Relation) relation {
	p := relationProperties{
		FromCountry: r.From, ToCountry: r.To, FromLabel: r.From, ToLabel: r.To, Sentences: r.Sentences, Articles: r.Articles, Example: r.Example,
	}
	if r.Published.From != 0 {
		p.First, p.Last = orNull(r.Published.From.String()), orNull(r.Published.To.String())
	}
	line := relationLine{Type: "LineString"}
	from := s.seatOf(r.From, &p.FromLabel, &p.FromCapital, &line.Coordinates[0])
	to := s.seatOf(r.To, &p.ToLabel, &p.ToCapital, &line.Coordinates[1])
	f := relation{Type: "Feature", ID: r.From + "-" + r.To, Properties: p}
	if from && to {
		f.Geometry = &line
	}
	return f
}

// seatOf says what people call the country and its capital, and where the capital
// lies, or else where the country's name would stand. False: nobody knows.
func (s *Server) seatOf(code string, label *string, capital **string, at *orb.Point) bool {
	var country, seat *gazetteer.Place
	if s.cfg.Country != nil {
		country, seat = s.cfg.Country(code)
	}
	if country != nil {
		*label, *at = s.cfg.Labels.Label(country, ""), country.Point
	}
	if seat != nil {
		*capital, *at = orNull(s.cfg.Labels.Label(seat, "")), seat.Point
	}
	return country != nil || seat != nil
}
