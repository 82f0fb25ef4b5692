package geoparse

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// The templates of the claim seam.
const (
	clBias linear.Template = iota
	clRule
	clSlot
	clSlotWord
	clSlotClass
	clSlotNear
	clSlotThat
	clSlotEnd
	clSlotComma
	clSlots
	clSlotNoun
	clSlotAfter
	clTriggersLeft
	clQuoted
	clQuotedRight
	clPast
	clYear
	clNext
	clNextWord
	clNextThis
	clNextNo
	clNextSame
	clBefore
	clBeforeQuote
	clSequence
	clSequenceWord
	clLast
	clLastSame
	clVoice
	clOurs
	clVoiceBare
	clEvent
	clNo
	clNoWord
	clHeading
	clSamePlaceDenied
	clFit
	clFitSlots
	clFront
	clEnd
	clFrontEnd
	clRuleFront
	clAnswer
	clAnswerThis
	clAnswerSame
)

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

// The classes of words that tell of an account.
const (
	tellNone uint64 = iota
	tellSay
	tellDeny
	tellBlame
	tellAccording
	tellOther
)

func (d *document) tellClass(i int) uint64 {
	if i < 0 {
		return tellNone
	}
	x := &d.toks[i]
	switch {
	case x.tags&tagDeny != 0 || x.cues&cueDenial != 0:
		return tellDeny
	case x.is("accused", "accuses", "accuse", "accusing", "blamed", "blames", "blame", "blaming"):
		return tellBlame
	case x.is("according"):
		return tellAccording
	case x.tags&tagSay != 0:
		return tellSay
	}
	return tellOther
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

// tellingFrom returns the nearest token that tells of an account from token i
// on, in steps, up to the end, or -1.
func (d *document) tellingFrom(i, step, end int) int {
	for n := 0; i >= 0 && i < len(d.toks) && (end-i)*step >= 0 && n < 2*maxWindow; i, n = i+step, n+1 {
		if d.topAt[i] == nil && d.tells(i) {
			return i
		}
	}
	return -1
}

// The places where a word that tells of an account may stand beside a site.
const (
	slotLeft uint64 = iota
	slotRight
	slotFarLeft
	slotFarRight
)

// features fills the bag with what tells in whose voice the site's event is
// told, whose claim says what the rules make of it.
func (r *claimReader) features(t *toponym) {
	r.bag = r.bag[:0]
	b, d := &r.bag, r.d
	s := d.sents[t.sent]
	lo, hi := d.stretch(t, s)
	b.Flag(clBias)
	b.Add(clRule, claimNumber(t.claim))
	left, right := d.tellingFrom(t.first-1, -1, lo), d.tellingFrom(t.last+1, 1, hi)
	farLeft, farRight := -1, -1
	if lo > s.first {
		farLeft = d.tellingFrom(lo-1, -1, s.first)
	}
	if hi < s.last {
		farRight = d.tellingFrom(hi+1, 1, s.last)
	}
	r.slot(slotLeft, left, t, hi)
	r.slot(slotRight, right, t, hi)
	r.slot(slotFarLeft, farLeft, t, lo)
	r.slot(slotFarRight, farRight, t, s.last)
	b.Add3(clSlots, d.tellClass(left), d.tellClass(right), d.tellClass(farRight))
	from, to, fit := d.bestSource(t, s)
	side := b2u(from > t.last)
	if from > to {
		side = 2
	}
	b.Add2(clFit, side, uint64(fit))
	b.Add3(clFitSlots, side|4*b2u(fit >= governs-2), d.tellClass(left), d.tellClass(right))
	front, end := r.front(lo, t.first), r.end(t.last, hi)
	b.Add(clFront, front)
	b.Add(clEnd, end)
	b.Add2(clFrontEnd, front, end)
	b.Add3(clRuleFront, claimNumber(t.claim), front, end)
	r.answer(t, s, hi, front != 0 || end != 0)
	quoted := d.toks[t.first].quoted
	b.When(clQuoted, quoted)
	if quoted {
		b.Add(clQuotedRight, d.tellClass(right))
	}
	past := d.has(t.first, lo, "had")
	b.When(clPast, past)
	for _, x := range d.datesIn(s) {
		if x.first >= lo && x.first <= hi {
			n := uint64(datePrecision(x.days))
			b.Add2(clYear, n, b2u(d.published-x.days.To > 60))
		}
	}
	r.around(t, s, left, right)
	b.When(clHeading, s.heading)
	b.Add(clVoice, r.voice)
	b.Add(clOurs, r.ours)
	if left < 0 && right < 0 {
		b.Add2(clVoiceBare, r.voice, r.ours)
	}
	b.Add(clEvent, numberOf(t.event))
}

func claimNumber(c geo.Claim) uint64 {
	switch c {
	case geo.Claimed:
		return 1
	case geo.Denied:
		return 2
	}
	return 0
}

func b2u(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// has reports whether the word stands between tokens lo and i.
func (d *document) has(i, lo int, fold string) bool {
	for j := i - 1; j >= max(lo, i-12); j-- {
		if d.toks[j].fold == fold {
			return true
		}
	}
	return false
}

// slot tells of the word at token i that tells of an account, and how it hangs
// together with the site; end is the last token of its stretch.
func (r *claimReader) slot(slot uint64, i int, t *toponym, end int) {
	b, d := &r.bag, r.d
	class := d.tellClass(i)
	b.Add2(clSlot, slot, class)
	if i < 0 {
		return
	}
	x := &d.toks[i]
	b.Add2(clSlotWord, slot, x.hash)
	if i < t.first {
		b.Add3(clSlotNear, slot, class, nearness(t.first-i))
	} else {
		b.Add3(clSlotNear, slot, class, nearness(i-t.last))
	}
	next, prev := d.at(i+1), d.at(i-1)
	b.Add3(clSlotAfter, slot, class, next.hash)
	b.Add3(clSlotThat, slot, class, b2u(next.is("that") || d.at(i+2).is("that") || d.at(i+3).is("that")))
	b.Add3(clSlotEnd, slot, class, uint64(min(max(end-i, 0), 12)/3))
	b.Add3(clSlotNoun, slot, class, b2u(d.isFinite(i))|2*b2u(prev.is("the", "a", "any", "of", "no", "this")))
	comma := uint64(0)
	for j := i - 1; j >= max(0, i-maxClaimant) && j > d.sents[t.sent].first; j-- {
		if d.topAt[j] == t {
			break
		}
		if d.toks[j].text == "," || d.toks[j].text == "”" || d.toks[j].text == "\"" {
			comma = 1
			break
		}
	}
	b.Add3(clSlotComma, slot, class, comma)
	k, z := d.triggersIn(min(i, t.first), max(i, t.last))
	b.Add3(clTriggersLeft, slot, class, uint64(min(z-k, 3)))
}

// front returns the class of the account that opens the stretch and governs the
// site: "the ministry said that", "according to the ministry,". The last one wins.
func (r *claimReader) front(lo, i int) uint64 {
	d := r.d
	for j := i - 1; j >= max(lo, i-2*maxWindow); j-- {
		if d.topAt[j] != nil || !d.tells(j) {
			continue
		}
		if d.toks[j].is("according") || d.isFinite(j) {
			return d.tellClass(j)
		}
	}
	return tellNone
}

// end returns the class of the account that closes the stretch after the site:
// ", the ministry said on Sunday".
func (r *claimReader) end(i, hi int) uint64 {
	d := r.d
	for j := hi; j > max(i, hi-14); j-- {
		if d.topAt[j] != nil || !d.tells(j) || !d.toks[j].is("according") && !d.isFinite(j) {
			continue
		}
		for k := j - 1; k > max(i, j-maxClaimant); k-- {
			if d.toks[k].kind == punct && !d.toks[k].isHyphen() {
				return d.tellClass(j)
			}
		}
		if d.toks[j].is("according", "said", "says", "say") {
			return d.tellClass(j)
		}
		return tellNone
	}
	return tellNone
}

// answer tells how the stretch after the site's begins, in its sentence or in
// the next: "; Moscow denies it", "No, says the governor".
func (r *claimReader) answer(t *toponym, s sentence, hi int, told bool) {
	b, d := &r.bag, r.d
	from, where := hi+2, uint64(1)
	if from > s.last {
		if t.sent+1 == len(d.sents) {
			return
		}
		from, where = d.sents[t.sent+1].first, 2
	}
	n := d.sents[d.sentenceOf(from)]
	i := d.tellingFrom(from, 1, min(n.last, from+14))
	class := d.tellClass(i)
	no := uint64(0)
	for j := from; j <= min(n.last, from+14); j++ {
		if d.toks[j].is("no", "not", "never", "nobody", "none", "nothing", "neither", "nor") {
			no = 1
			break
		}
	}
	b.Add3(clAnswer, where<<1|b2u(told), class, no)
	if i >= 0 {
		b.Add3(clAnswerThis, class, no, d.at(i+1).hash)
		same := sentence{first: from, last: n.last}
		b.Add3(clAnswerSame, class, no, b2u(d.namesAgain(t, same))|2*b2u(told))
	}
}

// around tells of the sentences beside the site's and of the site before.
func (r *claimReader) around(t *toponym, s sentence, left, right int) {
	b, d := &r.bag, r.d
	bare := uint64(0)
	if left >= 0 {
		bare |= 1
	}
	if right >= 0 {
		bare |= 2
	}
	if t.sent+1 < len(d.sents) {
		n := d.sents[t.sent+1]
		same := b2u(n.para == s.para)
		i := d.tellingFrom(n.first, 1, min(n.last, n.first+20))
		b.Add3(clNext, same, d.tellClass(i), bare)
		if i >= 0 {
			b.Add2(clNextWord, same, d.toks[i].hash)
			b.Add3(clNextThis, d.tellClass(i), b2u(d.at(i+1).is("it", "this", "that", "the", "everything", "both", "any", "all")), d.at(i+1).hash)
		}
		for j := n.first; j <= min(n.last, n.first+8); j++ {
			if d.toks[j].is("no", "not", "never", "nobody", "none", "nothing") {
				b.Add2(clNextNo, same, bare)
				break
			}
		}
		b.Add2(clNextSame, d.tellClass(i), b2u(d.namesAgain(t, n)))
	}
	if t.sent > 0 {
		p := d.sents[t.sent-1]
		i := d.tellingFrom(p.last, -1, p.first)
		b.Add3(clBefore, b2u(p.para == s.para), d.tellClass(i), bare)
		b.Add2(clBeforeQuote, b2u(d.toks[p.last].quoted), b2u(d.toks[s.first].quoted))
	}
	for i := s.first; i <= s.last && i < s.first+2*maxWindow; i++ {
		if d.toks[i].is("no", "not", "never", "nobody", "none", "nothing") {
			b.Add2(clNo, b2u(i < t.first), bare)
		}
	}
	if r.last == nil {
		return
	}
	c := claimNumber(r.last.claim)
	gap := min(uint64(t.sent-r.last.sent), 3)
	b.Add2(clLast, c, gap)
	if gap == 0 {
		k := d.tellingFrom(r.last.last+1, 1, t.first-1)
		b.Add3(clLastSame, c, d.tellClass(k), b2u(d.partedBetween(r.last.last+1, t.first)))
	}
	b.When(clSamePlaceDenied, samePlace(t, r.last) && r.last.claim == geo.Denied)
}

// partedBetween reports whether a token between a and z parts accounts.
func (d *document) partedBetween(a, z int) bool {
	for i := a; i < z && i < a+maxWindow; i++ {
		if d.partsAccounts(i) {
			return true
		}
	}
	return false
}

// namesAgain reports whether the sentence names the place again.
func (d *document) namesAgain(t *toponym, s sentence) bool {
	for i := s.first; i <= min(s.last, s.first+maxWindow); i++ {
		if x := d.topAt[i]; x != nil && (samePlace(x, t) || d.toks[i].hash == d.toks[t.first].hash) {
			return true
		}
	}
	return false
}
