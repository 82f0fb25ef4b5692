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
	evLast
	evLastSame
	evLastBare
	evSamePlace
	evDocument
	evDocumentBare
	evHead
	evBefores
	evPlaceKind
	evPlaceKindRule
	evHeading
	evCue
	evSentenceCue
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
	evCoreCuePair
	evHeadNone
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

// nearness makes distances coarse: 0 to 6.
func nearness(n int) uint64 {
	return uint64(min(bits.Len(uint(max(n, 0))), 6))
}

// features fills the bag with what tells the event of the site, whose event
// says what the rules make of it.
func (r *eventReader) features(t *toponym) {
	r.bag = r.bag[:0]
	b, d := &r.bag, r.d
	rule, place := numberOf(t.event), linear.Hash(string(t.kind()))
	b.Flag(evBias)
	b.Add(evRule, rule)
	b.Add2(evPlaceKindRule, place, rule)
	b.Add(evPlaceKind, place)
	if t.trigger >= 0 {
		tr := &d.triggers[t.trigger]
		w := d.toks[tr.first].hash
		b.Add(evTrigger, uint64(kindOf(tr)))
		b.Add(evTriggerWord, w)
		b.Add2(evRuleWord, rule, w)
	} else {
		b.Add(evTrigger, eventKinds)
	}
	x := r.extent(t)
	near := r.triggerFeatures(t, x, rule)
	r.wordFeatures(t, x)
	r.verbFeatures(r.verb(t.first-1, -1, x.lo), 0)
	r.verbFeatures(r.verb(t.last+1, 1, x.hi), 1)
	r.besideFeatures(t, near)
	r.headFeatures(t, x.a)
	r.listFeatures(t)
	r.contextFeatures(t, near)
}

// extent is the tokens about a site, first to last of each stretch.
type extent struct {
	first, last int // of its sentence, at most maxWindow away
	lo, hi      int // of its clause
	a, z        int // of the core of the clause
}

func (r *eventReader) extent(t *toponym) extent {
	s := &r.d.sents[t.sent]
	x := extent{first: max(s.first, t.first-maxWindow), last: min(s.last, t.last+maxWindow)}
	lo, hi := r.d.clause(t.first)
	x.lo, x.hi = max(lo, x.first), max(min(hi, x.last), t.last)
	x.a, x.z = r.d.core(t, x.lo, x.hi)
	return x
}

// triggerFeatures tells the event words about the site; it returns the kind of
// the nearest, eventKinds for none.
func (r *eventReader) triggerFeatures(t *toponym, x extent, rule uint64) uint64 {
	b, d := &r.bag, r.d
	var core, clause, whole uint64
	near, cost := uint64(eventKinds), 1<<20
	k, end := d.triggersIn(x.first, x.last)
	for ; k < end; k++ {
		tr := &d.triggers[k]
		kind := uint64(kindOf(tr))
		whole |= 1 << kind
		if tr.first >= x.a && tr.first <= x.z {
			core |= 1 << kind
			b.Add2(evCoreTrigger, kind, d.toks[tr.first].hash)
		}
		if tr.first >= x.lo && tr.first <= x.hi {
			clause |= 1 << kind
		}
		if n := r.distance(tr, t, x); n < cost {
			near, cost = kind, n
		}
	}
	r.kindFeatures(core, evCoreKinds, evCoreKind, evCoreFirst)
	r.kindFeatures(clause, evClauseKinds, evClauseKind, evClauseFirst)
	r.kindFeatures(whole, evSentenceKinds, evSentenceKind, evSentenceFirst)
	b.Add2(evCoreRule, rule, uint64(bits.TrailingZeros64(core|1<<eventKinds)))
	return near
}

// distance is how far an event word is from telling of the site, in tokens,
// with a charge for another clause, for what didn't happen and for bare harm.
func (r *eventReader) distance(tr *trigger, t *toponym, x extent) int {
	n := tr.first - t.last
	if tr.first < t.first {
		n = t.first - tr.last
	}
	if tr.first < x.lo || tr.first > x.hi {
		n += 15
	}
	if tr.unreal {
		n += 10
	}
	if tr.kind == "harm" {
		n += 8
	}
	return n
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

// wordFeatures tells the words about the site and the groups that they stand in.
func (r *eventReader) wordFeatures(t *toponym, x extent) {
	b, d := &r.bag, r.d
	var core, clause, rest cues
	for i := x.first; i <= x.last; i++ {
		w := &d.toks[i]
		if i >= t.first && i <= t.last || w.kind != word || d.topAt[i] != nil || w.cues&cueFunction != 0 {
			continue
		}
		if i < x.lo || i > x.hi {
			b.Add(evSentenceWord, w.hash)
			rest |= w.cues
			continue
		}
		b.Add(evClauseWord, w.hash)
		clause |= w.cues
		if i < x.a || i > x.z {
			continue
		}
		b.Add(evCoreWord, w.hash)
		core |= w.cues
		if w.class.Medium != 0 {
			b.Add(evCoreMedium, uint64(w.class.Medium))
			b.Add(evCoreFine, uint64(w.class.Fine))
		}
	}
	r.cueFeatures(core, evCoreCue)
	r.cueFeatures(clause, evCue)
	r.cueFeatures(rest, evSentenceCue)
	for c := core & eventCues; c != 0; c &= c - 1 {
		for o := c & (c - 1); o != 0; o &= o - 1 {
			b.Add2(evCoreCuePair, uint64(bits.TrailingZeros32(uint32(c))), uint64(bits.TrailingZeros32(uint32(o))))
		}
	}
}

// cueFeatures tells the groups of words of a stretch.
func (r *eventReader) cueFeatures(seen cues, each linear.Template) {
	for seen &= eventCues; seen != 0; seen &= seen - 1 {
		r.bag.Add(each, uint64(bits.TrailingZeros32(uint32(seen))))
	}
}

// besideFeatures tells the words right beside the site.
func (r *eventReader) besideFeatures(t *toponym, near uint64) {
	b, d := &r.bag, r.d
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
		if x.kind != word || d.topAt[i] != nil || !r.isVerb(i, x) || isAuxiliary(x) {
			continue
		}
		return i
	}
	return -1
}

// isVerb reports whether token i may be a verb: by its class, which costs
// least to ask, as an event word, or by its form.
func (r *eventReader) isVerb(i int, x *token) bool {
	if x.class.Verb != 0 && x.class.Noun == 0 && !x.upper {
		return true
	}
	if k := r.d.triggerAt(i); k >= 0 && r.d.triggers[k].speech != noun {
		return true
	}
	return r.d.isFinite(i)
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
			b.Add2(evLastSame, e, near)
		}
	}
	for i := len(r.earlier) - 1; i >= max(0, len(r.earlier)-maxBack); i-- {
		if e := r.earlier[i]; samePlace(e, t) {
			b.Add2(evSamePlace, numberOf(e.event), near)
			break
		}
	}
	b.Add(evDocument, r.most)
	for k := r.head; k != 0; k &= k - 1 {
		b.Add(evHead, uint64(bits.TrailingZeros64(k)))
	}
	if near == eventKinds || near == attackKind || near == harmKind {
		b.Add2(evDocumentBare, near, r.most)
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
