package geoparse

import (
	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// blurred is a gazetteer as another one might be: it lacks some towns, and
// knows some words as towns that the original has not. Learning from it too
// keeps the tagger from trusting the gazetteer at hand too much. Which words
// these are depends on the words and the salt alone.
type blurred struct {
	Gazetteer
	salt uint64
}

// Of so many towns one is lacking, of so many other words one is a town.
const (
	townsForOneLost  = 2
	wordsForOneFound = 4
)

func (g blurred) Longest(folded []string) (int, []gazetteer.Hit) {
	n, hits := g.Gazetteer.Longest(folded)
	if n > 0 {
		if c := classOf(hits); c.kind == townName && c.people < 3 && g.draw(folded[0], townsForOneLost) {
			return 0, nil
		}
		return n, hits
	}
	if len(folded) == 0 || len(folded[0]) < 4 || !g.draw(folded[0], wordsForOneFound) {
		return 0, nil
	}
	h := linear.Hash(folded[0])
	p := &gazetteer.Place{ID: folded[0], Name: folded[0], Kind: gazetteer.Settlement, Country: "ZZ", Names: make([]gazetteer.Name, 1+h>>8%4)}
	p.Population = []int64{0, 500, 3_000, 8_000, 30_000, 150_000}[h>>16%6]
	return 1, []gazetteer.Hit{{Place: p, Name: gazetteer.Name{Text: "A" + folded[0]}}}
}

// draw picks one of n words.
func (g blurred) draw(word string, n uint64) bool {
	return (linear.Hash(word)^g.salt)*0x9E3779B97F4A7C15>>32%n == 0
}
