package geoparse

import "github.com/conflictmap/conflictmap/geo"

// assignEvents gives every site its event: type, claim and claimant.
func (p *Parser) assignEvents(d *document, tops []*toponym) {
	var events *eventReader
	claims := claimReader{d: d}
	for _, t := range tops {
		if t.role != geo.Site {
			continue
		}
		if events == nil {
			events = newEventReader(d)
		}
		events.read(t, p.models[EventSeam])
		claims.read(t)
	}
}

// eventType names the event of a site by its trigger and, for attacks and
// deaths, by who suffers and what else the sentence tells.
func (d *document) eventType(t *toponym, earlier []*toponym) geo.EventType {
	if t.trigger < 0 {
		return geo.Battle
	}
	tr := &d.triggers[t.trigger]
	switch tr.kind {
	case "attack":
		if e := earlierAt(t, earlier); e != "" {
			return e
		}
		if d.hasNear(tr, tagUnarmed) {
			return geo.Civilians
		}
		return geo.Battle
	case "harm":
		return d.harmType(tr)
	}
	return geo.EventType(tr.kind)
}

// maxBack is how many sites earlierAt looks back.
const maxBack = 60

// earlierAt returns the armed event last told of the same place: "the attack on
// X" speaks of it again.
func earlierAt(t *toponym, earlier []*toponym) geo.EventType {
	for i := len(earlier) - 1; i >= max(0, len(earlier)-maxBack); i-- {
		if e := earlier[i]; samePlace(e, t) && (e.event == geo.Explosion || e.event == geo.Battle || e.event == geo.Civilians) {
			return e.event
		}
	}
	return ""
}

// harmType is the first type that fits a sentence with deaths: another
// event that it tells of, or violence against civilians where armed people and
// unarmed victims are named, or bare casualties.
func (d *document) harmType(tr *trigger) geo.EventType {
	s := d.sents[tr.sent]
	a, z := d.triggersIn(s.first, s.last)
	for _, e := range geo.EventTypes() {
		for k := a; k < z; k++ {
			if d.triggers[k].kind == string(e) && !d.triggers[k].unreal && e != geo.Strategic {
				return e
			}
		}
	}
	for k := a; k < z; k++ {
		if d.triggers[k].kind == "attack" {
			return geo.Civilians
		}
	}
	if d.hasNear(tr, tagUnarmed) && d.hasNear(tr, tagArms|tagArmed) {
		return geo.Civilians
	}
	return geo.Casualties
}

// hasNear reports whether a word with the tag stands in the trigger's clause.
func (d *document) hasNear(tr *trigger, tag tags) bool {
	lo, hi := d.clause(tr.first)
	for i := lo; i <= hi; i++ {
		if d.toks[i].tags&tag != 0 {
			return true
		}
	}
	return false
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
