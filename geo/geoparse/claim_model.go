package geoparse

// learnClaims adds the examples of the claim seam.
func (p *Parser) learnClaims(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
}
