package geoparse

import (
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// maxNameWords bounds the length of a name in words.
const maxNameWords = 8

// read cuts the text, tags its words and finds its event words and dates.
func (p *Parser) read(text string, published geo.Day) *document {
	d := &document{text: text, published: published}
	p.borrow(d)
	d.sents = split(d.toks)
	for i := range d.toks {
		if t := &d.toks[i]; t.kind == word {
			t.class = p.words.Of(t.fold)
		}
	}
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
			d.takePeriod(&t, s.last)
			v := d.verdictOn(&t)
			d.names = append(d.names, spanName{first: i, last: i + n - 1, ruled: t.last, hits: hits, demonym: t.demonym, verdict: v})
			if v != verdictTaken {
				continue
			}
			top := t
			if p.spans == nil {
				top.because(0.97, "name in the gazetteer: "+d.text[d.toks[t.first].b:d.toks[t.last].e])
			}
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
	if d.toks[i].kind != word || d.toks[i].startsNoName() && !d.sents[d.sentenceOf(i)].small {
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

// startsNoName reports words in lower case, which spares most look-ups. The
// only names that texts write small are those of lines and zones ("the line of
// contact"), and they begin with few words.
func (t *token) startsNoName() bool {
	if t.upper {
		return false
	}
	switch t.fold {
	case "line", "contact", "ceasefire", "cease", "front", "buffer", "demilitarised", "demilitarized", "dmz", "separation", "actual",
		"administrative", "boundary", "disputed", "green", "blue", "yellow", "purple", "red", "corridor", "grain", "control", "armistice":
		return false
	}
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsLower(r)
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
	fits := func(h *gazetteer.Hit) bool {
		name := h.Name.Text
		lowerName := allLower(name)
		generic := h.Place.Kind == gazetteer.Line // "line of contact" is written small
		if h.Name.Colloquial && !d.isAbbreviated(first, h) || !capital && !lowerName && !generic {
			return false
		}
		if len(written) <= 4 && !lowerName && allUpper(name) && !allUpper(written) {
			return false
		}
		return d.toks[first].upper || !capital || lowerName || generic
	}
	return keepHits(hits, fits)
}

// keepHits returns the hits that fit: hits itself where all do, as is usual.
func keepHits(hits []gazetteer.Hit, fits func(*gazetteer.Hit) bool) []gazetteer.Hit {
	n := 0
	for n < len(hits) && fits(&hits[n]) {
		n++
	}
	if n == len(hits) {
		return hits
	}
	keep := append([]gazetteer.Hit(nil), hits[:n]...)
	for k := n + 1; k < len(hits); k++ {
		if fits(&hits[k]) {
			keep = append(keep, hits[k])
		}
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
	return keepHits(hits, func(h *gazetteer.Hit) bool {
		return !h.Name.Colloquial && (h.Place.Kind != gazetteer.Settlement || h.Place.Population >= knownTown || h.Place.Capital)
	})
}

// allUpper reports whether the text has no letter that isn't a capital.
func allUpper(s string) bool {
	for _, r := range s {
		if unicode.ToUpper(r) != r {
			return false
		}
	}
	return true
}

// allLower reports whether the text has no capital.
func allLower(s string) bool {
	for _, r := range s {
		if unicode.ToLower(r) != r {
			return false
		}
	}
	return true
}

func allDemonyms(hits []gazetteer.Hit) bool {
	for _, h := range hits {
		if !h.Name.Demonym {
			return false
		}
	}
	return true
}

// at returns token i, or an empty mark outside the text.
func (d *document) at(i int) *token {
	if i < 0 || i >= len(d.toks) {
		return &token{kind: punct}
	}
	return &d.toks[i]
}
