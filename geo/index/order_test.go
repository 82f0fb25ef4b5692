package index_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// toldOver are records of few places and days, so that many accounts tell of one
// event: copies of each other, and some that quote the same sentence.
func toldOver(rng *rand.Rand, places []*gazetteer.Place, n int) []geo.Record {
	records := randomRecords(rng, places, n)
	origins := map[string]string{}
	for i := range records {
		r := &records[i]
		if origins[r.Article.ID] == "" {
			origins[r.Article.ID] = fmt.Sprint("o", rng.IntN(n))
		}
		r.Origin = origins[r.Article.ID]
		if r.Role == geo.Site && r.Days.From != 0 {
			r.Days = geo.Interval{From: firstDay + geo.Day(rng.IntN(12)), To: 0}
			r.Days.To, r.DatePrec = r.Days.From, geo.DateDay
		}
		if rng.IntN(3) == 0 {
			r.Sentence = fmt.Sprintf("On that day the shells fell on the market of our old town in the loud night, for the %dth time.", 4+rng.IntN(5))
		}
	}
	return records
}

func TestOrdersAgainstPlainEngine(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 18))
	for range 6 {
		places := randomPlaces(rng, 4)
		records := toldOver(rng, places, 150)
		p, v := plainOf(records), viewOf(t, records)
		for range 25 {
			q := randomQuery(rng, places)
			for _, q.Order = range index.Orders("events") {
				checkOrder(t, q, collect(t, p.Events(t.Context(), q)), index.EventPosition, v.Events)
			}
			for _, q.Order = range index.Orders("mentions") {
				checkOrder(t, q, collect(t, p.Mentions(t.Context(), q)), index.MentionPosition, v.Mentions)
			}
		}
	}
}

// checkOrder compares everything that a query selects, all at once and page by page,
// with what it should, put in the order.
func checkOrder[T any](t *testing.T, q index.Query, want []T, position func(*T) index.Position, read func(context.Context, index.Query) iter.Seq2[T, error]) {
	t.Helper()
	name := fmt.Sprintf("%T %q %s", want, q.Order, q.Key())
	at := func(x T) index.Position { return position(&x) }
	slices.SortFunc(want, func(a, b T) int { return inOrder(q.Order, at(a), at(b)) })
	size := 1 + len(want)/3
	var paged []T
	for {
		q.Limit = size
		some := collect(t, read(t.Context(), q))
		paged = append(paged, some...)
		if len(some) < size {
			break
		}
		q.After = position(&some[len(some)-1])
	}
	q.After, q.Limit = index.Position{}, 0
	got := collect(t, read(t.Context(), q))
	for _, list := range [][]T{got, paged} {
		if len(list)+len(want) > 0 && !reflect.DeepEqual(list, want) {
			t.Fatalf("%s:\ngot  %v\nwant %v", name, idsOf(list, position), idsOf(want, position))
		}
	}
	for i := 1; i < len(want); i++ {
		if q.Order.Compare(at(want[i-1]), at(want[i])) >= 0 {
			t.Fatalf("%s: Compare(%v, %v) is not below 0", name, at(want[i-1]), at(want[i]))
		}
	}
}

// inOrder is the plain reading of the orders.
func inOrder(o index.Order, a, b index.Position) int {
	var c []int
	switch o {
	case index.MostOrigins:
		c = append(c, int(b.Origins)-int(a.Origins), int(b.Mentions)-int(a.Mentions))
	case index.MostMentions:
		c = append(c, int(b.Mentions)-int(a.Mentions))
	}
	if a.Day == 0 || b.Day == 0 {
		c = append(c, cmp.Compare(b.Day, a.Day)) // undated ones are the last
	} else if o == index.OldestFirst {
		c = append(c, int(a.Day)-int(b.Day))
	} else {
		c = append(c, int(b.Day)-int(a.Day))
	}
	return cmp.Or(append(c, strings.Compare(a.ID, b.ID))...)
}

func idsOf[T any](list []T, position func(*T) index.Position) []index.Position {
	var ids []index.Position
	for i := range list {
		ids = append(ids, position(&list[i]))
	}
	return ids
}

// A page goes on where the last one ended, whatever was stored meanwhile.
func TestOrdersGoOnInNewerData(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 2))
	places := randomPlaces(rng, 4)
	records := toldOver(rng, places, 120)
	before, after := viewOf(t, records[:len(records)/2]), viewOf(t, records)
	for _, order := range index.Orders("events") {
		q := index.Query{Order: order, Limit: 5}
		first := collect(t, before.Events(t.Context(), q))
		q.After = index.EventPosition(&first[len(first)-1])
		q.Limit = 0
		rest := collect(t, after.Events(t.Context(), q))
		want := slices.DeleteFunc(collect(t, after.Events(t.Context(), index.Query{Order: order})), func(e geo.Event) bool {
			return inOrder(order, index.EventPosition(&e), q.After) <= 0
		})
		if len(want) == 0 || !reflect.DeepEqual(rest, want) {
			t.Errorf("%q: %d events go on, want %d", order, len(rest), len(want))
		}
	}
}

func TestOrdersOfMany(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 3))
	records := toldOver(rng, randomPlaces(rng, 4), 150)
	v := viewOf(t, records)
	want := collect(t, v.Events(t.Context(), index.Query{Order: index.MostOrigins}))
	fresh := viewOf(t, records)
	done := make(chan []geo.Event)
	for i := range 8 {
		go func() {
			var got []geo.Event
			for e, err := range fresh.Events(t.Context(), index.Query{Order: index.MostOrigins, Limit: 1 + i*10}) {
				if err == nil {
					got = append(got, e)
				}
			}
			done <- got
		}()
	}
	for range 8 {
		if got := <-done; !reflect.DeepEqual(got, want[:min(len(got), len(want))]) || len(got) == 0 {
			t.Errorf("%d events in another order", len(got))
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range viewOf(t, records).Events(ctx, index.Query{Order: index.MostOrigins}) {
		if err == nil {
			t.Error("a cancelled query yields events")
		}
	}
}
