package gazetteer

import (
	"fmt"
	"strings"
	"unicode"
)

// Bounds on one place's names.
const (
	maxNames    = 400
	maxNameSize = 200 // bytes
)

// parseNames reads the names column: entries separated by "|", each a name or
// "tag=name". The tag is an ISO 639-1 code, empty if the language is unknown,
// with "*" for the usual name in that language, "~" for one no longer in use or
// "?" for one that only lists have.
// The script is that of the name's first letter.
func parseNames(s string) ([]Name, error) {
	if s == "" {
		return nil, nil
	}
	entries := strings.Split(s, "|")
	if len(entries) > maxNames {
		return nil, fmt.Errorf("%d names, at most %d", len(entries), maxNames)
	}
	names := make([]Name, 0, len(entries))
	for _, e := range entries {
		n, err := parseName(e)
		if err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, nil
}

func parseName(s string) (Name, error) {
	tag, text, ok := strings.Cut(s, "=")
	if !ok {
		tag, text = "", s
	}
	n := Name{Text: strings.TrimSpace(text)}
	tag = strings.TrimSpace(tag)
	if rest, ok := strings.CutSuffix(tag, "*"); ok {
		tag, n.Preferred = rest, true
	} else if rest, ok := strings.CutSuffix(tag, "~"); ok {
		tag, n.Historical = rest, true
	} else if rest, ok := strings.CutSuffix(tag, "?"); ok {
		tag, n.Colloquial = rest, true
	}
	if tag != "" && !isLanguage(tag) {
		return n, fmt.Errorf("name %q: language %q is not a two-letter code", clip(s), clip(tag))
	}
	n.Lang = tag
	n.Script = Script(n.Text, tag)
	return n, checkName(n.Text)
}

func checkName(text string) error {
	switch {
	case len(text) > maxNameSize:
		return fmt.Errorf("name %q is longer than %d bytes", clip(text), maxNameSize)
	case Fold(text) == "":
		return fmt.Errorf("name %q has no letter", text)
	case strings.ContainsAny(text, "|="):
		return fmt.Errorf("name %q holds a separator", clip(text))
	}
	return nil
}

func isLanguage(s string) bool {
	return len(s) == 2 && 'a' <= s[0] && s[0] <= 'z' && 'a' <= s[1] && s[1] <= 'z'
}

// Script returns the ISO 15924 code of the writing system of a name, empty for
// one that the tables do not use. Japanese and Korean have codes of their own,
// since they mix scripts.
func Script(text, lang string) string {
	switch lang {
	case "ja":
		return "Jpan"
	case "ko":
		return "Kore"
	}
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		for _, s := range []struct {
			code  string
			table *unicode.RangeTable
		}{
			{"Latn", unicode.Latin}, {"Cyrl", unicode.Cyrillic}, {"Armn", unicode.Armenian}, {"Geor", unicode.Georgian},
			{"Arab", unicode.Arabic}, {"Hebr", unicode.Hebrew}, {"Grek", unicode.Greek}, {"Hani", unicode.Han},
			{"Deva", unicode.Devanagari}, {"Beng", unicode.Bengali}, {"Thai", unicode.Thai}, {"Laoo", unicode.Lao},
			{"Khmr", unicode.Khmer}, {"Mymr", unicode.Myanmar}, {"Ethi", unicode.Ethiopic}, {"Sinh", unicode.Sinhala},
			{"Taml", unicode.Tamil}, {"Tibt", unicode.Tibetan}, {"Thaa", unicode.Thaana}, {"Kore", unicode.Hangul},
		} {
			if unicode.Is(s.table, r) {
				return s.code
			}
		}
		if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
			return "Jpan"
		}
		return ""
	}
	return ""
}
