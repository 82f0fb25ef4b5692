package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// maxNameWords bounds the length of a name in words.
const maxNameWords = 8

// read cuts the text, tags its words and finds its event words and dates.
func (p *Parser) read(text string, published geo.Day) *document {
	d := &document{text: text, published: published}
	d.toks = tokenize(text)
	d.sents = split(d.toks)
	for i := range d.toks {
		if t := &d.toks[i]; t.kind == word {
			t.class = p.words.Of(t.fold)
		}
	}
	d.topAt = make([]*toponym, len(d.toks))
	p.tag(d)
	d.dates = readDates(d)
	return d
}

// recognise finds the spans that name a place: those of the tagger, where a
// model was given, else those of the rules, whose verdicts the tagger weighs.
func (p *Parser) recognise(d *document) []*toponym {
	d.gatherEvidence()
	tops := p.recogniseByRules(d)
	if p.spans == nil {
		return tops
	}
	return p.recogniseByModel(d)
}

// recogniseByRules takes at each token the longest name of the gazetteer,
// unless its surroundings show that it belongs to a person, a paper, a group or a
// document. It notes every name that it comes across, with its verdict.
func (p *Parser) recogniseByRules(d *document) []*toponym {
	var tops []*toponym
	var t toponym // the name at hand; only those that pass are kept
	for k, s := range d.sents {
		for i := s.first; i <= s.last; i++ {
			n, hits := p.nameAt(d, i, s.last)
			if n == 0 {
				continue
			}
			t = toponym{first: i, last: i + n - 1, sent: k, hits: hits, trigger: -1}
			t.demonym = allDemonyms(hits)
			d.takeDivision(&t, s.last)
			v := d.verdictOn(&t)
			d.names = append(d.names, spanName{first: i, last: i + n - 1, ruled: t.last, hits: hits, demonym: t.demonym, verdict: v})
			if v != verdictTaken {
				continue
			}
			top := t
			top.because(0.97, "name in the gazetteer: "+d.text[d.toks[t.first].b:d.toks[t.last].e])
			for j := t.first; j <= t.last; j++ {
				d.topAt[j] = &top
			}
			tops = append(tops, &top)
			i = t.last
		}
	}
	return tops
}

// takeDivision lengthens the name of a settlement or a division by the noun
// for its division: "Afrin district", "Kharkiv region". Regions that lie in no
// single country have no such noun ("the Caucasus region").
func (d *document) takeDivision(t *toponym, last int) {
	p := t.hits[0].Place
	n := d.at(t.last + 1)
	if t.demonym || t.last == last || n.gap != space || p.Country == "" || p.Disputed && p.Kind == gazetteer.Region || p.Kind != gazetteer.Settlement && p.Kind != gazetteer.Region {
		return
	}
	if n.isDivision() && !n.is("department", "canton", "voivodeship") {
		t.last++
	}
}

// nameAt returns the longest name at token i as a number of tokens, with the
// places that bear it and are written the way the text writes them.
func (p *Parser) nameAt(d *document, i, last int) (int, []gazetteer.Hit) {
	if d.toks[i].kind != word {
		return 0, nil
	}
	var folded [maxNameWords]string
	var at [maxNameWords]int // the token of each word
	n := 0
	for j := i; j <= last && n < maxNameWords; j++ {
		t := &d.toks[j]
		if j > i && t.gap >= lineBreak {
			break
		}
		if t.kind == word || t.kind == number && n > 0 {
			folded[n], at[n] = t.fold, j
			n++
			continue
		}
		if t.gap != joined || j == last || !(t.isHyphen() && d.toks[j+1].gap == joined || t.text == "." && d.toks[j-1].is("st", "mt", "ft")) {
			break
		}
	}
	words, hits := p.gaz.Longest(folded[:n])
	if words == 0 {
		return 0, nil
	}
	end := at[words-1]
	hits = d.writtenAlike(i, end, hits)
	if len(hits) == 0 {
		return 0, nil
	}
	return end - i + 1, hits
}

// writtenAlike keeps the hits whose name is spelt with capitals where the text
// has them, and that texts use at all. A name listed with a capital ("Turkey")
// is not found in a lower-case word, and a short one in capitals ("US") only in
// capitals.
func (d *document) writtenAlike(first, last int, hits []gazetteer.Hit) []gazetteer.Hit {
	if d.sents[d.sentenceOf(first)].small {
		return d.writtenSmall(first, last, hits)
	}
	capital := false
	for j := first; j <= last; j++ {
		capital = capital || d.toks[j].upper
	}
	written := d.text[d.toks[first].b:d.toks[last].e]
	var keep []gazetteer.Hit
	for _, h := range hits {
		name := h.Name.Text
		lowerName := strings.ToLower(name) == name
		generic := h.Place.Kind == gazetteer.Line // "line of contact" is written small
		if h.Name.Colloquial || !capital && !lowerName && !generic {
			continue
		}
		if len(written) <= 4 && strings.ToUpper(name) == name && strings.ToLower(name) != name && !allUpper(written) {
			continue
		}
		if !d.toks[first].upper && capital && !lowerName && !generic {
			continue
		}
		keep = append(keep, h)
	}
	return keep
}

// writtenSmall keeps, in a text without capitals, names of known places that
// are no word of the grammar.
func (d *document) writtenSmall(first, last int, hits []gazetteer.Hit) []gazetteer.Hit {
	t := &d.toks[first]
	if first == last && (isFunctionWord(t) || t.tags&tagOrdinary != 0 || t.end-t.start < 4) {
		return nil
	}
	var keep []gazetteer.Hit
	for _, h := range hits {
		if h.Name.Colloquial || h.Place.Kind == gazetteer.Settlement && h.Place.Population < knownTown && !h.Place.Capital {
			continue
		}
		keep = append(keep, h)
	}
	return keep
}

func allUpper(s string) bool { return strings.ToUpper(s) == s }

func allDemonyms(hits []gazetteer.Hit) bool {
	for _, h := range hits {
		if !h.Name.Demonym {
			return false
		}
	}
	return true
}

// verdict is what the rules say of a name of the gazetteer: accepted, or why not.
type verdict uint8

const (
	verdictNone verdict = iota // no name of the gazetteer
	verdictTaken
	verdictGovernment // "White House": a building that stands for a government
	verdictMonth      // "May"
	verdictArticled   // "The City"
	verdictOrdinary   // an ordinary word
	verdictAcronym    // "EU" where the name isn't written so
	verdictHalf       // the "London" of "Middlesex-London"
	verdictNamed      // persons bear the name elsewhere in the text
	verdictSmall      // a small town that nothing speaks for
	verdictBroadcaster
	verdictOrganisation
	verdictPerson
	verdictWeb
	verdictPart
	verdictBody // "the Conference Board of X"
	verdictLanguage
	verdicts int = iota
)

// verdictOn says whether the name is part of another name, or none.
func (d *document) verdictOn(t *toponym) verdict {
	if d.at(t.first).tags&tagGovernment != 0 && d.at(t.first).phrase >= t.last-t.first+1 {
		return verdictGovernment
	}
	if v := d.lacksEvidence(t); v != verdictTaken {
		return v
	}
	switch {
	case d.isBroadcaster(t):
		return verdictBroadcaster
	case d.isOrganisation(t):
		return verdictOrganisation
	case d.isPerson(t):
		return verdictPerson
	case d.isInWebAddress(t):
		return verdictWeb
	case d.isPartOfName(t):
		return verdictPart
	case d.endsOrganisation(t):
		return verdictBody
	case d.isLanguage(t):
		return verdictLanguage
	}
	return verdictTaken
}

// isPartOfName finds names that are the end or the beginning of a longer one
// which the gazetteer lacks: "Environment Canada", "New Jersey", "Indian Ocean",
// "British Columbia", "Syrian Observatory".
func (d *document) isPartOfName(t *toponym) bool {
	s := d.sents[t.sent]
	if s.titled || d.at(t.first).allCaps() {
		return false
	}
	if t.first-1 > s.first && d.at(t.first).gap == space && d.isUnknownName(t.first-1) && !d.afterMark(t.first-1) {
		return true
	}
	if d.at(t.first-1).is("of") && d.at(t.first-2).is("gulf", "bay", "sea", "isle", "cape") && d.at(t.first-2).upper {
		return true
	}
	if d.at(t.first-1).is("mount", "lake", "new", "gulf", "fort", "port", "cape", "east", "west", "north", "south", "villa", "un") && d.at(t.first-1).upper && t.first-1 >= s.first {
		return d.at(t.first).gap <= space && d.topAt[t.first-1] == nil
	}
	next := d.at(t.last + 1)
	if !next.upper || next.kind != word || next.gap != space {
		return false
	}
	if next.is("ocean", "sea", "river", "channel", "strait", "straits", "delta", "islands", "basin") {
		return true
	}
	return t.demonym && d.isUnknownName(t.last+1) && !d.leadsToOffice(t.last+1)
}

// endsOrganisation finds names at the end of a body's: "the Conference Board
// of X", "the Organization for Security and Cooperation in X". Offices and places
// are none: "the Ministry of Defence of X", "the City of X".
func (d *document) endsOrganisation(t *toponym) bool {
	s := d.sents[t.sent]
	if t.demonym || !d.at(t.first-1).is("of", "in", "for") {
		return false
	}
	capitals, linked := 0, false
	i := t.first - 2
	for ; i >= s.first && t.first-i < 10; i-- {
		x := &d.toks[i]
		if x.is("and", "for", "of") && capitals > 0 {
			linked = true
			continue
		}
		if x.kind != word || !x.upper || x.is("the") {
			break
		}
		if x.tags&(tagOffice|tagGeo|tagTitle) != 0 || d.triggerAt(i) >= 0 || weekdayWord(x) || d.topAt[i] != nil {
			return false
		}
		capitals++
	}
	return capitals >= 2 && i >= s.first && d.toks[i].is("the") && (linked || d.at(t.first-1).is("of"))
}

// isUnknownName reports a capitalised word that no word list and no calendar knows.
func (d *document) isUnknownName(i int) bool {
	t := d.at(i)
	if !t.isPlainCapital() || t.tags&(tagOffice|tagTitle|tagGeo|tagFirst|tagSay) != 0 {
		return false
	}
	return d.topAt[i] == nil && !t.is("republic", "kingdom", "state", "northern", "southern", "eastern", "western", "central", "greater", "but", "yet", "when", "what", "how", "why", "there", "here", "our", "we", "i", "both", "all", "some", "many", "most", "under", "like", "despite", "meanwhile", "even", "only", "ethnic", "soviet", "early")
}

// afterMark reports whether the capital of token i may be due to a mark before
// it, such as one that opens a quotation.
func (d *document) afterMark(i int) bool {
	p := d.at(i - 1)
	return p.kind == punct && !p.isHyphen() && p.text != ","
}

// leadsToOffice reports whether an office stands within three words, as in
// "Russian Deputy Foreign Minister".
func (d *document) leadsToOffice(i int) bool {
	for k := i; k < i+3; k++ {
		if d.at(k).tags&tagOffice != 0 {
			return true
		}
	}
	return false
}

// isLanguage finds "speaks French", "in Turkish,": an adjective that stands for a language.
func (d *document) isLanguage(t *toponym) bool {
	if !t.demonym || strings.HasSuffix(d.at(t.last).fold, "s") {
		return false
	}
	next := d.at(t.last + 1)
	return d.at(t.first-1).is("in", "speaks", "speak", "spoke", "speaking", "fluent", "teaching", "into", "from", "learn", "learning") &&
		(next.kind == punct && !next.isHyphen() || next.is("and", "or", "which", "to", "language"))
}

// isBroadcaster finds "France 24": a name with a number of its own. After a
// preposition of place the number counts something else ("in France 24 people").
func (d *document) isBroadcaster(t *toponym) bool {
	next := d.at(t.last + 1)
	if t.demonym || next.kind != number || next.gap != space || len(next.text) > 2 {
		return false
	}
	if _, ok := month(d.at(t.last + 2)); ok {
		return false
	}
	return !d.at(t.first-1).is("in", "at", "from", "to", "near")
}

// isOrganisation finds "Minsk Group", "Geneva Conventions", "Bank of Baroda",
// "Treaty of Lausanne", "Arakan Army": a capitalised noun of organisation
// attached to the name.
func (d *document) isOrganisation(t *toponym) bool {
	next := d.at(t.last + 1)
	if next.gap <= space && !t.demonym && next.tags&tagOrganisation != 0 && d.at(t.last+1).kind == word {
		// "Minsk group" is one too, "Karabakh talks" is not
		return next.upper || next.is("group", "process", "protocol", "protocols", "agreement", "agreements", "accord", "accords", "treaty")
	}
	if t.demonym && next.upper && next.tags&tagOrganisation != 0 {
		return true
	}
	if d.at(t.first-1).is("of") && d.at(t.first-2).upper && d.at(t.first-2).tags&tagOrganisation != 0 && t.first-2 > d.sents[t.sent].first {
		return true
	}
	return false
}

// isPerson finds names that a person bears: after a title or a first name,
// or before a capitalised word that is no place, where no preposition of place
// stands before ("Jordan Henderson").
func (d *document) isPerson(t *toponym) bool {
	if t.demonym {
		return false
	}
	prev, next := d.at(t.first-1), d.at(t.last+1)
	if prev.upper && prev.kind == word && d.at(t.first).gap == space && prev.tags&tagTitle != 0 {
		return true
	}
	if prev.text == "." && d.at(t.first-2).tags&tagTitle != 0 && d.at(t.first-2).upper && isAbbreviation(d.at(t.first-2).fold) {
		return true
	}
	if t.first != t.last {
		return false
	}
	if prev.upper && prev.tags&tagFirst != 0 && d.at(t.first-2).text != "." && d.at(t.first).gap == space && d.topAt[t.first-1] == nil {
		return true
	}
	if d.sents[t.sent].titled || prev.tags&tagAt != 0 || prev.is("from", "to", "of") {
		return false
	}
	name := d.at(t.first)
	return name.tags&tagFirst != 0 && next.upper && next.kind == word && next.gap == space && !next.allCaps() && next.tags&(tagOffice|tagGeo|tagAdjunct) == 0
}

// isInWebAddress finds names inside "www.armenia.am" or "@Armenia".
func (d *document) isInWebAddress(t *toponym) bool {
	prev, next := d.at(t.first-1), d.at(t.last+1)
	if d.at(t.first).gap == joined && (prev.text == "@" || prev.text == "#" || prev.text == "/" || prev.text == "." && d.at(t.first-2).gap == joined && d.at(t.first-2).kind == word && !d.at(t.first-2).upper) {
		return prev.text != "/" || d.at(t.first-2).text == "/"
	}
	return next.gap == joined && (next.text == "_" || next.text == "@")
}

// at returns token i, or an empty mark outside the text.
func (d *document) at(i int) *token {
	if i < 0 || i >= len(d.toks) {
		return &token{kind: punct}
	}
	return &d.toks[i]
}
