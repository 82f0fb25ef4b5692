package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// Facet is a value with the number of features that have it.
type Facet struct {
	Value string
	Label string // of countries and places, else empty
	Count int
}

// Facets counts the selected features by value.
type Facets struct {
	Total                                             int
	Events, Roles, Countries, Places, Sources, Claims []Facet // most frequent first
}

// Facets counts the values under the query. Each list leaves out the condition
// of the filter on its own field, so that it shows what another choice would give.
// Lists of countries, places and sources have at most limit values. An event has
// the sources and the claims of all its mentions. What has no value is in no list.
// The facets are shared: don't change them.
func (v *View) Facets(ctx context.Context, collection string, q Query, limit int) (*Facets, error) {
	key := fmt.Sprintf("%d facets of %s?%s", limit, collection, q.Key())
	f, err := rememberLarge(ctx, v.cache, key, func() (*Facets, int, error) {
		f, err := v.facets(ctx, collection, &q, limit)
		if err != nil {
			return nil, 0, err
		}
		const each = 80
		return f, each * (len(f.Countries) + len(f.Places) + len(f.Sources) + len(v.words.events) + 8), nil
	})
	if err != nil {
		return nil, fmt.Errorf("facets of %s: %w", collection, err)
	}
	return f, nil
}

// The fields that have facets.
const (
	eventFacet = iota
	roleFacet
	countryFacet
	placeFacet
	sourceFacet
	claimFacet
	facetFields
)

// without is the query without the condition on a field.
func (q *Query) without(field int) *Query {
	some := *q
	f := &some.Filter
	switch field {
	case eventFacet:
		f.Events = nil
	case roleFacet:
		f.Roles = nil
	case countryFacet:
		f.Countries = nil
	case placeFacet:
		f.Places = nil
	case sourceFacet:
		f.Sources = nil
	case claimFacet:
		f.Claims = nil
	}
	return &some
}

// tally counts by number of the value.
type tally [facetFields][]int

func (v *View) newTally() *tally {
	return &tally{
		make([]int, len(v.words.events)), make([]int, len(v.words.roles)), make([]int, len(v.places.countries)),
		make([]int, v.places.len()+1), make([]int, len(v.articles.sources)), make([]int, len(v.words.claims)),
	}
}

func (v *View) facets(ctx context.Context, collection string, q *Query, limit int) (*Facets, error) {
	counts := v.newTally()
	count := v.tallyEvents
	if collection == "mentions" {
		count = v.tallyMentions
	}
	total, err := count(ctx, q, counts)
	if err != nil {
		return nil, err
	}
	f := &Facets{Total: total}
	f.Events = listed(counts[eventFacet], v.words.events, 0)
	f.Roles = listed(counts[roleFacet], v.words.roles, 0)
	f.Claims = listed(counts[claimFacet], v.words.claims, 0)
	f.Sources = listed(counts[sourceFacet], v.articles.sources, limit)
	f.Countries = listed(counts[countryFacet], v.places.countries, limit)
	for i := range f.Countries {
		f.Countries[i].Label = v.countryName(f.Countries[i].Value)
	}
	ids := make([]string, len(v.places.all))
	for i, p := range v.places.all[1:] {
		ids[i+1] = p.ID
	}
	f.Places = listed(counts[placeFacet], ids, limit)
	for i := range f.Places {
		p, _ := v.places.find(f.Places[i].Value)
		f.Places[i].Label = v.options.labels.Label(v.places.all[p], "")
	}
	return f, nil
}

// listed lists the values that were counted, the most frequent first; a limit of 0 is none.
func listed[T ~string](counts []int, values []T, limit int) []Facet {
	var all []Facet
	for i, n := range counts {
		if n > 0 && values[i] != "" {
			all = append(all, Facet{Value: string(values[i]), Count: n})
		}
	}
	slices.SortFunc(all, func(a, b Facet) int { return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value)) })
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	return all
}

// countryName is the name of a country that is mentioned, else its code.
func (v *View) countryName(code string) string {
	for i, p := range v.places.all {
		if i > 0 && p.Kind == gazetteer.Country && p.Country == code {
			return v.options.labels.Label(p, "")
		}
	}
	return code
}

// tallyMentions counts in one go: a mention that fails only the condition on one
// field counts for that field.
func (v *View) tallyMentions(ctx context.Context, q *Query, counts *tally) (total int, err error) {
	common := q
	for field := range facetFields {
		common = common.without(field)
	}
	f := &q.Filter
	events, roles := v.words.kindsOf(&geo.Filter{Events: f.Events}), v.words.kindsOf(&geo.Filter{Roles: f.Roles})
	claims := v.words.kindsOf(&geo.Filter{Claims: f.Claims})
	sources, countries, places := v.chosen(f)
	t := v.table
	err = v.eachMention(ctx, common, func(int) {}, func(r uint32) {
		kind, place := t.flags[r], t.place[r]
		source, country := v.articles.source[t.article[r]], v.places.country[place]
		fails := [facetFields]bool{
			!events[kind%kinds], !roles[kind%kinds], !countries[country] || place == 0 && len(f.Countries) > 0,
			!places[place], !sources[source], !claims[kind%kinds],
		}
		numbers := [facetFields]int{kind.event(), kind.role(), int(country), int(place), int(source), kind.claim()}
		failed, which := 0, 0
		for field, fail := range fails {
			if fail {
				failed, which = failed+1, field
			}
		}
		switch failed {
		case 0:
			total++
			for field, n := range numbers {
				counts[field][n]++
			}
		case 1:
			counts[which][numbers[which]]++
		}
	})
	return total, err
}

// chosen are the sources, countries and places of the filter, by number.
func (v *View) chosen(f *geo.Filter) (sources, countries, places []bool) {
	sources, countries = make([]bool, len(v.articles.sources)), make([]bool, len(v.places.countries))
	for i, s := range v.articles.sources {
		sources[i] = among(f.Sources, s)
	}
	for i, c := range v.places.countries {
		countries[i] = among(f.Countries, c)
	}
	places = make([]bool, v.places.len()+1)
	for i := range places {
		places[i] = len(f.Places) == 0
	}
	for _, id := range f.Places {
		if i, ok := v.places.find(id); ok {
			places[i] = true
		}
	}
	return sources, countries, places
}

// tallyEvents counts each field under the conditions on the others.
func (v *View) tallyEvents(ctx context.Context, q *Query, counts *tally) (total int, err error) {
	for field := range facetFields {
		of := counts[field]
		seen := make([]int, len(of)) // which event had the value last
		n := 0
		err := v.eachEvent(ctx, q.without(field), func(e *events, i uint32) {
			n++
			if field != sourceFacet && field != claimFacet {
				of[v.valueOf(e, i, field)]++
				return
			}
			for _, r := range e.members(i) {
				value := v.table.flags[r].claim()
				if field == sourceFacet {
					value = int(v.articles.source[v.table.article[r]])
				}
				if seen[value] != n {
					seen[value] = n
					of[value]++
				}
			}
		})
		if err != nil {
			return 0, err
		}
	}
	s, err := v.eventSet(ctx, q)
	if err != nil {
		return 0, err
	}
	return s.len(), nil
}

func (v *View) valueOf(e *events, i uint32, field int) int {
	switch field {
	case eventFacet:
		return e.flags[i].event()
	case roleFacet:
		return e.flags[i].role()
	case countryFacet:
		return int(v.places.country[e.place[i]])
	}
	return int(e.place[i])
}
