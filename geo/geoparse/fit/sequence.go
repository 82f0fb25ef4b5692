package fit

import (
	"fmt"
	"math"

	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// Tagger trains a linear-chain conditional random field: the model for linear.NewTagger.
func Tagger(sequences []linear.Sequence, classes int, o Options) ([]byte, error) {
	o = o.withDefaults()
	v := newVocabulary()
	for before := range classes + 1 {
		v.keep(linear.Transition(before))
	}
	for _, s := range sequences {
		if len(s.Labels) != len(s.Features) {
			return nil, fmt.Errorf("fit: %d tokens, %d labels", len(s.Features), len(s.Labels))
		}
		for i, b := range s.Features {
			if int(s.Labels[i]) >= classes {
				return nil, fmt.Errorf("fit: label %d of %d classes", s.Labels[i], classes)
			}
			v.count(b)
		}
	}
	v.prune(o.Least)
	c := &chain{classes: classes, trans: make([]int, classes+1)}
	for before := range c.trans {
		c.trans[before] = int(v.numbers[linear.Transition(before)])
	}
	bags := make([][][]int32, len(sequences))
	for i, s := range sequences {
		for _, b := range s.Features {
			bags[i] = append(bags[i], v.index(b))
		}
	}
	return v.solve(classes, len(sequences), o, func(i int, x, grad []float64) float64 {
		s := sequences[i]
		return c.loss(bags[i], s.Labels, weightOf(s.Weight), x, grad)
	})
}

// chain holds the memory of the forward and backward sums.
type chain struct {
	classes             int
	trans               []int // by the label before (classes for the start): its feature's number
	scores, alpha, beta []float64
	tmp                 []float64
}

// loss is the negative log likelihood of the labels; its gradient is the
// difference of expected and found features.
func (c *chain) loss(bags [][]int32, labels []uint8, weight float64, x, grad []float64) float64 {
	n, k := len(bags), c.classes
	if n == 0 {
		return 0
	}
	c.sums(bags, x)
	total := logSum(c.alpha[(n-1)*k : n*k])
	gold, before := 0.0, k
	for i, y := range labels {
		gold += c.scores[i*k+int(y)] + x[c.trans[before]*k+int(y)]
		before = int(y)
	}
	before = k
	for i := range n {
		for q := range k {
			g := math.Exp(c.alpha[i*k+q] + c.beta[i*k+q] - total)
			if int(labels[i]) == q {
				g--
			}
			add(bags[i], grad, q, k, weight*g)
			if i == 0 {
				grad[c.trans[k]*k+q] += weight * g
				continue
			}
			for p := range k {
				e := math.Exp(c.alpha[(i-1)*k+p] + x[c.trans[p]*k+q] + c.scores[i*k+q] + c.beta[i*k+q] - total)
				if int(labels[i]) == q && before == p {
					e--
				}
				grad[c.trans[p]*k+q] += weight * e
			}
		}
		before = int(labels[i])
	}
	return weight * (total - gold)
}

// sums fills scores, alpha and beta.
func (c *chain) sums(bags [][]int32, x []float64) {
	n, k := len(bags), c.classes
	if len(c.scores) < n*k {
		c.scores, c.alpha, c.beta = make([]float64, n*k), make([]float64, n*k), make([]float64, n*k)
		c.tmp = make([]float64, k)
	}
	for i, b := range bags {
		score(b, x, c.scores[i*k:(i+1)*k])
	}
	for q := range k {
		c.alpha[q] = x[c.trans[k]*k+q] + c.scores[q]
		c.beta[(n-1)*k+q] = 0
	}
	for i := 1; i < n; i++ {
		for q := range k {
			for p := range k {
				c.tmp[p] = c.alpha[(i-1)*k+p] + x[c.trans[p]*k+q]
			}
			c.alpha[i*k+q] = logSum(c.tmp) + c.scores[i*k+q]
		}
	}
	for i := n - 2; i >= 0; i-- {
		for p := range k {
			for q := range k {
				c.tmp[q] = x[c.trans[p]*k+q] + c.scores[(i+1)*k+q] + c.beta[(i+1)*k+q]
			}
			c.beta[i*k+p] = logSum(c.tmp)
		}
	}
}
