package geoparse

// trigger is a word or phrase that tells of an event.
type trigger struct {
	first, last int // tokens, inclusive
	sent        int
	kind        string // an event type, "attack" or "harm"
	speech      speech
	unreal      bool // wished, feared, planned or negated
	why         unrealReason
}

// unrealReason is why an event is not taken for told.
type unrealReason uint8

const (
	isReal        unrealReason = iota
	isPurpose                  // an infinitive
	isIrrealis                 // a word of wish, fear or denial before it
	isModal                    // a modal verb after it
	isPlanned                  // "to launch an offensive"
	isOfOtherKind              // nature, an accident or a game
)

// tag marks each token with what the word lists say of it and collects the
// event words.
func (p *Parser) tag(d *document) {
	for k := range d.sents {
		s := d.sents[k]
		until := -1 // end of the event phrase that a shorter one must not break into
		for i := s.first; i <= s.last; i++ {
			if d.toks[i].kind != word {
				continue
			}
			n, e := p.lex.longest(d.toks, i, s.last)
			if n == 0 {
				continue
			}
			d.toks[i].tags |= e.tags
			d.toks[i].cues = e.cues
			d.toks[i].phrase = n
			if n > 1 { // the first word keeps its own tags too
				if _, one := p.lex.longest(d.toks, i, i); one != nil {
					d.toks[i].tags |= one.tags &^ tagAt
					d.toks[i].cues |= one.cues
				}
			}
			d.sents[k].tags |= d.toks[i].tags
			if i > until && len(e.events) > 0 && d.readsAsEvent(i, s) {
				d.triggers = append(d.triggers, trigger{first: i, last: i + n - 1, sent: k, kind: e.events[0].kind, speech: d.speechOf(i, e.events)})
				until = i + n - 1
			}
		}
	}
	for i := range d.triggers {
		t := &d.triggers[i]
		if t.why = d.unrealReason(t); t.why == isReal && d.isBorrowed(t) {
			t.why = isOfOtherKind
		}
		t.unreal = t.why != isReal
	}
}

// readsAsEvent rules out event words inside names ("Strike Force"), and the
// words that figures of speech borrow ("hit by inflation" stays; "war of words").
func (d *document) readsAsEvent(i int, s sentence) bool {
	t := &d.toks[i]
	if t.upper && i > s.first && !t.quoted && !d.toks[i-1].is("the") && !s.heading && d.toks[i-1].kind == word {
		return false
	}
	if t.is("war", "battle") && d.at(i+1).is("of") && d.at(i+2).is("words", "nerves") {
		return false
	}
	if t.is("rally", "rallies") && d.at(i-1).is("election", "electoral", "campaign", "car", "motor", "stock", "market") {
		return false
	}
	if t.is("strike", "strikes") && (d.at(i+1).is("action") || d.at(i-1).is("general", "hunger", "on")) {
		return false
	}
	return true
}

// speechOf tells noun from verb where a word can be both: a determiner or an
// adjective before it makes a noun.
func (d *document) speechOf(i int, es []eventWord) speech {
	if len(es) == 1 {
		return es[0].speech
	}
	if prev := d.at(i - 1); prev.is("the", "a", "an", "its", "their", "his", "this", "that", "new", "first", "heavy", "of", "several", "air", "drone", "rocket") || prev.kind == possessive {
		return noun
	}
	for _, e := range es {
		if e.speech != noun {
			return e.speech
		}
	}
	return noun
}

// unrealReason tells whether the event is wished, feared, planned, forbidden
// or conditional rather than told: a word of that kind before it in its clause, or
// an infinitive of purpose ("to attack").
func (d *document) unrealReason(t *trigger) unrealReason {
	s := d.sents[t.sent]
	lo, hi := d.clause(t.first)
	lo = max(lo, s.first, t.first-12)
	if prev := d.at(t.first - 1); t.speech != noun && prev.is("to") && t.first-1 >= s.first {
		begun := false
		for j := max(s.first, t.first-4); j < t.first-1; j++ {
			begun = begun || d.toks[j].is("began", "begun", "continued", "continue", "continues", "started", "managed", "seems", "appears", "said", "reported", "known", "used", "went", "declared", "affirmed", "claimed")
		}
		if begun {
			return isReal
		}
		return isPurpose
	}
	for j := lo; j < t.first; j++ {
		if d.toks[j].tags&tagIrrealis != 0 && (!d.toks[j].upper || d.toks[j].is("if", "unless")) {
			return isIrrealis
		}
	}
	for j := t.last + 1; j <= min(hi, t.last+6); j++ {
		if x := &d.toks[j]; !x.upper && x.is("would", "could", "might", "may", "will", "planned", "expected", "feared", "likely") {
			return isModal
		}
	}
	if d.isIntended(t, s) {
		return isPlanned
	}
	return isReal
}

// isIntended finds "to conduct a violent attack", "to launch an offensive".
func (d *document) isIntended(t *trigger, s sentence) bool {
	for j := max(s.first, t.first-5); j < t.first-1; j++ {
		if d.toks[j].is("to") && d.at(j+1).is("conduct", "carry", "launch", "stage", "mount", "commit", "start", "wage", "lead", "begin") {
			return true
		}
	}
	return false
}

// isBorrowed reports whether nature, an accident or a game is what strikes,
// hits or kills; and whether it is no armed force that enters.
func (d *document) isBorrowed(t *trigger) bool {
	seen := d.sents[t.sent].tags
	if t.speech == enter {
		return seen&tagArmed == 0
	}
	if seen&tagSport != 0 && seen&(tagArms|tagArmed) == 0 {
		return true
	}
	return seen&tagNatural != 0 && (t.kind == "harm" || t.speech == verb || d.at(t.first-1).is("gas"))
}

// clause returns the first and the last token of the clause around token i:
// what stands between semicolons, colons, dashes, brackets, quotation marks and
// words that open a clause of their own.
func (d *document) clause(i int) (int, int) {
	s := d.sents[d.sentenceOf(i)]
	lo := i
	for lo > s.first {
		if j := d.aside(lo-1, -1, s); j >= 0 {
			lo = j
			continue
		}
		if d.partsClause(lo-1, s) {
			break
		}
		lo--
	}
	hi := i
	for hi < s.last {
		if j := d.aside(hi+1, 1, s); j >= 0 {
			hi = j
			continue
		}
		if d.partsClause(hi+1, s) {
			break
		}
		hi++
	}
	return lo, hi
}

// maxAside is how many tokens a bracket or a quoted expression may hold to be
// part of the clause around it: "on Sunday (September 27th) in".
const maxAside = 7

// aside returns the far end of the short bracket or quotation that token i
// closes (step -1) or opens (step 1), or -1.
func (d *document) aside(i, step int, s sentence) int {
	near, far := ")", "("
	if step > 0 {
		near, far = "(", ")"
	}
	t := &d.toks[i]
	quote := t.text == "\"" || t.text == "“" && step > 0 || t.text == "”" && step < 0
	if t.text != near && !(quote && d.at(i+step).quoted) {
		return -1
	}
	for j := i + step; j >= s.first && j <= s.last && abs(j-i) <= maxAside; j += step {
		switch x := d.toks[j].text; {
		case quote && (x == "\"" || x == "“" || x == "”"), !quote && x == far:
			return j
		case quote && isAuxiliary(&d.toks[j]):
			return -1
		}
	}
	return -1
}

func (d *document) partsClause(i int, s sentence) bool {
	t := &d.toks[i]
	if t.kind == punct {
		switch t.text {
		case ";", ":", "—", "–", "(", ")", "\"", "“", "”":
			return true
		}
		return false
	}
	switch t.fold {
	case "while", "whereas", "but", "although", "though", "because", "whose":
		return !t.upper
	case "that":
		return i > s.first && (d.toks[i-1].is("and", "but", ",") || d.toks[i-1].tags&(tagSay|tagDeny) != 0 || i > s.first+1 && d.toks[i-2].tags&(tagSay|tagDeny) != 0)
	case "who", "which", "where":
		return i > s.first
	}
	return false
}

// sentenceOf finds the sentence of token i.
func (d *document) sentenceOf(i int) int {
	lo, hi := 0, len(d.sents)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if d.sents[mid].first <= i {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// triggerAt returns the index of the trigger that covers token i, or -1.
func (d *document) triggerAt(i int) int {
	lo, hi := 0, len(d.triggers)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.triggers[mid].last < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(d.triggers) && d.triggers[lo].first <= i {
		return lo
	}
	return -1
}

// triggersIn returns the range of indices of the triggers within tokens lo to hi.
func (d *document) triggersIn(lo, hi int) (int, int) {
	a := 0
	for b := len(d.triggers); a < b; {
		mid := (a + b) / 2
		if d.triggers[mid].first < lo {
			a = mid + 1
		} else {
			b = mid
		}
	}
	z := a
	for z < len(d.triggers) && d.triggers[z].last <= hi {
		z++
	}
	return a, z
}
