package geoparse

import (
	"github.com/conflictmap/conflictmap/gazetteer"
)

// spanName is a name of the gazetteer in the text.
type spanName struct {
	first, last int // tokens, inclusive
	ruled       int // the last token with the noun of a division: "Kharkiv region"
	hits        []gazetteer.Hit
	demonym     bool // all hits are demonyms
	verdict     verdict
	class       nameClass
}

// nameClass is what the gazetteer says of a name, in terms that don't change
// much from one gazetteer to the next.
type nameClass struct {
	kind      uint64 // what the most important of its places is, 0 for none
	people    uint64 // 0 to 4: how populous the largest is
	several   uint64 // 1 one place, 2 two or three, 3 more
	unsourced bool   // only a list of all the world's settlements has it
}

// The kinds of a name, after what matters to whether a text means the place.
const (
	noName uint64 = iota
	countryName
	capitalName
	regionName
	townName
	waterName
	siteName // bases, crossings and other facilities
	landName // mountains, islands and the like
	demonymName
	bothName // a demonym that is a place's name too
)

// maxWeighed bounds how many places of a name are looked at.
const maxWeighed = 12

func classOf(hits []gazetteer.Hit) nameClass {
	var c nameClass
	people := int64(0)
	demonyms, shown := 0, min(len(hits), maxWeighed)
	for _, h := range hits[:shown] {
		people = max(people, h.Place.Population)
		if h.Name.Demonym {
			demonyms++
			continue
		}
		if k := kindOfName(h.Place); c.kind == noName || k < c.kind {
			c.kind = k
		}
	}
	switch {
	case demonyms == shown:
		c.kind = demonymName
	case demonyms > 0:
		c.kind = bothName
	}
	for _, limit := range []int64{1_000, knownTown, 100_000, bigTown} {
		if people >= limit {
			c.people++
		}
	}
	c.several = uint64(min(3, (len(hits)+2)/2))
	c.unsourced = isUnsourced(hits[:shown])
	return c
}

func kindOfName(p *gazetteer.Place) uint64 {
	switch p.Kind {
	case gazetteer.Country:
		return countryName
	case gazetteer.Region:
		return regionName
	case gazetteer.Settlement:
		if p.Capital {
			return capitalName
		}
		return townName
	case gazetteer.River, gazetteer.Canal, gazetteer.Lake, gazetteer.Sea, gazetteer.Strait, gazetteer.Bay:
		return waterName
	case gazetteer.Facility, gazetteer.Base, gazetteer.Crossing, gazetteer.Line, gazetteer.Road:
		return siteName
	}
	return landName
}

// spanMark is what the tagger is told of a token besides the token itself.
type spanMark struct {
	name     int // 1 + index of the first name that covers the token, 0 for none
	own      int // 1 + index of the name that starts at the token, 0 for none
	runFirst int // the run of capitalised words around it
	runLast  int
	mayName  bool // may be part of a name
	dateline bool
}

// markSpans finds the tokens that may be part of a name.
func (d *document) markSpans() []spanMark {
	marks := d.marks
	clear(marks)
	for k := range d.names {
		n := &d.names[k]
		n.class = classOf(n.hits)
		marks[n.first].own = k + 1
		for i := n.first; i <= n.last; i++ {
			if marks[i].name == 0 {
				marks[i].name = k + 1
				marks[i].mayName = true
			}
		}
	}
	d.countNames()
	for _, s := range d.sents {
		d.markRuns(marks, s)
		d.markLinks(marks, s)
		d.markDateline(marks, s)
	}
	return marks
}

// countNames adds to the evidence what the rules made of the names.
func (d *document) countNames() {
	for k := range d.names {
		n := &d.names[k]
		for i := n.first; i <= n.last; i++ {
			t := &d.toks[i]
			if t.kind != word {
				continue
			}
			e := d.seen[t.hash]
			switch {
			case n.verdict != verdictTaken:
				e.refused++
			case n.demonym:
				e.demonym++
			default:
				e.taken++
				if n.first < n.last {
					e.within++
				}
			}
			d.seen[t.hash] = e
		}
	}
}

// markRuns marks the capitalised words and the runs that they form.
func (d *document) markRuns(marks []spanMark, s sentence) {
	for i := s.first; i <= s.last; {
		if t := &d.toks[i]; t.kind != word || !t.upper {
			marks[i].runFirst, marks[i].runLast = i, i
			i++
			continue
		}
		j := i
		for j < s.last && d.goesOn(j) {
			j++
		}
		// "The" and "He" by themselves are no names and not worth the work
		common := i == j && marks[i].name == 0 && d.toks[i].class.Rank > 0 && d.toks[i].class.Rank <= 8 && !d.toks[i].allCaps()
		for k := i; k <= j; k++ {
			marks[k].runFirst, marks[k].runLast, marks[k].mayName = i, j, !common
		}
		i = j + 1
	}
}

// goesOn reports whether a run of capitals goes on after token i: by a
// capitalised word, or a hyphen before or after one.
func (d *document) goesOn(i int) bool {
	t, next := &d.toks[i], &d.toks[i+1]
	if t.isHyphen() {
		return next.kind == word && next.upper && next.gap == joined
	}
	if next.isHyphen() && next.gap == joined {
		after := d.at(i + 2)
		return after.kind == word && after.upper && after.gap == joined
	}
	return next.kind == word && next.upper && next.gap == space
}

// markLinks marks what holds capitalised words together ("of", a hyphen, the
// period of an abbreviation), and common nouns that end names ("dam").
func (d *document) markLinks(marks []spanMark, s sentence) {
	for i := s.first + 1; i <= s.last; i++ {
		t := &d.toks[i]
		if marks[i].mayName || !marks[i-1].mayName || t.gap > space {
			continue
		}
		next := d.at(i + 1)
		if next.isHyphen() && next.gap == joined && i+1 < s.last { // "Bir al-Abed"
			next = d.at(i + 2)
		}
		follows := i < s.last && next.gap <= space && (next.upper || marks[i+1].name > 0)
		switch {
		case t.kind == punct && t.text == ".":
			marks[i].mayName = follows && t.gap == joined && d.toks[i-1].end-d.toks[i-1].start <= maxAbbreviated && d.toks[i-1].upper
		case t.kind == number:
			marks[i].mayName = t.gap == space && d.toks[i-1].upper && (d.toks[i-1].tags&tagGeo != 0 || d.toks[i-1].namesThing())
		case t.kind == possessive, t.kind == punct:
			marks[i].mayName = follows && (t.kind == possessive || t.isHyphen() || isApostropheMark(t)) && d.toks[i-1].kind == word
		case follows && t.isLink():
			marks[i].mayName = true
		default:
			d.markNoun(marks, s, i)
		}
	}
}

// maxAbbreviated bounds the length of a word that may be abbreviated, in code points.
const maxAbbreviated = 5

// isLink lists the small words within names.
func (t *token) isLink() bool {
	return t.end-t.start <= 4 && t.is("of", "and", "the", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "les", "el", "al", "an",
		"as", "es", "ash", "az", "ad", "at", "on", "upon", "in", "ibn", "bin", "ul", "ud", "y", "e", "den", "der", "van", "von", "sur", "sous", "au", "aux")
}

func isApostropheMark(t *token) bool {
	return t.text == "'" || t.text == "’" || t.text == "‘" || t.text == "ʻ"
}

// markNoun marks the common nouns from token i on that may end a name:
// "Kharkiv region", "Zaporizhzhia nuclear power plant".
func (d *document) markNoun(marks []spanMark, s sentence, i int) {
	for j := i; j <= min(s.last, i+2); j++ {
		t := &d.toks[j]
		if t.kind != word || t.upper || t.gap != space || isFunctionWord(t) {
			return
		}
		if t.tags&tagGeo == 0 && !(j == i && t.namesThing()) {
			continue
		}
		for k := i; k <= j; k++ {
			marks[k].mayName = true
		}
		return
	}
}

// The lexicographer files of WordNet that hold nouns of things that bear names.
const (
	nounArtefact = 6
	nounLocation = 15
	nounObject   = 17
)

func (t *token) namesThing() bool {
	return t.class.Noun == nounArtefact || t.class.Noun == nounLocation || t.class.Noun == nounObject
}

// maxDateline bounds the length of a dateline in tokens.
const maxDateline = 14

// markDateline marks the names before the dash of a dateline: "KYIV, Ukraine (AP) —".
func (d *document) markDateline(marks []spanMark, s sentence) {
	if d.toks[s.first].gap < lineBreak || !d.toks[s.first].upper {
		return
	}
	for i := s.first + 1; i <= min(s.last, s.first+maxDateline); i++ {
		t := &d.toks[i]
		switch {
		case t.isDash() || t.text == "-" && d.at(i+1).text == "-":
			for k := s.first; k < i; k++ {
				marks[k].dateline = true
			}
			return
		case t.kind == word && !t.upper && !t.is("of", "the"):
			return
		}
	}
}
