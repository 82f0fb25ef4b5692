package geoparse

// tells reports whether token i tells of an account: a verb of saying, blaming
// or denying, or a word beside them.
func (d *document) tells(i int) bool {
	x := &d.toks[i]
	if x.cues&(cueTelling|cueDenial) == 0 && x.tags&(tagSay|tagDeny) == 0 {
		return false
	}
	if x.is("claimed", "claim", "claims", "claiming") && d.at(i+1).is("responsibility", "credit") {
		return false
	}
	if x.is("state") && !d.at(i+1).is("that") {
		return false
	}
	return !x.upper || d.at(i-1).kind == punct
}

// partsAccounts reports whether token i parts the account of one from that of
// another within a sentence.
func (d *document) partsAccounts(i int) bool {
	x := &d.toks[i]
	if x.text == ";" || x.isDash() || x.text == "?" || x.text == "!" {
		return true
	}
	return x.is("whereas", "while", "but") && d.at(i-1).text == ","
}

// stretch returns the part of the sentence about the site that one account may cover.
func (d *document) stretch(t *toponym, s sentence) (int, int) {
	lo, hi := t.first, t.last
	for lo > s.first && !d.partsAccounts(lo-1) {
		lo--
	}
	for hi < s.last && !d.partsAccounts(hi+1) {
		hi++
	}
	return lo, hi
}
