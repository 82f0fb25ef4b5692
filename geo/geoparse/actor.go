package geoparse

import "github.com/conflictmap/conflictmap/gazetteer"

// isOfDeed finds "the military activities of X", "the silence of X".
func isOfDeed(c *roleContext) bool {
	return c.before().is("of") && c.prev(1).tags&tagDeed != 0 && c.d.triggerAt(c.b-1) < 0 && c.prev(1).tags&tagGeo == 0
}

// isParty finds "ally of X", "support from X", "cooperation with X",
// "intervention by X".
func isParty(c *roleContext) bool {
	if c.before().is("of", "from", "with", "by", "to", "for") && c.prev(1).tags&tagParty != 0 {
		return !c.before().is("to", "for") || c.prev(1).is("support", "backing", "help", "aid", "ally", "alliance")
	}
	return c.before().is("with", "to") && c.prev(1).is("allied", "aligned", "loyal")
}

// isAgent finds "backed by X", "a truce brokered by X".
func isAgent(c *roleContext) bool {
	return c.before().is("by") && c.prev(1).kind == word && !c.prev(1).is("near", "close", "stand", "stood", "passed", "drove", "road", "sea", "air")
}

// isAddressed finds "accused X", "called on X", "including X", and the
// objects of "in addition to".
func isAddressed(c *roleContext) bool {
	if c.b < 0 {
		return false
	}
	k, ok := c.d.endsPhrase(c.b, tagBlame)
	if ok && c.d.toks[k].is("asked", "ask", "asks", "called", "call", "calls") && k == c.b && c.before().is("called", "call", "calls") {
		return false
	}
	if ok && k >= c.d.sents[c.t.sent].first {
		return !c.d.toks[k].is("including", "include", "includes", "included") || c.t.isState()
	}
	return c.before().is("to") && c.prev(1).is("addition")
}

// isSpeaker finds "says X", "according to X".
func isSpeaker(c *roleContext) bool {
	if c.b < 0 {
		return false
	}
	k, ok := c.d.endsPhrase(c.b, tagSay|tagDeny)
	return ok && k >= c.d.sents[c.t.sent].first && c.d.triggerAt(k) < 0 && !c.before().is("tell", "told", "tells", "report", "claim", "claims", "reports", "denial", "denials", "recall", "recalled", "dispute")
}

// isBetweenParties finds "fighting between A and B"; a border, a road or a region
// between two is a setting.
func isBetweenParties(c *roleContext) bool {
	if !c.before().is("between") || c.first == c.last && !c.next(1).is("and") {
		return fightsBetween(c)
	}
	return c.d.triggerAt(c.b-1) >= 0 || c.prev(1).is("talks", "agreement", "agreements", "deal", "accord", "dispute", "relations", "tension", "tensions",
		"conflict", "quarrel", "peace", "negotiations", "dialogue", "contacts", "exchange", "meeting", "treaty", "pact", "rivalry", "confrontation", "match", "game", "mediate", "mediation")
}

// fightsBetween finds the second half of "fights between separatists and A, as well as B".
func fightsBetween(c *roleContext) bool {
	s := c.d.sents[c.t.sent]
	if !c.before().is("and", "as", ",") {
		return false
	}
	for i := c.b; i >= s.first && i > c.b-12; i-- {
		if t := &c.d.toks[i]; t.is("between") && i > s.first {
			return c.d.triggerAt(i-1) >= 0
		} else if t.tags&tagAt != 0 && t.kind == word {
			return false
		}
	}
	return false
}

// isDescribed finds subjects of which only their place or nature is told:
// "X is a region of …", "X lies …".
func isDescribed(c *roleContext) bool {
	v := c.d.predicate(c.last)
	if v < 0 || c.b >= 0 && c.before().is("of", "in", "from", "at", "near", "to", "with", "on") {
		return false
	}
	t := &c.d.toks[v]
	if t.is("lies", "lie", "lay", "borders", "stretches", "sits", "counts", "has", "belongs") && !c.t.isState() && !c.decides(v) {
		return true
	}
	if !isBe(t) {
		return false
	}
	if !c.t.isState() {
		return true
	}
	for k := v + 1; k <= min(v+7, c.d.sents[c.t.sent].last); k++ {
		x := &c.d.toks[k]
		if x.tags&tagGeo != 0 && !x.is("capital", "country", "countries") {
			return true
		}
		if x.is("of", "to", "in", ",", "by", "with") {
			break
		}
	}
	return false
}

// decides reports whether the auxiliary at token v opens a verb of deciding:
// "X has decreed".
func (c *roleContext) decides(v int) bool {
	for k := v + 1; k <= v+3; k++ {
		if x := c.d.at(k); x.tags&(tagSay|tagDeny|tagBlame) != 0 || x.is("decreed", "ordered", "decided", "refused", "agreed", "sent", "asked", "rejected") {
			return !isBe(&c.d.toks[v])
		}
	}
	return false
}

// isState reports whether the toponym can stand for a government by itself: a
// country, a capital, or a region with a government of its own.
func (t *toponym) isState() bool {
	return t.kind() == gazetteer.Country || t.place != nil && t.place.Capital
}

// isSubject finds the subject of a finite verb that governments are subjects of.
func isSubject(c *roleContext) bool {
	if c.b >= 0 && (c.before().tags&tagAt != 0 || c.before().is("of", "from", "to", "with", "for", "by", "between", "since", "after", "before", "like", "than", "via", "as")) {
		return false
	}
	v := c.d.predicate(c.last)
	if v < 0 {
		return false
	}
	if c.t.isState() {
		return true
	}
	t := &c.d.toks[v]
	if isAuxiliary(t) {
		return c.decides(v)
	}
	return t.tags&(tagSay|tagDeny|tagBlame) != 0 || t.is("decreed", "ordered", "decided", "refused", "agreed", "wants", "refuses", "insists", "speaks")
}

// isAppositionOfPowers finds "the two powers in the region, X and Y".
func isAppositionOfPowers(c *roleContext) bool {
	if c.before().text != "," || !c.t.isState() {
		return false
	}
	s := c.d.sents[c.t.sent]
	for i := c.b - 1; i >= s.first && i > c.b-9; i-- {
		if c.d.toks[i].is("powers", "countries", "states", "nations", "allies", "capitals", "governments", "sides", "parties", "neighbours", "protagonists") {
			return true
		}
		if c.d.toks[i].text == "," {
			break
		}
	}
	return false
}
