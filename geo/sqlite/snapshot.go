package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// Snapshot is one state of the data: what other connections store meanwhile
// is not seen. It holds a connection until Close; the log can't be folded back
// into the file past an open snapshot, so don't keep one for hours.
//
// A Snapshot is for one goroutine. Its sequences read row by row, so they take
// little memory whatever they yield; they end with an error when their context does.
type Snapshot struct {
	conn    *sql.Conn
	tx      *sql.Tx
	uuid    string // of the data
	changes int64
	places  map[int64]*gazetteer.Place // by key, decoded so far
}

// Snapshot begins to read. The context is for getting a connection only.
func (db *DB) Snapshot(ctx context.Context) (*Snapshot, error) {
	s, err := db.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("read store %s: %w", db.path, err)
	}
	return s, nil
}

func (db *DB) snapshot(ctx context.Context) (*Snapshot, error) {
	conn, err := db.readers.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{conn: conn, places: make(map[int64]*gazetteer.Place)}
	// The transaction outlives ctx, which would otherwise end it.
	if s.tx, err = conn.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{ReadOnly: true}); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	// SQLite takes the snapshot at the first read, which is this one.
	if err := s.tx.QueryRowContext(ctx, state).Scan(&s.uuid, &s.changes); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends the snapshot.
func (s *Snapshot) Close() error {
	err := s.tx.Rollback()
	if errors.Is(err, sql.ErrTxDone) {
		return nil // closed before
	}
	return errors.Join(err, s.conn.Close())
}

// Version names the state of the data: it differs between stores and changes
// with every stored article.
func (s *Snapshot) Version() string { return versionName(s.uuid, s.changes) }

// state reads which data this is and how often it has changed.
const state = `SELECT uuid, changes FROM meta`

func versionName(uuid string, changes int64) string {
	return uuid[:min(8, len(uuid))] + "-" + strconv.FormatInt(changes, 10)
}

// Mentions yields the mentions that the filter selects by day of publication,
// article and position; articles of unknown day come first. A datetime selects
// those whose days overlap.
func (s *Snapshot) Mentions(ctx context.Context, f geo.Filter) iter.Seq2[geo.Record, error] {
	q, err := selectMentions(f)
	if err != nil {
		return failed[geo.Record](fmt.Errorf("select mentions: %w", err))
	}
	return query(ctx, s, q, s.scanRecord)
}

// Events yields the events that the filter selects, by place id, event type
// and first day. A datetime selects the events whose days overlap, each in its
// full extent; the other conditions select the mentions that make up events.
func (s *Snapshot) Events(ctx context.Context, f geo.Filter) iter.Seq2[geo.Event, error] {
	if len(f.Roles) > 0 && !slices.Contains(f.Roles, geo.Site) {
		return func(func(geo.Event, error) bool) {}
	}
	q, err := selectSites(f)
	if err != nil {
		return failed[geo.Event](fmt.Errorf("select events: %w", err))
	}
	events := geo.FoldEvents(query(ctx, s, q, s.scanRecord))
	return func(yield func(geo.Event, error) bool) {
		for e, err := range events {
			// Of a place's events of a type, those at other times are here too.
			if (err != nil || e.Days.Overlaps(f.Datetime)) && !yield(e, err) {
				return
			}
		}
	}
}

// Places yields the places with mentions that the filter selects, by id.
func (s *Snapshot) Places(ctx context.Context, f geo.Filter) iter.Seq2[geo.PlaceSummary, error] {
	q, err := selectPlaces(f)
	if err != nil {
		return failed[geo.PlaceSummary](fmt.Errorf("select places: %w", err))
	}
	return query(ctx, s, q, s.scanSummary)
}

// Article returns an article with its mentions in the order of the text. The
// error wraps geo.ErrNotFound where there is no article with the id.
func (s *Snapshot) Article(ctx context.Context, id string) (geo.Article, []geo.Mention, error) {
	a := geo.Article{ID: id}
	err := s.tx.QueryRowContext(ctx, `SELECT source, url, title, COALESCE(published, 0), text FROM article WHERE id = ?`, id).
		Scan(&a.Source, &a.URL, &a.Title, &a.Published, &a.Text)
	if errors.Is(err, sql.ErrNoRows) {
		err = geo.ErrNotFound
	}
	if err != nil {
		return geo.Article{}, nil, fmt.Errorf("article %q: %w", id, err)
	}
	var ms []geo.Mention
	for r, err := range query(ctx, s, selectArticle(id), s.scanRecord) {
		if err != nil {
			return geo.Article{}, nil, fmt.Errorf("article %q: %w", id, err)
		}
		ms = append(ms, r.Mention)
	}
	return a, ms, nil
}

func failed[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		yield(none, err)
	}
}
