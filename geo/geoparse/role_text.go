package geoparse

import (
	"math/bits"

	"github.com/conflictmap/conflictmap/geo"
)

// text adds what the sentence and the whole text are about.
func (s *roleScout) text(n int, r *roleReading, kind uint64) {
	b, d, t := &s.bag, s.d, r.ctx.t
	sent := &d.sents[t.sent]
	for f := uint64(sent.tags); f != 0; f &= f - 1 {
		b.Add(roleSentenceTags, uint64(bits.TrailingZeros64(f)))
	}
	b.Add(roleDocument, s.told)
	b.Add2(roleDocumentKind, s.told, kind)
	b.Add(roleDocumentMain, s.main)
	v := roleCode(r.verdict)
	b.Add2(roleWar, s.war, kind)
	b.Add2(roleWarVerdict, s.war, v)
	b.Add2(roleNatural, s.natural, v)
	b.Add2(roleSport, s.sport, v)
	b.Add2(roleCivil, s.civil, v)
	b.Add2(roleToldVerdict, s.told, v)
	if x := s.triggerOf(r); x >= 0 {
		c := d.triggerCode(x)
		b.Add2(roleWarTrigger, s.war, c)
		b.Add2(roleNaturalTrigger, s.natural, c)
	}
	b.Add(rolePosition, min(uint64(sent.para), 3))
	b.When(roleHeading, sent.heading)
	b.When(roleQuoted, d.toks[t.first].quoted)
	use := placeUse{}
	lo, hi := s.reach(n)
	for k := lo; k < hi; k++ {
		if o := s.tops[k]; k == n || !samePlace(o, t) || o.demonym {
			continue
		}
		use.all++
		switch s.rs[k].verdict {
		case geo.Site:
			use.sites++
		case geo.Actor:
			use.actors++
		}
	}
	b.Add(roleMentions, uint64(min(use.all, 4)))
	e := uint64(min(use.sites, 2))*3 + uint64(min(use.actors, 2))
	b.Add(roleElsewhere, e)
	b.Add2(roleElsewhereKind, e, kind)
}

// neighbours adds the toponyms beside this one.
func (s *roleScout) neighbours(n int, r *roleReading) {
	b, d, t := &s.bag, s.d, r.ctx.t
	sent := &d.sents[t.sent]
	if r.group.first != r.group.last {
		place := uint64(1)
		if t == r.group.first {
			place = 0
		}
		b.Add(roleGroup, place)
	}
	if n > 0 && s.tops[n-1].sent == t.sent {
		o := s.tops[n-1]
		b.Add2(roleBeforeTop, roleCode(s.rs[n-1].verdict), far(t.first-o.last))
		if gap := t.first - o.last - 1; gap <= 3 {
			b.Add3(roleBetweenBefore, s.hashAt(o.last+1, sent), uint64(gap), roleCode(s.rs[n-1].verdict))
		}
		if contains(t.place, o.place) {
			b.Add2(roleWhole, roleCode(s.rs[n-1].verdict), far(t.first-o.last))
		}
	} else {
		b.Add(roleBeforeTop, codeNone)
	}
	if n+1 < len(s.tops) && s.tops[n+1].sent == t.sent {
		o := s.tops[n+1]
		b.Add2(roleAfterTop, roleCode(s.rs[n+1].verdict), far(o.first-t.last))
		if gap := o.first - t.last - 1; gap <= 3 {
			b.Add3(roleBetweenAfter, s.hashAt(t.last+1, sent), uint64(gap), roleCode(s.rs[n+1].verdict))
		}
		if contains(o.place, t.place) {
			b.Add2(rolePart, roleCode(s.rs[n+1].verdict), far(o.first-t.last))
		}
	} else {
		b.Add(roleAfterTop, codeNone)
	}
}
