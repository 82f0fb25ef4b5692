package geoparse

// learnEvents adds the examples of the event seam.
func (p *Parser) learnEvents(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
}
