package geoparse

import (
	"unicode"
	"unicode/utf8"

	uax29 "github.com/clipperhouse/uax29/v2/words"
)

// maxWord bounds the length of a word in bytes; what is longer is cut.
const maxWord = 256

// scanWord takes letters, marks and digits, with apostrophes between letters
// ("N'Djamena") unless what follows is a possessive. ASCII is settled here; a
// word with other letters is segmented as Unicode says (UAX #29), which keeps
// combining marks, joiners and soft hyphens with their letters.
func scanWord(s string) int {
	i := wordEnd(s)
	for i > 0 && s[i-1] >= utf8.RuneSelf { // what is invisible at the end is no part of a name
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.Is(unicode.Cf, r) {
			break
		}
		i -= size
	}
	return i
}

func wordEnd(s string) int {
	i := 0
	for i < len(s) {
		if isASCIIWord(s[i]) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isApostrophe(r) && i > 0 && joinsLetters(s[i+size:]):
			i += size
			continue
		case s[i] < utf8.RuneSelf || !isWordRune(r):
			return i
		}
		n := scanUnicode(s[i:])
		if n == 0 {
			return i
		}
		i += n
	}
	return i
}

// isWordRune reports letters and what is written within words: marks, digits,
// joiners and soft hyphens, the dot of Catalan.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Cf, r) || r == '·'
}

// joinsLetters reports whether what follows an apostrophe is part of the word
// and no possessive.
func joinsLetters(s string) bool {
	if !letterAt(s) {
		return false
	}
	return s[0] != 's' && s[0] != 'S' || letterAt(s[1:])
}

func isASCIIWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// scanUnicode takes the word at the start of s by the rules of Unicode.
// Unicode parts every letter of scripts that write no spaces; names in them are
// looked up whole, so neighbouring letters stay together.
func scanUnicode(s string) int {
	n := 0
	for words := uax29.FromString(wholeRunes(s, maxWord)); words.Next(); {
		w := words.Value()
		if r, _ := utf8.DecodeRuneInString(w); n > 0 && !isWordRune(r) {
			break
		}
		part := wordPart(w)
		n += part
		if part < len(w) {
			break
		}
	}
	return n
}

// wordPart cuts a word of Unicode where news text joins two: at a period, a
// colon or an underscore ("negotiations.It"), and before a possessive.
func wordPart(w string) int {
	for i, r := range w {
		switch {
		case isWordRune(r):
		case isApostrophe(r) && i > 0 && joinsLetters(w[i+utf8.RuneLen(r):]):
		default:
			return i
		}
	}
	return len(w)
}

// wholeRunes is the longest prefix of s of at most n bytes that cuts no character.
func wholeRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
