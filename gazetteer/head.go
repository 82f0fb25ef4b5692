package gazetteer

import (
	"hash/maphash"
	"strings"
)

// maxHead is the length in bytes of the longest word that is kept as a head.
const maxHead = 32

// head is the first word of names: what a text's every word is asked for.
// Texts use few words often, so that keeping the latest saves most walks.
type head struct {
	word   string
	value  bool // it is a name by itself, with postings at offset
	offset uint64
	next   *walk // past the space after it, from where longer names go on; nil if none does
}

// knownHead returns the head if it was read of late, or nil.
func (g *Gazetteer) knownHead(word string) *head {
	if h, ok := g.heads.get(maphash.String(g.seed, word)); ok && h.word == word {
		return h
	}
	return nil
}

// readHead walks along the word and keeps what it finds.
func (g *Gazetteer) readHead(f *file, word string) (*head, error) {
	h := &head{}
	w, err := f.names.start()
	if err != nil {
		return nil, err
	}
	ok, err := step(f.names, &w, word)
	if err != nil {
		return nil, err
	}
	if ok {
		if v, final := w.value(); final {
			h.value, h.offset = true, valueOffset(v)
		}
		more, err := step(f.names, &w, " ")
		if err != nil {
			return nil, err
		}
		if more {
			h.next = new(w)
		}
	}
	if len(word) <= maxHead {
		h.word = strings.Clone(word) // not the text that it is a part of
		g.heads.put(maphash.String(g.seed, word), h)
	}
	return h, nil
}
