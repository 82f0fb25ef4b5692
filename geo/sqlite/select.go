package sqlite

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// selection is a statement with its arguments.
type selection struct {
	sql  string
	args []any
}

// record is the columns of a mention and its article. Its place is only
// referred to: each is read once, not with each row.
const record = `SELECT m.geometry, m.offset_words, m.place, a.id, a.source, a.url, a.title, COALESCE(a.published, 0), a.origin,
	m.name_start, m.name_end, m.name, m.sentence_start, m.sentence, m.demonym, m.where_prec,
	m.role, COALESCE(m.event, ''), COALESCE(m.first_day, 0), COALESCE(m.last_day, 0), m.date_prec, m.date_basis,
	COALESCE(m.claim, ''), m.claimed_by, m.confidence, m.reasons, m.runners_up,
	m.deaths_low, m.deaths_high, m.deaths_open, m.deaths_words, m.injuries_low, m.injuries_high, m.injuries_open, m.injuries_words`

// selectMentions selects by the filter; a datetime selects by the mention's own days.
func selectMentions(f geo.Filter) (selection, error) {
	c, err := where(f)
	if err != nil {
		return selection{}, err
	}
	from := `
FROM article a JOIN mention m ON m.article = a.key`
	if !c.narrow {
		// Everything is read anyway: CROSS JOIN has SQLite walk the articles
		// in order and yield from the first on, instead of sorting it all.
		from = `
FROM article a CROSS JOIN mention m ON m.article = a.key`
	}
	if !f.Datetime.IsZero() {
		c.add(overlap, overlapArgs(f.Datetime)...)
	}
	return selection{record + from + c.sql.String() + `
ORDER BY a.published, a.id, m.name_start`, c.args}, nil
}

// selectSites selects the mentions that events are folded from, in the order
// for it. With a datetime these are, of each place and type that has something
// on those days, the mentions of all days.
func selectSites(f geo.Filter) (selection, error) {
	f.Roles = nil // only sites have days
	c, err := where(f)
	if err != nil {
		return selection{}, err
	}
	c.add(`m.first_day IS NOT NULL`)
	from, args := `
FROM place p JOIN mention m ON m.place = p.key JOIN article a ON a.key = m.article`, c.args
	switch {
	case !f.Datetime.IsZero():
		from = `
FROM (SELECT DISTINCT m.place, m.event FROM mention m WHERE ` + overlap + `) dated
JOIN place p ON p.key = dated.place JOIN mention m ON m.place = dated.place AND m.event = dated.event JOIN article a ON a.key = m.article`
		args = slices.Concat(overlapArgs(f.Datetime), args)
	case !c.narrow:
		from = `
FROM place p CROSS JOIN mention m ON m.place = p.key JOIN article a ON a.key = m.article`
	}
	return selection{record + from + c.sql.String() + `
ORDER BY p.id, m.event, m.first_day`, args}, nil
}

// selectPlaces sums up by place what selectMentions selects.
func selectPlaces(f geo.Filter) (selection, error) {
	c, err := where(f)
	if err != nil {
		return selection{}, err
	}
	if !f.Datetime.IsZero() {
		c.add(overlap, overlapArgs(f.Datetime)...)
	}
	articles := ""
	if c.ofArticle {
		articles = ` JOIN article a ON a.key = m.article`
	}
	return selection{`SELECT p.key, count(*), sum(m.role = 'site'), count(DISTINCT m.article),
	COALESCE(min(m.first_day), 0), COALESCE(max(m.last_day), 0)
FROM place p JOIN mention m ON m.place = p.key` + articles + c.sql.String() + `
GROUP BY p.id
ORDER BY p.id`, c.args}, nil
}

// selectArticle selects the mentions of an article in the order of the text.
func selectArticle(id string) selection {
	return selection{record + `
FROM article a JOIN mention m ON m.article = a.key
WHERE a.id = ?
ORDER BY m.name_start`, []any{id}}
}
