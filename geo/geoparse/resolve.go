package geoparse

import (
	"math"
	"sort"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// maxKnown bounds how many unambiguous places give a document's whereabouts.
const maxKnown = 200

// resolve chooses among the places that bear each name. A country wins over
// its namesakes; then the place whose country the document speaks of most, the
// one nearest to the document's other places, and the most populous. The same
// name means the same place throughout a document.
func resolve(tops []*toponym) {
	countries := make(map[string]int)
	var known []orb.Point
	seen := make(map[string]bool)
	for _, t := range tops {
		if cs := candidates(t); len(cs) == 1 {
			countries[cs[0].Country]++
			// governments are spoken of from everywhere; other places show where the text is
			if cs[0].Kind != gazetteer.Country && !cs[0].Capital && !seen[cs[0].ID] && len(known) < maxKnown {
				seen[cs[0].ID] = true
				known = append(known, cs[0].Point)
			}
		}
	}
	delete(countries, "")
	for _, t := range tops {
		cs := candidates(t)
		if len(cs) == 0 {
			t.because(0.8, "no place of that name is known")
			continue
		}
		if len(cs) > 1 {
			sort.SliceStable(cs, func(i, j int) bool { return prior(cs[i], countries, known) > prior(cs[j], countries, known) })
		}
		t.place, t.runnersUp = cs[0], cs[1:]
		if len(t.runnersUp) == 0 {
			t.because(0.98, "no other place of that name is known")
			continue
		}
		w := prior(cs[0], countries, known)
		w /= w + prior(cs[1], countries, known)
		t.because(0.5+w/2, "chosen before "+cs[1].Name+" ("+cs[1].ID+") by country, nearness and size")
	}
}

// candidates lists the places of the hits once each, names before demonyms.
func candidates(t *toponym) []*gazetteer.Place {
	var cs []*gazetteer.Place
	seen := make(map[string]bool)
	for _, h := range t.hits {
		if !seen[h.Place.ID] && h.Name.Demonym == t.demonym {
			seen[h.Place.ID] = true
			cs = append(cs, h.Place)
		}
	}
	return cs
}

// nearMetres is the distance at which another place's pull falls to 1/e.
const nearMetres = 50_000

// prior weighs a candidate; only the order and the ratios matter.
func prior(p *gazetteer.Place, countries map[string]int, known []orb.Point) float64 {
	w := 1.0
	switch {
	case p.Kind == gazetteer.Country:
		w = 40
	case p.Capital:
		w = 12
	case p.Kind == gazetteer.Settlement && p.Population > 0:
		w = 1.5
	}
	w *= 1 + math.Log1p(float64(countries[p.Country]))
	for pop := p.Population; pop >= 10_000; pop /= 10 {
		w *= 1.5
	}
	near := 0.0
	for _, k := range known {
		near += math.Exp(-orbgeo.Distance(k, p.Point) / nearMetres)
	}
	return w * (1 + 2*near)
}

// wherePrecision is UCDP's where_prec of what the text says of the place.
func wherePrecision(t *toponym) geo.WherePrecision {
	if t.place == nil {
		return geo.WhereUndefined
	}
	switch t.place.Kind {
	case gazetteer.Country:
		return geo.WhereCountry
	case gazetteer.Region:
		return geo.WhereProvince
	case gazetteer.Sea, gazetteer.Strait, gazetteer.Bay:
		return geo.WhereSeaOrAir
	}
	if t.place.Kind.Extended() {
		return geo.WhereArea
	}
	if t.near {
		return geo.WhereNear
	}
	return geo.WhereExact
}
