// Package index answers queries about events, mentions and places from columns
// in memory: which features a filter selects, how many, where and when. Texts
// (sentences and the words that gave days and confidence) stay in the store, are
// read for the features that go out, and searched there.
//
// A mention takes about a hundred bytes, its share of articles and events included.
// There can be two thousand million of them at most.
//
// A View is one state of the data. It never changes and may be used by any number
// of goroutines. A Follower holds the newest View and replaces it when the store
// has changed.
package index

import (
	"cmp"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// Query selects features of a collection.
type Query struct {
	Filter geo.Filter
	// Where is compiled with Properties of the collection; nil selects everything.
	Where *cql2.Program
	// Geometry selects the features with a geometry of that type, one of
	// GeometryTypes; "" selects all, those without a geometry included.
	Geometry string
	// Placed selects what is drawn somewhere, or what is not.
	Placed Placed
	// Lenient is how OGC API - Features reads bbox and datetime: features that
	// have no position match every box, those that have no day every interval, and
	// a mention without days of an event goes by its article's day of publication.
	Lenient bool
	// Order is one of Orders of the collection.
	Order Order
	// After leaves out the features up to and with this one; the zero Position none.
	After Position
	// Limit is how many features are yielded at most; 0 is all.
	Limit int
}

// Key is equal for queries that select the same features by the same means,
// wherever they start and end and in whatever order.
func (q *Query) Key() string {
	key := q.Filter.Encode()
	if q.Where != nil {
		key += "&filter=" + q.Where.String()
	}
	if q.Geometry != "" {
		key += "&geometry=" + q.Geometry
	}
	if q.Placed != "" {
		key += "&placed=" + string(q.Placed)
	}
	if q.Lenient {
		key += "&lenient"
	}
	return key
}

// Position is the place of a feature in the orders of its collection; by itself
// that is for events and mentions by first day (those without last), then by id;
// for places by id. It stays valid when data is added.
// The ID is opaque: MentionPosition and its like make it.
type Position struct {
	Day geo.Day
	ID  string
	// Of events, for orders that go by them.
	Origins, Mentions uint32
}

// IsZero reports whether the position is none.
func (p Position) IsZero() bool { return p.ID == "" }

// Compare orders positions of one collection as it is by itself.
func (p Position) Compare(o Position) int {
	// As unsigned, the day before the first is the last.
	return cmp.Or(cmp.Compare(uint32(p.Day-1), uint32(o.Day-1)), strings.Compare(p.ID, o.ID))
}

// Properties lists what a CQL2 expression on the collection may name: its
// columns but for the lists, and of the geometry "geometry" itself and
// "geometry_type", one of GeometryTypes. What has no geometry has neither.
func Properties(collection string) []cql2.Property {
	schema, _ := layer.Schema(collection)
	var properties []cql2.Property
	for _, c := range schema {
		if t := typeOf(c.Type); t != 0 {
			properties = append(properties, cql2.Property{Name: c.Name, Type: t})
		}
	}
	return append(properties, cql2.Property{Name: "geometry_type", Type: cql2.String}, cql2.Property{Name: "geometry", Type: cql2.Geometry})
}

func typeOf(t layer.Type) cql2.Type {
	switch t {
	case layer.String:
		return cql2.String
	case layer.Integer, layer.Number:
		return cql2.Number
	case layer.Boolean:
		return cql2.Boolean
	case layer.Date:
		return cql2.Date
	}
	return 0
}
