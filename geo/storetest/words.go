package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// sentences hold what words can be made of.
func sentences() []string {
	return append(hostile(),
		"Stepanakert, Şuşa’s neighbour, was shelled; the U.S. reacted.", "The army’s OR the navy's AND NOT the guard", "a NEAR b, near/2 c*, d\"e\" f",
		"words:rockets -rockets ^rockets rock* {rockets}", "Nagorno-Karabakh/Artsakh; Lachin–Berdzor", "Xankəndi ИЛИ Степанакерт Ստեփանակերտ სტეფანაკერტი",
		"خان\u200cکندی خان كندي", "北京 한국 日本", "R&D, AT&T & co.", "3.14 1,000 10:30 5km №5 ½ ²", "o'o o’o oo o.o", "... ’ &", "",
		"https://a.example/"+strings.Repeat("verylong", 300)+"?q=1", strings.Repeat("x", 70)+" "+strings.Repeat("y", 1000),
	)
}

// queries are words of the sentences, whole, in parts and together, and what is none.
func queries(rng *rand.Rand) []string {
	all := []string{"zzzz", "shell", "OR", "AND", "NOT", "NEAR", "near/2", "*", "rock*", `"`, `""`, "-rockets", "^", "words:rockets", "'", "''", "u.s", "us", "u", "s", "%", "_", "and"}
	words := strings.Fields(strings.Join(sentences(), " "))
	for range 40 {
		all = append(all, words[rng.IntN(len(words))], words[rng.IntN(len(words))]+" "+words[rng.IntN(len(words))])
	}
	return all
}

// testWords compares what stores find with geo.HoldsWords, which says what it means
// that a sentence holds words.
func testWords(t *testing.T, store Store) {
	rng := rand.New(rand.NewPCG(7, 1))
	for round := range 3 { // what came later is found as what came first
		for i, sentence := range sentences() {
			m := mention(fmt.Sprintf("w%d-%02d", round, i), 5, baku(), geo.Setting)
			m.Sentence = sentence
			put(t, store, geo.Article{ID: m.Article, Text: sentence}, []geo.Mention{m})
		}
		h := newHeld()
		h.read(t, store, index.State{})
		all, s := h.records(t, store), snapshot(t, store)
		for _, query := range queries(rng) {
			words, err := geo.FoldWords(query)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, r := range all {
				if geo.HoldsWords(r.Sentence, words) {
					want = append(want, r.ID())
				}
			}
			if got := selection(t, s, geo.Filter{Query: query}).mentions; !slices.Equal(got, want) {
				t.Errorf("round %d: the words %q select %q, want %q", round, query, got, want)
			}
			if words == "" {
				continue
			}
			if got := h.holding(t, store, words); !slices.Equal(got, want) {
				t.Errorf("round %d: the words %q are held by %q, want %q", round, words, got, want)
			}
		}
	}
}

// holding names the mentions that hold the words, in the order of records.
func (h *held) holding(t *testing.T, store Store, words string) []string {
	t.Helper()
	keys := collect(t, store.Holding(t.Context(), words))
	if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) < len(keys) {
		t.Errorf("the keys %d don't ascend", keys)
	}
	var found []index.Mention
	for _, m := range h.mentions {
		if _, ok := slices.BinarySearch(keys, m.Key); ok {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b index.Mention) int {
		return cmp.Compare(h.articles[a.Article].ID, h.articles[b.Article].ID)
	})
	var names []string
	for _, m := range found {
		names = append(names, fmt.Sprintf("%s:%d", h.articles[m.Article].ID, m.Start))
	}
	return names
}

func testHoldingInOddWays(t *testing.T, store Store) {
	if keys := collect(t, store.Holding(t.Context(), "shelled")); len(keys) > 0 {
		t.Errorf("an empty store has mentions with the keys %d", keys)
	}
	fill(t, store)
	if failure(store.Holding(t.Context(), "")) == nil {
		t.Error("no words: no error")
	}
	for range store.Holding(t.Context(), "in name") {
		break
	}
	if n := len(collect(t, store.Holding(t.Context(), strings.Repeat("in name ", geo.MaxWords/2)))); n != 12 {
		t.Errorf("%d mentions by words that are there twice, want 12", n)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := failure(store.Holding(ended, "name")); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}
