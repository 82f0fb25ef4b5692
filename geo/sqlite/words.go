package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// The index of words takes in many mentions at a time: a row of it costs as much
// as a hundred keys, and a mention has twenty words. Until then a search reads the
// sentences of the newest mentions.
const (
	wordsAtOnce  = 4096    // mentions that wait for the index at most; it takes 50 ms to read them
	wordsPerStep = 1 << 16 // mentions that a transaction takes in at most, some 20 MB of memory
)

// sentencesAtOnce is how many sentences are read at once.
const sentencesAtOnce = 1000

// packSentences packs the keys and sentences of the next mentions.
const packSentences = `SELECT group_concat(concat_ws(char(0), key, sentence, ''), '')
FROM (SELECT key, sentence FROM mention WHERE key > ? AND key <= ? ORDER BY key LIMIT ?)`

// eachSentence hands over the sentences of the mentions with keys in a range, the
// first key left out, in the order of keys.
func eachSentence(ctx context.Context, tx *sql.Tx, after, last int64, do func(key int64, sentence string)) error {
	for {
		var rows sql.NullString
		if err := tx.QueryRowContext(ctx, packSentences, after, last, sentencesAtOnce).Scan(&rows); err != nil {
			return fmt.Errorf("read sentences after key %d: %w", after, err)
		}
		p := packed{rest: rows.String}
		if p.done() {
			return nil
		}
		for !p.done() {
			after = p.integer()
			sentence := p.text()
			if p.err == nil {
				do(after, sentence)
			}
		}
		if p.err != nil {
			return fmt.Errorf("read the sentence with key %d: %w", after, p.err)
		}
	}
}

// indexWords takes the sentences of the mentions with keys in a range, the first key left
// out, into the index of words.
func indexWords(ctx context.Context, tx *sql.Tx, after, last int64) error {
	found := make(map[string]*run)
	split := splitter{known: make(map[string][]string)}
	err := eachSentence(ctx, tx, after, last, func(key int64, sentence string) {
		for piece := range strings.SplitSeq(sentence, " ") {
			for _, word := range split.words(piece) {
				r := found[word]
				if r == nil {
					r = new(run)
					found[strings.Clone(word)] = r
				}
				r.add(key)
			}
		}
	})
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO word_run (word, first, more) VALUES (?, ?, ?)`)
	if err != nil {
		return fmt.Errorf("store words: %w", err)
	}
	defer insert.Close() // its error, if any, is that of the last Exec
	for _, word := range slices.Sorted(maps.Keys(found)) {
		r := found[word]
		if r.more == nil {
			r.more = []byte{} // NULL otherwise
		}
		if _, err := insert.ExecContext(ctx, word, r.first, r.more); err != nil {
			return fmt.Errorf("store the mentions with the word %q: %w", word, err)
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE meta SET words_upto = ?`, last); err != nil {
		return fmt.Errorf("note which mentions have their words stored: %w", err)
	}
	return nil
}

// splitter finds the words of pieces of sentences that have no blanks in them.
// Folding looks at no two pieces together, so the words of a sentence are those
// of its pieces; and most pieces were there before, which spares nine tenths of
// the time.
type splitter struct {
	known map[string][]string
	bytes int // of the pieces that are known
}

// maxSplitBytes bounds what a splitter remembers.
const maxSplitBytes = 4 << 20

func (s *splitter) words(piece string) []string {
	words, ok := s.known[piece]
	if ok {
		return words
	}
	words = geo.SentenceWords(piece)
	if s.bytes += len(piece) + 64; s.bytes > maxSplitBytes {
		clear(s.known)
		s.bytes = len(piece)
	}
	s.known[strings.Clone(piece)] = words
	return words
}

// wordState reads up to which key mentions have their words stored, and the highest
// key that one has or may have had.
const (
	wordState = `SELECT words_upto, ` + lastKey + ` FROM meta`
	lastKey   = `max(words_upto, COALESCE((SELECT max(key) FROM mention), 0))`
)

// indexStored takes the words of what is stored into the index, until so few
// mentions wait for it as Put leaves. Each step is a transaction: what is
// interrupted goes on the next time. notice is told how many mentions are done, of
// how many, before and after each step.
func (db *DB) indexStored(ctx context.Context, notice func(done, total int)) error {
	begun := int64(-1)
	for {
		var upto, last int64
		if err := db.readers.QueryRowContext(ctx, wordState).Scan(&upto, &last); err != nil {
			return fmt.Errorf("index words: %w", err)
		}
		if last-upto <= db.waiting {
			return nil
		}
		if begun < 0 {
			begun = upto
			notice(0, int(last-begun))
		}
		now, err := db.indexStep(ctx)
		if err != nil {
			return fmt.Errorf("index words: %w", err)
		}
		notice(int(now-begun), int(max(now, last)-begun))
	}
}

// indexStep takes in the words of some mentions, and returns up to which key that was.
func (db *DB) indexStep(ctx context.Context) (upto int64, err error) {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("begin to write: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // undoes nothing after Commit
	var last int64
	if err := tx.QueryRowContext(ctx, wordState).Scan(&upto, &last); err != nil {
		return 0, err
	}
	last = min(last, upto+wordsPerStep) // another process may have been here meanwhile
	if err := indexWords(ctx, tx, upto, last); err != nil {
		return 0, err
	}
	if err := tx.Commit(); err != nil {
		return 0, fmt.Errorf("commit: %w", err)
	}
	return last, nil
}
