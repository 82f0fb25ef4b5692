package geoparse

import (
	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// Labelled is an article with the mentions that a reader found in it.
type Labelled struct {
	Article geo.Article
	Gold    []Gold
	Weight  float64 // how much its examples count; 0 stands for 1
	Group   int     // number of the document, carried by its examples
}

// Gold is a mention as a reader marked it.
type Gold struct {
	Start, End int // code points, end exclusive
	Role       geo.Role
	Event      geo.EventType
	Days       geo.Interval
	Claim      geo.Claim // empty where the reader said nothing
	Optional   bool      // neither right nor wrong to find
	// Kind is what the place is, empty where the reader didn't say.
	Kind gazetteer.Kind
	// IsPlace reports whether the place is the one meant; nil where the
	// reader gave none.
	IsPlace func(*gazetteer.Place) bool
}

// Lessons are the examples that the models of the seams learn from.
type Lessons struct {
	Span  []linear.Sequence
	Place []linear.Choice
	Role  []linear.Example
	Event []linear.Example
	Date  []linear.Choice

	// Confidence comes from LearnConfidence, after the other seams.
	Confidence []linear.Example
}

// Learn adds the examples of a document. Every seam learns on the gold answers
// of the seams before it, by the very features with which it decides.
func (p *Parser) Learn(doc Labelled, l *Lessons) {
	p.learnSpans(doc, l)

	d := p.read(doc.Article.Text, doc.Article.Published)
	tops, gold := p.goldToponyms(d, doc)
	p.learnPlaces(d, tops, gold, doc, l)
	p.resolve(d, tops)
	for i, g := range gold {
		if g.IsPlace == nil || tops[i].place == nil || g.IsPlace(tops[i].place) {
			continue
		}
		for _, h := range tops[i].hits {
			if g.IsPlace(h.Place) {
				tops[i].place = h.Place
				break
			}
		}
	}
	d.readOffsets(tops)
	p.learnRoles(d, tops, gold, doc, l)

	p.assignRoles(d, tops) // for the event words that its rules find
	for i, g := range gold {
		tops[i].role = g.Role
	}
	p.learnEvents(d, tops, gold, doc, l)
	p.learnDates(d, tops, gold, doc, l)
}

// LearnEvents adds the examples of event types alone, all mentions being sites:
// for sentences that nobody annotated in full.
func (p *Parser) LearnEvents(doc Labelled, l *Lessons) {
	d := p.read(doc.Article.Text, doc.Article.Published)
	tops, gold := p.goldToponyms(d, doc)
	p.resolve(d, tops)
	p.assignRoles(d, tops)
	for _, t := range tops {
		t.role = geo.Site
	}
	p.learnEvents(d, tops, gold, doc, l)
}

// goldToponyms makes toponyms of the gold mentions whose borders are borders of tokens.
func (p *Parser) goldToponyms(d *document, doc Labelled) ([]*toponym, []Gold) {
	var tops []*toponym
	var gold []Gold
	byStart := make(map[int]int, len(d.toks))
	byEnd := make(map[int]int, len(d.toks))
	for i := range d.toks {
		byStart[d.toks[i].start] = i
		byEnd[d.toks[i].end] = i
	}
	d.gatherEvidence()
	for _, g := range doc.Gold {
		first, ok := byStart[g.Start]
		last, ok2 := byEnd[g.End]
		if !ok || !ok2 || last < first || g.Optional {
			continue
		}
		t := &toponym{first: first, last: last, sent: d.sentenceOf(first), trigger: -1}
		t.hits = p.hitsOf(d, first, last)
		t.demonym = len(t.hits) > 0 && allDemonyms(t.hits)
		for j := first; j <= last; j++ {
			d.topAt[j] = t
		}
		tops = append(tops, t)
		gold = append(gold, g)
	}
	return tops, gold
}

// The labels of tokens: outside of names, the first and the further tokens of a
// name, and a demonym.
const (
	outside uint8 = iota
	begins
	continues
	demonym
	// SpanLabels is how many labels there are.
	SpanLabels = 4
)
