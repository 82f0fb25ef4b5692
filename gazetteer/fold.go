package gazetteer

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form in which names are compared: lower case, without
// diacritics, apostrophes, periods and invisible characters, words separated by
// single spaces. Hyphens, dashes, slashes and all other punctuation separate
// words, "&" is "and". Letters that Unicode does not decompose go to their
// usual ASCII spelling (ə a, ı i, ł l, ø o, đ d, ß ss, æ ae, œ oe, þ th); other
// scripts keep their letters. Folding twice changes nothing, and a folded
// string is returned as it is, without an allocation.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	// One pass is enough for all text that makes sense; a second one mends what
	// a letter's decomposition uncovered.
	for range maxPasses {
		f := foldOnce(s)
		if f == s || isFolded(f) {
			return f
		}
		s = f
	}
	return s
}

const maxPasses = 3

// appendFold appends Fold(s). It allocates for none but letters that Unicode
// decomposes.
func appendFold(dst []byte, s string) []byte {
	switch {
	case isFolded(s):
		return append(dst, s...)
	case isASCII(s): // nothing that one pass would uncover
		return appendFoldOnce(dst, s)
	}
	return append(dst, Fold(s)...)
}

func foldOnce(s string) string {
	if !isASCII(s) {
		s = norm.NFKD.String(s)
	}
	return string(appendFoldOnce(make([]byte, 0, len(s)), s))
}

// appendFoldOnce appends a word-wise folded form of decomposed text.
func appendFoldOnce(b []byte, s string) []byte {
	start := len(b)
	gap := false
	for _, r := range s {
		c, r := classify(r)
		switch c {
		case drop:
			continue
		case separate:
			gap = true
			continue
		}
		if gap && len(b) > start {
			b = append(b, ' ')
		}
		gap = c == ampersand
		switch c {
		case ampersand:
			if len(b) > start && b[len(b)-1] != ' ' {
				b = append(b, ' ')
			}
			b = append(b, "and"...)
		case spell:
			b = append(b, spelling(r)...)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// isFolded reports whether Fold has nothing to do.
func isFolded(s string) bool {
	ascii := true
	space := true // so that a leading space is caught
	for _, r := range s {
		if r == ' ' {
			if space {
				return false
			}
			space = true
			continue
		}
		space = false
		if c, l := classify(r); c != keep || l != r {
			return false
		}
		ascii = ascii && r < utf8.RuneSelf
	}
	if space && s != "" {
		return false
	}
	return ascii || norm.NFKD.QuickSpanString(s) == len(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// class says what becomes of a character of a name.
type class uint8

const (
	keep      class = iota // as it is, in lower case
	drop                   // nothing
	separate               // a gap between words
	spell                  // its ASCII spelling
	ampersand              // the word "and"
)

// classify returns what becomes of r, and r in lower case.
func classify(r rune) (class, rune) {
	if r < utf8.RuneSelf {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return keep, r
		case 'A' <= r && r <= 'Z':
			return keep, r + 'a' - 'A'
		case r == '\'', r == '`', r == '.':
			return drop, r
		case r == '&':
			return ampersand, r
		}
		return separate, r
	}
	r = unicode.ToLower(r)
	switch {
	case isApostrophe(r), r == arabicTatweel, unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return drop, r
	case spelling(r) != "":
		return spell, r
	case unicode.In(r, unicode.L, unicode.N, unicode.Mc) && r != utf8.RuneError:
		return keep, r
	}
	return separate, r
}

const arabicTatweel = 'ـ'

// isApostrophe covers quotation marks used as apostrophes and the modifier
// letters with which romanisations write ejectives, ayn and soft signs.
func isApostrophe(r rune) bool {
	switch r {
	case '‘', '’', '‛', '′', '´', '‵', 'ꞌ', 'ʹ', 'ʺ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', 'ˈ', 'ˊ', 'ˋ', '՚':
		return true
	}
	return false
}

// spelling returns how a letter is written where its own form is not at hand,
// empty for letters that have none. Arabic letters have Persian twins that look
// alike and are typed for one another.
func spelling(r rune) string {
	switch r {
	case 'ə', 'ǝ':
		return "a"
	case 'ı':
		return "i"
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ς':
		return "σ"
	case 'ي', 'ى':
		return "ی"
	case 'ك':
		return "ک"
	}
	return ""
}
