package sqlite

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"github.com/conflictmap/conflictmap/geo/index"
)

// textsAtOnce is how many rows are asked for at once: enough to forget the cost
// of asking, few enough to bound what is in memory.
const textsAtOnce = 1000

// packTexts packs the texts of the mentions with the keys of a JSON list. It
// walks the list in order, as CROSS JOIN has it.
const packTexts = `SELECT group_concat(concat_ws(char(0), m.key, m.sentence, m.date_basis, m.offset_words, m.reasons, m.runners_up,
	COALESCE(m.deaths_words, ''), COALESCE(m.injuries_words, ''), ''), '')
FROM json_each(?) k CROSS JOIN mention m ON m.key = k.value`

// Texts yields the texts of the mentions with the keys, in their order; a key
// that no mention has is an error. The values hold until the next one is asked
// for. No connection is held while they are used.
func (db *DB) Texts(ctx context.Context, keys []int64) iter.Seq2[*index.Text, error] {
	return func(yield func(*index.Text, error) bool) {
		for from := 0; from < len(keys); from += textsAtOnce {
			some := keys[from:min(from+textsAtOnce, len(keys))]
			rows, err := db.textRows(ctx, some)
			if err != nil {
				yield(nil, fmt.Errorf("read the texts of %d mentions: %w", len(some), err))
				return
			}
			var t index.Text
			for i := range some {
				err := cutText(rows[i], &t)
				if err != nil {
					yield(nil, fmt.Errorf("read the texts of the mention with key %d: %w", some[i], err))
					return
				}
				if !yield(&t, nil) {
					return
				}
			}
		}
	}
}

// turn is a key with its place in the order that was asked for.
type turn struct {
	key int64
	at  int
}

// textRows returns the packed row of each key. It asks for them in the order in
// which they are stored: the next row is mostly on the same page, and of the same
// article.
func (db *DB) textRows(ctx context.Context, keys []int64) ([]string, error) {
	turns := make([]turn, len(keys))
	for i, key := range keys {
		turns[i] = turn{key, i}
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Compare(a.key, b.key) })
	result, err := db.lookups.one(ctx, packTexts, keyList(turns))
	if err != nil {
		return nil, err
	}
	text, _ := result[0].(string) // NULL for no rows
	p := packed{rest: text}
	rows := make([]string, len(keys))
	for _, t := range turns {
		if p.done() {
			return nil, fmt.Errorf("none has the key %d", t.key)
		}
		if found := p.integer(); found != t.key {
			return nil, fmt.Errorf("none has the key %d, or not at its turn: found %d", t.key, found)
		}
		rows[t.at] = p.row(textFields)
		if p.err != nil {
			return nil, p.err
		}
	}
	return rows, nil
}

// textFields is how many fields packTexts has after the key.
const textFields = 7

// cutText cuts a row of packTexts.
func cutText(row string, t *index.Text) error {
	p := packed{rest: row}
	t.Sentence, t.DateBasis, t.Offset = p.text(), p.text(), p.text()
	t.Reasons, t.RunnersUp = p.list(t.Reasons[:0]), p.list(t.RunnersUp[:0])
	t.DeathWords, t.InjuryWords = p.list(t.DeathWords[:0]), p.list(t.InjuryWords[:0])
	return p.err
}

// keyList writes keys as a JSON list.
func keyList(turns []turn) string {
	b := make([]byte, 0, 2+9*len(turns))
	b = append(b, '[')
	for i, t := range turns {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, t.key, 10)
	}
	return string(append(b, ']'))
}

// Version names the state of the data now, as Snapshot.Version does.
func (db *DB) Version(ctx context.Context) (string, error) {
	row, err := db.lookups.one(ctx, state)
	if err != nil {
		return "", fmt.Errorf("read the version of store %s: %w", db.path, err)
	}
	uuid, _ := row[0].(string)
	changes, _ := row[1].(int64)
	return versionName(uuid, changes), nil
}

// lookups are connections for reads of one row that are over in no time:
// without database/sql, transactions and the watching of contexts, which
// together cost more than the reads.
type lookups struct {
	open func() (driver.Conn, error)
	// turns holds a value for each connection that may be in use.
	turns chan struct{}

	mu sync.Mutex
	// idle is a stack rather than a queue, so that few connections do the work
	// and have the pages in memory.
	idle []*lookup
}

// lookup is a connection with its prepared statements.
type lookup struct {
	conn       driver.Conn
	statements map[string]driver.Stmt
}

func newLookups(open func() (driver.Conn, error)) *lookups {
	return &lookups{
		open: open,
		// They compute, mostly: more than the processors would only wait for each other.
		turns: make(chan struct{}, min(max(4, runtime.GOMAXPROCS(0)), 16)),
	}
}

// one runs a statement that yields one row. The context is for waiting only.
func (l *lookups) one(ctx context.Context, statement string, args ...driver.Value) ([]driver.Value, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case l.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-l.turns }()
	c, err := l.take()
	if err != nil {
		return nil, err
	}
	row, err := c.one(statement, args)
	if err != nil {
		return nil, errors.Join(err, c.close()) // not used again: who knows its state
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.idle = append(l.idle, c)
	return row, nil
}

func (l *lookups) take() (*lookup, error) {
	if c := l.pop(); c != nil {
		return c, nil
	}
	conn, err := l.open()
	if err != nil {
		return nil, err
	}
	return &lookup{conn: conn, statements: make(map[string]driver.Stmt)}, nil
}

func (l *lookups) pop() *lookup {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.idle)
	if n == 0 {
		return nil
	}
	c := l.idle[n-1]
	l.idle = l.idle[:n-1]
	return c
}

// close waits for the reads under way and closes the connections; there can be
// no reads afterwards.
func (l *lookups) close() error {
	for range cap(l.turns) {
		l.turns <- struct{}{}
	}
	var errs []error
	for c := l.pop(); c != nil; c = l.pop() {
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
}

func (c *lookup) one(statement string, args []driver.Value) (row []driver.Value, err error) {
	s, ok := c.statements[statement]
	if !ok {
		if s, err = c.conn.Prepare(statement); err != nil {
			return nil, err
		}
		c.statements[statement] = s
	}
	//nolint:staticcheck // QueryContext would watch the context.
	rows, err := s.Query(args)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row = make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(row); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("no row")
		}
		return nil, err
	}
	return row, nil
}

func (c *lookup) close() error {
	var errs []error
	for _, s := range c.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.conn.Close())...)
}
