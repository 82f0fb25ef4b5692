package index

import (
	"context"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/cql2"
)

// placewise says of each place, by number, whether the expression is true of what
// is there, nil for an expression that asks for more than the place: such a one is a
// condition on places, of which there are far fewer than of events and mentions.
func (v *View) placewise(ctx context.Context, where *cql2.Program, collection string) ([]bool, error) {
	if where == nil || collection == "places" {
		return nil, nil
	}
	properties := Properties(collection)
	row := placewiseRow{fields: make([]func(*gazetteer.Place) cql2.Value, len(properties))}
	for _, i := range where.Uses() {
		get := placeField(properties[i].Name)
		if get == nil {
			return nil, nil
		}
		row.fields[i] = get
	}
	return remember(ctx, v.cache, collection+" at places?"+where.String(), func() ([]bool, int, error) {
		only := make([]bool, v.places.len()+1)
		for i := range only {
			row.place = v.places.all[i]
			only[i] = where.Match(row)
		}
		return only, len(only), nil
	})
}

// placewiseRow is whatever is at a place as a program sees it.
type placewiseRow struct {
	fields []func(*gazetteer.Place) cql2.Value
	place  *gazetteer.Place // nil for what has none
}

// Value implements cql2.Row.
func (r placewiseRow) Value(i int) cql2.Value {
	if r.place == nil {
		return cql2.Value{}
	}
	return r.fields[i](r.place)
}
