package eval

import (
	"math"
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// MaxMetres is how far from the gold point a resolution may lie: 161 km.
const MaxMetres = 161_000

// Ratio counts right answers out of all.
type Ratio struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

// Share is Right/Of, NaN where nothing was asked.
func (r Ratio) Share() float64 {
	if r.Of == 0 {
		return math.NaN()
	}
	return float64(r.Right) / float64(r.Of)
}

func (r *Ratio) count(right bool) {
	r.Of++
	if right {
		r.Right++
	}
}

// Mean is the mean of marks from 0 to 1.
type Mean struct {
	Sum float64 `json:"sum"`
	Of  int     `json:"of"`
}

func (m *Mean) add(v float64) {
	m.Sum += v
	m.Of++
}

// Value is the mean, NaN where there are no marks.
func (m Mean) Value() float64 {
	if m.Of == 0 {
		return math.NaN()
	}
	return m.Sum / float64(m.Of)
}

// Found counts a retrieval task.
type Found struct {
	True   int `json:"true"`   // predicted and in the gold
	False  int `json:"false"`  // predicted only
	Missed int `json:"missed"` // in the gold only
}

// Precision is the share of the predicted that is in the gold.
func (f Found) Precision() float64 { return Ratio{f.True, f.True + f.False}.Share() }

// Recall is the share of the gold that was predicted.
func (f Found) Recall() float64 { return Ratio{f.True, f.True + f.Missed}.Share() }

// F1 is the harmonic mean of precision and recall, 0 where nothing was found.
func (f Found) F1() float64 {
	if f.True == 0 {
		return 0
	}
	return 2 * float64(f.True) / float64(2*f.True+f.False+f.Missed)
}

// Overlap counts the spans on each side that share a character with one on
// the other.
type Overlap struct {
	Predicted Ratio `json:"predicted"`
	Gold      Ratio `json:"gold"`
}

// F1 is the harmonic mean of the two shares, 0 where nothing was found.
func (o Overlap) F1() float64 {
	if o.Predicted.Right == 0 || o.Gold.Right == 0 {
		return 0
	}
	p, r := o.Predicted.Share(), o.Gold.Share()
	return 2 * p * r / (p + r)
}

// Role is how the role was recognised among found mentions.
func (r *Report) Role(role geo.Role) Found {
	var f Found
	for gold, row := range r.Confusion {
		for predicted, n := range row {
			switch {
			case gold == role && predicted == role:
				f.True += n
			case gold == role:
				f.Missed += n
			case predicted == role:
				f.False += n
			}
		}
	}
	return f
}

// MacroRole is the mean F1 of the roles that gold or predictions have, NaN
// where there is none.
func (r *Report) MacroRole() float64 {
	var m Mean
	for _, role := range geo.Roles() {
		if f := r.Role(role); f != (Found{}) {
			m.add(f.F1())
		}
	}
	return m.Value()
}

// wordsF1 compares two phrases as sets of folded words, articles left out.
func wordsF1(gold, predicted string) float64 {
	words := make(map[string]bool)
	for _, w := range contentWords(gold) {
		words[w] = true
	}
	f := Found{Missed: len(words)}
	seen := make(map[string]bool)
	for _, w := range contentWords(predicted) {
		switch {
		case seen[w]:
		case words[w]:
			f.True++
			f.Missed--
		default:
			f.False++
		}
		seen[w] = true
	}
	return f.F1()
}

func contentWords(s string) []string {
	var out []string
	for _, w := range strings.Fields(gazetteer.Fold(s)) {
		if w != "the" && w != "a" && w != "an" {
			out = append(out, w)
		}
	}
	return out
}

// SamePlace is the measure of the guidelines for a right resolution.
func SamePlace(g Mention, p *gazetteer.Place) bool {
	if p == nil || g.Lat == nil || g.Lon == nil {
		return false
	}
	switch g.Kind {
	case gazetteer.Country, gazetteer.Region, gazetteer.River:
		if g.Kind == p.Kind && g.Country == p.Country && g.Country != "" {
			if g.Kind == gazetteer.Country {
				return true
			}
			return orbgeo.Distance(orb.Point{*g.Lon, *g.Lat}, p.Point) <= 3*MaxMetres
		}
	}
	return orbgeo.Distance(orb.Point{*g.Lon, *g.Lat}, p.Point) <= MaxMetres
}
