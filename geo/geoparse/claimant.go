package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// maxClaimant bounds the length of a claimant in tokens.
const maxClaimant = 14

// How well an account fits a site's event: one that governs it, one that stands
// elsewhere in its sentence, one of another sentence.
const (
	governs   = 10.0
	elsewhere = 4.0
	beside    = 3.0
)

// claimant returns who tells of the site's event, as written, or "": never who
// denies it.
func (r *claimReader) claimant(t *toponym) string {
	d, s := r.d, r.d.sents[t.sent]
	from, to, fit := d.bestSource(t, s)
	if from > to || fit < elsewhere {
		if t.claim == geo.Denied {
			if who := r.toldBefore(t); who != "" {
				return who
			}
		}
		if a, z := d.sourceBeside(t, s); fit < elsewhere && a <= z {
			from, to = a, z
		}
	}
	if from > to {
		if r.last != nil && t.sent-r.last.sent <= 1 {
			return r.last.claimedBy
		}
		return ""
	}
	if d.isPronoun(from, to) {
		if a, z := d.antecedent(s); a <= z {
			return d.span(a, z)
		}
		if r.last != nil && t.sent-r.last.sent <= 2 && r.last.claimedBy != "" {
			return r.last.claimedBy
		}
	}
	return d.span(from, to)
}

// toldBefore returns who told of an event at the same place before.
func (r *claimReader) toldBefore(t *toponym) string {
	if l := r.last; l != nil && l.claimedBy != "" && t.sent-l.sent <= 2 && (samePlace(l, t) || l.sent == t.sent) {
		return l.claimedBy
	}
	return ""
}

// bestSource returns the noun phrase whose account fits the site best, and how
// well; an empty range where there is none.
func (d *document) bestSource(t *toponym, s sentence) (int, int, float64) {
	lo, hi := d.stretch(t, s)
	best, from, to := 0.0, 1, 0
	for i := max(s.first, t.first-2*maxWindow); i <= min(s.last, t.last+2*maxWindow); i++ {
		if d.topAt[i] != nil || !d.isTelling(i) {
			continue
		}
		fit := elsewhere
		if i >= lo && i <= hi {
			fit = d.fitWithin(i, t)
		} else if i < lo {
			fit += 0.5
		}
		if fit <= best {
			continue
		}
		if a, z := d.sourceOf(i, s); a <= z && !(a <= t.first && t.last <= z) {
			best, from, to = fit, a, z
		}
	}
	return from, to, best
}

// fitWithin tells how well the account of token i, in the stretch of the site,
// fits: the nearest before it, most of all with "that"; one after it.
func (d *document) fitWithin(i int, t *toponym) float64 {
	x := &d.toks[i]
	switch {
	case x.is("according"):
		return governs + 1
	case i > t.last:
		return governs + 0.5 - 0.02*float64(i-t.last)
	case d.at(i+1).is("that") || d.at(i+2).is("that") || d.at(i+3).is("that"):
		return governs + 2 - 0.05*float64(t.first-i)
	}
	return governs - 0.05*float64(t.first-i)
}

func (d *document) isPronoun(from, to int) bool {
	if from+1 == to && d.toks[to].is("statement", "communique") {
		return true
	}
	return from == to && d.toks[from].is("he", "she", "it", "they", "we", "i", "us", "him", "her", "them")
}

// antecedent returns the source that a pronoun of the sentence stands for: that
// of the sentence before, in its paragraph, or that of an account before it.
func (d *document) antecedent(s sentence) (int, int) {
	for i := s.first; i <= min(s.last, s.first+2*maxWindow); i++ {
		if d.topAt[i] != nil || !d.tells(i) || !d.isFinite(i) {
			continue
		}
		if a, z := d.sourceBefore(i, s); a <= z && !d.isPronoun(a, z) {
			return a, z
		}
	}
	k := d.sentenceOf(s.first) - 1
	if k < 0 || d.sents[k].para != s.para {
		return 1, 0
	}
	p := d.sents[k]
	for i := p.first; i <= min(p.last, p.first+2*maxWindow); i++ {
		if d.topAt[i] == nil && (d.isTelling(i) || d.tells(i) && d.isFinite(i)) {
			if a, z := d.sourceOf(i, p); a <= z && !d.isPronoun(a, z) {
				return a, z
			}
		}
	}
	for i := p.first; i <= min(p.last, p.first+8); i++ {
		if d.toks[i].kind == punct && !d.toks[i].isHyphen() {
			break
		}
		if d.isFinite(i) && d.topAt[i] == nil {
			return p.first, i - 1
		}
	}
	return 1, 0
}

// sourceBeside looks in the sentences after and before the site's: "A surgeon
// tells us this"; the source of what a quotation goes on with.
func (d *document) sourceBeside(t *toponym, s sentence) (int, int) {
	for _, k := range [...]int{t.sent + 1, t.sent - 1} {
		if k < 0 || k >= len(d.sents) || d.sents[k].para != s.para {
			continue
		}
		n := d.sents[k]
		for i := n.first; i <= min(n.last, n.first+2*maxWindow); i++ {
			if d.topAt[i] == nil && d.isTelling(i) {
				if a, z := d.sourceOf(i, n); a <= z && !d.isPronoun(a, z) {
					return a, z
				}
			}
		}
	}
	return 1, 0
}

// span returns the text of the tokens from first to last, without "a
// statement by" before them.
func (d *document) span(first, last int) string {
	if last-first > 2 && d.at(first+1).is("statement", "communique", "report") && d.at(first+2).is("by", "from", "of") {
		first += 3
	}
	if first < 0 || first > last || last >= len(d.toks) {
		return ""
	}
	return strings.TrimSpace(d.text[d.toks[first].b:d.toks[last].e])
}
