package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// meaning is the most frequent sense of a lemma.
type meaning struct {
	file   uint8 // the lexicographer file in which it stands
	number int   // of the sense; 1 is the most frequent
	tagged int   // how often all senses of the lemma were met in WordNet's tagged texts
}

// senses is what WordNet says of nouns and verbs, by folded lemma.
type senses struct {
	nouns, verbs map[string]meaning
}

// readSenses reads WordNet's index of senses.
func readSenses(path string) (senses, error) {
	f, err := os.Open(path)
	if err != nil {
		return senses{}, err
	}
	defer f.Close() // only read
	s, err := decodeSenses(f)
	if err != nil {
		return s, fmt.Errorf("read %s: %w", path, err)
	}
	return s, nil
}

// decodeSenses reads lines such as "kill%2:35:00:: 01326622 1 56": the lemma, 1
// for nouns and 2 for verbs, the lexicographer file; then an offset, the number
// of the sense, and how often it was met.
func decodeSenses(r io.Reader) (senses, error) {
	s := senses{map[string]meaning{}, map[string]meaning{}}
	lemmas := [2]map[string]meaning{{}, {}}
	scanner := bufio.NewScanner(r)
	for line := 1; scanner.Scan(); line++ {
		fields := strings.Fields(scanner.Text())
		if len(fields) == 0 {
			continue
		}
		lemma, kind, m, err := parseSense(fields)
		if err != nil {
			return s, fmt.Errorf("line %d: %w", line, err)
		}
		if kind > 1 {
			continue
		}
		old, known := lemmas[kind][lemma]
		m.tagged += old.tagged
		if known && old.number < m.number {
			m.file, m.number = old.file, old.number
		}
		lemmas[kind][lemma] = m
	}
	if err := scanner.Err(); err != nil {
		return s, err
	}
	foldLemmas(s.nouns, lemmas[0])
	foldLemmas(s.verbs, lemmas[1])
	return s, nil
}

// parseSense returns the lemma and 0 for a noun, 1 for a verb, more for others.
func parseSense(fields []string) (lemma string, kind int, m meaning, err error) {
	lemma, key, ok := strings.Cut(fields[0], "%")
	parts := strings.Split(key, ":")
	if !ok || len(parts) < 2 || len(fields) != 4 {
		return "", 0, m, fmt.Errorf("%q is no sense", strings.Join(fields, " "))
	}
	numbers := [4]int{}
	for i, text := range []string{parts[0], parts[1], fields[2], fields[3]} {
		if numbers[i], err = strconv.Atoi(text); err != nil {
			return "", 0, m, fmt.Errorf("%q is no sense: %w", strings.Join(fields, " "), err)
		}
	}
	return lemma, numbers[0] - 1, meaning{file: uint8(numbers[1]), number: numbers[2], tagged: numbers[3]}, nil
}

// foldLemmas files lemmas under their folded form; of those that fold alike the
// one that was met more often counts, then the one that is written as it folds.
func foldLemmas(into map[string]meaning, lemmas map[string]meaning) {
	exact := map[string]bool{}
	for _, lemma := range slices.Sorted(maps.Keys(lemmas)) {
		m, fold := lemmas[lemma], gazetteer.Fold(lemma)
		old, known := into[fold]
		if known && (old.tagged > m.tagged || old.tagged == m.tagged && exact[fold]) {
			continue
		}
		into[fold], exact[fold] = m, lemma == fold
	}
}
