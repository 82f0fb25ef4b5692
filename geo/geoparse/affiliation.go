package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
)

func possessesDeed(c *roleContext) bool {
	if c.next(1).kind != possessive {
		return false
	}
	for k := 2; k <= 4; k++ {
		n := c.next(k)
		if n.tags&tagDeed != 0 && n.tags&tagOffice == 0 {
			return true
		}
		if n.text == ")" || n.text == "”" {
			continue
		}
		if n.kind != word || n.tags&(tagOffice|tagGeo) != 0 {
			return false
		}
	}
	return false
}

// isOfOffice finds "president of X", "the Ministry of Defence of X", "capital of X".
func isOfOffice(c *roleContext) bool {
	if !c.before().is("of") {
		return false
	}
	if c.prev(1).is("people", "part", "state", "head", "side", "republic", "support", "service", "bank") {
		return false
	}
	if c.prev(1).is("capital", "capitals", "those") {
		return true
	}
	_, ok := c.d.endsPhrase(c.b-1, tagOffice)
	if !ok {
		// "the defence ministry's spokesman of X", "Ministry of Defence of X"
		ok = c.prev(2).is("of") && c.prev(3).tags&tagOffice != 0
	}
	return ok
}

// isNounAdjunct finds "the Artsakh presidency", "Karabakh public ombudsperson".
func isNounAdjunct(c *roleContext) bool {
	n := c.next(1)
	if n.gap > space || n.kind != word || c.last != c.t {
		if n.isHyphen() && n.gap == joined && c.next(2).gap == joined { // "Paris-based", "Riyadh-led"
			return c.next(2).tags&tagAdjunct != 0
		}
		return false
	}
	for k := 1; k <= 3; k++ {
		n := c.next(k)
		if n.kind != word || n.gap > space {
			return false
		}
		if n.tags&tagOffice != 0 && n.tags&tagSay == 0 || n.tags&tagAdjunct != 0 && !n.is("public", "led", "backed", "based", "born", "media") {
			return !n.is("people", "state", "head") || n.upper
		}
		if !isAttributive(n) {
			return false
		}
	}
	return false
}

// isAttributive lists adjectives that stand before the names of offices.
func isAttributive(t *token) bool {
	return t.is("public", "armed", "peace", "state", "security", "foreign", "defence", "defense", "interior", "health", "federal", "national", "regional",
		"central", "former", "joint", "special", "human", "army", "military", "police", "air", "border", "local", "media", "rights", "civil")
}

// isTopic finds what talks and conflicts are about: "mediation on Karabakh".
func isTopic(c *roleContext) bool {
	return c.before().is("on", "over", "about") && (c.prev(1).is("mediation", "dispute", "talks", "negotiations", "conference", "summit", "conflict", "question", "issue"))
}

// isArticled finds "the Baku meeting", "a Paris court": towns and most
// countries have no article, so one before them belongs to the noun after them.
func isArticled(c *roleContext) bool {
	n := c.next(1)
	if n.kind == word && n.gap <= space && c.first == c.last && c.isAbbreviated() {
		return !isAuxiliary(n) && !isFunctionWord(n) && n.tags&(tagSay|tagDeny) == 0 && (n.upper || !strings.HasSuffix(n.fold, "ed")) && !c.d.isAdverb(c.last.last+1)
	}
	if c.first != c.last || n.kind != word || n.gap > space || n.tags&tagGeo != 0 || c.t.kind().Extended() && c.t.kind() != gazetteer.Country {
		return false
	}
	if p := c.d.at(c.t.first - 1); !p.is("a", "an", "the", "his", "her", "their", "its", "this", "that", "another") || c.takesArticle() {
		return false
	}
	return !isAuxiliary(n) && !isFunctionWord(n) && !strings.HasSuffix(n.fold, "ed") && n.tags&(tagSay|tagDeny|tagBlame) == 0 && c.d.toks[c.t.first].text != "US"
}

// isAbbreviated reports names that English uses as adjectives as they are: "US
// troops", "the United States Department of State".
func (c *roleContext) isAbbreviated() bool {
	t := c.d.at(c.t.first)
	return c.t.first == c.t.last && t.is("us", "uk", "uae", "usa") || t.is("united") && c.next(1).upper
}

// takesArticle reports countries that English gives an article of their own:
// "the Soviet Union", "the Netherlands".
func (c *roleContext) takesArticle() bool {
	name := c.d.at(c.t.last).fold
	return c.t.first != c.t.last || strings.HasSuffix(name, "s") || name == "gambia" || name == "vatican" || name == "ussr"
}

func isFunctionWord(t *token) bool {
	switch t.fold {
	case "and", "or", "but", "of", "in", "on", "at", "to", "from", "with", "by", "for", "as", "that", "which", "who", "where", "when", "while",
		"after", "before", "since", "until", "into", "over", "than", "because", "if", "though", "although", "the", "a", "an", "this", "these", "about", "against", "between", "during", "through", "near", "also", "too", "not", "it", "he", "she", "they", "we", "you", "i", "there", "so", "then", "yet":
		return true
	}
	return false
}
