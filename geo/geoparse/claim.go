package geoparse

import (
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// maxClaimant bounds the length of a claimant in tokens.
const maxClaimant = 14

// ruledClaim says in whose voice a site's event is told: denied where the sentence
// or the next one denies it, claimed where the sentence attributes it or quotes
// it, else reported in the article's own.
func (d *document) ruledClaim(t *toponym) (geo.Claim, string) {
	s := d.sents[t.sent]
	who := d.claimant(t, s)
	if d.isDenied(t, s) {
		return geo.Denied, who
	}
	if who != "" {
		return geo.Claimed, who
	}
	if d.toks[t.first].quoted {
		if t.sent+1 < len(d.sents) {
			if who := d.claimant(t, d.sents[t.sent+1]); who != "" {
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
		if d.toks[i].tags&tagDeny != 0 && !d.toks[i].upper {
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

// claimant returns whom the sentence quotes, as written, or "". An
// attribution after the event covers it; one before covers what follows it.
func (d *document) claimant(t *toponym, s sentence) string {
	for i := s.first; i <= s.last; i++ {
		x := &d.toks[i]
		if x.tags&(tagSay|tagBlame) == 0 || x.upper && i > s.first || x.quoted && !d.toks[t.first].quoted {
			continue
		}
		if x.is("according") && d.at(i+1).is("to") {
			return d.span(i+2, d.phraseEnd(i+2, s.last))
		}
		if d.triggerAt(i) >= 0 || !d.isFinite(i) || x.tags&tagSay == 0 && !x.is("accused", "accuses", "accuse") {
			continue
		}
		if from, to := d.sayer(i, s); from <= to && !(from <= t.first && t.last <= to) {
			return d.span(from, to)
		}
	}
	return ""
}

// sayer returns the noun phrase that is the subject of the verb of saying at
// token i: what precedes it in its clause, or what follows where the verb comes
// first ("said the spokesman").
func (d *document) sayer(i int, s sentence) (int, int) {
	to := i - 1
	for to >= s.first && (isAuxiliary(&d.toks[to]) || d.isAdverb(to) || d.toks[to].is("in", "turn")) {
		to--
	}
	from := to
	for from >= s.first && to-from < maxClaimant && !d.endsClaimant(from) {
		from--
	}
	from++
	if from == to && d.toks[from].is("he", "she", "it", "they") {
		if a, z := d.subjectBefore(s); a <= z {
			return a, z
		}
		return from, to
	}
	if from <= to && !d.toks[from].is("that", "who", "which") {
		return from, to
	}
	if d.at(i+1).is("that", "on", "in") || d.at(i+1).kind == punct {
		return 1, 0
	}
	return i + 1, d.phraseEnd(i+1, s.last)
}

// subjectBefore returns the subject of the sentence before s in the same
// paragraph, which a pronoun stands for, or an empty range.
func (d *document) subjectBefore(s sentence) (int, int) {
	k := d.sentenceOf(s.first) - 1
	if k < 0 || d.sents[k].para != s.para {
		return 1, 0
	}
	p := d.sents[k]
	for i := p.first; i <= min(p.last, p.first+8); i++ {
		if d.toks[i].kind == punct && !d.toks[i].isHyphen() {
			break
		}
		if d.isFinite(i) {
			return p.first, i - 1
		}
	}
	return 1, 0
}

func (d *document) endsClaimant(i int) bool {
	t := &d.toks[i]
	if t.kind == punct {
		return !t.isHyphen() && t.text != "." || t.text == "." && !isAbbreviation(d.at(i-1).fold)
	}
	return t.is("while", "but", "and", "as", "that", "when", "where", "which", "who", "although", "whereas")
}

// phraseEnd returns the last token of the noun phrase that starts at token i.
func (d *document) phraseEnd(i, last int) int {
	j := i
	for ; j <= last && j-i < maxClaimant; j++ {
		t := &d.toks[j]
		if t.kind == punct && !t.isHyphen() || j > i && (t.is("while", "but", "that", "who", "which", "where", "when") || weekdayWord(t) || isAuxiliary(t)) {
			break
		}
	}
	for j > i && d.toks[j-1].is("on", "in", "at", "late", "early", "and") {
		j--
	}
	return j - 1
}

func weekdayWord(t *token) bool {
	_, ok := weekday(t)
	return ok
}

// span returns the text of the tokens from first to last.
func (d *document) span(first, last int) string {
	if first < 0 || first > last || last >= len(d.toks) {
		return ""
	}
	return strings.TrimSpace(d.text[d.toks[first].b:d.toks[last].e])
}
