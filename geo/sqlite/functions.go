package sqlite

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/planar"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// placeMeets is the SQL function place_meets: whether a place's geometry and a
// box share a point, borders included. Shape is WKB, or empty for a place of
// which only the point is known. The box must not cross the antimeridian.
func placeMeets(lon, lat float64, shape []byte, west, south, east, north float64) (bool, error) {
	box := orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
	if len(shape) == 0 {
		return box.Contains(orb.Point{lon, lat}), nil
	}
	g, err := wkb.Unmarshal(shape)
	if err != nil {
		return false, fmt.Errorf("shape: %w", err)
	}
	return meets(g, box), nil
}

// meets reports whether a line or an area and the box share a point. Their
// bounds meeting is not enough: a diagonal line can pass by a corner.
func meets(g orb.Geometry, box orb.Bound) bool {
	switch g := g.(type) {
	case orb.Point:
		return box.Contains(g)
	case orb.LineString:
		return lineMeets(g, box)
	case orb.MultiLineString:
		return slices.ContainsFunc(g, func(l orb.LineString) bool { return lineMeets(l, box) })
	case orb.Polygon:
		return polygonMeets(g, box)
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(p orb.Polygon) bool { return polygonMeets(p, box) })
	}
	return false
}

func lineMeets(l orb.LineString, box orb.Bound) bool {
	return slices.ContainsFunc(l, box.Contains) || len(clip.LineString(box, l)) > 0
}

func polygonMeets(p orb.Polygon, box orb.Bound) bool {
	if slices.ContainsFunc(p, func(r orb.Ring) bool { return lineMeets(orb.LineString(r), box) }) {
		return true
	}
	// No border within: the box lies wholly inside, or wholly outside or in a hole.
	return len(p) > 0 && planar.PolygonContains(p, box.Min)
}

// holdsWords is the SQL function holds_words: whether the sentence holds all
// the words, which are folded and separated by spaces, as whole words.
func holdsWords(sentence, words string) bool {
	asWritten := strings.Fields(gazetteer.Fold(sentence))
	var apart []string
	for word := range strings.FieldsSeq(words) {
		if slices.Contains(asWritten, word) {
			continue
		}
		if apart == nil {
			apart = strings.Fields(gazetteer.Fold(strings.Map(lettersOnly, sentence)))
		}
		if !slices.Contains(apart, word) {
			return false
		}
	}
	return true
}

// lettersOnly leaves letters, marks and digits. Folding drops apostrophes and
// periods, which makes one word of "Armenia's" and of "U.S."; without them
// "Armenia" is found too.
func lettersOnly(r rune) rune {
	if unicode.In(r, unicode.L, unicode.M, unicode.N) {
		return r
	}
	return ' '
}
