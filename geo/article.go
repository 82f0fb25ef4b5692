package geo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
)

// Article is one text as it came in.
type Article struct {
	// ID is what NewID returns for the article unless its source brought one.
	ID        string
	Source    string // who published it, empty where unknown
	URL       string
	Title     string
	Published Day
	Text      string // valid UTF-8
}

// NewID derives an id from what identifies an article: its source, URL,
// title, day of publication and text. The same article always gets the same id.
func (a *Article) NewID() string {
	h := sha256.New()
	for _, s := range []string{a.Source, a.URL, a.Title, a.Published.String(), a.Text} {
		// The length says where a field ends, whatever it holds.
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
}

// Origin fingerprints the article's letters and digits, so that syndicated
// copies which differ in case, spacing or punctuation count as one account.
func (a *Article) Origin() string {
	h := sha256.New()
	h.Write([]byte(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(unicode.ToUpper(r)) // by way of upper case, so that σ and ς are one
		}
		return -1
	}, a.Text)))
	return hex.EncodeToString(h.Sum(nil)[:10])
}
