// Package eval scores a geoparser against gold documents that follow the
// annotation guidelines, and prints the scores.
//
// A mention is found if its span is exactly that of a gold mention; optional
// gold mentions count neither found nor missed. Place, role, event, days and
// claim are scored on found mentions only. A resolution is right within 161 km
// (100 miles) of the gold point, the measure of the literature; countries,
// regions and long rivers are right by identity (country and kind), since the
// distance between two label points of one area says nothing. The same rule
// holds for Acc@161, end to end and for pins.
package eval

import (
	"github.com/conflictmap/conflictmap/geo"
)

// Parser is what is scored.
type Parser interface {
	Parse(geo.Article) []geo.Mention
}

// Report holds the scores of a corpus.
type Report struct {
	Corpus    string `json:"corpus"`
	Documents int    `json:"documents"`
	Mentions  int    `json:"mentions"` // gold, without the optional ones

	Spans   Found   `json:"spans"`
	Overlap Overlap `json:"overlap"`
	// Acc161 is the resolution of found mentions with gold coordinates to which
	// the parser gave a place, as in the literature. Those that it knows for the name
	// of a place without knowing which are Unplaced; end to end, they are missed.
	Acc161   Ratio `json:"acc161"`
	Unplaced int   `json:"unplaced"`
	// EndToEnd counts a gold mention with coordinates as found where an
	// overlapping prediction, used once, has the right place; predictions with
	// coordinates count, but for those over gold mentions without.
	EndToEnd Found `json:"end_to_end"`

	// Roles and Confusion, by gold and predicted role, are of found mentions.
	Roles     Ratio                         `json:"roles"`
	Confusion map[geo.Role]map[geo.Role]int `json:"confusion"`
	// Sites are mentions with the role site; a false one is a pin too many.
	Sites Found `json:"sites"`
	// FalseCapitals are false sites at the seat of a government, the classical
	// error of automatic conflict maps.
	FalseCapitals int `json:"false_capitals"`
	// Pins are sites with the right place. A site without a place draws no pin:
	// a missed one, if there should be one, but never a false one.
	Pins Found `json:"pins"`

	// Events, Days (both ends exact) and Claims are scored on the sites found.
	Events         Ratio                                   `json:"events"`
	EventConfusion map[geo.EventType]map[geo.EventType]int `json:"event_confusion"`
	Days           Ratio                                   `json:"days"`
	Claims         Ratio                                   `json:"claims"`
	// Claimants is the F1 of the words of claimed_by, on the sites found whose
	// gold has a claimant.
	Claimants Mean `json:"claimed_by"`

	// Calibration counts predictions by tenths of their confidence: how
	// many there are, and of how many span, place and role are all right.
	Calibration Calibration `json:"-"`

	Errors []Error `json:"-"`
}

// Error is one thing that the parser got wrong.
type Error struct {
	Document, What, Name, Context string
}

// scoring is one document on its way into a report.
type scoring struct {
	*Report
	doc  Document
	text []rune
	ms   []geo.Mention
}

// Add scores what a parser found in the document.
func (r *Report) Add(doc Document, ms []geo.Mention) {
	if r.Confusion == nil {
		r.Confusion = make(map[geo.Role]map[geo.Role]int)
		r.EventConfusion = make(map[geo.EventType]map[geo.EventType]int)
	}
	r.Documents++
	s := &scoring{Report: r, doc: doc, text: []rune(doc.Text), ms: ms}
	s.spans()
	s.overlaps()
	s.endToEnd()
}

func (s *scoring) fail(what, name string, start, end int) {
	s.Errors = append(s.Errors, Error{s.doc.ID, what, name, Around(s.text, start, end)})
}

// spans scores all that rests on exact spans.
func (s *scoring) spans() {
	predicted := make(map[[2]int]*geo.Mention)
	for i := range s.ms {
		predicted[[2]int{s.ms[i].Start, s.ms[i].End}] = &s.ms[i]
	}
	for _, g := range s.doc.Mentions {
		span := [2]int{g.Start, g.End}
		m := predicted[span]
		delete(predicted, span)
		if g.Optional {
			continue
		}
		s.Mentions++
		if m == nil {
			s.Spans.Missed++
			s.fail("missed", g.Name, g.Start, g.End)
			if g.Role == geo.Site {
				s.Sites.Missed++
				s.Pins.Missed++
			}
			continue
		}
		s.Spans.True++
		s.found(g, m)
	}
	for i := range s.ms {
		m := &s.ms[i]
		if predicted[[2]int{m.Start, m.End}] != m {
			continue
		}
		s.Spans.False++
		s.Calibration.count(m.Confidence, false)
		s.fail("no mention", m.Name, m.Start, m.End)
		if m.Role == geo.Site {
			s.falseSite(m)
		}
	}
}

func (r *Report) falseSite(m *geo.Mention) {
	r.Sites.False++
	if m.Place == nil {
		return
	}
	r.Pins.False++
	if m.Place.Capital {
		r.FalseCapitals++
	}
}

func (s *scoring) found(g Mention, m *geo.Mention) {
	right := SamePlace(g, m.Place)
	if g.Lat != nil {
		if m.Place == nil {
			s.Unplaced++
		} else {
			s.Acc161.count(right)
		}
		if !right {
			s.fail("place", g.Name, g.Start, g.End)
		}
	}
	s.Roles.count(g.Role == m.Role)
	count(s.Confusion, g.Role, m.Role)
	s.Calibration.count(m.Confidence, Right(g, m))
	if g.Role != m.Role {
		s.fail("role "+string(g.Role)+" read as "+string(m.Role), g.Name, g.Start, g.End)
	}
	switch {
	case g.Role == geo.Site && m.Role == geo.Site:
		s.Sites.True++
		if right || g.Lat == nil {
			s.Pins.True++
		} else {
			s.Pins.Missed++
			if m.Place != nil {
				s.Pins.False++
			}
		}
		s.site(g, m)
	case g.Role == geo.Site:
		s.Sites.Missed++
		s.Pins.Missed++
	case m.Role == geo.Site:
		s.falseSite(m)
	}
}

// Right is what the confidence of a mention speaks of: that the gold mention
// has its place, as far as the gold names one, and its role.
func Right(g Mention, m *geo.Mention) bool {
	return g.Role == m.Role && (g.Lat == nil || SamePlace(g, m.Place))
}

func (s *scoring) site(g Mention, m *geo.Mention) {
	s.Events.count(g.Event == m.Event)
	count(s.EventConfusion, g.Event, m.Event)
	if g.Event != m.Event {
		s.fail("event "+string(g.Event)+" read as "+string(m.Event), g.Name, g.Start, g.End)
	}
	days := geo.Interval{From: g.From, To: g.To}
	s.Days.count(days == m.Days)
	if days != m.Days {
		s.fail("days "+days.String()+" read as "+m.Days.String()+" by "+m.DateBasis, g.Name, g.Start, g.End)
	}
	if g.Claim != "" {
		s.Claims.count(g.Claim == m.Claim)
		if g.Claim != m.Claim {
			s.fail("claim "+string(g.Claim)+" read as "+string(m.Claim), g.Name, g.Start, g.End)
		}
	}
	if g.ClaimedBy != "" {
		f1 := wordsF1(g.ClaimedBy, m.ClaimedBy)
		s.Claimants.add(f1)
		if f1 < 0.5 {
			s.fail("claimant "+g.ClaimedBy+" read as "+m.ClaimedBy, g.Name, g.Start, g.End)
		}
	}
}

// overlaps scores spans that need only share a character.
func (s *scoring) overlaps() {
	for _, g := range s.doc.Mentions {
		if !g.Optional {
			s.Overlap.Gold.count(s.predictedOver(g.Start, g.End))
		}
	}
	for i := range s.ms {
		m := &s.ms[i]
		hit, optional := false, false
		for _, g := range s.doc.Mentions {
			if over(m, g) {
				hit, optional = hit || !g.Optional, optional || g.Optional
			}
		}
		if hit || !optional {
			s.Overlap.Predicted.count(hit)
		}
	}
}

func (s *scoring) predictedOver(start, end int) bool {
	for i := range s.ms {
		if s.ms[i].Start < end && start < s.ms[i].End {
			return true
		}
	}
	return false
}

func over(m *geo.Mention, g Mention) bool { return m.Start < g.End && g.Start < m.End }

// endToEnd scores recognition and resolution together.
func (s *scoring) endToEnd() {
	used := make([]bool, len(s.ms))
	for _, g := range s.doc.Mentions {
		if g.Optional || g.Lat == nil {
			continue
		}
		found := false
		for i := range s.ms {
			if m := &s.ms[i]; !used[i] && over(m, g) && SamePlace(g, m.Place) {
				used[i], found = true, true
				break
			}
		}
		if found {
			s.EndToEnd.True++
		} else {
			s.EndToEnd.Missed++
		}
	}
	for i := range s.ms {
		if s.ms[i].Place != nil && !used[i] && !s.unlocated(&s.ms[i]) {
			s.EndToEnd.False++
		}
	}
}

// unlocated reports whether the prediction lies over a gold mention that has
// no coordinates or doesn't count.
func (s *scoring) unlocated(m *geo.Mention) bool {
	for _, g := range s.doc.Mentions {
		if over(m, g) && (g.Lat == nil || g.Optional) {
			return true
		}
	}
	return false
}

func count[K comparable](confusion map[K]map[K]int, gold, predicted K) {
	if confusion[gold] == nil {
		confusion[gold] = make(map[K]int)
	}
	confusion[gold][predicted]++
}

// Around is the text about a span, the span in brackets.
func Around(text []rune, start, end int) string {
	return string(text[max(0, start-80):start]) + "[" + string(text[start:end]) + "]" + string(text[end:min(len(text), end+60)])
}
