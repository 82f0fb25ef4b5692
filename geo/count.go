package geo

import "slices"

// Count is how many people were killed, or hurt, by what the text states. The
// zero Count states nothing; a Count with words and no people is a stated zero
// ("no casualties").
type Count struct {
	// Low and High are the lowest and the highest figure stated. A vague one
	// stands for the least that it can mean: "several" 2, "dozens" 24,
	// "hundreds" 200.
	Low, High int
	// Open is set where the highest figure may be too low: "at least 16", "dozens".
	Open bool
	// Words are those of the lowest figure, then those of the highest if they
	// are others, as written.
	Words []string
}

// Stated reports whether the text gives a figure at all.
func (c *Count) Stated() bool { return len(c.Words) > 0 }

// JoinCounts is the range that the stated counts span, with the words of the
// first that gives the lowest and of the first that gives the highest figure.
func JoinCounts(counts []Count) Count {
	var low, high *Count
	for i := range counts {
		c := &counts[i]
		if !c.Stated() {
			continue
		}
		if low == nil || c.Low < low.Low {
			low = c
		}
		if high == nil || c.High > high.High || c.High == high.High && c.Open && !high.Open {
			high = c
		}
	}
	if low == nil {
		return Count{}
	}
	joined := Count{Low: low.Low, High: high.High, Open: high.Open}
	for _, words := range [][]string{low.Words, high.Words} {
		for _, w := range words {
			if !slices.Contains(joined.Words, w) {
				joined.Words = append(joined.Words, w)
			}
		}
	}
	return joined
}
