package geoparse

import (
	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// maxRunnersUp is how many places a mention remembers that its name may mean instead.
const maxRunnersUp = 3

// resolve chooses among the places that bear each name. The rules weigh them
// first, the same for all mentions of a name unless the text says where one lies; the
// model then weighs them again, knowing what the rules chose for the names around.
func (p *Parser) resolve(d *document, tops []*toponym) {
	r := p.newResolver(d, tops)
	r.weigh()
	if m := p.models[PlaceSeam]; m != nil {
		r.look()
		r.scoreSenses(m)
		for i := range tops {
			r.decideBy(m, i)
		}
		return
	}
	for i := range tops {
		r.decide(i)
	}
}

// decide takes the candidate that the rules weigh most.
func (r *resolver) decide(i int) {
	t := r.tops[i]
	if r.of[i] < 0 {
		t.because(0.8, "no place of that name is known")
		return
	}
	s := &r.senses[r.of[i]]
	weights := r.weights[:len(s.cands)]
	for j := range s.cands {
		weights[j] = s.cands[j].rule
		if l := r.links[i]; l.how != unrelated && l.how != byList {
			if _, some := r.holds(i, &s.cands[j]); some != apart {
				weights[j] *= linkWeight
			}
		}
	}
	r.settle(i, weights)
}

// settle writes the choice of toponym i: the candidate of the largest weight,
// the next ones, and its share of the weights.
func (r *resolver) settle(i int, weights []float64) {
	t, s := r.tops[i], &r.senses[r.of[i]]
	var order [maxRunnersUp + 1]int
	n, total := 0, 0.0
	for j, w := range weights {
		total += w
		at := n
		for at > 0 && weights[order[at-1]] < w {
			at--
		}
		if at == len(order) {
			continue
		}
		n = min(n+1, len(order))
		copy(order[at+1:n], order[at:])
		order[at] = j
	}
	c := &s.cands[order[0]]
	t.place = c.place
	t.demonym = c.name.Demonym
	t.runnersUp = make([]*gazetteer.Place, 0, n-1)
	for _, j := range order[1:n] {
		t.runnersUp = append(t.runnersUp, s.cands[j].place)
	}
	t.placeShare = weights[order[0]] / total
	if n == 1 {
		t.placeShare = soleShare
		t.because(0.98, "no other place of that name is known")
		return
	}
	w := weights[order[0]] / (weights[order[0]] + weights[order[1]])
	next := s.cands[order[1]].place
	t.because(0.5+w/2, "chosen before "+next.Name+" ("+next.ID+") by country, nearness and size")
}

// soleShare is how often the only place that a gazetteer has for a name is the
// one meant, about, by the articles that the parser was trained on.
const soleShare = 0.97

// wherePrecision is UCDP's where_prec of what the text says of the place.
func wherePrecision(t *toponym) geo.WherePrecision {
	if t.place == nil {
		return geo.WhereUndefined
	}
	if t.moved() {
		return t.offset.prec
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
	if t.near || t.partly {
		return geo.WhereNear
	}
	return geo.WhereExact
}
