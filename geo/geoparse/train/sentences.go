package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// sentenceWeight is how much a site of a single sentence counts beside one of
// an article: it has no text about it, and nobody checked its label.
const sentenceWeight = 0.7

// sentenceTypes are the event types of sentences of the corpus that -sentences
// reads, "id type" a line.
//
//go:embed sentences.txt
var sentenceTypes string

// sentence is one with the places of the event that its verb names. Offsets
// are code points, end exclusive.
type sentence struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Toponyms []struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Type  string `json:"type"`
	} `json:"toponyms"`
}

// readSentences adds what labelled sentences teach of event types. They belong
// to no fold: every fold learns from them and none is tested on them.
func (t *trainer) readSentences(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("sentences: %w", err)
	}
	defer f.Close()
	types := make(map[string]geo.EventType)
	for line := range strings.Lines(sentenceTypes) {
		if id, e, ok := strings.Cut(strings.TrimSpace(line), " "); ok && id != "#" {
			types[id] = geo.EventType(e)
		}
	}
	p := geoparse.New(t.gaz, nil)
	var l geoparse.Lessons
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		var s sentence
		if err := json.Unmarshal(in.Bytes(), &s); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if e := types[s.ID]; e != "" {
			p.LearnEvents(s.labelled(e), &l)
		}
	}
	t.sentences = l.Event
	return in.Err()
}

// labelled makes a site of every place of the event.
func (s sentence) labelled(e geo.EventType) geoparse.Labelled {
	l := geoparse.Labelled{Article: geo.Article{ID: s.ID, Text: s.Text}, Weight: sentenceWeight}
	for _, x := range s.Toponyms {
		if x.Type == "event-location" {
			l.Gold = append(l.Gold, geoparse.Gold{Start: x.Start, End: x.End, Role: geo.Site, Event: e})
		}
	}
	return l
}
