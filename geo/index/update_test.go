package index_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// growing is a Source to which articles are added. Its texts are those of Records.
type growing struct {
	index.Source
	mu      sync.Mutex
	records []geo.Record
	seen    int // records that are there already
	changed []*gazetteer.Place
	moved   []string // articles whose origin has changed
	id      string   // of the data
	reads   int      // mentions that were handed over
}

func newGrowing(records []geo.Record, seen int) *growing {
	return &growing{Source: index.Records("all", records), records: records, seen: seen, id: "x"}
}

func (g *growing) Version(context.Context) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.version(), nil
}

func (g *growing) version() string {
	return fmt.Sprintf("%s-%d-%d-%d", g.id, g.seen, len(g.changed), len(g.moved))
}

func (g *growing) grow(to int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for to < len(g.records) && g.records[to].Article.ID == g.records[to-1].Article.ID {
		to++ // articles come whole
	}
	g.seen = to
}

func (g *growing) Read(_ context.Context, since index.State, to index.Sink) (index.State, bool, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := index.State{Version: g.version(), Mention: int64(g.seen)}
	old := int(since.Mention)
	if len(since.Version) < 1 || since.Version[:1] != g.id {
		old = 0
	}
	placeKey, articleKey := map[string]int64{}, map[string]int64{}
	var articles []index.Article
	var err error
	for i, r := range g.records[:g.seen] {
		if p := r.Place; p != nil && placeKey[p.ID] == 0 {
			placeKey[p.ID] = int64(len(placeKey) + 1)
			if i >= old || slices.Contains(g.changed, p) {
				err = errors.Join(err, to.Place(index.Place{Key: placeKey[p.ID], Place: p}))
			}
		}
		if id := r.Article.ID; articleKey[id] == 0 {
			articleKey[id] = int64(len(articleKey) + 1)
			if i >= old || slices.Contains(g.moved, id) {
				articles = append(articles, index.Article{Key: articleKey[id], ID: id, Source: r.Article.Source, Title: r.Article.Title, URL: r.Article.URL,
					Published: r.Article.Published, Origin: r.Origin})
			}
		}
	}
	for _, a := range articles {
		err = errors.Join(err, to.Article(a))
	}
	for i := old; i < g.seen; i++ {
		r := &g.records[i]
		m := index.MentionOf(r)
		m.Key, m.Article = int64(i+1), articleKey[r.Article.ID]
		if r.Place != nil {
			m.Place = placeKey[r.Place.ID]
		}
		err = errors.Join(err, to.Mention(m))
		g.reads++
	}
	return now, old == 0, err
}

func TestUpdateIsAFreshLoad(t *testing.T) {
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 2))
		places := randomPlaces(rng, 8)
		records := randomRecords(rng, places, 60)
		g := newGrowing(records, 0)
		g.grow(1 + len(records)/3)
		v, err := index.Load(t.Context(), g)
		if err != nil {
			t.Fatal(err)
		}
		for step := range 5 {
			before, seen := v, g.seen
			if step < 3 {
				g.grow(min(len(records), g.seen+1+rng.IntN(len(records)/3)))
			}
			if step == 3 { // a place gets another position, and an article turns out to be a copy
				p := *places[0]
				p.Point, p.Shape, p.Country = places[1].Point, places[1].Shape, "DD"
				for i := range records {
					if records[i].Place != nil && records[i].Place.ID == p.ID {
						records[i].Place = &p
					}
					if records[i].Article.ID == records[0].Article.ID {
						records[i].Origin = records[len(records)-1].Origin
					}
				}
				g.changed, g.moved = append(g.changed, &p), append(g.moved, records[0].Article.ID)
			}
			g.reads = 0
			if v, err = v.Update(t.Context()); err != nil {
				t.Fatal(err)
			}
			if g.reads != g.seen-seen {
				t.Errorf("%d mentions were read for %d new ones", g.reads, g.seen-seen)
			}
			some := g.records[:g.seen]
			p := plainOf(some)
			for range 12 {
				q := randomQuery(rng, places)
				name := fmt.Sprintf("seed %d, step %d: %s", seed, step, q.Key())
				same(t, name+": mentions", v, q, "mentions", v.Mentions, p.Mentions, index.MentionPosition)
				same(t, name+": events", v, q, "events", v.Events, p.Events, index.EventPosition)
				same(t, name+": places", v, q, "places", v.Places, p.Places, index.PlacePosition)
			}
			checkChange(t, v.Since(before), v, some[seen:])
			if n := len(collect(t, before.Mentions(t.Context(), index.Query{}))); n != seen {
				t.Errorf("the view from before has %d mentions now, not %d", n, seen)
			}
		}
		if again, err := v.Update(t.Context()); err != nil || again != v {
			t.Errorf("an update without news is another view, %v", err)
		}
		// Another database in the same place: nothing of the old one stays.
		g.id, g.seen = "y", 0
		g.grow(3)
		if v, err = v.Update(t.Context()); err != nil {
			t.Fatal(err)
		}
		equal(t, "after a reset", collect(t, v.Mentions(t.Context(), index.Query{})), collect(t, plainOf(g.records[:g.seen]).Mentions(t.Context(), index.Query{})))
	}
}

func checkChange(t *testing.T, got index.Change, v *index.View, added []geo.Record) {
	t.Helper()
	want := index.Change{Version: v.Version(), Mentions: len(added)}
	for _, r := range added {
		if !slices.Contains(want.IDs, r.Article.ID) {
			want.IDs = append(want.IDs, r.Article.ID)
		}
		if r.Role != geo.Site {
			continue
		}
		want.Sites++
		if r.Days.From != 0 && (want.Days.From == 0 || r.Days.From < want.Days.From) {
			want.Days.From = r.Days.From
		}
		want.Days.To = max(want.Days.To, r.Days.To)
		if g := r.Footprint(); g != nil {
			b := g.Bound()
			if want.Bounds != nil {
				b = b.Union(*want.Bounds)
			}
			want.Bounds = &b
		}
	}
	want.Articles = len(want.IDs)
	want.IDs = want.IDs[:min(100, len(want.IDs))]
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestFollowerWhileQueriesRun(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	places := randomPlaces(rng, 6)
	records := randomRecords(rng, places, 80)
	g := newGrowing(records, 0)
	g.grow(10)
	ctx, stop := context.WithCancel(t.Context())
	f, err := index.NewFollower(ctx, g)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() { f.Run(ctx, time.Millisecond, func(err error) { t.Error(err) }) })
	for i := range 4 {
		rng := rand.New(rand.NewPCG(uint64(i), 0))
		all.Go(func() {
			for ctx.Err() == nil {
				v := f.View()
				q := randomQuery(rng, places)
				n, err := v.Count(t.Context(), "events", q)
				marks, err2 := v.Marks(t.Context(), "events", q)
				if err != nil || err2 != nil {
					t.Error(err, err2)
				}
				for i := range marks.List {
					n -= marks.List[i].Len
				}
				if n < 0 {
					t.Errorf("more marks than events: %s", q.Key())
				}
				for range v.Mentions(t.Context(), q) {
					continue
				}
			}
		})
	}
	for g.seen < len(records) {
		_, changed := f.Changed()
		g.grow(min(len(records), g.seen+40))
		<-changed
	}
	stop()
	all.Wait()
	v, _ := f.Changed()
	if n, err := v.Count(t.Context(), "mentions", index.Query{}); err != nil || n != len(records) {
		t.Errorf("%d mentions at the end, %v, want %d", n, err, len(records))
	}
}

func TestEndedContext(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 4))
	places := randomPlaces(rng, 6)
	v := viewOf(t, randomRecords(rng, places, 30))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, q := range []index.Query{{Filter: geo.Filter{Query: "loud"}}, {Filter: geo.Filter{MinConfidence: 0.1}}, {Filter: geo.Filter{Places: []string{places[0].ID, places[1].ID}}}, {}} {
		for name, err := range map[string]error{
			"mentions": ended(v.Mentions(ctx, q)), "events": ended(v.Events(ctx, q)), "places": ended(v.Places(ctx, q)),
		} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s?%s: error %v", name, q.Key(), err)
			}
		}
	}
	// What failed for one is not remembered for others.
	if _, err := v.Count(t.Context(), "events", index.Query{Filter: geo.Filter{Query: "loud"}}); err != nil {
		t.Error(err)
	}
	if _, err := index.Load(ctx, index.Records("v", randomRecords(rng, places, 3))); !errors.Is(err, context.Canceled) {
		t.Errorf("load: error %v", err)
	}
}

func ended[T any](all iter.Seq2[T, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}
