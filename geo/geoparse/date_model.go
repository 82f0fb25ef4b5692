package geoparse

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// learnDates adds the examples of the date seam: once with the gold days of
// the sites before, once with the days that the rules give them, so that the
// model learns to bear with its own mistakes.
func (p *Parser) learnDates(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
	for i, t := range tops {
		t.event = gold[i].Event
	}
	p.learnDatesAfter(d, tops, gold, doc, l, true)
	p.learnDatesAfter(d, tops, gold, doc, l, false)
}

func (p *Parser) learnDatesAfter(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons, told bool) {
	c := dateChooser{d: d}
	for i, t := range tops {
		if gold[i].Role != geo.Site || gold[i].Days.To == 0 {
			continue
		}
		ruled, _, _ := d.ruledDays(t, c.earlier)
		choice := linear.Choice{Weight: max(doc.Weight, 1) / 2, Group: doc.Group}
		t.when = ruled
		for _, o := range c.options(t, ruled) {
			var b linear.Bag
			c.features(&b, t, &o)
			choice.Candidates = append(choice.Candidates, b)
			choice.Right = append(choice.Right, o.days == gold[i].Days)
			if told && o.days == gold[i].Days {
				t.when.basis = o.basis
			}
		}
		l.Date = append(l.Date, choice)
		if told {
			t.when.days = gold[i].Days
		}
		c.earlier = append(c.earlier, t)
	}
}

// dateChooser chooses the days of one site after the other.
type dateChooser struct {
	d       *document
	earlier []*toponym // sites dated so far
	site    siteScene
	opts    []dateOption
	scores  []float32
	bag     linear.Bag
}

// dateOption is an interval that may be the event's, with where the text offers it.
type dateOption struct {
	days   geo.Interval
	basis  string
	here   int      // the expression of the sentence that means it, nearest to the site, or -1
	before int      // the last expression of an earlier sentence, or -1
	after  int      // the first of the sentences that follow, or -1
	echo   uint64   // whether its sentence tells of the site's event: by kind 1, by word 2
	site   *toponym // the last site dated so
	last   bool     // the site before this one has these days
	ruled  bool     // the rules choose it
	today  bool     // it is the day of publication
	head   bool     // an expression of the first sentence means it
}

// Bounds on where the options of a site come from.
const (
	maxOptions  = 16
	maxEarlier  = 8  // expressions of earlier sentences, and of later ones
	maxHead     = 6  // expressions of the first sentence
	maxLater    = 5  // sentences after the site's
	maxSitesAgo = 12 // sites before
)

// options lists the days that the event of the site may have had.
func (c *dateChooser) options(t *toponym, ruled dated) []dateOption {
	d := c.d
	c.opts = c.opts[:0]
	c.scene(t)
	a, z := c.site.a, c.site.z
	for k := a; k < z; k++ {
		if o := c.option(&d.dates[k]); o != nil && (o.here < 0 || abs(d.dates[k].first-t.first) < abs(d.dates[o.here].first-t.first)) {
			o.here = k
		}
	}
	for k := z; k < min(z+maxEarlier, len(d.dates)) && d.dates[k].first <= d.sents[min(t.sent+maxLater, len(d.sents)-1)].last; k++ {
		if o := c.option(&d.dates[k]); o != nil {
			o.echo = max(o.echo, c.echo(k))
			if o.after < 0 {
				o.after = k
			}
		}
	}
	for k := a - 1; k >= 0 && k >= a-maxEarlier; k-- {
		if o := c.option(&d.dates[k]); o != nil {
			o.echo = max(o.echo, c.echo(k))
			if o.before < 0 {
				o.before = k
			}
		}
	}
	for k := 0; k < min(maxHead, len(d.dates)) && d.dates[k].first <= d.sents[0].last; k++ {
		if o := c.option(&d.dates[k]); o != nil {
			o.head = true
			o.echo = max(o.echo, c.echo(k))
		}
	}
	for i := len(c.earlier) - 1; i >= 0 && i >= len(c.earlier)-maxSitesAgo; i-- {
		if o := c.option(&c.earlier[i].when); o != nil && o.site == nil {
			o.site = c.earlier[i]
			o.last = i == len(c.earlier)-1
		}
	}
	if d.published != 0 {
		if o := c.option(&dated{days: geo.Interval{From: d.published, To: d.published}}); o != nil {
			o.today = true
		}
	}
	if o := c.option(&ruled); o != nil {
		o.ruled = true
	}
	return c.opts
}

// echo reports whether the sentence of expression k has an event word of the
// kind of the site's (1), or the very word (2).
func (c *dateChooser) echo(k int) uint64 {
	d, s := c.d, &c.site
	if s.trigger < 0 {
		return 0
	}
	in := d.sents[d.sentenceOf(d.dates[k].first)]
	a, z := d.triggersIn(in.first, in.last)
	kind := d.triggers[d.triggerAt(s.trigger)].kind
	echo := uint64(0)
	for ; a < z; a++ {
		x := &d.triggers[a]
		if d.toks[x.first].hash == s.word {
			return 2
		}
		if x.kind == kind {
			echo = 1
		}
	}
	return echo
}

// option returns the option with the days of x, a new one where there is none,
// nil where there are no days, only days to come, or too many options.
func (c *dateChooser) option(x *dated) *dateOption {
	if x.days.To == 0 || c.d.isAhead(x.days) {
		return nil
	}
	for i := range c.opts {
		if c.opts[i].days == x.days {
			return &c.opts[i]
		}
	}
	if len(c.opts) == maxOptions {
		return nil
	}
	c.opts = append(c.opts, dateOption{days: x.days, basis: x.basis, here: -1, before: -1, after: -1})
	return &c.opts[len(c.opts)-1]
}

// choose takes the option that the model scores highest, and returns its
// share and where it comes from.
func (c *dateChooser) choose(m *linear.Model, t *toponym, ruled dated) (dated, float64, string) {
	opts := c.options(t, ruled)
	if len(opts) == 0 {
		return dated{}, 1, ""
	}
	best := 0
	for i, s := range c.shares(m, t) {
		if s > c.scores[best] {
			best = i
		}
	}
	o := &opts[best]
	share := float64(c.scores[best])
	switch {
	case o.here >= 0:
		return c.d.dates[o.here], share, "dated by the words “" + c.d.dates[o.here].basis + "”"
	case o.today && o.site == nil && o.before < 0:
		return dated{days: o.days}, share, byPublisher
	case o.after >= 0 && o.site == nil && o.before < 0:
		return c.d.dates[o.after], share, "dated by the next sentence"
	}
	return dated{days: o.days, basis: o.basis}, share, inherited
}

// shares returns the probabilities of the options last listed.
func (c *dateChooser) shares(m *linear.Model, t *toponym) []float32 {
	c.scores = c.scores[:0]
	for i := range c.opts {
		c.bag = c.bag[:0]
		c.features(&c.bag, t, &c.opts[i])
		c.scores = append(c.scores, m.Score(c.bag))
	}
	linear.Softmax(c.scores)
	return c.scores
}
