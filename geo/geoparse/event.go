package geoparse

import (
	"sort"

	"github.com/conflictmap/conflictmap/geo"
)

// assignEvents gives every site its event: type, days, claim and claimant.
func (p *Parser) assignEvents(d *document, tops []*toponym) {
	var last []*toponym // sites so far, for dates to inherit
	var events *eventReader
	var claims *claimReader
	for _, t := range tops {
		if t.role != geo.Site {
			continue
		}
		if events == nil {
			events, claims = newEventReader(d), newClaimReader(d)
		}
		events.read(t, p.models[EventSeam])
		t.when = d.eventDays(t, last)
		claims.read(t, p.models[ClaimSeam])
		last = append(last, t)
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

// eventDays dates a site: by the nearest date in its sentence that dates no
// statement, else by the date of a statement, else by the nearest earlier
// site with a related event, else by the day of publication.
func (d *document) eventDays(t *toponym, earlier []*toponym) dated {
	s := d.sents[t.sent]
	at := t.first
	if t.trigger >= 0 {
		at = (d.triggers[t.trigger].first + t.first) / 2
	}
	dates := d.datesIn(s)
	best, dist := -1, 1<<30
	for k, x := range dates {
		n := abs(x.first - at)
		if x.ofSaying {
			n += 1000
		}
		if !d.sameClause(x.first, t.first) {
			n += 30
		}
		if after := x.first - t.last; after > 0 && after <= 3 && d.at(t.last+1).is("in", "on", "between", "since", "from", "during", "overnight", "last", "late", "early") {
			n -= 40 // "in X in August 2020 and in Y in September"
		}
		if n < dist {
			best, dist = k, n
		}
	}
	if best >= 0 {
		t.because(0.97, "dated by the words “"+dates[best].basis+"”")
		return dates[best]
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		e := earlier[i]
		if t.sent-e.sent > 3 {
			break
		}
		if related(e.event, t.event) && e.sent < t.sent && e.when.days.To != 0 && d.isPlain(e) {
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

// related reports whether two types of event may tell of one affair: the parts
// of an attack are, the attack and a protest are not.
func related(a, b geo.EventType) bool {
	armed := func(e geo.EventType) bool {
		return e == geo.Explosion || e == geo.Battle || e == geo.Civilians || e == geo.Casualties
	}
	return a == b || armed(a) && armed(b)
}

// datesIn returns the date expressions of the sentence.
func (d *document) datesIn(s sentence) []dated {
	a := sort.Search(len(d.dates), func(i int) bool { return d.dates[i].first >= s.first })
	z := a
	for z < len(d.dates) && d.dates[z].first <= s.last {
		z++
	}
	return d.dates[a:z]
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
