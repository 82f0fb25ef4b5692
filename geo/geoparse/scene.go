package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// maxReach is how many tokens may lie between an event word and the
// preposition that places it.
const maxReach = 24

// isPatient finds places that the event happens to: the object of an event
// verb ("bombing X"), the "of" after an event noun ("the shelling of X"), and
// the subject of a passive ("X was shelled").
func isPatient(c *roleContext) bool {
	if c.b >= 0 {
		i := c.b
		for i >= 0 && (c.d.toks[i].is("again", "also", "twice") || c.d.isAdverb(i) && c.d.triggerAt(i) < 0) {
			i--
		}
		if k := c.d.triggerAt(max(i, 0)); k >= 0 && c.real(k) && c.d.triggers[k].last == i {
			if s := c.d.triggers[k].speech; s == grip || s == verb && !isIntransitive(&c.d.toks[i]) || s == enter && c.d.toks[i].is("entered") {
				c.t.trigger = k
				return true
			}
		}
		if p := c.before(); p.is("of", "on", "for") {
			k := c.d.triggerAt(c.b - 1)
			if k >= 0 && c.real(k) && c.d.triggers[k].speech == noun && !(p.is("for") && c.d.triggers[k].kind == "harm") && !c.endsState(k) {
				c.t.trigger = k
				return true
			}
		}
	}
	return c.isPassiveSubject()
}

// endsState tells "the fall of the Soviet Union" from "the fall of Shusha":
// states fall without a battle at them.
func (c *roleContext) endsState(k int) bool {
	return c.t.kind() == gazetteer.Country && c.d.toks[c.d.triggers[k].first].is("fall", "loss")
}

func isIntransitive(t *token) bool {
	switch t.fold {
	case "explode", "exploded", "explodes", "exploding", "off", "died", "fell", "falls", "fallen", "clash", "clashed", "clashes",
		"fight", "fought", "fights", "fighting", "marched", "dead":
		return true
	}
	return false
}

// isPassiveSubject finds "X was shelled", "X fell", "X came under fire".
func (c *roleContext) isPassiveSubject() bool {
	if c.b >= 0 && (c.before().tags&tagAt != 0 || c.before().is("of", "from", "to", "with", "for", "by", "between")) {
		return false
	}
	d, s := c.d, c.d.sents[c.t.sent]
	i := c.last.last + 1
	passive := false
	if v := d.predicate(c.last); v >= 0 {
		i = v
	}
	for ; i <= s.last && i < c.last.last+14; i++ {
		t := &d.toks[i]
		if k := d.triggerAt(i); k >= 0 {
			ok := t.is("under") || passive && (d.triggers[k].speech == verb || d.triggers[k].speech == grip) || t.is("fell", "falls", "fallen")
			if ok && c.real(k) {
				c.t.trigger = k
			}
			return ok && c.real(k)
		}
		switch {
		case isBe(t):
			passive = true
		case t.is("under"):
			return c.isUnderFire(i)
		case !isAuxiliary(t) && !d.isAdverb(i) && !t.is("not", "came", "come", "comes"):
			return false
		}
	}
	return false
}

// isUnderFire finds "under attack", "under Smerch fire", "under siege" from the
// "under" at token i.
func (c *roleContext) isUnderFire(i int) bool {
	for j := i + 1; j <= i+3; j++ {
		if k := c.d.triggerAt(j); k >= 0 {
			c.t.trigger = k
			return c.real(k)
		}
	}
	return false
}

// real reports whether the trigger tells of something that happened.
func (c *roleContext) real(k int) bool { return !c.d.triggers[k].unreal }

// isScene finds places where a preposition puts an event: the nearest event
// word before the preposition, or after it where the place opens the clause,
// with no verb of saying, meeting or living nearer by.
func isScene(c *roleContext) bool {
	d := c.d
	p := d.prepositionOf(c.first)
	s := d.sents[c.t.sent]
	if p < 0 {
		return c.isLeft()
	}
	lo, hi := d.clause(p)
	if d.isSeat(p) || d.at(p-1).is("from") || d.at(p-1).is("somewhere") && d.at(p-2).is("from") {
		return false
	}
	if k := c.sceneBefore(max(lo, p-maxReach), p); k >= 0 {
		c.t.trigger = k
		return true
	}
	if d.stillBefore(lo, p) {
		return false
	}
	if d.isPartitive(c.first) {
		return false
	}
	opens := p <= lo+2 || p > s.first && d.toks[p-1].text == "," || d.opensAfterDate(lo, p)
	if !opens && !d.subjectOnly(lo, p) {
		return false
	}
	if k := c.sceneAfter(c.last.last+1, min(hi, c.last.last+maxReach)); k >= 0 {
		c.t.trigger = k
		return true
	}
	return false
}

// sceneBefore looks back from the preposition for the event that it places.
func (c *roleContext) sceneBefore(lo, p int) int {
	d := c.d
	for i := p - 1; i >= lo; i-- {
		t := &d.toks[i]
		if k := d.triggerAt(i); k >= 0 && d.triggers[k].speech != grip {
			switch {
			case d.triggers[k].unreal:
				return -1
			case d.triggers[k].speech == move && !d.toks[p].is("in", "at", "near", "on"):
				return -1
			}
			return d.strongest(k, lo)
		}
		if t.tags&(tagSay|tagDeny) != 0 && !t.upper || isStill(t) && !d.isTarget(i) || d.isCare(i) {
			return -1
		}
	}
	return -1
}

// isTarget finds the building that an attack is on: "the attack on the embassy in".
func (d *document) isTarget(i int) bool {
	if !d.toks[i].is("embassy", "parliament", "court", "office", "conference", "funeral") {
		return false
	}
	for j := i - 1; j > 0 && j > i-6; j-- {
		if d.toks[j].is("on", "at", "against", "outside", "near") {
			return d.triggerAt(j-1) >= 0
		}
		if d.triggerAt(j) >= 0 {
			return d.triggers[d.triggerAt(j)].speech == verb
		}
	}
	return false
}

// isCare finds "taken to hospital", "in a hospital": the wounded are there, the
// event was not. A hospital that is the subject stays ("a hospital was hit").
func (d *document) isCare(i int) bool {
	return d.toks[i].is("hospital", "hospitals", "clinic", "morgue") &&
		(d.at(i-1).is("to", "in", "into", "at") || d.at(i-2).is("to", "in", "into", "at") || d.at(i-3).is("to", "in"))
}

// strongest prefers, to words of death and injury, the event that caused them.
func (d *document) strongest(k, lo int) int {
	if d.triggers[k].kind != "harm" {
		return k
	}
	for j := k - 1; j >= 0 && d.triggers[j].first >= lo; j-- {
		if d.triggers[j].kind != "harm" && !d.triggers[j].unreal {
			return j
		}
	}
	return k
}

// sceneAfter looks on from a place that opens its clause.
func (c *roleContext) sceneAfter(from, hi int) int {
	d := c.d
	harm := -1
	for i := from; i <= hi; i++ {
		t := &d.toks[i]
		if k := d.triggerAt(i); k >= 0 && d.triggers[k].speech != grip {
			if d.triggers[k].unreal {
				return harm
			}
			if d.triggers[k].kind == "harm" && harm < 0 {
				harm = k
				continue
			}
			return k
		}
		if t.tags&(tagSay|tagDeny|tagBlame) != 0 && !t.upper && harm < 0 || isStill(t) {
			return -1
		}
		if t.text == ";" {
			break
		}
	}
	return harm
}

// stillBefore reports whether a verb of saying, meeting or living governs the
// preposition.
func (d *document) stillBefore(lo, p int) bool {
	for i := p - 1; i >= lo && i > p-8; i-- {
		if t := &d.toks[i]; t.tags&(tagSay|tagDeny) != 0 || isStill(t) {
			return true
		}
	}
	return false
}

// opensAfterDate reports whether only a date stands before the preposition
// in the clause: "On Sunday in X".
func (d *document) opensAfterDate(lo, p int) bool {
	for _, x := range d.datesIn(d.sents[d.sentenceOf(p)]) {
		if x.first >= lo && x.first <= lo+3 && x.last < p && p-x.last <= 3 {
			return true
		}
	}
	return false
}

// subjectOnly reports whether no finite verb stands before the preposition in
// its clause, so that the place belongs to the subject: "Houses in X were hit".
func (d *document) subjectOnly(lo, p int) bool {
	for i := lo; i < p; i++ {
		if d.isFinite(i) {
			return false
		}
	}
	return true
}

// isStill lists verbs and nouns of meeting, living and speaking: what they put
// at a place is no conflict event.
func isStill(t *token) bool {
	switch t.fold {
	case "met", "meet", "meets", "meeting", "spoke", "speak", "speaks", "speaking", "speech", "live", "lives", "lived", "living",
		"born", "visit", "visited", "visits", "visiting", "summit", "conference", "arrived", "arrive", "arrives", "arriving",
		"travelled", "returned", "office", "interview", "studied", "buried", "funeral", "gathered", "treated", "wrote", "talks",
		"negotiations", "embassy", "based", "stationed", "parliament", "court", "sirens", "agreed", "signed", "opened", "held",
		"told", "brokered", "closed", "shut", "headed", "heading", "negotiators", "delegation":
		return true
	}
	return false
}

// isPartitive finds "in this region of X": what happens there happens in a
// part of X that is not named.
func (d *document) isPartitive(t *toponym) bool {
	i := t.first - 1
	for i > 0 && d.toks[i].modifier() {
		i--
	}
	return i > 1 && d.toks[i].is("of") && d.toks[i-1].tags&tagGeo != 0 && d.toks[i-2].is("this", "that", "every", "any", "another")
}

// isSeat reports whether the preposition tells where somebody who speaks of the
// event sits: "the ministry of defence in X", "our colleague in X".
func (d *document) isSeat(p int) bool {
	if d.at(p-1).tags&tagSpeaker != 0 {
		return p < 1 || !d.isTarget(p-1)
	}
	return d.at(p-2).is("of") && d.at(p-3).tags&tagSpeaker != 0
}

// isLeft finds the place that people fled or troops withdrew from.
func (c *roleContext) isLeft() bool {
	d := c.d
	if c.b < 0 {
		return false
	}
	if k := d.triggerAt(c.b); k >= 0 && d.triggers[k].speech == move && c.real(k) {
		c.t.trigger = k
		return true
	}
	if !c.before().is("from") {
		return false
	}
	lo, _ := d.clause(c.b)
	for i := c.b - 1; i >= max(lo, c.b-6); i-- {
		if k := d.triggerAt(i); k >= 0 {
			if d.triggers[k].speech == move && c.real(k) {
				c.t.trigger = k
				return true
			}
			return false
		}
	}
	return false
}

// isEventAdjunct finds towns and regions that stand before the word for an event:
// "a Kabul car bombing", "the Calgary rally". Wars and conflicts bear such names
// for long, and weapons those of their makers.
func isEventAdjunct(c *roleContext) bool {
	n := c.next(1)
	if c.first != c.last || n.kind != word || n.gap > space || n.upper || c.t.kind() == gazetteer.Country {
		return false
	}
	i := c.last.last + 1
	if n.is("car", "bus", "train", "school", "market", "hotel", "hospital", "mosque", "church", "prison", "airport") {
		i++ // its target or means: "a Kabul hotel siege"
		n = c.next(2)
	}
	k := c.d.triggerAt(i)
	if k < 0 || !c.real(k) || c.d.triggers[k].first != i ||
		c.d.triggers[k].speech != noun && !strings.HasSuffix(n.fold, "ing") ||
		n.tags&(tagArms|tagArmed) != 0 || n.is("war", "wars", "conflict", "conflicts", "ceasefire", "truce") {
		return false
	}
	c.t.trigger = k
	return true
}

// isLabel finds the place that heads a note of a bulletin: "Bara: clashes on
// Saturday north of the town". What it tells of first must be an event.
func isLabel(c *roleContext) bool {
	d, s := c.d, c.d.sents[c.t.sent]
	if c.first.first != s.first || c.next(1).text != ":" || c.t.isState() {
		return false
	}
	for i := c.last.last + 2; i <= min(s.last, c.last.last+12); i++ {
		if k := d.triggerAt(i); k >= 0 && c.real(k) {
			c.t.trigger = k
			return true
		}
		if d.toks[i].tags&(tagSay|tagDeny) != 0 || d.topAt[i] != nil && !d.topAt[i].demonym {
			return false
		}
	}
	return false
}
