package geoparse

// learnDates adds the examples of the date seam.
func (p *Parser) learnDates(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
}
