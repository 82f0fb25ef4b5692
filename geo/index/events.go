package index

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"sort"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
)

// Events yields the events that the query selects, in its order. A datetime
// selects the events whose days overlap, each in its full extent; the other parts
// of the filter select the mentions that make up events, Where the events
// themselves.
func (v *View) Events(ctx context.Context, q Query) iter.Seq2[geo.Event, error] {
	return func(yield func(geo.Event, error) bool) {
		s, err := v.eventSet(ctx, &q)
		if err == nil {
			var more bool
			if more, err = v.yieldEvents(ctx, s, &q, yield); !more {
				return
			}
		}
		if err != nil {
			yield(geo.Event{}, fmt.Errorf("select events: %w", err))
		}
	}
}

// yieldEvents reads events whole, some at a time so that not many more than a batch
// of mentions is read at once, and reports whether to go on.
func (v *View) yieldEvents(ctx context.Context, s *eventSet, q *Query, yield func(geo.Event, error) bool) (more bool, err error) {
	var some []uint32
	mentions, left := 0, q.Limit
	flush := func() bool {
		var whole []geo.Event
		whole, err = v.wholeEvents(ctx, s, some)
		some, mentions = some[:0], 0
		for i := range whole {
			if !yield(whole[i], nil) {
				return false
			}
		}
		return true
	}
	for n, failed := range v.eventNumbers(ctx, s, q) {
		if failed != nil {
			return true, failed
		}
		e, i := s.at(int(n))
		some = append(some, n)
		mentions += e.mentions.count(i)
		left--
		if mentions >= batch && !flush() {
			return false, err
		}
		if err != nil || left == 0 {
			break
		}
	}
	if err == nil && len(some) > 0 && !flush() {
		return false, err
	}
	return true, err
}

// eventNumbers yields the numbers in the set of the events behind q.After, in the
// order that q asks for.
func (v *View) eventNumbers(ctx context.Context, s *eventSet, q *Query) iter.Seq2[uint32, error] {
	return func(yield func(uint32, error) bool) {
		switch q.Order {
		case MostOrigins, MostMentions:
			r, err := v.ranking(ctx, q, s)
			if err != nil {
				yield(0, err)
				return
			}
			r.each(ctx, q.After, q.Limit)(yield)
		case NewestFirst:
			for n := range s.backwards().each(q.After, s.after(q.After)) {
				if !yield(uint32(n), nil) {
					return
				}
			}
		default:
			for n := s.after(q.After); n < s.len(); n++ {
				if !yield(uint32(n), nil) {
					return
				}
			}
		}
	}
}

// batchEnd is where to stop reading events whole, from the n-th on, so that not
// many more than a batch of mentions is read.
func (s *eventSet) batchEnd(n, end int) int {
	for mentions := 0; n < end; n++ {
		if mentions >= batch {
			return n
		}
		e, i := s.at(n)
		mentions += e.mentions.count(i)
	}
	return n
}

// wholeEvents reads the events of these numbers with all that their mentions say:
// the events are folded by the domain's own rules.
func (v *View) wholeEvents(ctx context.Context, s *eventSet, numbers []uint32) ([]geo.Event, error) {
	var rows []uint32
	for _, n := range numbers {
		e, i := s.at(int(n))
		rows = append(rows, e.members(i)...)
	}
	records := make([]geo.Record, 0, len(rows))
	for text, err := range v.texts(ctx, rows) {
		if err != nil {
			return nil, err
		}
		records = append(records, v.record(rows[len(records)], text))
	}
	if len(records) < len(rows) {
		return nil, fmt.Errorf("the texts of %d mentions are missing", len(rows)-len(records))
	}
	all := make([]geo.Event, 0, len(numbers))
	for _, n := range numbers {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e, i := s.at(int(n))
		mine := records[:e.mentions.count(i)]
		records = records[len(mine):]
		whole, err := foldOne(mine)
		if err != nil {
			return nil, err
		}
		// Of several events of years that begin on a day, only all together know which is which.
		whole.ID = e.name(i)
		all = append(all, whole)
	}
	return all, nil
}

// foldOne folds the mentions of one event.
func foldOne(records []geo.Record) (whole geo.Event, err error) {
	n := 0
	for e, err := range geo.FoldEvents(func(yield func(geo.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}) {
		if err != nil {
			return whole, err
		}
		whole = e
		n++
	}
	if n != 1 {
		return whole, fmt.Errorf("the mentions of event %s fold to %d events", whole.ID, n)
	}
	return whole, nil
}

// name is the event's id.
func (e *events) name(i uint32) string {
	var hash [8]byte
	binary.BigEndian.PutUint64(hash[:], e.id[i])
	return geo.EventID(hash)
}

// EventPosition is where the event stands in its collection.
func EventPosition(e *geo.Event) Position {
	return Position{Day: e.Days.From, ID: e.ID, Origins: uint32(e.Origins), Mentions: uint32(e.Mentions)}
}

// Event returns the event with the id among those that an empty query selects.
func (v *View) Event(ctx context.Context, id string) (geo.Event, error) {
	e := v.events
	hash, err := hex.DecodeString(id)
	if err == nil && len(hash) == 8 {
		at := binary.BigEndian.Uint64(hash)
		n := sort.Search(e.len(), func(n int) bool { return e.id[e.byID[n]] >= at })
		if n < e.len() && e.name(e.byID[n]) == id {
			one := &eventSet{base: e, refs: e.byID[n : n+1]}
			whole, err := v.wholeEvents(ctx, one, []uint32{0})
			if err != nil {
				return geo.Event{}, fmt.Errorf("event %q: %w", id, err)
			}
			return whole[0], nil
		}
	}
	return geo.Event{}, fmt.Errorf("event %q: %w", id, geo.ErrNotFound)
}

// movedTo is where the text puts the event's best mention if not at its place, nil
// if another mention knows the position better.
func (v *View) movedTo(e *events, i uint32) orb.Geometry {
	best := e.best[i]
	if f := v.table.flags[best]; f.is(movedFlag) && f.wherePrec() == e.flags[i].wherePrec() {
		return v.table.moved.at(best)
	}
	return nil
}

// eventFootprint is where an event is drawn, nil for nowhere.
func (v *View) eventFootprint(e *events, i uint32) orb.Geometry {
	if g := v.movedTo(e, i); g != nil {
		return g
	}
	return v.places.footprint[e.place[i]]
}

// eventExpr is an expression on events.
type eventExpr struct {
	v       *View
	program *cql2.Program
	fields  []field[eventRow]
	heavy   bool
}

// eventRow is an event as a program sees it.
type eventRow struct {
	*eventExpr
	events *events
	i      uint32
	whole  *geo.Event // nil unless a field needs it
}

// Value implements cql2.Row.
func (r *eventRow) Value(i int) cql2.Value { return r.fields[i](r) }

func (v *View) eventExpr(p *cql2.Program) *eventExpr {
	e := &eventExpr{v: v, program: p}
	e.fields, e.heavy = fieldsOf(p, "events", v.eventField)
	return e
}

func (v *View) eventField(name string) (get field[eventRow], stored bool) {
	if get := placeField(name); get != nil {
		return func(r *eventRow) cql2.Value { return get(v.places.all[r.events.place[r.i]]) }, false
	}
	if get := v.spanField(name); get != nil {
		return func(r *eventRow) cql2.Value { return get(r.events.best[r.i]) }, false
	}
	if get := storedOfEvent(name); get != nil {
		return func(r *eventRow) cql2.Value { return get(r.whole) }, true
	}
	if name == "geometry_type" {
		return func(r *eventRow) cql2.Value { return textValue(GeometryType(v.eventFootprint(r.events, r.i))) }, false
	}
	return func(r *eventRow) cql2.Value { return r.column(name) }, false
}

// storedOfEvent returns what only the whole event has.
func storedOfEvent(name string) func(*geo.Event) cql2.Value {
	switch name {
	case "sentence":
		return func(e *geo.Event) cql2.Value { return textValue(e.Best.Sentence) }
	case "offset":
		return func(e *geo.Event) cql2.Value {
			if e.WherePrec != e.Best.WherePrec {
				return cql2.Value{}
			}
			return textValue(e.Best.Offset)
		}
	case "origins":
		return func(e *geo.Event) cql2.Value { return numberValue(e.Origins) }
	}
	return nil
}

func (r *eventRow) column(name string) cql2.Value {
	e, i, v := r.events, r.i, r.v
	p := v.places.all[e.place[i]]
	switch name {
	case "id":
		return textValue(e.name(i))
	case "label":
		return textValue(v.options.labels.Label(p, v.names[v.table.name[e.best[i]]]))
	case "event":
		return textValue(v.words.events[e.flags[i].event()])
	case "from":
		return dayValue(e.from[i])
	case "to":
		return dayValue(e.to[i])
	case "date_prec":
		return knownValue(e.flags[i].datePrec())
	case "where_prec":
		return knownValue(e.flags[i].wherePrec())
	case "uncertainty_m":
		if v.movedTo(e, i) != nil {
			return cql2.Value{}
		}
		return knownValue(p.Uncertainty)
	case "mentions":
		return numberValue(e.mentions.count(i))
	case "articles":
		return numberValue(e.articles[i])
	case "geometry":
		return geometryValue(v.eventFootprint(e, i))
	}
	return r.count(name)
}

// count is a property that counts over the event's mentions.
func (r *eventRow) count(name string) cql2.Value {
	t := r.v.table
	switch name {
	case "reported", "claimed", "denied":
		n := 0
		for _, m := range r.events.members(r.i) {
			if string(r.v.words.claims[t.flags[m].claim()]) == name {
				n++
			}
		}
		return numberValue(n)
	case "deaths_low", "deaths_high":
		return joined(r.events.members(r.i), &t.deaths, name == "deaths_high")
	case "injuries_low", "injuries_high":
		return joined(r.events.members(r.i), &t.hurts, name == "injuries_high")
	}
	return cql2.Value{}
}

// joined is the lowest or the highest figure among those of the rows.
func joined(rows []uint32, column *sparse[figures], highest bool) cql2.Value {
	var counts []geo.Count
	for _, r := range rows {
		if f, ok := column.find(r); ok {
			counts = append(counts, f.count([]string{"stated"}))
		}
	}
	c := geo.JoinCounts(counts)
	switch {
	case !c.Stated() || highest && c.Open:
		return cql2.Value{}
	case highest:
		return numberValue(c.High)
	}
	return numberValue(c.Low)
}
