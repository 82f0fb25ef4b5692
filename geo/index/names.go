package index

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// placeNames are the folded names of places, sorted. They are made when they are
// first asked for, once for all views of the same places.
type placeNames struct {
	once   sync.Once
	folded texts
	place  []uint32
	name   []uint16 // in Place.Names
}

func (p *places) named() *placeNames {
	n := &p.names
	n.once.Do(func() {
		type entry struct {
			folded string
			place  uint32
			name   uint16
		}
		var all []entry
		for i := 1; i <= p.len(); i++ {
			for j, name := range p.all[i].Names[:min(len(p.all[i].Names), math.MaxUint16)] {
				if folded := gazetteer.Fold(name.Text); folded != "" {
					all = append(all, entry{folded, uint32(i), uint16(j)})
				}
			}
		}
		slices.SortFunc(all, func(a, b entry) int {
			return cmp.Or(strings.Compare(a.folded, b.folded), cmp.Compare(a.place, b.place), cmp.Compare(a.name, b.name))
		})
		n.folded = textsOf(len(all), func(i int) string { return all[i].folded })
		n.place, n.name = make([]uint32, len(all)), make([]uint16, len(all))
		for i, e := range all {
			n.place[i], n.name[i] = e.place, e.name
		}
	})
	return n
}

// PlacesNamed returns up to limit of the places that mentions name, those with a name
// that begins with the prefix, folded; the most mentioned first, each once under the
// name that fits best: the whole one, else one that is no demonym, former name or
// nickname.
func (v *View) PlacesNamed(prefix string, limit int) []gazetteer.Hit {
	prefix = gazetteer.Fold(prefix)
	if prefix == "" {
		return nil
	}
	names := v.places.named()
	best := make(map[uint32]int) // by place: which of names
	from := sort.Search(len(names.place), func(i int) bool { return names.folded.at(uint32(i)) >= prefix })
	for i := from; i < len(names.place) && strings.HasPrefix(names.folded.at(uint32(i)), prefix); i++ {
		p := names.place[i]
		if v.sums[p].mentions == 0 {
			continue
		}
		if other, ok := best[p]; !ok || v.isAside(names, other) && !v.isAside(names, i) && names.folded.at(uint32(other)) != prefix {
			best[p] = i
		}
	}
	found := make([]uint32, 0, len(best))
	for p := range best {
		found = append(found, p)
	}
	slices.SortFunc(found, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(v.sums[b].mentions, v.sums[a].mentions), cmp.Compare(a, b))
	})
	hits := make([]gazetteer.Hit, 0, min(limit, len(found)))
	for _, p := range found[:min(limit, len(found))] {
		place := v.places.all[p]
		hits = append(hits, gazetteer.Hit{Place: place, Name: place.Names[names.name[best[p]]]})
	}
	return hits
}

func (v *View) isAside(names *placeNames, i int) bool {
	n := &v.places.all[names.place[i]].Names[names.name[i]]
	return n.Demonym || n.Historical || n.Colloquial
}
