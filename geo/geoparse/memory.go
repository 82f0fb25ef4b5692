package geoparse

// memory is the large memory of a document, used again for the next one: it
// would be most of the garbage.
type memory struct {
	toks    []token
	topAt   []*toponym
	marks   []spanMark
	glosses []gloss
	seen    map[uint64]evidence
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
	d.marks, d.glosses = fresh(m.marks, len(d.toks)), fresh(m.glosses, len(d.toks))
	if d.seen = m.seen; d.seen == nil {
		d.seen = make(map[uint64]evidence, len(d.toks)/4)
	}
	d.memory = m
}

// fresh returns n zero values, in the memory of old where it is large enough.
func fresh[T any](old []T, n int) []T {
	if cap(old) < n {
		return make([]T, n, n+n/4)
	}
	old = old[:n]
	clear(old)
	return old
}

// giveBack ends the document's use of its memory. Mentions hold none of it.
func (p *Parser) giveBack(d *document) {
	m := d.memory
	m.toks, m.topAt, m.marks, m.glosses, m.seen = d.toks, d.topAt, d.marks, d.glosses, d.seen
	d.toks, d.topAt, d.marks, d.glosses, d.seen, d.memory = nil, nil, nil, nil, nil, nil
	if cap(m.toks) > maxKept {
		return
	}
	clear(m.toks) // what they point to is the text
	clear(m.topAt)
	clear(m.seen)
	p.spare.Put(m)
}
