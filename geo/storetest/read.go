package storetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func testEventSums(t *testing.T, store Store) {
	s := fill(t, store)
	events := collect(t, s.Events(t.Context(), geo.Filter{Places: names("gn:1"), Datetime: days("2020-09-27", "2020-09-27")}))
	if len(events) != 1 {
		t.Fatalf("%d events, want 1", len(events))
	}
	r := fixture()[0]
	want := geo.Event{
		ID: events[0].ID, Place: stepanakert(), Type: geo.Explosion, Days: days("2020-09-27", "2020-09-27"), DatePrec: geo.DateDay, WherePrec: geo.WhereExact,
		// The first and the last article differ in layout only: one origin.
		Mentions: 3, Articles: 3, Origins: 2, Reported: 3, Confidence: 0.9, Best: r.mentions[0], Article: r.article,
		Deaths: r.mentions[0].Deaths, Injuries: r.mentions[0].Injuries,
	}
	want.Article.Text = ""
	if !reflect.DeepEqual(events[0], want) {
		t.Errorf("got  %+v\nwant %+v", events[0], want)
	}
	// Other conditions choose the mentions that the event is made of.
	events = collect(t, s.Events(t.Context(), geo.Filter{Places: names("gn:1"), Sources: names("Courier")}))
	if len(events) != 2 || events[0].Mentions != 1 || events[0].ID != want.ID || events[1].Denied != 1 || !slices.Equal(events[1].Claimants, names("Baku")) {
		t.Errorf("by source: %+v", events)
	}
}

func testPlaceSums(t *testing.T, store Store) {
	s := fill(t, store)
	want := []geo.PlaceSummary{
		{Place: stepanakert(), Mentions: 5, Sites: 4, Articles: 4, Days: days("2020-09-27", "2020-09-29")},
		{Place: baku(), Mentions: 1, Articles: 1},
	}
	if got := collect(t, s.Places(t.Context(), geo.Filter{Places: names("gn:1", "gn:2")})); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	want = []geo.PlaceSummary{{Place: stepanakert(), Mentions: 3, Sites: 3, Articles: 3, Days: days("2020-09-27", "2020-09-27")}}
	if got := collect(t, s.Places(t.Context(), geo.Filter{Places: names("gn:1"), Datetime: days("", "2020-09-27")})); !reflect.DeepEqual(got, want) {
		t.Errorf("by datetime: got  %+v\nwant %+v", got, want)
	}
}

func testSnapshotIsolation(t *testing.T, store Store) {
	all := fixture()
	put(t, store, all[0].article, all[0].mentions)
	s := snapshot(t, store)
	before := s.Version()
	for _, r := range all[1:] {
		put(t, store, r.article, r.mentions)
	}
	if got := len(collect(t, s.Mentions(t.Context(), geo.Filter{}))); got != len(all[0].mentions) || s.Version() != before {
		t.Errorf("the snapshot shows %d mentions at version %s, want %d at %s", got, s.Version(), len(all[0].mentions), before)
	}
	if _, _, err := s.Article(t.Context(), "a2"); !errors.Is(err, geo.ErrNotFound) {
		t.Errorf("the snapshot knows a later article: %v", err)
	}
	if now := version(t, store); now == before {
		t.Errorf("the version is still %s after more articles", now)
	}
}

func testEarlyStop(t *testing.T, store Store) {
	s := fill(t, store)
	for range s.Mentions(t.Context(), geo.Filter{}) {
		break
	}
	for range s.Places(t.Context(), geo.Filter{}) {
		break
	}
	// A sequence within another, and one read twice.
	mentions := s.Mentions(t.Context(), geo.Filter{})
	for range s.Events(t.Context(), geo.Filter{}) {
		if n := len(collect(t, mentions)); n != 13 {
			t.Errorf("%d mentions in the middle of the events", n)
		}
	}
	put(t, store, geo.Article{ID: "a5"}, nil)
}

func testEndedContext(t *testing.T, store Store) {
	s := fill(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range s.Mentions(ctx, geo.Filter{}) {
		if n++; n == 2 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) || n > 3 {
		t.Errorf("%d rows, then %v; want an end soon after the second", n, last)
	}
	for _, err := range s.Events(ctx, geo.Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("events after the end: %v", err)
		}
	}
	if _, err := store.Put(ctx, geo.Article{ID: "late"}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Put after the end: %v", err)
	}
	if got := selection(t, s, geo.Filter{}); len(got.mentions) != 13 {
		t.Errorf("the snapshot is of no use afterwards: %q", got)
	}
}
