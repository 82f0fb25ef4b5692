// Package storetest is what every store of conflictmap must pass: the same
// articles, filters and expectations for each.
package storetest

import (
	"context"
	"iter"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// Store is a store under test.
type Store interface {
	Put(ctx context.Context, a geo.Article, ms []geo.Mention) (added bool, err error)
	PutAll(ctx context.Context, all iter.Seq2[geo.Article, []geo.Mention]) (added int, err error)
	Has(ctx context.Context, articleID string) (bool, error)
	index.Source
	Snapshot(ctx context.Context) (Snapshot, error)
}

// Snapshot is one state of a store's data.
type Snapshot interface {
	Collections
	Article(ctx context.Context, id string) (geo.Article, []geo.Mention, error)
	Version() string
	Close() error
}

// Collections are the sequences that a filter selects from.
type Collections interface {
	Events(ctx context.Context, f geo.Filter) iter.Seq2[geo.Event, error]
	Mentions(ctx context.Context, f geo.Filter) iter.Seq2[geo.Record, error]
	Places(ctx context.Context, f geo.Filter) iter.Seq2[geo.PlaceSummary, error]
}

// Run runs the suite. Open returns an empty store, which it closes when the
// test ends.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, store Store)
	}{
		{"Filters", testFilters},
		{"Words", testWords},
		{"HoldingInOddWays", testHoldingInOddWays},
		{"BBox", testBBox},
		{"AgainstPlainReading", testAgainstPlainReading},
		{"Idempotence", testIdempotence},
		{"Clash", testClash},
		{"RoundTrip", testRoundTrip},
		{"HostileText", testHostileText},
		{"Refused", testRefused},
		{"Empty", testEmpty},
		{"PlaceTakesOverCorrections", testPlaceTakesOverCorrections},
		{"EventSums", testEventSums},
		{"PlaceSums", testPlaceSums},
		{"Offsets", testOffsets},
		{"Origins", testOrigins},
		{"SnapshotIsolation", testSnapshotIsolation},
		{"EarlyStop", testEarlyStop},
		{"EndedContext", testEndedContext},
		{"ConcurrentPut", testConcurrentPut},
		{"PutAll", testPutAll},
		{"PutAllRefused", testPutAllRefused},
		{"Version", testVersion},
		{"Read", testRead},
		{"ReadWhilePut", testReadWhilePut},
		{"Texts", testTexts},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, open(t)) })
	}
}

// put stores what must be storable and new.
func put(t *testing.T, store Store, a geo.Article, ms []geo.Mention) {
	t.Helper()
	if added, err := store.Put(t.Context(), a, ms); err != nil || !added {
		t.Fatalf("Put of article %q: added %t, %v", a.ID, added, err)
	}
}

// snapshot opens a snapshot that is closed with the test.
func snapshot(t *testing.T, store Store) Snapshot {
	t.Helper()
	s, err := store.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close snapshot: %v", err)
		}
	})
	return s
}

// version is the version of the store's data now.
func version(t *testing.T, store Store) string {
	t.Helper()
	s, err := store.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return s.Version()
}

// collect reads a sequence to its end.
func collect[T any](t *testing.T, all iter.Seq2[T, error]) []T {
	t.Helper()
	var values []T
	for v, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, v)
	}
	return values
}

// selected is what a filter selects from each collection, as short names.
type selected struct {
	mentions, events, places []string
}

func selection(t *testing.T, s Collections, f geo.Filter) selected {
	t.Helper()
	var got selected
	for _, r := range collect(t, s.Mentions(t.Context(), f)) {
		got.mentions = append(got.mentions, r.ID())
	}
	for _, e := range collect(t, s.Events(t.Context(), f)) {
		got.events = append(got.events, eventName(e))
	}
	for _, p := range collect(t, s.Places(t.Context(), f)) {
		got.places = append(got.places, p.Place.ID)
	}
	return got
}

func eventName(e geo.Event) string {
	return e.Place.ID + " " + string(e.Type) + " " + e.Days.String()
}
