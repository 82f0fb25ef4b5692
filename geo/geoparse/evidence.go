package geoparse

import (
	"strings"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// knownTown is the population from which a town is taken at its word: below
// it, a name needs some evidence that the text means a place.
const knownTown = 20_000

// bigTown is the population from which only ordinary words and persons are doubted.
const bigTown = 300_000

// evidence counts how a text uses a word.
type evidence struct {
	small  int // written in lower case
	placed int // after a preposition of place
	named  int // after a capitalised word or a title, as surnames stand
	heads  int // before a capitalised word that no list knows, as first names stand
	said   int // right before or behind a verb of saying

	// of the names of the gazetteer that hold the word, by the rules
	taken, refused, demonym int
	within                  int // those of several words, taken
}

// gatherEvidence reads the whole text once: a name is used alike throughout, so
// "near Barda" in one sentence tells that "Barda" in another is a place, and
// "Christopher Steele" that "Steele" is a person.
func (d *document) gatherEvidence() {
	for _, s := range d.sents {
		for i := s.first; i <= s.last; i++ {
			t := &d.toks[i]
			if t.kind != word {
				continue
			}
			e := d.seen[t.hash]
			before := e
			switch {
			case !t.upper:
				e.small++
			case i > s.first && d.isPlaced(i):
				e.placed++
			case i > s.first && t.gap == space && !s.titled && d.isName(i-1) && (!d.afterMark(i-1) || d.toks[i-1].isRare()):
				e.named++
			}
			if t.upper && !s.titled && i < s.last {
				next, prev := d.at(i+1), d.at(i-1)
				switch {
				case next.tags&tagSay != 0 && !next.upper, prev.is("said", "says", "added") && i > s.first:
					e.said++
				case next.gap == space && d.isName(i+1):
					e.heads++
				}
			}
			if e != before {
				d.seen[t.hash] = e
			}
		}
	}
}

// isPlaced reports whether a preposition of place stands before token i.
func (d *document) isPlaced(i int) bool {
	j := i - 1
	for j > 0 && d.toks[j].modifier() {
		j--
	}
	if d.at(j).is("from", "to", "between") {
		return true
	}
	_, ok := d.endsPhrase(j, tagAt)
	return ok && !d.at(j).is("on", "against", "over", "off", "into")
}

// isRare reports words that no dictionary explains and that are not among the
// commonest: at the start of a sentence, a given name rather than an adverb.
func (t *token) isRare() bool {
	c := t.class
	return c.Noun == 0 && c.Verb == 0 && (c.Rank == 0 || c.Rank > 11) && !strings.HasSuffix(t.fold, "ly")
}

// isName reports a capitalised word that may be a given name: no word of our
// lists, no month, no weekday.
func (d *document) isName(i int) bool {
	t := d.at(i)
	if t.tags&(tagFirst|tagTitle) != 0 && t.upper {
		return true
	}
	return t.isPlainCapital() && t.tags&(tagOrdinary|tagOffice|tagGeo|tagSay|tagArms|tagArmed) == 0 && !t.modifier()
}

// lacksEvidence says why a name of one word, or of a small town, is more
// likely something else here; accepted where it isn't.
func (d *document) lacksEvidence(t *toponym) verdict {
	if t.demonym {
		return verdictTaken
	}
	w := d.at(t.first)
	single := t.first == t.last
	if _, ok := month(w); ok && single {
		return verdictMonth
	}
	s := d.sents[t.sent]
	if s.small && t.hits[0].Place.Kind == gazetteer.Settlement && !isGovernmentSeat(t) && population(t) < bigTown && !d.isPlaced(t.first) {
		return verdictSmall
	}
	e := d.seen[w.hash]
	placed := t.first > s.first && d.isPlaced(t.first)
	if w.is("the") && !single && d.at(t.last).tags&(tagOrdinary|tagGeo) != 0 {
		return verdictArticled // "The City" is a name somewhere
	}
	if single && (w.tags&tagOrdinary != 0 || isFunctionWord(w)) && isASCII(w.text) {
		return either(verdictOrdinary, !placed || d.startsName(t.last+1))
	}
	if isGovernmentSeat(t) {
		return verdictTaken
	}
	if d.isAcronym(t) {
		return verdictAcronym
	}
	if d.isHalfOfCompound(t) {
		return verdictHalf
	}
	if population(t) >= bigTown || t.hits[0].Place.Kind != gazetteer.Settlement {
		return either(verdictNamed, single && e.named > e.placed && !placed)
	}
	if !single {
		return verdictTaken
	}
	if d.startsName(t.last+1) && !s.titled || e.named > 0 && !placed || w.tags&(tagFirst|tagTitle|tagOffice) != 0 && e.placed == 0 {
		return verdictNamed
	}
	if placed || e.placed > 0 || d.besideToponym(t) || d.at(t.last+1).kind == punct && d.at(t.last+2).is("a") {
		return verdictTaken
	}
	return either(verdictSmall, e.small > 0 || population(t) < knownTown && isUnsourced(t.hits))
}

// either is v where it holds, else accepted.
func either(v verdict, holds bool) verdict {
	if holds {
		return v
	}
	return verdictTaken
}

// isASCII reports whether the word is written without diacritics: "Male" may
// be a word where "Malé" is none.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isGovernmentSeat reports names that a country or a capital bears.
func isGovernmentSeat(t *toponym) bool {
	for _, h := range t.hits {
		if h.Place.Kind == gazetteer.Country || h.Place.Capital {
			return true
		}
	}
	return false
}

// isUnsourced reports names that only a list of all the world's settlements
// has, which says nothing about whether news names them.
func isUnsourced(hits []gazetteer.Hit) bool {
	for _, h := range hits {
		if len(h.Place.Names) > 2 || h.Place.Kind != gazetteer.Settlement {
			return false
		}
	}
	return true
}

// population is that of the largest place of the name.
func population(t *toponym) int64 {
	return largest(t.hits)
}

// isAcronym finds "NATO", "UN", "EU": capitals in a text that isn't set in
// capitals, for a name that isn't written so.
func (d *document) isAcronym(t *toponym) bool {
	w := d.at(t.first)
	if t.first != t.last || !w.allCaps() || w.end-w.start > 5 || w.gap == paragraph || d.sents[t.sent].titled && w.end-w.start > 3 {
		return false
	}
	for _, h := range t.hits {
		if h.Name.Text == w.text {
			return false
		}
	}
	next, prev := d.at(t.last+1), d.at(t.first-1)
	return !(next.allCaps() || prev.allCaps())
}

// isHalfOfCompound finds the "Al" of "Al-Hazm" and the "London" of "Middlesex-London".
func (d *document) isHalfOfCompound(t *toponym) bool {
	next, prev := d.at(t.last+1), d.at(t.first-1)
	if next.isHyphen() && next.gap == joined && d.at(t.last+2).gap == joined && d.at(t.last+2).upper && population(t) < bigTown {
		return true
	}
	return prev.isHyphen() && d.at(t.first).gap == joined && prev.gap == joined && d.topAt[t.first-2] == nil && d.at(t.first-2).upper
}

// startsName reports a capitalised word on the same line that no office or
// geographic noun explains.
func (d *document) startsName(i int) bool {
	t := d.at(i)
	return t.kind == word && t.gap == space && t.upper && !isFunctionWord(t) && !weekdayWord(t) && t.tags&(tagGeo|tagOffice) == 0
}

// besideToponym finds members of lists and containers: "X, Y and Z".
func (d *document) besideToponym(t *toponym) bool {
	for i := t.first - 1; i >= max(0, t.first-4); i-- {
		if d.topAt[i] != nil {
			return !d.topAt[i].demonym
		}
		if x := &d.toks[i]; !x.is(",", "and", "or", "in", "the", "of") {
			break
		}
	}
	return d.at(t.last+1).text == "," && d.at(t.last+2).upper && d.at(t.last+2).kind == word
}
