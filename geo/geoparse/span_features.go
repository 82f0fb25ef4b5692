package geoparse

import (
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// maxSpanFeatures is about how many features a token has.
const maxSpanFeatures = 80

// The templates of the span seam.
const (
	spanBias linear.Template = iota
	spanWord
	spanSuffix4
	spanShape
	spanPrev
	spanNext
	spanPrev2
	spanNext2
	spanAround
	spanPrevShape
	spanNextShape
	spanOwnTag
	spanPrevTag
	spanNextTag
	spanPrev2Tag
	spanRunLength
	spanRunPrev
	spanRunNext
	spanRunFirst
	spanRunLastWord
	spanRunLastTag
	spanRunLastClass
	spanNone
	spanKind
	spanKindPeople
	spanKindSeveral
	spanKindPrev
	spanKindNext
	spanKindShape
	spanKindWhole
	spanUnsourced
	spanPrevKind
	spanNextKind
	spanBeyondKind
	spanVerdict
	spanVerdictKind
	spanPrevVerdict
	spanNextVerdict
	spanPlaced
	spanNamed
	spanSmall
	spanSaid
	spanTaken
	spanRefused
	spanWithin
	spanDemonym
	spanCoarse
	spanMedium
	spanNoun
	spanRank
	spanPrevCoarse
	spanPrevMedium
	spanNextCoarse
	spanNextMedium
	spanNextNoun
	spanKindPrevMedium
	spanKindNextMedium
	spanQuoted
	spanDateline
	spanGovernor
	spanGovernorKind
	spanEvidence
	spanHeads
	spanRunLastPlaced
)

// spanFeatures makes the features of tokens.
type spanFeatures struct {
	d     *document
	marks []spanMark
	sent  int
}

// of returns the features of token i, in the memory of b.
func (f *spanFeatures) of(i int, b linear.Bag) linear.Bag {
	b.Flag(spanBias)
	f.word(i, &b)
	f.neighbours(i, &b)
	f.run(i, &b)
	f.name(i, &b)
	f.evidence(i, &b)
	return b
}

// mode says how the sentence uses capitals.
func (f *spanFeatures) mode() uint64 {
	s := &f.d.sents[f.sent]
	switch {
	case s.small:
		return 1
	case s.capitals:
		return 2
	case s.titled:
		return 3
	case s.heading:
		return 4
	}
	return 0
}

// shapeOf sorts tokens by how they are written.
func shapeOf(t *token) uint64 {
	switch {
	case t.kind == number:
		return 1
	case t.kind == possessive:
		return 2
	case t.kind == punct && t.text == "":
		return 3
	case t.kind == punct:
		return 4 + uint64(t.text[0])<<8
	case t.allCaps():
		return 5 + uint64(min(t.end-t.start, 5))<<8
	case t.upper && t.end-t.start == 1:
		return 6
	case t.upper:
		return 7
	}
	return 8
}

// where says where in its sentence the token stands.
func (f *spanFeatures) where(i int) uint64 {
	d := f.d
	s := &d.sents[f.sent]
	switch {
	case i == s.first:
		return 1
	case d.toks[i-1].kind == punct && d.toks[i].quoted && !d.toks[i-1].quoted:
		return 2
	case d.toks[i].gap >= lineBreak:
		return 3
	}
	return 0
}

func (f *spanFeatures) word(i int, b *linear.Bag) {
	t := &f.d.toks[i]
	mode, where, shape := f.mode(), f.where(i), shapeOf(t)
	b.Add(spanWord, t.hash)
	if n := len(t.fold); n > 3 && t.kind == word {
		b.Add(spanSuffix4, linear.Hash(t.fold[n-4:]))
	}
	b.Add3(spanShape, shape, mode, where)
	addTags(b, spanOwnTag, t.tags)
	c := t.class
	b.Add(spanCoarse, uint64(c.Coarse))
	b.Add(spanMedium, uint64(c.Medium))
	b.Add2(spanNoun, uint64(c.Noun), uint64(c.Verb))
	b.Add2(spanRank, uint64(c.Rank), where)
	b.When(spanQuoted, t.quoted)
	b.When(spanDateline, f.marks[i].dateline)
}

// addTags adds a feature for each tag.
func addTags(b *linear.Bag, template linear.Template, set tags) {
	for n := uint64(0); set != 0; n++ {
		if set&1 != 0 {
			b.Add(template, n)
		}
		set >>= 1
	}
}

func (f *spanFeatures) neighbours(i int, b *linear.Bag) {
	d := f.d
	prev, next := d.at(i-1), d.at(i+1)
	prev2, next2 := d.at(i-2), d.at(i+2)
	b.Add(spanPrev, prev.hash)
	b.Add(spanNext, next.hash)
	b.Add(spanPrev2, prev2.hash)
	b.Add(spanNext2, next2.hash)
	b.Add2(spanAround, prev.hash, next.hash)
	b.Add2(spanPrevShape, shapeOf(prev), uint64(d.toks[i].gap))
	b.Add2(spanNextShape, shapeOf(next), uint64(next.gap))
	addTags(b, spanPrevTag, prev.tags)
	addTags(b, spanNextTag, next.tags)
	addTags(b, spanPrev2Tag, prev2.tags)
	b.Add(spanPrevCoarse, uint64(prev.class.Coarse))
	b.Add(spanPrevMedium, uint64(prev.class.Medium))
	b.Add(spanNextCoarse, uint64(next.class.Coarse))
	b.Add(spanNextMedium, uint64(next.class.Medium))
	b.Add2(spanNextNoun, uint64(next.class.Noun), shapeOf(next))
}

// run adds what the capitals around the token say.
func (f *spanFeatures) run(i int, b *linear.Bag) {
	d, m := f.d, &f.marks[i]
	length := uint64(min(4, m.runLast-m.runFirst+1))
	at := uint64(min(3, i-m.runFirst))
	before, after := d.at(m.runFirst-1), d.at(m.runLast+1)
	first, last := &d.toks[m.runFirst], &d.toks[m.runLast]
	b.Add3(spanRunLength, length, at, f.mode())
	b.Add(spanRunPrev, before.hash)
	b.Add(spanRunNext, after.hash)
	if m.runLast > m.runFirst {
		b.Add2(spanRunFirst, first.hash, at)
		b.Add2(spanRunLastWord, last.hash, at)
		b.Add3(spanRunLastClass, uint64(last.class.Medium), at, length)
		addTags(b, spanRunLastTag, last.tags)
		b.Add3(spanRunLastPlaced, uint64(last.class.Noun), uint64(before.tags&tagAt), uint64(last.tags&(tagGeo|tagOrganisation|tagOffice)))
	}
	g := m.runFirst - 1
	for k := 0; k < 3 && g > 0 && d.toks[g].modifier(); k++ {
		g--
	}
	governor := d.at(g)
	b.Add2(spanGovernor, governor.hash, at)
	b.Add2(spanGovernorKind, governor.hash, f.kind(i))
}

// kind is that of the name that covers the token, with its place within it.
func (f *spanFeatures) kind(i int) uint64 {
	if i < 0 || i >= len(f.marks) || f.marks[i].name == 0 {
		return noName
	}
	return f.d.names[f.marks[i].name-1].class.kind
}

func (f *spanFeatures) verdict(i int) uint64 {
	if i < 0 || i >= len(f.marks) {
		return 0
	}
	n := f.marks[i].own
	if n == 0 {
		n = f.marks[i].name
	}
	if n == 0 {
		return 0
	}
	name := &f.d.names[n-1]
	return 1 + uint64(name.verdict)<<2 + uint64(min(i-name.first, 1))
}

func (f *spanFeatures) name(i int, b *linear.Bag) {
	d, m := f.d, &f.marks[i]
	t, prev, next := &d.toks[i], d.at(i-1), d.at(i+1)
	b.Add(spanPrevKind, f.kind(i-1))
	b.Add(spanNextKind, f.kind(i+1))
	if next.text == "," || next.is("and", "or") {
		b.Add2(spanBeyondKind, next.hash, f.kind(i+2))
	}
	b.Add(spanPrevVerdict, f.verdict(i-1))
	b.Add(spanNextVerdict, f.verdict(i+1))
	v := f.verdict(i)
	b.Add(spanVerdict, v)
	if m.name == 0 {
		b.Add2(spanNone, shapeOf(t), f.mode())
		return
	}
	n := &d.names[m.name-1]
	c := &n.class
	length, at := uint64(min(3, n.last-n.first+1)), uint64(min(2, i-n.first))
	whole := uint64(0)
	if n.first == m.runFirst && n.last == m.runLast {
		whole = 1
	} else if n.first == m.runFirst {
		whole = 2
	} else if n.last == m.runLast {
		whole = 3
	}
	b.Add3(spanKind, c.kind, at, length)
	b.Add3(spanKindPeople, c.kind, c.people, at)
	b.Add3(spanKindSeveral, c.kind, c.several, at)
	b.Add3(spanKindWhole, c.kind, whole, at)
	b.Add2(spanKindPrev, c.kind, prev.hash)
	b.Add2(spanKindNext, c.kind, next.hash)
	b.Add3(spanKindShape, c.kind, shapeOf(next), shapeOf(prev))
	b.Add3(spanKindPrevMedium, c.kind, uint64(prev.class.Medium), at)
	b.Add3(spanKindNextMedium, c.kind, uint64(next.class.Medium), at)
	if c.unsourced {
		b.Add2(spanUnsourced, c.people, at)
	}
	b.Add3(spanVerdictKind, v, c.kind, whole)
}

// evidence adds what the rest of the text says of the word.
func (f *spanFeatures) evidence(i int, b *linear.Bag) {
	t := &f.d.toks[i]
	if t.kind != word {
		return
	}
	e := f.d.seen[t.hash]
	kind := f.kind(i)
	if v := f.marks[i].name; v != 0 { // elsewhere, not here
		switch n := &f.d.names[v-1]; {
		case n.verdict != verdictTaken:
			e.refused--
		case n.demonym:
			e.demonym--
		default:
			e.taken--
			if n.first < n.last {
				e.within--
			}
		}
	}
	b.Add2(spanPlaced, few(e.placed), kind)
	b.Add2(spanNamed, few(e.named), kind)
	b.Add2(spanSmall, few(e.small), kind)
	b.Add2(spanHeads, few(e.heads), kind)
	b.Add2(spanSaid, few(e.said), kind)
	b.Add2(spanTaken, few(e.taken), kind)
	b.Add2(spanRefused, few(e.refused), kind)
	b.When(spanWithin, e.within > 0)
	b.When(spanDemonym, e.demonym > 0)
	b.Add3(spanEvidence, few(e.taken)*4+few(e.refused), few(e.placed)*4+few(e.named), kind)
}

// few counts none, one, two and more.
func few(n int) uint64 {
	return uint64(min(max(n, 0), 2))
}
