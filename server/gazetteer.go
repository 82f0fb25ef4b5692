package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// PlaceFinder finds places by name and by id; *gazetteer.Gazetteer is one. It is
// safe for concurrent use.
type PlaceFinder interface {
	Prefix(prefix string, limit int) []gazetteer.Hit
	Lookup(name string) []gazetteer.Hit
	Place(id string) (*gazetteer.Place, bool)
	CountryPlace(code string) (*gazetteer.Place, bool)
}

// What a search for places may ask for.
const (
	defaultHits = 10
	maxHits     = 50  // also of ids
	maxAsked    = 200 // code points of a name or an id
)

// How a place was found.
const (
	matchExact  = "exact"  // by its whole name
	matchPrefix = "prefix" // by the beginning of a name
	matchSound  = "sound"  // by a name that sounds alike
	matchID     = "id"
)

// foundPlace is a place with what the data has of it.
type foundPlace struct {
	*gazetteer.Place
	Label, CountryName string
	Matched, Match     string // the name, and how it was found
	Events, Mentions   int
	aside              bool // by a demonym, a former name or a nickname
}

// placeSearch is /api/gazetteer.
type placeSearch struct {
	Query                string
	Places               []foundPlace
	Version, Attribution string // of the gazetteer
	Links                []link
	Base                 string
	asked                bool
}

func (*placeSearch) template() string { return "gazetteer" }
func (*placeSearch) jsonType() string { return typeGeoJSON }
func (p *placeSearch) links() []link  { return p.Links }

// Asked reports whether anything was looked for, for the page.
func (p *placeSearch) Asked() bool { return p.asked }

func (s *Server) gazetteerRoutes(app *fiber.App) {
	app.Get(apiPath+"/gazetteer", s.resource(s.searchPlaces))
}

// wantedPlaces is what a search asks for: a name, or ids.
type wantedPlaces struct {
	name  string
	ids   []string
	limit int
}

// searchPlaces answers with the places of the gazetteer that a name finds, or
// those with the ids.
func (s *Server) searchPlaces(ctx context.Context, r *request, v View) (resource, error) {
	if s.cfg.Places == nil {
		return nil, problemf(fiber.StatusNotFound, "This server has no gazetteer to look places up in.")
	}
	values, err := r.values()
	if err != nil {
		return nil, err
	}
	if err := r.readFormat(values); err != nil {
		return nil, err
	}
	wanted, err := readWantedPlaces(values, r.html)
	if err != nil {
		return nil, err
	}
	found := s.placesByName(v, wanted.name, wanted.limit)
	if len(wanted.ids) > 0 {
		found = s.placesByID(ctx, v, wanted.ids)
	}
	for i := range found {
		s.describePlace(&found[i])
	}
	return &placeSearch{
		Query: wanted.name, Places: found, Version: s.cfg.Gazetteer, Attribution: s.cfg.Attribution,
		Links: r.selfLinks(typeGeoJSON), Base: r.base, asked: wanted.name != "" || len(wanted.ids) > 0,
	}, nil
}

// readWantedPlaces reads the parameters. Without a name and ids nothing is wanted:
// the page is a form then, which also sends a name that was left empty.
func readWantedPlaces(values url.Values, html bool) (wantedPlaces, error) {
	w := wantedPlaces{limit: defaultHits}
	for name, given := range values {
		switch {
		case !slices.Contains([]string{"q", "id", "limit"}, name):
			return w, noneLeft(url.Values{name: given}, "q", "id", "limit", "f")
		case len(given) > 1:
			return w, badParameter(name, given[1], "is given more than once")
		}
	}
	if values.Has("limit") {
		given := values.Get("limit")
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || n > maxHits || strings.Trim(given, "0123456789") != "" {
			return w, badParameter("limit", given, fmt.Sprintf("must be a whole number from 1 to %d", maxHits))
		}
		w.limit = n
	}
	if values.Has("q") && !(html && values.Get("q") == "") {
		w.name = values.Get("q")
		if !isAskable(w.name) {
			return w, badParameter("q", w.name, fmt.Sprintf("must be a name of 1 to %d characters", maxAsked))
		}
	}
	if !values.Has("id") {
		return w, nil
	}
	w.ids = strings.Split(values.Get("id"), ",")
	switch {
	case values.Has("q"):
		return w, badParameter("id", values.Get("id"), "can't be given beside q")
	case len(w.ids) > maxHits:
		return w, badParameter("id", values.Get("id"), fmt.Sprintf("may name %d places", maxHits))
	case slices.ContainsFunc(w.ids, func(id string) bool { return !isAskable(id) }):
		return w, badParameter("id", values.Get("id"), "must be ids of places, separated by commas")
	}
	return w, nil
}

func isAskable(s string) bool {
	return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= maxAsked && !strings.ContainsFunc(s, unicode.IsControl)
}

// placesByName finds places with a name that begins as asked or sounds alike. Whole
// names come before beginnings and these before what sounds alike; of equals, the
// places that the data mentions come first, the most mentioned before the others,
// then those that the gazetteer puts first. Few names of small villages are among
// the first of all that begin so, therefore the data's places are asked, too.
func (s *Server) placesByName(v View, name string, limit int) []foundPlace {
	folded := gazetteer.Fold(name)
	if folded == "" {
		return nil
	}
	var found []foundPlace
	seen := map[string]bool{}
	for _, hit := range slices.Concat(s.cfg.Places.Prefix(name, limit), v.PlacesNamed(name, limit), s.cfg.Places.Lookup(name)) {
		if seen[hit.Place.ID] {
			continue
		}
		seen[hit.Place.ID] = true
		f := foundPlace{Place: hit.Place, Matched: hit.Name.Text, Match: matchPrefix, aside: hit.Name.Demonym || hit.Name.Historical || hit.Name.Colloquial}
		if hit.Match != gazetteer.Exact {
			f.Match = matchSound
		} else if gazetteer.Fold(hit.Name.Text) == folded {
			f.Match = matchExact
		}
		if filed := gazetteer.Fold(f.Name); f.Match == matchExact && filed == folded || f.Match == matchPrefix && strings.HasPrefix(filed, folded) {
			f.Matched, f.aside = f.Name, false // of names that fit alike, the one that people see
		}
		f.Events, f.Mentions = v.PlaceCounts(f.ID)
		found = append(found, f)
	}
	slices.SortStableFunc(found, func(a, b foundPlace) int {
		return cmp.Or(cmp.Compare(a.tier(), b.tier()), cmp.Compare(b.Mentions, a.Mentions))
	})
	return found[:min(limit, len(found))]
}

// tier says how well the name fits, 0 best.
func (f *foundPlace) tier() int {
	tier := 2 * slices.Index([]string{matchExact, matchPrefix, matchSound}, f.Match)
	if f.aside {
		tier++
	}
	return tier
}

// placesByID finds the places in the order of their ids. One that another
// gazetteer brought is known from the data.
func (s *Server) placesByID(ctx context.Context, v View, ids []string) []foundPlace {
	var found []foundPlace
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		p, ok := s.cfg.Places.Place(id)
		if !ok {
			summary, err := v.Place(ctx, id)
			if err != nil {
				continue
			}
			p = summary.Place
		}
		f := foundPlace{Place: p, Matched: p.Name, Match: matchID}
		f.Events, f.Mentions = v.PlaceCounts(id)
		found = append(found, f)
	}
	return found
}

func (s *Server) describePlace(f *foundPlace) {
	f.Label = s.cfg.Labels.Label(f.Place, "")
	if f.Country == "" {
		return
	}
	if c, ok := s.cfg.Places.CountryPlace(f.Country); ok {
		f.CountryName = s.cfg.Labels.Label(c, "")
	}
}

// feature is the place as GeoJSON shows it. A region of unknown shape has no
// geometry, and like all places the point of its label.
func (f *foundPlace) feature() layer.Feature {
	orNil := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	var population any
	if f.Population != 0 {
		population = f.Population
	}
	return layer.Feature{ID: f.ID, Geometry: f.Footprint(), Properties: []layer.Property{
		{Name: "id", Value: f.ID}, {Name: "name", Value: f.Name}, {Name: "label", Value: f.Label},
		{Name: "matched", Value: f.Matched}, {Name: "match", Value: f.Match},
		{Name: "country", Value: orNil(f.Country)}, {Name: "country_name", Value: orNil(f.CountryName)}, {Name: "kind", Value: string(f.Kind)},
		{Name: "population", Value: population}, {Name: "capital", Value: f.Capital}, {Name: "disputed", Value: f.Disputed},
		{Name: "events", Value: f.Events}, {Name: "mentions", Value: f.Mentions},
		{Name: "lon", Value: f.Point.Lon()}, {Name: "lat", Value: f.Point.Lat()},
	}}
}

// MarshalJSON writes a FeatureCollection.
func (p *placeSearch) MarshalJSON() ([]byte, error) {
	b := append([]byte(nil), `{"type":"FeatureCollection","features":[`...)
	for i := range p.Places {
		if i > 0 {
			b = append(b, ',')
		}
		feature := p.Places[i].feature()
		var err error
		if b, err = layer.AppendFeature(b, &feature); err != nil {
			return nil, fmt.Errorf("write place %q: %w", feature.ID, err)
		}
	}
	rest, err := json.Marshal(struct {
		Returned    int    `json:"numberReturned"`
		Gazetteer   string `json:"gazetteer"`
		Attribution string `json:"attribution"`
		Links       []link `json:"links"`
	}{len(p.Places), p.Version, p.Attribution, p.Links})
	if err != nil {
		return nil, err
	}
	return append(append(b, "],"...), rest[1:]...), nil
}
