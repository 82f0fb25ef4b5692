package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// country is what is taken of an entry of countries.json.
type country struct {
	Code string     `json:"cca2"`
	At   [2]float64 `json:"latlng"`
	Name struct {
		Common   string                `json:"common"`
		Official string                `json:"official"`
		Native   map[string]nameInLang `json:"native"`
	} `json:"name"`
	Translations map[string]nameInLang `json:"translations"`
}

type nameInLang struct {
	Common   string `json:"common"`
	Official string `json:"official"`
}

// addCountries adds the countries' names in other languages as a layer. The ids
// are those of the authored countries, whose facts and demonyms hold.
func addCountries(b *gazetteer.Builder, modules string, known *gazetteer.Gazetteer) error {
	v, err := version(modules, "world-countries")
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(modules, "world-countries", "countries.json"))
	if err != nil {
		return err
	}
	var countries []country
	if err := json.Unmarshal(data, &countries); err != nil {
		return fmt.Errorf("parse countries.json: %w", err)
	}
	b.NextLayer("world-countries "+v, "ODbL 1.0", "Contains information from world-countries (https://github.com/mledoze/countries), which is made available under the ODbL.")
	for _, c := range countries {
		filed, ok := known.CountryPlace(c.Code)
		if !ok {
			return fmt.Errorf("%s: unknown country code %q", c.Name.Common, c.Code)
		}
		p := &gazetteer.Place{
			ID: filed.ID, Name: c.Name.Common, Kind: gazetteer.Country, Country: c.Code,
			Point: orb.Point{c.At[1], c.At[0]},
			Names: c.names(known),
		}
		if err := b.AddPlace(p); err != nil {
			return err
		}
	}
	return nil
}

// names returns the names in the order of languages, the English ones first.
func (c *country) names(known *gazetteer.Gazetteer) []gazetteer.Name {
	names := []gazetteer.Name{{Text: c.Name.Common, Lang: "en", Script: "Latn", Preferred: true}}
	add := func(text, lang string, preferred bool) {
		if script := gazetteer.Script(text, lang); script != "" && !misleading(text, script) && !others(known, text, c.Code) {
			names = append(names, gazetteer.Name{Text: text, Lang: lang, Script: script, Preferred: preferred})
		}
	}
	add(c.Name.Official, "en", false)
	for _, byLanguage := range []map[string]nameInLang{c.Name.Native, c.Translations} {
		for _, code := range sortedKeys(byLanguage) {
			if lang := language(code); lang != "" {
				add(byLanguage[code].Common, lang, true)
				add(byLanguage[code].Official, lang, false)
			}
		}
	}
	return names
}

func sortedKeys(m map[string]nameInLang) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// misleading reports whether a name in Latin letters would be taken for
// something else in an English text: an everyday word ("Island" is Iceland in
// several languages), or three letters and fewer.
func misleading(text, script string) bool {
	if script != "Latn" {
		return false
	}
	folded := gazetteer.Fold(text)
	return len(folded) <= 3 || folded == "island" || folded == "grenade"
}

// others reports whether an authored place bears the name and the country with
// the code does not, as with the Polish name of South Sudan, "Sudan".
func others(known *gazetteer.Gazetteer, text, code string) bool {
	hits := known.Lookup(text)
	for _, h := range hits {
		if h.Match == gazetteer.Exact && h.Place.Kind == gazetteer.Country && h.Place.Country == code {
			return false
		}
	}
	return len(hits) > 0 && hits[0].Match == gazetteer.Exact
}

// language returns the ISO 639-1 code of a language for its ISO 639-3 code, or
// empty where it has none or is not one that the translations have.
func language(code string) string {
	switch code {
	case "ara":
		return "ar"
	case "aze":
		return "az"
	case "bel":
		return "be"
	case "ben":
		return "bn"
	case "bul":
		return "bg"
	case "ces":
		return "cs"
	case "deu":
		return "de"
	case "ell":
		return "el"
	case "eng":
		return "en"
	case "est":
		return "et"
	case "fas", "per", "prs":
		return "fa"
	case "fin":
		return "fi"
	case "fra":
		return "fr"
	case "heb":
		return "he"
	case "hin":
		return "hi"
	case "hrv":
		return "hr"
	case "hun":
		return "hu"
	case "hye":
		return "hy"
	case "ita":
		return "it"
	case "jpn":
		return "ja"
	case "kat":
		return "ka"
	case "kaz":
		return "kk"
	case "kor":
		return "ko"
	case "nld":
		return "nl"
	case "pol":
		return "pl"
	case "por":
		return "pt"
	case "pus":
		return "ps"
	case "rus":
		return "ru"
	case "slk":
		return "sk"
	case "spa":
		return "es"
	case "srp":
		return "sr"
	case "swe":
		return "sv"
	case "tur":
		return "tr"
	case "ukr":
		return "uk"
	case "urd":
		return "ur"
	case "uzb":
		return "uz"
	case "zho":
		return "zh"
	}
	return ""
}
