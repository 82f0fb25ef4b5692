package geo

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// FoldEvents adds mentions up to events: those of one place and one event type
// whose days overlap are one. Mentions that are known only to the month
// (DatePrec of DateMonth), and those known to the year or longer, fold among
// themselves, apart from the others: "fighting since 2016" must neither swallow
// the clashes of single days nor tie them together. Spans of years fold only if
// they are about the same: "in 2016" is not all that has been "since 2016".
//
// The records must come ordered by place id, event type and first day; another
// order is an error. Events leave in that order too, whatever the order of
// ties. Records that are no dated site mentions of a known place are passed
// over. Only the events of one place and type are in memory at a time. The
// first error of records ends the sequence.
func FoldEvents(records iter.Seq2[Record, error]) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		var g group
		for r, err := range records {
			if err == nil && !folds(&r) {
				continue
			}
			if err == nil {
				err = g.inOrder(&r)
			}
			if err != nil {
				yield(Event{}, err)
				return
			}
			if g.place != r.Place.ID || g.event != r.Event {
				if !g.yield(yield) {
					return
				}
				g = group{place: r.Place.ID, event: r.Event}
			}
			g.add(&r)
		}
		g.yield(yield)
	}
}

// folds reports whether the record can be part of an event.
func folds(r *Record) bool {
	return r.Role == Site && r.Place != nil && r.Event != "" && r.Days.From != 0 && r.Days.To != 0
}

// The classes of date precision that fold apart.
const (
	toTheWeek = iota // or better
	toTheMonth
	toTheYear // or worse
	classes
)

func classOf(p DatePrecision) int {
	switch {
	case p >= DateYear:
		return toTheYear
	case p == DateMonth:
		return toTheMonth
	}
	return toTheWeek
}

// group collects the events of one place and type.
type group struct {
	place string
	event EventType
	first Day // of the last record
	// open holds for each class of days and months the event that may still
	// grow: the last one, since records come by first day.
	open  [classes]*gathering
	all   []*gathering
	years []Record // known to the year or worse; they wait for one another
}

func (g *group) inOrder(r *Record) error {
	if cmp.Or(strings.Compare(g.place, r.Place.ID), cmp.Compare(g.event, r.Event), cmp.Compare(g.first, r.Days.From)) > 0 {
		return fmt.Errorf("fold events: mention %q of %s, %s, %s comes after %s, %s, %s",
			r.ID(), r.Place.ID, r.Event, r.Days.From, g.place, g.event, g.first)
	}
	return nil
}

func (g *group) add(r *Record) {
	g.first = r.Days.From
	class := classOf(r.DatePrec)
	if class == toTheYear {
		g.years = append(g.years, *r)
		return
	}
	o := g.open[class]
	if o == nil || o.event.Days.To < r.Days.From {
		o = newGathering(r, class, 0)
		g.open[class] = o
		g.all = append(g.all, o)
	}
	o.add(r)
}

// maxSpans bounds how many events of years a record is compared with.
const maxSpans = 64

// addYears folds what is known to the year or worse, shortest spans first, each
// into the event whose span is about the same.
func (g *group) addYears() {
	slices.SortFunc(g.years, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Days.From, b.Days.From), cmp.Compare(a.Days.To, b.Days.To))
	})
	begins := len(g.all)
	for i := range g.years {
		r := &g.years[i]
		spans := g.all[max(begins, len(g.all)-maxSpans):]
		at := slices.IndexFunc(spans, func(o *gathering) bool { return alike(o.event.Days, r.Days) })
		if at < 0 {
			g.all = append(g.all, newGathering(r, toTheYear, g.begunOn(r.Days.From, begins)))
			at, spans = 0, g.all[len(g.all)-1:]
		}
		spans[at].add(r)
	}
}

// begunOn counts the events of years that begin on the day.
func (g *group) begunOn(day Day, begins int) int {
	n := 0
	for i := len(g.all) - 1; i >= begins && g.all[i].event.Days.From == day; i-- {
		n++
	}
	return n
}

// alike reports whether two spans share at least a third of the days that they
// cover together.
func alike(a, b Interval) bool {
	shared := min(a.To, b.To) - max(a.From, b.From) + 1
	return shared > 0 && 3*shared >= max(a.To, b.To)-min(a.From, b.From)+1
}

// yield hands the events on, first day first and of one day the better known.
func (g *group) yield(yield func(Event, error) bool) bool {
	g.addYears()
	slices.SortStableFunc(g.all, func(a, b *gathering) int {
		return cmp.Or(cmp.Compare(a.event.Days.From, b.event.Days.From), cmp.Compare(a.class, b.class), cmp.Compare(a.event.Days.To, b.event.Days.To))
	})
	for _, o := range g.all {
		if !yield(o.finish(), nil) {
			return false
		}
	}
	return true
}

// gathering is an event to which mentions are being added.
type gathering struct {
	event    Event
	class    int
	articles map[string]bool
	told     []telling
}

// newGathering begins an event; nth counts those before it with its place,
// type, class and first day.
func newGathering(r *Record, class, nth int) *gathering {
	return &gathering{
		event: Event{
			ID:    eventID(r.Place.ID, r.Event, r.Days.From, class, nth),
			Place: r.Place, Type: r.Event, Days: r.Days,
			DatePrec: r.DatePrec, WherePrec: r.WherePrec,
			Confidence: r.Confidence, Best: r.Mention, Article: r.Article,
		},
		class:    class,
		articles: make(map[string]bool),
	}
}

// eventID hashes what Event.ID promises to depend on, and what tells apart the
// events that begin on one day.
func eventID(place string, event EventType, first Day, class, nth int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %s %d", place, event, first, class)
	if nth > 0 {
		fmt.Fprintf(h, " %d", nth)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func (o *gathering) add(r *Record) {
	e := &o.event
	e.Mentions++
	o.articles[r.Article.ID] = true
	e.Days.To = max(e.Days.To, r.Days.To)
	e.DatePrec = better(e.DatePrec, r.DatePrec)
	e.WherePrec = better(e.WherePrec, r.WherePrec)
	e.Confidence = max(e.Confidence, r.Confidence)
	if showsBetter(r, e) {
		e.Best, e.Article = r.Mention, r.Article
	}
	switch r.Claim {
	case Reported:
		e.Reported++
	case Claimed:
		e.Claimed++
	case Denied:
		e.Denied++
	}
	o.told = append(o.told, tellingOf(r))
}

// finish sums up what depends on the order of the tellings.
func (o *gathering) finish() Event {
	e := o.event
	e.Articles = len(o.articles)
	e.Article.Text = ""
	sortTellings(o.told)
	seen := make(map[string]bool)
	var deaths, injuries []Count
	for i := range o.told {
		t := &o.told[i]
		deaths, injuries = append(deaths, t.deaths), append(injuries, t.injuries)
		by := strings.TrimSpace(t.by)
		if key := strings.ToLower(by); by != "" && !seen[key] {
			seen[key] = true
			e.Claimants = append(e.Claimants, by)
		}
	}
	e.Deaths, e.Injuries = JoinCounts(deaths), JoinCounts(injuries)
	e.Origins = countOrigins(o.told)
	return e
}

// better returns the finer of two precisions; 0 stands for unknown.
func better[P ~int](a, b P) P {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// showsBetter reports whether the record's sentence shows the event better
// than the best so far: by confidence, then the earliest publication, then id.
func showsBetter(r *Record, e *Event) bool {
	return cmp.Or(
		cmp.Compare(e.Best.Confidence, r.Confidence),
		comparePublished(r.Article.Published, e.Article.Published),
		strings.Compare(r.Article.ID, e.Article.ID),
		cmp.Compare(r.Start, e.Best.Start),
	) < 0
}

// comparePublished orders days of publication, the unknown one last.
func comparePublished(a, b Day) int {
	if a == 0 || b == 0 {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
