package storetest

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

func testIdempotence(t *testing.T, store Store) {
	fill(t, store)
	before, all := version(t, store), selection(t, snapshot(t, store), geo.Filter{})
	for _, r := range fixture() {
		if added, err := store.Put(t.Context(), r.article, r.mentions); err != nil || added {
			t.Errorf("second Put of article %q: added %t, %v", r.article.ID, added, err)
		}
		if has, err := store.Has(t.Context(), r.article.ID); err != nil || !has {
			t.Errorf("Has(%q) = %t, %v", r.article.ID, has, err)
		}
	}
	if after := version(t, store); after != before {
		t.Errorf("the version went from %s to %s", before, after)
	}
	if got := selection(t, snapshot(t, store), geo.Filter{}); !reflect.DeepEqual(got, all) {
		t.Errorf("got  %q\nwant %q", got, all)
	}
}

func testClash(t *testing.T, store Store) {
	fill(t, store)
	before := version(t, store)
	other := fixture()[0].article
	other.Text = "Another text."
	added, err := store.Put(t.Context(), other, nil)
	if err == nil || added || !strings.Contains(err.Error(), other.ID) {
		t.Errorf("added %t, error %v; want one that names the article", added, err)
	}
	a, ms, err := snapshot(t, store).Article(t.Context(), other.ID)
	if err != nil || a.Text != fixture()[0].article.Text || len(ms) != 4 {
		t.Errorf("the first article is now %+v with %d mentions, %v", a, len(ms), err)
	}
	if after := version(t, store); after != before {
		t.Errorf("the version went from %s to %s", before, after)
	}
}

func testRoundTrip(t *testing.T, store Store) {
	s := fill(t, store)
	for _, r := range fixture() {
		a, ms, err := s.Article(t.Context(), r.article.ID)
		if err != nil {
			t.Fatal(err)
		}
		if a != r.article {
			t.Errorf("article\ngot  %+v\nwant %+v", a, r.article)
		}
		want := slices.Clone(r.mentions)
		slices.SortFunc(want, func(a, b geo.Mention) int { return a.Start - b.Start })
		if !reflect.DeepEqual(ms, want) {
			t.Errorf("mentions\ngot  %+v\nwant %+v", ms, want)
		}
		for rec := range s.Mentions(t.Context(), geo.Filter{}) {
			if rec.Article.ID != a.ID {
				continue
			}
			shown := r.article
			shown.Text = ""
			if rec.Article != shown || rec.Origin != r.article.Origin() {
				t.Errorf("record %s has article %+v, origin %s", rec.ID(), rec.Article, rec.Origin)
			}
		}
	}
}

// hostile is what must come back as it went in, and find itself.
func hostile() []string {
	return []string{
		`'; DROP TABLE mention; --`, `" OR 1=1 --`, `%_\`, `?1 :a $b @c`, "\x01\t\r\n\x7f", "ﷺ \u202eright to left\u202c", "e\u0301 é 👩🏽‍🚒 𝔖", `{"a":[null]}`, `["x"]`,
		"<script>alert(1)</script>", strings.Repeat("ə", 5000), "\ufeff\ufffd\u2028", " ", "NULL", "0", "1e999",
	}
}

func testHostileText(t *testing.T, store Store) {
	for i, text := range hostile() {
		p := &gazetteer.Place{
			ID: "p" + text, Name: text, Kind: gazetteer.Facility, Country: "AZ", Point: orb.Point{1, 2}, Source: text,
			Names: []gazetteer.Name{{Text: text, Lang: text, Script: text}}, External: map[string]string{text: text},
		}
		a := geo.Article{ID: "a" + text, Source: "s" + text, URL: text, Title: text, Text: text, Published: day("2020-09-27")}
		m := site(a.ID, 5, p, geo.Riot, "2020-09-27", "2020-09-27", geo.DateDay)
		m.Name, m.Sentence, m.DateBasis, m.ClaimedBy, m.Reasons, m.RunnersUp = text, text, text, text, []string{text, ""}, []string{text}
		put(t, store, a, []geo.Mention{m})

		s := snapshot(t, store)
		gotArticle, gotMentions, err := s.Article(t.Context(), a.ID)
		if err != nil || gotArticle != a || !reflect.DeepEqual(gotMentions, []geo.Mention{m}) {
			t.Errorf("%q came back as %+v, %+v, %v", text, gotArticle, gotMentions, err)
		}
		for _, f := range []geo.Filter{{Places: names(p.ID)}, {Sources: names(a.Source)}, {Sources: names(a.Source), Query: text}} {
			if got := selection(t, s, f).mentions; !slices.Equal(got, names(m.ID())) {
				t.Errorf("filter %+v found %q", f, got)
			}
		}
		for _, f := range []geo.Filter{{Countries: names(text)}, {Roles: []geo.Role{geo.Role(text)}}, {Events: []geo.EventType{geo.EventType(text)}}, {Claims: []geo.Claim{geo.Claim(text)}}} {
			if got := selection(t, s, f); got.mentions != nil || got.events != nil || got.places != nil {
				t.Errorf("filter %+v found %q", f, got)
			}
		}
		if n := len(collect(t, s.Mentions(t.Context(), geo.Filter{}))); n != i+1 {
			t.Errorf("%d mentions are stored after %d articles", n, i+1)
		}
	}
}

// testRefused tries what no parser should produce: it is refused whole.
func testRefused(t *testing.T, store Store) {
	type change func(a *geo.Article, ms []geo.Mention)
	place := func(change func(p *gazetteer.Place)) change {
		return func(_ *geo.Article, ms []geo.Mention) {
			p := *ms[1].Place
			change(&p)
			ms[1].Place = &p
		}
	}
	mention := func(change func(m *geo.Mention)) change {
		return func(_ *geo.Article, ms []geo.Mention) { change(&ms[1]) }
	}
	cases := []struct {
		name   string
		change change
	}{
		{"no id", func(a *geo.Article, ms []geo.Mention) { a.ID, ms[0].Article, ms[1].Article = "", "", "" }},
		{"title not UTF-8", func(a *geo.Article, _ []geo.Mention) { a.Title = "caf\xe9" }},
		{"text with NUL", func(a *geo.Article, _ []geo.Mention) { a.Text = "one\x00two" }},
		{"published before all days", func(a *geo.Article, _ []geo.Mention) { a.Published = -1 }},
		{"published after all days", func(a *geo.Article, _ []geo.Mention) { a.Published = geo.MaxDay + 1 }},
		{"another article's mention", mention(func(m *geo.Mention) { m.Article = "b" })},
		{"sentence not UTF-8", mention(func(m *geo.Mention) { m.Sentence = "\xff" })},
		{"reason with NUL", mention(func(m *geo.Mention) { m.Reasons = names("\x00") })},
		{"two mentions at one place", mention(func(m *geo.Mention) { m.Start = 0 })},
		{"negative start", mention(func(m *geo.Mention) { m.Start, m.SentenceStart = -1, -1 })},
		{"empty span", mention(func(m *geo.Mention) { m.End = m.Start })},
		{"name before its sentence", mention(func(m *geo.Mention) { m.SentenceStart = m.Start + 1 })},
		{"unknown role", mention(func(m *geo.Mention) { m.Role = "bystander" })},
		{"no role", mention(func(m *geo.Mention) { m.Role = "" })},
		{"setting with an event", mention(func(m *geo.Mention) { m.Role = geo.Setting })},
		{"site without an event", mention(func(m *geo.Mention) { m.Event = "" })},
		{"unknown event", mention(func(m *geo.Mention) { m.Event = "flood" })},
		{"unknown claim", mention(func(m *geo.Mention) { m.Claim = "hoped" })},
		{"reversed days", mention(func(m *geo.Mention) { m.Days.From, m.Days.To = m.Days.To+1, m.Days.From })},
		{"half open days", mention(func(m *geo.Mention) { m.Days.To = 0 })},
		{"day after all days", mention(func(m *geo.Mention) { m.Days.To = geo.MaxDay + 1 })},
		{"date precision", mention(func(m *geo.Mention) { m.DatePrec = 6 })},
		{"position precision", mention(func(m *geo.Mention) { m.WherePrec = 8 })},
		{"deaths in disorder", mention(func(m *geo.Mention) { m.Deaths = geo.Count{Low: 2, High: 1, Words: names("one or two")} })},
		{"fewer than no injuries", mention(func(m *geo.Mention) { m.Injuries = geo.Count{Low: -1, Words: names("none")} })},
		{"deaths in words not UTF-8", mention(func(m *geo.Mention) { m.Deaths = geo.Count{Words: names("\xff")} })},
		{"deaths at a setting", mention(func(m *geo.Mention) {
			*m = geo.Mention{Article: m.Article, Start: m.Start, End: m.End, Role: geo.Setting, Deaths: geo.Count{Words: names("no deaths")}}
		})},
		{"confidence above 1", mention(func(m *geo.Mention) { m.Confidence = 1.1 })},
		{"confidence NaN", mention(func(m *geo.Mention) { m.Confidence = math.NaN() })},
		{"place without id", place(func(p *gazetteer.Place) { p.ID = "" })},
		{"place name not UTF-8", place(func(p *gazetteer.Place) { p.Name = "\xc3" })},
		{"unknown kind", place(func(p *gazetteer.Place) { p.Kind = "volcano" })},
		{"country name for a code", place(func(p *gazetteer.Place) { p.Country = "Azerbaijan" })},
		{"longitude", place(func(p *gazetteer.Place) { p.Point[0] = 180.5 })},
		{"latitude", place(func(p *gazetteer.Place) { p.Point[1] = -91 })},
		{"longitude NaN", place(func(p *gazetteer.Place) { p.Point[0] = math.NaN() })},
		{"negative uncertainty", place(func(p *gazetteer.Place) { p.Uncertainty = -1 })},
		{"shape that is no line or area", place(func(p *gazetteer.Place) { p.Shape = orb.MultiPoint{{1, 2}} })},
	}
	before := version(t, store)
	for _, c := range cases {
		a := geo.Article{ID: "a", Text: "Text."}
		ms := []geo.Mention{site("a", 0, stepanakert(), geo.Battle, "2020-09-27", "2020-09-27", geo.DateDay), site("a", 10, baku(), geo.Battle, "2020-09-27", "2020-09-27", geo.DateDay)}
		c.change(&a, ms)
		if added, err := store.Put(t.Context(), a, ms); err == nil || added {
			t.Errorf("%s: added %t, %v", c.name, added, err)
		}
		if has, err := store.Has(t.Context(), a.ID); err != nil || has {
			t.Fatalf("%s: the article is stored: %t, %v", c.name, has, err)
		}
	}
	if after := version(t, store); after != before {
		t.Errorf("the version went from %s to %s", before, after)
	}
	if got := selection(t, snapshot(t, store), geo.Filter{}); !reflect.DeepEqual(got, selected{}) {
		t.Errorf("left behind: %q", got)
	}
}

func testEmpty(t *testing.T, store Store) {
	s := snapshot(t, store)
	for _, f := range []geo.Filter{{}, {Datetime: days("2020-09-27", ""), BBox: &geo.BBox{West: -180, South: -90, East: 180, North: 90}}} {
		if got := selection(t, s, f); !reflect.DeepEqual(got, selected{}) {
			t.Errorf("an empty store yields %q", got)
		}
	}
	for _, id := range append(hostile(), "", "a\x00b") {
		if _, _, err := s.Article(t.Context(), id); !errors.Is(err, geo.ErrNotFound) || !strings.Contains(err.Error(), fmt.Sprintf("%q", id)) {
			t.Errorf("article %q: %v, want not found and the id", id, err)
		}
		if has, err := store.Has(t.Context(), id); err != nil || has {
			t.Errorf("Has(%q) = %t, %v", id, has, err)
		}
	}
	a := geo.Article{ID: "quiet", Text: "Nothing happened."}
	put(t, store, a, nil)
	if got, ms, err := snapshot(t, store).Article(t.Context(), a.ID); err != nil || got != a || len(ms) != 0 {
		t.Errorf("an article without mentions is %+v, %v, %v", got, ms, err)
	}
}

func testPlaceTakesOverCorrections(t *testing.T, store Store) {
	fill(t, store)
	moved := *contact()
	moved.Name, moved.Shape = "ceasefire line", orb.LineString{{50, 39}, {51, 40}}
	put(t, store, geo.Article{ID: "a5"}, []geo.Mention{mention("a5", 0, &moved, geo.Setting)})
	s := snapshot(t, store)
	places := collect(t, s.Places(t.Context(), geo.Filter{Places: names(moved.ID)}))
	if len(places) != 1 || !reflect.DeepEqual(places[0].Place, &moved) || places[0].Mentions != 2 {
		t.Errorf("the corrected place is %+v", places)
	}
	for name, c := range map[string]struct {
		box  geo.BBox
		want []string
	}{
		"where it is":  {geo.BBox{West: 50.4, South: 39.4, East: 50.6, North: 39.6}, names(contactOn27)},
		"where it was": {geo.BBox{West: 47.4, South: 40.4, East: 47.6, North: 40.6}, nil},
	} {
		if got := selection(t, s, geo.Filter{BBox: &c.box}).events; !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func testConcurrentPut(t *testing.T, store Store) {
	const writers, articles = 4, 25
	var wg sync.WaitGroup
	var mu sync.Mutex
	added := make(map[string]int)
	for range writers {
		wg.Go(func() {
			for i := range articles {
				a := geo.Article{ID: fmt.Sprintf("c%02d", i), Text: "Text."}
				ok, err := store.Put(t.Context(), a, []geo.Mention{site(a.ID, 0, baku(), geo.Battle, "2020-09-27", "2020-09-27", geo.DateDay)})
				if err != nil {
					t.Error(err)
				}
				if ok {
					mu.Lock()
					added[a.ID]++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	for id, n := range added {
		if n != 1 {
			t.Errorf("article %q was added %d times", id, n)
		}
	}
	if got := len(collect(t, snapshot(t, store).Mentions(t.Context(), geo.Filter{}))); len(added) != articles || got != articles {
		t.Errorf("%d articles with %d mentions, want %d", len(added), got, articles)
	}
}
