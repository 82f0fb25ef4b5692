package main

import (
	"sync"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// countries finds countries with their capitals in the gazetteer, which must stay
// open. Of several capitals it is the most populous.
func countries(g *gazetteer.Gazetteer) func(code string) (country, capital *gazetteer.Place) {
	// All places are looked through once, when the first capital is asked for.
	capitals := sync.OnceValue(func() map[string]*gazetteer.Place {
		found := map[string]*gazetteer.Place{}
		for p := range g.Capitals() {
			if other := found[p.Country]; other == nil || p.Population > other.Population {
				found[p.Country] = p
			}
		}
		return found
	})
	return func(code string) (country, capital *gazetteer.Place) {
		country, _ = g.CountryPlace(code)
		return country, capitals()[code]
	}
}
