package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// leastShare is how probable a name must be that the gazetteer lacks.
const leastShare = 0.5

// takeSpans makes toponyms of the labels of a run.
func (p *Parser) takeSpans(d *document, marks []spanMark, r spanRun, l *linear.Lattice, tops []*toponym) []*toponym {
	for i := r.first; i <= r.last; i++ {
		label := l.Labels[i-r.first]
		if label == outside {
			continue
		}
		j := i
		for j < r.last && d.sameSpan(marks, label, l.Labels[j+1-r.first], i, j+1) {
			j++
		}
		share := float64(1)
		for k := i; k <= j; k++ {
			share = min(share, float64(l.Shares[k-r.first]))
		}
		if d.vetoed(marks, i, j) {
			i = j
			continue
		}
		if t := p.spanToponym(d, i, j, label == demonym, share); t != nil {
			t.last = d.abbreviated(j)
			for k := i; k <= t.last; k++ {
				d.topAt[k] = t
			}
			tops = append(tops, t)
		}
		i = j
	}
	return tops
}

// vetoed reports whether the rules refuse just this span for a reason that
// hardly ever fails: of the names in our corpora that they refuse so, one in
// sixty is a place.
func (d *document) vetoed(marks []spanMark, first, last int) bool {
	k := marks[first].own
	if last > first && d.toks[last].kind == number {
		last--
	}
	if k == 0 || d.names[k-1].last != last {
		return false
	}
	switch d.names[k-1].verdict {
	case verdictGovernment, verdictMonth, verdictOrganisation, verdictPerson, verdictBody:
		return true
	case verdictBroadcaster: // "France 24 said", not "Ukraine 24 people" or "Ukraine 24, Russia 20"
		next := d.at(last + 2)
		return next.is(":", ".", ")") || next.kind == possessive || next.upper || isAuxiliary(next) || next.tags&tagSay != 0
	}
	return false
}

// abbreviated returns the last token of a name that ends in token i: the
// period after it in "Fla.", where the sentence goes on behind it.
func (d *document) abbreviated(i int) int {
	t, dot, next := d.at(i), d.at(i+1), d.at(i+2)
	if dot.text != "." || dot.gap != joined || t.kind != word || t.end-t.start > maxAbbreviated || strings.HasSuffix(t.text, ".") ||
		d.sentenceOf(i) != d.sentenceOf(i+1) || i+2 >= len(d.toks) || d.sentenceOf(i+2) != d.sentenceOf(i) {
		return i
	}
	if next.kind == word && !next.upper || next.kind == number || next.is(",", ";", ":", "(", ")", "—", "–") {
		return i + 1
	}
	return i
}

// sameSpan reports whether token j with the label next belongs to the span
// that started at token i.
func (d *document) sameSpan(marks []spanMark, label, next uint8, i, j int) bool {
	if label == demonym { // "South Korean" is one, "Russian, Turkish" are two
		return next == demonym && marks[i].name != 0 && marks[j].name == marks[i].name
	}
	return next == continues
}

// spanToponym is the toponym of a span, nil where too little speaks for it.
func (p *Parser) spanToponym(d *document, first, last int, isDemonym bool, share float64) *toponym {
	t := &toponym{first: first, last: last, sent: d.sentenceOf(first), trigger: -1, spanShare: share}
	t.hits = p.hitsOf(d, first, last)
	if len(t.hits) == 0 {
		if share < leastShare {
			return nil
		}
		t.demonym = isDemonym
		t.because(min(0.97, share), "reads like the name of a place")
		if t.hits = p.townOf(d, first, last); t.hits != nil && !isDemonym {
			t.partly = true
			t.because(0.9, "placed in the town of its name")
		}
		return t
	}
	t.demonym = reconcile(t.hits, isDemonym)
	t.because(min(0.97, share), "name in the gazetteer: "+d.span(first, last))
	return t
}

// reconcile says whether the span is a demonym: as the tagger says, if the
// gazetteer has such a name, else as the gazetteer says.
func reconcile(hits []gazetteer.Hit, isDemonym bool) bool {
	for _, h := range hits {
		if h.Name.Demonym == isDemonym {
			return isDemonym
		}
	}
	return !isDemonym
}

// hitsOf returns the places that bear the name that tokens first to last
// write: as it stands, without the period of an abbreviation, without a common noun
// at its end ("Kharkiv region", "Goma airport") or before it ("County of Brant").
func (p *Parser) hitsOf(d *document, first, last int) []gazetteer.Hit {
	if hits := p.hitsExactly(d, first, last); hits != nil {
		return hits
	}
	if last > first && d.toks[last].text == "." {
		return p.hitsOf(d, first, last-1)
	}
	if last > first && d.endsInNoun(last) {
		if hits := p.hitsExactly(d, first, last-1); hits != nil {
			return hits
		}
	}
	if last > first+1 && d.toks[first+1].is("of") && d.toks[first].tags&tagGeo != 0 {
		return p.hitsExactly(d, first+2, last)
	}
	return nil
}

// endsInNoun reports whether the span's last token is a noun that says what
// the place is and whose name stands before it. The name of a road isn't that of
// the place that it may be called after.
func (d *document) endsInNoun(last int) bool {
	t := &d.toks[last]
	if t.isDivision() || t.is("airport", "dam", "airbase", "airfield", "crossing", "port", "city", "state") {
		return true
	}
	return !t.upper && t.gap == space && !t.is("road", "street", "highway")
}

// isDivision lists the nouns for divisions of countries that follow their names.
func (t *token) isDivision() bool {
	switch t.fold {
	case "region", "district", "province", "governorate", "oblast", "county", "prefecture", "municipality", "raion", "department",
		"canton", "voivodeship":
		return true
	}
	return false
}

func (p *Parser) hitsExactly(d *document, first, last int) []gazetteer.Hit {
	if n, hits := p.nameAt(d, first, last); n == last-first+1 {
		return hits
	}
	return nil
}
