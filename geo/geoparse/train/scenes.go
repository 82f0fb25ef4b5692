package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/fit"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// markedSentence is a line of the file of sentences: a verb, and the places where
// what it tells of happened.
type markedSentence struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Toponyms []marked `json:"toponyms"`
	Verb     []marked `json:"verb"`
}

type marked struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Name  string `json:"name"`
}

// learnScenes trains the scene seam on the sentences of a file, JSON Lines. The
// model doesn't depend on the articles, so that all folds share it. Sentences
// without a marked place say nothing, and a patrol is no conflict event.
func (t *trainer) learnScenes(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("scenes: %w", err)
	}
	defer f.Close()
	p := geoparse.New(t.gaz, nil)
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		var s markedSentence
		if err := json.Unmarshal(sc.Bytes(), &s); err != nil {
			return fmt.Errorf("scenes: %s:%d: %w", name, line, err)
		}
		if len(s.Toponyms) == 0 || len(s.Verb) > 0 && strings.HasPrefix(strings.ToLower(s.Verb[0].Name), "patrol") {
			continue
		}
		var spans [][2]int
		for _, m := range s.Toponyms {
			spans = append(spans, [2]int{m.Start, m.End})
		}
		p.LearnScenes(geo.Article{ID: s.ID, Text: s.Text}, spans, line, &t.lessons)
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("scenes: %s: %w", name, err)
	}
	t.scene, err = fit.Classifier(t.lessons.Scene, geoparse.SceneClasses, fit.Options{Penalty: 20})
	if err != nil {
		return fmt.Errorf("seam %s: %w", geoparse.SceneSeam, err)
	}
	return nil
}

// teacher returns the models with which examples are made: those that no
// article of the corpora taught.
func (t *trainer) teacher() (geoparse.Models, error) {
	if t.scene == nil {
		return nil, nil
	}
	m, err := linear.Read(t.scene)
	if err != nil {
		return nil, fmt.Errorf("seam %s: %w", geoparse.SceneSeam, err)
	}
	return geoparse.Models{geoparse.SceneSeam: m}, nil
}
