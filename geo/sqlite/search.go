package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Holding yields the keys of the mentions whose sentences hold the words, as
// geo.HoldsWords has it, ascending. geo.FoldWords made the words; without any
// there is nothing to look for, which is an error.
func (db *DB) Holding(ctx context.Context, words string) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		s, err := db.Snapshot(ctx)
		if err != nil {
			yield(0, fmt.Errorf("look for words: %w", err))
			return
		}
		more, err := s.holding(ctx, words, func(key int64) bool { return yield(key, nil) })
		if err = errors.Join(err, s.Close()); err != nil && more {
			yield(0, fmt.Errorf("look for words: %w", err))
		}
	}
}

// withKeys puts keys in place of the words among the arguments of a statement.
func (s *Snapshot) withKeys(ctx context.Context, args []any) ([]any, error) {
	args = slices.Clone(args)
	for i, arg := range args {
		words, ok := arg.(held)
		if !ok {
			continue
		}
		list := []byte{'['}
		if _, err := s.holding(ctx, string(words), func(key int64) bool {
			list = append(strconv.AppendInt(list, key, 10), ',')
			return true
		}); err != nil {
			return nil, err
		}
		args[i] = string(append(bytes.TrimSuffix(list, []byte{','}), ']'))
	}
	return args, nil
}

// holding hands over the keys of Holding, and returns false if the caller wants no
// more of them.
func (s *Snapshot) holding(ctx context.Context, words string, do func(key int64) bool) (more bool, err error) {
	if words == "" {
		return true, errors.New("there are none")
	}
	var upto int64
	if err := s.tx.QueryRowContext(ctx, `SELECT words_upto FROM meta`).Scan(&upto); err != nil {
		return true, err
	}
	if upto > 0 {
		if more, err := s.indexed(ctx, words, do); err != nil || !more {
			return more, err
		}
	}
	more = true
	err = eachSentence(ctx, s.tx, upto, math.MaxInt64, func(key int64, sentence string) {
		if more && geo.HoldsWords(sentence, words) {
			more = do(key)
		}
	})
	return more, err
}

// indexed hands over those keys that the index of words knows.
func (s *Snapshot) indexed(ctx context.Context, words string, do func(key int64) bool) (more bool, err error) {
	var all []*runs
	for word := range strings.FieldsSeq(words) {
		r, err := s.runsOf(ctx, word)
		if err != nil {
			return true, fmt.Errorf("the mentions with the word %q: %w", word, err)
		}
		if len(r.list) == 0 {
			return true, nil
		}
		all = append(all, r)
	}
	more = eachInAll(all, do)
	for _, r := range all {
		err = errors.Join(err, r.err)
	}
	return more, err
}

// runsOf reads the runs of a word.
func (s *Snapshot) runsOf(ctx context.Context, word string) (r *runs, err error) {
	rows, err := s.tx.QueryContext(ctx, `SELECT first, more FROM word_run WHERE word = ? ORDER BY first`, word)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // its error, if any, is that of Err
	r = &runs{word: word}
	for rows.Next() {
		var next run
		var more sql.RawBytes
		if err := rows.Scan(&next.first, &more); err != nil {
			return nil, err
		}
		next.more = append(next.more, more...)
		r.list = append(r.list, next)
	}
	return r, rows.Err()
}
