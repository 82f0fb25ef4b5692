// Command train rebuilds the models of the geoparser from articles with gold
// mentions, or measures by cross-validation how good such models are on
// articles that they haven't seen.
//
//	go run ./geo/geoparse/train -cv 5 CORPUS.jsonl…
//	go run ./geo/geoparse/train -by region CORPUS.jsonl…
//	go run ./geo/geoparse/train -hold train-3 CORPUS.jsonl…
//	go run ./geo/geoparse/train -output geo/geoparse/models CORPUS.jsonl…
//
// Documents fall into folds by their id or by the part of the world they are
// about; -hold trains on the other corpora and tests on one. A corpus named
// seeds is only ever tested on. Sentences given by -sentences teach every fold and are
// never tested. The figures are those of `conflictmap eval`. The
// same corpora and gazetteer give the same models, byte for byte, and the same figures.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// options is the command line.
type options struct {
	folds                   int
	by, hold, output, seams string
	gazetteer, test, also   string
	sentences               string
	errors, json, matrix    bool
	goldRoles               bool
	parallel                int
}

func readOptions() (options, error) {
	var o options
	flag.IntVar(&o.folds, "cv", 0, "cross-validate with this many folds and write nothing")
	flag.StringVar(&o.by, "by", "document", "what falls into a fold together: document, or region (a fold for each, whatever -cv says)")
	flag.StringVar(&o.hold, "hold", "", "train on the other corpora and test on this one")
	flag.StringVar(&o.output, "output", "", "folder to write the models to")
	flag.StringVar(&o.seams, "seams", "", "comma-separated seams to train; the others decide by rules (default all)")
	flag.StringVar(&o.gazetteer, "gazetteer", "", "compiled gazetteer to use instead of the built-in one")
	flag.StringVar(&o.test, "test-gazetteer", "", "compiled gazetteer to parse the tested documents with (default that of the examples)")
	flag.StringVar(&o.also, "also", "", "a second compiled gazetteer to learn the choice among places with, so that it fits more than one")
	flag.StringVar(&o.sentences, "sentences", "", "sentences with the places of their events, event_location.jsonl, to learn event types from, too")
	flag.BoolVar(&o.errors, "errors", false, "list what was read wrong in the tested documents on standard error")
	flag.BoolVar(&o.json, "json", false, "print the figures as JSON")
	flag.BoolVar(&o.matrix, "matrix", false, "print the confusion of roles and events and the calibration, too")
	flag.BoolVar(&o.goldRoles, "gold-roles", false, "give the tested documents' gold spans and roles, to score event types, claims and days on all gold sites")
	flag.IntVar(&o.parallel, "parallel", runtime.GOMAXPROCS(0), "train this many folds at once")
	flag.Parse()
	byRegion := o.by == "region"
	if o.by != "document" && !byRegion {
		return o, fmt.Errorf("-by %s: want document or region", o.by)
	}
	chosen := 0
	for _, c := range []bool{o.folds >= 2 || byRegion, o.hold != "", o.output != ""} {
		if c {
			chosen++
		}
	}
	if chosen != 1 {
		return o, errors.New("say -cv 2 or more, -by region, -hold CORPUS, or -output")
	}
	return o, nil
}

func run() (err error) {
	o, err := readOptions()
	if err != nil {
		return err
	}
	g, err := openGazetteer(o.gazetteer)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	seams, err := chosenSeams(o.seams)
	if err != nil {
		return err
	}
	t := &trainer{gaz: g, testGaz: g, seams: seams, workers: max(1, o.parallel), goldRoles: o.goldRoles}
	if o.test != "" {
		test, err := gazetteer.Open(o.test)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, test.Close()) }()
		t.testGaz = test
	}
	for _, name := range flag.Args() {
		if err := t.read(name); err != nil {
			return err
		}
	}
	if len(t.docs) == 0 {
		return errors.New("no documents to learn from")
	}
	t.learn()
	if o.also != "" {
		if err := t.learnPlacesWith(o.also); err != nil {
			return err
		}
	}
	if o.sentences != "" {
		if err := t.readSentences(o.sentences); err != nil {
			return err
		}
	}
	if o.output != "" {
		return t.write(o.output)
	}
	folds, err := t.folds(o)
	if err != nil {
		return err
	}
	reports, err := t.validate(folds)
	if err != nil {
		return err
	}
	return write(o, reports)
}

func write(o options, reports []*eval.Report) error {
	for _, r := range reports {
		if o.errors && !strings.Contains(r.Corpus, "/") && r.Corpus != together {
			if err := eval.WriteErrors(os.Stderr, r); err != nil {
				return err
			}
		}
	}
	if o.json {
		return eval.WriteJSON(os.Stdout, reports)
	}
	err := eval.WriteTable(os.Stdout, reports)
	if o.matrix {
		err = errors.Join(err, eval.WriteMatrices(os.Stdout, reports))
	}
	return err
}

func openGazetteer(name string) (*gazetteer.Gazetteer, error) {
	if name == "" {
		return gazetteer.Builtin()
	}
	return gazetteer.Open(name)
}

func chosenSeams(list string) (map[geoparse.Seam]bool, error) {
	chosen := make(map[geoparse.Seam]bool)
	if list == "" {
		for _, s := range geoparse.Seams() {
			chosen[s] = true
		}
		return chosen, nil
	}
	for name := range strings.SplitSeq(list, ",") {
		s := geoparse.Seam(name)
		if !slices.Contains(geoparse.Seams(), s) {
			return nil, fmt.Errorf("-seams: no seam %q among %v", name, geoparse.Seams())
		}
		chosen[s] = true
	}
	return chosen, nil
}

// document is a gold document with the corpus that it comes from.
type document struct {
	corpus string
	eval.Document
}

// testOnly is the corpus that never teaches: the articles that the project
// began with, whose gold is its final test.
const testOnly = "seeds"

func (d document) teaches() bool { return d.corpus != testOnly }

// read adds the documents of a corpus.
func (t *trainer) read(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("corpus: %w", err)
	}
	defer f.Close()
	corpus := strings.TrimSuffix(filepath.Base(name), ".jsonl")
	return eval.Each(name, f, func(d eval.Document) error {
		t.docs = append(t.docs, document{corpus, d})
		return nil
	})
}
