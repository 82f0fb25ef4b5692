package geoparse

import (
	"math"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// The confidence of a mention is the probability that it is one, that its
// place is the right one and its role, too. The seams' own shares are each too
// sure of themselves and don't multiply, since hard sentences are hard for all of
// them; a model learns from predictions on articles that the seams' models
// hadn't seen how often such shares were right.

// The features of the confidence seam. Shares stand as ladders: a rung for
// each threshold that the log odds reach, so that the weights of the rungs add up to
// any curve, and the penalty on them keeps it smooth.
const (
	confAlways linear.Template = iota
	confSpan
	confPlace
	confRole
	confProduct
	confLeast
	confRules
	confAbsent
	confKind
	confRoleIs
	confRoleKind
	confRoleShare
	confRoleProduct
	confChoices
	confUpper
)

// The rungs of a ladder: log odds from -2 (0.12) to 7 (0.999) by halves.
const (
	lowestRung = -2.0
	rungHeight = 0.5
	rungs      = 19
)

// ladder adds a rung for each threshold that the share's log odds reach.
func ladder(b *linear.Bag, t linear.Template, share float64) {
	for k := range rungsOf(share) {
		b.Add(t, uint64(k))
	}
}

// rungsOf is how many rungs the share reaches.
func rungsOf(share float64) int {
	odds := math.Log(share / (1 - share))
	if math.IsNaN(odds) || odds < lowestRung {
		return 0
	}
	return int(math.Min(rungs, 1+math.Floor((odds-lowestRung)/rungHeight)))
}

// confidenceFeatures writes what the confidence in the toponym rests on.
func (d *document) confidenceFeatures(t *toponym, b linear.Bag) linear.Bag {
	b = b[:0]
	b.Flag(confAlways)
	product, least := 1.0, 1.0
	for i, share := range [...]float64{t.spanShare, t.placeShare, t.roleShare} {
		if share == 0 { // decided by a rule, or not at all
			b.Add(confAbsent, uint64(i))
			continue
		}
		ladder(&b, confSpan+linear.Template(i), share)
		product *= share
		least = min(least, share)
	}
	if t.spanShare == 0 || t.roleShare == 0 {
		ladder(&b, confRules, t.ruleWeight())
	}
	ladder(&b, confProduct, product)
	ladder(&b, confLeast, least)

	role, kind := roleCode(t.role), confidenceKind(t)
	b.Add(confKind, kind)
	b.Add(confRoleIs, role)
	b.Add2(confRoleKind, role, kind)
	for k := range (rungsOf(t.roleShare) + 1) / 2 {
		b.Add2(confRoleShare, role, uint64(k))
	}
	for k := range (rungsOf(product) + 1) / 2 {
		b.Add2(confRoleProduct, role, uint64(k))
	}
	b.Add(confChoices, uint64(min(3, len(t.runnersUp))))
	b.When(confUpper, d.toks[t.first].allCaps())
	return b
}

// confidenceKind tells places apart by how hard they are to get right.
func confidenceKind(t *toponym) uint64 {
	switch {
	case t.demonym:
		return 1
	case t.place == nil:
		return 2
	case t.place.Kind == gazetteer.Country:
		return 3
	case t.place.Capital:
		return 4
	case t.place.Kind == gazetteer.Settlement:
		return 5
	case t.place.Kind == gazetteer.Region:
		return 6
	}
	return 7
}

// ruleWeight is the product of the weights of the cues: how sure the rules are.
func (t *toponym) ruleWeight() float64 {
	w := 1.0
	for _, c := range t.cues {
		w *= c.weight
	}
	return w
}

// confidence is how sure the parser is of the mention, 0 to 1: by the model of
// the seam, or without one by the weights of the rules that decided.
func (p *Parser) confidence(d *document, t *toponym) float64 {
	w := t.ruleWeight()
	if m := p.models[ConfidenceSeam]; m != nil && m.Classes() == 2 {
		d.bag = d.confidenceFeatures(t, d.bag)
		var scores [2]float32
		m.Scores(d.bag, scores[:])
		linear.Softmax(scores[:])
		w = float64(scores[1])
	}
	return float64(int(w*100+0.5)) / 100
}

// LearnConfidence adds an example for each mention that the parser, with its
// models, finds in the document. The models must not have learned from it.
func (p *Parser) LearnConfidence(doc Labelled, l *Lessons) {
	gold := make(map[[2]int]Gold, len(doc.Gold))
	for _, g := range doc.Gold {
		gold[[2]int{g.Start, g.End}] = g
	}
	d, tops := p.decide(doc.Article)
	for _, t := range tops {
		g, ok := gold[[2]int{d.toks[t.first].start, d.toks[t.last].end}]
		if g.Optional {
			continue
		}
		label := 0
		if ok && g.Role == t.role && (g.IsPlace == nil || t.place != nil && g.IsPlace(t.place)) {
			label = 1
		}
		l.Confidence = append(l.Confidence, linear.Example{
			Features: d.confidenceFeatures(t, nil), Label: label, Weight: doc.Weight, Group: doc.Group,
		})
	}
}
