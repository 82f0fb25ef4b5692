package geoparse

import "strings"

// victims is a coordination of numbers of people: "a woman and her two
// children".
type victims struct {
	quantity      // the sum
	bare     bool // a number alone: "killed 16"
}

// victimsFrom reads the victims that start at token i and end by token end. A
// number that goes with a word of harm of its own ends them: "killed 16 people
// and 30 were wounded".
func (d *document) victimsFrom(i, end int) (victims, bool) {
	sum, ok := d.someVictims(i, end)
	if !ok || sum.none {
		return sum, ok
	}
	for {
		j := sum.last + 1
		switch {
		case d.at(j).text == "," && d.at(j+1).is("and"), d.at(j).is("along", "together") && d.at(j+1).is("with"):
			j += 2
		case d.at(j).is("as") && d.at(j+1).is("well") && d.at(j+2).is("as"):
			j += 3
		case d.at(j).text == ",", d.at(j).is("and", "plus"):
			j++
		default:
			return sum, true
		}
		next, ok := d.someVictims(j, end)
		if !ok {
			next, ok = d.relativeAt(j, end)
		}
		if !ok || next.none || next.bare || next.last < end && d.isHarmed(next.last+1) {
			return sum, true
		}
		sum.low, sum.high, sum.open = sum.low+next.low, sum.high+next.high, sum.open || next.open
		sum.last, sum.article = next.last, false
	}
}

// isHarmed reports whether what precedes token i is the subject of what starts there.
func (d *document) isHarmed(i int) bool {
	for i < len(d.toks) && (isAuxiliary(&d.toks[i]) || isBe(&d.toks[i]) || d.isAdverb(i)) {
		i++
	}
	h := harmOf(d.at(i))
	return h.deaths || h.injuries
}

// maxNoun is how many tokens the noun phrase behind a number may have.
const maxNoun = 9

// someVictims reads one number of people: what is counted must be people, or be
// left out.
func (d *document) someVictims(i, end int) (victims, bool) {
	q, ok := d.quantityAt(i, end)
	v := victims{quantity: q}
	if !ok || d.inDate(q.first, q.last) || d.at(q.last+1).is("more") && d.at(q.last+2).is("than") {
		return v, false
	}
	if q.last < end && d.at(q.last+1).is("of") {
		if !d.at(q.last+2).is("its", "his", "her", "their") {
			return v, false // "two of the wounded" are no more victims
		}
		q.last += 2
	}
	person, j := -1, q.last+1
	for ; j <= end && j-q.last <= maxNoun && d.inNoun(j); j++ {
		if d.isVictim(j) {
			person = j
		} else if person >= 0 && !d.isAfterthought(j) {
			person = -1 // "two police cars"
		}
	}
	switch {
	case person >= 0:
		v.last = person
		for n := person + 1; n <= end && d.toks[n].is("more", "others"); n++ {
			v.last = n
		}
		if v.last == person {
			v.last = d.membersOf(person, end)
		}
		return v, !q.none || d.isAnyone(person)
	case q.article || j > q.last+1 || d.looksLikeYear(q):
		return v, false
	}
	v.bare = true
	return v, true
}

// inDate reports whether the tokens are part of a date.
func (d *document) inDate(first, last int) bool {
	for _, x := range d.datesIn(d.sents[d.sentenceOf(first)]) {
		if x.first <= last && first <= x.last {
			return true
		}
	}
	return false
}

// relativeAt reads "his baby daughter" behind other victims.
func (d *document) relativeAt(i, end int) (victims, bool) {
	v := victims{quantity: quantity{first: i, last: i, low: 1, high: 1, article: true}}
	if i >= end || !d.toks[i].is("his", "her", "their") {
		return v, false
	}
	for j := i + 1; j <= end && j-i <= maxNoun && d.inNoun(j); j++ {
		v.last = j
	}
	t := &d.toks[v.last]
	return v, v.last > i && d.isVictim(v.last) && !strings.HasSuffix(t.fold, "s") && !t.is("children", "men", "women", "people")
}

// membersOf returns the last token of what the people at token i belong to:
// "four members of the security forces".
func (d *document) membersOf(i, end int) int {
	if i+2 > end || !d.toks[i+1].is("of") || !d.toks[i].is("members", "member", "officers", "officer", "soldiers", "employees", "workers", "officials", "residents", "students", "fighters", "staff") {
		return i
	}
	j := i + 2
	if d.toks[j].is("the", "a", "an", "his", "its", "their") {
		j++
	}
	last := i
	for ; j <= end && j-i <= maxNoun && d.inNoun(j); j++ {
		last = j
	}
	return last
}

// inNoun reports whether token i may belong to the noun phrase behind a number.
func (d *document) inNoun(i int) bool {
	t := &d.toks[i]
	if t.kind == possessive || t.isHyphen() {
		return true
	}
	if t.kind == punct || isFunctionWord(t) && !t.is("of") || isAuxiliary(t) || isBe(t) || t.tags&tagAt != 0 && !t.is("close", "parts") || t.tags&tagSay != 0 {
		return false
	}
	if t.is("of") || t.is("including", "among", "killed", "wounded", "injured", "hurt", "dead", "died", "who", "whom", "when", "amid", "following", "aged", "according", "were", "been", "being", "have", "had") {
		return false
	}
	if _, isNumber := smallNumber(t.fold); isNumber || t.is("several", "many", "dozens", "hundreds", "thousands") {
		return false
	}
	_, isMonth := month(t)
	return !isMonth || !t.upper
}

// isAfterthought reports whether token i says of people what they do or did:
// "16 civilians trapped", "three soldiers guarding".
func (d *document) isAfterthought(i int) bool {
	f := d.toks[i].fold
	return strings.HasSuffix(f, "ed") || strings.HasSuffix(f, "ing") || d.isAdverb(i)
}

// nounPerson is WordNet's class of the nouns for people.
const nounPerson = 18

// isVictim reports whether the token names people: a listed word, a compound of
// man or woman, or the adjective of a country.
func (d *document) isVictim(i int) bool {
	t := &d.toks[i]
	if t.kind != word {
		return false
	}
	if top := d.topAt[i]; top != nil && top.demonym && i == top.last && (strings.HasSuffix(t.fold, "s") || d.endsNoun(i+1)) {
		return true
	}
	if t.tags&(tagUnarmed|tagArms) != 0 || t.class.Noun == nounPerson && !t.upper && !isFunctionWord(t) {
		return true
	}
	for _, suffix := range []string{"man", "men", "person", "people", "woman", "women", "child", "children", "boy", "girl"} {
		if strings.HasSuffix(strings.TrimSuffix(t.fold, "s"), suffix) && !t.is("omen", "regimen", "specimen", "yemen", "amen") {
			return true
		}
	}
	return isPersonWord(strings.TrimSuffix(t.fold, "s"))
}

func (d *document) endsNoun(i int) bool {
	return i >= len(d.toks) || !d.inNoun(i)
}

// isAnyone reports whether nobody else is left where none of these is harmed:
// "no people", unlike "no soldiers".
func (d *document) isAnyone(i int) bool { return d.toks[i].is("people", "person", "one", "lives") }

// isPersonWord knows the singular of what people are called in reports of harm.
func isPersonWord(singular string) bool {
	switch singular {
	case "other", "more", "youth", "teen", "teenager", "adult", "minor", "baby", "babie", "infant", "toddler", "pensioner",
		"civilian", "soldier", "troop", "officer", "police", "fighter", "militant", "rebel", "insurgent", "separatist", "jihadist", "jihadi", "islamist",
		"terrorist", "extremist", "attacker", "assailant", "bomber", "guard", "ranger", "conscript", "recruit", "cadet", "commander", "general",
		"colonel", "major", "captain", "lieutenant", "sergeant", "marine", "paratrooper", "trooper", "commando", "sniper", "combatant",
		"peacekeeper", "observer", "monitor", "contractor", "crew", "mercenary", "mercenarie", "gendarme", "personnel", "reservist", "raider", "bandit", "pirate",
		"resident", "villager", "inhabitant", "local", "citizen", "national", "foreigner", "settler", "nomad",
		"worker", "labourer", "laborer", "miner", "farmer", "herder", "shepherd", "driver", "passenger", "pilot", "sailor", "employee", "staff",
		"journalist", "reporter", "photographer", "doctor", "nurse", "medic", "paramedic", "patient", "rescuer", "firefighter", "volunteer",
		"activist", "protester", "protestor", "demonstrator", "supporter", "member", "lawmaker", "politician", "mayor", "governor", "minister", "official",
		"judge", "lawyer", "teacher", "student", "pupil", "worshipper", "worshiper", "pilgrim", "priest", "imam", "cleric", "monk", "nun",
		"tourist", "visitor", "guest", "customer", "shopper", "trader", "vendor", "bystander", "pedestrian", "motorist", "commuter",
		"refugee", "migrant", "detainee", "prisoner", "inmate", "hostage", "captive", "suspect", "victim", "survivor",
		"relative", "mother", "father", "son", "daughter", "brother", "sister", "husband", "wife", "parent", "grandmother", "grandfather", "sibling",
		"kurd", "arab", "jew", "muslim", "christian", "hindu", "sikh", "buddhist", "yazidi", "sunni", "shiite":
		return true
	}
	return false
}
