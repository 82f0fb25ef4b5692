package geo

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// telling is a mention of an event as far as it tells where its account comes from.
type telling struct {
	origin    string
	published Day
	article   string
	start     int

	name             string
	sentence         string
	claim            Claim
	by               string
	deaths, injuries Count

	// what was made of the above, once it was needed
	print uint32
	read  *statement
}

// maxCompared is how many tellings each one is compared with: those that follow
// it by day of publication. Statements are quoted within days.
const maxCompared = 64

func tellingOf(r *Record) telling {
	return telling{
		origin: r.Origin, published: r.Article.Published, article: r.Article.ID, start: r.Start,
		name: r.Name, sentence: r.Sentence, claim: r.Claim, by: r.ClaimedBy, deaths: r.Deaths, injuries: r.Injuries,
	}
}

// sortTellings puts them in the order of publication.
func sortTellings(ts []telling) {
	slices.SortFunc(ts, func(a, b telling) int {
		return cmp.Or(ComparePublished(a.published, b.published), strings.Compare(a.article, b.article), cmp.Compare(a.start, b.start))
	})
}

// countOrigins counts the independent accounts among the tellings of one event.
// An article that tells of the event only what another one tells too, as the same
// statement, is no account of its own. That is said only where it can be shown:
// two accounts counted as one would hide a confirmation.
func countOrigins(ts []telling) int {
	group := make(map[string]string) // union-find over the origins
	for i := range ts {
		group[ts[i].origin] = ts[i].origin
	}
	if len(group) < 2 {
		return len(group)
	}
	for origin, others := range sharedBy(ts) {
		for _, other := range others {
			union(group, origin, other)
		}
	}
	n := 0
	for origin, parent := range group {
		if origin == parent {
			n++
		}
	}
	return n
}

// sharedBy lists for each origin the others that tell everything it tells.
func sharedBy(ts []telling) map[string][]string {
	also := make([]map[string]bool, len(ts)) // by telling: the origins that have it too
	for i := range ts {
		for j := i + 1; j < min(len(ts), i+1+maxCompared); j++ {
			if ts[i].origin == ts[j].origin || !ts[i].sameStatement(&ts[j]) {
				continue
			}
			also[i], also[j] = with(also[i], ts[j].origin), with(also[j], ts[i].origin)
		}
	}
	shared := make(map[string][]string)
	seen := make(map[string]bool)
	for i := range ts {
		o := ts[i].origin
		if !seen[o] {
			seen[o] = true
			for other := range also[i] {
				shared[o] = append(shared[o], other)
			}
			continue
		}
		shared[o] = slices.DeleteFunc(shared[o], func(other string) bool { return !also[i][other] })
	}
	return shared
}

func with(set map[string]bool, s string) map[string]bool {
	if set == nil {
		set = make(map[string]bool)
	}
	set[s] = true
	return set
}

func union(group map[string]string, a, b string) {
	a, b = find(group, a), find(group, b)
	group[max(a, b)] = min(a, b)
}

func find(group map[string]string, s string) string {
	for group[s] != s {
		group[s] = group[group[s]]
		s = group[s]
	}
	return s
}

const (
	// Claims are one in two wordings if this share of all their words is in both,
	// with a run of that many words in common: translations of a statement
	// differ in a few words.
	translatedShare, minTranslated, minRun = 0.6, 8, 6
	// minRepeated is how many words a sentence needs for its repetition to be no
	// coincidence.
	minRepeated = 10
)

// sameStatement reports whether two tellings of one event, in different
// articles, come from one statement: the same sentence, the same claimant with
// the same figures, or the same quoted words of the same persons. What the
// articles tell in their own voice must be the same to the letter.
func (t *telling) sameStatement(o *telling) bool {
	if t.repeats(o) {
		return true
	}
	told := t.claim != Reported && o.claim != Reported
	if !told && !(t.isQuoting() && o.isQuoting()) {
		return false
	}
	a, b := t.statement(), o.statement()
	if sharesQuote(a.quotes, b.quotes) && common(a.proper, b.proper) >= 2 {
		return true
	}
	if !told {
		return false
	}
	if min(len(a.words), len(b.words)) >= minTranslated && overlapOf(a.words, b.words) >= translatedShare && !a.contradicts(b) &&
		commonRun(a.text, b.text) >= minRun {
		return true
	}
	return sameFigures(t, o) && a.sameClaimant(b)
}

func (t *telling) isQuoting() bool { return strings.ContainsAny(t.sentence, quoteMarks) }

// repeats reports whether the sentences are one, but for case and punctuation.
func (t *telling) repeats(o *telling) bool {
	return t.fingerprint() == o.fingerprint() && strings.Count(t.sentence, " ") >= minRepeated-1
}

func (t *telling) fingerprint() uint32 {
	if t.print == 0 {
		t.print = hashWords(wordsOf(t.sentence)) | 1 // never the zero of "not yet"
	}
	return t.print
}

// sameFigures reports whether both state figures, and no different ones.
func sameFigures(t, o *telling) bool {
	same := func(a, b *Count) bool { return a.Low == b.Low && a.High == b.High && a.Open == b.Open }
	both := false
	for _, c := range [][2]*Count{{&t.deaths, &o.deaths}, {&t.injuries, &o.injuries}} {
		if c[0].Stated() && c[1].Stated() {
			if !same(c[0], c[1]) {
				return false
			}
			both = both || c[0].High > 0
		}
	}
	return both
}

// statement is a sentence made ready for comparison.
type statement struct {
	text     []string // its words in order, folded
	words    []string // the same as a sorted set
	quotes   []string // what it quotes: content words, joined by spaces
	proper   []string // stems of its capitalised words but for the place, sorted
	claimant []string // stems of the claimant's words, sorted
	named    []string // stems of its capitalised words, sorted
}

func (t *telling) statement() *statement {
	if t.read == nil {
		t.read = readStatement(t)
	}
	return t.read
}

func readStatement(t *telling) *statement {
	s := &statement{text: foldedWords(t.sentence), quotes: quotesOf(t.sentence)}
	s.words = sortedSet(slices.Clone(s.text))
	place := stems(foldedWords(t.name))
	s.proper = slices.DeleteFunc(properStems(t.sentence), func(w string) bool { return slices.Contains(place, w) })
	s.claimant, s.named = sortedSet(stems(foldedWords(t.by))), properStems(t.by)
	return s
}

// properStems returns the stems of the capitalised words, sorted.
func properStems(text string) []string {
	var out []string
	for w := range strings.FieldsFuncSeq(text, notOfWord) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			out = append(out, stems(foldedWords(w))...)
		}
	}
	return sortedSet(out)
}

// contradicts reports whether the claimants bear names, and have none in common.
func (s *statement) contradicts(o *statement) bool {
	return len(s.named) > 0 && len(o.named) > 0 && common(s.named, o.named) == 0
}

// sameClaimant reports whether the claimants are told by the same words, or one
// more fully than the other ("Azerbaijan's Ministry of Defence", "the
// Azerbaijani defence ministry in Baku").
func (s *statement) sameClaimant(o *statement) bool {
	n := min(len(s.claimant), len(o.claimant))
	if n == 0 || isAnybody(s.claimant) || isAnybody(o.claimant) {
		return false
	}
	shared := common(s.claimant, o.claimant)
	return shared == n && (n > 1 || len(s.claimant) == len(o.claimant))
}

// isAnybody reports whether the claimant may be a different one each time.
func isAnybody(claimant []string) bool {
	for _, w := range claimant {
		switch w {
		case "he", "she", "they", "it", "witne", "sourc", "repor", "media", "resid", "peopl", "some", "who", "one", "survi", "villa", "local":
		default:
			return false
		}
	}
	return true
}

// sharesQuote reports whether both quote the same words, two or more.
func sharesQuote(a, b []string) bool {
	return slices.ContainsFunc(a, func(q string) bool { return slices.Contains(b, q) })
}

const quoteMarks = "\"“”«»„"

// quotesOf returns the expressions between quotation marks that have two words
// of content or more. A mark without its twin opens or closes nothing.
func quotesOf(sentence string) []string {
	var quotes []string
	open := -1
	for i, r := range sentence {
		if !strings.ContainsRune(quoteMarks, r) {
			continue
		}
		if open >= 0 && r != '“' && r != '«' && r != '„' {
			if words := content(foldedWords(sentence[open:i])); len(words) >= 2 {
				quotes = append(quotes, strings.Join(words, " "))
			}
			open = -1
			continue
		}
		if r != '”' && r != '»' {
			open = i + utf8.RuneLen(r)
		}
	}
	return quotes
}

func notOfWord(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) }

// foldedWords returns the words of a text without case and accents.
func foldedWords(text string) []string {
	return strings.FieldsFunc(gazetteer.Fold(strings.Map(func(r rune) rune {
		if notOfWord(r) {
			return ' '
		}
		return r
	}, text)), notOfWord)
}

// content leaves out articles, prepositions and their like.
func content(words []string) []string {
	return slices.DeleteFunc(words, func(w string) bool {
		switch w {
		case "the", "a", "an", "of", "s", "for", "in", "on", "at", "to", "and", "or", "by", "from", "with", "his", "her", "its", "their", "is", "was", "be":
			return true
		}
		return false
	})
}

// stemSize is how many letters tell a word whatever its ending: Azerbaijan and
// Azerbaijani, defence and defense.
const stemSize = 5

func stems(words []string) []string {
	words = content(words)
	for i, w := range words {
		n := 0
		for at := range w {
			if n == stemSize {
				words[i] = w[:at]
				break
			}
			n++
		}
	}
	return words
}

func sortedSet(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// common counts what two sorted sets share.
func common(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// overlapOf is the share of the words of two sorted sets that is in both.
func overlapOf(a, b []string) float64 {
	n := common(a, b)
	return float64(n) / float64(max(1, len(a)+len(b)-n))
}

// maxRunWords bounds the part of a sentence in which a common run is looked for.
const maxRunWords = 80

// commonRun is the length of the longest run of words that both texts have.
func commonRun(a, b []string) int {
	a, b = a[:min(len(a), maxRunWords)], b[:min(len(b), maxRunWords)]
	longest := 0
	row := make([]int, len(b)+1)
	for i := range a {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] != b[j] {
				row[j+1] = 0
				continue
			}
			row[j+1] = row[j] + 1
			longest = max(longest, row[j+1])
		}
	}
	return longest
}
