package index

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// mentionCondition is the condition of a query of mentions.
func (v *View) mentionCondition(ctx context.Context, q *Query) (*condition, error) {
	only, err := v.placewise(ctx, q.Where, "mentions")
	if err != nil {
		return nil, err
	}
	c, err := v.newCondition(ctx, &q.Filter, q.leniency(), only)
	if err != nil {
		return nil, err
	}
	c.withDays(q.Filter.Datetime)
	c.withGeometry(q)
	if q.Where != nil && only == nil {
		e := v.mentionExpr(q.Where)
		if e.heavy {
			c.heavy = e
		} else {
			c.light = func(row uint32) bool { return e.matches(row, nil) }
		}
	}
	return c, nil
}

// smallSelection is how many rows may be looked at to remember what a query
// selects when only the beginning was asked for.
const smallSelection = 1 << 15

// Mentions yields the mentions that the query selects, in its order.
func (v *View) Mentions(ctx context.Context, q Query) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		pages, err := v.mentionPages(ctx, &q)
		for err == nil {
			var rows []uint32
			if rows, err = pages(); err != nil || rows == nil {
				break
			}
			if !v.yieldMentions(ctx, rows, yield, &err) {
				return
			}
		}
		if err != nil {
			yield(geo.Record{}, fmt.Errorf("select mentions: %w", err))
		}
	}
}

// mentionPages returns a function that gives the rows of a query piece by piece,
// nil at the end.
func (v *View) mentionPages(ctx context.Context, q *Query) (func() ([]uint32, error), error) {
	from, limit := v.rowAfter(q.After), q.Limit
	if limit <= 0 {
		limit = v.table.len()
	}
	if q.Order == NewestFirst {
		return v.newestPages(ctx, q, from, limit)
	}
	if rows, ok := v.cache.get(mentionKey(q)); ok {
		return pagesOf(rows.([]uint32), from, limit), nil
	}
	c, err := v.mentionCondition(ctx, q)
	if err != nil {
		return nil, err
	}
	if c.isSmall() && c.heavy == nil {
		rows, err := v.mentionRows(ctx, mentionKey(q), c)
		return pagesOf(rows, from, limit), err
	}
	return func() ([]uint32, error) {
		for limit > 0 && int(from) < v.table.len() {
			asked := min(limit, batch)
			rows, err := c.rows(ctx, from, asked)
			if err != nil || len(rows) == 0 {
				return nil, err
			}
			from = rows[len(rows)-1] + 1
			if len(rows) < asked {
				from = uint32(v.table.len())
			}
			if rows, err = c.withTexts(ctx, rows); err != nil || len(rows) > 0 {
				limit -= len(rows)
				return rows, err
			}
		}
		return nil, nil
	}, nil
}

// newestPages is mentionPages from the newest day on. All rows that the query
// selects are found first; they had to be counted before most pages, too.
func (v *View) newestPages(ctx context.Context, q *Query, from uint32, limit int) (func() ([]uint32, error), error) {
	at := func(n int) uint32 { return uint32(n) }
	b, behind := backwards{dated: v.table.dated, len: v.table.len()}, int(from)
	if !q.selectsAll() {
		c, err := v.mentionCondition(ctx, q)
		if err != nil {
			return nil, err
		}
		rows, err := v.mentionRows(ctx, mentionKey(q), c)
		if err != nil {
			return nil, err
		}
		at = func(n int) uint32 { return rows[n] }
		b.len = len(rows)
		b.dated, _ = slices.BinarySearch(rows, uint32(v.table.dated))
		behind, _ = slices.BinarySearch(rows, from)
	}
	b.day = func(n int) geo.Day { return v.table.from[at(n)] }
	after := q.After
	return func() ([]uint32, error) {
		var some []uint32
		for n := range b.each(after, behind) {
			if len(some) == min(limit, batch) {
				break
			}
			some = append(some, at(n))
			behind = n + 1
		}
		if len(some) == 0 {
			return nil, nil
		}
		limit -= len(some)
		last := some[len(some)-1]
		after = Position{Day: v.table.from[last], ID: positionMark} // behind says where exactly
		return some, ctx.Err()
	}, nil
}

func (c *condition) isSmall() bool {
	among := c.spans()
	return among.len() <= smallSelection || c.where != nil && c.nearRows <= smallSelection
}

// pagesOf cuts what is selected into pieces, beginning with the row from.
func pagesOf(rows []uint32, from uint32, limit int) func() ([]uint32, error) {
	i, _ := slices.BinarySearch(rows, from)
	rows = rows[i:]
	rows = rows[:min(len(rows), limit)]
	return func() ([]uint32, error) {
		some := rows[:min(len(rows), batch)]
		rows = rows[len(some):]
		if len(some) == 0 {
			return nil, nil
		}
		return some, nil
	}
}

func mentionKey(q *Query) string { return "mentions?" + q.Key() }

// mentionRows returns all rows that the condition, known by the key, selects.
// They are shared.
func (v *View) mentionRows(ctx context.Context, key string, c *condition) ([]uint32, error) {
	return remember(ctx, v.cache, key, func() ([]uint32, int, error) {
		rows, err := c.rows(ctx, 0, 0)
		if err == nil {
			rows, err = c.withTexts(ctx, rows)
		}
		rows = slices.Clip(rows)
		return rows, 4 * len(rows), err
	})
}

// countMentions counts without a look at the rows where the columns have been
// counted before.
func (v *View) countMentions(ctx context.Context, q *Query) (int, error) {
	if rows, ok := v.cache.get(mentionKey(q)); ok {
		return len(rows.([]uint32)), nil
	}
	c, err := v.mentionCondition(ctx, q)
	if err != nil {
		return 0, err
	}
	if n, ok := c.count(); ok {
		return n, nil
	}
	rows, err := v.mentionRows(ctx, mentionKey(q), c)
	return len(rows), err
}

// count counts by what is known of kinds and places.
func (c *condition) count() (int, bool) {
	switch {
	case c.never:
		return 0, true
	case c.days || c.sure != nil || c.ofArticle || c.light != nil || c.heavy != nil || c.worded != nil || c.kinds != nil && (c.where != nil || c.shapes != nil):
		return 0, false
	case c.kinds != nil:
		n := 0
		for k, of := range c.v.byKind {
			if c.kinds[k] {
				n += of
			}
		}
		return n, true
	case c.shapes != nil:
		return c.countShaped(), true
	case c.where == nil:
		return c.t.len(), true
	}
	n := 0
	for _, p := range c.near {
		s := &c.v.sums[p]
		if c.where[p]&placeWhole != 0 || c.boxes == nil {
			n += s.mentions
			continue
		}
		if c.where[p]&placeBoxed != 0 {
			n += s.steady
		}
		if c.where[p]&placeHere != 0 {
			for _, i := range c.v.movedAt.of(p) {
				if c.inBoxes(c.t.moved.values[i]) {
					n++
				}
			}
		}
	}
	return n, true
}

// texts reads the texts of rows.
func (v *View) texts(ctx context.Context, rows []uint32) iter.Seq2[*Text, error] {
	keys := make([]int64, len(rows))
	for i, r := range rows {
		keys[i] = v.table.key[r]
	}
	return v.source.Texts(ctx, keys)
}

// yieldMentions yields mentions whole and reports whether to go on.
func (v *View) yieldMentions(ctx context.Context, rows []uint32, yield func(geo.Record, error) bool, failed *error) bool {
	i := 0
	for text, err := range v.texts(ctx, rows) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			*failed = err
			return true
		}
		if !yield(v.record(rows[i], text), nil) {
			return false
		}
		i++
	}
	if i < len(rows) {
		*failed = cmp.Or(ctx.Err(), fmt.Errorf("the texts of %d mentions are missing", len(rows)-i))
	}
	return true
}

// record puts a mention together.
func (v *View) record(r uint32, text *Text) geo.Record {
	t, a, f := v.table, v.table.article[r], v.table.flags[r]
	record := geo.Record{
		Article: geo.Article{
			ID: v.articles.ids.at(a), Source: v.articles.sources[v.articles.source[a]], Published: v.articles.published[a],
			Title: v.articles.titles.at(a), URL: v.articles.urls.at(a),
		},
		Origin: v.articles.origins.at(a),
	}
	record.Mention = geo.Mention{
		Article: record.Article.ID, Start: int(t.start[r]), End: int(t.end[r]), SentenceStart: int(t.sentence[r]),
		Name: v.names[t.name[r]], Sentence: text.Sentence, Place: v.places.all[t.place[r]],
		Demonym: f.is(demonymFlag), WherePrec: f.wherePrec(), Offset: text.Offset,
		Role: v.words.roles[f.role()], Event: v.words.events[f.event()],
		Days: t.days(r), DatePrec: f.datePrec(), DateBasis: text.DateBasis,
		Claim: v.words.claims[f.claim()], ClaimedBy: v.names[t.by[r]], Confidence: t.confidence(r),
		// The source uses its lists again.
		Reasons: slices.Clone(nonempty(text.Reasons)), RunnersUp: slices.Clone(nonempty(text.RunnersUp)),
	}
	if f.is(movedFlag) {
		record.Geometry = t.moved.at(r)
	}
	if f.is(deathsFlag) {
		record.Deaths = t.deaths.at(r).count(text.DeathWords)
	}
	if f.is(injuriesFlag) {
		record.Injuries = t.hurts.at(r).count(text.InjuryWords)
	}
	return record
}

func nonempty(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

func (f figures) count(words []string) geo.Count {
	return geo.Count{Low: int(f.low), High: int(f.high), Open: f.open, Words: slices.Clone(nonempty(words))}
}

// Between the id of an article and the offset stands what no id holds and sorts
// before all that they hold, so that positions sort as pairs do.
const positionMark = "\x00"

// MentionPosition is where the mention stands in its collection.
func MentionPosition(r *geo.Record) Position {
	return Position{Day: r.Days.From, ID: fmt.Sprintf("%s%s%09d", r.Mention.Article, positionMark, r.Start)}
}

// rowAfter is the first row behind the position.
func (v *View) rowAfter(p Position) uint32 {
	if p.IsZero() {
		return 0
	}
	article, digits, _ := strings.Cut(p.ID, positionMark)
	start, err := strconv.ParseUint(digits, 10, 31)
	if err != nil {
		start = 0
	}
	a, ok := v.articles.ids.find(article)
	t := v.table
	return uint32(sort.Search(t.len(), func(i int) bool {
		switch day := rankDay(t.from[i]); {
		case day != rankDay(p.Day):
			return day > rankDay(p.Day)
		case t.article[i] != a || !ok:
			return t.article[i] >= a
		}
		return t.start[i] > uint32(start)
	}))
}

// Mention returns the mention with the id; the error for one that isn't there
// wraps geo.ErrNotFound.
func (v *View) Mention(ctx context.Context, id string) (geo.Record, error) {
	r, ok := v.findMention(id)
	if !ok {
		return geo.Record{}, fmt.Errorf("mention %q: %w", id, geo.ErrNotFound)
	}
	for text, err := range v.texts(ctx, []uint32{r}) {
		if err != nil {
			return geo.Record{}, fmt.Errorf("mention %q: %w", id, err)
		}
		return v.record(r, text), nil
	}
	return geo.Record{}, fmt.Errorf("mention %q: its texts are missing", id)
}

func (v *View) findMention(id string) (uint32, bool) {
	colon := strings.LastIndexByte(id, ':')
	if colon < 0 {
		return 0, false
	}
	a, ok := v.articles.ids.find(id[:colon])
	if !ok {
		return 0, false
	}
	for _, r := range v.byArticle.of(a) {
		if id[colon+1:] == strconv.Itoa(int(v.table.start[r])) {
			return r, true
		}
	}
	return 0, false
}
