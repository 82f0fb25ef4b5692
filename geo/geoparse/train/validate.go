package main

import (
	"errors"
	"fmt"
	"sync"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
	"github.com/conflictmap/conflictmap/geo/geoparse/fit"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// confidenceFolds is how many folds give the predictions that the confidence
// learns from where no cross-validation gives them anyway.
const confidenceFolds = 5

// result is a fold with what came of it.
type result struct {
	fold
	models     geoparse.Models
	confidence []linear.Example // of the tested documents
}

// validate scores every tested document by models that haven't learned from
// it, in the order of the documents.
func (t *trainer) validate(folds []fold) ([]*eval.Report, error) {
	results, err := t.run(folds)
	if err != nil {
		return nil, err
	}
	found := make([][]geo.Mention, len(t.docs))
	for k := range results {
		r := &results[k]
		if err := t.addConfidence(r, results); err != nil {
			return nil, err
		}
		p := geoparse.New(t.testGaz, r.models)
		for _, i := range r.tested {
			found[i] = t.reader(p, i).Parse(t.docs[i].Article())
		}
	}
	tested := make([]bool, len(t.docs))
	for _, f := range folds {
		for _, i := range f.tested {
			tested[i] = true
		}
	}
	var s eval.Suite
	for i, d := range t.docs {
		if tested[i] {
			s.Add(d.corpus, d.Document, found[i])
		}
	}
	for i, d := range t.docs {
		if tested[i] && d.teaches() {
			s.Add(together, d.Document, found[i])
		}
	}
	return s.Reports(), nil
}

// together is the name of the report on all teaching documents that were tested.
const together = "together"

// reader is what parses document i when it is scored.
func (t *trainer) reader(p *geoparse.Parser, i int) eval.Parser {
	if t.goldRoles {
		return given{p, labelled(t.docs[i], i)}
	}
	return p
}

// run trains the models of the folds, several folds at once.
func (t *trainer) run(folds []fold) ([]result, error) {
	results := make([]result, len(folds))
	errs := make([]error, len(folds))
	slots := make(chan struct{}, t.workers)
	var running sync.WaitGroup
	for k, f := range folds {
		running.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[k], errs[k] = t.test(f)
		})
	}
	running.Wait()
	return results, errors.Join(errs...)
}

// test trains the models of a fold and, if confidence is to be learned, parses
// its documents with them.
func (t *trainer) test(f fold) (result, error) {
	r := result{fold: f}
	raw, err := t.models(f.learned)
	if err != nil {
		return r, fmt.Errorf("%s: %w", f.name, err)
	}
	r.models = make(geoparse.Models)
	for seam, b := range raw {
		if r.models[seam], err = linear.Read(b); err != nil {
			return r, fmt.Errorf("%s: seam %s: %w", f.name, seam, err)
		}
	}
	if !t.seams[geoparse.ConfidenceSeam] {
		return r, nil
	}
	var l geoparse.Lessons
	p := geoparse.New(t.testGaz, r.models)
	for _, i := range f.tested {
		p.LearnConfidence(labelled(t.docs[i], i), &l)
	}
	r.confidence = l.Confidence
	return r, nil
}

// addConfidence gives the fold the model of the confidence seam. It learns
// from predictions on the documents that taught the fold's other models, as they
// were made in the other folds, or where those didn't test them in folds of its own.
func (t *trainer) addConfidence(r *result, results []result) error {
	if !t.seams[geoparse.ConfidenceSeam] {
		return nil
	}
	var examples []linear.Example
	for _, o := range results {
		if o.name != r.name && o.name != testOnly {
			examples = append(examples, kept(o.confidence, r.learned, groupOfExample)...)
		}
	}
	if len(examples) == 0 {
		var err error
		if examples, err = t.innerPredictions(r.learned); err != nil {
			return err
		}
	}
	b, err := fitConfidence(examples)
	if errors.Is(err, fit.ErrNothing) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("seam %s: %w", geoparse.ConfidenceSeam, err)
	}
	r.models[geoparse.ConfidenceSeam], err = linear.Read(b)
	return err
}

// innerPredictions cross-validates among the documents that learned lets
// through and returns their examples for the confidence.
func (t *trainer) innerPredictions(learned func(int) bool) ([]linear.Example, error) {
	folds := t.byDocument(confidenceFolds)
	for k := range folds {
		f := &folds[k]
		outer := f.learned
		f.learned = func(g int) bool { return outer(g) && learned(g) }
		f.tested = kept(f.tested, learned, func(i int) int { return i })
	}
	results, err := t.run(folds)
	if err != nil {
		return nil, err
	}
	var out []linear.Example
	for _, r := range results {
		out = append(out, r.confidence...)
	}
	return out, nil
}

// fitConfidence trains the model of the confidence seam.
func fitConfidence(examples []linear.Example) ([]byte, error) {
	return fit.Classifier(examples, 2, fit.Options{Penalty: 30, Least: 5})
}

// all trains every chosen seam on all teaching documents.
func (t *trainer) all() (map[geoparse.Seam][]byte, error) {
	teaches := func(g int) bool { return t.docs[g].teaches() }
	models, err := t.models(teaches)
	if err != nil || !t.seams[geoparse.ConfidenceSeam] {
		return models, err
	}
	examples, err := t.innerPredictions(teaches)
	if err != nil {
		return nil, err
	}
	b, err := fitConfidence(examples)
	if errors.Is(err, fit.ErrNothing) {
		return models, nil
	}
	if err != nil {
		return nil, fmt.Errorf("seam %s: %w", geoparse.ConfidenceSeam, err)
	}
	models[geoparse.ConfidenceSeam] = b
	return models, nil
}
