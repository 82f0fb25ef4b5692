package geoparse

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// claimReader says in whose voice the events of a document's sites are told,
// one after the other.
type claimReader struct {
	d      *document
	voice  uint64 // how often the document quotes anybody, coarsely
	ours   uint64 // how often it says "we"
	last   *toponym
	bag    linear.Bag
	scores []float32
}

func newClaimReader(d *document) *claimReader {
	r := &claimReader{d: d}
	told, ours := 0, 0
	for i := range d.toks {
		x := &d.toks[i]
		if d.tells(i) {
			told++
		}
		if len(x.fold) < 4 && x.is("we", "our", "us") && !x.quoted && !x.allCaps() {
			ours++
		}
	}
	if n := len(d.sents); n > 0 {
		r.voice, r.ours = uint64(min(4*told/n, 7)), uint64(min(8*ours/n, 4))
	}
	return r
}

// read says who tells of the next site's event: by the model if there is one,
// else by rules.
func (r *claimReader) read(t *toponym, m *linear.Model) {
	defer func() { r.last = t }()
	t.claim, _ = r.d.ruledClaim(t)
	if m != nil {
		r.features(t)
		if r.scores == nil {
			r.scores = make([]float32, m.Classes())
		}
		m.Scores(r.bag, r.scores)
		linear.Softmax(r.scores)
		claims := geo.Claims()
		best := 0
		for c, p := range r.scores[:min(len(claims), len(r.scores))] {
			if p > r.scores[best] {
				best = c
			}
		}
		t.claim, t.claimShare = claims[best], float64(r.scores[best])
	}
	if t.claim != geo.Reported {
		t.claimedBy = r.claimant(t)
	}
}

// learnClaims adds the examples of the claim seam.
func (p *Parser) learnClaims(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
	r := newClaimReader(d)
	for i, t := range tops {
		label := slices.Index(geo.Claims(), gold[i].Claim)
		if gold[i].Role != geo.Site || label < 0 {
			continue
		}
		t.event = gold[i].Event
		t.claim, _ = d.ruledClaim(t)
		r.features(t)
		l.Claim = append(l.Claim, linear.Example{Features: slices.Clone(r.bag), Label: label, Weight: doc.Weight, Group: doc.Group})
		t.claim = gold[i].Claim
		r.last = t
	}
}
