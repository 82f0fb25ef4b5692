package linear

import "math"

// Tagger labels the tokens of a sequence together: a linear-chain conditional
// random field (Lafferty, McCallum and Pereira 2001) of a model and the weights
// of neighbouring labels that it holds.
type Tagger struct {
	model *Model
	trans [][]float32 // by the label before (classes for the start), by label
}

// NewTagger returns the tagger of a model that was trained on sequences.
func NewTagger(m *Model) *Tagger {
	t := &Tagger{model: m, trans: make([][]float32, m.classes+1)}
	for before := range t.trans {
		t.trans[before] = make([]float32, m.classes)
		m.Scores(Bag{Transition(before)}, t.trans[before])
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

// marginals writes the share of each chosen label by forward and backward sums.
func (t *Tagger) marginals(n, k int, l *Lattice) {
	for c := range k {
		l.alpha[c] = t.trans[k][c] + l.scores[c]
		l.beta[(n-1)*k+c] = 0
	}
	var tmp [maxClasses]float32
	for i := 1; i < n; i++ {
		for c := range k {
			for p := range k {
				tmp[p] = l.alpha[(i-1)*k+p] + t.trans[p][c]
			}
			l.alpha[i*k+c] = LogSum(tmp[:k]) + l.scores[i*k+c]
		}
	}
	for i := n - 2; i >= 0; i-- {
		for c := range k {
			for q := range k {
				tmp[q] = t.trans[c][q] + l.scores[(i+1)*k+q] + l.beta[(i+1)*k+q]
			}
			l.beta[i*k+c] = LogSum(tmp[:k])
		}
	}
	for i := range n {
		for c := range k {
			tmp[c] = l.alpha[i*k+c] + l.beta[i*k+c]
		}
		c := int(l.Labels[i])
		l.Shares[i] = float32(math.Exp(float64(l.alpha[i*k+c] + l.beta[i*k+c] - LogSum(tmp[:k]))))
	}
}

// LogSum is the logarithm of the sum of the exponentials.
func LogSum(v []float32) float32 {
	largest := v[0]
	for _, x := range v[1:] {
		largest = max(largest, x)
	}
	if math.IsInf(float64(largest), -1) {
		return largest
	}
	sum := 0.0
	for _, x := range v {
		sum += math.Exp(float64(x - largest))
	}
	return largest + float32(math.Log(sum))
}
