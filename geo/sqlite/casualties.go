package sqlite

import (
	"database/sql"
	"fmt"

	"github.com/conflictmap/conflictmap/geo"
)

// appendCount appends the columns of a count from _low to _words, all NULL where
// nothing is stated.
func appendCount(values []any, c *geo.Count) ([]any, error) {
	if !c.Stated() {
		return append(values, nil, nil, nil, nil), nil
	}
	words, err := encodeList(c.Words)
	return append(values, c.Low, c.High, c.Open, words), err
}

// scannedCount reads the columns of a count.
type scannedCount struct {
	low, high sql.NullInt64
	open      sql.NullBool
	words     sql.RawBytes
}

func (s *scannedCount) targets() []any { return []any{&s.low, &s.high, &s.open, &s.words} }

func (s *scannedCount) count() (geo.Count, error) {
	if !s.low.Valid {
		return geo.Count{}, nil
	}
	words, err := decodeList(s.words)
	if err != nil {
		return geo.Count{}, fmt.Errorf("words of a count: %w", err)
	}
	return geo.Count{Low: int(s.low.Int64), High: int(s.high.Int64), Open: s.open.Bool, Words: words}, nil
}
