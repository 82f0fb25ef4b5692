package main

import (
	"errors"
	"fmt"
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
	gaz       geoparse.Gazetteer // for the examples
	testGaz   geoparse.Gazetteer // for the documents tested
	seams     map[geoparse.Seam]bool
	workers   int // folds at once
	docs      []document
	lessons   geoparse.Lessons
	sentences []linear.Example // sites of single sentences, for the event seam

	goldRoles bool // test with gold spans and roles given
}

func (t *trainer) learn() {
	p := geoparse.New(t.gaz, nil)
	for i, d := range t.docs {
		if d.teaches() {
			p.Learn(labelled(d, i), &t.lessons)
		}
	}
}

// learnPlacesWith adds what the documents teach of places with another gazetteer:
// one of more places has more namesakes.
func (t *trainer) learnPlacesWith(name string) error {
	g, err := gazetteer.Open(name)
	if err != nil {
		return err
	}
	p := geoparse.New(g, nil)
	var l geoparse.Lessons
	for i, d := range t.docs {
		if d.teaches() {
			p.Learn(labelled(d, i), &l)
		}
	}
	t.lessons.Place = append(t.lessons.Place, l.Place...)
	return g.Close()
}

func labelled(d document, group int) geoparse.Labelled {
	l := geoparse.Labelled{Article: d.Article(), Group: group, Weight: 1}
	if !strings.HasPrefix(d.Source, "synthetic") {
		l.Weight = realWeight
	}
	for _, m := range d.Mentions {
		g := geoparse.Gold{
			Start: m.Start, End: m.End, Role: m.Role, Event: m.Event, Claim: m.Claim, Optional: m.Optional, Kind: m.Kind,
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
			return fit.Ranker(kept(l.Place, keep, groupOfChoice), fit.Options{Penalty: 3})
		},
		geoparse.RoleSeam: func() ([]byte, error) {
			return fit.Classifier(kept(l.Role, keep, groupOfExample), len(geo.Roles()), fit.Options{Penalty: 10, Iterations: 80})
		},
		geoparse.EventSeam: func() ([]byte, error) {
			return fit.Classifier(append(kept(l.Event, keep, groupOfExample), t.sentences...), len(geo.EventTypes()), fit.Options{Penalty: 2, Least: 3})
		},
		geoparse.DateSeam: func() ([]byte, error) {
			return fit.Ranker(kept(l.Date, keep, groupOfChoice), fit.Options{})
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

func (t *trainer) write(dir string) error {
	models, err := t.all()
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
