package gazetteer

import (
	"cmp"
	"slices"
	"strings"
)

// index finds hits by folded name. It knows every word-wise beginning of a
// name too, so that a scan for the longest one stops as soon as nothing longer
// can match.
type index map[string]entry

type entry struct {
	hits   []Hit // best first; nil if this is only the beginning of a name
	longer bool  // a longer name begins like this
}

// newIndex files every name of the places under its folded form.
func newIndex(places []*Place) index {
	ix := make(index, 4*len(places))
	for _, p := range places {
		for _, n := range p.Names {
			if key := Fold(n.Text); key != "" {
				ix.add(key, Hit{Place: p, Name: n})
			}
		}
	}
	for key, e := range ix {
		if len(e.hits) > 0 {
			e.hits = rank(e.hits)
			ix[key] = e
		}
	}
	return ix
}

func (ix index) add(key string, h Hit) {
	e := ix[key]
	e.hits = append(e.hits, h)
	ix[key] = e
	for i := range len(key) {
		if key[i] == ' ' {
			p := ix[key[:i]]
			p.longer = true
			ix[key[:i]] = p
		}
	}
}

// longest returns how many of words make up the longest name that starts at
// the first, and what bears it. One empty word (a comma, a quotation mark) may
// stand between two others.
func (ix index) longest(words []string) (int, []Hit) {
	if len(words) == 0 || words[0] == "" {
		return 0, nil
	}
	var (
		room   [128]byte // the joined words seldom outgrow it
		joined = append(room[:0], words[0]...)
		n      int
		hits   []Hit
	)
	for i := 0; ; {
		e, ok := ix[string(joined)]
		if !ok {
			return n, hits
		}
		if len(e.hits) > 0 {
			n, hits = i+1, e.hits
		}
		i++
		if i < len(words) && words[i] == "" {
			i++
		}
		if !e.longer || i >= len(words) || words[i] == "" {
			return n, hits
		}
		joined = append(append(joined, ' '), words[i]...)
	}
}

// rank sorts hits best first and leaves one for each place. Better is, in this
// order: a name before a demonym, a current name before a historical one, the
// usual name before others, a country, a capital, more people, the kind that
// news names more often; at last the id, so that the order never varies.
func rank(hits []Hit) []Hit {
	slices.SortStableFunc(hits, compare)
	seen := make(map[*Place]bool, len(hits))
	return slices.Clip(slices.DeleteFunc(hits, func(h Hit) bool {
		again := seen[h.Place]
		seen[h.Place] = true
		return again
	}))
}

func compare(a, b Hit) int {
	return cmp.Or(
		falseFirst(a.Name.Demonym, b.Name.Demonym),
		falseFirst(a.Name.Historical, b.Name.Historical),
		falseFirst(!a.Name.Preferred, !b.Name.Preferred),
		falseFirst(a.Place.Kind != Country, b.Place.Kind != Country),
		falseFirst(!a.Place.Capital, !b.Place.Capital),
		cmp.Compare(b.Place.Population, a.Place.Population),
		cmp.Compare(kindOrder(a.Place.Kind), kindOrder(b.Place.Kind)),
		strings.Compare(a.Place.ID, b.Place.ID),
	)
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func kindOrder(k Kind) int {
	switch k {
	case Country:
		return 0
	case Region:
		return 1
	case Settlement:
		return 2
	case Line:
		return 3
	}
	return 4
}
