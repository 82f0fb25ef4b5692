package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

const (
	// copyDays is how many days may lie between a text and its near-copy. Texts
	// that are wholly the same are copies at any time.
	copyDays = 3
	// maxCandidates bounds how many texts a new one is compared with, those that
	// look most alike.
	maxCandidates = 64
)

// setOrigin stores the sketch of a new article and names its account. All
// articles of which it is a copy, and the copies of these, are one account from
// then on, so that the order in which articles come doesn't matter.
func (c *change) setOrigin(ctx context.Context, article int64, a *geo.Article, fingerprint string) error {
	sketch := a.Sketch()
	origins, err := originsOfCopies(ctx, c.tx, a, fingerprint, sketch)
	if err != nil {
		return err
	}
	if _, err := c.tx.ExecContext(ctx, `INSERT INTO sketch VALUES (?, ?, ?)`, article, fingerprint, encodeSketch(sketch)); err != nil {
		return err
	}
	if keys := sketch.Keys(); a.Published != 0 && len(keys) > 0 {
		list, err := json.Marshal(keys)
		if err != nil {
			return err
		}
		if _, err := c.tx.ExecContext(ctx, `INSERT INTO sketch_key SELECT value, ?, ? FROM json_each(?)`, int64(a.Published), article, string(list)); err != nil {
			return err
		}
	}
	one := slices.Min(append(origins, fingerprint))
	if one != fingerprint {
		if _, err := c.tx.ExecContext(ctx, `UPDATE article SET origin = ? WHERE key = ?`, one, article); err != nil {
			return err
		}
	}
	for _, other := range origins {
		if other == one {
			continue
		}
		if _, err := c.tx.ExecContext(ctx, `UPDATE article SET origin = ?, changed = ? WHERE origin = ?`, one, c.number, other); err != nil {
			return err
		}
	}
	return nil
}

// originsOfCopies lists the accounts of the stored articles of which the new
// one is a copy.
func originsOfCopies(ctx context.Context, tx *sql.Tx, a *geo.Article, fingerprint string, sketch geo.Sketch) ([]string, error) {
	keys, err := json.Marshal(sketch.Keys())
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT a.origin, NULL FROM sketch s JOIN article a ON a.key = s.article WHERE s.fingerprint = ?
		UNION ALL SELECT a.origin, s.hashes FROM (
			SELECT k.article, count(*) AS shared FROM json_each(?) h JOIN sketch_key k ON k.hash = h.value
			WHERE k.day BETWEEN ? AND ? GROUP BY k.article ORDER BY shared DESC, k.article LIMIT ?) c
		JOIN sketch s ON s.article = c.article JOIN article a ON a.key = c.article`,
		fingerprint, string(keys), a.Published-copyDays, a.Published+copyDays, maxCandidates)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // its error, if any, is that of Err
	var origins []string
	for rows.Next() {
		var origin string
		var hashes []byte
		if err := rows.Scan(&origin, &hashes); err != nil {
			return nil, err
		}
		if (hashes == nil || decodeSketch(hashes).Copies(sketch)) && !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	return origins, rows.Err()
}

func encodeSketch(s geo.Sketch) []byte {
	b := make([]byte, 0, 4*len(s))
	for _, h := range s {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	return b
}

func decodeSketch(b []byte) geo.Sketch {
	s := make(geo.Sketch, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		s = append(s, binary.LittleEndian.Uint32(b))
	}
	return s
}
