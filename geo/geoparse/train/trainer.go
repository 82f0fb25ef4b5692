package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
	"github.com/conflictmap/conflictmap/geo/geoparse/fit"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// realWeight is how much more a real article counts than one written for
// training: real ones are what the parser is for.
const realWeight = 2

// trainer holds the documents and the examples that they give, made once for
// all folds: they don't depend on what other documents taught.
type trainer struct {
	gaz     geoparse.Gazetteer
	test    geoparse.Gazetteer // what cross-validation parses with
	seams   map[geoparse.Seam]bool
	docs    []document
	lessons geoparse.Lessons
}

func (t *trainer) learn() {
	p := geoparse.New(t.gaz, nil)
	for i, d := range t.docs {
		p.Learn(labelled(d, i), &t.lessons)
	}
}

func labelled(d document, group int) geoparse.Labelled {
	l := geoparse.Labelled{Article: d.Article(), Group: group, Weight: 1}
	if !strings.HasPrefix(d.Source, "synthetic") {
		l.Weight = realWeight
	}
	for _, m := range d.Mentions {
		g := geoparse.Gold{
			Start: m.Start, End: m.End, Role: m.Role, Event: m.Event, Claim: m.Claim, Optional: m.Optional,
			Days: geo.Interval{From: m.From, To: m.To},
		}
		if m.Lat != nil {
			g.IsPlace = func(p *gazetteer.Place) bool { return eval.SamePlace(m, p) }
		}
		l.Gold = append(l.Gold, g)
	}
	return l
}

// models trains the chosen seams on the documents that keep lets through, and
// returns their bytes.
func (t *trainer) models(keep func(group int) bool) (map[geoparse.Seam][]byte, error) {
	out := make(map[geoparse.Seam][]byte)
	l := &t.lessons
	for seam, train := range map[geoparse.Seam]func() ([]byte, error){
		geoparse.SpanSeam: func() ([]byte, error) {
			return fit.Tagger(kept(l.Span, keep, func(e linear.Sequence) int { return e.Group }), geoparse.SpanLabels, fit.Options{Penalty: 2})
		},
		geoparse.PlaceSeam: func() ([]byte, error) {
			return fit.Ranker(kept(l.Place, keep, groupOfChoice), fit.Options{})
		},
		geoparse.RoleSeam: func() ([]byte, error) {
			return fit.Classifier(kept(l.Role, keep, groupOfExample), len(geo.Roles()), fit.Options{})
		},
		geoparse.EventSeam: func() ([]byte, error) {
			return fit.Classifier(kept(l.Event, keep, groupOfExample), len(geo.EventTypes()), fit.Options{})
		},
		geoparse.DateSeam: func() ([]byte, error) {
			return fit.Ranker(kept(l.Date, keep, groupOfChoice), fit.Options{})
		},
		geoparse.ClaimSeam: func() ([]byte, error) {
			return fit.Classifier(kept(l.Claim, keep, groupOfExample), len(geo.Claims()), fit.Options{})
		},
	} {
		if !t.seams[seam] {
			continue
		}
		b, err := train()
		if errors.Is(err, fit.ErrNothing) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("seam %s: %w", seam, err)
		}
		out[seam] = b
	}
	return out, nil
}

func groupOfExample(e linear.Example) int { return e.Group }
func groupOfChoice(c linear.Choice) int   { return c.Group }

func kept[E any](all []E, keep func(int) bool, group func(E) int) []E {
	var out []E
	for _, e := range all {
		if keep(group(e)) {
			out = append(out, e)
		}
	}
	return out
}

// crossValidate scores each document by models that were trained on the other
// folds, and prints a line for each corpus and source.
func (t *trainer) crossValidate(folds int, w io.Writer, list bool) error {
	reports := make(map[string]*eval.Report)
	var order []string
	for k := range folds {
		raw, err := t.models(func(group int) bool { return group%folds != k })
		if err != nil {
			return err
		}
		models := make(geoparse.Models)
		for seam, b := range raw {
			if models[seam], err = linear.Read(b); err != nil {
				return err
			}
		}
		p := geoparse.New(t.test, models)
		for i, d := range t.docs {
			if i%folds != k {
				continue
			}
			for _, name := range t.reportNames(d) {
				if reports[name] == nil {
					reports[name] = &eval.Report{Corpus: name}
					order = append(order, name)
				}
				reports[name].Score(p, d.Document)
			}
		}
	}
	for _, name := range order {
		r := reports[name]
		fmt.Fprintf(w, "%-12s P %.3f R %.3f F1 %.3f  place %.3f  role %.3f  site P %.3f R %.3f F1 %.3f  pin F1 %.3f  event %.3f days %.3f claim %.3f  false sites %d\n",
			r.Corpus, r.Spans.Precision(), r.Spans.Recall(), r.Spans.F1(), r.Acc161.Share(), r.Roles.Share(), r.Sites.Precision(), r.Sites.Recall(), r.Sites.F1(),
			r.Pins.F1(), r.Events.Share(), r.Days.Share(), r.Claims.Share(), r.Sites.False)
		if list && !strings.Contains(name, "/") {
			for _, e := range r.Errors {
				fmt.Fprintf(os.Stderr, "%s: %s: %s: %q\n", e.Document, e.What, e.Name, e.Context)
			}
		}
	}
	return nil
}

// reportNames are the corpus and, where it mixes sources, the source.
func (t *trainer) reportNames(d document) []string {
	names := []string{d.corpus}
	if d.Source != "" && len(d.Source) < 20 && !strings.HasPrefix(d.Source, "synthetic") {
		names = append(names, d.corpus+"/"+d.Source)
	}
	return names
}

func (t *trainer) write(dir string) error {
	models, err := t.models(func(int) bool { return true })
	if err != nil {
		return err
	}
	for seam, b := range models {
		if err := os.WriteFile(filepath.Join(dir, string(seam)+".bin"), b, 0o644); err != nil {
			return fmt.Errorf("write model: %w", err)
		}
	}
	return nil
}
