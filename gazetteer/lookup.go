package gazetteer

import "fmt"

// fewHits is the number of exact hits below which Lookup looks for names that
// sound alike too.
const fewHits = 3

// Lookup returns the places that bear the name, folded, best first, each once:
// names before demonyms, current before historical and colloquial ones; then
// countries, capitals, the more populous, those of which it is the usual name.
// Where fewer than three places bear it, those with a name of the same sound
// follow, their Match Transliterated. An unknown name gives nil, and of a name
// that more than 500 places bear come the best 500. The slice is shared and must
// not be changed.
func (g *Gazetteer) Lookup(name string) (hits []Hit) {
	var room [maxNameSize]byte
	folded := appendFold(room[:0], name)
	if len(folded) == 0 {
		return nil
	}
	ok := g.look(func(f *file) error {
		v, ok, err := get(f.names, folded)
		if ok {
			hits, err = g.hits(f, valueOffset(v))
		}
		if err != nil || len(hits) >= fewHits {
			return err
		}
		hits, err = g.alike(f, folded, hits)
		return err
	})
	if !ok {
		return nil
	}
	return hits
}

// Longest returns how many of the words make up the longest name that starts
// at the first of them, and the hits of that name as Lookup orders them, exact
// ones only; 0 and nil if none does. The words are folded, each on its own; one
// that folded to nothing, such as a comma, may stand between the words of a name.
func (g *Gazetteer) Longest(folded []string) (n int, hits []Hit) {
	if len(folded) == 0 || folded[0] == "" {
		return 0, nil
	}
	h := g.knownHead(folded[0])
	if h != nil && !h.value && h.next == nil {
		return 0, nil // most words of most texts
	}
	ok := g.look(func(f *file) (err error) {
		if h == nil {
			if h, err = g.readHead(f, folded[0]); err != nil {
				return err
			}
		}
		words, offset, err := f.longest(h, folded)
		if err == nil && words > 0 {
			n = words
			hits, err = g.hits(f, offset)
		}
		return err
	})
	if !ok {
		return 0, nil
	}
	return n, hits
}

// longest returns the number of words, of which the head stands for the first,
// and the offset of the postings.
func (f *file) longest(h *head, words []string) (n int, offset uint64, err error) {
	if h.value {
		n, offset = 1, h.offset
	}
	if h.next == nil {
		return n, offset, nil
	}
	w, spaced := *h.next, true
	for i, more := 1, true; more && err == nil; {
		if i < len(words) && words[i] == "" {
			i++
		}
		if i >= len(words) || words[i] == "" {
			break
		}
		if !spaced {
			var ok bool
			if ok, err = step(f.names, &w, " "); !ok {
				break
			}
		}
		spaced = false
		if more, err = step(f.names, &w, words[i]); !more {
			break
		}
		i++
		if v, ok := w.value(); ok {
			n, offset = i, valueOffset(v)
		}
	}
	return n, offset, err
}

// hits reads the postings at the offset, or finds them read.
func (g *Gazetteer) hits(f *file, offset uint64) ([]Hit, error) {
	if hits, ok := g.cachedHits(offset); ok {
		return hits, nil
	}
	list, err := f.postings(offset)
	if err != nil {
		return nil, err
	}
	hits, err := g.unpack(f, list)
	if err != nil {
		return nil, err
	}
	if len(hits) < longList {
		g.short.put(offset, hits)
	} else {
		g.long.put(offset, hits)
	}
	return hits, nil
}

// bestHits is hits, the best n of them.
func (g *Gazetteer) bestHits(f *file, offset uint64, n int) ([]Hit, error) {
	if hits, ok := g.cachedHits(offset); ok {
		return hits[:min(n, len(hits))], nil
	}
	list, err := f.postings(offset)
	if err != nil {
		return nil, err
	}
	if len(list) <= n {
		return g.hits(f, offset)
	}
	return g.unpack(f, list[:n])
}

func (g *Gazetteer) cachedHits(offset uint64) ([]Hit, bool) {
	if hits, ok := g.short.get(offset); ok {
		return hits, true
	}
	return g.long.get(offset)
}

func (g *Gazetteer) unpack(f *file, list []posting) ([]Hit, error) {
	hits := make([]Hit, 0, len(list))
	for _, at := range list {
		p, err := g.place(f, int(at.ordinal))
		if err != nil {
			return nil, err
		}
		if int(at.name) >= len(p.Names) {
			return nil, fmt.Errorf("%w: %w: name %d of %s", ErrFormat, errPostings, at.name, p.ID)
		}
		hits = append(hits, Hit{Place: p, Name: p.Names[at.name]})
	}
	return hits, nil
}
