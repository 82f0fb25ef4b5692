package gazetteer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"unicode"
)

// rowKey is what a row's key says.
type rowKey struct {
	id    []byte
	kind  byte
	layer int
}

func parseRowKey(key []byte) rowKey {
	n := len(key) - 8 // a zero, the kind, the layer, the order
	return rowKey{key[:n], key[n+1], int(^binary.BigEndian.Uint16(key[n+2:]))}
}

// merger puts the rows of one place together.
type merger struct {
	words []string
	place *Place
	layer int // whose facts the place has
	last  int // the layer of the place row before
	from  []int
	known map[nameKey]bool
	late  []Name // of earlier layers' places: they come after the names that were added
	lateF []int
	lone  int // names without a place, of this id
}

// nameKey says which names are the same.
type nameKey struct {
	folded, lang string
	demonym      bool
}

func (m *merger) reset() {
	m.place, m.layer, m.from, m.lone = nil, 0, m.from[:0], 0
	m.late, m.lateF = m.late[:0], m.lateF[:0]
	clear(m.known)
}

// add takes the next row of the id.
func (m *merger) add(key rowKey, row []byte) error {
	if key.kind == nameRow {
		if m.place == nil {
			m.lone++
			return nil
		}
		c := cursor{s: string(row), words: m.words}
		n := c.name()
		if c.bad {
			return fmt.Errorf("corrupt row of %q", key.id)
		}
		m.name(n, key.layer)
		return nil
	}
	if m.place != nil && key.layer == m.last {
		return nil // replaced within its layer
	}
	p, err := unpackPlace(string(row), m.words)
	if err != nil {
		return err
	}
	m.last = key.layer
	if m.place == nil {
		m.place, m.layer = p, key.layer
		names := p.Names
		p.Names = make([]Name, 0, len(names))
		for _, n := range names {
			m.name(n, key.layer)
		}
		return nil
	}
	m.below(p, key.layer)
	return nil
}

// below takes what an earlier layer has and the place lacks.
func (m *merger) below(p *Place, layer int) {
	if m.place.Population == 0 {
		m.place.Population = p.Population
	}
	if m.place.Shape == nil {
		m.place.Shape = p.Shape
	}
	for authority, id := range p.External {
		if _, ok := m.place.External[authority]; !ok && len(m.place.External) < maxExternal {
			m.place.External[authority] = id
		}
	}
	for _, n := range p.Names {
		m.late = append(m.late, n)
		m.lateF = append(m.lateF, layer)
	}
}

// name adds a name unless the place has it: the same letters, folded, in the
// same language.
func (m *merger) name(n Name, layer int) {
	key := nameKey{Fold(n.Text), n.Lang, n.Demonym}
	if m.known[key] || len(m.place.Names) == maxNames {
		return
	}
	m.known[key] = true
	m.place.Names = append(m.place.Names, n)
	m.from = append(m.from, layer)
}

// finish returns the place, nil if there is none, with the layers of its names.
func (m *merger) finish() (*Place, []int) {
	if m.place == nil {
		return nil, nil
	}
	for i, n := range m.late {
		m.name(n, m.lateF[i])
	}
	return m.place, m.from
}

// places calls yield with each place in the order of the ids, and with the
// layers that its facts and its names come from.
func (b *Builder) places(yield func(p *Place, layer int, names []int) error) error {
	m := merger{words: b.words.list, known: make(map[nameKey]bool)}
	var id []byte
	flush := func() error {
		b.dropped += m.lone
		p, names := m.finish()
		if p == nil {
			return nil
		}
		return yield(p, m.layer, names)
	}
	err := b.rows.each(func(key, row []byte) error {
		k := parseRowKey(key)
		if !bytes.Equal(k.id, id) {
			if err := flush(); err != nil {
				return err
			}
			id = append(id[:0], k.id...)
			m.reset()
		}
		return m.add(k, row)
	})
	if err != nil {
		return err
	}
	return flush()
}

// filed returns the folded names under which a place is found, each with the
// index of the best name that folds to it.
func filed(p *Place) (keys []string, best map[string]int) {
	best = make(map[string]int, len(p.Names))
	for i, n := range p.Names {
		key := Fold(n.Text)
		if !findable(key) {
			continue
		}
		if old, ok := best[key]; !ok {
			best[key] = i
			keys = append(keys, key)
		} else if weight(p, n) < weight(p, p.Names[old]) {
			best[key] = i
		}
	}
	return slices.Clip(keys), best
}

// findable reports whether a folded name has two letters: single ones and bare
// numbers stand for too much else. Folded names are bounded too.
func findable(key string) bool {
	letters := 0
	for _, r := range key {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2 && len(key) <= maxFolded
}

// maxFolded bounds a folded name in bytes: some letters fold to several.
const maxFolded = 4 * maxNameSize
