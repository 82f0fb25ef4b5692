// Package eval scores a geoparser against gold documents that follow the
// annotation guidelines.
//
// A mention is found if its span is exactly that of a gold mention; optional
// gold mentions count neither found nor missed. Place, role, event, days and
// claim are scored on found mentions only. A resolution is right within 161 km
// (100 miles) of the gold point, the measure of the literature; countries,
// regions and long rivers are right by identity (country and kind), since the
// distance between two label points of one area says nothing.
package eval

import (
	"math"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// MaxMetres is how far from the gold point a resolution may lie: 161 km.
const MaxMetres = 161_000

// Parser is what is scored.
type Parser interface {
	Parse(geo.Article) []geo.Mention
}

// Ratio counts right answers out of all.
type Ratio struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

// Share is Right/Of, NaN where nothing was asked.
func (r Ratio) Share() float64 {
	if r.Of == 0 {
		return math.NaN()
	}
	return float64(r.Right) / float64(r.Of)
}

func (r *Ratio) count(right bool) {
	r.Of++
	if right {
		r.Right++
	}
}

// Found counts a retrieval task.
type Found struct {
	True   int `json:"true"`   // predicted and in the gold
	False  int `json:"false"`  // predicted only
	Missed int `json:"missed"` // in the gold only
}

// Precision is the share of the predicted that is in the gold.
func (f Found) Precision() float64 { return Ratio{f.True, f.True + f.False}.Share() }

// Recall is the share of the gold that was predicted.
func (f Found) Recall() float64 { return Ratio{f.True, f.True + f.Missed}.Share() }

// F1 is the harmonic mean of precision and recall, 0 where nothing was found.
func (f Found) F1() float64 {
	if f.True == 0 {
		return 0
	}
	return 2 * float64(f.True) / float64(2*f.True+f.False+f.Missed)
}

// Report holds the scores of a corpus.
type Report struct {
	Corpus    string `json:"corpus"`
	Documents int    `json:"documents"`

	Spans Found `json:"spans"`
	// Acc161 is the resolution of found mentions that have gold coordinates.
	Acc161 Ratio `json:"acc161"`
	Roles  Ratio `json:"roles"`
	// Confusion counts found mentions by gold and predicted role.
	Confusion map[geo.Role]map[geo.Role]int `json:"confusion"`
	// Sites are mentions with the role site; a false one is a pin too many.
	Sites Found `json:"sites"`
	// FalseCapitals are false sites at the seat of a government, the classical
	// error of automatic conflict maps.
	FalseCapitals int `json:"false_capitals"`
	// Pins are sites with the right place.
	Pins Found `json:"pins"`
	// Events, Days and Claims are scored on the sites found.
	Events Ratio `json:"events"`
	Days   Ratio `json:"days"`
	Claims Ratio `json:"claims"`

	Errors []Error `json:"-"`
}

// Error is one thing that the parser got wrong.
type Error struct {
	Document, What, Name, Context string
}

// Score parses the document and adds how it did to the report.
func (r *Report) Score(p Parser, doc Document) {
	if r.Confusion == nil {
		r.Confusion = make(map[geo.Role]map[geo.Role]int)
	}
	r.Documents++
	text := []rune(doc.Text)
	predicted := make(map[[2]int]*geo.Mention)
	ms := p.Parse(doc.Article())
	for i := range ms {
		predicted[[2]int{ms[i].Start, ms[i].End}] = &ms[i]
	}
	fail := func(what, name string, start, end int) {
		r.Errors = append(r.Errors, Error{doc.ID, what, name, Around(text, start, end)})
	}
	for _, g := range doc.Mentions {
		span := [2]int{g.Start, g.End}
		m := predicted[span]
		delete(predicted, span)
		if g.Optional {
			continue
		}
		if m == nil {
			r.Spans.Missed++
			fail("missed", g.Name, g.Start, g.End)
			if g.Role == geo.Site {
				r.Sites.Missed++
				r.Pins.Missed++
			}
			continue
		}
		r.Spans.True++
		r.scoreFound(g, m, fail)
	}
	for i := range ms {
		m := &ms[i]
		if predicted[[2]int{m.Start, m.End}] != m {
			continue
		}
		r.Spans.False++
		fail("no mention", m.Name, m.Start, m.End)
		if m.Role == geo.Site {
			r.falseSite(m)
		}
	}
}

func (r *Report) falseSite(m *geo.Mention) {
	r.Sites.False++
	r.Pins.False++
	if m.Place != nil && m.Place.Capital {
		r.FalseCapitals++
	}
}

func (r *Report) scoreFound(g Mention, m *geo.Mention, fail func(string, string, int, int)) {
	right := SamePlace(g, m.Place)
	if g.Lat != nil {
		r.Acc161.count(right)
		if !right {
			fail("place", g.Name, g.Start, g.End)
		}
	}
	r.Roles.count(g.Role == m.Role)
	if r.Confusion[g.Role] == nil {
		r.Confusion[g.Role] = make(map[geo.Role]int)
	}
	r.Confusion[g.Role][m.Role]++
	if g.Role != m.Role {
		fail("role "+string(g.Role)+" read as "+string(m.Role), g.Name, g.Start, g.End)
	}
	switch {
	case g.Role == geo.Site && m.Role == geo.Site:
		r.Sites.True++
		if right || g.Lat == nil {
			r.Pins.True++
		} else {
			r.Pins.False++
			r.Pins.Missed++
		}
		r.scoreSite(g, m, fail)
	case g.Role == geo.Site:
		r.Sites.Missed++
		r.Pins.Missed++
	case m.Role == geo.Site:
		r.falseSite(m)
	}
}

func (r *Report) scoreSite(g Mention, m *geo.Mention, fail func(string, string, int, int)) {
	r.Events.count(g.Event == m.Event)
	if g.Event != m.Event {
		fail("event "+string(g.Event)+" read as "+string(m.Event), g.Name, g.Start, g.End)
	}
	days := geo.Interval{From: g.From, To: g.To}
	r.Days.count(days == m.Days)
	if days != m.Days {
		fail("days "+days.String()+" read as "+m.Days.String()+" by "+m.DateBasis, g.Name, g.Start, g.End)
	}
	if g.Claim != "" {
		r.Claims.count(g.Claim == m.Claim)
		if g.Claim != m.Claim {
			fail("claim "+string(g.Claim)+" read as "+string(m.Claim), g.Name, g.Start, g.End)
		}
	}
}

// SamePlace is the measure of the guidelines for a right resolution.
func SamePlace(g Mention, p *gazetteer.Place) bool {
	if p == nil || g.Lat == nil || g.Lon == nil {
		return false
	}
	switch g.Kind {
	case gazetteer.Country, gazetteer.Region, gazetteer.River:
		if g.Kind == p.Kind && g.Country == p.Country && g.Country != "" {
			if g.Kind == gazetteer.Country {
				return true
			}
			return orbgeo.Distance(orb.Point{*g.Lon, *g.Lat}, p.Point) <= 3*MaxMetres
		}
	}
	return orbgeo.Distance(orb.Point{*g.Lon, *g.Lat}, p.Point) <= MaxMetres
}

// Around is the text about a span, the span in brackets.
func Around(text []rune, start, end int) string {
	return string(text[max(0, start-80):start]) + "[" + string(text[start:end]) + "]" + string(text[end:min(len(text), end+60)])
}
