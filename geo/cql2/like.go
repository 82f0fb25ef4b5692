package cql2

import "unicode/utf8"

// pattern is a LIKE pattern cut at its % signs: a value matches if it begins
// with the first part, ends with the last and holds the others in their order
// between. Taking each at its first place is enough, so that matching never
// goes back: it takes at most the product of the lengths.
type pattern []part

// part is a run of characters and of _ (any), in the folded form of the LIKE.
type part []rune

const anyRune rune = -1

// parsePattern reads a pattern. A backslash makes the next character stand for
// itself; at the end it is one.
func parsePattern(s string, f folding) pattern {
	p := pattern{nil}
	var literal []byte
	last := func() *part { return &p[len(p)-1] }
	flush := func() {
		*last() = append(*last(), []rune(string(f.append(nil, string(literal))))...)
		literal = literal[:0]
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			i++
			literal = append(literal, s[i])
		case c == '%':
			flush()
			p = append(p, nil)
		case c == '_':
			flush()
			*last() = append(*last(), anyRune)
		default:
			literal = append(literal, c)
		}
	}
	flush()
	return p
}

// matchesFolded reports whether the folded value fits.
func (p pattern) matchesFolded(s string, f folding) bool {
	var room [foldRoom]byte
	return fits(p, f.append(room[:0], s))
}

// matches reports whether the value fits.
func (p pattern) matches(s string) bool { return fits(p, s) }

func fits[S string | []byte](p pattern, s S) bool {
	n, ok := startsWith(p[0], s)
	if !ok {
		return false
	}
	rest := s[n:]
	if len(p) == 1 {
		return len(rest) == 0
	}
	for _, middle := range p[1 : len(p)-1] {
		if n, ok = find(middle, rest); !ok {
			return false
		}
		rest = rest[n:]
	}
	return endsWith(p[len(p)-1], rest)
}

// startsWith reports whether s begins with the part, and in how many bytes.
func startsWith[S string | []byte](p part, s S) (int, bool) {
	n := 0
	for _, want := range p {
		if n == len(s) {
			return 0, false
		}
		r, size := firstRune(s[n:])
		if want != anyRune && r != want {
			return 0, false
		}
		n += size
	}
	return n, true
}

// find returns the byte behind the first place of the part.
func find[S string | []byte](p part, s S) (int, bool) {
	for i := 0; ; {
		if n, ok := startsWith(p, s[i:]); ok {
			return i + n, true
		}
		if i == len(s) {
			return 0, false
		}
		_, size := firstRune(s[i:])
		i += size
	}
}

// endsWith reports whether s ends with the part.
func endsWith[S string | []byte](p part, s S) bool {
	for i := len(p) - 1; i >= 0; i-- {
		if len(s) == 0 {
			return false
		}
		start := len(s) - 1
		for start > 0 && !utf8.RuneStart(s[start]) {
			start--
		}
		if r, _ := firstRune(s[start:]); p[i] != anyRune && r != p[i] {
			return false
		}
		s = s[:start]
	}
	return true
}

func firstRune[S string | []byte](s S) (rune, int) {
	if c := s[0]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	// Long enough for any rune, so that the conversion needs no memory.
	return utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
}
