package geoparse

import (
	"math/bits"

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
	dateKindNear
	dateStep
)

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
	b.Add3(dateKindNear, kind, uint64(min(s.near, 2)), uint64(min(s.here, 2)))
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
		same := flag(x.first >= s.tlo && x.first <= s.thi)
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
	step, same := c.step(o.here, t)
	b.Add3(dateStep, step, same, side)
	b.Add3(dateStep, step, same, 2+min(links, 1))
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
