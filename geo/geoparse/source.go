package geoparse

import "strings"

// isTelling reports whether token i is a verb or a noun that brings an account,
// not a denial, of which somebody may be the source.
func (d *document) isTelling(i int) bool {
	x := &d.toks[i]
	if x.is("according") {
		return d.at(i + 1).is("to")
	}
	if !d.tells(i) || x.quoted {
		return false
	}
	if (x.tags&tagDeny != 0 || x.cues&cueDenial != 0) && !x.is("rumour", "rumours", "rumor") {
		return false
	}
	if d.bringsAccount(i) {
		return true
	}
	prev := d.at(i - 1)
	if d.isReportedBy(i) {
		return true
	}
	if prev.is("the", "a", "an", "any", "no", "this", "that", "to", "of", "its", "their", "his", "have", "was", "were", "is", "are", "been", "be") || prev.kind == possessive {
		return false
	}
	return !x.is("put", "reportedly", "allegedly", "apparently", "purportedly", "statement", "statements") && d.triggerAt(i) < 0
}

// bringsAccount finds nouns with their source behind them: "the version of",
// "a statement by", "by the count of".
func (d *document) bringsAccount(i int) bool {
	return d.toks[i].is("version", "count", "words", "account", "accounts", "report", "reports", "assertion", "allegation", "claim", "claims", "statement", "estimate", "rumour") &&
		d.at(i+1).is("of", "by", "from")
}

// sourceOf returns the noun phrase that is the source of what token i brings.
func (d *document) sourceOf(i int, s sentence) (int, int) {
	x := &d.toks[i]
	switch {
	case x.is("according"):
		return i + 2, d.sourceEnd(i+2, s.last)
	case d.bringsAccount(i):
		return i + 2, d.sourceEnd(i+2, s.last)
	case x.is("believe", "believes") && d.at(i-1).is("one", "we", "you"):
		return i + 1, d.sourceEnd(i+1, s.last)
	case d.isReportedBy(i):
		return i + 2, d.sourceEnd(i+2, s.last)
	}
	next := i + 1
	for next <= s.last && (d.isAdverb(next) || weekdayWord(&d.toks[next])) {
		next++
	}
	if !d.isInverted(i, next, s) {
		if a, z := d.sourceBefore(i, s); a <= z {
			return a, z
		}
	}
	if y := d.at(next); next > s.last || y.is("that", "on", "in", "of", "to", "by", "for", "at", "from") || y.kind == punct {
		return 1, 0
	}
	return next, d.sourceEnd(next, s.last)
}

// isReportedBy finds "was reported by".
func (d *document) isReportedBy(i int) bool {
	return isBe(d.at(i-1)) && d.at(i+1).is("by")
}

// isInverted reports whether the subject follows the verb of telling at token
// i: a mark stands before the verb and a noun phrase from token next on, as in
// ", says the mayor". What one tells somebody has no such order.
func (d *document) isInverted(i, next int, s sentence) bool {
	if x := &d.toks[i]; x.is("told", "tells", "tell", "informed", "informs", "accused", "accuses", "accuse", "blamed", "blames", "warned") {
		return false
	}
	k := i - 1
	for k >= s.first && isAuxiliary(&d.toks[k]) {
		k--
	}
	if k >= s.first && (d.toks[k].kind != punct || d.toks[k].isHyphen()) || next > s.last {
		return false
	}
	y := &d.toks[next]
	return y.is("the", "a", "an", "his", "their", "its", "our", "her", "this", "several", "some", "one", "two") || y.upper || y.tags&tagOffice != 0 ||
		y.is("residents", "witnesses", "locals", "survivors", "doctors", "activists", "monitors", "sources")
}

// sourceBefore returns the subject before the verb of telling at token i.
func (d *document) sourceBefore(i int, s sentence) (int, int) {
	to := d.skipBack(i-1, s)
	if to >= s.first && d.toks[to].text == "," {
		to = d.beforeApposition(to, s)
	}
	if to >= s.first && d.toks[to].is("and", "but") { // a second verb of the same subject
		for j := to - 1; j >= max(s.first, to-2*maxWindow); j-- {
			if d.topAt[j] == nil && (d.tells(j) || d.isTelling(j)) && d.isFinite(j) {
				return d.sourceBefore(j, s)
			}
		}
		return 1, 0
	}
	from := to
	for from >= s.first && to-from < maxClaimant && !d.endsSource(from, s) {
		from--
	}
	if from > s.first && from <= s.first+4 && d.toks[from].text == "," && d.hasWord(from, to, "and") && !d.hasFinite(s.first, from) {
		from = s.first - 1 // a list: "residents, activists and medical staff"
	}
	return d.trimSource(from+1, to)
}

func (d *document) hasWord(from, to int, fold string) bool {
	for i := from; i <= to; i++ {
		if d.toks[i].fold == fold {
			return true
		}
	}
	return false
}

// skipBack passes auxiliaries, adverbs and dates before a verb.
func (d *document) skipBack(i int, s sentence) int {
	for i >= s.first {
		x := &d.toks[i]
		switch {
		case x.is("turn", "part", "side") && d.at(i-2).is("in", "for", "on"):
			i -= 3
		case x.is("turn") && d.at(i-1).is("in"), x.is("well") && d.at(i-1).is("as"):
			i -= 2
		case isAuxiliary(x), x.is("been", "to", "us", "meanwhile", "alike", "also", "already"), d.isAdverb(i):
			i--
		default:
			return i
		}
	}
	return i
}

// beforeApposition returns the token before the apposition that the comma at
// token i closes: "Hikmet Hajiyev, an aide of the president, said".
func (d *document) beforeApposition(i int, s sentence) int {
	for j := i - 1; j >= max(s.first, i-maxClaimant); j-- {
		if d.toks[j].text == "," {
			return j - 1
		}
		if d.isFinite(j) && d.topAt[j] == nil && d.tells(j) {
			break
		}
	}
	return -1
}

// endsSource reports whether token i can't be part of the noun phrase of a source.
func (d *document) endsSource(i int, s sentence) bool {
	t := &d.toks[i]
	if t.isDash() {
		return true
	}
	if t.kind == punct {
		if d.isPluralPossessive(i) {
			return false
		}
		return !t.isHyphen() && t.text != "." || t.text == "." && !isAbbreviation(d.at(i-1).fold)
	}
	if t.is("and") {
		return d.hasFinite(s.first, i)
	}
	return t.is("while", "but", "as", "when", "where", "although", "whereas", "if", "because", "since", "what") || t.is("that", "which", "who") && d.hasFinite(s.first, i)
}

// isPluralPossessive finds the apostrophe of "a teachers' union".
func (d *document) isPluralPossessive(i int) bool {
	t := &d.toks[i]
	return (t.text == "'" || t.text == "’") && t.gap == joined && d.at(i+1).gap == space && strings.HasSuffix(d.at(i-1).fold, "s")
}

// hasFinite reports whether a finite verb stands in tokens lo to i, of which
// the last few are looked at.
func (d *document) hasFinite(lo, i int) bool {
	for j := i - 1; j >= max(lo, i-maxClaimant); j-- {
		if d.toks[j].kind == punct && !d.toks[j].isHyphen() {
			return false
		}
		if d.topAt[j] == nil && d.isFinite(j) {
			return true
		}
	}
	return false
}

// trimSource cuts dates, clock times and adverbs off the front of a source, and
// from its end what a participle adds.
func (d *document) trimSource(from, to int) (int, int) {
	for _, x := range d.dates {
		if x.first > from+2 {
			break
		}
		if x.first >= from-1 && x.last >= from && x.last < to {
			from = x.last + 1
		}
	}
	for from < to && (d.toks[from].kind == number || d.toks[from].is("and", "but", "meanwhile", "further", "elsewhere", "however", "later", "earlier", "for", "in", "at", "on", "from", "yesterday", "today", "then", "also", "well")) {
		if d.toks[from].is("in", "at", "on", "from", "for") {
			return d.afterPlace(from, to)
		}
		from++
	}
	clause := false
	for j := from + 1; j <= to; j++ {
		clause = clause || d.toks[j].is("who", "that", "which")
		if !clause && d.topAt[j] == nil && d.toks[j].is("released", "issued", "published", "made", "put") {
			return from, j - 1 // "the army released a statement saying"
		}
		if x := &d.toks[j]; d.topAt[j] == nil && !x.upper && strings.HasSuffix(x.fold, "ed") && len(x.fold) > 4 && d.at(j+1).is("in", "by", "at", "to", "from", "with", "on") && !d.at(j-1).is("who", "that", "the") {
			return from, j - 1
		}
	}
	return from, to
}

// afterPlace passes a phrase of place before a subject: "From Belgrade the minister".
func (d *document) afterPlace(from, to int) (int, int) {
	for j := from + 1; j <= to; j++ {
		if d.toks[j].is("the", "a", "an", "some", "local", "residents", "witnesses") && d.topAt[j] == nil && j > from+1 {
			return j, to
		}
	}
	return 1, 0
}

// sourceEnd returns the last token of the noun phrase of a source that starts at token i.
func (d *document) sourceEnd(i, last int) int {
	j := i
	for ; j <= last && j-i < maxClaimant; j++ {
		t := &d.toks[j]
		if t.kind == punct && !t.isHyphen() && !d.isPluralPossessive(j) && !(t.text == "." && isAbbreviation(d.at(j-1).fold)) {
			break
		}
		if j == i {
			continue
		}
		if t.is("while", "but", "that", "who", "which", "where", "when", "after", "before", "as", "because", "with", "without", "whereas") || weekdayWord(t) || isAuxiliary(t) {
			break
		}
		if d.topAt[j] == nil && !t.upper && strings.HasSuffix(t.fold, "ed") && len(t.fold) > 4 && !d.at(j-1).is("the", "a", "an", "of", "and") {
			break
		}
	}
	for j > i+1 && (d.toks[j-1].is("on", "in", "at", "late", "early", "and", "by", "to", "of", "last", "this") || d.toks[j-1].kind == number) {
		j--
	}
	return j - 1
}
