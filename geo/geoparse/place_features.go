package geoparse

import (
	"math/bits"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// The features of a candidate that hold for all mentions of its name.
const (
	placeKind linear.Template = iota
	placePopulation
	placeRatio
	placeRank
	placeListed
	placeName
	placeNames
	placeRule
	placeRuleShare
	placeTwins
	placeCountry
	placeCountryShare
	placeCountryTop
	placeCountryMay
	placeCountryAlone
	placeNearest
	placeNearestPopulation
	placeNeighbours
	placeAlone
	placeManyCandidates
	placeLinked
	// of one mention
	placeWritten
	placeShorter
	placeBefore
	placeAfter
	placeOfNoun
	placeOwnNoun
	placeLink
	placeLinkSome
	placeUnlinked
	placeLinkBest
	placeHolds
	placeHoldsNone
	placeSentence
	placeSentenceBefore
	placeSentenceNear
	placeElsewhere
	placeTwinBefore
)

// documentFeatures adds what speaks for candidate c of sense k whatever the mention.
func (r *resolver) documentFeatures(k, c int, b *linear.Bag) {
	s := &r.senses[k]
	x := &s.cands[c]
	kind := kindNumber(x.place, x.name.Demonym)
	size := (bits.Len64(uint64(x.place.Population)) + 1) / 2
	b.Add(placeKind, kind)
	b.Add2(placePopulation, kind, uint64(size))
	ratio := bits.Len64(uint64(s.most)) - bits.Len64(uint64(x.place.Population))
	if x.place.Population == 0 {
		ratio = 30
	}
	b.Add(placeRatio, uint64(min(ratio, 16)))
	b.Add(placeRank, uint64(min(x.rank, 4)))
	b.Add(placeListed, uint64(min(bits.Len(uint(c)), 5)))
	b.Add(placeNames, uint64(min(bits.Len(uint(len(x.place.Names))), 6)))
	b.Add(placeName, nameForm(x))
	if s.twins {
		b.Add(placeTwins, kind)
	}

	ahead := 0
	for i := range s.cands {
		if s.cands[i].rule > x.rule || s.cands[i].rule == x.rule && i < c {
			ahead++
		}
	}
	b.Add(placeRule, uint64(min(ahead, 4)))
	b.Add2(placeRuleShare, bucket(s.cands[s.best].rule/(x.rule+1e-9)), boolean(ahead > 0))
	b.Add(placeManyCandidates, 8*uint64(min(bits.Len(uint(len(s.cands))), 6))+uint64(min(ahead, 2)))
	r.countryFeatures(s, x, kind, b)
	r.nearnessFeatures(k, x, size, b)
}

// countryFeatures tell how much the document speaks of the candidate's country
// otherwise than by this name.
func (r *resolver) countryFeatures(s *sense, x *candidate, kind uint64, b *linear.Bag) {
	w := &r.scene
	own, total := 0, w.total
	if mine := s.cands[s.best].country; mine > 0 {
		total--
		own = int(boolean(mine == x.country))
	}
	named := int(w.named[x.country]) - own
	if x.country == 0 {
		b.Flag(placeCountryAlone)
		return
	}
	b.Add2(placeCountry, uint64(min(named, 6)), boolean(kind == 0))
	if total > 0 {
		b.Add2(placeCountryShare, uint64(8*named/total), uint64(min(bits.Len(uint(total)), 4)))
	}
	b.When(placeCountryTop, x.country == w.top && named > 0)
	b.Add2(placeCountryMay, uint64(min(int(w.may[x.country])-1, 6)), uint64(min(bits.Len(uint(len(r.senses))), 5)))
}

// nearnessFeatures tell how near the candidate is to the document's other places.
func (r *resolver) nearnessFeatures(k int, x *candidate, size int, b *linear.Bag) {
	if x.place.Kind == gazetteer.Country {
		return
	}
	nearest, close := uint64(farBuckets), 0
	for i := range r.scene.anchors {
		a := &r.scene.anchors[i]
		if int(a.sense) == k {
			continue
		}
		f := farBucket(x.at, a.at)
		nearest = min(nearest, f)
		if f <= 4 {
			close++
		}
	}
	if len(r.scene.anchors) < 2 {
		b.Add(placeAlone, uint64(size))
		return
	}
	b.Add(placeNearest, nearest)
	b.Add2(placeNearestPopulation, nearest, uint64(size/2))
	b.Add(placeNeighbours, uint64(min(close, 5)))
}

// farBuckets is the number of distances that features tell apart.
const farBuckets = 8

// farBucket is 0 to 7 for distances from under 5 km to over 3,000 km, by the
// cosine of the angle between the points.
func farBucket(a, b unit) uint64 {
	cos := a[0]*b[0] + a[1]*b[1] + a[2]*b[2]
	switch {
	case cos > 0.99999969: // 5 km
		return 0
	case cos > 0.9999923: // 25 km
		return 1
	case cos > 0.9999557: // 60 km
		return 2
	case cos > 0.999723: // 150 km
		return 3
	case cos > 0.99803: // 400 km
		return 4
	case cos > 0.98771: // 1,000 km
		return 5
	case cos > 0.8911: // 3,000 km
		return 6
	}
	return 7
}

// mentionFeatures adds what speaks for candidate c in this place of the text.
func (r *resolver) mentionFeatures(i, c int, near []int32, g *grading, b *linear.Bag) {
	t, s := r.tops[i], &r.senses[r.of[i]]
	x := &s.cands[c]
	kind := kindNumber(x.place, x.name.Demonym)
	d := r.d
	first, last := &d.toks[t.first], &d.toks[t.last]
	b.When(placeWritten, d.text[first.b:last.e] == x.name.Text)
	prev := d.at(t.first - 1)
	b.Add2(placeBefore, kind, prev.hash)
	if s.twins {
		b.Add2(placeTwinBefore, kind, prev.hash)
	}
	if next := d.at(t.last + 1); next.kind == word && next.tags&tagGeo != 0 || next.kind != word {
		b.Add2(placeAfter, kind, next.hash)
	}
	if last.tags&tagGeo != 0 {
		b.Add2(placeOwnNoun, kind, last.hash)
	}
	if prev.is("of") && d.at(t.first-2).tags&tagGeo != 0 {
		b.Add2(placeOfNoun, kind, d.at(t.first-2).hash)
	} else if prev.tags&tagGeo != 0 {
		b.Add2(placeOfNoun, kind, prev.hash)
	}
	r.linkFeatures(i, c, g, kind, b)
	r.sentenceFeatures(i, x, near, b)
}

// grading is how the candidates of a mention lie to what the text says.
type grading struct {
	best, some [maxCandidates]uint8 // in the likeliest place of the container, in any
	held       [maxCandidates]uint8 // as the container of another name
	anyBest    bool
	anySome    bool
	anyHeld    bool
}

// grade compares the candidates of toponym i with the links that it has part in.
func (r *resolver) grade(i int, g *grading) {
	*g = grading{}
	cands := r.senses[r.of[i]].cands
	if r.links[i].how != unrelated {
		for c := range cands {
			g.best[c], g.some[c] = r.holds(i, &cands[c])
			g.anyBest = g.anyBest || g.best[c] != apart
			g.anySome = g.anySome || g.some[c] != apart
		}
	}
	if r.held[i] >= 0 {
		for c := range cands {
			g.held[c] = r.heldBy(i, &cands[c])
			g.anyHeld = g.anyHeld || g.held[c] != apart
		}
	}
}

// linkFeatures tell whether the candidate lies where the text says, if any does.
func (r *resolver) linkFeatures(i, c int, g *grading, kind uint64, b *linear.Bag) {
	if g.anySome {
		how := uint64(r.links[i].how)
		b.Add2(placeLinkSome, how, uint64(g.some[c]))
		b.Add2(placeUnlinked, boolean(how == uint64(byList)), boolean(g.some[c] != apart))
		if g.anyBest {
			b.Add2(placeLink, how, uint64(g.best[c]))
			b.Add2(placeLinkBest, boolean(how == uint64(byList)), boolean(g.best[c] != apart))
		}
	}
	if g.anyHeld {
		how := uint64(r.links[r.held[i]].how)
		b.Add2(placeHolds, how, uint64(g.held[c]))
		b.Add3(placeHoldsNone, boolean(how == uint64(byList)), kind, boolean(g.held[c] != apart))
	}
}

// sentenceFeatures tell how the candidate lies to the other names of its
// sentence and of the one before.
func (r *resolver) sentenceFeatures(i int, x *candidate, near []int32, b *linear.Bag) {
	t := r.tops[i]
	nearest := uint64(farBuckets)
	var same, before uint64
	for _, j := range near {
		y := &r.senses[r.of[j]]
		c := &y.cands[y.best]
		if c.country != 0 && c.country == x.country {
			bit := uint64(1)
			switch {
			case c.name.Demonym:
				bit = 2
			case c.place.Kind == gazetteer.Country:
				bit = 4
			}
			if r.tops[j].sent == t.sent {
				same |= bit
			} else {
				before |= bit
			}
		}
		if c.place.Kind != gazetteer.Country {
			nearest = min(nearest, farBucket(x.at, c.at))
		}
	}
	b.Add(placeSentence, same)
	b.Add(placeSentenceBefore, before)
	b.Add(placeSentenceNear, nearest)
}

// maxNear bounds how many names of a mention's sentence and the one before count.
const maxNear = 12

// around appends the toponyms of other names in the sentence of i and the one before.
func (r *resolver) around(i int, near []int32) []int32 {
	t := r.tops[i]
	for j := i - 1; j >= 0 && j > i-maxNear && t.sent-r.tops[j].sent <= 1; j-- {
		if r.of[j] >= 0 && r.of[j] != r.of[i] {
			near = append(near, int32(j))
		}
	}
	for j := i + 1; j < len(r.tops) && j < i+maxNear && r.tops[j].sent == t.sent; j++ {
		if r.of[j] >= 0 && r.of[j] != r.of[i] {
			near = append(near, int32(j))
		}
	}
	return near[:min(len(near), maxNear)]
}

// kindNumber numbers kinds for features, capitals and demonyms apart.
func kindNumber(p *gazetteer.Place, demonym bool) uint64 {
	switch {
	case demonym:
		return 1
	case p.Capital:
		return 2
	}
	switch p.Kind {
	case gazetteer.Country:
		return 0
	case gazetteer.Settlement:
		return 3
	case gazetteer.Region:
		if p.Country == "" {
			return 4
		}
		if p.Uncertainty == 0 {
			return 11 // a division below the first level, or one that nobody described
		}
		return 5
	case gazetteer.River, gazetteer.Canal:
		return 6
	case gazetteer.Lake, gazetteer.Sea, gazetteer.Strait, gazetteer.Bay:
		return 7
	case gazetteer.Island, gazetteer.Peninsula:
		return 8
	case gazetteer.Mountain, gazetteer.Valley, gazetteer.Desert, gazetteer.Forest, gazetteer.Park:
		return 9
	}
	return 10
}

// nameForm tells how the place bears the name.
func nameForm(x *candidate) uint64 {
	n := x.name
	return boolean(n.Text == x.place.Name) | boolean(n.Preferred)<<1 | boolean(n.Historical)<<2 | boolean(n.Short)<<3 |
		boolean(n.Colloquial)<<4 | boolean(n.Lang == "en")<<5 | boolean(n.Lang == "")<<6
}

// bucket is the logarithm of a ratio to the base 2, 0 to 12.
func bucket(ratio float64) uint64 {
	n := uint64(0)
	for ratio >= 1.41 && n < 12 {
		ratio, n = ratio/2, n+1
	}
	return n
}

func boolean(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
