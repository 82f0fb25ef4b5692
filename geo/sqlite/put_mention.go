package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// mentionColumns are the columns that mentionValues fills.
const mentionColumns = `key, article, place, name_start, name_end, name, sentence_start, sentence, demonym, where_prec,
	role, event, first_day, last_day, date_prec, date_basis, claim, claimed_by, confidence, reasons, runners_up, geometry, offset_words,
	deaths_low, deaths_high, deaths_open, deaths_words, injuries_low, injuries_high, injuries_open, injuries_words`

// maxRows is how many mentions a statement stores at most.
const maxRows = 16

// insertMentions stores the mentions of an article.
func (c *change) insertMentions(ctx context.Context, article int64, ms []geo.Mention) error {
	for len(ms) > 0 {
		// Powers of two, so that few statements are prepared.
		n := maxRows
		for n > len(ms) {
			n /= 2
		}
		if err := c.insertRows(ctx, article, ms[:n]); err != nil {
			return c.blame(ctx, article, ms[:n], err)
		}
		ms = ms[n:]
	}
	return nil
}

// blame finds the mention that made the statement for all of them fail.
func (c *change) blame(ctx context.Context, article int64, ms []geo.Mention, failure error) error {
	if len(ms) > 1 && ctx.Err() == nil {
		for i := range ms {
			if err := c.insertRows(ctx, article, ms[i:i+1]); err != nil {
				return c.blame(ctx, article, ms[i:i+1], err)
			}
		}
	}
	return fmt.Errorf("mention %q at %d: %w", ms[0].Name, ms[0].Start, failure)
}

func (c *change) insertRows(ctx context.Context, article int64, ms []geo.Mention) error {
	values := make([]any, 0, columnCount*len(ms))
	for i := range ms {
		var err error
		if values, err = c.appendValues(ctx, append(values, c.last+1+int64(i)), article, &ms[i]); err != nil {
			return err
		}
	}
	if _, err := c.tx.ExecContext(ctx, insertStatement(len(ms)), values...); err != nil {
		return err
	}
	c.last += int64(len(ms))
	return nil
}

// columnCount is the number of mentionColumns.
const columnCount = 31

func insertStatement(rows int) string {
	const row = `(?, ?` + `, ?, ?, ?, ?, ?, ?, ?, ?, ?` + `, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?` + `, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	return `INSERT INTO mention (` + mentionColumns + `) VALUES ` + row + strings.Repeat(", "+row, rows-1)
}

// appendValues appends the mentionColumns of a mention but for the key, and stores its place.
func (c *change) appendValues(ctx context.Context, values []any, article int64, m *geo.Mention) ([]any, error) {
	var place any
	if p := m.Place; p != nil {
		key, err := c.putPlace(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("place %q: %w", p.ID, err)
		}
		place = key
	}
	reasons, err := encodeList(m.Reasons)
	if err != nil {
		return nil, err
	}
	runnersUp, err := encodeList(m.RunnersUp)
	if err != nil {
		return nil, err
	}
	geometry, err := offsetGeometry(m)
	if err != nil {
		return nil, err
	}
	values = append(values,
		article, place, m.Start, m.End, m.Name, m.SentenceStart, m.Sentence, m.Demonym, int64(m.WherePrec),
		string(m.Role), orNull(string(m.Event)), orNull(int64(m.Days.From)), orNull(int64(m.Days.To)), int64(m.DatePrec), m.DateBasis,
		orNull(string(m.Claim)), m.ClaimedBy, m.Confidence, reasons, runnersUp, geometry, m.Offset)
	if values, err = appendCount(values, &m.Deaths); err != nil {
		return nil, err
	}
	return appendCount(values, &m.Injuries)
}

// orNull is the value, or NULL for the zero value.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}
