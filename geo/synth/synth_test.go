package synth_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/sqlite"
	"github.com/conflictmap/conflictmap/geo/synth"
)

// digest is the hash of everything that the options give.
func digest(t *testing.T, o synth.Options) string {
	h := sha256.New()
	to := json.NewEncoder(h)
	for a, ms := range synth.Articles(o) {
		if err := to.Encode(a); err != nil {
			t.Fatal(err)
		}
		if err := to.Encode(ms); err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

func TestSameEverywhere(t *testing.T) {
	const want = "939c7103e6f18c42"
	if got := digest(t, synth.Options{Seed: 1, Mentions: 2000}); got != want {
		t.Errorf("digest %s, want %s: data of earlier measurements can't be made again", got, want)
	}
	if digest(t, synth.Options{Seed: 2, Mentions: 2000}) == want {
		t.Error("another seed gives the same")
	}
}

func TestShares(t *testing.T) {
	from, _ := geo.Date(2021, 3, 1)
	to, _ := geo.Date(2022, 2, 28)
	o := synth.Options{Mentions: 40_000, Places: 500, From: from, To: to}
	n := make(map[string]int)
	places, days := make(map[string]int), make(map[geo.Day]bool)
	bytes, last := 0, geo.Day(0)
	for a, ms := range synth.Articles(o) {
		n["articles"]++
		if a.Published < max(last, from) || a.Published > to || len(ms) == 0 {
			t.Fatalf("article of %s after %s with %d mentions", a.Published, last, len(ms))
		}
		last = a.Published
		days[a.Published] = true
		text := []rune(a.Text)
		for _, m := range ms {
			n[string(m.Role)]++
			n[string(m.Event)]++
			bytes += len(m.Sentence)
			if string(text[m.Start:m.End]) != m.Name || string(text[m.SentenceStart:m.SentenceStart+utf8.RuneCountInString(m.Sentence)]) != m.Sentence {
				t.Fatalf("%s is not at %d of %q", m.Name, m.Start, a.Text)
			}
			if l := utf8.RuneCountInString(m.Sentence); l < 100 || l > 280 {
				t.Errorf("a sentence of %d characters: %s", l, m.Sentence)
			}
			if m.Place != nil {
				places[m.Place.ID]++
			}
			if m.Role == geo.Site && m.Days.From == m.Days.To {
				n["single days"]++
			}
			if m.Claim == geo.Claimed {
				n["claimed"]++
			}
			if m.Geometry != nil {
				n["displaced"]++
			}
		}
		n["mentions"] += len(ms)
	}
	for what, share := range map[string][2]int{ // per thousand mentions
		"mentions": {1000, 1000}, "articles": {115, 135}, "site": {580, 620}, "setting": {120, 180}, "actor": {140, 200}, "affiliation": {50, 110},
		"explosion": {150, 210}, "casualties": {20, 60}, "single days": {480, 540}, "claimed": {150, 210}, "displaced": {10, 40},
	} {
		if got := 1000 * n[what] / o.Mentions; got < share[0] || got > share[1] {
			t.Errorf("%s: %d in a thousand, want %d to %d", what, got, share[0], share[1])
		}
	}
	if len(days) != 365 {
		t.Errorf("news on %d days", len(days))
	}
	if l := bytes / o.Mentions; l < 130 || l > 230 {
		t.Errorf("sentences of %d bytes on average", l)
	}
	skewed(t, places)
}

// skewed checks that some places are mentioned much and most are mentioned.
func skewed(t *testing.T, places map[string]int) {
	var counts []int
	total := 0
	for _, n := range places {
		counts = append(counts, n)
		total += n
	}
	slices.Sort(counts)
	top := 0
	for _, n := range counts[len(counts)-50:] {
		top += n
	}
	if len(counts) < 450 || top < total/4 || top > total*3/4 {
		t.Errorf("%d places are mentioned, the first 50 of them %d times of %d", len(counts), top, total)
	}
}

func TestPlaces(t *testing.T) {
	all := synth.Places(synth.Options{})
	ids := make(map[string]bool)
	kinds := make(map[gazetteer.Kind]int)
	for _, p := range all {
		if ids[p.ID] || !p.Kind.Valid() || p.Name == "" || !utf8.ValidString(p.Name) {
			t.Errorf("place %+v", p)
		}
		ids[p.ID] = true
		kinds[p.Kind]++
		if b := p.Geometry().Bound(); b.Min.Lon() < -180 || b.Max.Lon() > 180 || b.Max.Lon()-b.Min.Lon() > 10 {
			t.Errorf("%s spans %v", p.ID, b)
		}
	}
	if len(all) != 2000 || kinds[gazetteer.Settlement] < 1600 || kinds[gazetteer.Region] < 20 || kinds[gazetteer.Road] < 5 || kinds[gazetteer.Country] < 30 {
		t.Errorf("%d places of kinds %v", len(all), kinds)
	}
	if n := len(synth.Places(synth.Options{Places: 1})); n < 1 || n > 40 {
		t.Errorf("%d places where one is wanted", n)
	}
}

// TestStorable stores what was made up: nothing is refused, copies are one account,
// and events fold.
func TestStorable(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "synth.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	o := synth.Options{Mentions: 8000, Places: 200}
	added, err := db.PutAll(t.Context(), synth.Articles(o))
	if err != nil || added < o.Mentions/9 {
		t.Fatalf("added %d articles, %v", added, err)
	}
	s, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	origins, mentions, events, sites := make(map[string]bool), 0, 0, 0
	for r, err := range s.Mentions(t.Context(), geo.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		origins[r.Origin] = true
		mentions++
		if r.Role == geo.Site && r.Place != nil {
			sites++
		}
	}
	for _, err := range s.Events(t.Context(), geo.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		events++
	}
	if copies := added - len(origins); mentions != o.Mentions || copies < added/40 || copies > added/10 || events > sites*95/100 {
		t.Errorf("%d articles of %d origins, %d mentions, %d events of %d sites", added, len(origins), mentions, events, sites)
	}
}

func BenchmarkArticles(b *testing.B) {
	n := 0
	for range synth.Articles(synth.Options{Mentions: 8 * b.N}) {
		n++
	}
	b.ReportMetric(float64(n)/float64(b.N), "articles")
}

// BenchmarkPutAll stores articles of eight mentions.
func BenchmarkPutAll(b *testing.B) {
	db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "synth.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.PutAll(b.Context(), synth.Articles(synth.Options{Mentions: 8 * b.N})); err != nil {
		b.Fatal(err)
	}
}
