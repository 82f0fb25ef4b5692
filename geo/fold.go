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
// whose days overlap are one. Mentions that are known only to a month or worse
// (DatePrec of DateMonth and above) fold among themselves, apart from the
// others: "fighting since 2016" must neither swallow the clashes of single
// days nor tie them together.
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
	place string
	event EventType
	first Day // of the last record
	// open holds for each precision class the event that may still grow: the
	// last one, since records come by first day.
	open [2]*gathering
	all  []*gathering
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
	class := 0
	if r.DatePrec >= DateMonth {
		class = 1
	}
	o := g.open[class]
	if o == nil || o.event.Days.To < r.Days.From {
		o = newGathering(r, class)
		g.open[class] = o
		g.all = append(g.all, o)
	}
	o.add(r)
}

// yield hands the events on, first day first and of one day the better known.
func (g *group) yield(yield func(Event, error) bool) bool {
	slices.SortFunc(g.all, func(a, b *gathering) int {
		return cmp.Or(cmp.Compare(a.event.Days.From, b.event.Days.From), cmp.Compare(a.class, b.class))
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
	event             Event
	class             int // 0 for what is known to the week or better, 1 for the rest
	articles, origins map[string]bool
	claims            []claim
}

// claim is a claimant and where it was quoted.
type claim struct {
	published Day
	article   string
	start     int
	by        string
}

func newGathering(r *Record, class int) *gathering {
	return &gathering{
		event: Event{
			ID:    eventID(r.Place.ID, r.Event, r.Days.From, class),
			Place: r.Place, Type: r.Event, Days: r.Days,
			DatePrec: r.DatePrec, WherePrec: r.WherePrec,
			Confidence: r.Confidence, Best: r.Mention, Article: r.Article,
		},
		class:    class,
		articles: make(map[string]bool),
		origins:  make(map[string]bool),
	}
}

// eventID hashes what Event.ID promises to depend on. Within a class no two
// events of a place and type begin on one day.
func eventID(place string, event EventType, first Day, class int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %s %d", place, event, first, class)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func (o *gathering) add(r *Record) {
	e := &o.event
	e.Mentions++
	o.articles[r.Article.ID] = true
	o.origins[r.Origin] = true
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
	if by := strings.TrimSpace(r.ClaimedBy); by != "" {
		o.claims = append(o.claims, claim{r.Article.Published, r.Article.ID, r.Start, by})
	}
}

func (o *gathering) finish() Event {
	e := o.event
	e.Articles, e.Origins = len(o.articles), len(o.origins)
	e.Article.Text = ""
	slices.SortFunc(o.claims, func(a, b claim) int {
		return cmp.Or(comparePublished(a.published, b.published), strings.Compare(a.article, b.article), cmp.Compare(a.start, b.start))
	})
	seen := make(map[string]bool)
	for _, c := range o.claims {
		if key := strings.ToLower(c.by); !seen[key] {
			seen[key] = true
			e.Claimants = append(e.Claimants, c.by)
		}
	}
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
