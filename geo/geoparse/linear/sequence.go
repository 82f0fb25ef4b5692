package linear

import (
	"math"
	"slices"
)

// Tagger labels the tokens of a sequence together: a linear-chain conditional
// random field (Lafferty, McCallum and Pereira 2001) of a model and the weights
// of neighbouring labels that it holds.
type Tagger struct {
	model *Model
	trans [][]float32 // by the label before (classes for the start), by label
	odds  [][]float32 // their exponentials
}

// NewTagger returns the tagger of a model that was trained on sequences.
func NewTagger(m *Model) *Tagger {
	t := &Tagger{model: m, trans: make([][]float32, m.classes+1), odds: make([][]float32, m.classes+1)}
	for before := range t.trans {
		t.trans[before] = make([]float32, m.classes)
		m.Scores(Bag{Transition(before)}, t.trans[before])
		t.odds[before] = make([]float32, m.classes)
		for c, w := range t.trans[before] {
			t.odds[before][c] = float32(math.Exp(float64(w)))
		}
	}
	return t
}

// Lattice is the memory of a tagger's work, to be used again.
type Lattice struct {
	scores, alpha, beta []float32
	back                []uint8
	Labels              []uint8   // the best labels, by token
	Shares              []float32 // by token, the probability of its label
}

// Tag finds the best labels of the tokens and how probable each is given the
// whole sequence. The results stay valid until the lattice's next use.
func (t *Tagger) Tag(tokens []Bag, l *Lattice) {
	n, k := len(tokens), t.model.classes
	l.resize(n, k)
	if n == 0 {
		return
	}
	for i, b := range tokens {
		t.model.Scores(b, l.scores[i*k:(i+1)*k])
	}
	t.viterbi(n, k, l)
	t.marginals(n, k, l)
}

func (l *Lattice) resize(n, k int) {
	if cap(l.scores) < n*k {
		l.scores, l.alpha, l.beta = make([]float32, n*k), make([]float32, n*k), make([]float32, n*k)
		l.back = make([]uint8, n*k)
	}
	l.scores, l.alpha, l.beta, l.back = l.scores[:n*k], l.alpha[:n*k], l.beta[:n*k], l.back[:n*k]
	if cap(l.Labels) < n {
		l.Labels, l.Shares = make([]uint8, n), make([]float32, n)
	}
	l.Labels, l.Shares = l.Labels[:n], l.Shares[:n]
}

func (t *Tagger) viterbi(n, k int, l *Lattice) {
	best := l.alpha // free until the marginals
	for c := range k {
		best[c] = t.trans[k][c] + l.scores[c]
	}
	for i := 1; i < n; i++ {
		for c := range k {
			top, from := float32(math.Inf(-1)), 0
			for p := range k {
				if s := best[(i-1)*k+p] + t.trans[p][c]; s > top {
					top, from = s, p
				}
			}
			best[i*k+c], l.back[i*k+c] = top+l.scores[i*k+c], uint8(from)
		}
	}
	last := 0
	for c := range k {
		if best[(n-1)*k+c] > best[(n-1)*k+last] {
			last = c
		}
	}
	for i := n - 1; i >= 0; i-- {
		l.Labels[i] = uint8(last)
		last = int(l.back[i*k+last])
	}
}

// marginals writes the share of each chosen label by forward and backward
// sums. The sums are of probabilities rather than of their logarithms, each token's
// scaled to 1, which spares most of the logarithms and never underflows.
func (t *Tagger) marginals(n, k int, l *Lattice) {
	for i := range n {
		row := l.scores[i*k : (i+1)*k]
		largest := slices.Max(row)
		for c := range row {
			row[c] = float32(math.Exp(float64(row[c] - largest)))
		}
	}
	for c := range k {
		l.alpha[c] = t.odds[k][c] * l.scores[c]
		l.beta[(n-1)*k+c] = 1
	}
	rescale(l.alpha[:k])
	for i := 1; i < n; i++ {
		for c := range k {
			sum := float32(0)
			for p := range k {
				sum += l.alpha[(i-1)*k+p] * t.odds[p][c]
			}
			l.alpha[i*k+c] = sum * l.scores[i*k+c]
		}
		rescale(l.alpha[i*k : (i+1)*k])
	}
	for i := n - 2; i >= 0; i-- {
		for c := range k {
			sum := float32(0)
			for q := range k {
				sum += t.odds[c][q] * l.scores[(i+1)*k+q] * l.beta[(i+1)*k+q]
			}
			l.beta[i*k+c] = sum
		}
		rescale(l.beta[i*k : (i+1)*k])
	}
	for i := range n {
		sum := float32(0)
		for c := range k {
			sum += l.alpha[i*k+c] * l.beta[i*k+c]
		}
		c := int(l.Labels[i])
		l.Shares[i] = l.alpha[i*k+c] * l.beta[i*k+c] / max(sum, math.SmallestNonzeroFloat32)
	}
}

// rescale divides the numbers, none of them negative, by their sum.
func rescale(v []float32) {
	sum := float32(0)
	for _, x := range v {
		sum += x
	}
	if sum > 0 {
		for i := range v {
			v[i] /= sum
		}
	}
}
