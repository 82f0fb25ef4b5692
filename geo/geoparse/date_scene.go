package geoparse

import (
	"math/bits"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// siteScene is what the sentence of a site tells its date, whatever the option.
type siteScene struct {
	a, z     int    // dates of the sentence
	here     int    // how many of them date no statement
	near     int    // how many of these stand in the clause of the site or its event word
	trigger  int    // token of the event word, -1 for none
	word     uint64 // hash of the event word
	event    uint64 // hash of the event type
	lo, hi   int    // clause of the site
	tlo, thi int    // clause of the event word
	tense    uint64
	clock    bool // names a time of the day
	entry    bool // its paragraph begins with a time: an entry of a live report
	anaphor  uint64
	style    uint64 // where the sentence has its dates: 1 before the places, 2 after, 0 with one date or none
	previous *toponym
	year     geo.Interval // of the previous site
	bound    uint64       // how close the previous site is
}

// Tenses of a clause by its auxiliaries.
const (
	untensed uint64 = iota
	past
	present
	perfect
	future
	pluperfect
)

// scene reads the sentence of the site.
func (c *dateChooser) scene(t *toponym) {
	d, s := c.d, &c.site
	*s = siteScene{trigger: -1, event: linear.Hash(string(t.event))}
	s.a, s.z = d.dateRange(d.sents[t.sent])
	for k := s.a; k < s.z; k++ {
		if !d.dates[k].ofSaying && !d.dates[k].second {
			s.here++
		}
	}
	s.lo, s.hi = d.clause(t.first)
	if k := c.triggerOf(t, s); k >= 0 {
		s.trigger, s.word = d.triggers[k].first, d.toks[d.triggers[k].first].hash
	}
	s.tlo, s.thi = s.lo, s.hi
	if s.trigger >= 0 && (s.trigger < s.lo || s.trigger > s.hi) {
		s.tlo, s.thi = d.clause(s.trigger)
	}
	for k := s.a; k < s.z; k++ {
		x := &d.dates[k]
		if i := x.first; !x.ofSaying && !x.second && x.reader != byClause && (i >= s.lo && i <= s.hi || i >= s.tlo && i <= s.thi) {
			s.near++
		}
	}
	s.tense = d.tense(s.lo, s.hi)
	sent := d.sents[t.sent]
	for i := sent.first; i <= sent.last; i++ {
		x := &d.toks[i]
		s.clock = s.clock || x.kind == number && strings.IndexByte(x.text, ':') > 0 || x.kind == word && x.is("dawn", "morning", "noon", "afternoon", "evening", "night", "midnight", "hour", "hours", "later", "then")
	}
	s.style = c.styleOf(t)
	s.entry = c.isEntry(t.sent)
	if s.trigger > 0 {
		before := d.at(s.trigger - 1)
		s.anaphor = 1 + flag(before.is("the", "this", "that", "these")) + 2*flag(before.is("a", "an", "another"))
	}
	if n := len(c.earlier); n > 0 {
		s.previous = c.earlier[n-1]
		s.bound = c.bond(t, s.previous)
		if from := s.previous.when.days.From; from != 0 {
			y, _, _ := from.Civil()
			s.year = yearDays(y, y)
		}
	}
}

// triggerOf is the event word of the site: the one that its role found, or the nearest
// of its clause, or of its sentence.
func (c *dateChooser) triggerOf(t *toponym, s *siteScene) int {
	if t.trigger >= 0 {
		return t.trigger
	}
	d := c.d
	a, z := d.triggersIn(s.lo, s.hi)
	if a == z {
		a, z = d.triggersIn(d.sents[t.sent].first, d.sents[t.sent].last)
	}
	best := -1
	for k := a; k < z; k++ {
		if best < 0 || abs(d.triggers[k].first-t.first) < abs(d.triggers[best].first-t.first) {
			best = k
		}
	}
	return best
}

// styleOf tells whether a sentence with several dates names them before its
// sites ("on the 3rd in X, and on the 4th in Y") or after.
func (c *dateChooser) styleOf(t *toponym) uint64 {
	d, s := c.d, &c.site
	if s.here < 2 {
		return 0
	}
	k := s.a
	for k < s.z-1 && (d.dates[k].ofSaying || d.dates[k].second) {
		k++
	}
	for i := d.sents[t.sent].first; i < d.dates[k].first; i++ {
		if x := d.topAt[i]; x != nil && x.role == geo.Site {
			return 2
		}
	}
	return 1
}

// isEntry reports whether the paragraph of the sentence begins with a time of the day.
func (c *dateChooser) isEntry(sent int) bool {
	d := c.d
	for k := sent; k >= 0 && k > sent-maxEntry && d.sents[k].para == d.sents[sent].para; k-- {
		if x := &d.toks[d.sents[k].first]; x.kind == number && strings.IndexByte(x.text, ':') > 0 {
			return true
		}
	}
	return false
}

// maxEntry is how many sentences an entry of a live report may have.
const maxEntry = 8

// tense guesses the tense of the tokens by their auxiliaries.
func (d *document) tense(lo, hi int) uint64 {
	tense := untensed
	for i := lo; i <= hi; i++ {
		x := &d.toks[i]
		if x.kind != word || x.upper {
			continue
		}
		switch x.fold {
		case "had":
			return pluperfect
		case "will", "would", "plans", "planned":
			tense = max(tense, future)
		case "has", "have":
			tense = max(tense, perfect)
		case "is", "are", "continue", "continues", "remain", "remains":
			tense = max(tense, present)
		case "was", "were", "did":
			tense = max(tense, past)
		}
	}
	return tense
}

// bond tells how the site hangs together with an earlier one.
func (c *dateChooser) bond(t, e *toponym) uint64 {
	v := uint64(min(t.sent-e.sent, 5)) << 4
	if t.event == e.event {
		v |= 1
	} else if related(t.event, e.event) {
		v |= 2
	}
	if t.trigger >= 0 && t.trigger == e.trigger {
		v |= 4
	}
	if c.d.sents[t.sent].para != c.d.sents[e.sent].para {
		v |= 8
	}
	return v
}

// step tells how many dates expression k stands after the date of the previous
// site of the sentence, from 4 for the same date, and how the two sites hang together; without
// such a site, how many dates of the sentence stand before it.
func (c *dateChooser) step(k int, t *toponym) (step, same uint64) {
	d, s := c.d, &c.site
	p := s.previous
	n, from := 0, -1
	for j := s.a; j < s.z && j < s.a+maxSteps; j++ {
		x := &d.dates[j]
		if p != nil && p.sent == t.sent && x.days == p.when.days && from < 0 {
			from = n
		}
		if x.first < d.dates[k].first && !x.second && !x.ofSaying {
			n++
		}
	}
	if from < 0 {
		return uint64(min(n, 3)), 0
	}
	return uint64(4 + max(min(n-from, 2), 0)), 1 + s.bound&4
}

// maxSteps is how many dates of a sentence are counted.
const maxSteps = 12

// rival returns the other reading of expression k, if it has one.
func (c *dateChooser) rival(k int) geo.Interval {
	dates := c.d.dates
	if dates[k].second {
		for k > 0 && dates[k].second {
			k--
		}
		return dates[k].days
	}
	if k+1 < len(dates) && dates[k+1].second {
		return dates[k+1].days
	}
	return geo.Interval{}
}

// yearMatch tells how the days lie to the year of the site before: 1 in
// the same year, 2 elsewhere, 0 where nothing is known.
func (c *dateChooser) yearMatch(days geo.Interval) uint64 {
	p := c.site.previous
	if p == nil || p.when.days.From == 0 || days.From == 0 {
		return 0
	}
	if y := c.site.year; days.From >= y.From && days.From <= y.To {
		return 1
	}
	return 2
}

// between counts the other sites and dates, and the commas and conjunctions, between the expression and the site.
func (c *dateChooser) between(x *dated, t *toponym) (sites, dates, links uint64) {
	d := c.d
	lo, hi := min(x.last, t.last)+1, max(x.first, t.first)
	for i := lo; i < hi; i++ {
		if o := d.topAt[i]; o != nil && o != t && o.role == geo.Site && o.first == i {
			sites++
		}
		if d.toks[i].is(",", ";", "and", "but", ":", "while") {
			links++
		}
	}
	for k := c.site.a; k < c.site.z; k++ {
		if y := &d.dates[k]; y.first >= lo && y.first < hi && !y.second && !y.ofSaying {
			dates++
		}
	}
	return min(sites, 2), min(dates, 2), min(links, 3)
}

// rank is how many expressions of the sentence stand nearer to the site.
func (c *dateChooser) rank(k int, t *toponym) uint64 {
	d := c.d
	n := uint64(0)
	for j := c.site.a; j < c.site.z; j++ {
		if y := &d.dates[j]; !y.second && !y.ofSaying && abs(y.first-t.first) < abs(d.dates[k].first-t.first) {
			n++
		}
	}
	return min(n, 3)
}

// orderOf tells how days lie to those of the site before: the same, earlier,
// later, within, around or overlapping.
func orderOf(a, b geo.Interval) uint64 {
	switch {
	case a == b:
		return 0
	case b.To == 0:
		return 1
	case a.To < b.From:
		return 2
	case a.From > b.To:
		return 3
	case a.From >= b.From && a.To <= b.To:
		return 4
	case a.From <= b.From && a.To >= b.To:
		return 5
	}
	return 6
}

// spanClass is the length of the days in classes: one, two, up to a week, a
// month, a year, more.
func spanClass(i geo.Interval) uint64 {
	switch n := i.To - i.From + 1; {
	case n <= 2:
		return uint64(n)
	case n <= 7:
		return 3
	case n <= 31:
		return 4
	case n <= 366:
		return 5
	}
	return 6
}

// pastness is how long before publication the days end, in classes.
func (c *dateChooser) pastness(i geo.Interval) uint64 {
	if c.d.published == 0 {
		return 20
	}
	n := int(c.d.published - i.To)
	switch {
	case n < 0:
		return 21
	case n < 3:
		return uint64(n)
	case n < 8:
		return 3
	}
	return uint64(2 + bits.Len(uint(n)/16))
}

// distance is the signed distance of two tokens in classes.
func distance(a, b int) uint64 {
	n := abs(a - b)
	if n > 4 {
		n = 3 + bits.Len(uint(n/4))
	}
	if a < b {
		return uint64(n)
	}
	return uint64(n) + 16
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
