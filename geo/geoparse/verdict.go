package geoparse

import (
	"strings"
)

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
	if !t.demonym && next.gap == space && (next.is("army") && next.upper || next.is("cartel", "cartels")) && !isGovernmentSeat(t) {
		return true // the Arakan Army is no state's
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
