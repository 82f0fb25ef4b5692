package geonames

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// Bounds on one place's names.
const (
	maxNames    = 400
	maxNameSize = 200 // bytes
)

// namesOf collects the names of one place.
type namesOf struct {
	list []gazetteer.Name
}

// add files a name unless the place has it already. It reports false for what
// can be no name: nothing to look up, too long, or one too many.
func (n *namesOf) add(text []byte, preferred, historical bool) bool {
	text = bytes.TrimSpace(text)
	for i := range n.list {
		if n.list[i].Text == string(text) {
			return true
		}
	}
	name, ok := newName(text, "")
	if !ok || len(n.list) == maxNames {
		return false
	}
	name.Preferred, name.Historical = preferred, historical
	n.list = append(n.list, name)
	return true
}

// newName returns the name of a text, without flags; false if there is
// nothing to look up in it. The script is for the Builder to tell.
func newName(text []byte, lang string) (gazetteer.Name, bool) {
	text = bytes.TrimSpace(text)
	if len(text) > maxNameSize || !hasLetter(text) {
		return gazetteer.Name{}, false
	}
	return gazetteer.Name{Text: string(text), Lang: lang}, true
}

func hasLetter(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if unicode.IsLetter(r) {
			return true
		}
		b = b[n:]
	}
	return false
}

// noise reports whether an alternate name without a language is one that no
// text writes: the code of an airport or region ("FZL", "UBBB"), or a
// machine's transliteration, which has no capital letter ("wrsan", "an dao er
// cheng"). Countries go by initials (USA, UAE, DRC).
func noise(name []byte, kind gazetteer.Kind) bool {
	latin, capital, other := false, false, false
	for rest := name; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		rest = rest[n:]
		switch {
		case unicode.IsUpper(r):
			capital = true
			latin = latin || unicode.Is(unicode.Latin, r)
		case unicode.Is(unicode.Latin, r):
			latin, other = true, true
		default:
			other = true
		}
	}
	switch {
	case !latin:
		return false
	case !capital:
		return true
	case !other && kind != gazetteer.Country:
		return len(name) <= 4
	}
	return utf8.RuneCount(name) <= 2
}

// A row of a table of alternate names.
type alternate struct {
	placeID  []byte
	name     gazetteer.Name
	wikidata []byte // the digits of a Wikidata id, in place of a name
	use      bool   // a name or an id that we keep
}

// The columns of a table of alternate names; those from historic on may be
// missing in the older form.
const (
	alternatePlace      = 1
	alternateLanguage   = 2
	alternateName       = 3
	alternatePreferred  = 4
	alternateShort      = 5
	alternateColloquial = 6
	alternateHistoric   = 7
	alternateTo         = 9
)

// parseAlternate reads a row of alternateNamesV2 or alternateNames. GeoNames
// files other things as names too, told by the language: links, postcodes,
// codes of airports and of the United Nations, ids elsewhere, phonetics. They
// are left out but for Wikidata ids.
func parseAlternate(fields [][]byte) (alternate, error) {
	if len(fields) != 8 && len(fields) != 10 {
		return alternate{}, fmt.Errorf("%d columns, want 10, or 8 in the older form", len(fields))
	}
	for i, what := range []string{"alternateNameId", "geonameid"} {
		if !isNumber(fields[i]) {
			return alternate{}, fmt.Errorf("%s %q is not a number", what, clip(fields[i]))
		}
	}
	a := alternate{placeID: fields[alternatePlace]}
	text := bytes.TrimSpace(fields[alternateName])
	if len(text) == 0 {
		return alternate{}, errors.New("no name")
	}
	language := string(fields[alternateLanguage])
	if language == "wkdt" {
		digits, ok := bytes.CutPrefix(text, []byte("Q"))
		if !ok || !isNumber(digits) {
			return alternate{}, fmt.Errorf("wikidata id %q is not Q and a number", clip(text))
		}
		a.wikidata, a.use = digits, true
		return a, nil
	}
	lang, ok := languageOf(language)
	if !ok {
		return a, nil
	}
	var flags [4]bool
	for i, column := range []int{alternatePreferred, alternateShort, alternateColloquial, alternateHistoric} {
		var err error
		if flags[i], err = parseFlag(fields[column]); err != nil {
			return alternate{}, err
		}
	}
	a.name, a.use = newName(text, lang)
	if language == "abbr" {
		flags[1] = true
	}
	a.name.Preferred, a.name.Short, a.name.Colloquial, a.name.Historical = flags[0], flags[1], flags[2], flags[3]
	// A name that was in use up to some year isn't any more.
	if len(fields) > alternateTo && bytes.ContainsAny(fields[alternateTo], "0123456789") {
		a.name.Historical = true
	}
	return a, nil
}

func parseFlag(b []byte) (bool, error) {
	switch string(b) {
	case "1":
		return true, nil
	case "", "0":
		return false, nil
	}
	return false, fmt.Errorf("flag %q is neither 1 nor empty", clip(b))
}

// languageOf returns the ISO 639-1 code of a GeoNames language, which may have
// a region or a script ("zh-TW", "sr-Latn"), empty where there is none; false
// for what is no language.
func languageOf(s string) (string, bool) {
	switch s {
	case "link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "phon", "piny", "fr_1793":
		return "", false
	case "abbr", "":
		return "", true
	}
	base, _, _ := strings.Cut(s, "-")
	if len(base) == 2 && 'a' <= base[0] && base[0] <= 'z' && 'a' <= base[1] && base[1] <= 'z' {
		return base, true
	}
	return "", true
}
