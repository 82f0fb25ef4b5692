package index

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// Marks are the events or mentions that a query selects, gathered by where they
// are drawn: what tiles are made of. They are shared: don't change them.
type Marks struct {
	List []Mark

	v     *View
	set   *eventSet // of events; nil: the items are rows of mentions
	items lists     // by mark: numbers in set, or rows
}

// Mark is one position (a geometry that features share) with its features.
type Mark struct {
	Place    *gazetteer.Place
	Geometry orb.Geometry // never nil
	Moved    bool         // the text puts it elsewhere than at the place
	Counts   [8]int       // features by event type, in the order of geo.EventTypes; the last: none
	Len      int          // how many features there are; Marks.Brief gives each
	// MaxConfidence is the highest confidence among the features, 0 to 1: Brief's, to the bit.
	MaxConfidence float64
}

// Brief is a feature as tiles show it.
type Brief struct {
	ID         string
	Event      geo.EventType
	Role       geo.Role // of mentions
	Days       geo.Interval
	WherePrec  geo.WherePrecision
	Confidence float64
	Mentions   int // 1 for a mention
	Articles   int
	Name       string // as written
	Claim      geo.Claim
}

// Brief is the i-th feature of a mark of the list, 0 <= i < Len, in the order of
// Position.
func (m *Marks) Brief(mark, i int) Brief {
	item := m.items.of(uint32(mark))[i]
	if m.set == nil {
		return m.v.briefMention(item)
	}
	e, n := m.set.at(int(item))
	return m.v.briefEvent(e, n)
}

func (v *View) briefMention(r uint32) Brief {
	t, f := v.table, v.table.flags[r]
	return Brief{
		ID:    v.articles.ids.at(t.article[r]) + ":" + strconv.Itoa(int(t.start[r])),
		Event: v.words.events[f.event()], Role: v.words.roles[f.role()], Days: t.days(r), WherePrec: f.wherePrec(),
		Confidence: t.confidence(r), Mentions: 1, Articles: 1, Name: v.names[t.name[r]], Claim: v.words.claims[f.claim()],
	}
}

func (v *View) briefEvent(e *events, i uint32) Brief {
	best := e.best[i]
	b := v.briefMention(best)
	b.ID, b.Role, b.Days, b.WherePrec = e.name(i), geo.Site, e.interval(i), e.flags[i].wherePrec()
	b.Mentions, b.Articles = e.mentions.count(i), int(e.articles[i])
	return b
}

// Marks gathers events or mentions. Features without a footprint are left out.
func (v *View) Marks(ctx context.Context, collection string, q Query) (*Marks, error) {
	m, err := rememberLarge(ctx, v.cache, "marks of "+collection+"?"+q.Key(), func() (*Marks, int, error) {
		g := gatherer{m: &Marks{v: v}, byPlace: make([]uint32, v.places.len()+1), moved: make(map[spot]uint32)}
		err := g.gather(ctx, collection, &q)
		const each = 160
		return g.m, each*len(g.m.List) + 4*len(g.m.items.rows), err
	})
	if err != nil {
		return nil, fmt.Errorf("gather marks: %w", err)
	}
	return m, nil
}

// gatherer makes marks.
type gatherer struct {
	m       *Marks
	byPlace []uint32 // the number of the mark at a place, from 1
	moved   map[spot]uint32
	items   []uint32
	marks   []uint32 // of the items
}

// spot is a geometry other than a place's.
type spot struct {
	place uint32
	where string // the bytes of its coordinates
}

func (g *gatherer) gather(ctx context.Context, collection string, q *Query) (err error) {
	v := g.m.v
	if collection == "mentions" {
		err = v.eachMention(ctx, q, g.expect, func(r uint32) {
			g.add(&item{r, v.table.place[r], v.table.flags[r].event(), v.table.confidence(r), v.movedMention(r)})
		})
	} else if g.m.set, err = v.eventSet(ctx, q); err == nil {
		g.expect(g.m.set.len())
		for n := range g.m.set.len() {
			e, i := g.m.set.at(n)
			g.add(&item{uint32(n), e.place[i], e.flags[i].event(), v.table.confidence(e.best[i]), v.movedTo(e, i)})
		}
	}
	if err != nil {
		return err
	}
	by := listsOf(len(g.m.List), g.marks)
	for i, at := range by.rows {
		by.rows[i] = g.items[at]
	}
	g.m.items = by
	return ctx.Err()
}

func (g *gatherer) expect(n int) {
	g.items, g.marks = make([]uint32, 0, n), make([]uint32, 0, n)
}

func (v *View) movedMention(r uint32) orb.Geometry {
	if v.table.flags[r].is(movedFlag) {
		return v.table.moved.at(r)
	}
	return nil
}

// item is an event or a mention on its way into its mark.
type item struct {
	number     uint32 // in the set, or the row
	place      uint32 // 0 for none
	event      int
	confidence float64
	moved      orb.Geometry // nil for the place's own
}

func (g *gatherer) add(it *item) {
	v, place, moved := g.m.v, it.place, it.moved
	geometry, number := moved, uint32(0)
	var at spot
	switch {
	case place == 0:
		return
	case moved != nil:
		at = spot{place, coordinates(moved)}
		number = g.moved[at]
	default:
		if geometry = v.places.footprint[place]; geometry == nil {
			return
		}
		number = g.byPlace[place]
	}
	if number == 0 {
		g.m.List = append(g.m.List, Mark{Place: v.places.all[place], Geometry: geometry, Moved: moved != nil})
		number = uint32(len(g.m.List))
		if moved != nil {
			g.moved[at] = number
		} else {
			g.byPlace[place] = number
		}
	}
	mark := &g.m.List[number-1]
	mark.Len++
	mark.Counts[(it.event+len(mark.Counts)-1)%len(mark.Counts)]++ // none is 0, and comes last
	// Rarely so; max would write each time.
	if it.confidence > mark.MaxConfidence {
		mark.MaxConfidence = it.confidence
	}
	g.items, g.marks = append(g.items, it.number), append(g.marks, number-1)
}

// coordinates are the bytes of a point or a line.
func coordinates(g orb.Geometry) string {
	var b []byte
	point := func(p orb.Point) {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[0]))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[1]))
	}
	switch g := g.(type) {
	case orb.Point:
		point(g)
	case orb.LineString:
		for _, p := range g {
			point(p)
		}
	default:
		return fmt.Sprint(g)
	}
	return string(b)
}

// eachMention visits the mentions that the query selects, in the order of
// Position. expect gets to know their number first.
func (v *View) eachMention(ctx context.Context, q *Query, expect func(n int), visit func(row uint32)) error {
	if q.selectsAll() {
		expect(v.table.len())
		for r := range uint32(v.table.len()) {
			visit(r)
		}
		return ctx.Err()
	}
	c, err := v.mentionCondition(ctx, q)
	if err != nil {
		return err
	}
	rows, err := v.mentionRows(ctx, mentionKey(q), c)
	expect(len(rows))
	for _, r := range rows {
		visit(r)
	}
	return err
}

// eachEvent visits the events that the query selects, in the order of Position.
func (v *View) eachEvent(ctx context.Context, q *Query, visit func(e *events, i uint32)) error {
	s, err := v.eventSet(ctx, q)
	if err != nil {
		return err
	}
	for n := range s.len() {
		visit(s.at(n))
	}
	return ctx.Err()
}

// Count is how many features of the collection the query selects, whatever its
// After and Limit.
func (v *View) Count(ctx context.Context, collection string, q Query) (n int, err error) {
	switch collection {
	case "mentions":
		n, err = v.countMentions(ctx, &q)
	case "places":
		var sums []placeSum
		sums, err = v.placeSums(ctx, &q)
		n = len(sums)
	default:
		var s *eventSet
		if s, err = v.eventSet(ctx, &q); err == nil {
			n = s.len()
		}
	}
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", collection, err)
	}
	return n, nil
}

// Change is what came between two views.
type Change struct {
	Version                   string
	Articles, Mentions, Sites int
	IDs                       []string     // of the new articles, the first 100
	Days                      geo.Interval // of the new site mentions
	Bounds                    *orb.Bound   // of their footprints, nil for none
}

// Since says what v has that before, an earlier view of the same data, had not.
func (v *View) Since(before *View) Change {
	const most = 100
	c := Change{Version: v.version}
	var arrived []uint32
	for i, key := range v.articles.keys {
		if key > before.articles.last {
			arrived = append(arrived, uint32(i))
		}
	}
	c.Articles = len(arrived)
	slices.SortFunc(arrived, func(a, b uint32) int { return int(v.articles.keys[a] - v.articles.keys[b]) })
	for _, a := range arrived[:min(most, len(arrived))] {
		c.IDs = append(c.IDs, v.articles.ids.at(a))
	}
	var e extent
	for r, key := range v.table.key {
		if key <= before.state.Mention {
			continue
		}
		c.Mentions++
		if v.table.flags[r].role() == v.words.site {
			c.Sites++
			e.addDays(v.table.days(uint32(r)))
			e.add(v.footprint(uint32(r)))
		}
	}
	c.Days = e.days
	if e.found {
		c.Bounds = &e.bounds
	}
	return c
}
