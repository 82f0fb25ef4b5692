package geoparse

import (
	"math"
	"slices"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// learnPlaces adds the examples of the place seam: of each name that several
// places bear, which of them the reader meant. Where the reader says what kind of
// place it is, a namesake of another kind near by is wrong.
func (p *Parser) learnPlaces(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
	r := p.newResolver(d, tops)
	r.weigh()
	r.look()
	var links grading
	for i, g := range gold {
		if g.IsPlace == nil || r.of[i] < 0 || len(r.senses[r.of[i]].cands) < 2 {
			continue
		}
		c := linear.Choice{Weight: weightOfMention(doc.Weight, r.senses[r.of[i]].mentions), Group: doc.Group}
		var near [2 * maxNear]int32
		around := r.around(i, near[:0])
		r.grade(i, &links)
		cands := r.senses[r.of[i]].cands
		anyRight := false
		for j := range cands {
			var b linear.Bag
			r.documentFeatures(int(r.of[i]), j, &b)
			r.mentionFeatures(i, j, around, &links, &b)
			c.Candidates = append(c.Candidates, b)
			c.Right = append(c.Right, g.IsPlace(cands[j].place))
			anyRight = anyRight || c.Right[j]
		}
		if anyRight {
			keepKind(cands, c.Right, g.Kind)
			l.Place = append(l.Place, c)
		}
	}
}

// weightOfMention is the weight of an example among all of its name in the
// document: a name that stands there ten times is not ten lessons.
func weightOfMention(document float64, mentions int) float64 {
	if document == 0 {
		document = 1
	}
	return document / math.Sqrt(float64(mentions))
}

// keepKind leaves right only the candidates of the kind, if any right one is.
func keepKind(cands []candidate, right []bool, kind gazetteer.Kind) {
	found := false
	for j := range cands {
		found = found || right[j] && cands[j].place.Kind == kind
	}
	for j := range cands {
		right[j] = right[j] && (!found || cands[j].place.Kind == kind)
	}
}

// scoreSenses scores the candidates by what holds for all mentions of a name.
func (r *resolver) scoreSenses(m *linear.Model) {
	b := r.bag
	for k := range r.senses {
		s := &r.senses[k]
		if len(s.cands) < 2 {
			continue
		}
		for c := range s.cands {
			b = b[:0]
			r.documentFeatures(k, c, &b)
			s.cands[c].base = m.Score(b)
		}
	}
	r.bag = b
}

// decideBy takes the candidate that the model scores best.
func (r *resolver) decideBy(m *linear.Model, i int) {
	if r.of[i] < 0 || len(r.senses[r.of[i]].cands) < 2 {
		r.decide(i)
		return
	}
	s := &r.senses[r.of[i]]
	var room [2 * maxNear]int32
	near := r.around(i, room[:0])
	var links grading
	r.grade(i, &links)
	b := r.bag
	weights := r.weights[:len(s.cands)]
	for c := range s.cands {
		b = b[:0]
		r.mentionFeatures(i, c, near, &links, &b)
		weights[c] = float64(s.cands[c].base+m.Score(b)) + math.Log(r.saidWeight(i, c, &links))
	}
	best := slices.Max(weights)
	for c := range weights {
		weights[c] = math.Exp(weights[c] - best)
	}
	r.bag = b
	r.settle(i, weights)
}

// saidWeight is linkWeight for a candidate that lies where the text says, or
// that holds what the text says it does. Such words are too rare in what the model
// learns from for it to trust them as they deserve.
func (r *resolver) saidWeight(i, c int, g *grading) float64 {
	w := 1.0
	if g.anyBest && g.best[c] != apart && r.links[i].how != byList {
		w *= linkWeight
	}
	if g.anyHeld && g.held[c] != apart && r.links[r.held[i]].how != byList {
		w *= linkWeight
	}
	return w
}
