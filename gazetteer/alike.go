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
	arabic := len(key) > 0 && key[0] == skeletonMark
	found, err := g.sounding(f, key, folded)
	if err == nil && len(exact) == 0 && len(found) == 0 && !arabic {
		found, err = g.sounding(f, appendArabicSound(room[:0], folded), folded)
	}
	if err != nil || len(found) == 0 {
		return exact, err
	}
	slices.SortStableFunc(found, compare)
	return dedupe(append(slices.Clone(exact), found...)), nil
}

// sounding returns the hits of all names with the sound key, in no order. A key
// of consonants alone finds names that fit the folded one.
func (g *Gazetteer) sounding(f *file, key, folded []byte) ([]Hit, error) {
	offsets, err := f.spellings(key)
	if err != nil {
		return nil, err
	}
	var found []Hit
	for _, offset := range offsets {
		hits, err := g.hits(f, offset)
		if err != nil {
			return nil, err
		}
		if key[0] == skeletonMark && !fitsArabic([]byte(Fold(hits[0].Name.Text)), folded) {
			continue // one offset is one folded name: the first hit stands for all
		}
		for _, h := range hits {
			if !h.Name.Demonym {
				h.Match = Transliterated
				found = append(found, h)
			}
		}
	}
	return found, nil
}

// spellings returns the offsets of the postings of all names with the sound key.
func (f *file) spellings(key []byte) ([]uint64, error) {
	if len(key) == 0 {
		return nil, nil
	}
	var offsets []uint64
	// A name that is its own sound key has no entry among the sounds.
	v, ok, err := get(f.names, key)
	if err != nil {
		return nil, err
	}
	if ok {
		offsets = append(offsets, valueOffset(v))
	}
	if v, ok, err = get(f.sounds, key); err != nil || !ok {
		return offsets, err
	}
	if v&soundsAlone != 0 {
		return append(offsets, v>>1), nil
	}
	n := varintsAt(f.sections[sectionSpellings], v>>1)
	count := n.next()
	if count > maxSpellings {
		return nil, fmt.Errorf("%w: %d spellings of one sound", ErrFormat, count)
	}
	for range count {
		offsets = append(offsets, n.next())
	}
	if n.bad {
		return nil, fmt.Errorf("%w: spellings at %d", ErrFormat, v>>1)
	}
	return offsets, nil
}
