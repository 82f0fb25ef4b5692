package geoparse

import "github.com/conflictmap/conflictmap/geo"

// ParseGiven is Parse with the borders and the roles of the document's gold
// mentions given, so that what follows can be measured by itself on all sites.
func (p *Parser) ParseGiven(doc Labelled) []geo.Mention {
	d := p.read(doc.Article.Text, doc.Article.Published)
	tops, gold := p.goldToponyms(d, doc)
	p.resolve(d, tops)
	p.assignRoles(d, tops)
	for i, g := range gold {
		tops[i].role = g.Role
	}
	p.assignEvents(d, tops)
	p.assignDates(d, tops)
	defer p.giveBack(d)
	ms := make([]geo.Mention, 0, len(tops))
	for _, t := range tops {
		m := d.mention(t)
		m.Article = doc.Article.ID
		ms = append(ms, m)
	}
	return ms
}
