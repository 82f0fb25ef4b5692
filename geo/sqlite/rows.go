package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/paulmach/orb/encoding/wkb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// query runs a selection when the sequence is ranged over and yields what scan
// makes of each row.
func query[T any](ctx context.Context, s *Snapshot, q selection, scan func(context.Context, *sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		args, err := s.withKeys(ctx, q.args)
		if err != nil {
			yield(none, fmt.Errorf("look for words: %w", err))
			return
		}
		rows, err := s.tx.QueryContext(ctx, q.sql, args...)
		if err != nil {
			yield(none, fmt.Errorf("query: %w", err))
			return
		}
		defer rows.Close() // its error, if any, is that of Err
		for rows.Next() {
			v, err := scan(ctx, rows)
			if err != nil {
				yield(none, fmt.Errorf("read row: %w", err))
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, fmt.Errorf("read rows: %w", err))
		}
	}
}

// scanRecord reads the columns of record.
func (s *Snapshot) scanRecord(ctx context.Context, rows *sql.Rows) (geo.Record, error) {
	var r geo.Record
	m, a := &r.Mention, &r.Article
	var place sql.NullInt64
	var reasons, runnersUp sql.RawBytes
	var geometry []byte
	var deaths, injuries scannedCount
	targets := []any{
		&geometry, &m.Offset, &place, &a.ID, &a.Source, &a.URL, &a.Title, &a.Published, &r.Origin,
		&m.Start, &m.End, &m.Name, &m.SentenceStart, &m.Sentence, &m.Demonym, &m.WherePrec,
		&m.Role, &m.Event, &m.Days.From, &m.Days.To, &m.DatePrec, &m.DateBasis,
		&m.Claim, &m.ClaimedBy, &m.Confidence, &reasons, &runnersUp,
	}
	err := rows.Scan(slices.Concat(targets, deaths.targets(), injuries.targets())...)
	if err != nil {
		return r, err
	}
	m.Article = a.ID
	if err = decodeOffset(m, geometry); err != nil {
		return r, err
	}
	if m.Deaths, err = deaths.count(); err != nil {
		return r, fmt.Errorf("deaths of mention %s: %w", m.ID(), err)
	}
	if m.Injuries, err = injuries.count(); err != nil {
		return r, fmt.Errorf("injuries of mention %s: %w", m.ID(), err)
	}
	if m.Reasons, err = decodeList(reasons); err != nil {
		return r, fmt.Errorf("reasons of mention %s: %w", m.ID(), err)
	}
	if m.RunnersUp, err = decodeList(runnersUp); err != nil {
		return r, fmt.Errorf("runners-up of mention %s: %w", m.ID(), err)
	}
	if place.Valid {
		m.Place, err = s.place(ctx, place.Int64)
	}
	return r, err
}

func decodeList(text []byte) ([]string, error) {
	if string(text) == "[]" {
		return nil, nil
	}
	var list []string
	err := json.Unmarshal(text, &list)
	return list, err
}

// scanSummary reads the columns of selectPlaces.
func (s *Snapshot) scanSummary(ctx context.Context, rows *sql.Rows) (geo.PlaceSummary, error) {
	var p geo.PlaceSummary
	var key int64
	err := rows.Scan(&key, &p.Mentions, &p.Sites, &p.Articles, &p.Days.From, &p.Days.To)
	if err == nil {
		p.Place, err = s.place(ctx, key)
	}
	return p, err
}

// place returns the place with the key, which is decoded once for a snapshot.
func (s *Snapshot) place(ctx context.Context, key int64) (*gazetteer.Place, error) {
	if p, ok := s.places[key]; ok {
		return p, nil
	}
	p, err := s.readPlace(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("place with key %d: %w", key, err)
	}
	s.places[key] = p
	return p, nil
}

func (s *Snapshot) readPlace(ctx context.Context, key int64) (*gazetteer.Place, error) {
	var p gazetteer.Place
	var shape, names, external []byte
	err := s.tx.QueryRowContext(ctx,
		`SELECT id, name, kind, country, disputed, capital, lon, lat, shape, uncertainty, population, names, external, source
		FROM place WHERE key = ?`, key).
		Scan(&p.ID, &p.Name, &p.Kind, &p.Country, &p.Disputed, &p.Capital, &p.Point[0], &p.Point[1], &shape,
			&p.Uncertainty, &p.Population, &names, &external, &p.Source)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(names, &p.Names); err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	if err := json.Unmarshal(external, &p.External); err != nil {
		return nil, fmt.Errorf("external ids: %w", err)
	}
	if shape != nil {
		if p.Shape, err = wkb.Unmarshal(shape); err != nil {
			return nil, fmt.Errorf("shape: %w", err)
		}
	}
	return &p, nil
}
