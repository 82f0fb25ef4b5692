package sqlite

import (
	"context"

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
