package geoparse

import "math/bits"

// minCore is how many words besides the site a stretch between commas needs to
// tell what happened there.
const minCore = 3

// core returns the first and the last token of the part of the clause that
// tells of the site: what stands between commas and words such as "after",
// lists and dates apart. Where that says little ("In X, …"), it goes on.
func (d *document) core(t *toponym, lo, hi int) (int, int) {
	a, z := d.coreEnd(t.first, -1, lo), d.coreEnd(t.last, 1, hi)
	if d.tellsMore(t, a, z) {
		return a, z
	}
	if a > lo && d.toks[a-1].text == "," {
		a = d.coreEnd(a-1, -1, lo)
	}
	if z < hi && d.toks[z+1].text == "," && !d.tellsMore(t, a, z) {
		z = d.coreEnd(z+1, 1, hi)
	}
	return a, z
}

// coreEnd goes from token i in steps to the end of the part, at most to end.
func (d *document) coreEnd(i, step, end int) int {
	for i != end {
		j := i + step
		x := &d.toks[j]
		if x.text == "," && !d.listComma(j) {
			return i
		}
		if opensPart(x) {
			if step < 0 {
				return j
			}
			return i
		}
		i = j
	}
	return i
}

// opensPart reports whether a word puts another event in time or cause beside
// the one that the words before it tell of.
func opensPart(t *token) bool {
	return t.kind == word && t.is("after", "before", "when", "as", "since", "until", "once", "hours", "days", "weeks")
}

// listComma reports whether the comma at token j stands in a list of places or
// before the region that a place lies in.
func (d *document) listComma(j int) bool {
	if j == 0 || d.topAt[j-1] == nil {
		return false
	}
	for k := j + 1; k <= j+3 && k < len(d.toks); k++ {
		if d.topAt[k] != nil {
			return true
		}
		if d.toks[k].kind != word {
			return false
		}
	}
	return false
}

// tellsMore reports whether tokens a to z hold an event word, or words enough.
func (d *document) tellsMore(t *toponym, a, z int) bool {
	if k, end := d.triggersIn(a, z); k < end {
		return true
	}
	n := 0
	for i := a; i <= z; i++ {
		if x := &d.toks[i]; x.kind == word && (i < t.first || i > t.last) && d.topAt[i] == nil && x.cues&cueFunction == 0 {
			n++
		}
	}
	return n >= minCore
}

// headFeatures tells the word that the site's preposition hangs on, or the one
// that it is the object of: "the shelling of X", "troops entered X".
func (r *eventReader) headFeatures(t *toponym, lo int) {
	b, d := &r.bag, r.d
	p := d.prepositionOf(t)
	i := p - 1
	if p < 0 {
		i = d.before(t)
		if d.at(i).is("of") {
			p, i = i, i-1
		}
	}
	if i < lo {
		b.Flag(evHeadNone)
		return
	}
	prep := uint64(0)
	if p >= 0 {
		prep = d.toks[p].hash
	}
	x := &d.toks[i]
	kind := uint64(eventKinds)
	if k := d.triggerAt(i); k >= 0 {
		kind = uint64(kindOf(&d.triggers[k]))
		b.Add(evHeadTrigger, d.toks[d.triggers[k].first].hash)
	}
	b.Add2(evHeadKind, kind, prep)
	b.Add(evHeadWord, x.hash)
	b.Add(evHeadMedium, uint64(x.class.Medium))
	for c := x.cues & eventCues; c != 0; c &= c - 1 {
		b.Add(evHeadCue, uint64(bits.TrailingZeros32(uint32(c))))
	}
}

// listFeatures tells whether the site stands in one list with the site before.
func (r *eventReader) listFeatures(t *toponym) {
	d := r.d
	n := len(r.earlier)
	if n == 0 || r.earlier[n-1].sent != t.sent {
		return
	}
	last := r.earlier[n-1]
	for i := last.last + 1; i < t.first; i++ {
		x := &d.toks[i]
		if x.kind == word && d.topAt[i] == nil && x.cues&cueFunction == 0 && x.tags&tagGeo == 0 {
			return
		}
	}
	r.bag.Add(evList, numberOf(last.event))
}
