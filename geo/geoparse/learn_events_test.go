package geoparse_test

import (
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// Every gold site with an event gives two examples, one for each history, labelled
// in the order of the guidelines; other mentions give none.
func TestLearnEvents(t *testing.T) {
	const text = "Shells fell on Hadrut. Protesters gathered in Goris, the mayor said. Baku spoke."
	gold := []geoparse.Gold{
		{Start: 15, End: 21, Role: geo.Site, Event: geo.Explosion, Claim: geo.Reported},
		{Start: 46, End: 51, Role: geo.Site, Event: geo.Protest, Claim: geo.Claimed},
		{Start: 69, End: 73, Role: geo.Actor},
	}
	var l geoparse.Lessons
	p := newParser(t)
	p.Learn(geoparse.Labelled{Article: geo.Article{Text: text, Published: sunday(t)}, Gold: gold, Group: 7}, &l)
	var events []int
	for _, e := range l.Event {
		events = append(events, e.Label)
	}
	if !slices.Equal(events, []int{0, 3, 0, 3}) {
		t.Errorf("labels of events %v, want [0 3 0 3]", events)
	}
	for _, e := range l.Event {
		if len(e.Features) == 0 || e.Group != 7 {
			t.Errorf("example %+v has no features or the wrong group", e)
		}
	}
}

// A sentence by itself teaches the type of its event, and nothing else.
func TestLearnEventsOfSentences(t *testing.T) {
	var l geoparse.Lessons
	newParser(t).LearnEvents(geoparse.Labelled{
		Article: geo.Article{Text: "Without a fight they took Hadrut."},
		Gold:    []geoparse.Gold{{Start: 26, End: 32, Role: geo.Site, Event: geo.Strategic}},
	}, &l)
	if len(l.Event) == 0 || l.Event[0].Label != 5 || len(l.Role)+len(l.Date) > 0 {
		t.Errorf("got %d examples of events, %d of roles, %d of dates", len(l.Event), len(l.Role), len(l.Date))
	}
}

// Given gold roles, the parser types and dates what it would not call a site itself.
func TestParseGiven(t *testing.T) {
	const text = "They remember Hadrut."
	p := newParser(t)
	ms := p.ParseGiven(geoparse.Labelled{
		Article: geo.Article{ID: "a", Text: text, Published: sunday(t)},
		Gold:    []geoparse.Gold{{Start: 14, End: 20, Role: geo.Site}},
	})
	if len(ms) != 1 || ms[0].Role != geo.Site || ms[0].Event == "" || ms[0].Claim != geo.Reported || ms[0].Article != "a" {
		t.Errorf("got %+v, want one reported site with an event", ms)
	}
}
