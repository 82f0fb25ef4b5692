package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// newTrainer has learned from the few sentences in testdata.
func newTrainer(t *testing.T, workers int) *trainer {
	t.Helper()
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	seams, err := chosenSeams("")
	if err != nil {
		t.Fatal(err)
	}
	tr := &trainer{gaz: g, testGaz: g, seams: seams, workers: workers}
	for _, name := range []string{"small", "seeds"} {
		if err := tr.read(filepath.Join("testdata", name+".jsonl")); err != nil {
			t.Fatal(err)
		}
	}
	tr.learn()
	return tr
}

// The same articles give the same models, byte for byte, and models that read.
func TestTrainingIsDeterministic(t *testing.T) {
	folders := []string{t.TempDir(), t.TempDir()}
	for i, dir := range folders {
		if err := newTrainer(t, 1+i).write(dir); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(folders[0])
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(files, func(e os.DirEntry) bool { return e.Name() == "confidence.bin" }) {
		t.Errorf("no model of the confidence among %v", files)
	}
	for _, f := range files {
		a, err := os.ReadFile(filepath.Join(folders[0], f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := linear.Read(a); err != nil {
			t.Errorf("%s: %v", f.Name(), err)
		}
		b, err := os.ReadFile(filepath.Join(folders[1], f.Name()))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: another model the second time (%v)", f.Name(), err)
		}
	}
}

// Figures don't depend on how many folds run at once.
func TestValidationIsDeterministic(t *testing.T) {
	var printed [2]bytes.Buffer
	for i := range printed {
		tr := newTrainer(t, 1+3*i)
		folds, err := tr.folds(options{folds: 3})
		if err != nil {
			t.Fatal(err)
		}
		reports, err := tr.validate(folds)
		if err != nil {
			t.Fatal(err)
		}
		if err := eval.WriteJSON(&printed[i], reports); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := printed[0].String(), printed[1].String(); a != b {
		t.Errorf("two runs print\n%s\n%s", a, b)
	}
}

// Every document is tested once, never by what learned from it, and those of
// the corpus seeds teach nobody.
func TestFolds(t *testing.T) {
	tr := newTrainer(t, 1)
	for _, tt := range []struct {
		name   string
		o      options
		tested int
		names  []string // nil for any
	}{
		{"by document", options{folds: 3}, 10, nil},
		{"by region", options{by: "region"}, 10, []string{"Caucasus", "Eastern Europe", "Middle East", "Sub-Saharan Africa", "seeds"}},
		{"held out", options{hold: "small"}, 10, []string{"small", "seeds"}},
		{"the test corpus held out", options{hold: "seeds"}, 1, []string{"seeds"}},
	} {
		folds, err := tr.folds(tt.o)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		seen := make(map[int]bool)
		for _, f := range folds {
			names = append(names, f.name)
			for _, i := range f.tested {
				if seen[i] || f.learned(i) {
					t.Errorf("%s: %s is tested twice or after it was learned from", tt.name, tr.docs[i].ID)
				}
				seen[i] = true
			}
			for i, d := range tr.docs {
				if !d.teaches() && f.learned(i) {
					t.Errorf("%s: fold %s learns from %s", tt.name, f.name, d.ID)
				}
			}
		}
		if len(seen) != tt.tested || tt.names != nil && !slices.Equal(names, tt.names) {
			t.Errorf("%s: %d documents tested in folds %v", tt.name, len(seen), names)
		}
	}
	if _, err := tr.folds(options{hold: "nothing"}); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("holding out a corpus that isn't there: %v", err)
	}
}

func TestChosenSeams(t *testing.T) {
	got, err := chosenSeams("role,place")
	if err != nil || len(got) != 2 || !got[geoparse.RoleSeam] {
		t.Errorf("chose %v, %v", got, err)
	}
	if _, err := chosenSeams("roles"); err == nil {
		t.Error("a seam that doesn't exist is no error")
	}
}

// A country has its part of the world; one that no list has is elsewhere.
func TestPartOfWorld(t *testing.T) {
	for country, want := range map[string]string{"AM": "Caucasus", "SS": "Sub-Saharan Africa", "US": "North America", "": "elsewhere", "ZZ": "elsewhere"} {
		if got := partOfWorld(country); got != want {
			t.Errorf("%q lies in %s, want %s", country, got, want)
		}
	}
}
