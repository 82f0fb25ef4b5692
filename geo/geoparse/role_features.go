package geoparse

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// The kinds of features of the role model.
const (
	roleBias linear.Template = iota
	roleRuleFirst
	roleRuleKind
	roleVerdict
	roleVerdictKind
	roleVerdictGov
	roleKind
	roleGov
	roleGovKind
	roleGov2
	roleGov2Word
	roleGovPair
	roleGovCodes
	roleGov3
	roleRaw1
	roleRaw2
	roleNext1
	roleNext1Kind
	roleNext1Code
	roleNext2
	roleNext2Code
	roleNextCodes
	roleNext3Code
	roleAround
	roleOwned
	roleOwnedWord
	roleHead
	roleHeadCode
	roleHeadGov
	roleHeadCodeGov
	roleLeftVerb
	roleLeftVerbCode
	roleLeftVerbGov
	roleLeftVoice
	roleSubjectVerb
	roleSubjectVerbCode
	roleSubjectVoice
	roleSubjectKind
	roleRightVerb
	roleRightVerbCode
	roleLeftTrigger
	roleLeftTriggerFar
	roleRightTrigger
	roleRightTriggerFar
	roleClauseTriggers
	roleClauseTriggersGov
	roleSentenceTriggers
	roleSentenceKinds
	roleSentenceKindsGov
	roleSentenceTags
	roleDocument
	roleDocumentKind
	roleDocumentMain
	rolePosition
	roleHeading
	roleQuoted
	roleGroup
	roleBeforeTop
	roleAfterTop
	roleBetweenBefore
	roleBetweenAfter
	roleWhole
	rolePart
	roleElsewhere
	roleElsewhereKind
	roleMentions
	roleScene
	roleNear
	roleNearWord
	rolePrev2
	roleNext2Raw
	roleTriggerWord
	rolePath
	roleClass
	roleClassGov
	roleSense
	roleClauseClass
	roleWar
	roleWarVerdict
	roleWarTrigger
	roleNatural
	roleNaturalTrigger
	roleSport
	roleCivil
	roleToldVerdict
)

// roleScout gathers the features of the toponyms of a document. Its memory is
// used from one toponym to the next.
type roleScout struct {
	d    *document
	tops []*toponym
	rs   []roleReading
	bag  linear.Bag

	war, natural, sport, civil uint64 // how often the text speaks of arms, accidents, games, protests
	// of the toponym at hand: its sentence, its clause, the word that governs it
	// and the event words of the sentence as a range
	sent         *sentence
	lo, hi       int
	gov          uint64
	trigA, trigZ int

	told uint64 // how many of the text's sentences tell of an event, in eighths
	main uint64 // the commonest type of its events
}

// maxReachTops is how many toponyms before and after are looked at.
const maxReachTops = 40

// reach returns the range of the toponyms about toponym n that may bear on it.
func (s *roleScout) reach(n int) (int, int) {
	return max(0, n-maxReachTops), min(len(s.tops), n+maxReachTops+1)
}

// placeUse is what the rules make of all the mentions of a place.
type placeUse struct {
	sites, actors, all int
}

func newRoleScout(d *document, tops []*toponym, rs []roleReading) *roleScout {
	s := &roleScout{d: d, tops: tops, rs: rs, bag: make(linear.Bag, 0, 192)}
	var kinds [10]int
	sents := 0
	last := -1
	for k := range d.triggers {
		t := &d.triggers[k]
		if t.unreal {
			continue
		}
		kinds[kindCode(t.kind)]++
		if t.sent != last {
			last = t.sent
			sents++
		}
	}
	for i := range d.toks {
		t := d.toks[i].tags
		if t&(tagArms|tagArmed) != 0 {
			kinds[2]++
		}
		if t&tagNatural != 0 {
			s.natural++
		}
		if t&tagSport != 0 {
			s.sport++
		}
	}
	s.war, s.civil = far(kinds[1]+kinds[2]+kinds[8]), far(kinds[4]+kinds[5])
	s.natural, s.sport = far(int(s.natural)), far(int(s.sport))
	for k, n := range kinds {
		if n > kinds[s.main] {
			s.main = uint64(k)
		}
	}
	s.told = uint64((8*sents + len(d.sents) - 1) / max(1, len(d.sents)))
	return s
}

// ruleCopies is how often the features of the rules count: they are few and
// sound, so that the penalty on weights should bear less on them than on words.
const ruleCopies = 2

// features returns those of toponym n, valid until the next call.
func (s *roleScout) features(n int) linear.Bag {
	s.bag = s.bag[:0]
	r := &s.rs[n]
	s.look(r)
	s.bag.Flag(roleBias)
	kind := s.kindOf(r.ctx.t)
	for range ruleCopies {
		s.rules(r, kind)
	}
	s.words(r, kind)
	s.verbs(r, kind)
	s.events(r)
	s.around(r)
	s.text(n, r, kind)
	s.neighbours(n, r)
	return s.bag
}

// look works out what several kinds of features need to know.
func (s *roleScout) look(r *roleReading) {
	d, t := s.d, r.ctx.t
	if sent := &d.sents[t.sent]; sent != s.sent {
		s.sent = sent
		s.trigA, s.trigZ = d.triggersIn(sent.first, sent.last)
		s.lo, s.hi = 0, -1
	}
	if t.first < s.lo || t.first > s.hi {
		s.lo, s.hi = d.clause(t.first)
	}
	s.gov = s.hashAt(r.ctx.b, s.sent)
}

// kindOf tells places that can stand for a government from others.
func (s *roleScout) kindOf(t *toponym) uint64 {
	switch {
	case t.demonym:
		return 1
	case t.place == nil:
		return 2
	case t.place.Capital:
		return 3
	}
	h := uint64(4)
	for _, c := range string(t.place.Kind) {
		h = h*31 + uint64(c)
	}
	return h
}

func (s *roleScout) rules(r *roleReading, kind uint64) {
	b := &s.bag
	b.Add(roleRuleFirst, uint64(r.first))
	b.Add2(roleRuleKind, uint64(r.first), kind)
	v := roleCode(r.verdict)
	b.Add(roleVerdict, v)
	b.Add2(roleVerdictKind, v, kind)
	b.When(roleNear, r.ctx.t.near)
	if r.trigger >= 0 {
		b.Add(roleScene, s.d.triggerCode(r.trigger))
	}
}

// roleCode numbers the roles as geo.Roles lists them.
func roleCode(r geo.Role) uint64 {
	for i, x := range geo.Roles() {
		if x == r {
			return uint64(i)
		}
	}
	return uint64(len(geo.Roles()))
}

// hashAt is the word at token i if it stands in the sentence.
func (s *roleScout) hashAt(i int, sent *sentence) uint64 {
	if i < sent.first || i > sent.last {
		return codeNone
	}
	if t := s.d.topAt[i]; t != nil {
		return s.d.code(i)
	}
	if s.d.toks[i].kind == number {
		return codeNumber
	}
	return s.d.toks[i].hash
}

func (s *roleScout) codeAt(i int, sent *sentence) uint64 {
	if i < sent.first || i > sent.last {
		return codeNone
	}
	return s.d.code(i)
}

// words adds what stands before and after the toponym and its group.
func (s *roleScout) words(r *roleReading, kind uint64) {
	b, d, t := &s.bag, s.d, r.ctx.t
	sent := &d.sents[t.sent]
	g, n := r.ctx.b, r.ctx.last.last
	if g < 0 {
		g = sent.first - 1
	}
	gov, gov2, next, next2 := s.hashAt(g, sent), s.hashAt(g-1, sent), s.hashAt(n+1, sent), s.hashAt(n+2, sent)
	gc2, nc, nc2 := s.codeAt(g-1, sent), s.codeAt(n+1, sent), s.codeAt(n+2, sent)
	b.Add(roleKind, kind)
	b.Add(roleGov, gov)
	b.Add2(roleGovKind, gov, kind)
	b.Add(roleGov2, gc2)
	b.Add(roleGov2Word, gov2)
	b.Add2(roleGovPair, gov, gov2)
	b.Add2(roleGovCodes, gov, gc2)
	b.Add(roleGov3, s.codeAt(g-2, sent))
	b.Add2(roleVerdictGov, roleCode(r.verdict), gov)
	b.Add(roleRaw1, s.hashAt(t.first-1, sent))
	b.Add(roleRaw2, s.codeAt(t.first-2, sent))
	b.Add(roleNext1, next)
	b.Add2(roleNext1Kind, nc, kind)
	b.Add(roleNext1Code, nc)
	b.Add(roleNext2, next2)
	b.Add(roleNext2Code, nc2)
	b.Add2(roleNextCodes, nc, nc2)
	b.Add(roleNext3Code, s.codeAt(n+3, sent))
	b.Add2(roleAround, gov, nc)
	if d.at(t.last+1).kind == possessive {
		b.Add(roleOwned, s.codeAt(t.last+2, sent))
		b.Add(roleOwnedWord, s.hashAt(t.last+2, sent))
	}
	head := d.headOf(g, sent)
	b.Add(roleHead, s.hashAt(head, sent))
	b.Add2(roleHeadGov, s.hashAt(head, sent), gov)
	b.Add(roleHeadCode, s.codeAt(head, sent))
	b.Add2(roleHeadCodeGov, s.codeAt(head, sent), gov)
	s.class(0, head, gov)
	s.class(1, g-1, gov)
	s.class(2, g, gov)
	s.class(3, n+1, gov)
	s.class(4, n+2, gov)
}

// headOf returns the word that the preposition at token p hangs on: the nearest
// one before it past dates, adverbs, numbers and other places.
func (d *document) headOf(p int, sent *sentence) int {
	i := p - 1
	for i >= sent.first && i > p-12 {
		t := &d.toks[i]
		if d.topAt[i] == nil && t.kind == word && !isFunctionWord(t) && !d.isAdverb(i) && t.tags&tagAt == 0 && !t.modifier() && !weekdayWord(t) {
			if _, ok := month(t); !ok {
				return i
			}
		}
		i--
	}
	return sent.first - 1
}
