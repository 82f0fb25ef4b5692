package geoparse

// learnRoles adds the examples of the role seam.
func (p *Parser) learnRoles(d *document, tops []*toponym, gold []Gold, doc Labelled, l *Lessons) {
}
