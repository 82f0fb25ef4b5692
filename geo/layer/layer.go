// Package layer turns events, mentions and places into the features that maps,
// GIS programs and spreadsheets read, and writes them as GeoJSON (RFC 7946) or
// CSV (RFC 4180).
//
// Everything streams: a feature is written before the next one is asked for, so
// memory stays flat however large a layer is. The functions are pure; what they
// write depends on their arguments alone, in the order in which the features come.
//
// Property names, their order and their null values are the same in every
// format (see Columns). Dates are civil days, YYYY-MM-DD or nothing, never a
// part of a date, so that readers which guess types see date columns.
//
// Limits: a shape that crosses the antimeridian would have to be cut at ±180°
// first, as RFC 7946 asks; nothing here does that. Positions have six decimals
// (11 cm at the equator).
package layer

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

// The collections.
const (
	EventCollection   = "events"
	MentionCollection = "mentions"
	PlaceCollection   = "places"
)

// Collections lists the names of the collections.
func Collections() []string { return []string{EventCollection, MentionCollection, PlaceCollection} }

// Meta says what a layer holds and where it came from. It goes into every file,
// so that one that was saved, mailed and joined with others still tells.
type Meta struct {
	Collection  string `json:"collection"` // one of Collections
	Filter      string `json:"filter"`     // what selected the features, a query as people read it; empty: nothing was left out
	Version     string `json:"version"`    // of the data
	Gazetteer   string `json:"gazetteer"`  // version of the gazetteer, as gazetteer.Info has it
	Attribution string `json:"attribution"`
}

// String is the provenance as one line for people.
func (m Meta) String() string {
	return fmt.Sprintf("conflictmap %s; filter: %s; data version: %s; gazetteer version: %s; %s",
		m.Collection, cmp.Or(m.Filter, "none"), cmp.Or(m.Version, "unknown"), cmp.Or(m.Gazetteer, "unknown"), cmp.Or(m.Attribution, "no attribution"))
}

// Feature is one thing on a map.
type Feature struct {
	ID string
	// Geometry is a Point, LineString, MultiLineString, Polygon or MultiPolygon
	// in lon,lat degrees (WGS 84); nil where no position is known.
	Geometry orb.Geometry
	// Properties come in the order of Columns. Features from Events, Mentions
	// and Places share one slice: it holds until the next feature is asked for.
	Properties []Property
}

// Property is one value of a feature: nil, string, bool, int, int64, float64,
// geo.Day (the zero day is null) or []string.
type Property struct {
	Name  string
	Value any
}

// Columns lists the names of the collection's properties in order, and false
// for a collection that doesn't exist.
func Columns(collection string) ([]string, bool) {
	var row []Property
	switch collection {
	case EventCollection:
		row = Options{}.eventProperties(nil, new(geo.Event))
	case MentionCollection:
		row = Options{}.mentionProperties(nil, new(geo.Record))
	case PlaceCollection:
		row = Options{}.placeProperties(nil, new(geo.PlaceSummary))
	default:
		return nil, false
	}
	names := make([]string, len(row))
	for i, p := range row {
		names[i] = p.Name
	}
	return names, true
}

// features maps rows to features and ends with the first error.
func features[T any](rows iter.Seq2[T, error], id func(*T) string, geometry func(*T) orb.Geometry,
	properties func([]Property, *T) []Property,
) iter.Seq2[Feature, error] {
	return func(yield func(Feature, error) bool) {
		var shared []Property
		for row, err := range rows {
			if err != nil {
				yield(Feature{}, err)
				return
			}
			shared = properties(shared[:0], &row)
			if !yield(Feature{ID: id(&row), Geometry: geometry(&row), Properties: shared}, nil) {
				return
			}
		}
	}
}

// written names the feature in an error.
func written(f *Feature, err error) error { return fmt.Errorf("write feature %q: %w", f.ID, err) }
