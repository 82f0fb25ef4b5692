package cql2

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of CQL2 text.
type token struct {
	kind       tokenKind
	start, end int    // bytes
	text       string // what it stands for: quotes and escapes undone; of a bad one what is wrong
	number     float64
}

type tokenKind uint8

const (
	endToken    tokenKind = iota
	nameToken             // bare: keyword, function or property
	quotedToken           // "property"
	stringToken
	numberToken
	symbolToken
	badToken
)

// is reports whether the token is the symbol.
func (t token) is(symbol string) bool { return t.kind == symbolToken && t.text == symbol }

// word reports whether the token is the keyword, in any case.
func (t token) word(keyword string) bool {
	return t.kind == nameToken && strings.EqualFold(t.text, keyword)
}

// lexer cuts CQL2 text into tokens. The text is valid UTF-8.
type lexer struct {
	in string
	at int
}

func (l *lexer) next() token {
	for l.at < len(l.in) {
		r, n := utf8.DecodeRuneInString(l.in[l.at:])
		if !unicode.IsSpace(r) {
			break
		}
		l.at += n
	}
	t := token{start: l.at}
	if l.at < len(l.in) {
		l.read(&t)
	}
	t.end = l.at
	return t
}

func (l *lexer) read(t *token) {
	rest := l.in[l.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == '\'':
		l.readString(t)
	case r == '"':
		l.readQuoted(t)
	case isDigit(r) || r == '.' && len(rest) > 1 && isDigit(rune(rest[1])):
		l.readNumber(t)
	case isNameStart(r):
		end := strings.IndexFunc(rest, func(r rune) bool { return !isNamePart(r) })
		if end < 0 {
			end = len(rest)
		}
		t.kind, t.text = nameToken, rest[:end]
		l.at += end
	default:
		if t.kind, t.text = symbolToken, symbolAt(rest); t.text == "" {
			t.kind, t.text = badToken, "is no part of the language"
		} else {
			size = len(t.text)
		}
		if t.text == "!=" {
			t.text = "<>"
		}
		l.at += size
	}
}

func symbolAt(s string) string {
	for _, symbol := range [...]string{"<>", "<=", ">=", "!="} {
		if strings.HasPrefix(s, symbol) {
			return symbol
		}
	}
	if strings.IndexByte("=<>(),+-*/%^", s[0]) >= 0 {
		return s[:1]
	}
	return ""
}

func isDigit(r rune) bool     { return '0' <= r && r <= '9' }
func isNameStart(r rune) bool { return r == '_' || r == ':' || unicode.IsLetter(r) }

func isNamePart(r rune) bool {
	return isNameStart(r) || r == '.' || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// readString reads a literal. Quotes are doubled or follow a backslash, and
// control characters are written as in C. Any other backslash stands for
// itself, so that LIKE sees its escapes.
func (l *lexer) readString(t *token) {
	var b strings.Builder
	in := l.in
	for i := l.at + 1; i < len(in); i++ {
		switch c := in[i]; {
		case c == '\'' && i+1 < len(in) && in[i+1] == '\'':
			b.WriteByte('\'')
			i++
		case c == '\'':
			t.kind, t.text = stringToken, b.String()
			l.at = i + 1
			return
		case c == '\\' && i+1 < len(in):
			i++
			if k := strings.IndexByte("abtnvfr", in[i]); k >= 0 {
				b.WriteByte('\a' + byte(k))
			} else if in[i] == '\'' || in[i] == '\\' {
				b.WriteByte(in[i])
			} else {
				b.WriteByte('\\')
				i--
			}
		default:
			b.WriteByte(c)
		}
	}
	t.kind, t.text = badToken, "isn't closed: a ' is missing"
	l.at = len(in)
}

func (l *lexer) readQuoted(t *token) {
	rest := l.in[l.at+1:]
	end := 0
	for {
		i := strings.IndexByte(rest[end:], '"')
		if i < 0 {
			t.kind, t.text = badToken, "isn't closed: a \" is missing"
			l.at = len(l.in)
			return
		}
		if end += i; !strings.HasPrefix(rest[end:], `""`) {
			break
		}
		end += 2
	}
	l.at += end + 2
	t.kind, t.text = quotedToken, strings.ReplaceAll(rest[:end], `""`, `"`)
}

func (l *lexer) readNumber(t *token) {
	i := l.digits(l.at)
	if i < len(l.in) && l.in[i] == '.' {
		i = l.digits(i + 1)
	}
	if i < len(l.in) && l.in[i]|' ' == 'e' {
		exponent := i + 1
		if exponent < len(l.in) && (l.in[exponent] == '+' || l.in[exponent] == '-') {
			exponent++
		}
		if end := l.digits(exponent); end > exponent {
			i = end
		}
	}
	text := l.in[l.at:i]
	l.at = i
	number, err := parseNumber(text)
	if err != nil {
		t.kind, t.text = badToken, err.Error()
		return
	}
	t.kind, t.text, t.number = numberToken, text, number
}

func (l *lexer) digits(i int) int {
	for i < len(l.in) && isDigit(rune(l.in[i])) {
		i++
	}
	return i
}

func parseNumber(s string) (float64, error) {
	n, err := strconv.ParseFloat(s, 64)
	if n, ok := finite(n); err == nil && ok {
		return n, nil
	}
	return 0, fmt.Errorf("is no number that can be held")
}

// isReserved reports whether a bare name can't be a property. The names of
// functions can: they are functions only before a parenthesis.
func isReserved(name string) bool {
	for _, word := range [...]string{"AND", "OR", "NOT", "IS", "NULL", "IN", "BETWEEN", "LIKE", "ILIKE", "TRUE", "FALSE", "DIV"} {
		if strings.EqualFold(name, word) {
			return true
		}
	}
	return false
}

// checkInput refuses what no reader should see.
func checkInput(s string, most int, what string) error {
	switch {
	case len(s) > most:
		return fmt.Errorf("the %s has %d bytes, at most %d are read", what, len(s), most)
	case strings.TrimSpace(s) == "":
		return fmt.Errorf("there is no expression")
	case !utf8.ValidString(s):
		return fmt.Errorf("the %s is not valid UTF-8", what)
	}
	return nil
}

// clip shortens s for a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
