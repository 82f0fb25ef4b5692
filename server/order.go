package server

import (
	"net/url"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// The parameters of items that say in which order, and whether drawn or not.
const (
	orderParam  = "sortby"
	placedParam = "placed"
)

// itemParams are the parameters of items of a collection besides those that select
// by content.
func itemParams(collection string) []string {
	params := []string{"limit", "cursor"}
	if collection != layer.PlaceCollection { // which has one order and is always drawn
		params = append(params, orderParam, placedParam)
	}
	return params
}

// orderName is the order as sortby writes it (Part 8: a property, after a minus
// for the other direction).
func orderName(o index.Order) string {
	if o == index.OldestFirst {
		return "from"
	}
	return string(o)
}

func orderNames(collection string) []string {
	var names []string
	for _, o := range index.Orders(collection) {
		names = append(names, orderName(o))
	}
	return names
}

// readOrder reads sortby. A plus before a property is as good as nothing; one that
// was not escaped has become a space.
func readOrder(rest url.Values, collection string) (index.Order, error) {
	if !rest.Has(orderParam) {
		return index.OldestFirst, nil
	}
	given := rest.Get(orderParam)
	name := given
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, " ") {
		name = name[1:]
	}
	for _, o := range index.Orders(collection) {
		if name == orderName(o) && !(name != given && name[0] == '-') {
			return o, nil
		}
	}
	return "", badParameter(orderParam, given, "must be one of "+strings.Join(orderNames(collection), ", "))
}

func placedValues() []string { return []string{string(index.IsPlaced), string(index.IsUnplaced)} }

// readPlaced reads placed.
func readPlaced(rest url.Values) (index.Placed, error) {
	if !rest.Has(placedParam) {
		return "", nil
	}
	given := rest.Get(placedParam)
	if !slices.Contains(placedValues(), given) {
		return "", badParameter(placedParam, given, "must be "+strings.Join(placedValues(), " or "))
	}
	return index.Placed(given), nil
}

// drawnFilter selects what the query selects by its geometry, in CQL2; "" for all.
func drawnFilter(geometry string, placed index.Placed) string {
	name := geometryTypeColumn().Name
	switch {
	case placed == index.IsUnplaced:
		return name + " IS NULL"
	case geometry != "":
		return geometryFilter(geometry)
	case placed == index.IsPlaced:
		return name + " IS NOT NULL"
	}
	return ""
}

// orderLabel is what people read of an order.
func orderLabel(o index.Order) string {
	switch o {
	case index.NewestFirst:
		return "Newest first"
	case index.MostOrigins:
		return "Most accounts"
	case index.MostMentions:
		return "Most mentions"
	}
	return "Oldest first"
}

// pickView is a choice of one value; the empty value is that of no parameter.
type pickView struct {
	Name, Label string
	Options     []optionView
}

// picksOf are the order and placed as the form has them.
func picksOf(given url.Values, collection string) []pickView {
	if collection == layer.PlaceCollection {
		return nil
	}
	order := pickView{Name: orderParam, Label: "Order"}
	for _, o := range index.Orders(collection) {
		name := orderName(o)
		if o == index.OldestFirst {
			name = ""
		}
		order.Options = append(order.Options, optionView{name, orderLabel(o), given.Get(orderParam) == name})
	}
	placed := pickView{Name: placedParam, Label: "Position"}
	for _, o := range [][2]string{{"", "All"}, {string(index.IsPlaced), "With a position"}, {string(index.IsUnplaced), "Without one"}} {
		placed.Options = append(placed.Options, optionView{o[0], o[1], given.Get(placedParam) == o[0]})
	}
	return []pickView{order, placed}
}
