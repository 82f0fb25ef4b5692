package words

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// Entry is a word, in the form of gazetteer.Fold, and its class.
type Entry struct {
	Word string
	Class
}

// wordsPerBucket is how many words a bucket has on average, at most: two reads
// of a bucket's bounds then cost as much as the look through it.
const wordsPerBucket = 4

// Encode returns the bytes of a table of the entries, the same for the same
// entries in whatever order. It fails for a word that comes twice or hashes as
// another does, for numbers out of range and for clusters that don't nest.
func Encode(entries []Entry) ([]byte, error) {
	width := uint32(bits.Len(uint(len(entries) / wordsPerBucket)))
	type slot struct {
		bucket, mark, packed uint32
		word                 string
	}
	slots := make([]slot, len(entries))
	var mediumOf, coarseOf []uint16
	for i, e := range entries {
		packed, err := pack(e.Class)
		if err == nil {
			mediumOf, err = nest(mediumOf, e.Fine, e.Medium)
		}
		if err == nil {
			coarseOf, err = nest(coarseOf, e.Medium, e.Coarse)
		}
		if err != nil {
			return nil, fmt.Errorf("encode the class of %q: %w", e.Word, err)
		}
		bucket, mark := address(e.Word, width)
		slots[i] = slot{bucket, mark, packed, e.Word}
	}
	slices.SortFunc(slots, func(a, b slot) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.mark, b.mark))
	})
	out := []byte(magic)
	for _, n := range []int{int(width), len(slots), len(mediumOf), len(coarseOf)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	next := 0
	for b := range uint32(1)<<width + 1 {
		for next < len(slots) && slots[next].bucket < b {
			next++
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(next))
	}
	for i, s := range slots {
		if i > 0 && s.bucket == slots[i-1].bucket && s.mark == slots[i-1].mark {
			return nil, fmt.Errorf("encode word classes: %q and %q have one hash", slots[i-1].word, s.word)
		}
		out = binary.LittleEndian.AppendUint32(out, s.mark)
		out = binary.LittleEndian.AppendUint32(out, s.packed)
	}
	for _, parents := range [][]uint16{mediumOf, coarseOf} {
		for _, p := range parents {
			out = binary.LittleEndian.AppendUint16(out, p)
		}
	}
	return out, nil
}

// pack returns the class without its medium and coarse cluster, which follow
// from the fine one.
func pack(c Class) (uint32, error) {
	if c.Fine > fineMask || c.Noun > nounMask || c.Verb > verbMask || c.Rank > rankMask {
		return 0, fmt.Errorf("%+v is out of range", c)
	}
	return uint32(c.Fine) | uint32(c.Noun)<<nounShift | uint32(c.Verb)<<verbShift | uint32(c.Rank)<<rankShift, nil
}

// nest notes that cluster child lies in cluster parent, both numbered from 1 or
// both 0.
func nest(parents []uint16, child, parent uint16) ([]uint16, error) {
	if child == 0 || parent == 0 {
		if child != parent {
			return parents, fmt.Errorf("cluster %d lies in cluster %d", child, parent)
		}
		return parents, nil
	}
	for len(parents) < int(child) {
		parents = append(parents, 0)
	}
	if p := parents[child-1]; p != 0 && p != parent {
		return parents, fmt.Errorf("cluster %d lies in two, %d and %d", child, p, parent)
	}
	parents[child-1] = parent
	return parents, nil
}
