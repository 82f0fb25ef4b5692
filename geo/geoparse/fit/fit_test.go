package fit_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geoparse/fit"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

func bag(values ...uint64) linear.Bag {
	var b linear.Bag
	for i, v := range values {
		b.Add(linear.Template(i), v)
	}
	return b
}

// A class that two features decide together with noise in a third.
func TestClassifierLearns(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var examples []linear.Example
	for range 600 {
		a, b := r.Uint64N(3), r.Uint64N(3)
		label := 0
		if a+b >= 2 {
			label = 1
		}
		examples = append(examples, linear.Example{Features: bag(a, b, r.Uint64N(50)), Label: label})
	}
	b, err := fit.Classifier(examples, 2, fit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := fit.Classifier(examples, 2, fit.Options{})
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("the same examples gave another model (%v)", err)
	}
	m, err := linear.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]float32, 2)
	for _, e := range examples {
		if m.Scores(e.Features, out); (out[1] > out[0]) != (e.Label == 1) {
			t.Errorf("label %d scored %v", e.Label, out)
		}
	}
}

func TestRankerLearns(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var choices []linear.Choice
	for range 300 {
		c := linear.Choice{Right: make([]bool, 4)}
		best, top := 0, uint64(0)
		for j := range 4 {
			v := r.Uint64N(8)
			if v >= top {
				best, top = j, v
			}
			c.Candidates = append(c.Candidates, bag(v, r.Uint64N(9)))
		}
		c.Right[best] = true
		choices = append(choices, c)
	}
	b, err := fit.Ranker(choices, fit.Options{Penalty: 0.1, Iterations: 200})
	if err != nil {
		t.Fatal(err)
	}
	m, err := linear.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if low, high := m.Score(bag(1)), m.Score(bag(7)); low >= high {
		t.Errorf("value 1 scores %v, value 7 %v", low, high)
	}
}

// Labels that only the label before tells: a 1 is followed by a 2.
func TestTaggerLearnsTransitions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var sequences []linear.Sequence
	for range 200 {
		var s linear.Sequence
		before := uint8(0)
		for range 6 {
			word, label := r.Uint64N(2), uint8(0)
			if before == 1 {
				word, label = 0, 2
			} else if word == 1 {
				label = 1
			}
			s.Features = append(s.Features, bag(word))
			s.Labels = append(s.Labels, label)
			before = label
		}
		sequences = append(sequences, s)
	}
	b, err := fit.Tagger(sequences, 3, fit.Options{Penalty: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	m, err := linear.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	var l linear.Lattice
	tagger := linear.NewTagger(m)
	for _, s := range sequences {
		tagger.Tag(s.Features, &l)
		if !bytes.Equal(l.Labels, s.Labels) {
			t.Fatalf("labels %v, want %v", l.Labels, s.Labels)
		}
		for i, p := range l.Shares {
			if p < 0.5 || p > 1.0001 {
				t.Errorf("token %d: share %v", i, p)
			}
		}
	}
}

func TestNothingToLearn(t *testing.T) {
	if _, err := fit.Classifier(nil, 2, fit.Options{}); err == nil {
		t.Error("no error")
	}
}
