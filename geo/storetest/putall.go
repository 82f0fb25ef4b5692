package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// reports makes of reports what PutAll takes.
func reports(all []report) iter.Seq2[geo.Article, []geo.Mention] {
	return func(yield func(geo.Article, []geo.Mention) bool) {
		for _, r := range all {
			if !yield(r.article, r.mentions) {
				return
			}
		}
	}
}

// series is n articles with a mention each.
func series(n int) []report {
	all := make([]report, n)
	for i := range all {
		id := fmt.Sprintf("s%05d", i)
		all[i] = report{geo.Article{ID: id, Text: "Text " + id}, []geo.Mention{mention(id, 0, baku(), geo.Setting)}}
	}
	return all
}

// testPutAll stores the fixture at once, and again, with something new.
func testPutAll(t *testing.T, store Store) {
	before, all := version(t, store), fixture()
	if added, err := store.PutAll(t.Context(), reports(nil)); err != nil || added != 0 || version(t, store) != before {
		t.Errorf("nothing: added %d, %v", added, err)
	}
	if added, err := store.PutAll(t.Context(), reports(all)); err != nil || added != len(all) || version(t, store) == before {
		t.Fatalf("added %d, %v", added, err)
	}
	h := newHeld()
	state, _ := h.read(t, store, index.State{})
	h.same(t, store)
	if added, err := store.PutAll(t.Context(), reports(all)); err != nil || added != 0 || version(t, store) != state.Version {
		t.Errorf("again: added %d, %v", added, err)
	}
	many := append(all, series(2500)...)
	if added, err := store.PutAll(t.Context(), reports(many)); err != nil || added != 2500 {
		t.Errorf("some of them new: added %d, %v", added, err)
	}
	if _, reset := h.read(t, store, state); reset || h.given[1] != 2500 || h.given[2] != 2500 {
		t.Errorf("given %v, reset %t", h.given, reset)
	}
	// One place after another, as Put would have it.
	first, second := baku(), baku()
	second.Name = "Bakı"
	flip := series(2503)[2500:]
	flip[0].mentions[0].Place, flip[1].mentions[0].Place, flip[2].mentions[0].Place = first, second, first
	if added, err := store.PutAll(t.Context(), reports(flip)); err != nil || added != 3 {
		t.Errorf("places: added %d, %v", added, err)
	}
	places := collect(t, snapshot(t, store).Places(t.Context(), geo.Filter{Places: names(first.ID)}))
	if len(places) != 1 || places[0].Place.Name != first.Name {
		t.Errorf("places %+v", places)
	}
}

// testPutAllRefused ends at what can't be stored.
func testPutAllRefused(t *testing.T, store Store) {
	for name, spoil := range map[string]func(*report){
		"text with NUL":  func(r *report) { r.article.Text = "\x00" },
		"unknown role":   func(r *report) { r.mentions[0].Role = "bystander" },
		"another's text": func(r *report) { r.article.ID = "s00000"; r.mentions = nil },
	} {
		all := series(2500)
		for i := range all {
			all[i].article.ID += name
			all[i].mentions[0].Article = all[i].article.ID
		}
		all[2400].mentions = append([]geo.Mention{}, all[2400].mentions...)
		spoil(&all[2400])
		if name == "another's text" {
			all[2400].article.ID = all[0].article.ID
		}
		added, err := store.PutAll(t.Context(), reports(all))
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q", all[2400].article.ID)) || added > 2400 {
			t.Errorf("%s: added %d, %v", name, added, err)
		}
		stored := 0
		for _, r := range all[:2400] {
			if has, err := store.Has(t.Context(), r.article.ID); err != nil {
				t.Fatal(err)
			} else if has {
				stored++
			}
		}
		if has, err := store.Has(t.Context(), all[2401].article.ID); stored != added || err != nil || has {
			t.Errorf("%s: %d are stored, %d were said to be; the next is: %t, %v", name, stored, added, has, err)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if added, err := store.PutAll(ended, reports(fixture())); added != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: added %d, %v", added, err)
	}
}
