package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// verbForm is what kind of verb a token is, if one.
type verbForm uint8

const (
	noVerb verbForm = iota + 1
	auxiliary
	finite
	gerund
)

// gloss is what the role model knows of a token. It is worked out once, when
// first asked for.
type gloss struct {
	code uint64 // names the word, or the kind of word; 0 before it is known
	verb verbForm
}

// Codes of kinds of tokens; those of words are their hashes.
const (
	codeNone uint64 = iota + 1
	codePlace
	codeDemonym
	codeNumber
	codePossessive
	codeName
	codeGerund
	codePast
	codeAdverb
	codePlural
	codeOther
	codeTrigger uint64 = 1 << 10
	codePunct   uint64 = 1 << 16
	codeTags    uint64 = 1 << 40
)

// code names the token, or its kind where the very word says little.
func (d *document) code(i int) uint64 {
	if i < 0 || i >= len(d.toks) {
		return codeNone
	}
	g := d.glossAt(i)
	if g.code == 0 {
		g.code = d.readCode(i)
	}
	return g.code
}

func (d *document) glossAt(i int) *gloss {
	return &d.glosses[i]
}

func (d *document) readCode(i int) uint64 {
	t := &d.toks[i]
	switch {
	case d.topAt[i] != nil && d.topAt[i].demonym:
		return codeDemonym
	case d.topAt[i] != nil:
		return codePlace
	case t.kind == number:
		return codeNumber
	case t.kind == possessive:
		return codePossessive
	case t.kind == punct:
		return codePunct + uint64(t.text[len(t.text)-1])
	}
	if k := d.triggerAt(i); k >= 0 {
		return codeTrigger + d.triggerCode(k)
	}
	if len(t.fold) <= 3 || isFunctionWord(t) || t.modifier() || isAuxiliary(t) {
		return t.hash
	}
	if t.tags != 0 {
		return codeTags + uint64(t.tags)
	}
	return shape(t)
}

// shape is the kind of an unlisted word by its form.
func shape(t *token) uint64 {
	switch f := t.fold; {
	case t.upper:
		return codeName
	case strings.HasSuffix(f, "ing"):
		return codeGerund
	case strings.HasSuffix(f, "ed"):
		return codePast
	case strings.HasSuffix(f, "ly"):
		return codeAdverb
	case strings.HasSuffix(f, "s"):
		return codePlural
	}
	return codeOther
}

// triggerCode tells the trigger's type, part of speech and reality.
func (d *document) triggerCode(k int) uint64 {
	t := &d.triggers[k]
	return kindCode(t.kind)<<6 | uint64(t.speech)<<3 | uint64(t.why)
}

// kindCode numbers the types of triggers, 1 to 9.
func kindCode(kind string) uint64 {
	switch kind {
	case "attack":
		return 8
	case "harm":
		return 9
	}
	for i, e := range geo.EventTypes() {
		if string(e) == kind {
			return uint64(i) + 1
		}
	}
	return 0
}

// verb tells what kind of verb the token is.
func (d *document) verb(i int) verbForm {
	g := d.glossAt(i)
	if g.verb == 0 {
		g.verb = d.readVerb(i)
	}
	return g.verb
}

func (d *document) readVerb(i int) verbForm {
	t := &d.toks[i]
	if t.kind != word || t.upper || d.topAt[i] != nil {
		return noVerb
	}
	if isAuxiliary(t) {
		return auxiliary
	}
	prev := d.at(i - 1)
	if prev.is("the", "a", "an", "of", "its", "their", "his", "her", "some", "many", "these", "those", "several", "new") || prev.kind == number && strings.HasSuffix(t.fold, "s") {
		return noVerb
	}
	if k := d.triggerAt(i); k >= 0 && d.triggers[k].speech == noun {
		return noVerb
	}
	if strings.HasSuffix(t.fold, "ing") && len(t.fold) > 5 {
		return gerund
	}
	if d.isFinite(i) {
		return finite
	}
	return noVerb
}
