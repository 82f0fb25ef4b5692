package geoparse

import (
	"fmt"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// minSiteShare is how probable a site must be to be drawn: a pin at the wrong
// place harms more than one too few. Set by hand between two thresholds that
// cross-validation showed; not tuned further.
const minSiteShare = 0.55

// minCapitalShare is the same for a capital: taken for a battlefield because its
// government spoke, it is the classical error of conflict maps. Set by hand, like
// minSiteShare, among four thresholds.
const minCapitalShare = 0.7

// loyalty is how many times as probable as the rules' role another must be: the
// rules know kinds of sentences that the training articles lack. Set with an eye on
// the sample dispatches, which the models alone read worse than the rules do; on
// the written articles cross-validation likes 1 a little better.
const loyalty = 1.5

// learnRoles adds the examples of the role seam.
func (p *Parser) learnRoles(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
	s := newRoleScout(d, tops, p.readRoles(d, tops))
	for n := range tops {
		l.Role = append(l.Role, linear.Example{Features: slices.Clone(s.features(n)), Label: int(roleCode(gold[n].Role)), Weight: doc.Weight, Group: doc.Group})
	}
	for _, t := range tops {
		t.cues = nil
	}
}

// roleClasses is how many roles there are.
const roleClasses = 4

type roleShares [roleClasses]float32

// modelRoles gives every toponym the role that the models find most probable.
func (p *Parser) modelRoles(d *document, tops []*toponym, rs []roleReading, m *linear.Model) {
	s := newRoleScout(d, tops, rs)
	for n, t := range tops {
		if t.demonym { // an affiliation whatever the model says
			t.roleShare = demonymShare
			continue
		}
		var shares roleShares
		m.Scores(s.features(n), shares[:])
		linear.Softmax(shares[:])
		t.decide(shares, rs[n].verdict, rs[n].verdict != geo.Site && p.rules[rs[n].first].firm)
		if t.role != geo.Site {
			t.trigger = -1
		} else if t.trigger < 0 {
			t.trigger = d.triggerFor(t)
		}
	}
	inheritFromTwins(d, tops)
}

// demonymShare is how sure it is that a people's name is an affiliation: all of
// the 539 in our corpora are.
const demonymShare = 0.995

// decide takes the most probable role, with a bias for that of the rules. What
// a firm rule takes for something else than a site is none.
func (t *toponym) decide(shares roleShares, verdict geo.Role, noSite bool) {
	biased := shares
	biased[roleCode(verdict)] *= loyalty
	if least := t.leastSiteShare(); noSite || biased[0] < least {
		biased[0] = 0
	}
	best := 0
	for k := range biased {
		if biased[k] > biased[best] {
			best = k
		}
	}
	role := geo.Roles()[best]
	t.roleShare = float64(shares[best])
	if role != verdict && len(t.cues) > 0 {
		t.cues = t.cues[:len(t.cues)-1]
		t.because(t.roleShare, fmt.Sprintf("read as %s by the words around it", role))
	}
	t.role = role
}

// leastSiteShare is how probable a site the place must be.
func (t *toponym) leastSiteShare() float32 {
	if t.place != nil && t.place.Capital {
		return minCapitalShare
	}
	return minSiteShare
}

// triggerFor returns the event word that a site without one is most likely
// about: the nearest in its clause, else in its sentence, real ones first; -1 where
// the sentence has none.
func (d *document) triggerFor(t *toponym) int {
	s := d.sents[t.sent]
	lo, hi := d.clause(t.first)
	best, cost := -1, 1<<30
	a, z := d.triggersIn(s.first, s.last)
	for k := a; k < z; k++ {
		x := &d.triggers[k]
		c := max(x.first-t.last, t.first-x.last)
		if x.first < lo || x.last > hi {
			c += maxSentence
		}
		if x.unreal {
			c += 2 * maxSentence
		}
		if c < cost {
			best, cost = k, c
		}
	}
	return best
}
