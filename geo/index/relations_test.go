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

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// talk are articles whose sentences name up to four places, mostly as actors.
func talk(rng *rand.Rand, n int) []geo.Record {
	places := randomPlaces(rng, 12)
	var all []geo.Record
	for i := range n {
		a := geo.Article{ID: fmt.Sprint(pick(rng, "a", "b", "a:"), i), Source: pick(rng, "A", "B, C"), Published: randomDay(rng)}
		if rng.IntN(8) == 0 {
			a.Published = 0
		}
		for sentence := range 1 + rng.IntN(3) {
			words := pick(rng, "A quiet day.", "A loud night.")
			for at := range 1 + rng.IntN(4) {
				m := randomMention(rng, places, a.ID, 100*sentence+20*at+10)
				m.SentenceStart, m.Sentence = 100*sentence, words
				if rng.IntN(5) > 0 {
					m = geo.Mention{
						Article: a.ID, Start: m.Start, End: m.End, SentenceStart: m.SentenceStart, Name: m.Name, Sentence: words,
						Place: m.Place, WherePrec: m.WherePrec, Role: geo.Actor, Confidence: m.Confidence,
					}
				}
				all = append(all, geo.Record{Mention: m, Article: a, Origin: a.ID})
			}
		}
	}
	return all
}

func TestRelationsAgainstPlainCount(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 6))
	found := 0
	for range 8 {
		records := talk(rng, 60)
		v, p := viewOf(t, records), plainOf(records)
		for range 60 {
			q := randomQuery(rng, randomPlaces(rng, 1))
			if len(q.Filter.Places) > 0 {
				q.Filter.Places = []string{placeOf(rng, records), placeOf(rng, records)}
			}
			if rng.IntN(4) == 0 {
				q.Where = compiled(t, pick(rng, "disputed = TRUE", "country = 'BB'", "sentence LIKE '%night%'", "kind = 'settlement' AND name = 'Here'"))
			}
			got, err := v.Relations(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if want := p.relations(t, q); !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
				t.Fatalf("%s\ngot  %+v\nwant %+v", q.Key(), got, want)
			}
			found += len(got)
		}
	}
	if found < 500 {
		t.Errorf("only %d relations were compared", found)
	}
}

func placeOf(rng *rand.Rand, records []geo.Record) string {
	for {
		if p := records[rng.IntN(len(records))].Place; p != nil {
			return p.ID
		}
	}
}

// relations counts in the plainest way: every two actors of every sentence.
func (v *plain) relations(t *testing.T, q index.Query) []index.Relation {
	t.Helper()
	f := q.Filter
	both := index.Query{Lenient: true, Filter: geo.Filter{
		Datetime: f.Datetime, Published: f.Published, AsOf: f.AsOf, Sources: f.Sources, MinConfidence: f.MinConfidence, Query: f.Query,
		Roles: []geo.Role{geo.Actor},
	}}
	telling := index.Query{Filter: geo.Filter{Roles: []geo.Role{geo.Site}, Events: f.Events, Claims: f.Claims}}
	tells := map[string]bool{}
	for _, r := range v.records {
		tells[r.Article.ID] = tells[r.Article.ID] || selects(&telling, &r, true)
	}
	one := map[string]bool{}
	own := index.Query{Where: q.Where, Filter: geo.Filter{BBox: f.BBox, Countries: f.Countries, Places: f.Places}}
	for _, r := range collect(t, viewOf(t, v.records).Mentions(t.Context(), own)) {
		one[r.ID()] = true
	}
	actors := slices.DeleteFunc(slices.Clone(v.records), func(r geo.Record) bool {
		return r.Place == nil || r.Place.Country == "" || !selects(&both, &r, true) || len(f.Events)+len(f.Claims) > 0 && !tells[r.Article.ID]
	})
	slices.SortFunc(actors, func(a, b geo.Record) int {
		return cmp.Or(strings.Compare(a.Article.ID, b.Article.ID), cmp.Compare(a.Start, b.Start))
	})
	type spot struct {
		from, to, article string
		sentence          int
	}
	first, counted := map[string]geo.Record{}, map[spot]bool{}
	articles := map[[3]string]bool{}
	sums := map[[2]string]*index.Relation{}
	for i, a := range actors {
		sentence := fmt.Sprint(a.Article.ID, " ", a.SentenceStart)
		if _, ok := first[sentence]; !ok {
			first[sentence] = actors[i]
		}
	}
	for _, a := range actors {
		for _, b := range actors {
			speaker := first[fmt.Sprint(a.Article.ID, " ", a.SentenceStart)]
			at := spot{a.Place.Country, b.Place.Country, a.Article.ID, a.SentenceStart}
			if a.Article.ID != b.Article.ID || a.SentenceStart != b.SentenceStart || at.from == at.to || at.from != speaker.Place.Country ||
				counted[at] || !one[a.ID()] && !one[b.ID()] {
				continue
			}
			counted[at] = true
			s := sums[[2]string{at.from, at.to}]
			if s == nil {
				s = &index.Relation{From: at.from, To: at.to, Example: speaker.ID()}
				sums[[2]string{at.from, at.to}] = s
			}
			s.Sentences++
			if key := [3]string{at.from, at.to, at.article}; !articles[key] {
				articles[key] = true
				s.Articles++
			}
			if day := a.Article.Published; day != 0 {
				if day > s.Published.To {
					s.Published.To, s.Example = day, speaker.ID()
				}
				if s.Published.From == 0 || day < s.Published.From {
					s.Published.From = day
				}
			}
		}
	}
	var all []index.Relation
	for _, s := range sums {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b index.Relation) int {
		return cmp.Or(cmp.Compare(b.Sentences, a.Sentences), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return all
}

func TestRelationsOfOneSentence(t *testing.T) {
	places := randomPlaces(rand.New(rand.NewPCG(1, 1)), 4)
	for i, country := range []string{"AM", "AZ", "TR", "AM"} {
		places[i].Country = country
	}
	named := func(start int, place int, role geo.Role) geo.Record {
		return geo.Record{
			Mention: geo.Mention{Article: "x", Start: start, End: start + 3, Name: "Baku", Sentence: "…", Place: places[place], Role: role, Confidence: 0.9},
			Article: geo.Article{ID: "x", Published: firstDay}, Origin: "x",
		}
	}
	// Armenia, its second place, Azerbaijan, a setting in Turkey; the store may hand them over in any order.
	v := viewOf(t, []geo.Record{named(30, 1, geo.Actor), named(10, 3, geo.Actor), named(0, 0, geo.Actor), named(40, 2, geo.Setting)})
	got, err := v.Relations(t.Context(), index.Query{Filter: geo.Filter{Roles: []geo.Role{geo.Site}}})
	day := geo.Interval{From: firstDay, To: firstDay}
	if want := []index.Relation{{From: "AM", To: "AZ", Sentences: 1, Articles: 1, Published: day, Example: "x:0"}}; !slices.Equal(got, want) || err != nil {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := v.Relations(ctx, index.Query{Filter: geo.Filter{MinConfidence: 0.1}}); err == nil {
		t.Error("an ended context is no error")
	}
}

// talking is a source like made in which a sentence names two actors.
type talking struct{ made }

func (s talking) Read(ctx context.Context, since index.State, to index.Sink) (index.State, bool, error) {
	return s.made.Read(ctx, since, pairedSink{to})
}

// pairedSink moves each second mention that is no site into the sentence of the
// one before, and makes actors of both.
type pairedSink struct{ index.Sink }

func (s pairedSink) Mention(m index.Mention) error {
	if m.Role == geo.Setting {
		m.Role = geo.Actor
		m.SentenceStart = m.Start / 600 * 600
	}
	return s.Sink.Mention(m)
}

func (s talking) Texts(ctx context.Context, keys []int64) iter.Seq2[*index.Text, error] {
	return s.made.Texts(ctx, keys)
}

// BenchmarkRelations asks for another selection each time.
func BenchmarkRelations(b *testing.B) {
	v, err := index.Load(b.Context(), talking{made{madeSize(b)}})
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 9))
	for _, c := range []struct {
		name  string
		query func(*geo.Filter)
	}{
		{"all", func(*geo.Filter) {}},
		{"half-a-year", func(f *geo.Filter) {
			from := firstDay + geo.Day(rng.IntN(5*365))
			f.Datetime = geo.Interval{From: from, To: from + 180}
		}},
		{"country", func(f *geo.Filter) { f.Countries = []string{fmt.Sprintf("%c%c", 'A'+rng.IntN(20), 'A'+rng.IntN(7))} }},
		{"battles", func(f *geo.Filter) { f.Events = []geo.EventType{geo.Battle} }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				f := geo.Filter{MinConfidence: rng.Float64() / 100}
				c.query(&f)
				if _, err := v.Relations(b.Context(), index.Query{Filter: f}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
