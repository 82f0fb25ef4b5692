package geoparse

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// eventReader names the events of a document's sites, one after the other: what
// the sites before were is evidence for the next.
type eventReader struct {
	d       *document
	most    uint64     // the kind that most event words of the document have
	head    uint64     // kinds that the title or the first sentence names
	earlier []*toponym // sites read so far
	bag     linear.Bag
	scores  []float32
}

func newEventReader(d *document) *eventReader {
	r := &eventReader{d: d}
	var counts [eventKinds]int
	for k := range d.triggers {
		tr := &d.triggers[k]
		counts[kindOf(tr)]++
		if tr.sent == 0 || tr.sent == 1 && d.sents[0].heading {
			r.head |= 1 << kindOf(tr)
		}
	}
	for k, n := range counts {
		if n > counts[r.most] {
			r.most = uint64(k)
		}
	}
	return r
}

// read names the event of the next site: by the model if there is one, else by rules.
func (r *eventReader) read(t *toponym, m *linear.Model) {
	defer func() { r.earlier = append(r.earlier, t) }()
	t.event = r.d.eventType(t, r.earlier)
	if m == nil {
		return
	}
	r.features(t)
	types := geo.EventTypes()
	if r.scores == nil {
		r.scores = make([]float32, m.Classes())
	}
	m.Scores(r.bag, r.scores)
	linear.Softmax(r.scores)
	best := 0
	for c, p := range r.scores[:min(len(types), len(r.scores))] {
		if p > r.scores[best] {
			best = c
		}
	}
	t.event, t.eventShare = types[best], float64(r.scores[best])
}

// learnEvents adds the examples of the event seam: each site twice, with the
// gold types and with the rules' types of the sites before it. The parser has
// neither: it knows its own, which are better than the rules' and worse than gold.
func (p *Parser) learnEvents(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
	for _, ruled := range [...]bool{true, false} {
		r := newEventReader(d)
		for i, t := range tops {
			label := slices.Index(geo.EventTypes(), gold[i].Event)
			if gold[i].Role != geo.Site || label < 0 {
				continue
			}
			t.event = d.eventType(t, r.earlier)
			r.features(t)
			l.Event = append(l.Event, linear.Example{Features: slices.Clone(r.bag), Label: label, Weight: doc.Weight / 2, Group: doc.Group})
			if !ruled {
				t.event = gold[i].Event
			}
			r.earlier = append(r.earlier, t)
		}
	}
}
