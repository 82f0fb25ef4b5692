package geo_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func TestHoldsWords(t *testing.T) {
	const sentence = "Şuşa’s neighbour was shelled; the U.S. and R&D reacted, Xankəndi–Степанакерт."
	for query, want := range map[string]bool{
		"": true, "shelled": true, "SUSA": true, "susa's": true, "susas": true, "shell": false, "shelled neighbour": true, "shelled fired": false,
		"U.S.": true, "us": true, "u s": true, "r and d": true, "r&d": true, "xankandi": true, "СТЕПАНАКЕРТ": true, "u.s.r": false, "shelled shelled": true,
	} {
		words, err := geo.FoldWords(query)
		if got := geo.HoldsWords(sentence, words); err != nil || got != want {
			t.Errorf("%q: %t, %v, want %t", query, got, err, want)
		}
	}
	if _, err := geo.FoldWords(strings.Repeat("word ", geo.MaxWords+1)); err == nil {
		t.Error("no error for too many words")
	}
}

// FuzzSentenceWords compares the two ways to ask for words.
func FuzzSentenceWords(f *testing.F) {
	for _, s := range [][2]string{
		{"Şuşa’s neighbour was shelled", "susa shelled"}, {"the U.S. and R&D", "u.s. r&d"}, {"&a&&b", "and"}, {"خان\u200cکندی", "خان"}, {"\xff\x00K ﬃ №5", "k"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, sentence, query string) {
		all := geo.SentenceWords(sentence)
		for _, word := range all {
			if !geo.HoldsWords(sentence, word) {
				t.Errorf("%q doesn't hold its word %q", sentence, word)
			}
			if strings.ContainsFunc(word, func(r rune) bool { return r < 0x80 && (r < '0' || r > '9') && (r < 'a' || r > 'z') }) || word == "" {
				t.Errorf("%q has the word %q", sentence, word)
			}
		}
		if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) < len(all) {
			t.Errorf("%q has the words %q", sentence, all)
		}
		words, err := geo.FoldWords(query)
		if err != nil {
			return
		}
		want := true
		for word := range strings.FieldsSeq(words) {
			want = want && slices.Contains(all, word)
		}
		if got := geo.HoldsWords(sentence, words); got != want {
			t.Errorf("%q holds %q: %t, its words say %t", sentence, words, got, want)
		}
	})
}
