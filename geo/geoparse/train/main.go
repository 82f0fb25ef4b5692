// Command train rebuilds the models of the geoparser from articles with gold
// mentions, or measures by cross-validation how good such models are on
// articles that they haven't seen.
//
//	go run ./geo/geoparse/train -cv 5 CORPUS.jsonl…
//	go run ./geo/geoparse/train -output geo/geoparse/models CORPUS.jsonl…
//
// The same corpora and gazetteer give the same models, byte for byte.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
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

func run() (err error) {
	folds := flag.Int("cv", 0, "cross-validate with this many folds and write nothing")
	output := flag.String("output", "", "folder to write the models to")
	seams := flag.String("seams", "", "comma-separated seams to train; the others decide by rules (default all)")
	gazetteerFile := flag.String("gazetteer", "", "compiled gazetteer to use instead of the built-in one")
	testFile := flag.String("test-gazetteer", "", "compiled gazetteer to cross-validate with, when another than that of the training")
	list := flag.Bool("errors", false, "list what was read wrong in cross-validation on standard error")
	flag.Parse()
	if (*folds < 2) == (*output == "") {
		return errors.New("say -cv 2 or more, or -output")
	}
	g, err := openGazetteer(*gazetteerFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	t := &trainer{gaz: g, test: g, seams: chosenSeams(*seams)}
	if *testFile != "" {
		other, err := gazetteer.Open(*testFile)
		if err != nil {
			return err
		}
		defer other.Close()
		t.test = other
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
	if *folds >= 2 {
		return t.crossValidate(*folds, os.Stdout, *list)
	}
	return t.write(*output)
}

func openGazetteer(name string) (*gazetteer.Gazetteer, error) {
	if name == "" {
		return gazetteer.Builtin()
	}
	return gazetteer.Open(name)
}

func chosenSeams(list string) map[geoparse.Seam]bool {
	chosen := make(map[geoparse.Seam]bool)
	for _, s := range geoparse.Seams() {
		if list == "" {
			chosen[s] = true
		}
	}
	for _, s := range strings.Split(list, ",") {
		chosen[geoparse.Seam(s)] = true
	}
	return chosen
}

// document is a gold document with the corpus that it comes from.
type document struct {
	corpus string
	eval.Document
}

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
