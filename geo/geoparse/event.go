package geoparse

import "github.com/conflictmap/conflictmap/geo"

// assignEvents gives every site its event: type, days, claim and claimant.
func (p *Parser) assignEvents(d *document, tops []*toponym) {
	var last []*toponym // sites so far, for dates to inherit
	for _, t := range tops {
		if t.role != geo.Site {
			continue
		}
		t.event = d.eventType(t)
		t.when = d.eventDays(t, last)
		t.claim, t.claimedBy = d.claimOf(t)
		last = append(last, t)
	}
}

// eventType names the event of a site by its trigger and, for attacks and
// deaths, by who suffers and what else the sentence tells.
func (d *document) eventType(t *toponym) geo.EventType {
	if t.trigger < 0 {
		return geo.Battle
	}
	tr := &d.triggers[t.trigger]
	switch tr.kind {
	case "attack":
		if d.hasNear(tr, tagUnarmed) {
			return geo.Civilians
		}
		return geo.Battle
	case "harm":
		return d.harmType(tr)
	}
	return geo.EventType(tr.kind)
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
	if d.hasNear(tr, tagUnarmed) && d.hasNear(tr, tagArms) {
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

// eventDays dates a site: by the nearest date in its sentence that dates no
// statement, else by the date of a statement, else by the nearest earlier
// site with the same type of event, else by the day of publication.
func (d *document) eventDays(t *toponym, earlier []*toponym) dated {
	s := d.sents[t.sent]
	at := t.first
	if t.trigger >= 0 {
		at = (d.triggers[t.trigger].first + t.first) / 2
	}
	best, dist := -1, 1<<30
	for k, x := range d.dates {
		if x.first < s.first || x.last > s.last {
			continue
		}
		n := abs(x.first - at)
		if x.ofSaying {
			n += 1000
		}
		if !d.sameClause(x.first, t.first) {
			n += 30
		}
		if n < dist {
			best, dist = k, n
		}
	}
	if best >= 0 {
		t.because(0.97, "dated by the words “"+d.dates[best].basis+"”")
		return d.dates[best]
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		e := earlier[i]
		if e.event == t.event && t.sent-e.sent <= 3 && e.sent < t.sent && e.when.days.To != 0 && d.isPlain(e) {
			t.because(0.85, "dated by an earlier sentence about the same event")
			return dated{days: e.when.days, basis: e.when.basis}
		}
	}
	if d.published == 0 {
		return dated{}
	}
	t.because(0.85, "dated by the day of publication")
	return dated{days: geo.Interval{From: d.published, To: d.published}}
}

// isPlain reports whether the site's days are precise enough to inherit.
func (d *document) isPlain(t *toponym) bool {
	return t.when.days.To-t.when.days.From < 31
}

func (d *document) sameClause(a, b int) bool {
	lo, hi := d.clause(a)
	return lo <= b && b <= hi
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
