package geoparse

import (
	"math/bits"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// Templates of the features of the date seam.
const (
	dateSource linear.Template = iota
	dateSourceCount
	dateSourceTense
	dateSourceEvent
	dateSourceClock
	dateSourcePast
	dateSourceLength
	dateTensePast
	dateRuled
	dateReaderPrep
	dateReaderLength
	dateToSite
	dateToTrigger
	dateSameClauses
	dateSaying
	dateBetween
	dateRank
	dateSecond
	dateWordBefore
	dateWordAfter
	datePlace
	dateBack
	dateBackReader
	dateBackRank
	dateBackParagraph
	dateBackSaying
	dateSite
	dateSiteGap
	dateSiteBond
	dateSiteCount
	dateOrder
	dateOrderHere
	dateAfter
	dateTrigger
	dateFirst
	dateSpeech
	dateQuoted
	dateEcho
	dateAnaphor
	dateHeading
	dateEntry
	dateLinks
	dateBeside
	dateYear
	dateRival
	dateStyle
	dateKindCount
	dateKindTense
	dateKindEvent
	dateKindPast
	dateKindWord
	dateKindVerb
)

// siteScene is what the sentence of a site tells its date, whatever the option.
type siteScene struct {
	a, z     int    // dates of the sentence
	here     int    // how many of them date no statement
	trigger  int    // token of the event word, -1 for none
	word     uint64 // hash of the event word
	event    uint64 // hash of the event type
	lo, hi   int    // clause of the site
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

// features describes an option for the days of the site's event. Call scene first.
func (c *dateChooser) features(b *linear.Bag, t *toponym, o *dateOption) {
	s := &c.site
	source := o.source()
	length, pastness := spanClass(o.days), c.pastness(o.days)
	here := uint64(min(s.here, 3))
	if s.z > s.a {
		here += 4
	}
	b.Add(dateSource, source)
	b.Add2(dateSourceCount, source, here)
	b.Add2(dateSourceTense, source, s.tense)
	b.Add2(dateSourceEvent, source, s.event)
	b.When(dateRuled, o.ruled)
	b.Add2(dateSourcePast, source, pastness)
	b.Add2(dateSourceLength, source, length)
	b.Add2(dateTensePast, s.tense, pastness)
	if s.clock {
		b.Add2(dateSourceClock, source, length)
	}
	if o.here < 0 && s.word != 0 {
		b.Add2(dateTrigger, s.word, source)
	}
	kind := o.kind()
	b.Add3(dateKindCount, kind, here, flag(o.ruled))
	b.Add3(dateKindTense, kind, s.tense, length)
	b.Add3(dateKindTense, kind, s.tense, 20+flag(s.z > s.a))
	b.Add2(dateKindEvent, kind, s.event)
	b.Add2(dateKindPast, kind, pastness)
	if s.trigger >= 0 {
		b.Add2(dateKindWord, kind, uint64(c.d.toks[s.trigger].class.Medium))
		b.Add2(dateKindVerb, kind, uint64(c.d.triggers[c.d.triggerAt(s.trigger)].speech))
	}
	b.Add2(dateEntry, flag(s.entry), kind)
	b.Add3(dateEntry, flag(s.entry), kind, s.tense)
	b.Add3(dateAnaphor, s.anaphor, kind, flag(s.z > s.a))
	if o.before >= 0 || o.after >= 0 {
		b.Add3(dateEcho, o.echo, flag(o.before >= 0), flag(s.z > s.a))
		b.Add2(dateEcho, o.echo, s.anaphor)
	}
	b.Add2(dateQuoted, source, flag(c.d.toks[t.first].quoted))
	b.Add2(dateFirst, source, uint64(min(t.sent, 3)))
	if o.here >= 0 {
		c.hereFeatures(b, t, o, length)
	}
	if o.before >= 0 {
		c.backFeatures(b, t, o, length, here)
	}
	if o.after >= 0 {
		x := &c.d.dates[o.after]
		b.Add3(dateAfter, source, uint64(x.reader), here)
		b.Add2(dateAfter, uint64(min(c.d.sentenceOf(x.first)-t.sent, 3)), here)
	}
	c.siteFeatures(b, t, o, source, here)
}

// hereFeatures describe the expression of the site's own sentence.
func (c *dateChooser) hereFeatures(b *linear.Bag, t *toponym, o *dateOption, length uint64) {
	d, s := c.d, &c.site
	x := &d.dates[o.here]
	prep := d.at(x.first - 1)
	if prep.is("the", "late", "early", "last", "this") {
		prep = d.at(x.first - 2)
	}
	side := flag(x.first > t.last)
	b.Add2(dateReaderPrep, uint64(x.reader), prep.hash)
	b.Add2(dateReaderLength, uint64(x.reader), length)
	b.Add2(dateToSite, distance(x.first, t.first), flag(x.ofSaying))
	b.Add2(dateSaying, flag(x.ofSaying), uint64(min(s.here, 2)))
	near := flag(x.first >= s.lo && x.first <= s.hi)
	if s.trigger >= 0 {
		same := flag(d.sameClause(x.first, s.trigger))
		b.Add2(dateToTrigger, distance(x.first, s.trigger), same)
		b.Add3(dateSameClauses, near, same, side)
		a, z := d.triggersIn(min(x.last, s.trigger)+1, max(x.first, s.trigger)-1)
		b.Add3(dateSpeech, uint64(min(z-a, 2)), same, flag(x.first > s.trigger))
	} else {
		b.Add3(dateSameClauses, near, 2, side)
	}
	sites, dates, links := c.between(x, t)
	b.Add3(dateBetween, sites, dates, side)
	b.Add3(dateLinks, links, side, uint64(min(s.here, 2)))
	if side == 1 {
		b.Add2(dateBeside, uint64(min(x.first-t.last, 5)), uint64(min(s.here, 2)))
	}
	b.Add3(dateStyle, s.style, side, dates)
	b.Add3(dateStyle, s.style, side, 4+sites*2+near)
	rival := c.rival(o.here)
	b.Add3(dateRival, flag(x.second), flag(rival.To != 0), c.yearMatch(o.days)<<2|c.yearMatch(rival))
	b.Add2(dateRank, c.rank(o.here, t), uint64(min(s.here, 3)))
	if x.second {
		b.Add2(dateSecond, uint64(x.reader), length)
		b.Add2(dateSecond, s.tense, 99)
		b.Add3(dateSecond, uint64(x.reader), prep.hash, 98)
		if o.site != nil {
			b.Add2(dateSecond, uint64(x.reader), 97)
		}
	}
	b.Add2(dateWordBefore, d.at(x.first-1).hash, flag(x.second))
	b.Add2(dateWordAfter, d.at(x.last+1).hash, flag(x.second))
	first := d.sents[t.sent].first
	b.Add3(datePlace, flag(x.first <= first+2), near, side)
}

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

// backFeatures describe the last expression of an earlier sentence.
func (c *dateChooser) backFeatures(b *linear.Bag, t *toponym, o *dateOption, length, here uint64) {
	d := c.d
	x := &d.dates[o.before]
	sent := d.sentenceOf(x.first)
	gap := uint64(min(t.sent-sent, 6))
	same := flag(d.sents[sent].para == d.sents[t.sent].para)
	b.Add3(dateBack, gap, here, same)
	b.Add3(dateHeading, flag(d.sents[sent].heading), gap, here)
	b.Add3(dateBackReader, uint64(x.reader), length, flag(x.second))
	rank := 0
	for k := c.site.a - 1; k > o.before && rank < 3; k-- {
		if !d.dates[k].second && !d.dates[k].ofSaying {
			rank++
		}
	}
	b.Add3(dateBackRank, uint64(rank), here, flag(o.site != nil))
	b.Add3(dateBackParagraph, same, flag(o.site != nil), flag(o.last))
	b.Add2(dateBackSaying, flag(x.ofSaying), here)
}

// siteFeatures describe how the option agrees with the days of earlier sites.
func (c *dateChooser) siteFeatures(b *linear.Bag, t *toponym, o *dateOption, source, here uint64) {
	s := &c.site
	if s.previous == nil {
		b.Add(dateSite, source)
		return
	}
	order := orderOf(o.days, s.previous.when.days)
	b.Add2(dateOrder, order, here)
	b.Add3(dateYear, c.yearMatch(o.days), flag(o.here >= 0), flag(o.site != nil))
	b.Add3(dateYear, c.yearMatch(o.days), source, s.tense)
	b.Add2(dateOrderHere, order, source)
	b.Add3(dateOrder, order, s.bound, min(here, 1))
	b.Add3(dateOrder, order, s.tense, 9)
	if o.site == nil {
		return
	}
	bond := c.bond(t, o.site)
	b.Add3(dateSiteBond, bond, here, flag(o.last))
	b.Add3(dateSiteGap, uint64(min(t.sent-o.site.sent, 6)), flag(o.last), here)
	n, twins := 0, 0
	for i := len(c.earlier) - 1; i >= 0 && i >= len(c.earlier)-maxSitesAgo; i-- {
		if e := c.earlier[i]; e.when.days == o.days {
			n++
			if samePlace(e, t) {
				twins++
			}
		}
	}
	b.Add3(dateSiteCount, uint64(bits.Len(uint(n))), uint64(min(twins, 2)), here)
}

// source says in which ways the text offers the option.
func (o *dateOption) source() uint64 {
	return flag(o.here >= 0) | flag(o.before >= 0)<<1 | flag(o.after >= 0)<<2 | flag(o.site != nil)<<3 | flag(o.last)<<4 | flag(o.today)<<5 | flag(o.head)<<6
}

// kind is source in one word: the nearest way, and whether it is the day of
// publication.
func (o *dateOption) kind() uint64 {
	today := flag(o.today)
	switch {
	case o.here >= 0:
		return today
	case o.last:
		return 2 + today
	case o.site != nil:
		return 4 + today
	case o.before >= 0:
		return 6 + today
	case o.after >= 0:
		return 8 + today
	}
	return 10 + today
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
