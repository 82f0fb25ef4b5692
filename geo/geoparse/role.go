package geoparse

import (
	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// roleRule decides a role from the words around a toponym. Rules are tried in
// order and the first that holds decides.
type roleRule struct {
	role   geo.Role
	weight float64 // how sure the rule makes us, 0 to 1: set by hand, not counted
	why    string
	holds  func(*roleContext) bool
	// firm: the grammar of the name's own phrase says what it stands for, and
	// that is no place where something happens, whatever else the sentence tells. Of
	// some 330 gold mentions that such rules decide, one is a site.
	firm bool
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
		{geo.Affiliation, 0.99, "an adjective or a people's name", func(c *roleContext) bool { return c.t.demonym }, true},
		{geo.Setting, 0.97, "the article's dateline", isDateline, true},
		{geo.Actor, 0.85, "its deed: possessive with a word for an act", possessesDeed, true},
		{geo.Affiliation, 0.9, "possessive", func(c *roleContext) bool { return c.next(1).kind == possessive }, true},
		{geo.Affiliation, 0.9, "an office or body of the place", isOfOffice, true},
		{geo.Site, 0.75, "stands before the word for an event as an adjective does", isEventAdjunct, false},
		{geo.Site, 0.8, "heads a note that tells of an event", isLabel, false},
		{geo.Affiliation, 0.85, "stands before a noun as an adjective does", isNounAdjunct, false},
		{geo.Affiliation, 0.8, "has an article, so that the noun after it is meant", isArticled, false},
		{geo.Affiliation, 0.75, "talks or a conflict named after the place", isTopic, true},
		{geo.Actor, 0.8, "its deed: a word for an act with of", isOfDeed, true},
		{geo.Actor, 0.85, "party to an alliance, support or intervention", isParty, true},
		{geo.Actor, 0.85, "agent of a passive verb", isAgent, true},
		{geo.Actor, 0.85, "addressed or blamed", isAddressed, true},
		{geo.Actor, 0.9, "speaks", isSpeaker, true},
		{geo.Actor, 0.8, "party to fighting or talks between two", isBetweenParties, true},
		{geo.Site, 0.85, "the event happens to it", isPatient, false},
		{geo.Site, 0.8, "an event is placed there by a preposition", isScene, false},
		{geo.Setting, 0.8, "described, not acting", isDescribed, false},
		{geo.Actor, 0.8, "subject of an act", isSubject, false},
		{geo.Actor, 0.7, "named as one of the powers spoken of", isAppositionOfPowers, true},
		{geo.Setting, 0.7, "no event is told of it", func(*roleContext) bool { return true }, false},
	}
}

// assignRoles gives every toponym its role: that of the rules, or that of the
// model, which weighs the rules with what else the text says.
func (p *Parser) assignRoles(d *document, tops []*toponym) {
	rs := p.readRoles(d, tops)
	if m := p.models[RoleSeam]; m != nil {
		p.modelRoles(d, tops, rs, m)
	}
}

// inheritFromTwins gives an alias in brackets its twin's role: "Stepanakert (Khankendi)".
func inheritFromTwins(d *document, tops []*toponym) {
	for i := 1; i < len(tops); i++ {
		twin, alias := tops[i-1], tops[i]
		if twin.sent == alias.sent && samePlace(twin, alias) && twin.role != alias.role &&
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
		case x.isDash() || x.text == ":" && d.at(t.first).allCaps():
			return true
		case i > t.last+1 && x.gap >= lineBreak:
			return false
		}
	}
	return false
}
