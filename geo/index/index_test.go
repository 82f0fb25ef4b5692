package index_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

func viewOf(t testing.TB, records []geo.Record) *index.View {
	t.Helper()
	v, err := index.Of("v1", seq(records))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAgainstPlainEngine(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		places := randomPlaces(rng, 1+rng.IntN(12))
		records := randomRecords(rng, places, rng.IntN(120))
		v, p := viewOf(t, shuffled(rng, records)), plainOf(records)
		for n := range 80 {
			q := randomQuery(rng, places)
			name := fmt.Sprintf("seed %d, query %d: %s", seed, n, q.Key())
			same(t, name+": mentions", v, q, "mentions", v.Mentions, p.Mentions, index.MentionPosition)
			same(t, name+": events", v, q, "events", v.Events, p.Events, index.EventPosition)
			same(t, name+": places", v, q, "places", v.Places, p.Places, index.PlacePosition)
		}
	}
}

// same compares what two engines select, whole, counted and in pages.
func same[T any](t *testing.T, name string, v *index.View, q index.Query, collection string,
	got, want func(context.Context, index.Query) iter.Seq2[T, error], position func(*T) index.Position,
) {
	t.Helper()
	all := collect(t, want(t.Context(), q))
	limit := 1 + len(all)/3
	paged := []T{}
	for page := q; ; {
		page.Limit = limit
		some := collect(t, got(t.Context(), page))
		paged = append(paged, some...)
		if len(some) < limit {
			break
		}
		page.After = position(&some[limit-1])
	}
	equal(t, name+" in pages", paged, all)
	if n, err := v.Count(t.Context(), collection, q); err != nil || n != len(all) {
		t.Fatalf("%s: counted %d, %v, want %d", name, n, err, len(all))
	}
	equal(t, name, collect(t, got(t.Context(), q)), all)
}

func equal[T any](t *testing.T, name string, got, want []T) {
	t.Helper()
	if reflect.DeepEqual(got, want) {
		return
	}
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("%s: %d, want %d; the first difference is the one with number %d:\ngot  %+v\nwant %+v", name, len(got), len(want), i, got[i], want[i])
		}
	}
	t.Fatalf("%s: %d, want %d", name, len(got), len(want))
}

func TestFindsByID(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	places := randomPlaces(rng, 8)
	records := randomRecords(rng, places, 60)
	v, p := viewOf(t, records), plainOf(records)
	for _, want := range records {
		if got, err := v.Mention(t.Context(), want.ID()); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
		}
	}
	for want := range p.Events(t.Context(), index.Query{}) {
		if got, err := v.Event(t.Context(), want.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
		}
	}
	for want := range p.Places(t.Context(), index.Query{}) {
		if got, err := v.Place(t.Context(), want.Place.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
		}
	}
	for _, id := range []string{"", ":", "a:1", "a1:", "nobody:0", "0123456789abcdef", "0123456789ABCDEF", "xyz", "gn:none"} {
		_, err1 := v.Mention(t.Context(), id)
		_, err2 := v.Event(t.Context(), id)
		_, err3 := v.Place(t.Context(), id)
		if !errors.Is(err1, geo.ErrNotFound) || !errors.Is(err2, geo.ErrNotFound) || !errors.Is(err3, geo.ErrNotFound) {
			t.Errorf("%q: %v, %v, %v", id, err1, err2, err3)
		}
	}
}
