package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// applicationID marks our files in the database header ("cmap" in ASCII).
const applicationID = 0x636d6170

// The parameters of the connections. Pragmas go here because a pool opens
// connections on its own.
const (
	// A write-ahead log with synchronous=NORMAL: a commit is in the operating
	// system's hands when it returns, so kill -9 loses nothing; the log is
	// flushed before pages move to the database, so a power cut can take the
	// latest commits but breaks nothing. FULL would wait for the disk at each
	// article to save what a second ingest brings back. Transactions take the
	// write lock at once and wait for another process's, up to a minute.
	writing = "mode=rwc&_txlock=immediate&_busy_timeout=60000&_journal_mode=WAL&_synchronous=NORMAL&_foreign_keys=1&_stmt_cache_size=32"
	reading = "mode=ro&_query_only=1&_busy_timeout=10000&_stmt_cache_size=64"
	// looking is for files that may not be ours: it changes no setting in them.
	// It may write so that SQLite can remove the log that it opens with the file.
	looking = "mode=rw&_query_only=1&_busy_timeout=10000"
)

// locate returns the absolute path of the database file and says plainly what
// SQLite would only call "unable to open".
func locate(path string) (string, error) {
	if path == "" {
		return "", errors.New("the path is empty")
	}
	if strings.ContainsRune(path, 0) {
		return "", fmt.Errorf("the path %q holds a NUL byte", path)
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return "", errors.New("it is a directory")
	}
	if _, err := os.Stat(filepath.Dir(file)); err != nil {
		return "", err
	}
	return file, nil
}

// connect returns a pool of connections to the file with the parameters.
func connect(file, parameters string) *sql.DB {
	return sql.OpenDB(newConnector(file, parameters))
}

func newConnector(file, parameters string) *connector {
	// As a URI every character of the path can be escaped; "?", "#" and "%"
	// would mean something to SQLite or its driver.
	name := url.URL{Scheme: "file", Path: file, RawQuery: parameters}
	return &connector{
		name:   name.String(),
		driver: &sqlite3.SQLiteDriver{ConnectHook: registerFunctions},
	}
}

// connector hands the driver to database/sql without a name in its global register.
type connector struct {
	name   string
	driver *sqlite3.SQLiteDriver
}

func (c *connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.name) }
func (c *connector) Driver() driver.Driver                        { return c.driver }

// registerFunctions adds what SQLite lacks.
func registerFunctions(conn *sqlite3.SQLiteConn) error {
	return conn.RegisterFunc("place_meets", placeMeets, true)
}

var errNotSQLite = errors.New("it is not an SQLite database")

// smallestPage is the size of the smallest SQLite database that holds
// anything, in bytes.
const smallestPage = 512

// identify makes sure that an existing file is empty or a store with no more
// than the known migrations. It asks SQLite rather than the file's header,
// since the newest header may be in the log still.
func identify(ctx context.Context, file string, known int) error {
	info, err := os.Stat(file)
	if err != nil || info.Size() == 0 {
		return nil // to be created; whatever keeps us from it will show then
	}
	if info.Size() < smallestPage {
		return errNotSQLite // SQLite would take it for empty and write over it
	}
	db := connect(file, looking)
	defer db.Close()
	var id uint32
	var version, tables int
	err = db.QueryRowContext(ctx,
		`SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id, pragma_user_version`).
		Scan(&id, &version, &tables)
	var code sqlite3.Error
	switch {
	case errors.As(err, &code) && code.Code == sqlite3.ErrNotADB:
		return errNotSQLite
	case err != nil:
		return err
	case id == 0 && version == 0 && tables == 0:
		return nil
	case id != applicationID:
		return fmt.Errorf("it is the SQLite database of another program (application id %#x)", id)
	}
	_, err = schemaVersion(ctx, db, known)
	return err
}

// whileBusy tries again for some seconds while another process holds a lock.
// SQLite itself waits for most locks, but not where two switch a new file to
// the write-ahead log at the same time.
func whileBusy(ctx context.Context, try func() error) error {
	const attempts, pause = 200, 25 * time.Millisecond
	for n := 1; ; n++ {
		err := try()
		var code sqlite3.Error
		if !errors.As(err, &code) || code.Code != sqlite3.ErrBusy || n == attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}
