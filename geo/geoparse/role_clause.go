package geoparse

import "math/bits"

// maxClause bounds how far the scout looks for verbs and event words.
const maxClause = 40

// verbs adds the verbs around the toponym in its clause.
func (s *roleScout) verbs(r *roleReading, kind uint64) {
	b, d, t := &s.bag, s.d, r.ctx.t
	sent, gov := s.sent, s.gov
	lo, hi := max(s.lo, t.first-maxClause), min(s.hi, t.last+maxClause)
	if v := d.verbBefore(r.ctx.first.first-1, lo); v >= 0 {
		b.Add(roleLeftVerb, d.toks[v].hash)
		b.Add(roleLeftVerbCode, d.code(v))
		b.Add2(roleLeftVerbGov, d.code(v), gov)
		b.Add2(roleLeftVoice, d.voice(v, lo), gov)
		s.class(5, v, gov)
	} else {
		b.Add2(roleLeftVerb, codeNone, gov)
	}
	if v := d.predicate(r.ctx.last); v >= 0 && (r.ctx.b < sent.first || d.toks[r.ctx.b].tags&tagAt == 0) {
		v = d.mainVerb(v, hi)
		b.Add2(roleSubjectVerb, d.toks[v].hash, 0)
		b.Add(roleSubjectVerbCode, d.code(v))
		b.Add2(roleSubjectVoice, d.voice(v, lo), gov)
		b.Add2(roleSubjectKind, d.code(v), kind)
		s.class(6, v, gov)
	} else if v := d.verbAfter(r.ctx.last.last+1, hi); v >= 0 {
		b.Add(roleRightVerb, d.toks[v].hash)
		b.Add2(roleRightVerbCode, d.code(v), gov)
		s.class(7, v, gov)
	}
}

// verbBefore returns the last verb of tokens lo to i that is no auxiliary, or -1.
func (d *document) verbBefore(i, lo int) int {
	for ; i >= lo; i-- {
		if f := d.verb(i); f == finite || f == gerund {
			return i
		}
	}
	return -1
}

func (d *document) verbAfter(i, hi int) int {
	for ; i <= hi; i++ {
		if f := d.verb(i); f != noVerb {
			return d.mainVerb(i, hi)
		}
	}
	return -1
}

// mainVerb goes on from an auxiliary to the verb that it helps.
func (d *document) mainVerb(v, hi int) int {
	for i := v; i <= min(hi, v+5); i++ {
		if f := d.verb(i); f == finite || f == gerund || f == noVerb && i > v && !d.isAdverb(i) && !d.toks[i].is("not", "been", "be") {
			return i
		}
	}
	return v
}

// voice tells how the verb at token v is said: passive, with a modal, denied.
func (d *document) voice(v, lo int) uint64 {
	c := uint64(0)
	for i := v - 1; i >= max(lo, v-4); i-- {
		t := &d.toks[i]
		switch {
		case isBe(t):
			c |= 1
		case t.is("will", "would", "could", "may", "might", "should", "must", "shall", "can"):
			c |= 2
		case t.is("not", "never", "no"):
			c |= 4
		case t.is("to"):
			c |= 8
		case t.is("has", "have", "had"):
			c |= 16
		}
	}
	return c
}

// events adds the event words of the clause and the sentence.
func (s *roleScout) events(r *roleReading) {
	b, d, t := &s.bag, s.d, r.ctx.t
	gov, lo, hi := s.gov, s.lo, s.hi
	left, right := -1, -1
	var kinds uint64
	inClause, real := uint64(0), uint64(0)
	for k := s.trigA; k < s.trigZ; k++ {
		x := &d.triggers[k]
		if x.last < t.first {
			left = k
		} else if right < 0 {
			right = k
		}
		if !x.unreal {
			real++
			kinds |= 1 << kindCode(x.kind)
			if x.first >= lo && x.last <= hi {
				inClause++
			}
		}
	}
	b.Add(roleClauseTriggers, min(inClause, 3))
	b.Add2(roleClauseTriggersGov, min(inClause, 2), gov)
	b.Add(roleSentenceTriggers, min(real, 3))
	for k := range uint64(10) {
		if kinds>>k&1 != 0 {
			b.Add(roleSentenceKinds, k)
			b.Add2(roleSentenceKindsGov, k, gov)
		}
	}
	if left >= 0 {
		same := uint64(0)
		if d.triggers[left].first >= lo {
			same = 1
		}
		c := d.triggerCode(left)<<1 | same
		b.Add(roleLeftTrigger, c)
		b.Add2(roleLeftTriggerFar, c&1, far(t.first-d.triggers[left].last))
		s.path(left, d.triggers[left].last+1, r.ctx.b, same)
	}
	if right >= 0 {
		same := uint64(0)
		if d.triggers[right].last <= hi {
			same = 1
		}
		c := d.triggerCode(right)<<1 | same
		b.Add(roleRightTrigger, c)
		b.Add2(roleRightTriggerFar, c&1, far(d.triggers[right].first-t.last))
		s.path(right, r.ctx.last.last+1, d.triggers[right].first, same+2)
	}
}

// far is the distance in tokens as the number of its binary digits.
func far(n int) uint64 { return uint64(bits.Len(uint(max(n, 0)))) }

// around adds the words near the toponym and the classes of those of its
// clause, without their order.
func (s *roleScout) around(r *roleReading) {
	b, d, t := &s.bag, s.d, r.ctx.t
	sent := s.sent
	lo, hi := max(s.lo, t.first-25), min(s.hi, t.last+25)
	for i := max(sent.first, t.first-6); i < t.first; i++ {
		b.Add2(roleNearWord, 0, s.hashAt(i, sent))
	}
	for i := t.last + 1; i <= min(sent.last, t.last+6); i++ {
		b.Add2(roleNearWord, 1, s.hashAt(i, sent))
	}
	for i := lo; i <= hi; i++ {
		if x := &d.toks[i]; d.topAt[i] == nil && x.kind == word && len(x.fold) > 3 && !isFunctionWord(x) {
			b.Add(roleClauseClass, uint64(x.class.Medium))
		}
	}
	b.Add2(rolePrev2, s.hashAt(t.first-2, sent), s.hashAt(t.first-1, sent))
	b.Add2(roleNext2Raw, s.hashAt(t.last+1, sent), s.hashAt(t.last+2, sent))
}

// path adds an event word with what lies between it and the toponym: tokens from
// to to, exclusive. side tells on which side of the toponym it stands and whether it
// shares its clause.
func (s *roleScout) path(k, from, to int, side uint64) {
	b, d := &s.bag, s.d
	x := &d.triggers[k]
	var flags uint64
	for i := from; i < to; i++ {
		t := &d.toks[i]
		switch {
		case d.topAt[i] != nil && !d.topAt[i].demonym:
			flags |= 1
		case t.text == ",":
			flags |= 2
		case t.tags&(tagSay|tagDeny) != 0:
			flags |= 4
		case isStill(t):
			flags |= 8
		case d.verb(i) == finite:
			flags |= 16
		case t.is("and"):
			flags |= 32
		}
	}
	kind := kindCode(x.kind)<<4 | uint64(x.why)
	b.Add3(rolePath, side, flags, kind)
	b.Add2(roleTriggerWord, d.toks[x.first].hash, side)
}

// class adds what is known of the word at token i, which stands at place.
func (s *roleScout) class(place uint64, i int, gov uint64) {
	if i < 0 || i >= len(s.d.toks) || s.d.topAt[i] != nil {
		return
	}
	b, c := &s.bag, s.d.toks[i].class
	if c.Medium == 0 {
		return
	}
	b.Add2(roleClass, place, uint64(c.Medium))
	b.Add3(roleClassGov, place, uint64(c.Medium), gov)
	sense := uint64(c.Noun)
	if place >= 5 || c.Noun == 0 {
		sense = uint64(c.Verb)
	}
	b.Add2(roleSense, place, sense)
}

// triggerOf returns the event word that the rules or nearness give the toponym, or -1.
func (s *roleScout) triggerOf(r *roleReading) int {
	if r.trigger >= 0 {
		return r.trigger
	}
	return s.d.triggerFor(r.ctx.t)
}
