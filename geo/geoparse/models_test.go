package geoparse_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// maxModels is the size in bytes that the embedded models may have together.
const maxModels = 6 << 20

func TestBuiltinModels(t *testing.T) {
	models, err := geoparse.BuiltinModels()
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir("models")
	if err != nil {
		t.Fatal(err)
	}
	var total int64
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
		seam, isModel := strings.CutSuffix(f.Name(), ".bin")
		if isModel && models[geoparse.Seam(seam)] == nil {
			t.Errorf("%s is the model of no seam", filepath.Join("models", f.Name()))
		}
	}
	if total > maxModels {
		t.Errorf("the models take %d bytes, want at most %d", total, maxModels)
	}
}

// What the parser reads right and wrong teaches the confidence; gold mentions
// that don't count teach nothing.
func TestLearnConfidence(t *testing.T) {
	p := newParser(t)
	isPlace := func(id string) func(*gazetteer.Place) bool {
		return func(p *gazetteer.Place) bool { return strings.Contains(p.Name, id) }
	}
	doc := geoparse.Labelled{
		Article: geo.Article{Published: sunday(t), Text: "Shells hit Stepanakert. Moscow called for calm in Baku, Goris and Kapan."},
		Gold: []geoparse.Gold{
			{Start: 11, End: 22, Role: geo.Site, IsPlace: isPlace("Stepanakert")}, // right
			{Start: 24, End: 30, Role: geo.Setting, IsPlace: isPlace("Moscow")},   // the role is wrong
			{Start: 50, End: 54, Role: geo.Setting, IsPlace: isPlace("Astara")},   // the place is wrong
			{Start: 56, End: 61, Role: geo.Setting, Optional: true},               // doesn't count
			{Start: 66, End: 71, Role: geo.Setting, IsPlace: nil},                 // no place to be wrong
		},
		Group: 7,
	}
	var l geoparse.Lessons
	p.LearnConfidence(doc, &l)
	var labels []int
	for _, e := range l.Confidence {
		labels = append(labels, e.Label)
		if e.Group != 7 || len(e.Features) == 0 {
			t.Errorf("example %+v", e)
		}
	}
	want := []int{1, 0, 0, 1}
	if len(labels) != len(want) {
		t.Fatalf("labels %v, want %v", labels, want)
	}
	for i := range want {
		if labels[i] != want[i] {
			t.Errorf("labels %v, want %v", labels, want)
		}
	}
}
