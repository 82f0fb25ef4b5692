package geoparse

import "github.com/conflictmap/conflictmap/geo/geoparse/linear"

// features describes an option for the days of the site's event.
func (c *dateChooser) features(b *linear.Bag, t *toponym, o *dateOption) {
	b.When(0, o.ruled)
	b.When(1, o.here >= 0)
}
