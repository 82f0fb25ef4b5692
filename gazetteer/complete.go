package gazetteer

import (
	"cmp"
	"container/heap"
	"slices"
)

// Bounds on one completion.
const (
	maxCompletions = 1000
	maxVisits      = 50_000 // states of the automaton
	maxTaken       = 5000   // names
	// maxEquals is how many places of one cost are looked at beyond the limit to
	// find the best among them, and how many more bearers of one name: postings
	// are in another order.
	maxEquals = 100
)

// Prefix returns up to limit (at most 1000) places with a name that begins with
// the prefix, each once under the name that fits best: countries, capitals, the
// more populous first, whatever bears just that name gaining, demonyms and
// historical names last.
func (g *Gazetteer) Prefix(prefix string, limit int) (hits []Hit) {
	folded := []byte(Fold(prefix))
	limit = min(limit, maxCompletions)
	if len(folded) == 0 || limit <= 0 {
		return nil
	}
	ok := g.look(func(f *file) (err error) {
		hits, err = g.complete(f, folded, limit)
		return err
	})
	if !ok {
		return nil
	}
	return hits
}

// completion is a hit with its cost.
type completion struct {
	Hit
	cost int
}

// complete takes names in the order of their cost until no further one can
// be among the first limit places.
func (g *Gazetteer) complete(f *file, folded []byte, limit int) ([]Hit, error) {
	w, err := f.names.start()
	if err != nil {
		return nil, err
	}
	if ok, err := step(f.names, &w, folded); !ok {
		return nil, err
	}
	var found []completion
	best := make(map[string]int) // index in found by place
	add := func(v uint64, gain int) error {
		hits, err := g.bestHits(f, valueOffset(v), limit+maxEquals)
		for _, h := range hits {
			c := completion{h, cost(h.Place, h.Name) - gain}
			if i, ok := best[h.Place.ID]; !ok {
				best[h.Place.ID] = len(found)
				found = append(found, c)
			} else if c.cost < found[i].cost {
				found[i] = c
			}
		}
		return err
	}
	if v, ok := w.value(); ok {
		if err := add(v, gainComplete); err != nil {
			return nil, err
		}
	}
	q := frontier{}
	err = q.expand(w.state, w.sum, true)
	taken := 0
	for visits := 0; err == nil && len(q) > 0 && visits < maxVisits && taken < maxTaken; visits++ {
		next := heap.Pop(&q).(branch)
		if !next.name {
			var s state
			if s, err = f.names.state(next.at); err == nil {
				err = q.expand(s, next.value, false)
			}
			continue
		}
		if cost := valueCost(next.value); cheap(found, cost-1) >= limit || cheap(found, cost) >= limit+maxEquals {
			break
		}
		taken++
		err = add(next.value, 0)
	}
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b completion) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), compare(a.Hit, b.Hit))
	})
	hits := make([]Hit, 0, min(limit, len(found)))
	for _, c := range found[:cap(hits)] {
		hits = append(hits, c.Hit)
	}
	return hits, nil
}

// cheap counts the completions that cost no more.
func cheap(found []completion, cost int) (n int) {
	for _, c := range found {
		if c.cost <= cost {
			n++
		}
	}
	return n
}

// branch is a state still to be looked at, or the name that ends there. Its
// value is the smallest of all names beyond.
type branch struct {
	value uint64
	at    int
	name  bool
}

// frontier is a heap of branches by value.
type frontier []branch

func (q frontier) Len() int           { return len(q) }
func (q frontier) Less(i, j int) bool { return q[i].value < q[j].value }
func (q frontier) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *frontier) Push(x any)        { *q = append(*q, x.(branch)) }
func (q *frontier) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// expand adds what lies beyond the state; the name that ends there too, unless
// it is the first, whose name was taken already.
func (q *frontier) expand(s state, sum uint64, first bool) error {
	if s.final && !first {
		heap.Push(q, branch{value: sum + s.finalOut, name: true})
	}
	for i := range s.len() {
		target, out, err := s.transition(i)
		if err != nil {
			return err
		}
		heap.Push(q, branch{value: sum + out, at: target})
	}
	return nil
}
