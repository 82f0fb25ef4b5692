package gazetteer

import "github.com/paulmach/orb"

// Kind says what a place is. The names are those of the annotation guidelines,
// so gold files and code use one list.
type Kind string

// The kinds of place.
const (
	Settlement Kind = "settlement"
	Country    Kind = "country"
	Region     Kind = "region"
	Facility   Kind = "facility"
	Base       Kind = "base"
	Crossing   Kind = "crossing"
	Line       Kind = "line"
	Road       Kind = "road"
	River      Kind = "river"
	Canal      Kind = "canal"
	Lake       Kind = "lake"
	Sea        Kind = "sea"
	Strait     Kind = "strait"
	Bay        Kind = "bay"
	Island     Kind = "island"
	Peninsula  Kind = "peninsula"
	Cape       Kind = "cape"
	Reef       Kind = "reef"
	Mountain   Kind = "mountain"
	Valley     Kind = "valley"
	Pass       Kind = "pass"
	Desert     Kind = "desert"
	Forest     Kind = "forest"
	Park       Kind = "park"
)

// Valid reports whether k is one of the kinds above.
func (k Kind) Valid() bool {
	switch k {
	case Settlement, Country, Region, Facility, Base, Crossing, Line, Road, River, Canal, Lake, Sea,
		Strait, Bay, Island, Peninsula, Cape, Reef, Mountain, Valley, Pass, Desert, Forest, Park:
		return true
	}
	return false
}

// Extended reports whether places of this kind cover ground that a point can
// not stand for: a pin in the middle of one would claim a precision that
// nobody has.
func (k Kind) Extended() bool {
	switch k {
	case Settlement, Facility, Base, Crossing, Pass, Cape, Reef:
		return false
	}
	return true
}

// Place is one entry of a gazetteer. Places are shared and must not be
// changed once a Gazetteer holds them.
type Place struct {
	// ID is stable between builds: "gn:" and a GeoNames number, or "cm:" and a
	// slug for what only we have.
	ID string
	// Name is the name under which the place is filed, not a verdict on the
	// right one.
	Name string
	Kind Kind
	// Country is the ISO 3166-1 alpha-2 code under which international
	// gazetteers file the place, empty where it is shared or nobody's. It says
	// nothing about whose the place is.
	Country string
	// Disputed is set where more than one authority claims the place.
	Disputed bool
	// Capital is set for the seat of a national government.
	Capital bool
	// Point is where a cartographer would put the label: lon,lat in WGS 84
	// degrees.
	Point orb.Point
	// Shape is the line or area of the place (LineString, MultiLineString,
	// Polygon or MultiPolygon), nil where only the point is known.
	Shape orb.Geometry
	// Uncertainty is how far, in metres, the true position may lie from the
	// geometry given here; 0 where nobody stated it.
	Uncertainty float64
	// Population is 0 where unknown.
	Population int64
	Names      []Name
	// External holds the place's ids elsewhere by authority: "geonames", "wikidata".
	External map[string]string
	// Source says where position and names come from.
	Source string
}

// Geometry is the most precise geometry known: the shape, or else the point.
func (p *Place) Geometry() orb.Geometry {
	if p.Shape != nil {
		return p.Shape
	}
	return p.Point
}

// Footprint is what a map may draw for something that happened at the place:
// its shape, or its point where a point can stand for it. It is nil for a region
// or a country whose shape is not known: a pin in its middle would be a lie.
func (p *Place) Footprint() orb.Geometry {
	if p.Shape == nil && p.Kind.Extended() {
		return nil
	}
	return p.Geometry()
}

// Name is one name of a place.
type Name struct {
	Text string
	// Lang is an ISO 639-1 code, empty where unknown.
	Lang string
	// Script is an ISO 15924 code such as "Latn", "Cyrl", "Armn".
	Script string
	// Preferred marks the usual name in its language.
	Preferred bool
	// Historical marks a name no longer in use.
	Historical bool
	// Colloquial marks slang, nicknames ("Big Apple") and spellings that only
	// lists have: found when asked for, not looked for in texts.
	Colloquial bool
	// Short marks a short form ("NYC" or "California" for "State of California").
	Short bool
	// Demonym marks an adjective or the name of a people ("Armenian",
	// "Armenians") rather than a name of the place itself.
	Demonym bool
}

// Match says how a name was found.
type Match uint8

// The ways to find a name.
const (
	// Exact: the folded names are equal.
	Exact Match = iota
	// Transliterated: the names are equal once their letters are romanised and
	// spellings of one sound levelled. Nobody listed the form that was asked.
	Transliterated
)

// Hit is a place found under one of its names.
type Hit struct {
	Place *Place
	Name  Name
	Match Match
}
