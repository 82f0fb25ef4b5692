package geoparse

import (
	"math"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// maxAnchors bounds how many places give a document's whereabouts.
const maxAnchors = 64

// anchor is a place that tells where the document's others may be.
type anchor struct {
	at    unit
	sense int32
}

// surroundings is what the document says of its whereabouts.
type surroundings struct {
	sure  [countries]uint16 // names all of whose places lie in the country
	named [countries]uint16 // names whose likeliest place lies there
	may   [countries]uint16 // names one of whose places lies there
	total int               // names with a country
	top   int               // the country of most names
	// anchors are the likeliest places of names, but for countries.
	anchors []anchor
}

// weigh gives every candidate its weight by the rules and finds the likeliest
// of each sense. Names that only one place bears show the countries and the parts of
// the world that the text is about.
func (r *resolver) weigh() {
	var counts [countries]uint16
	var known []anchor
	for k := range r.senses {
		s := &r.senses[k]
		if len(s.cands) != 1 {
			continue
		}
		c := &s.cands[0]
		counts[c.country] += uint16(min(s.mentions, 1000))
		// governments are spoken of from everywhere; other places show where the text is
		if c.place.Kind != gazetteer.Country && !c.place.Capital && len(known) < maxAnchors {
			known = append(known, anchor{at: c.at})
		}
	}
	counts[0] = 0
	for k := range r.senses {
		s := &r.senses[k]
		for i := range s.cands {
			s.cands[i].rule = prior(&s.cands[i], int(counts[s.cands[i].country]), known)
		}
		s.choose()
	}
	r.weighLinks()
}

// weighLinks lets the text's own word on where a place lies decide between
// the places of its name, and between those of the container's.
func (r *resolver) weighLinks() {
	for i, l := range r.links {
		if l.how == unrelated || l.how == byList || r.of[i] < 0 {
			continue
		}
		s := &r.senses[r.of[i]]
		for j := range s.cands {
			c := &s.cands[j]
			if _, some := r.holds(i, c); some != apart {
				c.rule *= linkWeight
			}
		}
		s.choose()
		if l.held < 0 || l.how != byComma && l.how != byOf {
			continue
		}
		y := &r.senses[l.held]
		for j := range y.cands {
			c := &y.cands[j]
			if !c.place.Kind.Extended() || within(&s.cands[s.best], c) == apart {
				continue
			}
			c.rule *= holderWeight
		}
		y.choose()
	}
}

// How much likelier a place is that lies where the text says, and one that
// holds what the text says: a state is chosen before a country of its name.
const (
	linkWeight   = 40
	holderWeight = 200
)

func (s *sense) choose() {
	for i := range s.cands {
		if s.cands[i].rule > s.cands[s.best].rule {
			s.best = i
		}
	}
}

// nearMetres is the distance at which another place's pull falls to 1/e.
const nearMetres = 50_000

// prior weighs a candidate by the rules; only the order and the ratios
// matter. A country wins over its namesakes; then the place whose country the
// document speaks of most, the one nearest to the document's other places, and the
// most populous.
func prior(c *candidate, mentions int, known []anchor) float64 {
	p, w := c.place, 1.0
	switch {
	case p.Kind == gazetteer.Country:
		w = 40
	case p.Capital:
		w = 12
	case p.Kind == gazetteer.Settlement && p.Population > 0:
		w = 1.5
	}
	w *= 1 + math.Log1p(float64(mentions))
	for pop := p.Population; pop >= 10_000; pop /= 10 {
		w *= 1.5
	}
	near := 0.0
	for i := range known {
		if far := c.at.metres(known[i].at); far < 10*nearMetres {
			near += math.Exp(-far / nearMetres)
		}
	}
	return w * (1 + 2*near)
}

// look surveys the document by the likeliest places of its names.
func (r *resolver) look() {
	w := &r.scene
	var stamp [countries]int32
	for k := range r.senses {
		s := &r.senses[k]
		if n := s.cands[s.best].country; n > 0 {
			w.named[n]++
			w.total++
			if w.named[n] > w.named[w.top] || w.top == 0 {
				w.top = n
			}
		}
		one := true
		for i := range s.cands {
			n := s.cands[i].country
			one = one && n == s.cands[0].country
			if n > 0 && stamp[n] != int32(k+1) {
				stamp[n] = int32(k + 1)
				w.may[n]++
			}
		}
		if n := s.cands[0].country; one && n > 0 {
			w.sure[n]++
		}
		if c := &s.cands[s.best]; c.place.Kind != gazetteer.Country && len(w.anchors) < maxAnchors {
			w.anchors = append(w.anchors, anchor{at: c.at, sense: int32(k)})
		}
	}
}
