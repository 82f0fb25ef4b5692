package geo

import (
	"cmp"
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

// group collects the events of one place and type.
type group struct {
	place   string
	event   EventType
	first   Day // of the last record
	folding Folding
	all     []*gathering // by the number of the event
	late    []Record     // their events are known at the end
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
	at := g.folding.Add(r.Days, r.DatePrec)
	if at == Late {
		g.late = append(g.late, *r)
		return
	}
	g.addTo(at, r)
}

func (g *group) addTo(at int, r *Record) {
	for len(g.all) <= at {
		g.all = append(g.all, nil)
	}
	if g.all[at] == nil {
		g.all[at] = newGathering(r)
	}
	g.all[at].add(r)
}

// yield hands the events on, first day first and of one day the better known.
func (g *group) yield(yield func(Event, error) bool) bool {
	spans, late := g.folding.Finish()
	for i, at := range late {
		g.addTo(at, &g.late[i])
	}
	for i := range spans {
		g.all[i].span = &spans[i]
	}
	slices.SortStableFunc(g.all, func(a, b *gathering) int { return a.span.Compare(b.span) })
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
	span     *Span // once it is known
	articles map[string]bool
	told     []telling
}

// newGathering begins an event with its first mention.
func newGathering(r *Record) *gathering {
	return &gathering{
		event: Event{
			Place: r.Place, Type: r.Event,
			DatePrec: r.DatePrec, WherePrec: r.WherePrec,
			Confidence: r.Confidence, Best: r.Mention, Article: r.Article,
		},
		articles: make(map[string]bool),
	}
}

func (o *gathering) add(r *Record) {
	e := &o.event
	e.Mentions++
	o.articles[r.Article.ID] = true
	e.DatePrec = Better(e.DatePrec, r.DatePrec)
	e.WherePrec = Better(e.WherePrec, r.WherePrec)
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
	e.Days = o.span.Days
	e.ID = EventID(o.span.EventHash(e.Place.ID, e.Type))
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

// Better returns the finer of two precisions; 0 stands for unknown.
func Better[P ~int](a, b P) P {
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
		ComparePublished(r.Article.Published, e.Article.Published),
		strings.Compare(r.Article.ID, e.Article.ID),
		cmp.Compare(r.Start, e.Best.Start),
	) < 0
}

// ComparePublished orders days of publication, the unknown one last.
func ComparePublished(a, b Day) int {
	if a == 0 || b == 0 {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
