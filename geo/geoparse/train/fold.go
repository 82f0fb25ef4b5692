package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// fold is a test: models learn from some documents and are scored on others.
type fold struct {
	name    string
	learned func(group int) bool // whether a document, by its number, teaches the models
	tested  []int                // documents
}

// folds divides the documents as the command line says. Documents that only
// test have a fold of their own, in which all others teach.
func (t *trainer) folds(o options) ([]fold, error) {
	var fs []fold
	switch {
	case o.hold != "":
		fs = t.byKey(func(d document) string {
			if d.corpus == o.hold {
				return o.hold
			}
			return ""
		})
		fs = slices.DeleteFunc(fs, func(f fold) bool { return f.name == "" })
		if o.hold == testOnly {
			return t.testFold(), nil
		}
		if len(fs) == 0 {
			return nil, fmt.Errorf("-hold %s: no corpus of that name", o.hold)
		}
		return append(fs, t.testFold()...), nil
	case o.by == "region":
		fs = t.byKey(func(d document) string { return regionOf(d.Document) })
	default:
		fs = t.byDocument(o.folds)
	}
	return append(fs, t.testFold()...), nil
}

// byDocument makes n folds by the documents' ids, so that a document's fold
// doesn't depend on what other documents there are.
func (t *trainer) byDocument(n int) []fold {
	return t.byKey(func(d document) string {
		h := linear.Hash(d.ID)
		return fmt.Sprintf("fold %02d", (h^h>>32)%uint64(n))
	})
}

// byKey makes a fold of the teaching documents with the same key; those with
// other keys teach.
func (t *trainer) byKey(key func(document) string) []fold {
	keys := make([]string, len(t.docs))
	var fs []fold
	for i, d := range t.docs {
		if !d.teaches() {
			continue
		}
		k := key(d)
		keys[i] = k
		j := slices.IndexFunc(fs, func(f fold) bool { return f.name == k })
		if j < 0 {
			j = len(fs)
			fs = append(fs, fold{name: k, learned: func(g int) bool { return t.docs[g].teaches() && keys[g] != k }})
		}
		fs[j].tested = append(fs[j].tested, i)
	}
	slices.SortFunc(fs, func(a, b fold) int { return cmp.Compare(a.name, b.name) })
	return fs
}

// testFold is the fold of the documents that only test, none if there are none.
func (t *trainer) testFold() []fold {
	f := fold{name: testOnly, learned: func(g int) bool { return t.docs[g].teaches() }}
	for i, d := range t.docs {
		if !d.teaches() {
			f.tested = append(f.tested, i)
		}
	}
	if f.tested == nil {
		return nil
	}
	return []fold{f}
}
