package index

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// events holds events as columns, in the order of Position: what can be told
// of them from the columns of the table. The mentions of each are ascending rows.
type events struct {
	id       []uint64 // the bytes of the id, the first as the highest
	place    []uint32
	from, to []geo.Day
	flags    []flags // event, role and both precisions; movedFlag if one of the mentions has it
	late     []bool  // whether it is one of years: its fold depends on others
	apart    []bool  // whether it, or one that its fold depends on, has movedFlag
	best     []uint32
	articles []uint32
	accounts []uint32 // of its articles: as many origins as it can have at most
	mentions lists

	days    timeline
	byID    []uint32
	byPlace lists
	years   map[uint32][]uint32 // the events of years by place and type
	extent  extent
}

func (e *events) len() int { return len(e.id) }

func (e *events) members(i uint32) []uint32 { return e.mentions.of(i) }

func (e *events) interval(i uint32) geo.Interval { return geo.Interval{From: e.from[i], To: e.to[i]} }

// unit names a place and an event type.
func unit(place uint32, event int) uint32 { return place<<eventBits | uint32(event) }

// folder folds rows to events.
type folder struct {
	v       *View
	out     *events
	folding geo.Folding
	of      []int // the event of each row
	late    []int // the rows whose event is told at the end
	scratch []uint32
	next    []uint32
}

func (v *View) newFolder() *folder {
	return &folder{v: v, out: &events{mentions: lists{starts: []uint32{0}}}}
}

// fold adds the events of dated site mentions of one place and type, given by
// ascending rows.
func (f *folder) fold(place uint32, event int, rows []uint32) {
	t := f.v.table
	f.folding.Reset()
	f.of, f.late = f.of[:0], f.late[:0]
	for i, r := range rows {
		at := f.folding.Add(t.days(r), t.flags[r].datePrec())
		if at == geo.Late {
			f.late = append(f.late, i)
		}
		f.of = append(f.of, at)
	}
	spans, late := f.folding.Finish()
	for i, at := range late {
		f.of[f.late[i]] = at
	}
	// The rows by event.
	f.next = append(f.next[:0], make([]uint32, len(spans)+1)...)
	for _, at := range f.of {
		f.next[at+1]++
	}
	out := f.out
	begin := uint32(len(out.mentions.rows))
	f.next[0] = begin
	for i := range spans {
		f.next[i+1] += f.next[i]
		out.mentions.starts = append(out.mentions.starts, f.next[i+1])
	}
	out.mentions.rows = append(out.mentions.rows, rows...)
	for i, r := range rows {
		at := f.of[i]
		out.mentions.rows[f.next[at]] = r
		f.next[at]++
	}
	id := f.v.places.all[place].ID
	for i := range spans {
		hash := spans[i].EventHash(id, f.v.words.events[event])
		out.id = append(out.id, binary.BigEndian.Uint64(hash[:]))
		out.place = append(out.place, place)
		out.from, out.to = append(out.from, spans[i].Days.From), append(out.to, spans[i].Days.To)
		out.late = append(out.late, !spans[i].Apart())
		f.sumUp(uint32(len(out.id)-1), event)
	}
}

// sumUp adds what an event's mentions say together.
func (f *folder) sumUp(i uint32, event int) {
	t, out := f.v.table, f.out
	rows := out.members(i)
	best := rows[0]
	date, where := t.flags[best].datePrec(), t.flags[best].wherePrec()
	moved := flags(0)
	f.scratch = f.scratch[:0]
	for _, r := range rows {
		date, where = geo.Better(date, t.flags[r].datePrec()), geo.Better(where, t.flags[r].wherePrec())
		moved |= t.flags[r] & movedFlag
		f.scratch = append(f.scratch, t.article[r])
		if f.v.showsBetter(r, best) {
			best = r
		}
	}
	slices.Sort(f.scratch)
	f.scratch = slices.Compact(f.scratch)
	out.best = append(out.best, best)
	out.articles = append(out.articles, uint32(len(f.scratch)))
	out.accounts = append(out.accounts, f.v.articles.countAccounts(f.scratch))
	out.flags = append(out.flags, flags(event)|flags(f.v.words.site<<roleShift)|precisions(date, where)|moved)
}

// showsBetter is geo.FoldEvents' choice of the best mention.
func (v *View) showsBetter(r, best uint32) bool {
	t, a := v.table, v.articles
	return cmp.Or(
		cmp.Compare(t.confidence(best), t.confidence(r)),
		geo.ComparePublished(a.published[t.article[r]], a.published[t.article[best]]),
		cmp.Compare(t.article[r], t.article[best]),
		cmp.Compare(t.start[r], t.start[best]),
	) < 0
}

// sorted puts the events in the order of Position.
func (e *events) sorted() *events {
	order := make([]uint32, e.len())
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(e.from[a], e.from[b]), cmp.Compare(e.id[a], e.id[b])) })
	s := &events{
		id: reorder(order, e.id), place: reorder(order, e.place), from: reorder(order, e.from), to: reorder(order, e.to),
		flags: reorder(order, e.flags), late: reorder(order, e.late), best: reorder(order, e.best), articles: reorder(order, e.articles),
		accounts: reorder(order, e.accounts),
	}
	s.mentions = lists{starts: make([]uint32, 1, len(order)+1), rows: make([]uint32, 0, len(e.mentions.rows))}
	for _, i := range order {
		s.mentions.rows = append(s.mentions.rows, e.members(i)...)
		s.mentions.starts = append(s.mentions.starts, uint32(len(s.mentions.rows)))
	}
	return s
}

func reorder[T any](order []uint32, column []T) []T {
	all := make([]T, len(order))
	for i, from := range order {
		all[i] = column[from]
	}
	return all
}

// foldAll folds all mentions.
func (v *View) foldAll(ctx context.Context) error {
	f := v.newFolder()
	t := v.table
	byType := make([][]uint32, len(v.words.events))
	for p := uint32(1); p <= uint32(v.places.len()); p++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range byType {
			byType[i] = byType[i][:0]
		}
		for _, r := range v.byPlace.of(p) {
			if int(r) >= t.dated {
				break
			}
			if k := t.flags[r]; k.role() == v.words.site {
				byType[k.event()] = append(byType[k.event()], r)
			}
		}
		for event, rows := range byType {
			if event > 0 && len(rows) > 0 {
				f.fold(p, event, rows)
			}
		}
	}
	e := f.out.sorted()
	e.index(v)
	v.events = e
	return nil
}

// index makes what finds events.
func (e *events) index(v *View) {
	e.days = newTimeline(e.from, e.to)
	e.byPlace = listsOf(v.places.len()+1, e.place)
	e.byID = make([]uint32, e.len())
	e.apart = make([]bool, e.len())
	e.years = make(map[uint32][]uint32)
	for i := range e.byID {
		e.byID[i] = uint32(i)
		if e.late[i] {
			u := unit(e.place[i], e.flags[i].event())
			e.years[u] = append(e.years[u], uint32(i))
		}
		e.extent.addDays(e.interval(uint32(i)))
		if e.flags[i].is(movedFlag) {
			e.extent.add(v.eventFootprint(e, uint32(i)))
		}
	}
	for p := uint32(1); p <= uint32(v.places.len()); p++ {
		if slices.ContainsFunc(e.byPlace.of(p), func(i uint32) bool { return v.movedTo(e, i) == nil }) {
			e.extent.add(v.places.footprint[p])
		}
	}
	for i, late := range e.late {
		e.apart[i] = e.flags[i].is(movedFlag) || late && slices.ContainsFunc(
			e.years[unit(e.place[i], e.flags[i].event())], func(i uint32) bool { return e.flags[i].is(movedFlag) })
	}
	slices.SortFunc(e.byID, func(a, b uint32) int { return cmp.Compare(e.id[a], e.id[b]) })
}
