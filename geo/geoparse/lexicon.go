package geoparse

import (
	"embed"
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// tags are what the word lists say of a token; a phrase tags its first token.
type tags uint32

const (
	tagSay tags = 1 << iota
	tagDeny
	tagBlame
	tagParty
	tagDeed
	tagOffice
	tagGeo
	tagAdjunct
	tagOrganisation
	tagTitle
	tagFirst
	tagIrrealis
	tagAt
	tagNear
	tagUnarmed
	tagArms
	tagSpeaker
	tagNatural
	tagSport
	tagArmed
	tagOrdinary
	tagGovernment
)

func sectionTag(name string) (tags, bool) {
	for i, s := range []string{"say", "deny", "blame", "party", "deed", "office", "geo", "adjunct", "organisation",
		"title", "first", "irrealis", "at", "near", "unarmed", "arms", "speaker", "natural", "sport", "armed", "ordinary", "government"} {
		if s == name {
			return 1 << i, true
		}
	}
	return 0, false
}

// speech is the part of speech of an event word.
type speech uint8

const (
	noun speech = iota
	verb
	move
	enter
	grip
)

// eventWord is an event type of the lexicon with its part of speech.
type eventWord struct {
	kind   string
	speech speech
}

// entry is a lexicon phrase: its tags, and the events it tells of.
type entry struct {
	tags   tags
	cues   cues
	events []eventWord
	prefix bool // a longer phrase starts with this one
	whole  bool // the phrase itself is listed
}

// lexicon finds listed words and phrases by their linear.Hash, which tokens
// have. That an unlisted phrase has the hash of a listed one is less likely than
// a broken disk. It is read-only once built.
type lexicon struct {
	entries map[uint64]*entry
}

// newLexicon builds the lexicon from the embedded lists. A list that doesn't
// parse is a defect of this package, so it panics.
func newLexicon() *lexicon {
	l := &lexicon{entries: make(map[uint64]*entry, 4096)}
	l.readWords(mustRead("lexicon/words.txt"))
	for _, w := range strings.Fields(uncomment(mustRead("lexicon/ordinary.txt"))) {
		l.add(w).tags |= tagOrdinary
	}
	l.readEvents(mustRead("lexicon/events.txt"))
	l.readCues(mustRead("lexicon/cues.txt"))
	return l
}

func uncomment(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			b.WriteString(line)
		}
	}
	return b.String()
}

func mustRead(name string) string {
	b, err := lexiconFiles.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("geoparse: embedded %s: %v", name, err))
	}
	return string(b)
}

func (l *lexicon) readWords(text string) {
	var tag tags
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			t, ok := sectionTag(strings.Trim(line, "[]"))
			if !ok {
				panic(fmt.Sprintf("geoparse: words.txt:%d: unknown section %s", i+1, line))
			}
			tag = t
			continue
		}
		for _, form := range forms(line) {
			l.add(form).tags |= tag
		}
	}
}

func (l *lexicon) readEvents(text string) {
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			panic(fmt.Sprintf("geoparse: events.txt:%d: want 3 columns, got %d", i+1, len(f)))
		}
		var s speech
		switch f[1] {
		case "noun":
			s = noun
		case "verb":
			s = verb
		case "move":
			s = move
		case "enter":
			s = enter
		case "grip":
			s = grip
		default:
			panic(fmt.Sprintf("geoparse: events.txt:%d: unknown part of speech %q", i+1, f[1]))
		}
		for _, form := range forms(f[2]) {
			e := l.add(form)
			e.events = append(e.events, eventWord{f[0], s})
		}
	}
}

// add enters the phrase and every prefix of it.
func (l *lexicon) add(phrase string) *entry {
	words := strings.Fields(gazetteer.Fold(phrase))
	for n := 1; n < len(words); n++ {
		l.get(strings.Join(words[:n], " ")).prefix = true
	}
	e := l.get(strings.Join(words, " "))
	e.whole = true
	return e
}

func (l *lexicon) get(phrase string) *entry {
	key := linear.Hash(phrase)
	e := l.entries[key]
	if e == nil {
		e = &entry{}
		l.entries[key] = e
	}
	return e
}

// forms expands a line of a list: "shell+" to a regular verb's forms, "clash*"
// to singular and plural. A line with several words is a phrase if a word of
// it is marked or if it is one of the phrases that no marker tells, and a list of
// irregular forms if the words share their first letter.
func forms(line string) []string {
	words := strings.Fields(line)
	if len(words) > 1 && sameInitial(words) {
		return words
	}
	out := []string{""}
	for _, w := range words {
		var next []string
		for _, f := range inflect(w) {
			for _, o := range out {
				next = append(next, strings.TrimSpace(o+" "+f))
			}
		}
		out = next
	}
	return out
}

func sameInitial(words []string) bool {
	for _, w := range words {
		if w[0] != words[0][0] || strings.ContainsAny(w, "+*") || len(w) < 3 {
			return false
		}
	}
	return true
}

func inflect(w string) []string {
	switch {
	case strings.HasSuffix(w, "++"):
		b := w[:len(w)-2]
		d := b + b[len(b)-1:]
		return []string{b, b + "s", d + "ed", d + "ing"}
	case strings.HasSuffix(w, "+"):
		b := w[:len(w)-1]
		switch {
		case strings.HasSuffix(b, "e"):
			return []string{b, b + "s", b + "d", b[:len(b)-1] + "ing"}
		case endsInConsonantY(b):
			return []string{b, b[:len(b)-1] + "ies", b[:len(b)-1] + "ied", b + "ing"}
		}
		return []string{b, plural(b), b + "ed", b + "ing"}
	case strings.HasSuffix(w, "*"):
		b := w[:len(w)-1]
		return []string{b, plural(b)}
	}
	return []string{w}
}

func plural(b string) string {
	for _, s := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(b, s) {
			return b + "es"
		}
	}
	if endsInConsonantY(b) {
		return b[:len(b)-1] + "ies"
	}
	return b + "s"
}

func endsInConsonantY(b string) bool {
	return strings.HasSuffix(b, "y") && len(b) > 1 && !strings.ContainsRune("aeiou", rune(b[len(b)-2]))
}

// longest returns the longest listed phrase that starts at token i and doesn't
// leave the sentence, as a number of tokens, with its entry; 0 where none does.
func (l *lexicon) longest(toks []token, i, last int) (int, *entry) {
	n, found := 0, (*entry)(nil)
	key := uint64(0)
	for j := i; j <= last && j < i+5; j++ {
		if toks[j].isHyphen() && j > i {
			continue
		}
		if toks[j].kind != word {
			break
		}
		if j == i {
			key = toks[j].hash
		} else {
			key = linear.HashMore(linear.HashMore(key, " "), toks[j].fold)
		}
		e := l.entries[key]
		if e == nil {
			break
		}
		if e.whole {
			n, found = j-i+1, e
		}
		if !e.prefix {
			break
		}
	}
	return n, found
}
