package geoparse

import (
	"github.com/conflictmap/conflictmap/geo"
)

// figure is a number of people that a sentence says were killed or hurt.
type figure struct {
	quantity
	sent             int
	from, to         int // tokens of the words that state it, inclusive
	pred             int // token of the word of harm
	deaths, injuries bool
}

// harm is what a word tells of the people that it is said of.
type harm struct {
	deaths, injuries bool
	form             harmForm
}

type harmForm uint8

const (
	participle   harmForm = iota // "killed": of its subject in the passive, else of its object
	active                       // "killing": of its object
	intransitive                 // "died": of its subject
	toll                         // "deaths": of the number before it, or behind its "of"
)

// harmOf classifies the words that tell of death and injury.
func harmOf(t *token) harm {
	switch t.fold {
	case "killed", "slain", "murdered", "massacred", "executed", "beheaded", "assassinated", "lynched", "slaughtered":
		return harm{deaths: true, form: participle}
	case "killing", "kills", "murdering", "massacring", "executing":
		return harm{deaths: true, form: active}
	case "died", "dead", "perished":
		return harm{deaths: true, form: intransitive}
	case "deaths", "death", "fatalities", "fatality", "lives", "bodies", "killings", "toll":
		return harm{deaths: true, form: toll}
	case "wounded", "injured", "hurt", "maimed":
		return harm{injuries: true, form: participle}
	case "wounding", "injuring", "hurting", "maiming", "wounds", "injures":
		return harm{injuries: true, form: active}
	case "injuries":
		return harm{injuries: true, form: toll}
	case "casualties", "casualty":
		return harm{deaths: true, injuries: true, form: toll}
	}
	return harm{}
}

func (h harm) any() bool { return h.deaths || h.injuries }

// maxHarmWords is how many words of harm of a sentence are looked at, so that no
// text makes the rules look around for ever.
const maxHarmWords = 24

// figuresIn reads the numbers of dead and injured that the sentence states.
func (d *document) figuresIn(k int) []figure {
	var out []figure
	s, words := d.sents[k], 0
	for i := s.first; i <= s.last; i++ {
		h := harmOf(&d.toks[i])
		i0 := i
		if d.toks[i].is("shot", "gunned", "burned", "burnt", "beaten", "hacked", "stabbed") && d.at(i+1).is("dead", "down", "alive", "to") {
			h = harm{deaths: !d.at(i + 2).is("aircraft"), form: participle}
			if d.at(i+1).is("to") && !d.at(i+2).is("death") || d.toks[i].is("shot", "burned", "burnt") && d.at(i+1).is("down") {
				continue
			}
			i++
			if d.at(i).is("to") {
				i++
			}
		}
		if !h.any() {
			continue
		}
		if words++; words > maxHarmWords {
			break
		}
		if d.isCombined(i, h) {
			continue
		}
		f, ok := d.figureOf(i0, i, h, s, taken(out))
		if !ok || overlaps(out, &f) || d.isUntold(&f) {
			continue
		}
		f.sent = k
		out = append(out, f)
	}
	return append(out, d.ellipses(out, s, k)...)
}

// taken is the last token that the numbers of the figures take, or -1.
func taken(fs []figure) int {
	last := -1
	for i := range fs {
		last = max(last, fs[i].last)
	}
	return last
}

func overlaps(fs []figure, f *figure) bool {
	for i := range fs {
		if g := &fs[i]; g.deaths == f.deaths && f.first <= g.last && g.first <= f.last {
			return true
		}
	}
	return false
}

// isCombined finds "killed or wounded", "dead and injured": one number for both
// says neither.
func (d *document) isCombined(i int, h harm) bool {
	differs := func(j int) bool {
		o := harmOf(d.at(j))
		return o.any() && (o.deaths != h.deaths || o.injuries != h.injuries)
	}
	link := func(j int) bool { return d.at(j).is("and", "or") || d.at(j).text == "/" }
	return link(i+1) && differs(i+2) && !d.countsAt(i+3) || link(i-1) && differs(i-2)
}

// isUntold reports whether the harm is wished, feared, planned or denied.
func (d *document) isUntold(f *figure) bool {
	if f.none {
		return false
	}
	for j := max(0, f.pred-3); j < f.pred; j++ {
		if d.toks[j].is("not", "never", "without", "nearly") && j > f.last {
			return true
		}
	}
	k := d.sentenceOf(f.pred)
	// Nature, accidents and games do harm of another kind.
	if tags := d.sents[k].tags; tags&tagSport != 0 || tags&tagNatural != 0 && !d.hasArms(d.sents[k]) {
		return true
	}
	return d.unrealReason(&trigger{first: f.pred, last: f.pred, sent: k, kind: "harm", speech: noun}) != isReal
}

// hasArms reports whether the sentence tells of an event of conflict, too.
func (d *document) hasArms(s sentence) bool {
	a, z := d.triggersIn(s.first, s.last)
	for k := a; k < z; k++ {
		if t := &d.triggers[k]; t.kind != "harm" && t.kind != string(geo.Strategic) && !t.unreal {
			return true
		}
	}
	return false
}

// figureOf reads the number that goes with the word of harm, which spans the
// tokens from first to i; the tokens up to taken belong to others.
func (d *document) figureOf(first, i int, h harm, s sentence, taken int) (figure, bool) {
	switch h.form {
	case active:
		return d.harmedBehind(first, i, h, s)
	case intransitive:
		return d.harmedBefore(first, i, h, s, taken)
	case toll:
		return d.harmCounted(i, h, s)
	}
	if d.isPassive(first, s) {
		return d.harmedBefore(first, i, h, s, taken)
	}
	if f, ok := d.harmedBehind(first, i, h, s); ok {
		return f, true
	}
	f, ok := d.harmedBefore(first, i, h, s, taken)
	if ok && d.hasObject(i, s) && (f.last != first-1 || d.isVictim(f.last)) { // "40 wounded lay in the hospital"
		return f, false
	}
	return f, ok
}

// isPassive reports whether a form of "be" governs the participle at token i.
func (d *document) isPassive(i int, s sentence) bool {
	j := i - 1
	for j > s.first && d.isAdverb(j) {
		j--
	}
	return j >= s.first && isBe(&d.toks[j])
}

// hasObject reports whether the verb at token i is followed by whom it harms,
// without a number.
func (d *document) hasObject(i int, s sentence) bool {
	if i >= s.last {
		return false
	}
	t := &d.toks[i+1]
	if t.is("the") && d.at(i+2).is("same", "previous", "day", "night", "morning", "week") {
		return false
	}
	if t.is("the", "its", "his", "her", "their", "him", "them", "himself", "themselves", "each", "my", "our", "your", "us", "me") {
		return true
	}
	if t.kind != word || t.gap > lineBreak || isFunctionWord(t) || t.tags&tagAt != 0 || isAuxiliary(t) || d.isAdverb(i+1) ||
		t.is("including", "among", "amid", "following", "while", "according", "today", "yesterday", "overnight") {
		return false
	}
	_, isWeekday := weekday(t)
	return !isWeekday
}

// harmedBehind reads the object: "killed 16 people", "injuring dozens".
func (d *document) harmedBehind(first, i int, h harm, s sentence) (figure, bool) {
	j := i + 1
	for j < s.last && d.isAdverb(j) && !d.countsAt(j) {
		j++
	}
	v, ok := d.victimsFrom(j, s.last)
	if !ok || v.none && v.bare {
		return figure{}, false
	}
	return figure{quantity: v.quantity, from: first, to: v.last, pred: i, deaths: h.deaths, injuries: h.injuries}, true
}

const (
	// maxSubject is how far before a verb its subject may begin, in tokens.
	maxSubject = 40
	// maxGap is how many tokens may stand between a subject and its verb.
	maxGap = 14
)

// harmedBefore reads the subject: "16 people, two of them children, were
// killed", "at least 16 dead".
func (d *document) harmedBefore(first, i int, h harm, s sentence, taken int) (figure, bool) {
	e := first - 1
	for e >= s.first && (isBe(&d.toks[e]) || isAuxiliary(&d.toks[e]) || d.isAdverb(e) && !d.toks[e].is("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday") ||
		d.toks[e].is("been", "being", "left", "lay", "reported", "confirmed", "found", "got", "declared", "pronounced", "people") && !d.toks[e].is("people") && e < first) {
		e--
	}
	if e < s.first {
		return figure{}, false
	}
	lo, _ := d.clause(first)
	for k := max(lo, e-maxSubject, taken+1); k <= e; k++ {
		if k > s.first && (d.toks[k-1].is("including", "among", "than", "least", "about", "some", "nearly") || d.toks[k-1].kind == number && !d.inDate(k-1, k-1)) {
			continue
		}
		v, ok := d.victimsFrom(k, e)
		if !ok || v.bare && v.last != e || !d.isGap(v.last+1, e) {
			continue
		}
		return figure{quantity: v.quantity, from: k, to: i, pred: i, deaths: h.deaths, injuries: h.injuries}, true
	}
	return figure{}, false
}

// isGap reports whether the tokens from i to e can stand between people and what
// is said of them: nothing, an aside between commas, or a phrase without a verb.
func (d *document) isGap(i, e int) bool {
	if i > e {
		return true
	}
	if e-i >= maxGap {
		return false
	}
	aside := d.toks[i].text == "," && d.toks[e].text == ","
	for j := i; j <= e; j++ {
		t := &d.toks[j]
		if t.text == ";" || t.text == ":" || d.isFinite(j) && !aside || !aside && (t.is("and", "but", "while", "when", "as", "after") || t.text == ",") {
			return false
		}
		if harmOf(t).any() && !aside {
			return false
		}
	}
	return true
}

// harmCounted reads the number that a noun goes with: "several civilian deaths",
// "deaths of 16 people", "the death toll rose to 16", "claimed 30,000 lives".
func (d *document) harmCounted(i int, h harm, s sentence) (figure, bool) {
	f := figure{pred: i, to: i, deaths: h.deaths, injuries: h.injuries}
	if d.toks[i].is("toll") {
		return d.tollAt(i, f, s)
	}
	if d.isLossless(i, s) {
		f.none, f.from, f.first, f.last = true, i-1, i-1, i
		return f, true
	}
	if d.toks[i].is("lives") && !d.near(i, s, "claimed", "cost", "costing", "claiming", "took", "taken", "taking", "lost", "claim", "claims") ||
		d.toks[i].is("bodies") && !d.near(i, s, "found", "recovered", "pulled", "discovered", "retrieved", "counted", "brought", "received", "buried") {
		return f, false
	}
	for k := max(s.first, i-8); k < i; k++ {
		q, ok := d.quantityAt(k, i-1)
		if !ok || !d.isAdjectives(q.last+1, i-1) || q.article && !d.toks[i].is("fatality") || d.looksLikeYear(q) {
			continue
		}
		if h.deaths && h.injuries && !q.none {
			return f, false // casualties may be dead or hurt
		}
		if q.none && d.isReportOf(k, i) {
			return f, false
		}
		f.quantity, f.from = q, k
		return f, true
	}
	if d.at(i+1).is("of", "to") && !(h.deaths && h.injuries) && i+2 <= s.last {
		if v, ok := d.victimsFrom(i+2, s.last); ok && !v.bare && !v.none {
			f.quantity, f.from, f.to = v.quantity, i, v.last
			return f, true
		}
	}
	return f, false
}

// isLossless finds "without casualties", "no loss of life".
func (d *document) isLossless(i int, s sentence) bool {
	return i > s.first && d.toks[i-1].is("without") && d.toks[i].is("casualties", "fatalities", "deaths", "injuries")
}

// isReportOf finds "no reports of casualties", which is no report of none.
func (d *document) isReportOf(from, to int) bool {
	for j := from; j < to; j++ {
		if d.toks[j].is("report", "reports", "word", "information", "confirmation", "figure", "figures") {
			return true
		}
	}
	return false
}

// isAdjectives reports whether tokens i to e can stand between a number and its noun.
func (d *document) isAdjectives(i, e int) bool {
	for j := i; j <= e; j++ {
		t := &d.toks[j]
		if t.kind == punct && !t.isHyphen() || isFunctionWord(t) && !t.is("and", "or") || isAuxiliary(t) || isBe(t) || harmOf(t).any() || t.is("attack", "attacks") {
			return false
		}
	}
	return true
}

// near reports whether one of the words stands within a few tokens of token i.
func (d *document) near(i int, s sentence, words ...string) bool {
	for j := max(s.first, i-7); j <= min(s.last, i+5); j++ {
		if d.toks[j].is(words...) {
			return true
		}
	}
	return false
}

// tollAt reads the number that a death toll is said to be: the last one of "rose
// from 10 to 16".
func (d *document) tollAt(i int, f figure, s sentence) (figure, bool) {
	ofDeath := d.at(i-1).is("death", "fatality", "casualty") || d.at(i+1).is("of") && d.at(i+2).is("dead", "deaths")
	if !ofDeath || d.at(i-1).is("casualty") {
		return f, false
	}
	found := false
	for j := i + 1; j <= min(s.last, i+9); j++ {
		if d.toks[j].is("since", "when", "after") || d.toks[j].text == ";" {
			break
		}
		if !d.at(j-1).is("to", "at", "of", "is", "was", "reached", "hit", "passed", "exceeded", "topped", "stands", "stood", "above", "over") {
			continue
		}
		v, ok := d.victimsFrom(j, s.last)
		if ok && !v.none && !v.article && !d.looksLikeYear(v.quantity) {
			f.quantity, f.from, f.to = v.quantity, i, v.last
			if d.at(i - 1).is("death") {
				f.from = i - 1
			}
			found = true
			j = v.last
		}
	}
	return f, found
}

// count writes the figure as the domain's value.
func (d *document) count(f *figure) geo.Count {
	words := d.span(f.from, f.to)
	if len(words) > maxWords {
		words = d.span(f.first, f.last)
	}
	if f.none {
		return geo.Count{Words: []string{words}}
	}
	return geo.Count{Low: f.low, High: f.high, Open: f.open, Words: []string{words}}
}

// maxWords is the size in bytes from which on only the number of a figure is quoted.
const maxWords = 160
