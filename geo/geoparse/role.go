package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// roleRule decides a role from the words around a toponym. Rules are tried in
// order and the first that holds decides.
type roleRule struct {
	role   geo.Role
	weight float64 // how often the rule is right, as counted on the training texts
	why    string
	holds  func(*roleContext) bool
}

// roleContext is what a rule may look at.
type roleContext struct {
	d     *document
	t     *toponym
	first *toponym // of the group of coordinated toponyms
	last  *toponym
	b     int // the token before the group's noun phrase, -1 at the sentence's start
}

func (c *roleContext) before() *token { return c.prev(0) }

// prev returns the k-th token before the noun phrase, within the sentence.
func (c *roleContext) prev(k int) *token {
	if i := c.b - k; c.b >= 0 && i >= c.d.sents[c.t.sent].first {
		return &c.d.toks[i]
	}
	return &token{kind: punct}
}

func (c *roleContext) next(k int) *token {
	if i := c.last.last + k; i <= c.d.sents[c.t.sent].last {
		return &c.d.toks[i]
	}
	return &token{kind: punct}
}

func roleRules() []roleRule {
	return []roleRule{
		{geo.Affiliation, 0.99, "an adjective or a people's name", func(c *roleContext) bool { return c.t.demonym }},
		{geo.Setting, 0.97, "the article's dateline", isDateline},
		{geo.Actor, 0.85, "its deed: possessive with a word for an act", possessesDeed},
		{geo.Affiliation, 0.9, "possessive", func(c *roleContext) bool { return c.next(1).kind == possessive }},
		{geo.Affiliation, 0.9, "an office or body of the place", isOfOffice},
		{geo.Affiliation, 0.85, "stands before a noun as an adjective does", isNounAdjunct},
		{geo.Affiliation, 0.8, "has an article, so that the noun after it is meant", isArticled},
		{geo.Affiliation, 0.75, "talks or a conflict named after the place", isTopic},
		{geo.Actor, 0.8, "its deed: a word for an act with of", isOfDeed},
		{geo.Actor, 0.85, "party to an alliance, support or intervention", isParty},
		{geo.Actor, 0.85, "agent of a passive verb", isAgent},
		{geo.Actor, 0.85, "addressed or blamed", isAddressed},
		{geo.Actor, 0.9, "speaks", isSpeaker},
		{geo.Actor, 0.8, "party to fighting or talks between two", isBetweenParties},
		{geo.Site, 0.85, "the event happens to it", isPatient},
		{geo.Site, 0.8, "an event is placed there by a preposition", isScene},
		{geo.Setting, 0.8, "described, not acting", isDescribed},
		{geo.Actor, 0.8, "subject of an act", isSubject},
		{geo.Actor, 0.7, "named as one of the powers spoken of", isAppositionOfPowers},
		{geo.Setting, 0.7, "no event is told of it", func(*roleContext) bool { return true }},
	}
}

// assignRoles gives every toponym its role.
func (p *Parser) assignRoles(d *document, tops []*toponym) {
	groups := d.groups(tops)
	rules := roleRules()
	for _, t := range tops {
		g := groups[t]
		c := &roleContext{d: d, t: t, first: g.first, last: g.last, b: d.before(g.first)}
		if i := d.prepositionOf(g.first); i >= 0 {
			t.near = d.toks[i].tags&tagNear != 0
		}
		for _, r := range rules {
			if r.holds(c) {
				t.role = r.role
				t.because(r.weight, r.why)
				break
			}
		}
	}
	inheritFromTwins(d, tops)
	inheritFromParts(d, tops)
}

// inheritFromTwins gives an alias in brackets its twin's role: "Stepanakert (Khankendi)".
func inheritFromTwins(d *document, tops []*toponym) {
	for i := 1; i < len(tops); i++ {
		twin, alias := tops[i-1], tops[i]
		if twin.sent == alias.sent && twin.place.ID == alias.place.ID && twin.role != alias.role &&
			alias.first-twin.last == 2 && d.at(twin.last+1).text == "(" {
			alias.role, alias.trigger, alias.near = twin.role, twin.trigger, twin.near
			alias.cues = alias.cues[:len(alias.cues)-1]
			alias.because(0.85, "another name of "+twin.place.Name+", beside it")
		}
	}
}

// inheritFromParts gives a container its part's role: in "shelling of X, in
// the Y region" and "X, Y" both are sites.
func inheritFromParts(d *document, tops []*toponym) {
	for i := 1; i < len(tops); i++ {
		part, whole := tops[i-1], tops[i]
		if part.role != geo.Site || whole.role != geo.Setting || part.sent != whole.sent || !contains(whole.place, part.place) {
			continue
		}
		between := whole.first - part.last - 1
		first := d.at(part.last + 1)
		if between <= 4 && (first.text == "," || first.text == "(" || first.is("in")) {
			whole.role, whole.trigger = part.role, part.trigger
			whole.cues = whole.cues[:len(whole.cues)-1]
			whole.because(0.8, "holds "+part.place.Name+", where the event happens")
		}
	}
}

// contains reports whether whole is a region or country that part may lie in.
func contains(whole, part *gazetteer.Place) bool {
	if whole == nil || part == nil || whole.ID == part.ID || whole.Country != part.Country {
		return false
	}
	return whole.Kind == gazetteer.Country || whole.Kind == gazetteer.Region && part.Kind != gazetteer.Country
}

// isDateline finds the place at the head of a report: "STEPANAKERT, Sept 27 -".
func isDateline(c *roleContext) bool {
	d, t := c.d, c.t
	if d.at(t.first).gap != paragraph || !d.at(t.first).allCaps() && t.sent > 0 {
		return false
	}
	for i := t.last + 1; i < t.last+14; i++ {
		switch x := d.at(i); {
		case x.text == "—" || x.text == "–" || x.text == "-" && x.gap == space || x.text == ":" && d.at(t.first).allCaps():
			return true
		case i > t.last+1 && x.gap >= lineBreak:
			return false
		}
	}
	return false
}

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
	if c.first != c.last || n.kind != word || n.gap > space || n.tags&tagGeo != 0 || c.t.place.Kind.Extended() && c.t.place.Kind != gazetteer.Country {
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
	return t.is("and", "or", "but", "of", "in", "on", "at", "to", "from", "with", "by", "for", "as", "that", "which", "who", "where", "when", "while",
		"after", "before", "since", "until", "into", "over", "than", "because", "if", "though", "although", "the", "a", "an", "this", "these", "about", "against", "between", "during", "through", "near", "also", "too", "not", "it", "he", "she", "they", "we", "you", "i", "there", "so", "then", "yet")
}

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
	return c.before().is("with", "to") && c.prev(1).is("allied", "aligned", "loyal", "close") && !c.prev(1).is("close")
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
		return !c.d.toks[k].is("including", "include", "includes", "included") || c.t.place.Kind == gazetteer.Country || c.t.place.Capital
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
	return t.place.Kind == gazetteer.Country || t.place.Capital
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
