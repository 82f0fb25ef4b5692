package geo

import "github.com/conflictmap/conflictmap/gazetteer"

// Event is what the site mentions with one place, one event type and
// overlapping days add up to.
type Event struct {
	// ID stays the same while place, type and first day do.
	ID    string
	Place *gazetteer.Place
	Type  EventType
	// Days runs from the first to the last day that a mention gives.
	Days      Interval
	DatePrec  DatePrecision  // the best among the mentions
	WherePrec WherePrecision // the best among the mentions

	Mentions int
	Articles int
	Origins  int // independent accounts: copies of one text count once

	// Claims counts the mentions by claim; Claimants lists who is quoted, as
	// written, in order of first appearance.
	Reported, Claimed, Denied int
	Claimants                 []string

	Confidence float64 // the highest among the mentions

	// Best is the mention whose sentence shows the event best (confidence,
	// then the earliest publication), with its article.
	Best    Mention
	Article Article // of Best, without its text
}

// PlaceSummary is a place with what the selected mentions say about it.
type PlaceSummary struct {
	Place    *gazetteer.Place
	Mentions int
	Sites    int // mentions with the role site
	Articles int
	// Days runs from the first to the last day of the site mentions; zero
	// where there are none.
	Days Interval
}

// Record is a mention with the article that it stands in, without its text.
type Record struct {
	Mention
	Article Article
	// Origin is the fingerprint of the article's text, see Article.Origin.
	Origin string
}
