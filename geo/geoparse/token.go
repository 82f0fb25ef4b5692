package geoparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
	"github.com/conflictmap/conflictmap/geo/geoparse/words"
)

type tokenKind uint8

const (
	word tokenKind = iota
	number
	possessive // 's or ’s after a word
	punct
)

// gap is what stands between a token and the one before it.
type gap uint8

const (
	joined    gap = iota // nothing
	space                // white space within a line
	lineBreak            // one line break
	paragraph            // a blank line, or the start of the text
)

// token is a word, a number or a punctuation mark.
type token struct {
	text       string
	fold       string // gazetteer.Fold(text); the text itself for punctuation
	hash       uint64 // linear.Hash(fold), for features
	class      words.Class
	b, e       int // bytes
	start, end int // code points, end exclusive
	kind       tokenKind
	gap        gap  // before the token
	upper      bool // starts with an upper-case letter
	quoted     bool // stands within quotation marks
	tags       tags
	cues       cues
	phrase     int // tokens that the longest lexicon phrase starting here spans
}

// document is a text cut into tokens and sentences.
type document struct {
	text      string
	published geo.Day
	toks      []token
	sents     []sentence
	triggers  []trigger           // event words, in order
	dates     []dated             // date expressions, in order
	topAt     []*toponym          // by token: the toponym that covers it
	bag       linear.Bag          // memory for the features of one confidence
	memory    *memory             // that of toks and topAt
	glosses   []gloss             // by token, filled when asked for
	marks     []spanMark          // by token, for the tagger
	seen      map[uint64]evidence // by hash of a folded word: how the text uses it
	names     []spanName          // names of the gazetteer, in order, with the rules' verdicts
}

// tokenize cuts text into tokens. Hyphens part words, apostrophes inside a
// word don't, and initials such as "U.S." are one token with their periods.
func tokenize(text string) []token {
	return appendTokens(make([]token, 0, len(text)/5), text)
}

// appendTokens is tokenize with memory to use: toks is empty, with some capacity.
func appendTokens(toks []token, text string) []token {
	lower := lowerASCII(text)
	pos, cp := 0, 0
	g := paragraph
	for pos < len(text) {
		r, _ := utf8.DecodeRuneInString(text[pos:])
		if unicode.IsSpace(r) {
			n, points, breaks := skipSpace(text[pos:])
			pos, cp = pos+n, cp+points
			g = max(g, gapOf(breaks))
			continue
		}
		n, kind := scan(text[pos:], len(toks) > 0 && g == joined && toks[len(toks)-1].kind == word)
		t := token{text: text[pos : pos+n], b: pos, e: pos + n, start: cp, kind: kind, gap: g}
		t.upper = unicode.IsUpper(r) || unicode.IsTitle(r)
		t.fold = t.text
		switch {
		case kind != word && kind != number:
			cp += utf8.RuneCountInString(t.text)
		case isPlain(t.text):
			cp += n
			t.fold = lower[pos : pos+n]
		default:
			cp += utf8.RuneCountInString(t.text)
			t.fold = gazetteer.Fold(t.text)
		}
		t.end = cp
		t.hash = linear.Hash(t.fold)
		toks = append(toks, t)
		pos += n
		g = joined
	}
	return toks
}

// lowerASCII is the text with ASCII capitals in lower case, byte for byte as
// long: of plain words it holds the folded form.
func lowerASCII(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// isPlain reports whether the word has ASCII letters and digits only, so that
// folding it only lowers it.
func isPlain(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// skipSpace measures the white space at the start of s: bytes, code points and
// line breaks.
func skipSpace(s string) (n, points, breaks int) {
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsSpace(r) {
			break
		}
		if r == '\n' || r == '\u2029' {
			breaks++
		}
		n, points = n+size, points+1
	}
	return n, points, breaks
}

func gapOf(breaks int) gap {
	switch breaks {
	case 0:
		return space
	case 1:
		return lineBreak
	}
	return paragraph
}

// scan returns the length in bytes and the kind of the token at the start of s.
func scan(s string, afterWord bool) (int, tokenKind) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsDigit(r):
		return scanNumber(s), number
	case unicode.IsLetter(r):
		if n := scanInitials(s); n > 0 {
			return n, word
		}
		return max(size, scanWord(s)), word // a letter by itself at least
	case isApostrophe(r) && afterWord && len(s) > size && (s[size] == 's' || s[size] == 'S') && !letterAt(s[size+1:]):
		return size + 1, possessive
	}
	return size, punct
}

// scanNumber takes digits with inner separators ("30,000", "14:30") and a
// suffix of letters ("27th", "1990s").
func scanNumber(s string) int {
	i := 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsDigit(r) || unicode.IsLetter(r) {
			i += size
			continue
		}
		if (r == ',' || r == '.' || r == ':') && digitAt(s[i+size:]) {
			i += size
			continue
		}
		break
	}
	return i
}

// scanInitials takes "U.S." or "U.S.S.R.": at least two single capitals with a
// period each. It returns 0 where there are none.
func scanInitials(s string) int {
	i, n := 0, 0
	for i+1 < len(s) && s[i] >= 'A' && s[i] <= 'Z' && s[i+1] == '.' {
		i += 2
		n++
	}
	if n == 1 || n == 0 {
		return 0
	}
	if letterAt(s[i:]) {
		return 0
	}
	return i
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func digitAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

// is reports whether the token is one of the folded words.
func (t *token) is(words ...string) bool {
	for _, w := range words {
		// most words differ in length or in the first letter, which needs no call
		if len(w) == len(t.fold) && len(w) > 0 && w[0] == t.fold[0] && w == t.fold {
			return true
		}
	}
	return false
}

// allCaps reports whether the token has two letters or more, none of them lower case.
func (t *token) allCaps() bool {
	return t.kind == word && t.upper && t.end-t.start > 1 && allUpper(t.text)
}

// isDash reports whether the token is a dash, or a hyphen that stands for one.
func (t *token) isDash() bool {
	return t.text == "—" || t.text == "–" || t.text == "-" && t.gap == space
}

// isPlainCapital reports a capitalised word that no grammar and no calendar
// explains: it may be part of a name.
func (t *token) isPlainCapital() bool {
	if t.kind != word || !t.upper || t.allCaps() || isFunctionWord(t) || isAttributive(t) || weekdayWord(t) {
		return false
	}
	_, isMonth := month(t)
	return !isMonth
}

// isHyphen reports whether the token is a hyphen or a non-breaking hyphen,
// not a dash.
func (t *token) isHyphen() bool {
	return t.kind == punct && (t.text == "-" || t.text == "‐" || t.text == "‑")
}
