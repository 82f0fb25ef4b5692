// Package sqlite keeps articles with their mentions in one SQLite file.
//
// A DB has one connection that writes and a pool of connections that can only
// read; the write-ahead log lets both work at the same time, also from several
// processes. Put stores an article whole or not at all, whatever happens to the
// process; a power cut may cost the last articles, never half of one. What is
// read comes from a Snapshot, which sees one state of the data from beginning
// to end.
//
// An index of words finds the mentions whose sentences hold some. It takes in some
// thousand mentions at a time; the sentences of the newest ones are read instead.
//
// Articles are never changed or removed. Places are those of the gazetteer at
// the time of the last article that mentions them.
//
// The file belongs on a local disk: the write-ahead log needs shared memory,
// which network file systems don't have.
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// DB is an open store. It is safe for concurrent use.
type DB struct {
	path    string // as given, for messages
	writer  *sql.DB
	readers *sql.DB
	lookups *lookups
	// waiting is how many mentions wait to get into the index of words at most.
	waiting int64
}

// maxReaders bounds the snapshots that are open at once; Snapshot waits for a
// free connection. Each connection caches up to 2 MB of pages.
const maxReaders = 32

// Option changes how Open does its work.
type Option func(*options)

type options struct {
	notice func(done, total int)
}

// WithNotice has Open tell how far it is with work on what is stored that takes
// longer than a moment: done of so many mentions, at the beginning with 0, at the
// end with all of them. That is once after an update of the program.
func WithNotice(notice func(done, total int)) Option { return func(o *options) { o.notice = notice } }

// Open opens the store in the file at path, which is created where there is
// none, and brings its schema up to date. It refuses, and leaves as they are,
// files that are not SQLite, that belong to another program or that a newer
// version of this one has written.
func Open(ctx context.Context, path string, with ...Option) (*DB, error) {
	o := options{notice: func(int, int) {}}
	for _, set := range with {
		set(&o)
	}
	db, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return db, nil
}

func open(ctx context.Context, path string, o options) (*DB, error) {
	file, err := locate(path)
	if err != nil {
		return nil, err
	}
	files, err := migrationFiles()
	if err != nil {
		return nil, err
	}
	db := &DB{path: path, writer: connect(file, writing), readers: connect(file, reading), waiting: wordsAtOnce}
	lookup := newConnector(file, reading+"&_cache_size=-4096")
	db.lookups = newLookups(func() (driver.Conn, error) { return lookup.Connect(context.Background()) })
	db.writer.SetMaxOpenConns(1)
	db.readers.SetMaxOpenConns(maxReaders)
	db.readers.SetMaxIdleConns(4)
	err = whileBusy(ctx, func() error {
		if err := identify(ctx, file, len(files)); err != nil {
			return err
		}
		return migrate(ctx, db.writer, files)
	})
	if err == nil {
		err = db.indexStored(ctx, o.notice)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Close waits for statements under way and closes the file. Snapshots must be
// closed before.
func (db *DB) Close() error {
	// Readers first: the last to leave tidies up the log, which a read-only
	// connection couldn't.
	if err := errors.Join(db.lookups.close(), db.readers.Close(), db.writer.Close()); err != nil {
		return fmt.Errorf("close store %s: %w", db.path, err)
	}
	return nil
}

// Has reports whether the article with the id is stored.
func (db *DB) Has(ctx context.Context, articleID string) (bool, error) {
	var has bool
	err := db.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM article WHERE id = ?)`, articleID).Scan(&has)
	if err != nil {
		return false, fmt.Errorf("look for article %q: %w", articleID, err)
	}
	return has, nil
}
