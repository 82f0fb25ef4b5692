package geo

import (
	"strconv"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/paulmach/orb"
)

// Role says what a place does in its sentence.
type Role string

// The roles.
const (
	// Site: a conflict event, past or present, is said to happen there.
	Site Role = "site"
	// Setting: the place itself, with no conflict event there.
	Setting Role = "setting"
	// Actor: the name stands for a government, forces, people or team.
	Actor Role = "actor"
	// Affiliation: the name says whose or what kind, as adjectives do.
	Affiliation Role = "affiliation"
)

// Roles lists the roles in the order of the guidelines.
func Roles() []Role { return []Role{Site, Setting, Actor, Affiliation} }

// EventType is the kind of conflict event, after the ACLED codebook's six
// types, plus Casualties.
type EventType string

// The event types.
const (
	Explosion  EventType = "explosion"
	Battle     EventType = "battle"
	Civilians  EventType = "civilians"
	Protest    EventType = "protest"
	Riot       EventType = "riot"
	Strategic  EventType = "strategic"
	Casualties EventType = "casualties"
)

// EventTypes lists the event types in the order of the guidelines.
func EventTypes() []EventType {
	return []EventType{Explosion, Battle, Civilians, Protest, Riot, Strategic, Casualties}
}

// Claim says in whose voice an event is told.
type Claim string

// The claims.
const (
	// Reported: in the article's own voice.
	Reported Claim = "reported"
	// Claimed: told by somebody named or described.
	Claimed Claim = "claimed"
	// Denied: somebody's denial is reported too.
	Denied Claim = "denied"
)

// Claims lists the claims in the order of the guidelines.
func Claims() []Claim { return []Claim{Reported, Claimed, Denied} }

// DatePrecision is UCDP's date_prec: how well the days of an event are known.
type DatePrecision int

// The date precisions.
const (
	DateDay   DatePrecision = 1 // the exact day
	DateDays  DatePrecision = 2 // within two to six days
	DateWeek  DatePrecision = 3 // within a week
	DateMonth DatePrecision = 4 // within eight to thirty-one days
	DateYear  DatePrecision = 5 // within more than a month, up to a year or longer
)

// WherePrecision is UCDP's where_prec: how well the position of an event is known.
type WherePrecision int

// The position precisions.
const (
	WhereExact     WherePrecision = 1 // an exact location: a settlement, a facility
	WhereNear      WherePrecision = 2 // within about 25 km of a known point
	WhereDistrict  WherePrecision = 3 // a second-order division (district)
	WhereProvince  WherePrecision = 4 // a first-order division (province)
	WhereArea      WherePrecision = 5 // a line or a region that is no division
	WhereCountry   WherePrecision = 6 // only the country
	WhereSeaOrAir  WherePrecision = 7 // at sea or in the air
	WhereUndefined WherePrecision = 0 // not stated, for mentions without a place
)

// Mention is a span of an article that names a place, with what the article
// says about it.
type Mention struct {
	Article string // id of the article

	// Start and End delimit the name in the article's text, and
	// SentenceStart the sentence: Unicode code points, end exclusive.
	Start, End    int
	Name          string // as written: text[Start:End]
	Sentence      string
	SentenceStart int

	// Place is nil where the gazetteer doesn't have the name.
	Place *gazetteer.Place
	// Demonym is set for adjectives and peoples' names.
	Demonym   bool
	WherePrec WherePrecision
	// Geometry is where the text puts what it tells, if not at the place: the
	// point "15 km south of" it, the line "between" it and another (Point or
	// LineString, WGS 84). Nil stands for the place's own geometry.
	Geometry orb.Geometry
	// Offset is the words that say so, or how near the place it is: "15 km south of".
	Offset string

	Role  Role
	Event EventType // empty unless Role is Site

	// Days is when the event happened, both ends known; zero unless Role is Site.
	Days      Interval
	DatePrec  DatePrecision
	DateBasis string // the words that gave the date

	Claim     Claim  // empty unless Role is Site
	ClaimedBy string // the claimant as written

	// Deaths and Injuries are what the text states of the event; nothing unless
	// Role is Site.
	Deaths, Injuries Count

	Confidence float64  // 0 to 1
	Reasons    []string // what Confidence rests on, strongest first
	RunnersUp  []string // ids of the other candidate places, best first
}

// ID names the mention: the article's id and the offset in it.
func (m *Mention) ID() string { return m.Article + ":" + strconv.Itoa(m.Start) }

// Footprint is what a map may draw for the mention: where the text puts it, or
// the footprint of its place. It is nil where nothing may be drawn.
func (m *Mention) Footprint() orb.Geometry {
	switch {
	case m.Geometry != nil:
		return m.Geometry
	case m.Place != nil:
		return m.Place.Footprint()
	}
	return nil
}
