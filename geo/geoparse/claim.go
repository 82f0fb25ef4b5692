package geoparse

import "github.com/conflictmap/conflictmap/geo"

// ruledClaim says in whose voice a site's event is told: denied where the sentence
// or the next one denies it, claimed where the sentence attributes it or quotes
// it, else reported in the article's own.
func (d *document) ruledClaim(t *toponym) (geo.Claim, string) {
	s := d.sents[t.sent]
	who := d.toldBy(t, s)
	if d.isDenied(t, s) {
		return geo.Denied, who
	}
	if who != "" {
		return geo.Claimed, who
	}
	if d.toks[t.first].quoted {
		if t.sent+1 < len(d.sents) {
			if who := d.toldBy(t, d.sents[t.sent+1]); who != "" {
				return geo.Claimed, who
			}
		}
		return geo.Claimed, ""
	}
	return geo.Reported, ""
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

// toldBy returns whom the sentence quotes for the site's event, as written, or "".
func (d *document) toldBy(t *toponym, s sentence) string {
	from, to, fit := d.bestSource(t, s)
	if fit < elsewhere+1 {
		return ""
	}
	return d.span(from, to)
}

func weekdayWord(t *token) bool {
	_, ok := weekday(t)
	return ok
}
