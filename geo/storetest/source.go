package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// held is a Sink that holds what it was given, the newest of each key.
type held struct {
	places   map[int64]index.Place
	articles map[int64]index.Article
	mentions []index.Mention
	given    [3]int // places, articles and mentions, with those given again
}

func newHeld() *held {
	return &held{places: map[int64]index.Place{}, articles: map[int64]index.Article{}}
}

func (h *held) Place(p index.Place) error {
	if h.given[1]+h.given[2] > 0 {
		return fmt.Errorf("place %d came after articles or mentions", p.Key)
	}
	h.places[p.Key] = p
	h.given[0]++
	return nil
}

func (h *held) Article(a index.Article) error {
	if h.given[2] > 0 {
		return fmt.Errorf("article %d came after mentions", a.Key)
	}
	h.articles[a.Key] = a
	h.given[1]++
	return nil
}

func (h *held) Mention(m index.Mention) error {
	if n := len(h.mentions); n > 0 && h.mentions[n-1].Key >= m.Key {
		return fmt.Errorf("mention %d came after %d", m.Key, h.mentions[n-1].Key)
	}
	if m.Place != 0 && h.places[m.Place].Place == nil || h.articles[m.Article].ID == "" {
		return fmt.Errorf("mention %d came before its place or article", m.Key)
	}
	h.mentions = append(h.mentions, m)
	h.given[2]++
	return nil
}

// read brings what is held up to date.
func (h *held) read(t *testing.T, store Store, since index.State) (now index.State, reset bool) {
	t.Helper()
	h.given = [3]int{}
	now, reset, err := store.Read(t.Context(), since, h)
	if err != nil {
		t.Fatal(err)
	}
	return now, reset
}

// records makes of what is held, and of the texts, what a snapshot yields.
func (h *held) records(t *testing.T, store Store) []geo.Record {
	t.Helper()
	keys := make([]int64, len(h.mentions))
	for i, m := range h.mentions {
		keys[i] = m.Key
	}
	var records []geo.Record
	i := 0
	for text, err := range store.Texts(t.Context(), keys) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, h.record(h.mentions[i], text))
		i++
	}
	if i != len(keys) {
		t.Fatalf("texts of %d mentions, want %d", i, len(keys))
	}
	slices.SortFunc(records, func(a, b geo.Record) int {
		return cmp.Or(cmp.Compare(a.Article.Published, b.Article.Published), cmp.Compare(a.Article.ID, b.Article.ID), cmp.Compare(a.Start, b.Start))
	})
	return records
}

func (h *held) record(m index.Mention, text *index.Text) geo.Record {
	a := h.articles[m.Article]
	count := func(f index.Figures, words []string) geo.Count {
		return geo.Count{Low: f.Low, High: f.High, Open: f.Open, Words: some(words)}
	}
	return geo.Record{
		Mention: geo.Mention{
			Article: a.ID, Start: m.Start, End: m.End, Name: m.Name, Sentence: text.Sentence, SentenceStart: m.SentenceStart,
			Place: h.places[m.Place].Place, Demonym: m.Demonym, WherePrec: m.WherePrec, Geometry: m.Geometry, Offset: text.Offset,
			Role: m.Role, Event: m.Event, Days: m.Days, DatePrec: m.DatePrec, DateBasis: text.DateBasis, Claim: m.Claim, ClaimedBy: m.ClaimedBy,
			Deaths: count(m.Deaths, text.DeathWords), Injuries: count(m.Injuries, text.InjuryWords),
			Confidence: m.Confidence, Reasons: some(text.Reasons), RunnersUp: some(text.RunnersUp),
		},
		Article: geo.Article{ID: a.ID, Source: a.Source, URL: a.URL, Title: a.Title, Published: a.Published},
		Origin:  a.Origin,
	}
}

// some copies a list that holds for a moment only, the empty one as nil.
func some(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}

// same compares what is held with what a snapshot yields.
func (h *held) same(t *testing.T, store Store) {
	t.Helper()
	got, want := h.records(t, store), collect(t, snapshot(t, store).Mentions(t.Context(), geo.Filter{}))
	if len(got) != len(want) {
		t.Fatalf("%d mentions, want %d", len(got), len(want))
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("mention %s\ngot  %+v\nwant %+v", want[i].ID(), got[i], want[i])
		}
	}
}

// testRead follows a store: each reading gives what is new and nothing else.
func testRead(t *testing.T, store Store) {
	h := newHeld()
	state, reset := h.read(t, store, index.State{})
	if !reset || h.given != [3]int{} {
		t.Errorf("an empty store gave %v, reset %t", h.given, reset)
	}
	moved := *contact()
	moved.Name = "ceasefire line"
	// Two accounts, until a text comes of which both are copies.
	head, tail := dispatch(0, 12), dispatch(12, 12)
	steps := []struct {
		name     string
		article  geo.Article
		mentions []geo.Mention
		given    [3]int
	}{
		{"a correction", geo.Article{ID: "a5"}, []geo.Mention{mention("a5", 0, &moved, geo.Setting)}, [3]int{1, 1, 1}},
		{"nothing but an article", geo.Article{ID: "a6"}, nil, [3]int{0, 1, 0}},
		{"an account", geo.Article{ID: "b1", Text: head, Published: day("2020-09-27")}, []geo.Mention{mention("b1", 0, baku(), geo.Actor)}, [3]int{0, 1, 1}},
		{"another", geo.Article{ID: "b2", Text: tail, Published: day("2020-09-27")}, nil, [3]int{0, 1, 0}},
		{"both in one", geo.Article{ID: "b3", Text: head + tail, Published: day("2020-09-28")}, nil, [3]int{0, 0, 0}},
	}
	for i, r := range fixture() {
		put(t, store, r.article, r.mentions)
		now, reset := h.read(t, store, state)
		if reset || now.Version != version(t, store) || now.Mention < state.Mention || h.given[1] < 1 || h.given[2] != len(r.mentions) {
			t.Errorf("article %d: from %+v to %+v, reset %t, given %v", i, state, now, reset, h.given)
		}
		state = now
		h.same(t, store)
	}
	for _, step := range steps {
		put(t, store, step.article, step.mentions)
		now, reset := h.read(t, store, state)
		if reset || step.given != [3]int{} && h.given != step.given {
			t.Errorf("%s: given %v, want %v; reset %t", step.name, h.given, step.given, reset)
		}
		state = now
		h.same(t, store)
	}
	if h.given[1] < 2 {
		t.Errorf("two accounts became one, and %d articles were given", h.given[1])
	}
	if now, reset := h.read(t, store, state); now != state || reset || h.given != [3]int{} {
		t.Errorf("without changes: %+v, reset %t, given %v", now, reset, h.given)
	}
	for _, other := range []index.State{{}, {Version: "0badc0de-1", Mention: 3}, {Version: state.Version + "0", Mention: 3}, {Version: "x", Mention: 1 << 40}} {
		anew := newHeld()
		if now, reset := anew.read(t, store, other); !reset || now != state || !reflect.DeepEqual(anew.mentions, h.mentions) ||
			!reflect.DeepEqual(anew.articles, h.articles) || !reflect.DeepEqual(anew.places, h.places) {
			t.Errorf("since %+v: %+v, reset %t, given %v", other, now, reset, anew.given)
		}
	}
}

// testVersion compares the two ways to learn the version.
func testVersion(t *testing.T, store Store) {
	for _, r := range fixture() {
		put(t, store, r.article, r.mentions)
		if got, err := store.Version(t.Context()); err != nil || got != version(t, store) {
			t.Errorf("version %s, %v; a snapshot says %s", got, err, version(t, store))
		}
	}
}

// testTexts asks for texts in odd ways; testRead compares them.
func testTexts(t *testing.T, store Store) {
	for _, text := range hostile() {
		a := geo.Article{ID: "a" + text, Source: text, URL: text, Title: text, Text: text}
		m := site(a.ID, 5, baku(), geo.Riot, "2020-09-27", "2020-09-27", geo.DateDay)
		m.Name, m.Sentence, m.DateBasis, m.ClaimedBy, m.Offset = text, text, text, text, text
		m.Reasons, m.RunnersUp = []string{text, "", text}, []string{""}
		m.Deaths.Words, m.Injuries.Words = []string{`"`, text}, []string{`","`}
		put(t, store, a, []geo.Mention{m})
	}
	odd := []float64{0, 1, 0.07, 0.29, 0.575, 0.1 + 0.2, 1 - 0x1p-53, 0x1p-53, 1e-9, 0.005, 0.999, math.SmallestNonzeroFloat64}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		odd = append(odd, rng.Float64(), math.Round(rng.Float64()*100)/100)
	}
	var ms []geo.Mention
	for i, x := range odd {
		m := mention("odd", i*10, nil, geo.Actor)
		m.Confidence = x
		ms = append(ms, m)
	}
	put(t, store, geo.Article{ID: "odd"}, ms)
	h := newHeld()
	h.read(t, store, index.State{})
	h.same(t, store)
	h.mentions = h.mentions[:len(hostile())]

	// Many, repeated, in any order; some only; none at all.
	keys := make([]int64, 1500)
	for i := range keys {
		keys[i] = h.mentions[i*7%len(h.mentions)].Key
	}
	i := 0
	for text, err := range store.Texts(t.Context(), keys) {
		if err != nil {
			t.Fatal(err)
		}
		if want := hostile()[i*7%len(h.mentions)]; text.Sentence != want || !slices.Equal(text.RunnersUp, []string{""}) {
			t.Fatalf("text %d is %+v, want those of %q", i, text, want)
		}
		i++
	}
	for range store.Texts(t.Context(), keys) {
		break
	}
	if i != len(keys) || failure(store.Texts(t.Context(), nil)) != nil {
		t.Errorf("%d texts, want %d", i, len(keys))
	}
	for _, unknown := range [][]int64{{0}, {-1}, {keys[0], 1 << 40}, {1 << 40, keys[0]}} {
		if failure(store.Texts(t.Context(), unknown)) == nil {
			t.Errorf("keys %d: no error", unknown)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := failure(store.Texts(ended, keys)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

// failure reads a sequence up to its first error.
func failure[T any](all iter.Seq2[T, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// testReadWhilePut reads on and on while articles come: in the end everything
// was given, and each mention once, which Mention checks.
func testReadWhilePut(t *testing.T, store Store) {
	const articles = 60
	var writing sync.WaitGroup
	for part := range 2 {
		writing.Go(func() {
			for i := range articles / 2 {
				a := geo.Article{ID: fmt.Sprintf("c%d-%02d", part, i), Text: "Text."}
				p := baku()
				p.Population = int64(i)
				ms := []geo.Mention{mention(a.ID, 0, p, geo.Actor), site(a.ID, 9, contact(), geo.Battle, "2020-09-27", "2020-09-27", geo.DateDay)}
				if _, err := store.Put(t.Context(), a, ms); err != nil {
					t.Error(err)
				}
			}
		})
	}
	h := newHeld()
	var state index.State
	for len(h.articles) < articles && !t.Failed() {
		now, reset := h.read(t, store, state)
		if reset != (state == index.State{}) || len(h.mentions) != 2*len(h.articles) {
			t.Fatalf("reset %t, %d mentions of %d articles", reset, len(h.mentions), len(h.articles))
		}
		state = now
		h.records(t, store)
	}
	writing.Wait()
	h.same(t, store)
}
