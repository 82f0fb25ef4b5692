package server

import "github.com/conflictmap/conflictmap/geo"

// Kinds lists the kinds of events that some bin has: the columns of the page.
func (h *histogram) Kinds() []geo.EventType {
	var kinds []geo.EventType
	for _, kind := range geo.EventTypes() {
		for _, b := range h.Bins {
			if b.Of(kind) > 0 {
				kinds = append(kinds, kind)
				break
			}
		}
	}
	return kinds
}

// Of is how many features of the kind the bin has.
func (b histogramBin) Of(kind geo.EventType) int {
	for _, k := range b.Counts {
		if k.Kind == kind {
			return k.Count
		}
	}
	return 0
}

// Label is what people call the kind.
func (h *histogram) Label(kind geo.EventType) string { return eventLabel(string(kind)) }

// facetList is a list of values with its heading.
type facetList struct {
	Heading string
	Values  []facet
}

// Lists are the lists in the order of the page.
func (f *facets) Lists() []facetList {
	l := f.Facets
	return []facetList{
		{"Kinds of events", l.Event}, {"Countries", l.Country}, {"Places", l.Place}, {"Sources", l.Source}, {"Claims", l.Claim}, {"Roles", l.Role},
	}
}

// Days are the first and the last day, nil for one that nobody knows.
func (p relationProperties) Days() []*string { return []*string{p.First, p.Last} }
