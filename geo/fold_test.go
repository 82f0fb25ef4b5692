package geo_test

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// site is a record for the tables: an explosion in Stepanakert unless changed.
type site struct {
	article   string // also its origin, unless that is given
	place     string
	event     geo.EventType
	from, to  geo.Day // to is from unless given
	prec      geo.DatePrecision
	where     geo.WherePrecision
	claim     geo.Claim
	by        string
	conf      float64
	published geo.Day
	origin    string
	start     int
	role      geo.Role
}

func (s site) record() geo.Record {
	place := &gazetteer.Place{ID: cmp.Or(s.place, "gn:1")}
	r := geo.Record{
		Article: geo.Article{ID: cmp.Or(s.article, "a"), Published: s.published, Text: "the whole text"},
		Origin:  cmp.Or(s.origin, s.article, "a"),
	}
	r.Mention = geo.Mention{
		Article: r.Article.ID, Start: s.start, End: s.start + 3, Place: place, Role: cmp.Or(s.role, geo.Site),
		Event: cmp.Or(s.event, geo.Explosion), Days: geo.Interval{From: s.from, To: cmp.Or(s.to, s.from)},
		DatePrec: cmp.Or(s.prec, geo.DateDay), WherePrec: s.where, Claim: s.claim, ClaimedBy: s.by, Confidence: s.conf,
	}
	if place.ID == "none" {
		r.Place = nil
	}
	return r
}

func records(sites []site) []geo.Record {
	rs := make([]geo.Record, 0, len(sites))
	for _, s := range sites {
		rs = append(rs, s.record())
	}
	return rs
}

func seq[T any](values []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func collect[T any](t testing.TB, s iter.Seq2[T, error]) []T {
	t.Helper()
	var all []T
	for v, err := range s {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// summary writes what the tables compare, as in "gn:1 explosion 10-12 ×2".
func summary(events []geo.Event) string {
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, "%s %s %d-%d ×%d; ", e.Place.ID, e.Type, e.Days.From, e.Days.To, e.Mentions)
	}
	return strings.TrimSuffix(b.String(), "; ")
}

func TestFoldEventsGroups(t *testing.T) {
	const month, year = geo.DateMonth, geo.DateYear
	cases := []struct {
		name  string
		sites []site
		want  string
	}{
		{"nothing", nil, ""},
		{"one", []site{{from: 10}}, "gn:1 explosion 10-10 ×1"},
		{"same day", []site{{from: 10}, {from: 10, article: "b"}}, "gn:1 explosion 10-10 ×2"},
		{"next day is another event", []site{{from: 10}, {from: 11}}, "gn:1 explosion 10-10 ×1; gn:1 explosion 11-11 ×1"},
		{"chain", []site{{from: 10, to: 12}, {from: 12, to: 15}, {from: 14}, {from: 15, to: 16}, {from: 17}},
			"gn:1 explosion 10-16 ×4; gn:1 explosion 17-17 ×1"},
		{"short within long", []site{{from: 10, to: 16}, {from: 11}, {from: 15}}, "gn:1 explosion 10-16 ×3"},
		{"types apart", []site{{from: 10, event: geo.Battle}, {from: 10}}, "gn:1 battle 10-10 ×1; gn:1 explosion 10-10 ×1"},
		{"places apart", []site{{from: 10}, {from: 10, place: "gn:2"}}, "gn:1 explosion 10-10 ×1; gn:2 explosion 10-10 ×1"},
		{"a year doesn't glue days", []site{{from: 1, to: 365, prec: year}, {from: 10}, {from: 20}},
			"gn:1 explosion 1-365 ×1; gn:1 explosion 10-10 ×1; gn:1 explosion 20-20 ×1"},
		{"a month begun on the day itself", []site{{from: 10}, {from: 10, to: 40, prec: month}, {from: 12}},
			"gn:1 explosion 10-10 ×1; gn:1 explosion 10-40 ×1; gn:1 explosion 12-12 ×1"},
		{"the same, the month first", []site{{from: 10, to: 40, prec: month}, {from: 10}, {from: 12}},
			"gn:1 explosion 10-10 ×1; gn:1 explosion 10-40 ×1; gn:1 explosion 12-12 ×1"},
		{"months among themselves", []site{{from: 1, to: 365, prec: year}, {from: 32, to: 59, prec: month}, {from: 50, to: 75, prec: month}, {from: 366, to: 390, prec: month}},
			"gn:1 explosion 1-365 ×1; gn:1 explosion 32-75 ×2; gn:1 explosion 366-390 ×1"},
		{"the same years, told roughly", []site{{from: 1, to: 2557, prec: year}, {from: 731, to: 2557, prec: year}}, "gn:1 explosion 1-2557 ×2"},
		{"a year within many", []site{{from: 366, to: 2557, prec: year}, {from: 366, to: 730, prec: year}, {from: 370, to: 720, prec: year}},
			"gn:1 explosion 366-730 ×2; gn:1 explosion 366-2557 ×1"},
		{"years after years", []site{{from: 1, to: 365, prec: year}, {from: 350, to: 380, prec: month}, {from: 366, to: 730, prec: year}},
			"gn:1 explosion 1-365 ×1; gn:1 explosion 350-380 ×1; gn:1 explosion 366-730 ×1"},
		{"weeks go with days", []site{{from: 10, to: 16, prec: geo.DateWeek}, {from: 12}}, "gn:1 explosion 10-16 ×2"},
		{"passed over", []site{{from: 9, role: geo.Setting}, {from: 10}, {from: 10, place: "none"}, {}}, "gn:1 explosion 10-10 ×1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := collect(t, geo.FoldEvents(seq(records(c.sites))))
			if s := summary(got); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
			ids := map[string]bool{}
			for _, e := range got {
				if len(e.ID) != 16 || ids[e.ID] {
					t.Errorf("id %q is not 16 characters or not the only one", e.ID)
				}
				ids[e.ID] = true
			}
		})
	}
}

func TestFoldEventsSums(t *testing.T) {
	sites := []site{
		{article: "d", from: 10, conf: 0.7, published: 14, claim: geo.Claimed, by: "the mayor", prec: geo.DateDays, where: geo.WhereProvince, start: 5},
		{article: "c", from: 10, conf: 0.9, published: 13, claim: geo.Claimed, by: "The Ministry ", origin: "x", start: 7},
		{article: "b", from: 10, conf: 0.9, published: 12, claim: geo.Denied, by: "the ministry", origin: "x", start: 9, where: geo.WhereNear},
		{article: "b", from: 10, conf: 0.9, published: 12, claim: geo.Reported, origin: "x", start: 8},
		{article: "a", from: 10, to: 11, conf: 0.9, claim: geo.Claimed, by: "witnesses"}, // publication unknown
	}
	want := geo.Event{
		Place: &gazetteer.Place{ID: "gn:1"}, Type: geo.Explosion, Days: geo.Interval{From: 10, To: 11},
		DatePrec: geo.DateDay, WherePrec: geo.WhereNear, Mentions: 5, Articles: 4, Origins: 3,
		Reported: 1, Claimed: 3, Denied: 1, Claimants: []string{"the ministry", "the mayor", "witnesses"},
		Confidence: 0.9, Best: sites[3].record().Mention, Article: geo.Article{ID: "b", Published: 12},
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 { // ties may come in any order
		rng.Shuffle(len(sites), func(i, j int) { sites[i], sites[j] = sites[j], sites[i] })
		got := collect(t, geo.FoldEvents(seq(records(sites))))
		if len(got) != 1 {
			t.Fatalf("%d events: %s", len(got), summary(got))
		}
		want.ID = got[0].ID
		if !reflect.DeepEqual(got[0], want) {
			t.Fatalf("got  %+v\nwant %+v", got[0], want)
		}
	}
}

func TestEventIDLastsWhileItsPartsDo(t *testing.T) {
	id := func(s site) string { return collect(t, geo.FoldEvents(seq(records([]site{s}))))[0].ID }
	base := site{from: 10}
	if id(base) != id(site{from: 10, to: 12, article: "other", conf: 0.3, prec: geo.DateWeek}) {
		t.Error("the id changes with what it shouldn't depend on")
	}
	seen := map[string]bool{id(base): true}
	for _, s := range []site{{from: 11}, {from: 10, place: "gn:2"}, {from: 10, event: geo.Battle}, {from: 10, to: 40, prec: geo.DateMonth}} {
		if seen[id(s)] {
			t.Errorf("%+v has the id of another event", s)
		}
		seen[id(s)] = true
	}
}

func TestFoldEventsStopsAtErrors(t *testing.T) {
	broken := errors.New("disk on fire")
	failing := func(yield func(geo.Record, error) bool) {
		_ = yield(site{from: 10}.record(), nil) && yield(site{from: 12}.record(), nil) && yield(geo.Record{}, broken)
	}
	cases := []struct {
		name    string
		records iter.Seq2[geo.Record, error]
		want    string
	}{
		{"from the store", failing, "disk on fire"},
		{"day order", seq(records([]site{{from: 11}, {from: 10}})), "comes after"},
		{"type order", seq(records([]site{{from: 10}, {from: 11, event: geo.Battle}})), "comes after"},
		{"place order", seq(records([]site{{from: 10, place: "gn:2"}, {from: 11}})), "comes after"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var last error
			for _, err := range geo.FoldEvents(c.records) {
				if last != nil {
					t.Fatal("goes on after an error")
				}
				last = err
			}
			if last == nil || !strings.Contains(last.Error(), c.want) {
				t.Errorf("error %v, want one with %q", last, c.want)
			}
		})
	}
}

func TestFoldEventsStreams(t *testing.T) {
	read := 0
	source := func(yield func(geo.Record, error) bool) {
		for i := range 1000 {
			read++
			if !yield(site{from: 10, place: fmt.Sprintf("gn:%04d", i)}.record(), nil) {
				return
			}
		}
	}
	for range geo.FoldEvents(source) {
		break
	}
	if read != 2 { // the record that shows that the first place is complete
		t.Errorf("%d records were read for the first event", read)
	}
}

// TestFoldEventsAgainstDefinition compares with the plainest reading of the
// rule: join whatever overlaps until nothing does.
func TestFoldEventsAgainstDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		sites := make([]site, rng.IntN(12))
		for i := range sites {
			from := geo.Day(1 + rng.IntN(30))
			sites[i] = site{from: from, to: from + geo.Day(rng.IntN(4)), prec: geo.DatePrecision(1 + rng.IntN(4))}
		}
		slices.SortFunc(sites, func(a, b site) int { return cmp.Compare(a.from, b.from) })
		got := map[geo.Interval]int{}
		for _, e := range collect(t, geo.FoldEvents(seq(records(sites)))) {
			got[e.Days] += e.Mentions
		}
		want := map[geo.Interval]int{}
		for _, coarse := range []bool{false, true} {
			for days, n := range joined(sites, coarse) {
				want[days] += n
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\ngot  %v\nwant %v", sites, got, want)
		}
	}
}

// joined marks the days that mentions cover, and which neighbours one of them
// spans, and reads the stretches off.
func joined(sites []site, coarse bool) map[geo.Interval]int {
	var covered, tied [64]bool
	for _, s := range sites {
		if (s.prec >= geo.DateMonth) != coarse {
			continue
		}
		for d := s.from; d <= s.to; d++ {
			covered[d] = true
			tied[d] = tied[d] || d < s.to // d and d+1 are days of one mention
		}
	}
	stretches := map[geo.Interval]int{}
	for from := geo.Day(1); from < 63; from++ {
		if !covered[from] || tied[from-1] {
			continue
		}
		to := from
		for tied[to] {
			to++
		}
		for _, s := range sites {
			if (s.prec >= geo.DateMonth) == coarse && s.from >= from && s.to <= to {
				stretches[geo.Interval{From: from, To: to}]++
			}
		}
	}
	return stretches
}
