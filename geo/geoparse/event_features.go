package geoparse

import (
	"math/bits"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// The templates of the event seam.
const (
	evBias linear.Template = iota
	evRule
	evRuleWord
	evTrigger
	evTriggerWord
	evTriggerSide
	evNearest
	evNearestKind
	evNearestWord
	evNearestPair
	evClauseKinds
	evClauseKind
	evClauseFirst
	evSentenceKind
	evSentenceFirst
	evSentenceKinds
	evClauseWord
	evSentenceWord
	evBefore
	evAfter
	evBeforePair
	evAfterPair
	evPreposition
	evTag
	evTagKind
	evLast
	evLastLink
	evLastSame
	evLastBare
	evSamePlace
	evDocument
	evDocumentBare
	evHead
	evHeadBare
	evBefores
	evBeforeBare
	evPlaceKind
	evPlaceKindRule
	evHeading
	evCue
	evCueNear
	evCueKind
	evCuePair
	evSentenceCue
	evNearWord
	evClauseCoarse
	evNearMedium
	evNearFine
	evSentenceMedium
	evBeforeClass
	evAfterClass
	evVerb
	evVerbMedium
	evVerbFine
	evVerbSense
	evCoreTrigger
	evCoreKinds
	evCoreKind
	evCoreFirst
	evCoreRule
	evCoreWord
	evCoreMedium
	evCoreFine
	evCoreCue
	evCoreCueKinds
	evCoreCuePair
	evHead0
	evHeadKind
	evHeadTrigger
	evHeadWord
	evHeadMedium
	evHeadCue
	evList
)

// The kinds of event words: the types of events in the order of the
// guidelines, then attacks and harm.
const (
	attackKind = 7
	harmKind   = 8
	eventKinds = 9
)

// kindOf numbers the kind of an event word.
func kindOf(tr *trigger) int {
	switch tr.kind {
	case "explosion":
		return 0
	case "battle":
		return 1
	case "civilians":
		return 2
	case "protest":
		return 3
	case "riot":
		return 4
	case "strategic":
		return 5
	case "casualties":
		return 6
	case "attack":
		return attackKind
	}
	return harmKind
}

func numberOf(e geo.EventType) uint64 {
	return uint64(kindOf(&trigger{kind: string(e)}))
}

// maxWindow is how many tokens to either side of a site the features read.
const maxWindow = 40

// nearWords is how many tokens to either side of a site are close to it.
const nearWords = 6

// nearness makes distances coarse: 0 to 6.
func nearness(n int) uint64 {
	return uint64(min(bits.Len(uint(max(n, 0))), 6))
}

// features fills the bag with what tells the event of the site, whose event
// says what the rules make of it.
func (r *eventReader) features(t *toponym) {
	r.bag = r.bag[:0]
	b, d := &r.bag, r.d
	rule := numberOf(t.event)
	b.Flag(evBias)
	b.Add(evRule, rule)
	b.Add2(evPlaceKindRule, linear.Hash(string(t.kind())), rule)
	b.Add(evPlaceKind, linear.Hash(string(t.kind())))
	if t.trigger >= 0 {
		tr := &d.triggers[t.trigger]
		w := d.toks[tr.first].hash
		b.Add(evTrigger, uint64(kindOf(tr)))
		b.Add(evTriggerWord, w)
		b.Add2(evRuleWord, rule, w)
	} else {
		b.Add(evTrigger, eventKinds)
	}
	r.coreFeatures(t, rule)
	r.listFeatures(t)
	near := r.triggerFeatures(t)
	r.wordFeatures(t, near)
	r.contextFeatures(t, near)
}

// triggerFeatures tells the event words about the site; it returns the kind of
// the nearest, eventKinds for none.
func (r *eventReader) triggerFeatures(t *toponym) uint64 {
	b, d := &r.bag, r.d
	s := d.sents[t.sent]
	first, last := max(s.first, t.first-maxWindow), min(s.last, t.last+maxWindow)
	lo, hi := d.clause(t.first)
	a, z := d.triggersIn(first, last)
	var clause, whole uint64
	best, left, right := -1, -1, -1
	cost := 1 << 20
	for k := a; k < z; k++ {
		tr := &d.triggers[k]
		kind := uint64(kindOf(tr))
		dist, side := tr.first-t.last, uint64(1)
		if tr.first < t.first {
			dist, side = t.first-tr.last, 0
			left = k
		} else if right < 0 {
			right = k
		}
		inside := tr.first >= lo && tr.first <= hi
		whole |= 1 << kind
		n := dist
		if inside {
			clause |= 1 << kind
			b.Add3(evTriggerSide, kind, side, nearness(dist))
		} else {
			n += 15
		}
		if tr.unreal {
			n += 10
		}
		if kind == harmKind {
			n += 8
		}
		if n < cost {
			best, cost = k, n
		}
	}
	near := uint64(eventKinds)
	if best >= 0 {
		tr := &d.triggers[best]
		near = uint64(kindOf(tr))
		b.Add(evNearestWord, d.toks[tr.first].hash)
	}
	b.Add(evNearest, near)
	r.sideFeatures(left, 0, t.first)
	r.sideFeatures(right, 1, t.last)
	b.Add2(evNearestPair, r.kindAt(left), r.kindAt(right))
	r.kindFeatures(clause, evClauseKinds, evClauseKind, evClauseFirst)
	r.kindFeatures(whole, evSentenceKinds, evSentenceKind, evSentenceFirst)
	return near
}

func (r *eventReader) kindAt(k int) uint64 {
	if k < 0 {
		return eventKinds
	}
	return uint64(kindOf(&r.d.triggers[k]))
}

// sideFeatures tells the nearest event word on one side of the site.
func (r *eventReader) sideFeatures(k int, side uint64, at int) {
	if k < 0 {
		r.bag.Add3(evNearestKind, side, eventKinds, 0)
		return
	}
	tr := &r.d.triggers[k]
	r.bag.Add3(evNearestKind, side, uint64(kindOf(tr)), nearness(abs(tr.first-at)))
}

// kindFeatures tells which kinds of event words a stretch has, and which of
// them comes first in the order of the guidelines.
func (r *eventReader) kindFeatures(kinds uint64, all, each, first linear.Template) {
	r.bag.Add(all, kinds)
	r.bag.Add(first, uint64(bits.TrailingZeros64(kinds|1<<eventKinds)))
	for k := kinds; k != 0; k &= k - 1 {
		r.bag.Add(each, uint64(bits.TrailingZeros64(k)))
	}
}

// wordFeatures tells the words about the site.
func (r *eventReader) wordFeatures(t *toponym, near uint64) {
	b, d := &r.bag, r.d
	s := d.sents[t.sent]
	lo, hi := d.clause(t.first)
	lo, hi = max(lo, t.first-maxWindow), min(hi, t.last+maxWindow)
	var seen tags
	var inside, close, whole cues
	for i := max(s.first, t.first-maxWindow); i <= min(s.last, t.last+maxWindow); i++ {
		x := &d.toks[i]
		if i >= t.first && i <= t.last || x.kind != word || d.topAt[i] != nil || isFunctionWord(x) {
			continue
		}
		if i >= lo && i <= hi {
			b.Add(evClauseWord, x.hash)
			seen |= x.tags
			inside |= x.cues & eventCues
			if i >= t.first-nearWords && i <= t.last+nearWords {
				b.Add(evNearWord, x.hash)
				if x.class.Medium != 0 {
					b.Add(evNearMedium, uint64(x.class.Medium))
				}
				close |= x.cues & eventCues
			}
		} else {
			b.Add(evSentenceWord, x.hash)
			whole |= x.cues & eventCues
		}
	}
	r.cueFeatures(inside, close, whole, near)
	r.verbFeatures(r.verb(t.first-1, -1, lo), 0)
	r.verbFeatures(r.verb(t.last+1, 1, hi), 1)
	for seen &= tagUnarmed | tagArms | tagArmed | tagNatural | tagSay | tagDeny | tagBlame | tagOffice; seen != 0; seen &= seen - 1 {
		tag := uint64(bits.TrailingZeros32(uint32(seen)))
		b.Add(evTag, tag)
		b.Add2(evTagKind, tag, near)
	}
	p, p2, n, n2 := d.at(t.first-1).hash, d.at(t.first-2).hash, d.at(t.last+1).hash, d.at(t.last+2).hash
	b.Add(evBefore, p)
	b.Add2(evBeforePair, p2, p)
	b.Add(evAfter, n)
	b.Add2(evAfterPair, n, n2)
	b.Add2(evPreposition, p, near)
}

// maxVerb is how far from a site its verb is sought, in tokens.
const maxVerb = 16

// verb returns the nearest verb from token i on, in steps, up to the end, or -1.
func (r *eventReader) verb(i, step, end int) int {
	d := r.d
	for n := 0; i >= 0 && i < len(d.toks) && (end-i)*step >= 0 && n < maxVerb; i, n = i+step, n+1 {
		x := &d.toks[i]
		if d.topAt[i] != nil || isAuxiliary(x) {
			continue
		}
		if k := d.triggerAt(i); k >= 0 && d.triggers[k].speech != noun || d.isFinite(i) || x.class.Verb != 0 && x.class.Noun == 0 && !x.upper {
			return i
		}
	}
	return -1
}

// verbFeatures tells the verb at token i, on the given side of the site.
func (r *eventReader) verbFeatures(i int, side uint64) {
	b, d := &r.bag, r.d
	if i < 0 {
		b.Add2(evVerb, side, 0)
		return
	}
	x := &d.toks[i]
	b.Add2(evVerb, side, x.hash)
	b.Add2(evVerbMedium, side, uint64(x.class.Medium))
	b.Add2(evVerbFine, side, uint64(x.class.Fine))
	b.Add2(evVerbSense, side, uint64(x.class.Verb))
}

// cueFeatures tells the groups of words in the clause, close to the site, and
// in the rest of the sentence.
func (r *eventReader) cueFeatures(inside, close, rest cues, near uint64) {
	b := &r.bag
	for c := inside; c != 0; c &= c - 1 {
		g := uint64(bits.TrailingZeros32(uint32(c)))
		b.Add(evCue, g)
		b.Add2(evCueKind, g, near)
		for o := c & (c - 1); o != 0; o &= o - 1 {
			b.Add2(evCuePair, g, uint64(bits.TrailingZeros32(uint32(o))))
		}
	}
	for ; close != 0; close &= close - 1 {
		b.Add(evCueNear, uint64(bits.TrailingZeros32(uint32(close))))
	}
	for ; rest != 0; rest &= rest - 1 {
		b.Add(evSentenceCue, uint64(bits.TrailingZeros32(uint32(rest))))
	}
}

// contextFeatures tells what stands about the sentence: sites before, the
// sentence before, the document.
func (r *eventReader) contextFeatures(t *toponym, near uint64) {
	b, d := &r.bag, r.d
	b.When(evHeading, d.sents[t.sent].heading)
	if n := len(r.earlier); n > 0 {
		last := r.earlier[n-1]
		e := numberOf(last.event)
		b.Add2(evLast, e, nearness(t.sent-last.sent))
		if near == eventKinds {
			b.Add2(evLastBare, e, nearness(t.sent-last.sent))
		}
		if last.sent == t.sent {
			gap := t.first - last.last - 1
			b.Add3(evLastLink, e, nearness(gap), d.at(last.last+1).hash)
			b.Add2(evLastSame, e, near)
		}
	}
	for i := len(r.earlier) - 1; i >= max(0, len(r.earlier)-maxBack); i-- {
		if e := r.earlier[i]; samePlace(e, t) {
			b.Add2(evSamePlace, numberOf(e.event), near)
			break
		}
	}
	most := 0
	for k, n := range r.doc {
		if n > r.doc[most] {
			most = k
		}
	}
	b.Add(evDocument, uint64(most))
	for k := r.head; k != 0; k &= k - 1 {
		b.Add(evHead, uint64(bits.TrailingZeros64(k)))
	}
	if near == eventKinds || near == attackKind || near == harmKind {
		b.Add2(evDocumentBare, near, uint64(most))
		r.sentenceBefore(t, near)
	}
}

// sentenceBefore tells the event words of the sentence before, for sentences
// that only point back: "the blast", "there".
func (r *eventReader) sentenceBefore(t *toponym, near uint64) {
	d := r.d
	if t.sent == 0 {
		return
	}
	s := d.sents[t.sent-1]
	a, z := d.triggersIn(max(s.first, s.last-maxWindow), s.last)
	var kinds uint64
	for k := a; k < z; k++ {
		kinds |= 1 << kindOf(&d.triggers[k])
	}
	for k := kinds; k != 0; k &= k - 1 {
		r.bag.Add2(evBefores, near, uint64(bits.TrailingZeros64(k)))
	}
}
