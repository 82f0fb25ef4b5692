package index_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/sqlite"
	"github.com/conflictmap/conflictmap/geo/synth"
)

// TestAgainstStore compares what an index made of a store answers with what the
// store itself does.
func TestAgainstStore(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	made := synth.Options{Seed: 3, Mentions: 3000, Places: 60, From: firstDay, To: firstDay + 200}
	if _, err := db.PutAll(t.Context(), synth.Articles(made)); err != nil {
		t.Fatal(err)
	}
	v, err := index.Load(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	s, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rng := rand.New(rand.NewPCG(8, 8))
	places := synth.Places(made)
	sources := []string{"Harbour Dispatch"}
	for n := range 40 {
		q := randomQuery(rng, places)
		q.Lenient, q.Geometry, q.Placed = false, "", "" // which the store does not know
		f := &q.Filter
		if len(f.Sources) > 0 {
			f.Sources = sources
		}
		if f.BBox != nil && n%2 == 0 { // around a place
			p := places[rng.IntN(len(places))].Point
			*f.BBox = geo.BBox{West: max(-180, p[0]-3), South: max(-90, p[1]-3), East: min(180, p[0]+3), North: min(90, p[1]+3)}
		}
		if len(f.Countries) > 0 {
			f.Countries = []string{places[rng.IntN(len(places))].Country}
		}
		if f.Query != "" {
			f.Query = "army"
		}
		name := fmt.Sprintf("query %d: %s", n, q.Key())
		equal(t, name+": mentions", collect(t, v.Mentions(t.Context(), q)), ordered(collect(t, s.Mentions(t.Context(), q.Filter)), index.MentionPosition))
		equal(t, name+": events", collect(t, v.Events(t.Context(), q)), ordered(collect(t, s.Events(t.Context(), q.Filter)), index.EventPosition))
		equal(t, name+": places", collect(t, v.Places(t.Context(), q)), ordered(collect(t, s.Places(t.Context(), q.Filter)), index.PlacePosition))
	}
}

func ordered[T any](all []T, position func(*T) index.Position) []T {
	slices.SortFunc(all, func(a, b T) int { return position(&a).Compare(position(&b)) })
	return all
}
