package geoparse

// learnPlaces adds the examples of the place seam.
func (p *Parser) learnPlaces(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
}
