package geoparse

import "github.com/conflictmap/conflictmap/geo"

// roleReading is what the rules say of a toponym, for the model to weigh.
type roleReading struct {
	ctx   roleContext
	group *group
	fired uint32 // a bit for each rule that holds
	first int    // the rule that decides
	// the event words that the rules of objects and of scenes find, -1 for none
	patient, scene int
	verdict        geo.Role // after twins and parts have been heard
}

// readRoles applies the rules to every toponym. With all set it also notes the
// rules that hold after the one that decides.
func (p *Parser) readRoles(d *document, tops []*toponym, all bool) []roleReading {
	groups := d.groups(tops)
	rs := make([]roleReading, len(tops))
	for n, t := range tops {
		g := groups[t]
		r := &rs[n]
		r.ctx = roleContext{d: d, t: t, first: g.first, last: g.last, b: d.before(g.first)}
		r.group, r.first, r.patient, r.scene = g, -1, -1, -1
		if i := d.prepositionOf(g.first); i >= 0 {
			t.near = d.toks[i].tags&tagNear != 0
		}
		p.applyRules(r, all)
	}
	inheritFromTwins(d, tops)
	inheritFromParts(d, tops)
	for n, t := range tops {
		rs[n].verdict = t.role
	}
	return rs
}

func (p *Parser) applyRules(r *roleReading, all bool) {
	t, decided := r.ctx.t, -1
	for k := range p.rules {
		t.trigger = -1
		if !p.rules[k].holds(&r.ctx) {
			continue
		}
		r.fired |= 1 << k
		if t.trigger >= 0 && r.patient < 0 && r.scene < 0 {
			r.patient = t.trigger
		} else if t.trigger >= 0 {
			r.scene = t.trigger
		}
		if r.first < 0 {
			r.first, decided = k, t.trigger
			t.role = p.rules[k].role
			t.because(p.rules[k].weight, p.rules[k].why)
		}
		if !all {
			break
		}
	}
	t.trigger = decided
}
