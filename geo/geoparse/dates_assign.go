package geoparse

import (
	"sort"

	"github.com/conflictmap/conflictmap/geo"
)

// assignDates gives every site the days of its event: by the model among the
// days that the text offers, or by rules.
func (p *Parser) assignDates(d *document, tops []*toponym) {
	m := p.models[DateSeam]
	c := dateChooser{d: d}
	for _, t := range tops {
		if t.role != geo.Site {
			continue
		}
		ruled, why, share := d.ruledDays(t, c.earlier)
		if m == nil {
			t.when, t.dateShare = ruled, share
		} else {
			t.when, t.dateShare, why = c.choose(m, t, ruled)
		}
		if why != "" {
			t.because(t.dateShare, why)
		}
		c.earlier = append(c.earlier, t)
	}
}

// Bases of days that no words near the site gave.
const (
	inherited   = "dated by an earlier sentence about the same event"
	byPublisher = "dated by the day of publication"
)

// ruledDays dates a site by rules: by the nearest date in its sentence that
// dates no statement, else by the date of a statement, else by the nearest
// earlier site with a related event, else by the day of publication. It
// returns the reason and how sure it makes us.
func (d *document) ruledDays(t *toponym, earlier []*toponym) (dated, string, float64) {
	if k := d.nearestDate(t); k >= 0 {
		return d.dates[k], "dated by the words “" + d.dates[k].basis + "”", 0.97
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		e := earlier[i]
		if t.sent-e.sent > 3 {
			break
		}
		if related(e.event, t.event) && e.sent < t.sent && e.when.days.To != 0 && inheritable(e.when.days) {
			return dated{days: e.when.days, basis: e.when.basis}, inherited, 0.85
		}
	}
	if d.published == 0 {
		return dated{}, "", 1
	}
	return dated{days: geo.Interval{From: d.published, To: d.published}}, byPublisher, 0.85
}

// nearestDate returns the date of the sentence that stands nearest to the
// site and its event word, or -1.
func (d *document) nearestDate(t *toponym) int {
	at := t.first
	if t.trigger >= 0 {
		at = (d.triggers[t.trigger].first + t.first) / 2
	}
	a, z := d.dateRange(d.sents[t.sent])
	lo, hi := d.clause(t.first)
	best, dist := -1, 1<<30
	for k := a; k < z; k++ {
		x := &d.dates[k]
		if x.second || d.isAhead(x.days) {
			continue
		}
		n := abs(x.first - at)
		if x.ofSaying {
			n += 1000
		}
		if x.first < lo || x.first > hi {
			n += 30
		}
		if after := x.first - t.last; after > 0 && after <= 3 && d.at(t.last+1).is("in", "on", "between", "since", "from", "during", "overnight", "last", "late", "early") {
			n -= 40 // "in X in August 2020 and in Y in September"
		}
		if n < dist {
			best, dist = k, n
		}
	}
	return best
}

// isAhead reports whether days begin after publication, when nothing reported has happened.
func (d *document) isAhead(days geo.Interval) bool {
	return d.published != 0 && days.From > d.published
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
	a, z := d.dateRange(s)
	return d.dates[a:z]
}

// dateRange is datesIn as a range of indices.
func (d *document) dateRange(s sentence) (int, int) {
	a := sort.Search(len(d.dates), func(i int) bool { return d.dates[i].first >= s.first })
	z := a
	for z < len(d.dates) && d.dates[z].first <= s.last {
		z++
	}
	return a, z
}

// inheritable reports whether days are precise enough to inherit.
func inheritable(days geo.Interval) bool { return days.To-days.From < 31 }
