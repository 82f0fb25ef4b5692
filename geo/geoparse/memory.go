package geoparse

// memory is the large memory of a document, used again for the next one: it
// would be most of the garbage.
type memory struct {
	toks  []token
	topAt []*toponym
}

// maxKept is the number of tokens up to which memory is kept, some 2 MB: a text
// as long as a book shall not hold its own for ever.
const maxKept = 1 << 14

// borrow cuts the document's text into tokens in memory of the parser's.
func (p *Parser) borrow(d *document) {
	m, _ := p.spare.Get().(*memory)
	if m == nil {
		m = &memory{}
	}
	if need := len(d.text) / 5; cap(m.toks) < need {
		m.toks = make([]token, 0, need)
	}
	d.toks = appendTokens(m.toks[:0], d.text)
	if cap(m.topAt) < len(d.toks) {
		m.topAt = make([]*toponym, len(d.toks), cap(d.toks))
	}
	d.topAt = m.topAt[:len(d.toks)]
	d.memory = m
}

// giveBack ends the document's use of its memory. Mentions hold none of it.
func (p *Parser) giveBack(d *document) {
	m := d.memory
	m.toks, m.topAt = d.toks, d.topAt
	d.toks, d.topAt, d.memory = nil, nil, nil
	if cap(m.toks) > maxKept {
		return
	}
	clear(m.toks) // what they point to is the text
	clear(m.topAt)
	p.spare.Put(m)
}
