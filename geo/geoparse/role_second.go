package geoparse

import (
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// The roles are decided in two passes. The second knows, besides what the first
// knew, how the first read the toponyms that are linked to this one: its neighbours
// in the sentence, its group, its container or part, the same place elsewhere.

// RoleLesson is an example of the role seam with its links to other examples of
// the same document.
type RoleLesson struct {
	linear.Example
	Links []RoleLink
}

// RoleLink says how two toponyms hang together.
type RoleLink struct {
	Kind uint8
	To   int // number of the other toponym in its document
}

// The kinds of links. Several of one kind are taken together.
const (
	linkBefore uint8 = iota
	linkAfter
	linkGroup
	linkPart
	linkWhole
	linkSame
	linkSameBefore
	linkSentenceBefore
	linkKinds
)

// links returns those of toponym n, valid until the next call.
func (s *roleScout) linksOf(n int) []RoleLink {
	out := s.links[:0]
	t := s.tops[n]
	lo, hi := s.reach(n)
	for k := lo; k < hi; k++ {
		if k == n {
			continue
		}
		o := s.tops[k]
		switch {
		case o.sent == t.sent && k == n-1:
			out = append(out, RoleLink{linkBefore, k})
		case o.sent == t.sent && k == n+1:
			out = append(out, RoleLink{linkAfter, k})
		case o.sent < t.sent && k == n-1 || n > 0 && o.sent == t.sent-1 && s.tops[n-1].sent == t.sent:
			out = append(out, RoleLink{linkSentenceBefore, k})
		}
		if s.rs[k].group == s.rs[n].group {
			out = append(out, RoleLink{linkGroup, k})
		}
		if abs(k-n) <= 2 && o.sent == t.sent {
			if contains(t.place, o.place) {
				out = append(out, RoleLink{linkPart, k})
			} else if contains(o.place, t.place) {
				out = append(out, RoleLink{linkWhole, k})
			}
		}
		if samePlace(o, t) && !o.demonym {
			out = append(out, RoleLink{linkSame, k})
			if k < n {
				out = append(out, RoleLink{linkSameBefore, k})
			}
		}
	}
	s.links = out
	return out
}

// SecondRole adds to the features of a toponym what the first pass made of the ones
// that it is linked to; shares returns the probabilities of the roles of one.
func SecondRole(b linear.Bag, links []RoleLink, shares func(to int) []float32) linear.Bag {
	for kind := range linkKinds {
		var top [4]float32
		n := 0
		for _, l := range links {
			if l.Kind != kind {
				continue
			}
			n++
			for c, p := range shares(l.To) {
				top[c] = max(top[c], p)
			}
		}
		if n == 0 {
			b.Add(roleLinked, uint64(kind))
			continue
		}
		for c, p := range top {
			b.Add3(roleLinked, uint64(kind), uint64(c), uint64(p*4.99))
		}
	}
	return b
}
