package gpkg

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// The parameters of the connection. Nobody else sees the file before it is
// complete, and it is thrown away after an error: neither a journal nor
// flushes are of use. The page cache bounds the memory (in KiB, negative).
const writing = "mode=rw&_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE&_cache_size=-16000"

// conn is a connection to SQLite without database/sql between: a layer has
// millions of values, all of types that the driver takes.
type conn struct{ driver.Conn }

func open(path string) (conn, error) {
	file, err := filepath.Abs(path)
	if err != nil {
		return conn{}, err
	}
	name := url.URL{Scheme: "file", Path: file, RawQuery: writing}
	c, err := new(sqlite3.SQLiteDriver).Open(name.String())
	return conn{c}, err
}

// exec runs statements, with arguments if it is one.
func (c conn) exec(query string, args ...driver.Value) error {
	db, ok := c.Conn.(driver.ExecerContext)
	if !ok {
		return errors.New("the driver of SQLite runs no statements: was this program built without cgo?")
	}
	if _, err := db.ExecContext(context.Background(), query, numbered(args)); err != nil {
		return fmt.Errorf("%w in %.60q", err, query)
	}
	return nil
}

func numbered(args []driver.Value) []driver.NamedValue {
	values := make([]driver.NamedValue, len(args))
	for i, v := range args {
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	return values
}

// stmt is a prepared statement with room for its values.
type stmt struct {
	driver.Stmt
	exec   driver.StmtExecContext
	values []driver.NamedValue
}

func (c conn) prepare(query string) (*stmt, error) {
	s, err := c.Prepare(query)
	if err != nil {
		return nil, fmt.Errorf("%w in %.60q", err, query)
	}
	exec, ok := s.(driver.StmtExecContext)
	if !ok {
		return nil, errors.Join(errors.New("the driver of SQLite runs no prepared statements"), s.Close())
	}
	return &stmt{Stmt: s, exec: exec, values: numbered(make([]driver.Value, s.NumInput()))}, nil
}

// run executes the statement with its values. The context is never done: the
// driver would start a goroutine for each row.
func (s *stmt) run() error {
	_, err := s.exec.ExecContext(context.Background(), s.values)
	return err
}
