package geo

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// MaxWords bounds the words of a Filter's Query, and with them the work on each
// sentence.
const MaxWords = 32

// FoldWords returns the words of a query folded and separated by single spaces.
// More than MaxWords are an error.
func FoldWords(query string) (string, error) {
	folded := strings.Fields(gazetteer.Fold(query))
	if len(folded) > MaxWords {
		return "", fmt.Errorf("the query has %d words, more than %d", len(folded), MaxWords)
	}
	return strings.Join(folded, " "), nil
}

// HoldsWords reports whether the sentence holds all the words, made by
// FoldWords, as whole words.
func HoldsWords(sentence, words string) bool {
	asWritten := strings.Fields(gazetteer.Fold(sentence))
	var apart []string
	for word := range strings.FieldsSeq(words) {
		if slices.Contains(asWritten, word) {
			continue
		}
		if apart == nil {
			apart = strings.Fields(gazetteer.Fold(strings.Map(lettersOnly, sentence)))
		}
		if !slices.Contains(apart, word) {
			return false
		}
	}
	return true
}

// SentenceWords returns the words by which HoldsWords finds the sentence, each
// once: it holds a query if all words of that are among these. They have the form
// of FoldWords: no ASCII characters but lower-case letters and digits, and no
// characters beyond ASCII but letters, marks and digits. Their order means nothing.
func SentenceWords(sentence string) []string {
	words := strings.Fields(gazetteer.Fold(sentence))
	words = append(words, strings.Fields(gazetteer.Fold(strings.Map(lettersOnly, sentence)))...)
	slices.Sort(words)
	return slices.Compact(words)
}

// lettersOnly leaves letters, marks and digits. Folding drops apostrophes and
// periods, which makes one word of "Armenia's" and of "U.S."; without them
// "Armenia" is found too.
func lettersOnly(r rune) rune {
	if unicode.In(r, unicode.L, unicode.M, unicode.N) {
		return r
	}
	return ' '
}
