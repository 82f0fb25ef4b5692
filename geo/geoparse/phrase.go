package geoparse

import "strings"

// group is a run of coordinated toponyms: "Yerevan and Baku", "Armenia,
// Azerbaijan, Russia and Turkey". Its members play the same part in the
// sentence: what stands before the first governs all, what follows the last is
// said of all.
type group struct {
	first, last *toponym
}

// groups joins coordinated toponyms; each toponym gets its group.
func (d *document) groups(tops []*toponym) map[*toponym]*group {
	of := make(map[*toponym]*group, len(tops))
	for i := 0; i < len(tops); {
		j := d.coordinated(tops, i)
		g := &group{first: tops[i], last: tops[j]}
		for k := i; k <= j; k++ {
			of[tops[k]] = g
		}
		i = j + 1
	}
	return of
}

// coordinated returns the last member of the group that starts at toponym i.
// A comma joins only where the list goes on to an "and" or to a third member: "In
// Baku, Moscow" is no list.
func (d *document) coordinated(tops []*toponym, i int) int {
	last, commas := i, 0
	for j := i; j+1 < len(tops); j++ {
		a, b := tops[j], tops[j+1]
		if a.sent != b.sent || a.demonym != b.demonym {
			break
		}
		link := d.link(a, b)
		if link == "" || link == "," && a.class() != b.class() {
			break
		}
		if link == "and" {
			last = j + 1
		}
		if commas++; commas >= 2 {
			last = j + 1
		}
	}
	return last
}

// class tells what may stand in one list: governments, and places by kind.
func (t *toponym) class() string {
	if t.isState() {
		return "state"
	}
	return string(t.kind())
}

// link classifies what stands between two toponyms: "and" ends or makes a
// list, "," continues one, "" is anything else.
func (d *document) link(a, b *toponym) string {
	var words []string
	for i := a.last + 1; i < b.first; i++ {
		if len(words) > 6 {
			return ""
		}
		if x := d.topAt[i]; x != nil && samePlace(x, a) || d.toks[i].text == "(" || d.toks[i].text == ")" {
			continue // an alias in brackets
		}
		if len(words) > 0 && i == b.first-1 && d.repeats(a, i) {
			continue // "from X and from Y"
		}
		if t := &d.toks[i]; !t.is("the", "both", "of", "in", "also", "itself", "not", "then") || len(words) == 0 && t.is("of", "in") {
			words = append(words, t.fold)
		}
	}
	switch s := strings.Join(words, " "); s {
	case "and", ", and", "or", ", or", "as well as", ", as well as", "and even", "and then", "nor", "&":
		return "and"
	case ",":
		return ","
	}
	return ""
}

// repeats reports whether token i is the preposition that stands before a, too.
func (d *document) repeats(a *toponym, i int) bool {
	return a.first > 0 && d.toks[i].fold == d.toks[a.first-1].fold && d.toks[i].is("from", "in", "to", "with", "by", "against", "for", "near", "on", "over", "of")
}

// modifier reports words that may stand between a preposition or a verb and a
// name without changing how they hang together.
func (t *token) modifier() bool {
	if t.kind == punct {
		return t.text == "“" || t.text == "\"" || t.text == "‘" || t.isHyphen()
	}
	switch t.fold {
	case "the", "a", "an", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west",
		"northeastern", "northwestern", "southeastern", "southwestern", "downtown", "old", "upper", "lower",
		"whole", "entire", "all", "rest", "neighbouring", "neighboring", "nearby", "both", "greater",
		"self", "proclaimed", "so", "called", "breakaway", "disputed", "besieged", "occupied", "also", "even", "either", "its", "their", "own":
		return true
	}
	return false
}

// modifies is modifier, but for "occupied" and "besieged" where they are verbs:
// "rebels besieged X" against "in besieged X".
func (d *document) modifies(i int) bool {
	t := &d.toks[i]
	if t.is("occupied", "besieged") {
		prev := d.at(i - 1)
		return prev.kind != word || isFunctionWord(prev) || prev.modifier() || prev.tags&tagAt != 0
	}
	return t.modifier()
}

// before returns the token before the toponym's noun phrase, past
// articles, compass words and nouns such as "the city of" and "the village".
func (d *document) before(t *toponym) int {
	s := d.sents[t.sent]
	i := t.first - 1
	for i >= s.first && d.modifies(i) {
		i--
	}
	for i > s.first {
		j := i
		if d.toks[j].is("of") && d.toks[j-1].tags&tagGeo != 0 && !d.toks[j-1].is("capital", "part", "people", "population", "state") {
			j--
			if d.at(j-1).is("this", "that", "a", "an", "any", "every", "another", "some") {
				break // "this region of X" lies in X, "the region of X" is X
			}
		} else if d.toks[j].tags&tagGeo == 0 || d.toks[j].upper {
			break
		}
		if d.toks[j].is("border", "frontier", "country", "countries") {
			break
		}
		i = j - 1
		for i >= s.first && d.modifies(i) {
			i--
		}
	}
	return i
}

// endsPhrase reports whether a lexicon phrase with one of the tags ends at
// token i, and returns its first token.
func (d *document) endsPhrase(i int, tag tags) (int, bool) {
	for k := 0; k < 4 && i-k >= 0; k++ {
		t := &d.toks[i-k]
		if t.tags&tag != 0 && (t.phrase == k+1 || k == 0 && t.phrase <= 1) {
			return i - k, true
		}
	}
	return -1, false
}

// prepositionOf returns the first token of the preposition of place that
// governs the toponym, or -1.
func (d *document) prepositionOf(t *toponym) int {
	s := d.sents[t.sent]
	for i := t.first - 1; i >= s.first; i-- {
		if k, ok := d.endsPhrase(i, tagAt); ok && k >= s.first {
			return k
		}
		if !d.toks[i].modifier() {
			break
		}
	}
	if b := d.before(t); b >= s.first {
		if k, ok := d.endsPhrase(b, tagAt); ok && k >= s.first {
			return k
		}
	}
	return -1
}

// predicate returns the token of the finite verb whose subject the toponym
// ends, or -1: past an apposition between commas, a bracket, and adverbs.
func (d *document) predicate(t *toponym) int {
	s := d.sents[t.sent]
	i := t.last + 1
	if d.at(i).kind == possessive {
		return -1
	}
	for i < s.last && d.toks[i].is("itself", "alone", "too") {
		i++
	}
	if i <= s.last && (d.toks[i].text == "(" || d.toks[i].text == ",") {
		closing := ","
		if d.toks[i].text == "(" {
			closing = ")"
		}
		j := i + 1
		for j <= s.last && d.toks[j].text != closing && j-i < 25 {
			j++
		}
		if j > s.last || d.toks[j].text != closing {
			return -1
		}
		i = j + 1
	}
	for i <= s.last && (d.isAdverb(i) || d.toks[i].text == "\"" || d.toks[i].text == "“") {
		i++
	}
	if i > s.last || !d.isFinite(i) {
		return -1
	}
	return i
}

func (d *document) isAdverb(i int) bool {
	t := &d.toks[i]
	return t.kind == word && (strings.HasSuffix(t.fold, "ly") && len(t.fold) > 4 ||
		t.is("also", "now", "then", "still", "again", "already", "too", "once", "soon", "first", "only", "even", "just", "never", "always", "long", "each", "both", "in", "turn", "therefore", "meanwhile", "itself", "alone", "all", "on", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "today", "yesterday", "this", "morning") &&
			(!t.is("in", "on", "this") || d.at(i+1).is("turn", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "morning", "week")))
}

// isFinite guesses whether the token is a finite verb: an auxiliary, a listed verb,
// a common irregular past, or a lower-case word that ends like one.
func (d *document) isFinite(i int) bool {
	t := &d.toks[i]
	if t.kind != word || t.upper {
		return false
	}
	if isAuxiliary(t) || t.tags&(tagSay|tagDeny|tagBlame) != 0 && !t.is("according", "including", "rule") {
		return true
	}
	if k := d.triggerAt(i); k >= 0 && d.triggers[k].speech != noun {
		return true
	}
	switch t.fold {
	case "sent", "told", "kept", "held", "gave", "took", "went", "made", "put", "cut", "shut", "let", "won", "lost", "met",
		"came", "left", "ran", "spoke", "withdrew", "brought", "paid", "chose", "knew", "rose", "began", "stood", "drew",
		"threw", "saw", "became", "got", "fell", "found", "bought", "sold", "built", "broke", "felt", "led", "lent", "wrote",
		"sought", "taught", "thought", "understood", "want", "say", "need", "keep", "hold", "meet", "face", "sat", "shook",
		"closed", "opened", "turned", "fear", "deny", "call", "refuse", "remain", "belong", "play", "share", "set", "beat",
		"have", "do", "hosts", "must", "grew", "spent", "blames":
		return true
	}
	if t.tags&(tagGeo|tagOffice|tagAdjunct|tagParty|tagUnarmed|tagArms|tagDeed) != 0 {
		return false
	}
	if strings.HasSuffix(t.fold, "ed") && len(t.fold) > 3 {
		return true
	}
	return strings.HasSuffix(t.fold, "s") && len(t.fold) > 3 && !strings.HasSuffix(t.fold, "ss") && !strings.HasSuffix(t.fold, "us") && !t.is("towards", "besides", "perhaps", "always", "this", "less", "its", "hours", "days", "weeks", "years", "whereas", "minus", "versus", "thus")
}

func isAuxiliary(t *token) bool {
	switch t.fold {
	case "is", "are", "was", "were", "has", "had", "have", "will", "would", "can", "could", "may", "might", "must", "should",
		"does", "did", "do", "cannot", "shall", "isnt", "wasnt", "hasnt", "doesnt", "didnt", "wont":
		return true
	}
	return false
}

func isBe(t *token) bool {
	switch t.fold {
	case "is", "are", "was", "were", "be", "been", "being", "remains", "remained", "became", "becomes", "stays":
		return true
	}
	return false
}
