package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// articles holds the articles as columns, in the order of ids.
type articles struct {
	ids, origins texts
	titles, urls texts // many mentions share them, and they lie far apart in the store
	keys         []int64
	source       []uint32 // in sources
	published    []geo.Day
	sources      []string
	last         int64 // the highest key
}

// with adds or replaces articles. moved says where each of a stands now; nil:
// all stand where they were.
func (a *articles) with(some []Article) (all *articles, moved []uint32) {
	if len(some) == 0 {
		return a, nil
	}
	order := make([]int, len(some))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Or(strings.Compare(some[x].ID, some[y].ID), cmp.Compare(x, y)) })
	// Where each of all comes from: a, or some as ^i.
	plan := make([]int, 0, len(a.keys)+len(some))
	moved = make([]uint32, len(a.keys))
	i := 0
	for at, n := range order {
		id := some[n].ID
		if at+1 < len(order) && some[order[at+1]].ID == id {
			continue // the later word counts
		}
		for ; i < len(a.keys) && a.ids.at(uint32(i)) < id; i++ {
			moved[i] = uint32(len(plan))
			plan = append(plan, i)
		}
		if i < len(a.keys) && a.ids.at(uint32(i)) == id {
			moved[i] = uint32(len(plan))
			i++
		}
		plan = append(plan, ^n)
	}
	for ; i < len(a.keys); i++ {
		moved[i] = uint32(len(plan))
		plan = append(plan, i)
	}
	return a.planned(plan, some), moved
}

func (a *articles) planned(plan []int, some []Article) *articles {
	sources := newDictionary(a.sources)
	all := &articles{
		keys: make([]int64, len(plan)), source: make([]uint32, len(plan)), published: make([]geo.Day, len(plan)), last: a.last,
	}
	pick := func(old *texts, of func(*Article) string) texts {
		return textsOf(len(plan), func(i int) string {
			if plan[i] < 0 {
				return of(&some[^plan[i]])
			}
			return old.at(uint32(plan[i]))
		})
	}
	all.ids = pick(&a.ids, func(x *Article) string { return x.ID })
	all.origins = pick(&a.origins, func(x *Article) string { return x.Origin })
	all.titles = pick(&a.titles, func(x *Article) string { return x.Title })
	all.urls = pick(&a.urls, func(x *Article) string { return x.URL })
	for i, from := range plan {
		if from < 0 {
			x := &some[^from]
			all.keys[i], all.source[i], all.published[i] = x.Key, sources.number(x.Source), x.Published
			all.last = max(all.last, x.Key)
			continue
		}
		all.keys[i], all.source[i], all.published[i] = a.keys[from], a.source[from], a.published[from]
	}
	all.sources = sources.list
	return all
}

// countAccounts counts the accounts that the articles give, each named once.
func (a *articles) countAccounts(some []uint32) uint32 {
	if len(some) < 2 {
		return uint32(len(some))
	}
	origins := make([]string, len(some))
	for i, article := range some {
		origins[i] = a.origins.at(article)
	}
	slices.Sort(origins)
	return uint32(len(slices.Compact(origins)))
}

// places holds the places in the order of ids, from 1; 0 is none.
type places struct {
	all       []*gazetteer.Place
	keys      []int64
	bounds    []orb.Bound    // of Geometry
	footprint []orb.Geometry // nil where nothing may be drawn
	country   []uint32       // in countries
	countries []string       // by number; 0 is none
	names     placeNames
}

func (p *places) len() int { return max(0, len(p.all)-1) }

// find returns the number of the place with the id.
func (p *places) find(id string) (uint32, bool) {
	if p.len() == 0 {
		return 0, false
	}
	i, ok := slices.BinarySearchFunc(p.all[1:], id, func(x *gazetteer.Place, id string) int { return strings.Compare(x.ID, id) })
	return uint32(i + 1), ok
}

// with adds or replaces places. moved says where each stands now; nil: where it was.
func (p *places) with(some []Place) (all *places, moved []uint32) {
	if len(some) == 0 && len(p.all) > 0 {
		return p, nil
	}
	byID := make(map[string]Place, len(p.all)+len(some))
	for i := range p.len() {
		byID[p.all[i+1].ID] = Place{Key: p.keys[i+1], Place: p.all[i+1]}
	}
	for _, x := range some {
		byID[x.Place.ID] = x
	}
	list := make([]Place, 0, len(byID))
	for _, x := range byID {
		list = append(list, x)
	}
	slices.SortFunc(list, func(x, y Place) int { return cmp.Compare(x.Place.ID, y.Place.ID) })
	all = placesOf(list)
	moved = make([]uint32, max(1, len(p.all)))
	for i := range p.len() {
		moved[i+1], _ = all.find(p.all[i+1].ID)
	}
	return all, moved
}

func placesOf(list []Place) *places {
	n := len(list) + 1
	p := &places{
		all: make([]*gazetteer.Place, n), keys: make([]int64, n), bounds: make([]orb.Bound, n),
		footprint: make([]orb.Geometry, n), country: make([]uint32, n),
	}
	countries := newDictionary(nil)
	for i, x := range list {
		p.all[i+1], p.keys[i+1] = x.Place, x.Key
		p.bounds[i+1] = x.Place.Geometry().Bound()
		p.footprint[i+1] = x.Place.Footprint()
		p.country[i+1] = countries.number(x.Place.Country)
	}
	p.countries = countries.list
	return p
}
