package geoparse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is a run of tokens.
type sentence struct {
	first, last int  // tokens, inclusive
	para        int  // number of the paragraph
	heading     bool // a short line by itself without a final mark
	tags        tags // of all its tokens
	titled      bool // a heading in title case, where capitals say nothing
	capitals    bool // all in capitals
	small       bool // without capitals where there should be some
}

// abbreviations end in a period that ends no sentence.
func isAbbreviation(fold string) bool {
	switch fold {
	case "mr", "mrs", "ms", "dr", "gen", "col", "lt", "sgt", "capt", "maj", "cmdr", "adm", "gov", "sen", "rep", "rev",
		"st", "jr", "sr", "prof", "pres", "amb", "hon", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
		"oct", "nov", "dec", "vs", "no", "etc", "approx", "ca", "km", "ft", "inc", "corp", "co", "ltd", "fig", "al":
		return true
	}
	return false
}

// maxSentence is the length in tokens at which a sentence is cut, whatever its
// marks say, so that no text makes the rules look back for ever.
const maxSentence = 400

// split cuts tokens into sentences and marks what is quoted. A blank line
// always ends a sentence; a single line break only after a final mark, since
// texts come wrapped.
func split(toks []token) []sentence {
	var out []sentence
	first, para := 0, 0
	end := func(last int) {
		if last >= first {
			out = append(out, sentence{first: first, last: last, para: para})
		}
		first = last + 1
	}
	for i := range toks {
		if i > 0 && toks[i].gap == paragraph {
			end(i - 1)
			para++
		}
		if i >= first && (i-first+1 >= maxSentence || endsSentence(toks, first, i)) {
			end(i)
		}
	}
	end(len(toks) - 1)
	for k := range out {
		s := &out[k]
		last := &toks[s.last]
		final := last.kind == punct && strings.ContainsAny(last.text, ".!?”\"…") || last.fold == "us" && last.text != "US"
		alone := (k == 0 || out[k-1].para != s.para) && (k+1 == len(out) || out[k+1].para != s.para)
		s.heading = alone && !final && s.last-s.first < 25
		s.titled = s.heading && mostlyCapitals(toks[s.first:s.last+1])
	}
	markCase(toks, out)
	markQuotes(toks, out)
	return out
}

// markCase finds the sentences in which case says nothing. A sentence without
// capitals counts as a heading or in a text that has hardly any: elsewhere it is
// the rest of one that was cut wrongly.
func markCase(toks []token, sents []sentence) {
	words, upper := 0, 0
	for i := range toks {
		if toks[i].kind == word {
			words++
			if toks[i].upper {
				upper++
			}
		}
	}
	for k := range sents {
		s := &sents[k]
		n, capitals, all := 0, 0, 0
		for i := s.first; i <= s.last; i++ {
			t := &toks[i]
			if t.kind != word {
				continue
			}
			n++
			if t.upper {
				capitals++
				if t.allCaps() {
					all++
				}
			}
		}
		s.small = capitals == 0 && n > 2 && (s.heading || 50*upper < words)
		s.capitals = n > 2 && 10*all > 7*n
	}
}

// endsSentence reports whether token i is the last of the sentence that
// started at first: a final mark, or the closing quote or bracket after one.
func endsSentence(toks []token, first, i int) bool {
	if i+1 == len(toks) {
		return true
	}
	t, next := &toks[i], &toks[i+1]
	if i == headerEnd(toks) {
		return true
	}
	closing := t.kind == punct && strings.Contains("”’\"')]»", t.text)
	mark := i
	if closing && i > first {
		mark = i - 1
	}
	if !isFinal(&toks[mark]) && !endsInInitials(&toks[mark], next) {
		return false
	}
	if next.kind == punct && strings.Contains("”’)]»", next.text) || next.text == "\"" && next.gap == joined {
		return false
	}
	if closing && (next.kind == punct && !strings.Contains("“\"«([—–-", next.text)) {
		return false
	}
	if toks[mark].text == "." && mark > first && toks[mark].gap == joined && isAbbreviation(toks[mark-1].fold) && next.gap == space {
		return false
	}
	if toks[mark].text == "." && mark > first && toks[mark-1].kind == word && len(toks[mark-1].text) == 1 && toks[mark-1].upper {
		return false // an initial: "J. Smith"
	}
	return startsSentence(toks, mark, next)
}

// mostlyCapitals reports whether more than half of the words start with a capital.
func mostlyCapitals(toks []token) bool {
	words, capitals := 0, 0
	for i := range toks {
		if toks[i].kind == word {
			words++
			if toks[i].upper {
				capitals++
			}
		}
	}
	return 2*capitals > words
}

func isFinal(t *token) bool {
	return t.kind == punct && (t.text == "." || t.text == "!" || t.text == "?" || t.text == "…")
}

// endsInInitials finds sentences that end in "the U.S. The …": the token has
// taken the final period.
func endsInInitials(t, next *token) bool {
	return strings.HasSuffix(t.text, ".") && t.kind == word && next.upper &&
		next.is("the", "a", "an", "in", "on", "he", "she", "it", "they", "but", "and", "this", "that", "there", "at", "as")
}

// startsSentence reports whether next, which follows the final mark, can
// begin a sentence. A mark without white space after it counts if a capitalised
// word follows a lower-case one ("negotiations”.It could").
func startsSentence(toks []token, mark int, next *token) bool {
	r, _ := utf8.DecodeRuneInString(next.text)
	if next.gap == joined {
		return next.upper && len(next.text) > 1 && mark > 0 && (!toks[mark-1].upper || toks[mark-1].kind == punct) && toks[mark-1].kind != number &&
			!strings.HasSuffix(toks[mark].text, "…")
	}
	if unicode.IsLower(r) {
		return next.gap >= lineBreak
	}
	return true
}

// headerEnd returns the last token of a line such as "date 2020-09-27" that
// some exports put before the text, and -1 where there is none.
func headerEnd(toks []token) int {
	if len(toks) < 7 || !toks[0].is("date") && !toks[0].is("published") {
		return -1
	}
	i := 1
	if toks[i].text == ":" {
		i++
	}
	if n, _, ok := isoDate(toks, i); ok {
		return i + n - 1
	}
	return -1
}

// markQuotes sets quoted on every token between quotation marks. A straight
// mark opens and closes by turns; a paragraph's end closes what was left open.
func markQuotes(toks []token, sents []sentence) {
	open := false
	para := 0
	for _, s := range sents {
		if s.para != para {
			open, para = false, s.para
		}
		for i := s.first; i <= s.last; i++ {
			switch toks[i].text {
			case "“", "«":
				open = true
			case "”", "»":
				open = false
			case "\"":
				open = !open
			default:
				toks[i].quoted = open
			}
		}
	}
}
