package sqlite

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// conditions is a WHERE clause in the making. Its text is put together from
// constants only; every value is bound as a parameter.
type conditions struct {
	sql       strings.Builder
	args      []any
	narrow    bool // an index serves one of them
	ofArticle bool // one of them is on a, the article
}

func (c *conditions) add(sql string, args ...any) {
	if c.sql.Len() == 0 {
		c.sql.WriteString("\nWHERE ")
	} else {
		c.sql.WriteString("\nAND ")
	}
	c.sql.WriteString(sql)
	c.args = append(c.args, args...)
}

// where returns the conditions on mention m and article a that the filter
// sets, but for datetime, which means different things for mentions and events.
func where(f geo.Filter) (*conditions, error) {
	var c conditions
	err := errors.Join(
		anyOf(&c, `m.role IN (SELECT value FROM json_each(?))`, f.Roles),
		anyOf(&c, `m.event IN (SELECT value FROM json_each(?))`, f.Events),
		anyOf(&c, `m.claim IN (SELECT value FROM json_each(?))`, f.Claims),
		anyOf(&c, `m.place IN (SELECT key FROM place WHERE id IN (SELECT value FROM json_each(?)))`, f.Places),
		anyOf(&c, `m.place IN (SELECT key FROM place WHERE country IN (SELECT value FROM json_each(?)))`, f.Countries),
		anyOf(&c, `a.source IN (SELECT value FROM json_each(?))`, f.Sources),
	)
	c.ofArticle = len(f.Sources) > 0 || !f.Published.IsZero() || f.AsOf != 0
	c.narrow = c.ofArticle || f.BBox != nil || !f.Datetime.IsZero() || len(f.Places)+len(f.Countries) > 0
	c.published(f)
	if f.BBox != nil {
		c.bbox(*f.BBox)
	}
	if f.MinConfidence > 0 {
		c.add(`m.confidence >= ?`, f.MinConfidence)
	}
	return &c, errors.Join(err, c.words(f.Query))
}

// anyOf adds a condition with alternatives, which are bound as one parameter so
// that the statement is the same for any number of them. Without any it adds nothing.
func anyOf[T ~string](c *conditions, sql string, values []T) error {
	if len(values) == 0 {
		return nil
	}
	text, err := json.Marshal(values)
	c.add(sql, string(text))
	return err
}

// published handles the day of publication. Articles of unknown day match no
// condition on it.
func (c *conditions) published(f geo.Filter) {
	if !f.Published.IsZero() {
		first, last := ends(f.Published)
		c.add(`a.published BETWEEN ? AND ?`, first, last)
	}
	if f.AsOf != 0 {
		c.add(`a.published BETWEEN 1 AND ?`, f.AsOf)
	}
}

// ends replaces open ends by the first and the last of all days.
func ends(i geo.Interval) (first, last int) {
	first, last = int(i.From), int(i.To)
	if last == 0 {
		last = int(geo.MaxDay)
	}
	return max(first, 1), last
}

// bbox finds by the R*Tree whose bounds meet the box, then looks closer. A box
// over the antimeridian is two.
func (c *conditions) bbox(b geo.BBox) {
	const meeting = `SELECT p.key FROM place_rtree r JOIN place p ON p.key = r.key
		WHERE r.west <= ? AND r.east >= ? AND r.south <= ? AND r.north >= ?
		AND place_meets(p.lon, p.lat, COALESCE(p.shape, x''), ?, ?, ?, ?)`
	args := func(west, east float64) []any {
		return []any{east, west, b.North, b.South, west, b.South, east, b.North}
	}
	// Of the mentions that their text puts elsewhere than at their place there
	// are few, with an index of their own.
	const moved = `SELECT moved.key FROM mention moved INDEXED BY mention_moved WHERE moved.geometry IS NOT NULL
		AND place_meets(0.0, 0.0, moved.geometry, ?, ?, ?, ?)`
	box := func(west, east float64) []any { return []any{west, b.South, east, b.North} }
	if b.West <= b.East {
		c.add(`(m.geometry IS NULL AND m.place IN (`+meeting+`) OR m.key IN (`+moved+`))`,
			slices.Concat(args(b.West, b.East), box(b.West, b.East))...)
		return
	}
	c.add(`(m.geometry IS NULL AND m.place IN (`+meeting+` UNION `+meeting+`) OR m.key IN (`+moved+` UNION `+moved+`))`,
		slices.Concat(args(b.West, 180), args(-180, b.East), box(b.West, 180), box(-180, b.East))...)
}

// held stands among arguments for the keys of the mentions whose sentences hold
// these words, made by geo.FoldWords, as a JSON list.
type held string

// words goes last. Where an index serves another condition, that is what leads to
// the rows (the plus keeps SQLite from taking the keys): it then costs hardly more
// than without words, however many mentions hold them.
func (c *conditions) words(query string) error {
	folded, err := geo.FoldWords(query)
	switch {
	case folded == "":
	case c.narrow:
		c.add(`+m.key IN (SELECT value FROM json_each(?))`, held(folded))
	default:
		c.add(`m.key IN (SELECT value FROM json_each(?))`, held(folded))
		c.narrow = true
	}
	return err
}

// overlap is the condition that the days of a mention overlap an interval, with
// the arguments of overlapArgs. What doesn't last begins at most 31 days before
// the interval.
const overlap = `(m.lasting = 0 AND m.first_day BETWEEN ? AND ? OR m.lasting = 1 AND m.first_day <= ?) AND m.last_day >= ?`

func overlapArgs(i geo.Interval) []any {
	first, last := ends(i)
	return []any{first - 31, last, last, first}
}
