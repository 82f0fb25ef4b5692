package geoparse

import (
	"strings"
	"unicode"

	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

func taggerOf(m *linear.Model) *linear.Tagger {
	if m == nil {
		return nil
	}
	return linear.NewTagger(m)
}

// spanRun is a run of tokens that the tagger labels together.
type spanRun struct{ first, last int }

// spanRuns cuts the tokens that may be part of names into runs within sentences.
func (d *document) spanRuns(marks []spanMark) []spanRun {
	var runs []spanRun
	for _, s := range d.sents {
		for i := s.first; i <= s.last; i++ {
			if !marks[i].mayName {
				continue
			}
			j := i
			for j < s.last && marks[j+1].mayName {
				j++
			}
			runs = append(runs, spanRun{i, j})
			i = j
		}
	}
	return runs
}

// recogniseByModel finds the spans that the tagger takes for names of places,
// after the rules have given their verdicts. (A second pass, with the verdicts of
// the first in the evidence, was no better on articles that it hadn't seen.)
func (p *Parser) recogniseByModel(d *document) []*toponym {
	clear(d.topAt)
	w := spanWork{tagger: p.spans, f: spanFeatures{d: d, marks: d.markSpans()}}
	var tops []*toponym
	for _, r := range d.spanRuns(w.f.marks) {
		w.tag(r)
		tops = p.takeSpans(d, w.f.marks, r, &w.lattice, tops)
	}
	return tops
}

// spanWork is the memory of the tagging of a text.
type spanWork struct {
	tagger  *linear.Tagger
	f       spanFeatures
	bags    []linear.Bag
	lattice linear.Lattice
}

// tag labels the tokens of a run; the labels are in the lattice.
func (w *spanWork) tag(r spanRun) {
	n := r.last - r.first + 1
	for len(w.bags) < n {
		w.bags = append(w.bags, make(linear.Bag, 0, maxSpanFeatures))
	}
	w.f.sent = w.f.d.sentenceOf(r.first)
	for i := range n {
		w.bags[i] = w.f.of(r.first+i, w.bags[i][:0])
	}
	w.tagger.Tag(w.bags[:n], &w.lattice)
}

// blurredWeight is what the examples made with a blurred gazetteer count.
const blurredWeight = 0.5

// recasedWeight is what those of a text all in lower case or in capitals count.
const recasedWeight = 0.1

// learnSpans adds the examples of the span seam: as text and gazetteer are, as
// another gazetteer might be, and as a careless writer would type the text.
func (p *Parser) learnSpans(doc Labelled, l *Lessons) {
	weight := doc.Weight
	if weight == 0 {
		weight = 1
	}
	p.learnSpansWith(doc, l, weight)
	other := *p
	other.gaz = blurred{p.gaz, uint64(doc.Group)}
	other.learnSpansWith(doc, l, blurredWeight*weight)
	switch doc.Group % 3 {
	case 0:
		doc.Article.Text = strings.Map(unicode.ToLower, doc.Article.Text)
		p.learnSpansWith(doc, l, recasedWeight*weight)
	case 1:
		doc.Article.Text = strings.Map(unicode.ToUpper, doc.Article.Text)
		p.learnSpansWith(doc, l, recasedWeight*weight)
	}
}

func (p *Parser) learnSpansWith(doc Labelled, l *Lessons, weight float64) {
	d := p.read(doc.Article.Text, doc.Article.Published)
	d.gatherEvidence()
	p.recogniseByRules(d)
	clear(d.topAt)
	marks := d.markSpans()
	labels, known := p.goldLabels(d, doc)
	for _, r := range d.spanRuns(marks) {
		s := linear.Sequence{Weight: weight, Group: doc.Group}
		f := spanFeatures{d: d, marks: marks, sent: d.sentenceOf(r.first)}
		for i := r.first; i <= r.last && known[i]; i++ {
			s.Features = append(s.Features, f.of(i, nil))
			s.Labels = append(s.Labels, labels[i])
		}
		if len(s.Labels) == r.last-r.first+1 {
			l.Span = append(l.Span, s)
		}
	}
}

// goldLabels gives each token the label that the gold mentions make it, and
// whether it is known: optional mentions teach nothing.
func (p *Parser) goldLabels(d *document, doc Labelled) (labels []uint8, known []bool) {
	labels, known = make([]uint8, len(d.toks)), make([]bool, len(d.toks))
	for i := range known {
		known[i] = true
	}
	byStart := make(map[int]int, len(d.toks))
	for i := range d.toks {
		byStart[d.toks[i].start] = i
	}
	for _, g := range doc.Gold {
		first, ok := byStart[g.Start]
		if !ok {
			continue
		}
		last := first
		for last+1 < len(d.toks) && d.toks[last+1].end <= g.End {
			last++
		}
		hits := p.hitsOf(d, first, last)
		isDemonym := len(hits) > 0 && allDemonyms(hits)
		for i := first; i <= last; i++ {
			known[i] = !g.Optional && d.toks[last].end == g.End
			switch {
			case isDemonym:
				labels[i] = demonym
			case i == first:
				labels[i] = begins
			default:
				labels[i] = continues
			}
		}
	}
	return labels, known
}
