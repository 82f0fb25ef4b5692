package sqlite

import (
	"context"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Plans returns SQLite's query plan for the statement of each collection with
// the filter.
func (s *Snapshot) Plans(ctx context.Context, f geo.Filter) (map[string][]string, error) {
	plans := make(map[string][]string)
	for collection, statement := range map[string]func(geo.Filter) (selection, error){
		"mentions": selectMentions, "events": selectSites, "places": selectPlaces,
	} {
		q, err := statement(f)
		if err != nil {
			return nil, err
		}
		if plans[collection], err = s.plan(ctx, q); err != nil {
			return nil, err
		}
	}
	return plans, nil
}

func (s *Snapshot) plan(ctx context.Context, q selection) ([]string, error) {
	rows, err := s.tx.QueryContext(ctx, "EXPLAIN QUERY PLAN "+q.sql, q.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, rows.Err()
}

// ArticlePlan returns the query plan for the mentions of an article.
func (s *Snapshot) ArticlePlan(ctx context.Context) ([]string, error) {
	return s.plan(ctx, selectArticle("id"))
}

// MaxReaders is how many snapshots can be open at once.
const MaxReaders = maxReaders

// IndexAtOnce has each change take the words of its mentions into the index.
func (db *DB) IndexAtOnce() { db.waiting = 0 }

// FuzzedRuns reads keys from runs made of any bytes.
func FuzzedRuns(firsts []int64, more [][]byte) (keys []int64, err error) {
	r := &runs{word: "word"}
	for i, first := range firsts {
		r.list = append(r.list, run{first: first, more: more[i]})
	}
	eachInAll([]*runs{r}, func(key int64) bool {
		keys = append(keys, key)
		return true
	})
	return keys, r.err
}

// PackedRun packs ascending keys.
func PackedRun(keys []int64) (first int64, more []byte) {
	var r run
	for _, key := range keys {
		r.add(key)
	}
	return r.first, r.more
}

// InAll yields the keys that all lists have, each packed as runs of at most n keys.
func InAll(n int, lists ...[]int64) (keys []int64) {
	var words []*runs
	for _, list := range lists {
		r := new(runs)
		for some := range slices.Chunk(list, n) {
			first, more := PackedRun(some)
			r.list = append(r.list, run{first: first, more: more})
		}
		words = append(words, r)
	}
	eachInAll(words, func(key int64) bool {
		keys = append(keys, key)
		return true
	})
	return keys
}

// WordsByPieces are the words of a sentence as the index of words finds them.
func WordsByPieces(sentence string) []string {
	s := splitter{known: make(map[string][]string)}
	var words []string
	for range 2 { // the second time from memory
		for piece := range strings.SplitSeq(sentence, " ") {
			words = append(words, s.words(piece)...)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Exec runs a statement on the snapshot's connection.
func (s *Snapshot) Exec(ctx context.Context, statement string) error {
	_, err := s.tx.ExecContext(ctx, statement)
	return err
}

// WriterPragma reads a setting of the writing connection.
func (db *DB) WriterPragma(ctx context.Context, name string) (value string, err error) {
	err = db.writer.QueryRowContext(ctx, "PRAGMA "+name).Scan(&value)
	return value, err
}
