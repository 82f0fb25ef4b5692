package main

import (
	_ "embed"
	"strings"
)

// Irregular forms with their base form, "v fled flee" and "n men man", one a
// line; and after "-" closed-class words, which have no sense as noun or verb
// that a reader would think of ("he" as helium).
//
//go:embed irregular.txt
var irregularText string

// grammar takes inflected forms back to the lemmas that WordNet lists.
type grammar struct {
	senses
	nounOf, verbOf map[string]string
	closed         map[string]bool
}

func newGrammar(s senses) grammar {
	g := grammar{s, map[string]string{}, map[string]string{}, map[string]bool{}}
	for line := range strings.Lines(irregularText) {
		switch fields := strings.Fields(line); {
		case len(fields) == 3 && fields[0] == "n":
			g.nounOf[fields[1]] = fields[2]
		case len(fields) == 3 && fields[0] == "v":
			g.verbOf[fields[1]] = fields[2]
		case len(fields) > 0 && fields[0] == "-":
			for _, w := range fields[1:] {
				g.closed[w] = true
			}
		}
	}
	return g
}

// ending is a rule of inflection: a form that ends in form may come from one
// that ends in base.
type ending struct{ form, base string }

func nounEndings() []ending {
	return []ending{
		{"men", "man"}, {"women", "woman"}, {"ies", "y"}, {"ves", "f"}, {"ves", "fe"},
		{"ses", "s"}, {"xes", "x"}, {"zes", "z"}, {"ches", "ch"}, {"shes", "sh"}, {"oes", "o"}, {"s", ""},
	}
}

func verbEndings() []ending {
	return []ending{
		{"ies", "y"}, {"ied", "y"}, {"ying", "ie"},
		{"es", "e"}, {"es", ""}, {"s", ""}, {"ed", "e"}, {"ed", ""}, {"ing", "e"}, {"ing", ""},
	}
}

// noun returns the lexicographer file of a word as a noun, 0 for none.
func (g grammar) noun(word string) uint8 {
	if g.closed[word] {
		return 0
	}
	return lemma(word, g.nouns, g.nounOf, nounEndings(), false).file
}

// verb returns the lexicographer file of a word as a verb, 0 for none.
func (g grammar) verb(word string) uint8 {
	if g.closed[word] {
		return 0
	}
	return lemma(word, g.verbs, g.verbOf, verbEndings(), true).file
}

// lemma returns the meaning of the lemma of word: of its irregular base; or of
// the word itself; or of the base by rule that WordNet's texts have most often
// ("routed" is from "route", "singing" not from "singe"). Only where no rule
// leads to a lemma a doubled consonant is made single ("kidnapped").
func lemma(word string, known map[string]meaning, irregular map[string]string, endings []ending, doubling bool) meaning {
	if base, ok := irregular[word]; ok {
		return known[base]
	}
	if m, ok := known[word]; ok {
		return m
	}
	var best, single meaning
	found := false
	for _, e := range endings {
		stem, ok := strings.CutSuffix(word, e.form)
		if !ok || len(stem) < 2 {
			continue
		}
		if m, ok := known[stem+e.base]; ok && (!found || m.tagged > best.tagged) {
			best, found = m, true
		}
		if n := len(stem); doubling && e.base == "" && n > 2 && stem[n-1] == stem[n-2] {
			if m, ok := known[stem[:n-1]]; ok {
				single = m
			}
		}
	}
	if found {
		return best
	}
	return single
}
