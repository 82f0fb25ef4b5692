package geonames

import "unicode"

// scripts are the writing systems of GeoNames' names, the usual ones first.
var scripts = []struct {
	code  string // ISO 15924
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin}, {"Cyrl", unicode.Cyrillic}, {"Arab", unicode.Arabic}, {"Hani", unicode.Han},
	{"Jpan", unicode.Katakana}, {"Jpan", unicode.Hiragana}, {"Kore", unicode.Hangul}, {"Grek", unicode.Greek},
	{"Hebr", unicode.Hebrew}, {"Armn", unicode.Armenian}, {"Geor", unicode.Georgian}, {"Deva", unicode.Devanagari},
	{"Thai", unicode.Thai}, {"Beng", unicode.Bengali}, {"Taml", unicode.Tamil}, {"Telu", unicode.Telugu},
	{"Knda", unicode.Kannada}, {"Mlym", unicode.Malayalam}, {"Gujr", unicode.Gujarati}, {"Guru", unicode.Gurmukhi},
	{"Orya", unicode.Oriya}, {"Sinh", unicode.Sinhala}, {"Mymr", unicode.Myanmar}, {"Khmr", unicode.Khmer},
	{"Laoo", unicode.Lao}, {"Ethi", unicode.Ethiopic}, {"Tibt", unicode.Tibetan}, {"Thaa", unicode.Thaana},
	{"Mong", unicode.Mongolian}, {"Tfng", unicode.Tifinagh}, {"Nkoo", unicode.Nko}, {"Syrc", unicode.Syriac},
}

// scriptOf returns the ISO 15924 code of a name's first letter's script, empty
// for a rare one. Japanese and Korean have codes of their own, since they mix
// scripts.
func scriptOf(s, lang string) string {
	switch lang {
	case "ja":
		return "Jpan"
	case "ko":
		return "Kore"
	}
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				return scripts[i].code
			}
		}
		return ""
	}
	return ""
}
