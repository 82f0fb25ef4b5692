package geoparse

import "github.com/conflictmap/conflictmap/geo"

// How often the rules are right about a site's claim, by their answer: the
// share on the 931 gold sites of train-1 to -3 and news-roles.
const (
	reportedShare = 0.97
	claimedShare  = 0.78
	deniedShare   = 0.88
)

// claimReader says in whose voice the events of a document's sites are told,
// one after the other.
type claimReader struct {
	d    *document
	last *toponym // the site read before
}

// read says who tells of the next site's event.
func (r *claimReader) read(t *toponym) {
	t.claim = r.d.ruledClaim(t)
	switch t.claim {
	case geo.Claimed:
		t.claimShare = claimedShare
	case geo.Denied:
		t.claimShare = deniedShare
	default:
		t.claimShare = reportedShare
	}
	if t.claim != geo.Reported {
		t.claimedBy = r.claimant(t)
	}
	r.last = t
}

// ruledClaim says in whose voice a site's event is told: denied where the sentence
// or the next one denies it, claimed where the sentence attributes it or quotes
// it, else reported in the article's own.
func (d *document) ruledClaim(t *toponym) geo.Claim {
	s := d.sents[t.sent]
	if d.isDenied(t, s) {
		return geo.Denied
	}
	if d.toks[t.first].quoted || d.toldBy(t, s) {
		return geo.Claimed
	}
	return geo.Reported
}

// isDenied finds a verb of denial in the site's sentence, or at the head of the next.
func (d *document) isDenied(t *toponym, s sentence) bool {
	for i := s.first; i <= s.last; i++ {
		if d.toks[i].tags&tagDeny != 0 && !d.toks[i].upper && !d.saysAgain(i+1, t.first) {
			return true
		}
	}
	if t.sent+1 == len(d.sents) {
		return false
	}
	n := d.sents[t.sent+1]
	if n.para != s.para {
		return false
	}
	for i := n.first; i <= min(n.last, n.first+6); i++ {
		if d.toks[i].tags&tagDeny != 0 && !d.toks[i].upper {
			return true
		}
	}
	return false
}

// saysAgain finds, from token i to the site, a second verb after a denial:
// "denied this and said that".
func (d *document) saysAgain(i, site int) bool {
	for ; i < site; i++ {
		if d.toks[i].tags&tagSay != 0 && d.isTelling(i) && d.isFinite(i) {
			return true
		}
	}
	return false
}

// toldBy reports whether the sentence attributes the site's event to anybody.
func (d *document) toldBy(t *toponym, s sentence) bool {
	from, to, fit := d.bestSource(t, s)
	return fit >= elsewhere+1 && d.span(from, to) != ""
}

func weekdayWord(t *token) bool {
	_, ok := weekday(t)
	return ok
}
