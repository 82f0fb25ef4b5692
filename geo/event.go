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
	// Origins counts the independent accounts: copies of one text, and articles
	// that only quote the same statement, are one.
	Origins int

	// Claims counts the mentions by claim; Claimants lists who is quoted, as
	// written, in order of first appearance.
	Reported, Claimed, Denied int
	Claimants                 []string

	// Deaths and Injuries span what the mentions state.
	Deaths, Injuries Count

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
	// Origin names the account that the article gives: that of its text (see
	// Article.Origin), or of another one of which it is a copy.
	Origin string
}
