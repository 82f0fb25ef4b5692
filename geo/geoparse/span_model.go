package geoparse

// learnSpans adds the examples of the span seam.
func (p *Parser) learnSpans(doc Labelled, l *Lessons) {
}
