package geoparse

import "github.com/conflictmap/conflictmap/geo"

// roleReading is what the rules say of a toponym, for the model to weigh.
type roleReading struct {
	ctx     roleContext
	group   *group
	first   int      // the rule that decides
	trigger int      // the event word that it finds, -1 for none
	verdict geo.Role // after twins and parts have been heard
}

// readRoles applies the rules to every toponym.
func (p *Parser) readRoles(d *document, tops []*toponym) []roleReading {
	groups := d.groups(tops)
	rs := make([]roleReading, len(tops))
	for n, t := range tops {
		g := groups[t]
		r := &rs[n]
		r.ctx = roleContext{d: d, t: t, first: g.first, last: g.last, b: d.before(g.first)}
		r.group, r.first, r.trigger = g, -1, -1
		if i := d.prepositionOf(g.first); i >= 0 {
			t.near = d.toks[i].tags&tagNear != 0
		}
		p.applyRules(r)
	}
	inheritFromTwins(d, tops)
	inheritFromParts(d, tops)
	for n, t := range tops {
		rs[n].verdict = t.role
	}
	return rs
}

// applyRules lets the first rule that holds decide; the last one always does.
func (p *Parser) applyRules(r *roleReading) {
	t := r.ctx.t
	for k := range p.rules {
		t.trigger = -1
		if !p.rules[k].holds(&r.ctx) {
			continue
		}
		r.first, r.trigger = k, t.trigger
		t.role = p.rules[k].role
		t.because(p.rules[k].weight, p.rules[k].why)
		return
	}
}
