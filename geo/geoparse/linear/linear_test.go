package linear_test

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

func bag(t linear.Template, values ...uint64) linear.Bag {
	var b linear.Bag
	for _, v := range values {
		b.Add(t, v)
	}
	return b
}

// encoded is a model of n features with two classes: feature i weighs i and -i.
func encoded(t testing.TB, n int) []byte {
	t.Helper()
	weights := make(map[uint32][]float64)
	for i := range n {
		weights[bag(1, uint64(i))[0]] = []float64{float64(i), -float64(i)}
	}
	b, err := linear.Encode(2, weights)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFeaturesDiffer(t *testing.T) {
	var b linear.Bag
	b.Flag(0)
	b.Flag(1)
	b.Add(0, 0)
	b.Add(0, 1)
	b.Add(1, 0)
	b.Add2(0, 1, 2)
	b.Add2(0, 2, 1)
	b.Add3(0, 1, 2, 3)
	b.Add3(0, 3, 2, 1)
	b.When(2, true)
	b.When(3, false)
	b = append(b, linear.Transition(0), linear.Transition(1))
	seen := make(map[uint32]bool)
	for _, f := range b {
		if f == 0 || seen[f] {
			t.Errorf("feature %x is empty or there twice", f)
		}
		seen[f] = true
	}
	if len(b) != 12 {
		t.Errorf("%d features, want 12", len(b))
	}
}

func TestModelKeepsWeights(t *testing.T) {
	for _, n := range []int{0, 1, 2, 5, 1000} {
		raw := encoded(t, n)
		if !bytes.Equal(raw, encoded(t, n)) {
			t.Errorf("%d features: the same weights give other bytes", n)
		}
		m, err := linear.Read(raw)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]float32, 2)
		for i := range n {
			m.Scores(bag(1, uint64(i)), out)
			if math.Abs(float64(out[0])-float64(i)) > float64(n)/250 || out[1] != -out[0] {
				t.Errorf("%d features: feature %d scores %v", n, i, out)
			}
		}
		if m.Scores(bag(2, 0, 1, 2), out); out[0] != 0 || out[1] != 0 {
			t.Errorf("unknown features score %v", out)
		}
	}
}

func TestModelAddsFeatures(t *testing.T) {
	m, err := linear.Read(encoded(t, 100))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Score(bag(1, 10, 20, 30)); math.Abs(float64(got)-60) > 0.05 {
		t.Errorf("features of 10, 20 and 30 score %v", got)
	}
}

func TestEncodeRefuses(t *testing.T) {
	for _, classes := range []int{-1, 0, 65} {
		if _, err := linear.Encode(classes, nil); err == nil {
			t.Errorf("%d classes are no error", classes)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	raw := encoded(t, 20)
	change := func(at int, v byte) []byte {
		b := bytes.Clone(raw)
		b[at] = v
		return b
	}
	for name, b := range map[string][]byte{
		"nothing":       nil,
		"cut header":    raw[:12],
		"cut slots":     raw[:len(raw)-1],
		"longer":        append(bytes.Clone(raw), 0),
		"magic":         change(0, 'X'),
		"version":       change(4, 9),
		"no class":      change(5, 0),
		"other classes": change(5, 9),
		"other slots":   change(6, 20),
		"too large":     change(6, 200),
	} {
		if _, err := linear.Read(b); !errors.Is(err, linear.ErrFormat) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestSoftmax(t *testing.T) {
	for _, scores := range [][]float32{{0}, {1, 1}, {1000, -1000, 999}, {-5, 0, 5}} {
		best := 0
		for i := range scores {
			if scores[i] > scores[best] {
				best = i
			}
		}
		linear.Softmax(scores)
		sum := float32(0)
		for i, p := range scores {
			sum += p
			if p < 0 || p > scores[best] || math.IsNaN(float64(p)) {
				t.Errorf("share %d is %v", i, p)
			}
		}
		if math.Abs(float64(sum)-1) > 1e-5 {
			t.Errorf("shares add up to %v", sum)
		}
	}
	linear.Softmax(nil)
}

// Of two labels that a token makes equally good, the label before decides; the
// shares are those that counting all four sequences gives.
func TestTagger(t *testing.T) {
	weights := map[uint32][]float64{
		bag(1, 1)[0]:         {0, 2},
		linear.Transition(1): {0, 1},
		linear.Transition(2): {0, 0.001}, // the start
	}
	raw, err := linear.Encode(2, weights)
	if err != nil {
		t.Fatal(err)
	}
	m, err := linear.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	var l linear.Lattice
	tagger := linear.NewTagger(m)
	for range 2 { // the lattice may be used again
		tagger.Tag([]linear.Bag{bag(1, 1), bag(1, 2)}, &l)
		if !bytes.Equal(l.Labels, []uint8{1, 1}) {
			t.Fatalf("labels %v", l.Labels)
		}
		total := 1 + 1 + math.Exp(2) + math.Exp(3)
		for i, want := range []float64{(math.Exp(2) + math.Exp(3)) / total, (1 + math.Exp(3)) / total} {
			if math.Abs(float64(l.Shares[i])-want) > 1e-2 {
				t.Errorf("token %d has the share %v, want %v", i, l.Shares[i], want)
			}
		}
	}
	tagger.Tag(nil, &l)
	if len(l.Labels) != 0 {
		t.Errorf("labels %v for no tokens", l.Labels)
	}
}

// Whatever reads as a model can be asked.
func FuzzRead(f *testing.F) {
	f.Add(encoded(f, 0))
	f.Add(encoded(f, 3))
	f.Add([]byte("CMLM\x01\x01\x00\x00\x00\x00\xc0\x7f\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		m, err := linear.Read(b)
		if err != nil {
			return
		}
		m.Scores(bag(1, 1, 2, 3), make([]float32, m.Classes()))
		m.Score(bag(1, 1))
		var l linear.Lattice
		linear.NewTagger(m).Tag([]linear.Bag{bag(1, 1), nil}, &l)
	})
}
