package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// maxLine bounds a line of a corpus in bytes.
const maxLine = 16 << 20

// Document is a text with its gold mentions.
type Document struct {
	ID        string    `json:"id"`
	Published geo.Day   `json:"published"`
	Source    string    `json:"source"`
	Title     string    `json:"title"`
	Text      string    `json:"text"`
	TextFile  string    `json:"text_file"` // instead of Text, relative to the corpus
	Mentions  []Mention `json:"mentions"`
}

// Mention is a gold mention. Offsets are code points, end exclusive.
type Mention struct {
	Start   int            `json:"start"`
	End     int            `json:"end"`
	Name    string         `json:"name"`
	Country string         `json:"country"`
	Kind    gazetteer.Kind `json:"kind"`
	Lat     *float64       `json:"lat"`
	Lon     *float64       `json:"lon"`
	Role    geo.Role       `json:"role"`
	Event   geo.EventType  `json:"event"`
	From    geo.Day        `json:"from"`
	To      geo.Day        `json:"to"`
	Claim   geo.Claim      `json:"claim"`
	// ClaimedBy is the claimant as written, empty where there is none.
	ClaimedBy string `json:"claimed_by"`
	Optional  bool   `json:"optional"`
}

// Article is the document as a parser gets it.
func (d Document) Article() geo.Article {
	return geo.Article{ID: d.ID, Published: d.Published, Source: d.Source, Title: d.Title, Text: d.Text}
}

// Run scores the parser on the corpus, JSON Lines of documents; name is
// its file name, to which the documents' text files are relative and which errors
// quote along with the line. The first report is that of the corpus; if it mixes
// sources, those of the sources follow.
func Run(p Parser, name string, corpus io.Reader) ([]*Report, error) {
	var s Suite
	err := Each(name, corpus, func(doc Document) error {
		s.Add(filepath.Base(name), doc, p.Parse(doc.Article()))
		return nil
	})
	if err != nil {
		return nil, err
	}
	reports := s.Reports()
	if len(reports) == 0 {
		return nil, fmt.Errorf("%s: no documents", name)
	}
	return reports, nil
}

// Each hands the documents of a corpus on one by one and stops at the first error.
func Each(name string, corpus io.Reader, do func(Document) error) error {
	sc := bufio.NewScanner(corpus)
	sc.Buffer(make([]byte, 0, 1<<16), maxLine)
	line := 0
	for sc.Scan() {
		line++
		if len(bytes.TrimSpace(sc.Bytes())) == 0 {
			continue
		}
		doc, err := readDocument(sc.Bytes(), filepath.Dir(name))
		if err == nil {
			err = do(doc)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	return nil
}

func readDocument(line []byte, dir string) (Document, error) {
	var d Document
	if err := json.Unmarshal(line, &d); err != nil {
		return d, fmt.Errorf("read document: %w", err)
	}
	if d.TextFile != "" {
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(d.TextFile)))
		if err != nil {
			return d, fmt.Errorf("document %s: %w", d.ID, err)
		}
		d.Text = string(b)
	}
	if !utf8.ValidString(d.Text) {
		return d, fmt.Errorf("document %s: the text is not valid UTF-8", d.ID)
	}
	text := []rune(d.Text)
	for _, m := range d.Mentions {
		if m.Start < 0 || m.End > len(text) || m.Start >= m.End || string(text[m.Start:m.End]) != m.Name {
			return d, fmt.Errorf("document %s: the text at %d:%d is not %q", d.ID, m.Start, m.End, m.Name)
		}
	}
	return d, nil
}
