package geoparse

import "github.com/conflictmap/conflictmap/gazetteer"

// relation is how the text says that one place lies in another.
type relation uint8

const (
	unrelated   relation = iota
	byComma              // "Paris, Texas"
	byList               // "Paris, London and Rome": a comma of a list
	byBracket            // "Aleppo (Syria)"
	byIn                 // "Aleppo in northern Syria"
	byOf                 // "the Palestine of Texas"
	byWords              // "Aleppo, a city in Syria"
	byOwner              // "Syria's Idlib"
	byAdjective          // "the Syrian city of Aleppo"
)

// link is what the text says about where a place lies.
type link struct {
	how  relation
	held int32 // sense of the container, -1 where it is no toponym of the document
	// within is the container where the recogniser found no mention: "Columbia, Ky."
	within []gazetteer.Hit
}

// maxLink is how many tokens may stand between a place and what holds it.
const maxLink = 9

// findLinks reads for each toponym where the text says that it lies.
func (p *Parser) findLinks(r *resolver) {
	r.links = make([]link, len(r.tops))
	r.held = make([]int32, len(r.tops))
	index := make(map[*toponym]int, len(r.tops))
	for i, t := range r.tops {
		r.held[i] = -1
		r.links[i].held = -1
		index[t] = i
	}
	for i, t := range r.tops {
		if t.demonym || r.of[i] < 0 {
			continue
		}
		u, how := r.d.containerAfter(t)
		if how == unrelated || how == byList {
			if v, h := r.d.containerBefore(t); h != unrelated {
				u, how = v, h
			}
		}
		if u == nil {
			if hits := p.abbreviation(r.d, t); len(hits) > 0 {
				r.links[i] = link{how: byComma, held: -1, within: hits}
			}
			continue
		}
		j, ok := index[u]
		if !ok || r.of[j] < 0 || r.of[j] == r.of[i] && how != byOf && how != byComma {
			continue
		}
		r.links[i] = link{how: how, held: r.of[j]}
		if r.held[j] < 0 && !u.demonym {
			r.held[j] = int32(i)
		}
	}
}

// containerAfter finds what follows a name: "Paris, Texas", "Aleppo in Syria",
// "Aleppo, a city in the north of Syria".
func (d *document) containerAfter(t *toponym) (*toponym, relation) {
	last := min(d.sents[t.sent].last, t.last+maxLink)
	comma, bracket, in, of, words, apposed := false, false, false, false, false, false
	for j := t.last + 1; j <= last; j++ {
		x := &d.toks[j]
		if u := d.topAt[j]; u != nil {
			switch {
			case u.demonym, j == t.last+1:
				return nil, unrelated
			case bracket:
				return u, byBracket
			case in && comma && words:
				return u, byWords
			case in:
				return u, byIn
			case of && !comma:
				return u, byOf
			case comma && !words && !of:
				if d.inList(t, u) {
					return u, byList
				}
				return u, byComma
			}
			return nil, unrelated
		}
		switch {
		case x.text == "," && j == t.last+1:
			comma = true
		case x.text == "(" && j == t.last+1:
			bracket = true
		case x.is("in", "inside", "within"):
			in = true
		case x.is("of"):
			of = true
		case comma && j == t.last+2 && x.is("a", "an", "the", "once", "now", "then", "formerly"):
			apposed = true
		case apposed && x.kind == word && !x.upper:
			words = true
		case x.modifier(), x.tags&tagGeo != 0, x.is("part", "far", "half", "this", "that", "near", "remote", "small", "port", "western", "eastern"):
			words = words || x.tags&tagGeo != 0
		default:
			return nil, unrelated
		}
	}
	return nil, unrelated
}

// inList reports whether the comma between two names is that of a list: an
// "and" follows, or a comma went before.
func (d *document) inList(t, u *toponym) bool {
	next, prev := d.at(u.last+1), d.at(t.first-1)
	if next.is("and", "or") && d.at(u.last+2).upper {
		return true
	}
	return prev.is(",", "and", "or") && d.topBefore(t.first-1) != nil
}

// topBefore is the toponym that ends right before token i, or nil.
func (d *document) topBefore(i int) *toponym {
	if i < 1 {
		return nil
	}
	return d.topAt[i-1]
}

// containerBefore finds "Syria's Idlib", "Syria's northern city of Aleppo" and
// "the Syrian city of Aleppo".
func (d *document) containerBefore(t *toponym) (*toponym, relation) {
	first := max(d.sents[t.sent].first, t.first-maxLink)
	geo := false
	for j := t.first - 1; j >= first; j-- {
		x := &d.toks[j]
		switch {
		case x.kind == possessive:
			if u := d.topBefore(j); u != nil && !u.demonym {
				return u, byOwner
			}
			return nil, unrelated
		case d.topAt[j] != nil:
			if u := d.topAt[j]; u.demonym && geo {
				return u, byAdjective
			}
			return nil, unrelated
		case x.tags&tagGeo != 0 && !x.upper:
			geo = true
		case x.modifier(), x.is("of", "capital", "coastal", "second", "largest", "port", "main", "industrial", "holy"):
		default:
			return nil, unrelated
		}
	}
	return nil, unrelated
}

// abbreviation reads the short form of a state after a comma, which only lists
// of such forms have: "Columbia, Ky.", "Austin, TX".
func (p *Parser) abbreviation(d *document, t *toponym) []gazetteer.Hit {
	i := t.last + 2
	if d.at(i-1).text != "," || i > d.sents[t.sent].last || !d.toks[i].upper || d.toks[i].kind != word {
		return nil
	}
	word := [1]string{d.toks[i].fold}
	n, hits := p.gaz.Longest(word[:])
	if n != 1 {
		return nil
	}
	for k := range hits {
		if hits[k].Place.Kind == gazetteer.Region && d.isAbbreviated(i, &hits[k]) {
			return hits[k : k+1]
		}
	}
	return nil
}

// isAbbreviated reports whether token i, after a name and a comma, is the
// short form of a region under which it was found: "Ky." and "KY", not "Ore" in a
// sentence about mines.
func (d *document) isAbbreviated(i int, h *gazetteer.Hit) bool {
	t := &d.toks[i]
	if !h.Name.Colloquial || !h.Name.Short && len(h.Name.Text) > 5 || h.Place.Kind != gazetteer.Region || d.at(i-1).text != "," || d.at(i-2).kind != word || !d.at(i-2).upper {
		return false
	}
	return len(t.text) == 2 && t.allCaps() || d.at(i+1).text == "." && d.at(i+1).gap == joined || t.text[len(t.text)-1] == '.'
}

// takePeriod adds to the short form of a state the period that it is written with.
func (d *document) takePeriod(t *toponym, last int) {
	if t.first != t.last || last == t.last || d.toks[t.last+1].text != "." || d.toks[t.last+1].gap != joined {
		return
	}
	if h := &t.hits[0]; h.Name.Colloquial && d.isAbbreviated(t.first, h) {
		t.last++
	}
}

// The grades of how well one place lies within another.
const (
	apart     uint8 = iota
	inCountry       // the container is its country
	inMiddle        // well within a region
	inRegion
	atEdge // about where a region ends
	inTown // within some kilometres of a town
	nearTown
	grades
)

// unstatedExtent is the radius in metres that a region gets whose extent nobody stated.
const unstatedExtent = 70_000

// shapeMargin is how far outside of a shape's bounds a place may still be said
// to lie in it, in degrees.
const shapeMargin = 0.2

// within grades how a lies in b.
func within(a, b *candidate) uint8 {
	switch {
	case a.place == b.place || a.place.Kind == gazetteer.Country:
		return apart
	case b.country > 0 && a.country > 0 && b.country != a.country:
		return apart
	case b.place.Kind == gazetteer.Country:
		if a.country > 0 {
			return inCountry
		}
		return apart
	}
	far := a.at.metres(b.at)
	if !b.place.Kind.Extended() {
		switch {
		case far < 15_000:
			return inTown
		case far < 60_000 && a.place.Kind != gazetteer.Region:
			return nearTown
		}
		return apart
	}
	if b.place.Shape != nil {
		switch bound := b.place.Shape.Bound(); {
		case bound.Contains(a.place.Point):
			return inRegion
		case bound.Pad(shapeMargin).Contains(a.place.Point):
			return atEdge
		}
		return apart
	}
	extent := b.place.Uncertainty
	if extent == 0 {
		extent = unstatedExtent
	}
	if a.place.Kind == gazetteer.Region && a.place.Uncertainty >= extent {
		return apart
	}
	switch {
	case far < extent/2:
		return inMiddle
	case far < extent:
		return inRegion
	case far < extent*1.4:
		return atEdge
	}
	return apart
}

// holds grades whether the container of toponym i holds the candidate: by the
// likeliest candidate of the container, and by any.
func (r *resolver) holds(i int, c *candidate) (best, some uint8) {
	l := &r.links[i]
	if l.within != nil {
		h := &l.within[0]
		y := candidate{place: h.Place, at: unitOf(h.Place.Point), country: countryNumber(h.Place.Country)}
		g := within(c, &y)
		return g, g
	}
	if l.held < 0 {
		return apart, apart
	}
	s := &r.senses[l.held]
	best = within(c, &s.cands[s.best])
	if some = best; some == apart {
		for k := range min(len(s.cands), 12) {
			if g := within(c, &s.cands[k]); g != apart {
				return best, g
			}
		}
	}
	return best, some
}

// heldBy grades whether the candidate of a container, toponym i, holds any
// place that the name said to lie in it may mean.
func (r *resolver) heldBy(i int, c *candidate) uint8 {
	if r.held[i] < 0 {
		return apart
	}
	s := &r.senses[r.of[r.held[i]]]
	if g := within(&s.cands[s.best], c); g != apart {
		return g
	}
	for k := range min(len(s.cands), firstCandidates) {
		if g := within(&s.cands[k], c); g != apart {
			return g
		}
	}
	return apart
}
