// Package fit trains the models of package linear: the weights that make the
// right answers of labelled examples most probable, held small by a penalty on
// their squares, found by L-BFGS. The same examples give the same bytes.
//
// It is for the training command; nothing that parses imports it. Memory is a
// few hundred bytes for each feature and class.
package fit

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
	"gonum.org/v1/gonum/optimize"
)

// Options is how to train.
type Options struct {
	// Penalty is the weight of half the squared weights against the log
	// likelihood of the examples; 0 stands for 1.
	Penalty float64
	// Least is in how many examples a feature must stand to count; 0 stands for 2.
	Least int
	// Iterations bounds the search; 0 stands for 60.
	Iterations int
}

func (o Options) withDefaults() Options {
	if o.Penalty == 0 {
		o.Penalty = 1
	}
	if o.Least == 0 {
		o.Least = 2
	}
	if o.Iterations == 0 {
		o.Iterations = 60
	}
	return o
}

// ErrNothing is returned where there are no examples to learn from.
var ErrNothing = errors.New("fit: no examples")

// Classifier trains a model that chooses among classes.
func Classifier(examples []linear.Example, classes int, o Options) ([]byte, error) {
	o = o.withDefaults()
	v := newVocabulary()
	for _, e := range examples {
		if e.Label < 0 || e.Label >= classes {
			return nil, fmt.Errorf("fit: label %d of %d classes", e.Label, classes)
		}
		v.count(e.Features)
	}
	v.prune(o.Least)
	bags := make([][]int32, len(examples))
	for i, e := range examples {
		bags[i] = v.index(e.Features)
	}
	p := make([]float64, classes)
	return v.solve(classes, len(examples), o, func(i int, x, grad []float64) float64 {
		e := examples[i]
		score(bags[i], x, p)
		loss := logSum(p)
		weight := weightOf(e.Weight)
		value := weight * (loss - p[e.Label])
		for c := range p {
			g := math.Exp(p[c] - loss)
			if c == e.Label {
				g--
			}
			add(bags[i], grad, c, classes, weight*g)
		}
		return value
	})
}

// Ranker trains a model with one class that scores the right candidate of a
// choice above the others.
func Ranker(choices []linear.Choice, o Options) ([]byte, error) {
	o = o.withDefaults()
	v := newVocabulary()
	for _, c := range choices {
		if len(c.Right) != len(c.Candidates) {
			return nil, fmt.Errorf("fit: %d candidates, %d answers", len(c.Candidates), len(c.Right))
		}
		for _, b := range c.Candidates {
			v.count(b)
		}
	}
	v.prune(o.Least)
	bags := make([][][]int32, len(choices))
	for i, c := range choices {
		for _, b := range c.Candidates {
			bags[i] = append(bags[i], v.index(b))
		}
	}
	var all, right []float64
	return v.solve(1, len(choices), o, func(i int, x, grad []float64) float64 {
		c := choices[i]
		all, right = all[:0], right[:0]
		for j, b := range bags[i] {
			s := 0.0
			for _, f := range b {
				s += x[f]
			}
			all = append(all, s)
			if c.Right[j] {
				right = append(right, s)
			}
		}
		if len(right) == 0 || len(right) == len(all) {
			return 0 // nothing to tell apart
		}
		total, good := logSum(all), logSum(right)
		weight := weightOf(c.Weight)
		for j, b := range bags[i] {
			g := math.Exp(all[j] - total)
			if c.Right[j] {
				g -= math.Exp(all[j] - good)
			}
			add(b, grad, 0, 1, weight*g)
		}
		return weight * (total - good)
	})
}

func weightOf(w float64) float64 {
	if w == 0 {
		return 1
	}
	return w
}

// score writes the sums of the weights by class.
func score(bag []int32, x, p []float64) {
	clear(p)
	k := len(p)
	for _, f := range bag {
		for c, w := range x[int(f)*k : int(f)*k+k] {
			p[c] += w
		}
	}
}

func add(bag []int32, grad []float64, c, classes int, g float64) {
	for _, f := range bag {
		grad[int(f)*classes+c] += g
	}
}

func logSum(v []float64) float64 {
	largest := math.Inf(-1)
	for _, x := range v {
		largest = max(largest, x)
	}
	sum := 0.0
	for _, x := range v {
		sum += math.Exp(x - largest)
	}
	return largest + math.Log(sum)
}

// vocabulary numbers the features that are frequent enough.
type vocabulary struct {
	counts  map[uint32]int
	numbers map[uint32]int32
	keys    []uint32
}

func newVocabulary() *vocabulary {
	return &vocabulary{counts: make(map[uint32]int), numbers: make(map[uint32]int32)}
}

func (v *vocabulary) count(b linear.Bag) {
	for _, f := range b {
		v.counts[f]++
	}
}

// keep numbers a feature whatever its count.
func (v *vocabulary) keep(f uint32) { v.counts[f] = math.MaxInt32 }

func (v *vocabulary) prune(least int) {
	for f, n := range v.counts {
		if n >= least {
			v.keys = append(v.keys, f)
		}
	}
	sort.Slice(v.keys, func(i, j int) bool { return v.keys[i] < v.keys[j] })
	for i, f := range v.keys {
		v.numbers[f] = int32(i)
	}
	v.counts = nil
}

func (v *vocabulary) index(b linear.Bag) []int32 {
	out := make([]int32, 0, len(b))
	for _, f := range b {
		if i, ok := v.numbers[f]; ok {
			out = append(out, i)
		}
	}
	return out
}

// solve minimises the sum of the losses of n examples and the penalty. loss
// returns the loss of example i at x and adds its gradient to grad.
func (v *vocabulary) solve(classes, n int, o Options, loss func(i int, x, grad []float64) float64) ([]byte, error) {
	if n == 0 || len(v.keys) == 0 {
		return nil, ErrNothing
	}
	at := &point{x: make([]float64, len(v.keys)*classes), grad: make([]float64, len(v.keys)*classes)}
	at.eval = func(x, grad []float64) float64 {
		value := 0.0
		for i, w := range x {
			value += o.Penalty / 2 * w * w
			grad[i] = o.Penalty * w
		}
		for i := range n {
			value += loss(i, x, grad)
		}
		return value
	}
	problem := optimize.Problem{Func: at.value, Grad: at.gradient}
	settings := &optimize.Settings{MajorIterations: o.Iterations, Converger: &optimize.FunctionConverge{Relative: 1e-5, Iterations: 3}, Concurrent: 0}
	r, err := optimize.Minimize(problem, make([]float64, len(v.keys)*classes), settings, &optimize.LBFGS{Store: 8})
	if r == nil {
		return nil, fmt.Errorf("fit: %w", err)
	}
	// A line search that finds nothing better ends at the best point so far.
	weights := make(map[uint32][]float64, len(v.keys))
	for i, f := range v.keys {
		weights[f] = r.X[i*classes : (i+1)*classes]
	}
	return linear.Encode(classes, weights)
}

// point remembers value and gradient of the last point asked for, since the
// search asks for them one after the other.
type point struct {
	x, grad []float64
	last    float64
	known   bool
	eval    func(x, grad []float64) float64
}

func (p *point) at(x []float64) {
	if p.known {
		same := true
		for i := range x {
			if x[i] != p.x[i] {
				same = false
				break
			}
		}
		if same {
			return
		}
	}
	copy(p.x, x)
	p.last, p.known = p.eval(x, p.grad), true
}

func (p *point) value(x []float64) float64 {
	p.at(x)
	return p.last
}

func (p *point) gradient(grad, x []float64) {
	p.at(x)
	copy(grad, p.grad)
}
