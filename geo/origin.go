package geo

import (
	"hash/fnv"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Near-copies are told by their shingles, the runs of a few words that the
// texts share. A Sketch keeps the smallest hashes of them, from which the
// share can be estimated (A. Broder, "On the resemblance and containment of
// documents", 1997).
const (
	shingleWords = 5
	sketchSize   = 128 // an estimated share is off by a twentieth, one time in three
	sketchKeys   = 16

	// minShingles is the size below which texts are too short to tell a copy
	// from a coincidence.
	minShingles = 20
	// copiedShare of the shorter text's shingles stand in the longer one, if
	// the shorter tells nothing of its own. Copies get a new first sentence and
	// lose their last ones.
	copiedShare = 0.75
	// minResemblance is the least overlap that a sketch can measure well.
	minResemblance = 0.2
)

// Sketch is a sample of a text's shingles: their smallest hashes, ascending.
type Sketch []uint32

// Sketch samples the article's text.
func (a *Article) Sketch() Sketch {
	words := wordsOf(a.Text)
	var hashes []uint32
	for i := range len(words) - shingleWords + 1 {
		hashes = append(hashes, hashWords(words[i:i+shingleWords]))
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return slices.Clone(hashes[:min(sketchSize, len(hashes))])
}

// Keys are the hashes by which a store finds the sketches that may be of
// copies: two copies have one in common, but for rare bad luck.
func (s Sketch) Keys() []uint32 { return s[:min(sketchKeys, len(s))] }

// Copies reports whether one of the two texts tells hardly anything that the
// other doesn't tell in the same words. It rather misses a copy than calls two
// accounts one.
func (s Sketch) Copies(o Sketch) bool {
	if len(s) == 0 || len(o) == 0 {
		return false
	}
	a, b := s.shingles(), o.shingles()
	resemblance := s.resemblance(o)
	if min(a, b) < minShingles || resemblance < minResemblance {
		return false
	}
	common := resemblance / (1 + resemblance) * (a + b)
	return common >= copiedShare*min(a, b)
}

// shingles estimates how many shingles the text has.
func (s Sketch) shingles() float64 {
	if len(s) < sketchSize {
		return float64(len(s))
	}
	return float64(len(s)-1) / (float64(s[len(s)-1]) + 1) * (math.MaxUint32 + 1)
}

// resemblance estimates how many of the shingles of both texts together stand
// in each of them.
func (s Sketch) resemblance(o Sketch) float64 {
	seen, both := 0, 0
	for i, j := 0, 0; seen < sketchSize && (i < len(s) || j < len(o)); seen++ {
		switch {
		case j == len(o) || i < len(s) && s[i] < o[j]:
			i++
		case i == len(s) || o[j] < s[i]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return float64(both) / float64(seen)
}

// wordsOf returns the runs of letters and digits of a text in lower case.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.N)
	})
}

func hashWords(words []string) uint32 {
	h := fnv.New64a()
	for _, w := range words {
		_, _ = io.WriteString(h, w) // a hash takes everything
		_, _ = h.Write([]byte{0})
	}
	// The halves of FNV are uneven; the multiplication spreads them over the
	// upper one.
	return uint32((h.Sum64() * 0x9e3779b97f4a7c15) >> 32)
}
