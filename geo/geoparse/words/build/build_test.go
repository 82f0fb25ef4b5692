package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const someSenses = `kill%2:35:00:: 01326622 1 56
kill%2:29:00:: 01326623 2 4
route%2:38:00:: 1 1 3
rout%2:33:00:: 1 1 1
kidnap%2:40:00:: 1 1 2
leaf%1:20:00:: 1 1 9
he%1:27:00:: 1 1 0
air_raid%1:04:00:: 1 1 0
arms%1:06:00:: 1 1 0
arm%1:08:00:: 1 1 50
policeman%1:18:00:: 1 1 5
find%2:40:00:: 1 1 99
found%2:41:00:: 1 1 9
good%3:00:01:: 1 1 200
`

func TestGrammar(t *testing.T) {
	s, err := decodeSenses(strings.NewReader(someSenses))
	if err != nil {
		t.Fatal(err)
	}
	g := newGrammar(s)
	for _, test := range []struct {
		word       string
		noun, verb uint8
	}{
		{"killed", 0, 35}, {"kills", 0, 35}, {"killing", 0, 35}, {"routed", 0, 38}, {"kidnapped", 0, 40}, {"found", 0, 40},
		{"leaves", 20, 0}, {"he", 0, 0}, {"air raid", 4, 0}, {"air raids", 4, 0}, {"arms", 6, 0}, {"policemen", 18, 0},
		{"good", 0, 0}, {"s", 0, 0}, {"", 0, 0},
	} {
		if noun, verb := g.noun(test.word), g.verb(test.word); noun != test.noun || verb != test.verb {
			t.Errorf("%q: noun %d, verb %d; want %d, %d", test.word, noun, verb, test.noun, test.verb)
		}
	}
}

func TestDecodeSensesRefuses(t *testing.T) {
	for _, bad := range []string{"kill", "kill%2 1 1 1", "kill%2:35:00:: 1 1", "kill%a:35:00:: 1 1 1", "kill%2:35:00:: 1 x 1"} {
		if _, err := decodeSenses(strings.NewReader(bad)); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func embeddings(numbers int) string {
	v := "[" + strings.TrimSuffix(strings.Repeat("0.5,", numbers), ",") + "]"
	return `{"precision":8,"words":["the",",","Été","ete","12","u.s."],"vectors":{"the":` + v + `,"12":[1],"Été":` + v + `,"u.s.":` + v + `},"unkVector":[0]}`
}

func TestDecodeEmbeddings(t *testing.T) {
	for most, want := range map[int][]string{1: {"the"}, 9: {"the", "ete", "us"}} {
		v, err := decodeEmbeddings(strings.NewReader(embeddings(102)), most)
		if err != nil || !slices.Equal(v.words, want) || len(v.vectors) != len(want) || v.vectors[0][99] != 0.5 {
			t.Errorf("%d words: %q, %v", most, v.words, err)
		}
	}
	for name, bad := range map[string]string{
		"short vector": embeddings(99),
		"no vector":    `{"words":["the"],"vectors":{}}`,
		"no words":     `{}`,
		"a list":       `[]`,
		"cut":          embeddings(102)[:200],
	} {
		if _, err := decodeEmbeddings(strings.NewReader(bad), 9); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestClusterIsDeterministicAndNests(t *testing.T) {
	run := func() []place {
		random := rand.New(rand.NewPCG(1, 2))
		vectors := make([]vector, 3000)
		for i := range vectors {
			vectors[i][i%dimensions] = 3
			for d := range vectors[i] {
				vectors[i][d] += random.Float32()
			}
		}
		for i := range 50 { // words without a difference
			vectors[2000+i] = vector{}
		}
		return cluster(vectors)
	}
	places := run()
	if !slices.Equal(places, run()) {
		t.Error("two runs differ")
	}
	parents := map[uint16]place{}
	for i, p := range places {
		if q, ok := parents[p.fine]; ok && q != p || p.coarse == 0 || p.medium == 0 || p.fine == 0 {
			t.Fatalf("word %d is in %v and %v", i, p, q)
		}
		parents[p.fine] = p
	}
	if len(parents) < 100 {
		t.Errorf("%d fine clusters", len(parents))
	}
}
