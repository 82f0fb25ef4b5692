package main

import (
	"errors"
	"fmt"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/fit"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// innerFolds is into how many parts the documents are cut so that the second pass
// of the roles learns from what the first says of documents that it hasn't seen.
const innerFolds = 5

// roleOptions is how both passes are trained; penalties from 10 to 30 do about as
// well in cross-validation.
func roleOptions() fit.Options { return fit.Options{Penalty: 20, Iterations: 80} }

// trainRoles trains both passes of the role seam.
func trainRoles(lessons []geoparse.RoleLesson, out map[geoparse.Seam][]byte) error {
	var err error
	out[geoparse.RoleSeam], err = trainFirst(lessons, func(int) bool { return true })
	if errors.Is(err, fit.ErrNothing) {
		delete(out, geoparse.RoleSeam)
		return nil
	}
	if err != nil {
		return fmt.Errorf("seam %s: %w", geoparse.RoleSeam, err)
	}
	second, err := secondExamples(lessons)
	if err != nil {
		return fmt.Errorf("seam %s: %w", geoparse.RoleAgainSeam, err)
	}
	out[geoparse.RoleAgainSeam], err = fit.Classifier(second, len(geo.Roles()), roleOptions())
	if err != nil {
		return fmt.Errorf("seam %s: %w", geoparse.RoleAgainSeam, err)
	}
	return nil
}

func trainFirst(lessons []geoparse.RoleLesson, keep func(group int) bool) ([]byte, error) {
	var examples []linear.Example
	for _, e := range lessons {
		if keep(e.Group) {
			examples = append(examples, e.Example)
		}
	}
	return fit.Classifier(examples, len(geo.Roles()), roleOptions())
}

// secondExamples returns the examples of the second pass.
func secondExamples(lessons []geoparse.RoleLesson) ([]linear.Example, error) {
	shares := make([][]float32, len(lessons))
	for k := range innerFolds {
		b, err := trainFirst(lessons, func(group int) bool { return group/5%innerFolds != k })
		if errors.Is(err, fit.ErrNothing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		m, err := linear.Read(b)
		if err != nil {
			return nil, err
		}
		for i, e := range lessons {
			if e.Group/5%innerFolds == k {
				shares[i] = make([]float32, m.Classes())
				m.Scores(e.Features, shares[i])
				linear.Softmax(shares[i])
			}
		}
	}
	out := make([]linear.Example, 0, len(lessons))
	first := 0 // of the document
	for i, e := range lessons {
		if e.Group != lessons[first].Group {
			first = i
		}
		x := e.Example
		x.Features = geoparse.SecondRole(append(linear.Bag(nil), e.Features...), e.Links, func(to int) []float32 { return shares[first+to] })
		out = append(out, x)
	}
	return out, nil
}
