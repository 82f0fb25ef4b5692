package geo

// Filter selects mentions, and through them events and places. The zero Filter
// selects everything. Its fields carry the names that users see as CLI flags,
// query parameters and in the page's URL; values within a field are
// alternatives, fields must all hold.
type Filter struct {
	BBox          *BBox       // bbox: the place's geometry meets the box
	Datetime      Interval    // datetime: the event's days overlap
	Published     Interval    // published: the article's day of publication
	AsOf          Day         // asof: only what had been published by that day
	Events        []EventType // event
	Roles         []Role      // role
	Countries     []string    // country: ISO 3166-1 alpha-2
	Places        []string    // place: gazetteer ids
	Sources       []string    // source
	Claims        []Claim     // claim
	MinConfidence float64     // min_confidence: 0 to 1
	Query         string      // q: words that the sentence holds, all of them
}
