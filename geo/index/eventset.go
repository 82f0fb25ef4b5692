package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
)

// eventSet is what a query selects, in the order of Position: events of the view,
// and events of which the filter leaves only some mentions.
type eventSet struct {
	base, extra *events
	refs        []uint32 // those of extra counted on from base
	all         bool     // all of base, without refs
}

func (s *eventSet) len() int {
	if s.all {
		return s.base.len()
	}
	return len(s.refs)
}

// at returns the n-th event: where it stands in which events.
func (s *eventSet) at(n int) (*events, uint32) {
	if s.all {
		return s.base, uint32(n)
	}
	return s.of(s.refs[n])
}

func (s *eventSet) of(ref uint32) (*events, uint32) {
	if n := uint32(s.base.len()); ref >= n {
		return s.extra, ref - n
	}
	return s.base, ref
}

// after is the number of the first event behind the position.
func (s *eventSet) after(p Position) int {
	if p.IsZero() {
		return 0
	}
	return sort.Search(s.len(), func(n int) bool {
		e, i := s.at(n)
		return cmp.Or(cmp.Compare(rankDay(e.from[i]), rankDay(p.Day)), strings.Compare(e.name(i), p.ID)) > 0
	})
}

func (s *eventSet) bytes() int {
	n := 4 * len(s.refs)
	if s.extra != nil {
		const each = 52
		n += each*s.extra.len() + 4*len(s.extra.mentions.rows)
	}
	return n
}

// eventSet returns what the query selects. It is shared.
func (v *View) eventSet(ctx context.Context, q *Query) (*eventSet, error) {
	if q.selectsAll() {
		return &eventSet{base: v.events, all: true}, nil
	}
	return remember(ctx, v.cache, "events?"+q.Key(), func() (*eventSet, int, error) {
		s, err := v.selectEvents(ctx, q)
		if err != nil {
			return nil, 0, err
		}
		return s, s.bytes(), nil
	})
}

func (q *Query) selectsAll() bool {
	return q.Where == nil && q.Geometry == "" && q.Placed == "" && len(q.Filter.Values()) == 0
}

// picker finds the events of a filter.
type picker struct {
	*condition
	ctx context.Context
	e   *events
	// types are the event types, by number; nil: any.
	types []bool
	// parts: the filter may leave some mentions of an event and drop others,
	// wherever they are.
	parts  bool
	folder *folder
	units  map[uint32]bool // those of years that were looked at: whether all is left
	refs   []uint32
	looked int
}

func (v *View) selectEvents(ctx context.Context, q *Query) (*eventSet, error) {
	if !among(q.Filter.Roles, geo.Site) {
		return &eventSet{base: v.events}, nil
	}
	f := q.Filter // of mentions, as far as these aren't alike in one event
	f.Roles, f.Events = nil, nil
	only, err := v.placewise(ctx, q.Where, "events")
	if err != nil {
		return nil, err
	}
	c, err := v.newCondition(ctx, &f, q.leniency(), only)
	if err != nil {
		return nil, err
	}
	c.withDays(f.Datetime)
	p := &picker{
		condition: c, ctx: ctx, e: v.events, parts: c.kinds != nil || c.sure != nil || c.ofArticle || c.worded != nil,
		folder: v.newFolder(), units: make(map[uint32]bool),
	}
	if len(q.Filter.Events) > 0 {
		for _, t := range v.words.events {
			p.types = append(p.types, slices.Contains(q.Filter.Events, t))
		}
	}
	s, err := p.pick()
	if err == nil && (q.Geometry != "" || q.Placed != "") {
		s = v.shapedEvents(s, q)
	}
	if err != nil || q.Where == nil || only != nil {
		return s, err
	}
	return v.whereEvents(ctx, s, q.Where)
}

func (p *picker) pick() (*eventSet, error) {
	if p.never {
		return &eventSet{base: p.e}, nil
	}
	candidates := p.candidates()
	p.refs = make([]uint32, 0, min(candidates.len(), 1<<16))
	for i := range candidates.each() {
		if p.looked++; p.looked%checkEvery == 0 && p.ctx.Err() != nil {
			return nil, p.ctx.Err()
		}
		if p.mayBe(i) {
			p.take(i)
		}
	}
	s := &eventSet{base: p.e, refs: p.refs}
	if p.folder.out.len() > 0 {
		s.extra = p.folder.out.sorted()
		s.refs = p.merged(s)
	}
	s.refs = slices.Clip(s.refs)
	return s, p.ctx.Err()
}

// candidates are the events that may be selected, by days or by place.
func (p *picker) candidates() span {
	all := span{to: uint32(p.e.len())}
	if p.days {
		all = p.e.days.overlapping(p.first, p.last)
	}
	if p.where == nil {
		return all
	}
	n := 0
	for _, place := range p.near {
		n += p.e.byPlace.count(place)
	}
	if n*4 > all.len() {
		return all
	}
	some := span{early: make([]uint32, 0, n)}
	for _, place := range p.near {
		some.early = append(some.early, p.e.byPlace.of(place)...)
	}
	ascend(some.early, p.e.len())
	return some
}

func (s *span) each() func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for _, i := range s.early {
			if !yield(i) {
				return
			}
		}
		for i := s.from; i < s.to; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

// mayBe reports whether the event fulfils what is alike for all its mentions.
func (p *picker) mayBe(i uint32) bool {
	e := p.e
	if p.types != nil && !p.types[e.flags[i].event()] || p.days && !p.overlaps(e, i) {
		return false
	}
	if p.where == nil {
		return true
	}
	bits := p.where[e.place[i]]
	return bits&placeHere != 0 && (bits&placeBoxed != 0 || p.isApart(i))
}

func (p *picker) overlaps(e *events, i uint32) bool { return e.from[i] <= p.last && e.to[i] >= p.first }

// isApart reports whether a box may leave some mentions of the event, or of those
// that it folds with, and drop others.
func (p *picker) isApart(i uint32) bool {
	return p.boxes != nil && p.e.apart[i] && p.where[p.e.place[i]]&placeWhole == 0
}

// take adds the event, as far as the filter leaves it.
func (p *picker) take(i uint32) {
	apart := p.isApart(i)
	if !p.parts && !apart {
		p.refs = append(p.refs, i)
		return
	}
	if p.e.late[i] {
		p.takeUnit(i, apart)
		return
	}
	rows := p.e.members(i)
	switch n := p.count(rows, apart); n {
	case 0:
	case len(rows):
		p.refs = append(p.refs, i)
	default:
		p.folder.fold(p.e.place[i], p.e.flags[i].event(), p.left(rows, apart, n))
	}
}

// takeUnit looks at all mentions of the place and type that are known to the
// year or worse, since they depend on each other. What is left of them is folded
// anew, with the first of their events, unless all is.
func (p *picker) takeUnit(i uint32, apart bool) {
	u := unit(p.e.place[i], p.e.flags[i].event())
	all, seen := p.units[u]
	if !seen {
		var rows []uint32
		for _, i := range p.e.years[u] {
			rows = append(rows, p.e.members(i)...)
		}
		left := p.left(rows, apart, 0)
		all = len(left) == len(rows)
		p.units[u] = all
		if len(left) > 0 && !all {
			slices.Sort(left)
			p.folder.fold(p.e.place[i], p.e.flags[i].event(), left)
		}
	}
	if all {
		p.refs = append(p.refs, i)
	}
}

func (p *picker) count(rows []uint32, apart bool) int {
	n := 0
	for _, r := range rows {
		if p.matchesAsSite(r, apart) {
			n++
		}
	}
	p.looked += len(rows) - 1
	return n
}

func (p *picker) left(rows []uint32, apart bool, n int) []uint32 {
	left := make([]uint32, 0, n)
	for _, r := range rows {
		if p.matchesAsSite(r, apart) {
			left = append(left, r)
		}
	}
	return left
}

// merged puts the events that were folded anew, those of the days, among the others.
func (p *picker) merged(s *eventSet) []uint32 {
	n := uint32(p.e.len())
	all := make([]uint32, 0, len(p.refs)+s.extra.len())
	rest := p.refs
	for i := range uint32(s.extra.len()) {
		if p.days && !p.overlaps(s.extra, i) {
			continue
		}
		for len(rest) > 0 && cmp.Or(cmp.Compare(p.e.from[rest[0]], s.extra.from[i]), cmp.Compare(p.e.id[rest[0]], s.extra.id[i])) < 0 {
			all, rest = append(all, rest[0]), rest[1:]
		}
		all = append(all, n+i)
	}
	return append(all, rest...)
}

// whereEvents keeps the events that fulfil the expression.
func (v *View) whereEvents(ctx context.Context, s *eventSet, where *cql2.Program) (*eventSet, error) {
	e := v.eventExpr(where)
	kept := &eventSet{base: s.base, extra: s.extra}
	for n := 0; n < s.len(); {
		var whole []geo.Event
		end := min(s.len(), n+batch)
		if e.heavy {
			var err error
			if end = s.batchEnd(n, s.len()); end > n {
				whole, err = v.wholeEvents(ctx, s, numbered(n, end))
			}
			if err != nil {
				return nil, err
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("select by an expression: %w", err)
		}
		for i := n; i < end; i++ {
			r := eventRow{eventExpr: e}
			if e.heavy {
				r.whole = &whole[i-n]
			}
			r.events, r.i = s.at(i)
			if e.program.Match(&r) {
				kept.refs = append(kept.refs, s.ref(i))
			}
		}
		n = end
	}
	kept.refs = slices.Clip(kept.refs)
	return kept, nil
}

// numbered are the numbers of a range.
func numbered(from, to int) []uint32 {
	numbers := make([]uint32, to-from)
	for i := range numbers {
		numbers[i] = uint32(from + i)
	}
	return numbers
}

func (s *eventSet) ref(n int) uint32 {
	if s.all {
		return uint32(n)
	}
	return s.refs[n]
}
