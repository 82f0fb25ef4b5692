package index

import (
	"context"
	"iter"
	"sort"

	"github.com/conflictmap/conflictmap/geo"
)

// ranking is a set of events by how much is told of them. Mentions are counted.
// Origins cost more: whether two accounts are one statement shows in their
// sentences only, which stay in the store. So the list begins in the order of
// what origins can be at most, and is put right from its beginning on as far as it
// is asked for: an event whose origins are known stands rightly once none of
// those still to be looked at can have more.
type ranking struct {
	v     *View
	set   *eventSet
	order Order

	turn chan struct{} // held while the following is read or changed
	list []uint32      // numbers in set
	// origins of each in list: as far as looked those that it has, beyond as many
	// as it can have at most. nil where the order doesn't ask for them.
	origins []uint32
	settled int // how many stand rightly
	looked  int // from settled on, these are in order among themselves
}

// ranking returns the set that the query selects in the query's order.
func (v *View) ranking(ctx context.Context, q *Query, s *eventSet) (*ranking, error) {
	return rememberLarge(ctx, v.cache, "events by "+string(q.Order)+"?"+q.Key(), func() (*ranking, int, error) {
		r := &ranking{v: v, set: s, order: q.Order, turn: make(chan struct{}, 1), list: make([]uint32, 0, s.len())}
		for n := range s.backwards().each(Position{}, 0) {
			r.list = append(r.list, uint32(n))
		}
		counts := make([]uint32, s.len()) // by number in the set
		for n := range counts {
			e, i := s.at(n)
			counts[n] = uint32(e.mentions.count(i))
		}
		r.list = descending(r.list, counts)
		if r.order == MostMentions {
			r.settled, r.looked = len(r.list), len(r.list)
			return r, s.bytes() + 4*len(r.list), ctx.Err()
		}
		for n := range counts {
			e, i := s.at(n)
			counts[n] = e.accounts[i]
		}
		r.list = descending(r.list, counts)
		r.origins = make([]uint32, len(r.list))
		for at, n := range r.list {
			r.origins[at] = counts[n]
		}
		return r, s.bytes() + 8*len(r.list), ctx.Err() // it keeps the set, too
	})
}

// descending sorts numbers by their counts, the highest first, and leaves equals as
// they are.
func descending(numbers, counts []uint32) []uint32 {
	most := uint32(0)
	for _, count := range counts {
		most = max(most, count)
	}
	next := make([]uint32, most+2) // where those of most-count go
	for _, count := range counts {
		next[most-count+1]++
	}
	for i := range most + 1 {
		next[i+1] += next[i]
	}
	sorted := make([]uint32, len(numbers))
	for _, n := range numbers {
		at := &next[most-counts[n]]
		sorted[*at] = n
		*at++
	}
	return sorted
}

// each yields the numbers of the events behind the position, at most limit ones; 0 is all.
func (r *ranking) each(ctx context.Context, after Position, limit int) iter.Seq2[uint32, error] {
	return func(yield func(uint32, error) bool) {
		page, err := r.page(ctx, after, limit)
		for _, n := range page {
			if !yield(n, nil) {
				return
			}
		}
		if err != nil {
			yield(0, err)
		}
	}
}

func (r *ranking) page(ctx context.Context, after Position, limit int) ([]uint32, error) {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if limit <= 0 {
		limit = len(r.list)
	}
	for {
		from := 0
		if !after.IsZero() {
			from = sort.Search(r.settled, func(at int) bool { return r.order.Compare(r.position(at), after) > 0 })
		}
		if r.settled-from >= limit || r.settled == len(r.list) {
			page := r.list[from:min(from+limit, r.settled)]
			return append([]uint32(nil), page...), ctx.Err()
		}
		if err := r.settle(ctx); err != nil {
			return nil, err
		}
	}
}

// position is where the event at that place of the list stands.
func (r *ranking) position(at int) Position {
	e, i := r.set.at(int(r.list[at]))
	p := Position{Day: e.from[i], ID: e.name(i), Mentions: uint32(e.mentions.count(i))}
	if r.origins != nil {
		p.Origins = r.origins[at]
	}
	return p
}

// settle makes some more of the list right, or looks at some more of it.
func (r *ranking) settle(ctx context.Context) error {
	switch {
	case r.looked == len(r.list):
		r.settled = r.looked
	case r.origins[r.looked] <= 1:
		r.mergeRest()
	case r.settled < r.looked && r.order.Compare(r.position(r.settled), r.position(r.looked)) < 0:
		// As many at once as stand before what comes next.
		next := r.position(r.looked)
		r.settled += sort.Search(r.looked-r.settled, func(i int) bool { return r.order.Compare(r.position(r.settled+i), next) > 0 })
	default:
		return r.look(ctx)
	}
	return nil
}

// mergeRest puts the events that nobody tells of but one account, which are in
// order, among those that were looked at.
func (r *ranking) mergeRest() {
	ahead := append([]uint32(nil), r.list[r.settled:r.looked]...)
	counts := append([]uint32(nil), r.origins[r.settled:r.looked]...)
	waiting := ranking{set: r.set, list: ahead, origins: counts}
	to := r.settled
	for i := range ahead {
		p := waiting.position(i)
		for r.looked < len(r.list) && r.order.Compare(r.position(r.looked), p) < 0 {
			r.list[to], r.origins[to] = r.list[r.looked], r.origins[r.looked]
			to, r.looked = to+1, r.looked+1
		}
		r.list[to], r.origins[to] = ahead[i], counts[i]
		to++
	}
	r.settled, r.looked = len(r.list), len(r.list)
}

// maxLooked is how many events are read at once to count their origins. More would
// be read in vain, fewer would take more turns with the store.
const maxLooked = 16

// look counts the origins of the next events and puts these in their places.
func (r *ranking) look(ctx context.Context) error {
	end, mentions := r.looked, 0
	for end < len(r.list) && r.origins[end] > 1 && end-r.looked < maxLooked && mentions < batch {
		e, i := r.set.at(int(r.list[end]))
		mentions += e.mentions.count(i)
		end++
	}
	whole, err := r.v.wholeEvents(ctx, r.set, r.list[r.looked:end])
	if err != nil {
		return err
	}
	for i := range whole {
		r.insert(&whole[i])
	}
	return nil
}

// insert takes the next event of the list.
func (r *ranking) insert(e *geo.Event) {
	number, origins := r.list[r.looked], uint32(e.Origins)
	r.origins[r.looked] = origins
	p := r.position(r.looked)
	at := r.settled + sort.Search(r.looked-r.settled, func(i int) bool { return r.order.Compare(r.position(r.settled+i), p) > 0 })
	copy(r.list[at+1:r.looked+1], r.list[at:r.looked])
	copy(r.origins[at+1:r.looked+1], r.origins[at:r.looked])
	r.list[at], r.origins[at] = number, origins
	r.looked++
}
