package cql2

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// folding is what CASEI and ACCENTI make of a text before it is compared.
type folding struct {
	caseI   bool // Unicode full case folding
	accentI bool // without combining marks, letters decomposed
}

func (f folding) none() bool { return f == folding{} }

// append appends the folded text. ASCII needs no memory beyond dst.
func (f folding) append(dst []byte, s string) []byte {
	if f.none() {
		return append(dst, s...)
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return append(dst[:len(dst)-i], f.fold(s)...)
		}
		c := s[i]
		if f.caseI && 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

func (f folding) fold(s string) string {
	if f.accentI {
		bare := make([]byte, 0, len(s))
		for _, r := range norm.NFD.String(s) {
			if !unicode.Is(unicode.Mn, r) {
				bare = utf8.AppendRune(bare, r)
			}
		}
		s = string(bare)
	}
	if f.caseI {
		s = cases.Fold().String(s)
	}
	return s
}
