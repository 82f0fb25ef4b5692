package gazetteer

import (
	"fmt"
	"slices"
)

// maxSpellings bounds how many different names are filed under one sound.
const maxSpellings = 64

// A value of the automaton of sounds is the offset of a name's postings, or,
// where several names sound like that, the offset of their list in the spellings.
const soundsAlone = 1 // the lowest bit, set for a single one

// alike appends to the exact hits those of names that sound like the folded
// one. The result is exact itself if there are none.
func (g *Gazetteer) alike(f *file, folded []byte, exact []Hit) ([]Hit, error) {
	var room [2 * maxNameSize]byte
	key := appendSound(room[:0], folded)
	found, err := g.sounding(f, key)
	if err != nil {
		return exact, err
	}
	if len(exact) == 0 && len(found) == 0 && (len(key) == 0 || key[0] != skeletonMark) {
		if found, err = g.sounding(f, appendArabicSound(room[:0], folded)); err != nil {
			return exact, err
		}
	}
	if len(found) == 0 {
		return exact, nil
	}
	slices.SortStableFunc(found, compare)
	return dedupe(append(slices.Clone(exact), found...)), nil
}

// sounding returns the hits of all names with the sound key, in no order.
func (g *Gazetteer) sounding(f *file, key []byte) ([]Hit, error) {
	if len(key) == 0 {
		return nil, nil
	}
	var found []Hit
	add := func(offset uint64) error {
		hits, err := g.hits(f, offset)
		for _, h := range hits {
			if !h.Name.Demonym {
				h.Match = Transliterated
				found = append(found, h)
			}
		}
		return err
	}
	// A name that is its own sound key needs no entry among the sounds.
	v, ok, err := get(f.names, key)
	if ok {
		err = add(valueOffset(v))
	}
	if err != nil {
		return nil, err
	}
	if v, ok, err = get(f.sounds, key); err != nil || !ok {
		return found, err
	}
	if v&soundsAlone != 0 {
		return found, add(v >> 1)
	}
	n := varintsAt(f.sections[sectionSpellings], v>>1)
	count := n.next()
	if count > maxSpellings {
		return nil, fmt.Errorf("%w: %d spellings of one sound", ErrFormat, count)
	}
	for range count {
		offset := n.next()
		if n.bad {
			return nil, fmt.Errorf("%w: spellings at %d", ErrFormat, v>>1)
		}
		if err := add(offset); err != nil {
			return nil, err
		}
	}
	return found, nil
}
