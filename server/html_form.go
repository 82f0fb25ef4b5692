package server

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// formView is the filter of a page of features as a form, filled in as the
// request has it.
type formView struct {
	Action, Reset, Queryables                         string
	Hidden                                            []hiddenField
	Q, From, To, BBox, Country, Source, MinConfidence string
	Filter                                            string
	Limit                                             int
	Kinds                                             choiceView
	Picks                                             []pickView
	More                                              bool         // a field that is folded away at first is filled in
	Choices                                           []choiceView // folded away, too
}

// hiddenField keeps a parameter that the form has no field for.
type hiddenField struct{ Name, Value string }

type choiceView struct {
	Name, Legend string
	Options      []optionView
}

type optionView struct {
	Value, Label string
	Checked      bool
}

// The names of the form's two fields for datetime.
const (
	fieldFrom = "day-from"
	fieldTo   = "day-to"
)

func viewForm(r *itemsPage) formView {
	given := url.Values(r.Given)
	at := r.Base + r.Collection.variant.path()
	v := formView{
		Action: at + "/search", Reset: r.ItemsURL + "?f=html", Queryables: at + "/queryables?f=html",
		Q: given.Get("q"), BBox: given.Get("bbox"), Country: strings.Join(given["country"], ","), MinConfidence: given.Get("min_confidence"),
		Limit: r.Limit, Filter: given.Get("filter"),
	}
	own := []string{"q", "bbox", "country", "min_confidence", "limit", "filter", "event", "role", "claim", "cursor", "f", orderParam, placedParam}
	if days, ok := daysOf(given.Get("datetime")); ok {
		v.From, v.To = days.From.String(), days.To.String()
		own = append(own, "datetime")
	}
	if sources := given["source"]; len(sources) == 1 { // more stay as they are: a name may hold a comma
		v.Source = sources[0]
		own = append(own, "source")
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(own, name) {
			for _, value := range given[name] {
				v.Hidden = append(v.Hidden, hiddenField{name, value})
			}
		}
	}
	v.Kinds = choiceOf(given, "event", "Kind of event", geo.EventTypes())
	if r.Collection.variant.collection != layer.EventCollection {
		v.Choices = append(v.Choices, choiceOf(given, "role", "Role of the place", geo.Roles()))
	}
	v.Choices = append(v.Choices, choiceOf(given, "claim", "Voice", geo.Claims()))
	v.Picks = picksOf(given, r.Collection.variant.collection)
	v.More = slices.ContainsFunc([]string{"bbox", "country", "source", "min_confidence", "role", "claim", "filter"}, given.Has)
	return v
}

// daysOf reads an interval of days that two fields for a date can hold.
func daysOf(datetime string) (geo.Interval, bool) {
	if datetime == "" {
		return geo.Interval{}, true
	}
	f, err := geo.ParseFilter(map[string][]string{"datetime": {datetime}})
	return f.Datetime, err == nil
}

func choiceOf[T ~string](given url.Values, name, legend string, codes []T) choiceView {
	chosen := strings.Split(strings.Join(given[name], ","), ",")
	c := choiceView{Name: name, Legend: legend}
	for _, code := range codes {
		c.Options = append(c.Options, optionView{string(code), eventLabel(string(code)), slices.Contains(chosen, string(code))})
	}
	return c
}

func (s *Server) searchRoutes(app *fiber.App) {
	for _, x := range variants() {
		app.Get(x.path()+"/search", s.search(x))
	}
}

// search leads from the form to the page of features. A form sends its empty
// fields, too, which would be no good values of the parameters.
func (s *Server) search(x variant) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return s.cached(c, func(_ context.Context, r *request, _ View) (answer, error) {
			values, err := r.values()
			if err != nil {
				return answer{}, err
			}
			a := answer{status: fiber.StatusSeeOther}
			a.header(fiber.HeaderLocation, r.base+x.path()+"/items?"+searched(values))
			return a, nil
		})
	}
}

// searched is the query of the features that a filled in form asks for.
func searched(values url.Values) string {
	from, to := values.Get(fieldFrom), values.Get(fieldTo)
	delete(values, fieldFrom)
	delete(values, fieldTo)
	if from != "" || to != "" {
		values.Set("datetime", orElse(from, "..")+"/"+orElse(to, ".."))
	}
	for name, given := range values {
		for i := range given {
			given[i] = strings.TrimSpace(given[i])
		}
		given = slices.DeleteFunc(given, func(v string) bool { return v == "" })
		if values[name] = given; len(given) == 0 {
			delete(values, name)
		}
	}
	values.Set("f", "html")
	return geo.EncodeQuery(values)
}
